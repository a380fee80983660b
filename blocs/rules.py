"""Who may act on blocs. Predicates get the object that was fetched with ``visible_to``.

A predicate without an object answers False. A handed-over year is closed to everyone.
"""

from typing import Any

import rules

from blocs.enums import Area, PledgeState, YearState
from blocs.models import Agency, Bloc, BlocYear, Council, Membership
from blocs.tables.access import access_of


def year_of(obj: Any) -> BlocYear | None:
    """The bloc-year that ``obj`` is or belongs to."""
    if isinstance(obj, BlocYear):
        return obj
    year = getattr(obj, "bloc_year", None)
    return year if isinstance(year, BlocYear) else None


def council_id_of(obj: Any) -> int | None:
    if isinstance(obj, Council):
        return obj.pk
    if isinstance(obj, Bloc | Agency):
        return obj.council_id
    year = year_of(obj)
    return year.bloc.council_id if year else None


@rules.predicate
def is_standing_body(user: Any, obj: Any) -> bool:
    """Works in the standing agency of the council that this object belongs to."""
    return obj is not None and council_id_of(obj) in access_of(user).standing_ids


@rules.predicate
def is_any_standing_body(user: Any) -> bool:
    return bool(access_of(user).standing_ids)


@rules.predicate
def is_secretariat(user: Any, obj: Any) -> bool:
    """Derived: an officer or leader of the agency that heads this bloc-year. Never granted."""
    year = year_of(obj)
    return year is not None and year.pk in access_of(user).headed_ids


def runs(area: Area) -> Any:
    """The secretariat, and a deputy to whom the head delegated ``area``."""

    @rules.predicate(f"runs:{area.value}")
    def predicate(user: Any, obj: Any) -> bool:
        year = year_of(obj)
        return year is not None and year.pk in access_of(user).runs(area)

    return predicate


@rules.predicate
def signs_for_head(user: Any, obj: Any) -> bool:
    year = year_of(obj)
    return year is not None and year.pk in access_of(user).signs_headed_ids


@rules.predicate
def is_own_agency(user: Any, obj: Any) -> bool:
    """An officer or leader of the agency that the object (a membership, sheet, report …) belongs to."""
    return obj is not None and getattr(obj, "agency_id", None) in access_of(user).agency_ids


@rules.predicate
def signs_for_agency(user: Any, obj: Any) -> bool:
    """The leader, or an officer whom the leader authorised to sign."""
    return obj is not None and getattr(obj, "agency_id", None) in access_of(user).signs_for


@rules.predicate
def year_is_open(user: Any, obj: Any) -> bool:
    year = year_of(obj)
    return year is not None and year.state != YearState.HANDED_OVER


@rules.predicate
def pledge_is_draft(user: Any, obj: Any) -> bool:
    year = year_of(obj)
    pledge = getattr(year, "pledge", None)
    return pledge is None or pledge.state == PledgeState.DRAFT


@rules.predicate
def pledge_is_open(user: Any, obj: Any) -> bool:
    year = year_of(obj)
    pledge = getattr(year, "pledge", None)
    return pledge is not None and pledge.state == PledgeState.OPEN


@rules.predicate
def is_membership(user: Any, obj: Any) -> bool:
    return isinstance(obj, Membership)


# Composition is the standing body's; running the year is the secretariat's.
rules.add_perm("blocs.create_year", is_standing_body)
rules.add_perm("blocs.compose_year", is_standing_body & year_is_open)
rules.add_perm("blocs.oversee_year", is_standing_body)
rules.add_perm("blocs.run_year", (is_secretariat | is_standing_body) & year_is_open)
rules.add_perm("blocs.delegate", is_secretariat & year_is_open)
rules.add_perm("blocs.run_conferences", (runs(Area.CONFERENCES) | is_standing_body) & year_is_open)
rules.add_perm("blocs.run_pledge", (runs(Area.PLEDGE) | is_standing_body) & year_is_open)
rules.add_perm("blocs.manage_petitions", (is_secretariat | is_standing_body) & year_is_open)
rules.add_perm("blocs.edit_agency", is_standing_body)
rules.add_perm("blocs.see_directory_tools", is_any_standing_body)
# What one member does for itself; the object is its membership of the bloc-year.
rules.add_perm("blocs.edit_plan", is_membership & (is_own_agency | is_secretariat) & year_is_open & pledge_is_draft)
rules.add_perm("blocs.edit_progress", is_membership & (is_own_agency | is_secretariat) & year_is_open)
rules.add_perm("blocs.sign_pledge", is_membership & signs_for_agency & year_is_open & pledge_is_open)
rules.add_perm("blocs.edit_commendations", is_membership & (is_own_agency | is_secretariat) & year_is_open)
