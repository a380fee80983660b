"""Bảng chấm điểm of one unit: every criterion with the points of each step, and why they differ."""

from dataclasses import dataclass
from decimal import Decimal

from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, expected_signer, own_letterhead
from reports.documents.blocks import (
    Align,
    Block,
    Column,
    Heading,
    Note,
    Paper,
    Paragraph,
    Print,
    Row,
    Signature,
    Table,
    Width,
)
from reports.documents.ranking import StandingFacts, standing_facts
from reports.documents.subjects import chosen, sheets_of
from reports.documents.words import points, sentence_end
from scoring.domain.board import load_sheet
from scoring.domain.ranking import Cell, row_of
from scoring.domain.ranking import Row as ScoredRow
from scoring.enums import SheetState
from scoring.models import ScoreSheet

KIND = "score-sheet"
NOT_ASSIGNED = "KG"


@dataclass(frozen=True)
class LineFacts:
    code: str
    name: str
    max_points: Decimal
    is_group: bool
    own: Decimal | None
    crossed: Decimal | None
    appraised: Decimal | None
    agreed: Decimal | None
    assigned: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SheetFacts:
    bloc: BlocFacts
    agency: str  # empty: no sheet
    code: str
    state: str
    is_draft: bool
    lines: tuple[LineFacts, ...]
    standing: StandingFacts | None


def collect(bloc_year: BlocYear, subject: str = "") -> SheetFacts:
    """``subject`` is the code of a unit with a sheet; without one the first in the members' order. Raises NoSubject.

    A sheet in draft shows what its unit has typed so far.
    """
    bloc = collect_bloc(bloc_year)
    rows = sheets_of(bloc_year)
    sheet = chosen(rows, subject, key_of=lambda row: row.agency.code, default=next(iter(rows), None))
    if sheet is None:
        return SheetFacts(bloc, "", "", "", is_draft=True, lines=(), standing=None)
    return sheet_facts(bloc, sheet)


def sheet_facts(bloc: BlocFacts, sheet: ScoreSheet) -> SheetFacts:
    """As the sheet's own page shows it: no rank, which is told when scores are published."""
    tree, board = load_sheet(sheet)
    row = row_of(tree, board, None)
    return SheetFacts(
        bloc=bloc,
        agency=sheet.agency.name,
        code=sheet.agency.code,
        state=sheet.get_state_display(),
        is_draft=sheet.state == SheetState.DRAFT,
        lines=lines_of(row),
        standing=standing_facts(row.standing),
    )


def lines_of(row: ScoredRow) -> tuple[LineFacts, ...]:
    found = []
    for node in row.tree.nodes:
        cell = None if node.is_group else row.cells[node.code]
        found.append(line_facts(node.code, node.name, node.max_points, cell, row.groups.get(node.code)))
    return tuple(found)


def line_facts(code: str, name: str, max_points: Decimal, cell: Cell | None, subtotal: Decimal | None) -> LineFacts:
    if cell is None:
        return LineFacts(code, name, max_points, True, None, None, None, subtotal, True, ())
    # A quantitative line has no points of its own: what plan and actual give stands as its self-score.
    own = cell.self_points if cell.self_points is not None else cell.computed
    reasons = tuple(each for each in (cell.cross_reason, cell.appraisal_reason, cell.reason) if each)
    return LineFacts(
        code, name, max_points, False, own, cell.cross_points, cell.appraised_points, cell.agreed_points,
        cell.assigned, reasons,
    )  # fmt: skip


def compose(facts: SheetFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    who = facts.agency or bloc.name
    return Paper(
        name=f"Bảng chấm điểm thi đua năm {bloc.year} của {who} ({bloc.name})",
        letterhead=own_letterhead(bloc, None, draft=facts.is_draft, draft_year=None),
        kind="BẢNG CHẤM ĐIỂM THI ĐUA",
        summary=f"Năm {bloc.year} của {who}",
        blocks=tuple(body(facts)),
        signatories=signatories(facts),
        abreast=2,
    )


def signatories(facts: SheetFacts) -> tuple[Signature, ...]:
    """Who wrote it down, and the unit's leader where known."""
    member = next((each for each in facts.bloc.members if each.code == facts.code), None)
    title, name = expected_signer(member) if member else ("", "")
    return (Signature(lines=("NGƯỜI LẬP BẢNG",)), Signature(lines=((title or "Thủ trưởng đơn vị").upper(),), name=name))


def body(facts: SheetFacts) -> list[Block]:
    bloc = facts.bloc
    if not facts.lines:
        return [
            Paragraph(f"Chưa có phiếu chấm điểm nào của đơn vị thành viên {bloc.name} có tiêu chí cho năm {bloc.year}.")
        ]
    reasons: list[Block] = [
        Note(f"{line.code}: {sentence_end(reason)}") for line in facts.lines for reason in line.reasons
    ]
    return [
        Paragraph(f"Đơn vị thuộc {bloc.name}. Tình trạng phiếu: {facts.state.lower()}."),
        points_table(facts),
        *totals(facts.standing),
        Note(marks_note(facts)),
        *explained(reasons),
    ]


def explained(reasons: list[Block]) -> list[Block]:
    return [Heading("Lý do chênh lệch điểm", level=2), *reasons] if reasons else []


def points_table(facts: SheetFacts) -> Table:
    columns = (
        Column("Mã", Width.SNUG),
        Column("Tiêu chí", Width.WIDE, heads=True),
        *[
            Column(label, Width.NARROW, Align.RIGHT)
            for label in ("Điểm tối đa", "Tự chấm", "Chấm chéo", "Thẩm định", "Thống nhất")
        ],
    )
    return Table("", columns, tuple(points_row(line) for line in facts.lines), print=Print.SMALL)


def points_row(line: LineFacts) -> Row:
    if line.is_group:
        return Row((line.code, line.name, points(line.max_points), "", "", "", points(line.agreed)), strong=True)
    given = (line.own, line.crossed, line.appraised, line.agreed)
    cells = [points(value) for value in given] if line.assigned else [NOT_ASSIGNED] * len(given)
    return Row((line.code, line.name, points(line.max_points), *cells))


def totals(found: StandingFacts | None) -> list[Block]:
    if found is None:
        return []
    parts = [
        f"điểm nội dung {points(found.base)}",
        f"điểm thưởng {points(found.bonus)}",
        f"điểm trừ {points(found.deduction)}",
        f"tổng điểm {points(found.total)}/{points(found.assigned_max)} điểm tối đa được giao",
    ]
    later = [Note("Điểm tạm tính, còn tiêu chí chưa được thẩm định.")] if found.provisional else []
    return [Paragraph(f"Kết quả: {'; '.join(parts)}."), *later]


def marks_note(facts: SheetFacts) -> str:
    marks = ["dấu “-” là chưa chấm", "điểm của nhóm là điểm được tính đến nay"]
    if any(not line.assigned for line in facts.lines):
        marks.append(f"“{NOT_ASSIGNED}” là tiêu chí không được giao")
    return f"Ghi chú: {'; '.join(marks)}."
