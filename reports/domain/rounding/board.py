"""The board of a round: who has begun, sent, is late; in the blocs of a province's round as a matrix."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from reports.domain.rounding.reporters import Excused, members_of
from reports.enums import ReportState
from reports.models import AgencyReport, ReportRound, RoundExtension

NOT_BEGUN = "not-begun"
SENT = (ReportState.SIGNED_OFF, ReportState.RECEIVED)
STATUS_WORDS = {
    NOT_BEGUN: "Chưa viết",
    ReportState.DRAFT.value: "Đang soạn",
    ReportState.RETURNED.value: "Trả lại để bổ sung",
    ReportState.SIGNED_OFF.value: "Đã gửi",
    ReportState.RECEIVED.value: "Đã tiếp nhận",
}
LATE, OVERDUE, IN_TIME, AWAITED = "late", "overdue", "in-time", "awaited"
TIMING_WORDS = {
    IN_TIME: "Gửi đúng hạn",
    LATE: "Gửi muộn",
    OVERDUE: "Quá hạn, chưa gửi",
    AWAITED: "Chưa đến hạn",
}


def board_rows(a_round: ReportRound, *, today: date, excused: Excused | None = None) -> Any:
    """A row per member that reports, with ``status``, ``timing``, ``sent_at``, ``due_on``, ``extended``, ``report_pk``.

    ``status`` is a state of a report or ``NOT_BEGUN``; ``timing`` compares the day of sending, or today, with the due
    date of this agency (its last extension, else the round's). Of a province's round: the members of all its blocs.
    """
    mine = Q(round=a_round.pk) | Q(round__parent=a_round.pk)
    report = AgencyReport.objects.filter(mine, bloc_year=OuterRef("bloc_year"), agency=OuterRef("agency"))
    given = RoundExtension.objects.filter(mine, round__bloc_year=OuterRef("bloc_year"), agency=OuterRef("agency"))
    last = given.order_by("-granted_at", "-pk")
    rows = members_of(a_round, excused).select_related("agency", "bloc_year__bloc")
    rows = rows.annotate(
        report_pk=Subquery(report.values("pk")[:1]),
        status=Coalesce(Subquery(report.values("state")[:1]), Value(NOT_BEGUN), output_field=CharField()),
        sent_at=Subquery(report.values("sent_at")[:1]),
        extended=Subquery(last.values("due")[:1]),
        extension_reason=Subquery(last.values("reason")[:1]),
        child_pk=Subquery(a_round.children.filter(bloc_year=OuterRef("bloc_year")).values("pk")[:1]),
    )
    rows = rows.annotate(due_on=Coalesce("extended", Value(a_round.due), output_field=DateField()))
    return rows.annotate(sent_on=TruncDate("sent_at")).annotate(timing=timing_at(today))


def timing_at(today: date) -> Case:
    return Case(
        When(status__in=SENT, sent_on__gt=F("due_on"), then=Value(LATE)),
        When(status__in=SENT, then=Value(IN_TIME)),
        When(due_on__lt=today, then=Value(OVERDUE)),
        default=Value(AWAITED),
        output_field=CharField(),
    )


def status_words(row: Any) -> str:
    return STATUS_WORDS[row.status]


def timing_words(row: Any) -> str:
    """ "Muộn 3 ngày", "Quá hạn 2 ngày"; nothing before the due date."""
    if row.timing == LATE:
        return f"Muộn {days_over(row)} ngày"
    if row.timing == OVERDUE:
        return f"Quá hạn {days_over(row)} ngày"
    return "Đúng hạn" if row.timing == IN_TIME else ""


def days_over(row: Any) -> int | None:
    """Days after the due date; None where there are none to count."""
    if row.timing == LATE:
        return int((row.sent_on - row.due_on).days)
    return int((timezone.localdate() - row.due_on).days) if row.timing == OVERDUE else None


@dataclass(frozen=True)
class Counts:
    """Members of a round by how far they are."""

    members: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    late: int = 0
    overdue: int = 0

    @property
    def sent(self) -> int:
        return sum(self.by_status.get(state, 0) for state in SENT)

    @property
    def missing(self) -> int:
        return self.members - self.sent

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """Each status with its words and how many, in the order of the work."""
        return [(key, words, self.by_status.get(key, 0)) for key, words in STATUS_WORDS.items()]


def counts_of(pairs: Iterable[tuple[str, str]]) -> Counts:
    """Counted from (status, timing) of each member."""
    found = list(pairs)
    timings = Counter(timing for _, timing in found)
    return Counts(len(found), dict(Counter(status for status, _ in found)), timings[LATE], timings[OVERDUE])


@dataclass(frozen=True)
class MatrixLine:
    """One bloc under a province's round."""

    round_pk: int
    bloc: str
    counts: Counts


@dataclass(frozen=True)
class Matrix:
    lines: list[MatrixLine]
    total: Counts


def matrix_of(a_round: ReportRound, *, today: date, excused: Excused | None = None) -> Matrix:
    """Blocs by statuses with their totals, in two queries whatever their number."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = board_rows(a_round, today=today, excused=excused).order_by()
    for year, status, timing in rows.values_list("bloc_year_id", "status", "timing"):
        found.setdefault(year, []).append((status, timing))
    children = a_round.children.select_related("bloc_year__bloc").order_by("bloc_year__bloc__sort_key", "pk")
    lines = [
        MatrixLine(row.pk, row.bloc_year.bloc.name, counts_of(found.get(row.bloc_year.pk, [])))
        for row in children
        if row.bloc_year is not None
    ]
    return Matrix(lines, counts_of(pair for pairs in found.values() for pair in pairs))
