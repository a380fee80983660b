"""What a signed-in person reaches, computed once for a request.

Rights follow from appointments and council seats in force today; nothing is granted by hand.
Both ``visible_to`` scopes and ``rules`` predicates read this one object, so they agree.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from blocs.enums import Area, Duty, Role
from blocs.tables.agencies import Appointment, CouncilMember


@dataclass(frozen=True)
class Access:
    """Sets of primary keys; empty sets for a stranger."""

    officer_of: frozenset[int] = frozenset()  # agencies
    leader_of: frozenset[int] = frozenset()
    signs_for: frozenset[int] = frozenset()  # agencies whose papers this person signs
    standing_ids: frozenset[int] = frozenset()  # councils whose standing body this person works in
    standing_of: frozenset[int] = frozenset()  # the agencies in which that is so
    seat_ids: frozenset[int] = frozenset()  # councils with a seat
    observed_ids: frozenset[int] = frozenset()  # bloc-years followed for the council
    headed_ids: frozenset[int] = frozenset()  # bloc-years whose head is an own agency
    signs_headed_ids: frozenset[int] = frozenset()  # headed, and this person signs for the head
    deputy_ids: frozenset[int] = frozenset()
    year_ids: frozenset[int] = frozenset()  # bloc-years with an own agency in them
    delegated: dict[str, frozenset[int]] = field(default_factory=dict)  # area -> bloc-years

    @property
    def agency_ids(self) -> frozenset[int]:
        """Own agencies, as officer or leader."""
        return self.officer_of | self.leader_of

    def runs(self, area: Area) -> frozenset[int]:
        """Bloc-years in which this person does the secretariat's work of ``area``."""
        return self.headed_ids | self.delegated.get(area, frozenset())


NOTHING = Access()


def access_of(user: User | AnonymousUser | Any) -> Access:
    """The reach of ``user`` today, kept on the user object for the rest of the request."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    kept: Access | None = getattr(user, "_access", None)
    if kept is None:
        kept = compute_access(user, on=timezone.localdate())
        user._access = kept  # type: ignore[attr-defined]
    return kept


def compute_access(user: User, *, on: date) -> Access:
    """Four queries at most: appointments, memberships with delegations, seats, followed blocs."""
    duties: dict[str, set[int]] = defaultdict(set)
    standing: set[int] = set()
    # A person has few duties: their terms are compared here, which is quicker than in SQL.
    rows = Appointment.objects.filter(user=user).values_list(
        "since", "until", "duty", "agency_id", "signs", "agency__standing_for"
    )
    for since, until, duty, agency_id, signs, council_id in rows:
        if not holds(since, until, on):
            continue
        duties[duty].add(agency_id)
        if duty == Duty.STANDING and council_id is not None:
            standing.add(council_id)
        if duty == Duty.LEADER or (duty == Duty.OFFICER and signs):
            duties["signs"].add(agency_id)
    years = year_roles(duties[Duty.OFFICER] | duties[Duty.LEADER], signs_for=duties["signs"])
    seats = CouncilMember.objects.filter(user=user).values_list(
        "since", "until", "council_id", "followed__bloc_year_id"
    )
    seat_rows = [(council, year) for since, until, council, year in seats if holds(since, until, on)]
    return Access(
        officer_of=frozenset(duties[Duty.OFFICER]),
        leader_of=frozenset(duties[Duty.LEADER]),
        signs_for=frozenset(duties["signs"]),
        standing_ids=frozenset(standing),
        standing_of=frozenset(duties[Duty.STANDING]),
        seat_ids=frozenset(council for council, _ in seat_rows),
        observed_ids=frozenset(year for _, year in seat_rows if year is not None),
        **years,
    )


def holds(since: date | None, until: date | None, on: date) -> bool:
    """``in_force`` for one row: an open end is unlimited."""
    return (since is None or since <= on) and (until is None or until >= on)


def year_roles(agency_ids: Iterable[int], *, signs_for: set[int]) -> dict[str, Any]:
    """The bloc-years of these agencies by role, and what their heads delegated."""
    agency_ids = list(agency_ids)
    if not agency_ids:
        return {}
    membership = apps.get_model("blocs", "Membership")
    roles: dict[str, set[int]] = defaultdict(set)
    delegated: dict[str, set[int]] = defaultdict(set)
    rows = membership.objects.filter(agency__in=agency_ids).values_list(
        "bloc_year_id", "agency_id", "role", "delegations__area"
    )
    for year_id, agency_id, role, area in rows.order_by():
        roles[role].add(year_id)
        roles["any"].add(year_id)
        if role == Role.HEAD and agency_id in signs_for:
            roles["signs"].add(year_id)
        if role == Role.DEPUTY and area:
            delegated[area].add(year_id)
    return {
        "headed_ids": frozenset(roles[Role.HEAD]),
        "signs_headed_ids": frozenset(roles["signs"]),
        "deputy_ids": frozenset(roles[Role.DEPUTY]),
        "year_ids": frozenset(roles["any"]),
        "delegated": {area: frozenset(ids) for area, ids in delegated.items()},
    }
