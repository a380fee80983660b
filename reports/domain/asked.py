"""What a round asks of a report besides words: figures and tables; what is filled in, what the system knows."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from khoithidua.web.numbers import plain_number
from reports.domain.passages import lock
from reports.domain.rounding.known_figures import Known, known
from reports.domain.rounding.last_period import last_values
from reports.enums import FigureUnit, ReportState
from reports.models import AgencyReport, FigureValue, RoundFigure, RoundTable, TableRow

MOST_ROWS = 200
LONGEST_CELL = 500
WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)
UNITS: dict[str, str] = {FigureUnit.PERCENT: "%", FigureUnit.MONEY: "đồng"}


@dataclass(frozen=True)
class AskedFigure:
    """One figure of the outline in one report. ``value`` None: not known, never zero."""

    figure: RoundFigure
    value: Decimal | None
    note: str
    version: int
    last: Decimal | None = None  # of the period before
    is_known: bool = False  # the records tell it: nobody types it
    url: str = ""  # the rows it is counted from
    words: str = ""

    @property
    def unit(self) -> str:
        return self.figure.unit or UNITS.get(self.figure.kind, "")

    @property
    def shown(self) -> str:
        return "" if self.value is None else plain_number(self.value)


@dataclass(frozen=True)
class AskedTable:
    """One table of the outline in one report; each row's cells in the order of the columns."""

    table: RoundTable
    rows: list[list[str]]

    @property
    def columns(self) -> list[dict[str, str]]:
        return list(self.table.columns)

    @property
    def seen(self) -> str:
        """Tells these rows from others: what a form was opened with."""
        return fingerprint(self.rows)


