"""What follows for nominations and dossiers: granted or refused, concluded, and their makers told."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.workflow import DOSSIER, NOMINATION
from awards.enums import DossierState, NominationState, Proposer
from awards.models import Dossier, Nomination
from blocs.enums import Duty, Role
from blocs.models import Membership
from blocs.tables.agencies import people_of
from council.models import Decision

N = NominationState
OPEN = (N.PENDING, N.ELIGIBLE, N.NEEDS_DECISION, N.PASSED)
# What is refused when its dossier is concluded, and why.
REFUSED_FROM = {
    N.FAILED: "Hội đồng không thông qua.",
    N.INELIGIBLE: "Không đủ điều kiện theo kết quả thẩm định.",
}
CONCLUDABLE = (DossierState.APPRAISED, DossierState.IN_SESSION)


def grant(decision: Decision, *, actor: User | None) -> None:
    """The nominations of an issued decision are awarded; dossiers without an open case are concluded."""
    rows = Nomination.objects.select_for_update(of=("self",)).filter(decision_lines__decision=decision)
    granted = list(rows.select_related("award", "dossier").defer("checks", "summary").order_by("pk"))
    if granted:
        NOMINATION.perform_all(granted, "grant", actor=actor)
    conclude_settled({row.dossier_id for row in granted}, actor=actor)
    tell_makers(decision, {row.dossier_id for row in granted}, actor=actor)


def conclude_settled(dossier_ids: Iterable[int], *, actor: User | None) -> list[Dossier]:
    """Conclude those of the dossiers whose every nomination is settled; the failed and ineligible ones are refused.

    For the caller's transaction. Dossiers with a case that still waits stay as they are. Answers the concluded ones.
    """
    keys = {*dossier_ids}
    waiting = Nomination.objects.filter(dossier__in=keys, state__in=OPEN).values("dossier")
    rows = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=keys, state__in=CONCLUDABLE)
    done = list(rows.exclude(pk__in=waiting).order_by("pk"))
    for state, reason in REFUSED_FROM.items():
        left = Nomination.objects.select_for_update(of=("self",)).filter(dossier__in=done, state=state)
        found = list(left.select_related("award", "dossier").defer("checks", "summary").order_by("pk"))
        if found:
            NOMINATION.perform_all(found, "refuse", actor=actor, reason=reason)
    for dossier in done:
        DOSSIER.perform(dossier, "conclude", actor=actor)
    return done


@transaction.atomic
def refuse_waiting(nominations: Iterable[Nomination], *, reason: str, actor: User | None) -> int:
    """Passed or eligible cases that get no decision, as when a higher authority did not grant them.

    Raises TransitionRefused without a reason, for a case that stands in a decision, and as NOMINATION refuses.
    """
    keys = [each.pk for each in nominations]
    locked = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    rows = list(locked.select_related("award", "dossier").defer("checks", "summary").order_by("pk"))
    held = Nomination.objects.filter(pk__in=keys, decision_lines__isnull=False).values_list("name", flat=True)
    if held:
        raise TransitionRefused(f"{held[0]} đã có trong một quyết định. Hãy bỏ khỏi dự thảo trước.")
    if not rows:
        raise TransitionRefused("Hãy chọn ít nhất một trường hợp.")
    NOMINATION.perform_all(rows, "refuse", actor=actor, reason=reason)
    conclude_settled({row.dossier_id for row in rows}, actor=actor)
    return len(rows)


def tell_makers(decision: Decision, dossier_ids: Sequence[int] | set[int], *, actor: User | None) -> None:
    """One notice for everyone who makes one of these dossiers. Three queries."""
    rows = Dossier.objects.filter(pk__in=dossier_ids)
    agencies = set(rows.filter(proposer=Proposer.AGENCY).values_list("agency", flat=True))
    years = rows.filter(proposer=Proposer.BLOC).values("bloc_year")
    agencies |= set(Membership.objects.filter(bloc_year__in=years, role=Role.HEAD).values_list("agency", flat=True))
    people = people_of(list(agencies), Duty.OFFICER, Duty.LEADER, on=timezone.localdate())
    told = people if actor is None else people.exclude(pk=actor.pk)
    day = f"{decision.issued_on:%d/%m/%Y}"
    notify(told, f"{decision} ngày {day} đã ban hành: {decision.title}.", url=decision.get_absolute_url())
