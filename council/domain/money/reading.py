"""Rewards of issued decisions as the standing body reads them: what waits, what is paid, what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from accounts.models import User
from blocs.domain.searching import agency_has, words_of
from blocs.models import Agency
from blocs.tables.access import access_of
from council.domain.decisions.corrections import CORRECTIONS
from council.enums import DecisionKind, DecisionState, PaymentState
from council.models import DecisionLine
from khoithidua.web.text import search_key

IN_FORCE, NOT_PAID = Q(revoked_on__isnull=True), Q(paid_on__isnull=True)
CONDITIONS: dict[PaymentState, Q] = {
    PaymentState.WAITING: IN_FORCE & NOT_PAID & Q(amount__gt=0),
    PaymentState.PAID: IN_FORCE & Q(paid_on__isnull=False),
    PaymentState.DUE_BACK: Q(revoked_on__isnull=False, paid_on__isnull=False),
    PaymentState.UNKNOWN: IN_FORCE & NOT_PAID & Q(amount__isnull=True),
    PaymentState.NOTHING: IN_FORCE & NOT_PAID & Q(amount=0),
    PaymentState.REVOKED: Q(revoked_on__isnull=False) & NOT_PAID,
}


def reward_lines(user: User | AnonymousUser) -> QuerySet[DecisionLine]:
    """Lines of issued award decisions of the councils whose standing body ``user`` works in; of others none.

    What people are paid is read by no agency and no member of the council.
    """
    issued = Q(decision__kind=DecisionKind.AWARD) & ~Q(decision__state=DecisionState.DRAFT)
    return DecisionLine.objects.filter(issued, decision__council__in=access_of(user).standing_ids)


def with_words(rows: QuerySet[DecisionLine]) -> QuerySet[DecisionLine]:
    """The same with what a row shows; one query more, however many rows."""
    corrected = Prefetch("later", queryset=CORRECTIONS, to_attr="corrections")
    return rows.select_related("decision__issuer", "award", "agency").prefetch_related(corrected)


def state_of(line: DecisionLine) -> PaymentState:
    if line.paid_on is not None:
        return PaymentState.PAID if line.revoked_on is None else PaymentState.DUE_BACK
    if line.revoked_on is not None:
        return PaymentState.REVOKED
    if line.amount is None:
        return PaymentState.UNKNOWN
    return PaymentState.WAITING if line.amount else PaymentState.NOTHING


def matching(rows: QuerySet[DecisionLine], query: str) -> QuerySet[DecisionLine]:
    """Lines in which every word stands, accents or not: name and unit, as printed or as corrected, award, decision,
    proposing agency, voucher."""
    words = words_of(query)
    vouchers = vouchers_of(rows) if words else []
    for word in words:
        corrected = CORRECTIONS.order_by().filter(search_key__contains=word).values("earlier")
        rows = rows.filter(
            Q(search_key__contains=word)
            | Q(pk__in=corrected)
            | Q(award__search_key__contains=word)
            | Q(decision__search_key__contains=word)
            | Q(agency__in=Agency.objects.filter(agency_has(word)).values("pk"))
            | Q(paid_note__in=[note for note, key in vouchers if word in key])
        )
    return rows


def vouchers_of(rows: QuerySet[DecisionLine]) -> list[tuple[str, str]]:
    """The vouchers of ``rows``, each once, with how they are compared; one serves many lines, so they are few."""
    notes = rows.exclude(paid_note="").order_by().values_list("paid_note", flat=True).distinct()
    return [(note, search_key(note)) for note in notes]


@dataclass(frozen=True)
class Total:
    """Lines in one state: how many, and the sum in đồng of those whose amount is known."""

    state: PaymentState
    count: int
    amount: int

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def is_counted(self) -> bool:
        """Whether a sum means anything: what is unknown or not to be paid has none."""
        return self.state in (PaymentState.WAITING, PaymentState.PAID, PaymentState.DUE_BACK)


def totals_of(rows: QuerySet[DecisionLine]) -> list[Total]:
    """One total for each state that occurs in ``rows``; one query."""
    asked: dict[str, Any] = {}
    for place, condition in enumerate(CONDITIONS.values()):
        asked[f"count_{place}"] = Count("pk", filter=condition)
        asked[f"sum_{place}"] = Sum("amount", filter=condition)
    found = rows.order_by().aggregate(**asked)
    totals = [
        Total(state, found[f"count_{place}"], found[f"sum_{place}"] or 0) for place, state in enumerate(CONDITIONS)
    ]
    return [each for each in totals if each.count]


@dataclass(frozen=True)
class OfDecision:
    """Chosen lines of one decision."""

    decision: Any
    count: int
    amount: int


def by_decision(lines: Sequence[DecisionLine]) -> list[OfDecision]:
    """Chosen lines gathered by their decisions, in their order; no query if the decisions are read."""
    groups: dict[int, list[DecisionLine]] = {}
    for line in lines:
        groups.setdefault(line.decision_id, []).append(line)
    return [OfDecision(own[0].decision, len(own), sum_of(own)) for own in groups.values()]


def sum_of(lines: Sequence[DecisionLine]) -> int:
    """The known amounts, in đồng."""
    return sum(line.amount or 0 for line in lines)
