"""The figures of a round over all agencies: sums where they make sense, the missing named, unknown never zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.domain.rounding.board import SENT
from reports.domain.rounding.reporters import Excused, excused_in, members_of
from reports.enums import FigureUnit
from reports.models import FigureValue, ReportRound, RoundFigure

UNKNOWN = "chưa có số liệu"
NOT_SENT = "chưa gửi"


@dataclass(frozen=True)
class SummaryLine:
    """One agency, or one bloc of a province's round: a value for each figure; None is unknown."""

    name: str
    bloc: str
    round_pk: int
    values: list[Decimal | None]
    is_sent: bool
    members: int = 1
    sent: int = 0


@dataclass(frozen=True)
class Total:
    """The sum of what is known, None where a sum makes no sense or nothing is known, and for how many it is unknown."""

    value: Decimal | None
    unknown: int
    adds_up: bool


@dataclass(frozen=True)
class Summary:
    figures: list[RoundFigure]
    lines: list[SummaryLine]  # agencies in the order of their blocs
    totals: list[Total]

    @property
    def missing(self) -> list[str]:
        """Agencies whose report has not come."""
        return [line.name for line in self.lines if not line.is_sent]

    @property
    def sent(self) -> int:
        return len(self.lines) - len(self.missing)


def summary_of(a_round: ReportRound, excused: Excused | None = None) -> Summary:
    """Every figure of every member that reports, as it was sent; five queries at most, whatever the number of blocs."""
    asked = RoundFigure.objects.filter(section__round=a_round.outline_id)
    figures = list(asked.order_by("section__position", "section", "position", "pk"))
    values = values_of(a_round)
    out = excused_in([a_round]) if excused is None else excused
    rounds = {row.bloc_year_id: row.pk for row in a_round.children.all()}
    rows = members_of(a_round, out).select_related("agency", "bloc_year__bloc").in_order()
    lines = []
    for row in sorted(rows, key=lambda row: row.bloc_year.bloc.sort_key):
        told = values.get((row.bloc_year_id, row.agency_id))
        given = [told.get(figure.pk) if told else None for figure in figures]
        pk = rounds.get(row.bloc_year_id, a_round.pk)
        lines.append(SummaryLine(row.agency.name, row.bloc_year.bloc.name, pk, given, told is not None))
    return Summary(figures, lines, totals_of(figures, lines))


def values_of(a_round: ReportRound) -> dict[tuple[int, int], dict[int, Decimal | None]]:
    """(bloc-year, agency) → figure → value, of reports that were sent; an agency that sent none is absent."""
    reports = type(a_round)._base_manager.filter(pk=a_round.pk) | type(a_round)._base_manager.filter(parent=a_round.pk)
    found: dict[tuple[int, int], dict[int, Decimal | None]] = {}
    names = ("reports__bloc_year_id", "reports__agency_id")
    sent = reports.filter(reports__state__in=SENT)
    for year, agency in sent.values_list(*names):
        found[year, agency] = {}
    rows = FigureValue.objects.filter(report__round__in=reports, report__state__in=SENT)
    for year, agency, figure, value in rows.values_list(
        "report__bloc_year_id", "report__agency_id", "figure_id", "value"
    ):
        found.setdefault((year, agency), {})[figure] = value
    return found


def totals_of(figures: Sequence[RoundFigure], lines: Sequence[SummaryLine]) -> list[Total]:
    return [total_of(figure, [line.values[place] for line in lines]) for place, figure in enumerate(figures)]


def total_of(figure: RoundFigure, values: Sequence[Decimal | None]) -> Total:
    known = [value for value in values if value is not None]
    adds_up = figure.kind != FigureUnit.PERCENT
    return Total(sum(known, Decimal(0)) if adds_up and known else None, len(values) - len(known), adds_up)


def by_bloc(found: Summary) -> list[SummaryLine]:
    """A line per bloc of a province's round: sums of what its agencies sent, None where nothing is known."""
    blocs: dict[int, list[SummaryLine]] = {}
    for line in found.lines:
        blocs.setdefault(line.round_pk, []).append(line)
    return [bloc_line(found.figures, lines) for lines in blocs.values()]


def bloc_line(figures: Sequence[RoundFigure], lines: Sequence[SummaryLine]) -> SummaryLine:
    values = [total.value for total in totals_of(figures, lines)]
    sent = sum(1 for line in lines if line.is_sent)
    first = lines[0]
    return SummaryLine(first.bloc, first.bloc, first.round_pk, values, sent == len(lines), len(lines), sent)


def table_of(found: Summary) -> tuple[list[str], list[list[Any]]]:
    """Headers and rows of the whole table for XLSX: one row per agency, the totals last; unknown is said in words."""
    units = [f"{figure.label} ({unit_of(figure)})" if unit_of(figure) else figure.label for figure in found.figures]
    rows: list[list[Any]] = [
        [
            line.bloc,
            line.name,
            "đã gửi" if line.is_sent else NOT_SENT,
            *map(or_unknown, line.values),
        ]
        for line in found.lines
    ]
    if rows:
        sums = ["–" if each.value is None else each.value for each in found.totals]
        rows.append(["", "Cộng số đã có", "", *sums])
    return ["Khối, cụm", "Đơn vị", "Báo cáo", *units], rows


def or_unknown(value: Decimal | None) -> Decimal | str:
    return UNKNOWN if value is None else value


def unit_of(figure: RoundFigure) -> str:
    words = {FigureUnit.PERCENT.value: "%", FigureUnit.MONEY.value: "đồng"}
    return figure.unit or words.get(figure.kind, "")
