"""Rounds, reports, reviews and words of papers of a bloc-year for a year file. Who wrote what stays behind."""

from collections.abc import Iterable
from typing import Any

from accounts.domain import audit
from blocs.models import BlocYear
from khoithidua.web.text import tidy
from reports.domain.versions import OFFICIAL
from reports.enums import ReportState, ReviewState, RoundKind, Section
from reports.models import (
    AgencyReport,
    BlocReview,
    PaperText,
    ReportRound,
    RoundFigure,
    RoundSection,
    RoundTable,
    TextVersion,
)
from reports.yearfile import reading_reports as report_keys
from reports.yearfile import reading_rounds as keys
from reports.yearfile.columns import dump_columns
from reports.yearfile.emitting import Row, held, told_moment
from reports.yearfile.roster import Roster
from reports.yearfile.writings import Names, as_typed, told_json, with_names

BROUGHT = "Nhập đợt báo cáo từ tệp năm"
PROVINCE = "đợt do tỉnh mở"


def rounds_of(bloc_year: BlocYear) -> list[ReportRound]:
    """Six months, year, then the others by day and title."""
    rows = ReportRound.objects.filter(bloc_year=bloc_year).prefetch_related("extensions__agency")
    order = {kind: number for number, kind in enumerate(RoundKind.values)}
    return sorted(rows, key=lambda row: (order[row.kind], str(row.due or ""), tidy(row.title), row.pk))


