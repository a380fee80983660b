"""Reporting rounds of a year file: what was asked, until when, and who got more time."""

from typing import Any

from reports.enums import RoundKind, RoundState
from reports.models import ReportRound, RoundExtension, RoundFigure, RoundSection, RoundTable
from reports.yearfile.known import Known, once
from reports.yearfile.reading_sessions import told
from reports.yearfile.schema_reports import MoreTimePart, OutlinePart, ReportRoundPart, SectionPart
from reports.yearfile.spots import Spot, limit_of
from reports.yearfile.writings import LONGEST

COLUMNS = ("title", "since", "until", "due", "strict", "basis", "note")
SECTION_COLUMNS = ("title", "guidance", "required")
FIGURE_COLUMNS = ("label", "unit", "kind", "source", "required")
TABLE_COLUMNS = ("title", "guidance")
EXTENSION_COLUMNS = ("due", "reason", "granted_at")
MOST_COLUMNS = 8
LONGEST_LABEL = 300
CELL_KINDS = ("text", "number")


def read_rounds(spot: Spot, known: Known) -> tuple[ReportRoundPart, ...]:
    spots = spot.items()
    parts = tuple(read_round(each, known) for each in spots)
    # There may be several of the kind that is opened when it is needed.
    kinds = ("" if part.kind == RoundKind.AD_HOC else part.kind for part in parts)
    once(spots, kinds, "Năm thi đua này đã có đợt báo cáo của kỳ này ở trên.", key="kind")
    return parts


def read_round(spot: Spot, known: Known) -> ReportRoundPart:
    rest = (*(name for name in COLUMNS if name != "title"), "state", "province", "sections", "extensions")
    fields = spot.fields(("kind", "title"), rest)
    values = told(fields, ReportRound, COLUMNS, ("title",))
    if values["since"] and values["until"] and values["until"] < values["since"]:
        fields["until"].fault("Ngày cuối của kỳ số liệu không được trước ngày đầu.")
    if len(values["note"]) > LONGEST:
        fields["note"].fault(f"Dài {len(values['note'])} ký tự, tối đa {LONGEST}.")
    spots = fields["sections"].items()
    sections = tuple(read_section(each) for each in spots)
    once(spots, (part.key for part in sections), "Mã mục này đã có ở trên.", key="key")
    return ReportRoundPart(
        kind=fields["kind"].choice(RoundKind) if fields["kind"].stated else "",
        state=fields["state"].maybe_choice(RoundState),
        province=fields["province"].flag() or False,
        values=values,
        sections=sections,
        extensions=read_extensions(fields["extensions"], known),
    )


def read_extensions(spot: Spot, known: Known) -> tuple[MoreTimePart, ...]:
    spots = spot.items()
    parts = []
    for each in spots:
        fields = each.fields(("agency", "due", "reason", "granted_at"))
        values = told(fields, RoundExtension, EXTENSION_COLUMNS, ("due", "reason", "granted_at"))
        parts.append(MoreTimePart(known.agency(fields["agency"]), values))
    keys = ((part.agency, *part.values.values()) for part in parts)
    once(spots, keys, "Lần gia hạn này đã có ở trên.")
    return tuple(parts)


def read_section(spot: Spot) -> SectionPart:
    fields = spot.fields(("key", "title"), ("guidance", "required", "figures", "tables"))
    figures, tables = fields["figures"].items(), fields["tables"].items()
    found = tuple(read_figure(each) for each in figures)
    once(figures, (part.key for part in found), "Mã số liệu này đã có ở trên.", key="key")
    grids = tuple(read_table(each) for each in tables)
    once(tables, (part.key for part in grids), "Mã bảng này đã có ở trên.", key="key")
    return SectionPart(
        key=fields["key"].code(limit_of(RoundSection, "key")),
        values=told(fields, RoundSection, SECTION_COLUMNS, ("title",)),
        figures=found,
        tables=grids,
    )


def read_figure(spot: Spot) -> OutlinePart:
    fields = spot.fields(("key", "label"), tuple(name for name in FIGURE_COLUMNS if name != "label"))
    return OutlinePart(
        fields["key"].code(limit_of(RoundFigure, "key")), told(fields, RoundFigure, FIGURE_COLUMNS, ("label",))
    )


def read_table(spot: Spot) -> OutlinePart:
    fields = spot.fields(("key", "title", "columns"), ("guidance",))
    values = told(fields, RoundTable, TABLE_COLUMNS, ("title",))
    values["columns"] = read_table_columns(fields["columns"])
    return OutlinePart(fields["key"].code(limit_of(RoundTable, "key")), values)


def read_table_columns(spot: Spot) -> list[dict[str, Any]]:
    spots = spot.items()
    if len(spots) > MOST_COLUMNS:
        spot.fault(f"Bảng có {len(spots)} cột, tối đa {MOST_COLUMNS}.")
    found = []
    for each in spots:
        fields = each.fields(("key", "label"), ("kind",))
        kind = fields["kind"].optional_text()
        if kind and kind not in CELL_KINDS:
            fields["kind"].fault(f"«{kind[:60]}» không hợp lệ. Chọn một trong: {', '.join(CELL_KINDS)}.")
        found.append(
            {
                "key": fields["key"].code(limit_of(RoundTable, "key")),
                "label": fields["label"].text(LONGEST_LABEL),
                "kind": kind or "text",
            }
        )
    once(spots, (column["key"] for column in found), "Mã cột này đã có ở trên.", key="key")
    return found