@dataclass(frozen=True)
class Asked:
    """Figures and tables by the key of their section."""

    figures: dict[str, list[AskedFigure]] = field(default_factory=dict)
    tables: dict[str, list[AskedTable]] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One figure as it was typed, and the version that the typist saw."""

    figure_id: int
    value: Decimal | None
    note: str
    version: int


class StaleFigures(Exception):
    """Others saved some of these figures meanwhile; nothing was saved. Holds theirs by figure."""

    def __init__(self, theirs: dict[int, FigureValue]) -> None:
        self.theirs = theirs
        super().__init__("Người khác đã lưu số liệu của mục này sau khi bạn mở trang, nên số bạn gõ chưa được lưu.")


class StaleTable(Exception):
    """Others saved this table meanwhile; nothing was saved. Holds their rows."""

    def __init__(self, theirs: list[list[str]]) -> None:
        self.theirs = theirs
        super().__init__("Người khác đã lưu bảng này sau khi bạn mở trang, nên các dòng bạn gõ chưa được lưu.")


def asked_of(report: AgencyReport) -> Asked:
    """All that the outline asks of ``report``. Nothing and no query without a round.

    Figures of the records are counted as of now while the report is written, and stand as they were sent after that.
    """
    if report.round is None:
        return Asked()
    return Asked(figures_of(report), tables_of(report))


def figures_of(report: AgencyReport) -> dict[str, list[AskedFigure]]:
    outline = report.round.outline_id if report.round else None
    rows = list(RoundFigure.objects.filter(section__round=outline).select_related("section"))
    if not rows:
        return {}
    values = {row.figure_id: row for row in report.figures.all()}
    told = known(report) if report.state in WRITABLE and any(row.source for row in rows) else {}
    last = last_values(report)
    found: dict[str, list[AskedFigure]] = {}
    for row in rows:
        found.setdefault(row.section.key, []).append(
            asked_figure(row, values.get(row.pk), told.get(row.pk), last.get(row.pk))
        )
    return found


def asked_figure(
    figure: RoundFigure, stored: FigureValue | None, told: Known | None, last: Decimal | None
) -> AskedFigure:
    value, note, version = (stored.value, stored.note, stored.version) if stored else (None, "", 0)
    if not figure.source:
        return AskedFigure(figure, value, note, version, last)
    if told is not None:
        return AskedFigure(figure, told.value, note, version, last, True, told.url, told.words)
    return AskedFigure(figure, value, note, version, last, True)


def tables_of(report: AgencyReport) -> dict[str, list[AskedTable]]:
    outline = report.round.outline_id if report.round else None
    rows: dict[int, list[TableRow]] = {}
    for row in report.table_rows.all():
        rows.setdefault(row.table_id, []).append(row)
    found: dict[str, list[AskedTable]] = {}
    for table in RoundTable.objects.filter(section__round=outline).select_related("section"):
        found.setdefault(table.section.key, []).append(AskedTable(table, cells_of(table, rows.get(table.pk, []))))
    return found


def cells_of(table: RoundTable, rows: Sequence[TableRow]) -> list[list[str]]:
    return [[str(row.cells.get(column["key"], "")) for column in table.columns] for row in rows]


def fingerprint(rows: Sequence[Sequence[str]]) -> str:
    return hashlib.sha256(json.dumps([list(row) for row in rows], ensure_ascii=False).encode()).hexdigest()[:16]


@transaction.atomic
def save_figures(report: AgencyReport, entries: Sequence[Entry], *, actor: User) -> int:
    """Save typed figures of ``report``: all of them, or none. Answers how many changed.

    Raises StaleFigures where someone else saved another value since, PassageRefused with a sentence when the state no
    longer allows writing, PermissionDenied for a stranger. Figures of the records are not typed: they are passed over.
    """
    lock(report, actor)
    outline = report.round.outline_id if report.round else None
    figures = {row.pk: row for row in RoundFigure.objects.filter(section__round=outline, source="")}
    stored = {row.figure_id: row for row in report.figures.filter(figure__in=figures)}
    changed = [each for each in entries if each.figure_id in figures and differs(each, stored.get(each.figure_id))]
    stale = {
        each.figure_id: stored[each.figure_id]
        for each in changed
        if each.figure_id in stored and stored[each.figure_id].version != each.version
    }
    if stale:
        raise StaleFigures(stale)
    before = {figures[each.figure_id].label: told_value(stored.get(each.figure_id)) for each in changed}
    after = {figures[each.figure_id].label: told_value(write(report, each, stored, actor)) for each in changed}
    if changed:
        record(report, "Nhập số liệu báo cáo", actor=actor, before=before, after=after)
    return len(changed)


def differs(entry: Entry, stored: FigureValue | None) -> bool:
    return (entry.value, entry.note) != ((stored.value, stored.note) if stored else (None, ""))


def write(report: AgencyReport, entry: Entry, stored: dict[int, FigureValue], actor: User) -> FigureValue:
    row = stored.get(entry.figure_id) or FigureValue(report=report, figure_id=entry.figure_id)
    row.value, row.note, row.edited_by = entry.value, entry.note, actor
    row.version += 1
    row.save()
    return row


def told_value(row: FigureValue | None) -> str:
    """A figure with its note, for the trail; "" where there is none."""
    if row is None:
        return ""
    value = "" if row.value is None else plain_number(row.value)
    return f"{value} ({row.note})" if row.note else value


@transaction.atomic
def save_table(
    report: AgencyReport, table: RoundTable, rows: Sequence[Sequence[str]], *, seen: str, actor: User
) -> bool:
    """Replace the rows of one table; empty rows are left out. Answers whether anything changed.

    ``seen`` is the fingerprint of the rows that the form was opened with. Raises StaleTable where someone else saved
    other rows since, and what ``save_figures`` raises for who may not write.
    """
    lock(report, actor)
    stored = cells_of(table, list(report.table_rows.filter(table=table)))
    kept = [list(row) for row in rows if any(cell.strip() for cell in row)]
    if kept == stored:
        return False
    if seen != fingerprint(stored):
        raise StaleTable(stored)
    write_rows(report, table, kept)
    record(report, f"Nhập bảng «{table.title}»", actor=actor, before=told_rows(stored), after=told_rows(kept))
    return True


def write_rows(report: AgencyReport, table: RoundTable, rows: Sequence[Sequence[str]]) -> None:
    report.table_rows.filter(table=table).delete()
    keys = [column["key"] for column in table.columns]
    TableRow.objects.bulk_create(
        TableRow(report=report, table=table, position=number, cells=dict(zip(keys, row, strict=True)))
        for number, row in enumerate(rows)
    )


def told_rows(rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    return {f"dòng {number}": " | ".join(row) for number, row in enumerate(rows, 1)}


def freeze_known(report: AgencyReport) -> None:
    """Keep what the records tell as of now, so that a sent report says for ever what it said."""
    if report.round is None:
        return
    sourced = RoundFigure.objects.filter(section__round=report.round.outline_id).exclude(source="")
    told = known(report) if sourced else {}
    for figure in sourced:
        value = told[figure.pk].value if figure.pk in told else None
        FigureValue.objects.update_or_create(report=report, figure=figure, defaults={"value": value})
