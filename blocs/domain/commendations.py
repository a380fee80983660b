"""Counting commendations: awarded and proposed apart, unknown counts never summed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from blocs.enums import CommendationStatus, RecipientKind
from blocs.models import Commendation, RecipientCount

KIND_ORDER = {kind.value: position for position, kind in enumerate(RecipientKind)}
# A name with a comma in it would read as two kinds inside an enumeration.
KIND_WORDS = {kind.value: str(kind.label) for kind in RecipientKind} | {"village": "thôn/khối phố"}


@dataclass(frozen=True)
class Uncounted:
    """A kind of recipient whose number the source gives as "nhiều"."""

    agency: str  # the agency's code
    award: str  # a value of ``Award``
    kind: str  # a value of ``RecipientKind``


@dataclass(frozen=True)
class Totals:
    """Recipients by kind, in the order of ``RecipientKind``; a kind without a known count is absent."""

    awarded: dict[str, int] = field(default_factory=dict)
    proposed: dict[str, int] = field(default_factory=dict)
    uncounted: list[Uncounted] = field(default_factory=list)


def totals(rows: Iterable[Commendation]) -> Totals:
    """Known counts of ``rows`` (recipients and agency prefetched: no query is made here).

    Uncounted recipients keep the order of the rows and stand in neither total.
    """
    sums: dict[str, dict[str, int]] = {status.value: {} for status in CommendationStatus}
    uncounted = []
    for row in rows:
        for recipient in in_order(row):
            if recipient.count is None:
                uncounted.append(Uncounted(row.agency.code, row.award, recipient.kind))
            else:
                sums[row.status][recipient.kind] = sums[row.status].get(recipient.kind, 0) + recipient.count
    return Totals(
        awarded=sorted_kinds(sums[CommendationStatus.AWARDED]),
        proposed=sorted_kinds(sums[CommendationStatus.PROPOSED]),
        uncounted=uncounted,
    )


def totals_in(rows: QuerySet[Commendation]) -> Totals:
    """``totals`` of a whole queryset without loading its rows: two queries."""
    counts = RecipientCount.objects.filter(commendation__in=rows.order_by().values("pk")).order_by()
    sums: dict[str, dict[str, int]] = {status.value: {} for status in CommendationStatus}
    known = counts.filter(count__isnull=False).values_list("commendation__status", "kind")
    for status, kind, total in known.annotate(total=Sum("count")):
        sums[status][kind] = total
    unknown = counts.filter(count__isnull=True).order_by("commendation__position", "commendation", "pk")
    facts = unknown.values_list("commendation__agency__code", "commendation__award", "kind")
    return Totals(
        awarded=sorted_kinds(sums[CommendationStatus.AWARDED]),
        proposed=sorted_kinds(sums[CommendationStatus.PROPOSED]),
        uncounted=[Uncounted(*each) for each in facts],
    )


def sorted_kinds(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: KIND_ORDER[item[0]]))


def in_order(commendation: Commendation) -> list[RecipientCount]:
    return sorted(commendation.recipients.all(), key=lambda recipient: KIND_ORDER[recipient.kind])


def sentence(commendation: Commendation) -> str:
    """Who is commended: "04 tập thể, 02 cá nhân"; "nhiều tập thể" where the number is unknown."""
    return ", ".join(phrase(recipient.kind, recipient.count) for recipient in in_order(commendation))


def count_sentence(counts: dict[str, int]) -> str:
    """One side of ``Totals`` in words: "04 tập thể, 26 cá nhân"."""
    return ", ".join(phrase(kind, count) for kind, count in counts.items())


def phrase(kind: str, count: int | None) -> str:
    """Official papers write numbers below ten with a leading zero."""
    number = "nhiều" if count is None else f"{count:02d}"
    return f"{number} {KIND_WORDS[kind]}"