def dump_rounds(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    return [dump_round(row, roster) for row in rounds_of(bloc_year)]


def dump_round(row: ReportRound, roster: Roster) -> dict[str, Any]:
    sections = RoundSection.objects.filter(round=row.outline_id).prefetch_related("figures", "tables")
    head = {"kind": row.kind, "state": row.state, "province": is_provinces(row) or None}
    extensions = [
        held({"agency": roster.code(each.agency)} | dump_columns(each, keys.EXTENSION_COLUMNS))
        for each in row.extensions.all()
    ]
    return dict(
        held(
            head
            | dump_columns(row, keys.COLUMNS)
            | {"sections": [dump_section(each) for each in sections], "extensions": extensions}
        )
    )


def is_provinces(row: ReportRound) -> bool:
    """Opened by the province, here or where the file came from that brought it."""
    if row.parent_id is not None:
        return True
    entries = audit.entries_of(row).filter(action=BROUGHT)
    return any((entry.after or {}).get(PROVINCE) for entry in entries)


def dump_section(row: RoundSection) -> dict[str, Any]:
    told = {"key": row.key} | dump_columns(row, keys.SECTION_COLUMNS)
    figures = [held({"key": each.key} | dump_columns(each, keys.FIGURE_COLUMNS)) for each in row.figures.all()]
    return dict(held(told | {"figures": figures, "tables": [dump_table(each) for each in row.tables.all()]}))


def dump_table(row: RoundTable) -> dict[str, Any]:
    told = dict(held({"key": row.key} | dump_columns(row, keys.TABLE_COLUMNS)))
    return told | {"columns": [dump_column(each) for each in row.columns]}


def dump_column(column: dict[str, Any]) -> Row:
    return Row(key=column["key"], label=tidy(column["label"]), kind=column.get("kind") or "text")


# Reports


class Asked:
    """The outline of a report's round, with the names that a file gives its figures and tables."""

    def __init__(self, a_round: ReportRound | None) -> None:
        outline = a_round.outline_id if a_round else None
        figures = RoundFigure.objects.filter(section__round=outline).select_related("section")
        tables = RoundTable.objects.filter(section__round=outline).select_related("section")
        order = list(RoundSection.objects.filter(round=outline).values_list("key", flat=True))
        self.sections = [*order, *(key for key in Section.values if key not in order)]
        self.figures = sorted(figures, key=lambda row: order.index(row.section.key))
        self.tables = sorted(tables, key=lambda row: order.index(row.section.key))

    @property
    def names(self) -> dict[str, Names]:
        """For ``with_names`` and ``with_numbers``."""
        return {"figures": names_of(self.figures), "tables": names_of(self.tables)}


def names_of(rows: Iterable[RoundFigure | RoundTable]) -> Names:
    return {str(row.pk): f"{row.section.key}/{row.key}" for row in rows}


def dump_reports(bloc_year: BlocYear, roster: Roster, *, whole: bool) -> list[dict[str, Any]]:
    """By round, then in the members' order. Without ``whole`` nothing that an agency wrote and never sent."""
    numbers = {row.pk: number for number, row in enumerate(rounds_of(bloc_year), start=1)}
    kinds = {kind: number for number, kind in enumerate(RoundKind.values)}
    rows = AgencyReport.objects.filter(bloc_year=bloc_year).select_related("agency", "round")
    if not whole:
        rows = rows.exclude(state=ReportState.DRAFT)
    ordered = sorted(
        rows, key=lambda row: (kinds[row.kind], numbers.get(row.round_id or 0, 0), roster.place(row.agency), row.pk)
    )
    asked = {row.round_id: row.round for row in ordered}
    outlines = {pk: Asked(a_round) for pk, a_round in asked.items()}
    return [dump_report(row, outlines[row.round_id], numbers, roster, whole=whole) for row in ordered]


def dump_report(
    row: AgencyReport, asked: Asked, numbers: dict[int, int], roster: Roster, *, whole: bool
) -> dict[str, Any]:
    texts = {each.section: as_typed(each.text) for each in row.passages.all()}
    versions = row.versions.order_by("number")
    if not whole:
        versions = versions.filter(reason__in=OFFICIAL)
    remarks = row.remarks.order_by("made_at", "pk")
    return dict(
        held(
            {
                "agency": roster.code(row.agency),
                "kind": row.kind,
                "round": numbers.get(row.round_id or 0),
                "state": row.state,
                "sent_at": told_moment(row.sent_at),
                "texts": {key: texts[key] for key in asked.sections if texts.get(key)},
                "figures": dump_figures(row, asked),
                "tables": dump_tables(row, asked),
                "remarks": [held(dump_columns(each, report_keys.REMARK_COLUMNS)) for each in remarks],
                "versions": [dump_version(each, asked) for each in versions],
            }
        )
    )


def dump_figures(report: AgencyReport, asked: Asked) -> list[Row]:
    values = {row.figure_id: row for row in report.figures.all()}
    rows = [(figure, values[figure.pk]) for figure in asked.figures if figure.pk in values]
    return [
        held({"section": figure.section.key, "key": figure.key, "value": row.value, "note": tidy(row.note)})
        for figure, row in rows
        if row.value is not None or tidy(row.note)
    ]


def dump_tables(report: AgencyReport, asked: Asked) -> list[dict[str, Any]]:
    found = []
    for table in asked.tables:
        if rows := cells_of(report, table):
            found.append({"section": table.section.key, "key": table.key, "rows": rows})
    return found


def cells_of(report: AgencyReport, table: RoundTable) -> list[Row]:
    """Cells that say something, row by row, in the order of the columns."""
    columns = [str(column["key"]) for column in table.columns]
    rows = [
        held({key: tidy(str(row.cells.get(key, ""))) for key in columns})
        for row in report.table_rows.filter(table=table).order_by("position", "pk")
    ]
    return [row for row in rows if row]


def dump_version(row: TextVersion, asked: Asked) -> Row:
    """One version, its content in plain ASCII."""
    content = told_json(with_names(row.content, **asked.names))
    return Row(number=row.number, made_at=told_moment(row.made_at), reason=tidy(row.reason), content=content)


# Reviews, words of papers


def dump_reviews(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    """What ``narrative`` does not tell of them; a draft of which there is nothing more to tell is left out."""
    rows = {row.kind: row for row in BlocReview.objects.filter(bloc_year=bloc_year)}
    told = [dump_review(rows[kind], roster) for kind in RoundKind.values if kind in rows]
    return [row for row in told if row.keys() != {"kind", "state"} or row["state"] != ReviewState.DRAFT]


def dump_review(row: BlocReview, roster: Roster) -> dict[str, Any]:
    comments = row.comments.select_related("agency").order_by("made_at", "pk")
    asked = Asked(None)
    return dict(
        held(
            {"kind": row.kind, "state": row.state}
            | dump_columns(row, report_keys.REVIEW_COLUMNS)
            | {
                "comments": [
                    held({"agency": roster.code(each.agency)} | dump_columns(each, report_keys.COMMENT_COLUMNS))
                    for each in comments
                ],
                "versions": [dump_version(each, asked) for each in row.versions.order_by("number")],
            }
        )
    )


def dump_paper_texts(bloc_year: BlocYear) -> list[dict[str, Any]]:
    """The bloc's own words, by paper and part; where there are none the template speaks."""
    rows = PaperText.objects.filter(bloc_year=bloc_year)
    told = [
        {"kind": row.kind, "part": row.part, "text": as_typed(row.text)}
        for row in sorted(rows, key=lambda row: (row.kind, row.part))
    ]
    return [row for row in told if row["text"]]
