"""The consolidated table as a workbook: the whole table on one sheet, every line with all columns on another."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from khoithidua.web.numbers import plain_number
from scoring.domain.computing import BLANK
from scoring.domain.grading import Grade
from scoring.domain.matrix import COLUMNS, columns_of, lies_apart
from scoring.domain.ranking import Cell, Row, Table
from scoring.domain.tree import Node

# More criteria than this do not stand side by side on A4: they become rows, the units columns.
WIDEST = 15
TABLE, LINES = "Bảng điểm", "Tất cả các cột"
LINE_HEADERS = (
    "Đơn vị", "Mã", "Tiêu chí", "Tối đa", "Được giao", "Kế hoạch", "Thực hiện", "Mức", "Số lần", "Tự chấm",
    "Chấm chéo", "Thẩm định", "Thống nhất", "Chính thức", "Lấy từ cột", "Chênh lệch lớn", "Lý do chênh lệch",
    "Thuyết minh, minh chứng",
)  # fmt: skip
LINE_WIDTHS = (24, 10, 40, 8, 9, 11, 11, 10, 8, 9, 9, 9, 9, 9, 12, 10, 30, 40)
NOTE = (
    "Điểm chính thức: thống nhất, nếu chưa có thì thẩm định, chấm chéo, tự chấm. KG: không được giao. Trống: chưa có."
)
# XML cannot hold these; they are no text anybody reads.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PLAIN, HEAD, TITLE, GROUP, BARE = "plain", "head", "title", "group", "bare"
LOOKS: Mapping[str, Mapping[str, Any]] = {
    PLAIN: {"alignment": Alignment(vertical="top", wrap_text=True)},
    GROUP: {"alignment": Alignment(vertical="top", wrap_text=True), "font": Font(bold=True)},
    TITLE: {"font": Font(bold=True, size=14)},
    BARE: {},
    HEAD: {
        "alignment": Alignment(vertical="center", horizontal="center", wrap_text=True),
        "font": Font(bold=True),
        "fill": PatternFill("solid", start_color="E5E7EB"),
    },
}


@dataclass(frozen=True)
class Field:
    """One criterion or one figure of the result, with a value for each unit."""

    name: str
    code: str = ""
    maximum: Decimal | None = None
    values: tuple[Any, ...] = ()
    is_group: bool = False

    @property
    def header(self) -> str:
        """Code, name and maximum in one cell."""
        name = f"{self.code}. {self.name}" if self.code else self.name
        return name if self.maximum is None else f"{name} (tối đa {plain_number(self.maximum)})"


@dataclass(frozen=True)
class BoardFile:
    """What the workbook tells: rows that the reader may see; grades and ranks only for who sees the ``whole``."""

    title: str
    table: Table
    rows: Sequence[Row]
    grades: Mapping[int, Grade]
    whole: bool
    percent: int
    # Titles of the files and links of each line, by sheet and criterion id.
    evidence: Mapping[tuple[int, int], Sequence[str]] = field(default_factory=dict)


def board_bytes(board: BoardFile) -> bytes:
    """The workbook, of A4 landscape pages whatever the number of criteria."""
    book = Workbook(write_only=True)
    write_table(Page(book.create_sheet(TABLE)), board)
    write_lines(Page(book.create_sheet(LINES)), board)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_table(page: "Page", board: BoardFile) -> None:
    fields = [*criteria_fields(board), *result_fields(board)]
    units = [row.standing.agency.name for row in board.rows]
    if sum(1 for field in fields if field.maximum is not None and not field.is_group) > WIDEST:
        header = ["Mã", "Tiêu chí", "Tối đa", *units]
        body = [([field.code, field.name, field.maximum, *field.values], field.is_group) for field in fields]
        widths, frozen = [8, 48, 8, *[11] * len(units)], 3
    else:
        header = ["Đơn vị", *[field.header for field in fields]]
        body = [([unit, *[field.values[n] for field in fields]], False) for n, unit in enumerate(units)]
        widths, frozen = [30, *[13] * len(fields)], 1
    page.lay_out(widths, header_row=3, frozen=frozen, rows=len(body))
    page.write([board.title], TITLE)
    page.write([NOTE], BARE)
    page.write(header, HEAD)
    for values, is_group in body:
        page.write(values, GROUP if is_group else PLAIN)


def criteria_fields(board: BoardFile) -> Iterator[Field]:
    for node in board.table.tree.nodes:
        values = tuple(official(node, row) for row in board.rows)
        yield Field(node.name, node.code, node.max_points, values, node.is_group)


def official(node: Node, row: Row) -> Any:
    if node.is_group:
        return row.groups.get(node.code)
    settled = row.source.settled[node.code]
    return settled.points if settled.assigned else "KG"


def result_fields(board: BoardFile) -> list[Field]:
    """The figures below the criteria; unknown ones stay blank."""
    found = [row.standing for row in board.rows]
    fields = [
        Field("Điểm nội dung", values=tuple(each.base for each in found)),
        Field("Điểm thưởng", values=tuple(each.bonus for each in found)),
        Field("Điểm trừ", values=tuple(each.deduction for each in found)),
        Field("Tổng điểm", values=tuple(each.total for each in found), is_group=True),
        Field("Điểm tối đa được giao", values=tuple(each.assigned_max for each in found)),
        Field("Tỷ lệ (%)", values=tuple(each.percent for each in found), is_group=True),
    ]
    if board.whole:
        fields.append(Field("Hạng", values=tuple(each.rank for each in found), is_group=True))
    if board.whole and board.grades:
        fields.append(Field("Xếp loại", values=tuple(grade_text(board.grades.get(each.sheet_id)) for each in found)))
    fields.append(Field("Không xét suy tôn", values=tuple("; ".join(each.disqualifications) for each in found)))
    fields.append(Field("Ghi chú", values=tuple("Tạm tính" if each.provisional else "" for each in found)))
    return fields


def grade_text(grade: Grade | None) -> str:
    if grade is None:
        return ""
    return "Cần Hội đồng quyết định" if grade.needs_decision else grade.name


def write_lines(page: "Page", board: BoardFile) -> None:
    page.lay_out(LINE_WIDTHS, header_row=1, frozen=3, rows=len(board.rows) * len(board.table.tree.leaves))
    page.sheet.auto_filter.ref = page.sheet.print_area.rpartition("!")[2].replace("$", "")
    page.write(LINE_HEADERS, HEAD)
    for row in board.rows:
        for node in board.table.tree.leaves:
            page.write(line_values(node, row, board))


def line_values(node: Node, row: Row, board: BoardFile) -> tuple[Any, ...]:
    cell: Cell = row.cells[node.code]
    four = columns_of(row.source.lines.get(node.code, BLANK), row.source.computed[node.code])
    return (
        row.standing.agency.name,
        node.code,
        node.name,
        node.max_points,
        "Có" if cell.assigned else "Không",
        cell.plan,
        cell.actual,
        cell.level,
        cell.times,
        *four,
        cell.official,
        COLUMNS.get(cell.column, ""),
        "Có" if cell.assigned and lies_apart(node, four, board.percent) else "",
        reasons(cell),
        explained(cell, board.evidence.get((row.standing.sheet_id, node.id), ())),
    )


def explained(cell: Cell, titles: Sequence[str]) -> str:
    """What the unit says of a line, then what it puts forward as evidence."""
    evidence = f"Minh chứng: {'; '.join(titles)}" if titles else ""
    return "\n".join(text for text in (cell.explanation.strip(), evidence) if text)


def reasons(cell: Cell) -> str:
    """Why later columns differ from earlier ones, each reason once."""
    found = {
        "Chấm chéo": cell.cross_reason.strip(),
        "Thẩm định": cell.appraisal_reason.strip(),
        "Thống nhất": cell.reason.strip(),
    }
    return "\n".join(f"{step}: {reason}" for step, reason in found.items() if reason)


class Page:
    """A sheet that is written row by row. Text is always text: nothing is read as a formula."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.styles = {(name, quoted): self.styled(LOOKS[name], quoted) for name in LOOKS for quoted in (False, True)}

    def styled(self, look: Mapping[str, Any], quoted: bool) -> Any:
        """A style made once for thousands of cells; ``quoted`` keeps text from becoming a formula when edited."""
        cell: Any = WriteOnlyCell(self.sheet)
        for name, value in look.items():
            setattr(cell, name, value)
        cell.quotePrefix = quoted
        return cell._style

    def lay_out(self, widths: Sequence[int], *, header_row: int, frozen: int, rows: int) -> None:
        """Columns, frozen panes and print: A4 landscape, as wide as the page, headers on every page."""
        sheet, last = self.sheet, get_column_letter(len(widths))
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{header_row + 1}"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_title_rows = f"{header_row}:{header_row}"
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
        sheet.print_area = f"A1:{last}{header_row + max(rows, 1)}"
        sheet.oddFooter.right.text = "Trang &P/&N"

    def write(self, values: Iterable[Any], style: str = PLAIN) -> None:
        self.sheet.append([self.cell(value, style) for value in values])

    def cell(self, value: Any, style: str) -> Any:
        is_text = isinstance(value, str)
        made: Any = WriteOnlyCell(self.sheet, value=CONTROLS.sub("", value) if is_text else value)
        made._style = self.styles[style, is_text and value.startswith(FORMULA_STARTS)]
        if is_text:
            made.data_type = "s"
        return made
