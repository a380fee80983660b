"""Bảng tổng hợp điểm as an Excel workbook: the same facts as the paper, with real numbers."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from khoithidua.web.downloads import cell
from reports.documents.ranking import StandingFacts, rank_word
from reports.documents.score_summary import NOT_ASSIGNED, CriterionFacts, ScoreFacts, ScoreRow

Value = str | int | Decimal | None
NARROW, MIDDLE, NAME = 10, 14, 50
A4 = 9  # as OOXML numbers paper sizes


def workbook(facts: ScoreFacts) -> bytes:
    """Two sheets: the ranking, and criteria × members. An empty cell is not scored, «KG» not assigned."""
    book = Workbook(write_only=True)
    ranking_sheet(book, facts)
    points_sheet(book, facts)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ranking_sheet(book: Workbook, facts: ScoreFacts) -> None:
    heads = (
        "TT", "Đơn vị", "Điểm nội dung", "Điểm thưởng", "Điểm trừ", "Tổng điểm", "Điểm tối đa được giao",
        "Tỷ lệ (%)", "Xếp hạng", "Xếp loại", "Lý do không xét",
    )  # fmt: skip
    sheet = opened(book, "Xếp hạng", [6, NAME, *[MIDDLE] * (len(heads) - 2)], freeze="C2")
    sheet.append([cell(sheet, head, bold=True) for head in heads])
    for place, row in enumerate(facts.rows, 1):
        sheet.append([cell(sheet, value) for value in ranking_values(place, row.standing)])
    if facts.lock:
        lock = f"Kết quả đã khóa, phiên bản {facts.lock.version}, mã băm SHA-256: {facts.lock.sha256}"
        sheet.append([cell(sheet, None), cell(sheet, lock)])


def ranking_values(place: int, each: StandingFacts) -> Sequence[Value]:
    figures = (each.base, each.bonus, each.deduction, each.total, each.assigned_max, each.percent)
    rank: Value = each.rank if each.rank else rank_word(each)
    return (place, each.agency, *figures, rank, each.grade, "; ".join(each.disqualifications))


def points_sheet(book: Workbook, facts: ScoreFacts) -> None:
    """Frozen and repeated: the row of members above, code and name of the criteria on the left."""
    sheet = opened(book, "Điểm từng tiêu chí", [NARROW, NAME, NARROW, *[NARROW] * len(facts.rows)], freeze="D2")
    heads = ("Mã", "Tiêu chí", "Điểm tối đa", *[row.standing.label for row in facts.rows])
    sheet.append([cell(sheet, head, bold=True) for head in heads])
    for each in facts.criteria:
        line = (each.code, each.name, each.max_points, *[value_of(each, row) for row in facts.rows])
        sheet.append([cell(sheet, value, bold=each.is_group) for value in line])
    for label, values in closing(facts.rows):
        sheet.append([cell(sheet, value, bold=True) for value in (None, label, None, *values)])


def value_of(each: CriterionFacts, row: ScoreRow) -> Value:
    return NOT_ASSIGNED if each.code in row.not_assigned else row.points.get(each.code)


def closing(rows: Sequence[ScoreRow]) -> list[tuple[str, list[Value]]]:
    standings = [row.standing for row in rows]
    return [
        ("Điểm nội dung", [each.base for each in standings]),
        ("Điểm thưởng", [each.bonus for each in standings]),
        ("Điểm trừ", [each.deduction for each in standings]),
        ("Tổng điểm", [each.total for each in standings]),
        ("Điểm tối đa được giao", [each.assigned_max for each in standings]),
        ("Tỷ lệ (%)", [each.percent for each in standings]),
        ("Xếp hạng", [each.rank or rank_word(each) for each in standings]),
        ("Xếp loại", [each.grade for each in standings]),
    ]


def opened(book: Workbook, title: str, widths: Sequence[int], *, freeze: str) -> Any:
    """A sheet that prints on A4 landscape pages as wide as the table, its head on every page."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = freeze
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    return sheet
