"""Biểu thống kê as an Excel workbook: merged head, real numbers, one A4 landscape page wide."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from council.domain.statistics.filling import Line
from council.domain.statistics.notes import CIRCULAR, DUE, UNVERIFIED
from council.domain.statistics.reading import Statistics
from council.domain.statistics.structure import HeadCell, head_rows, number_cells

A4 = 9  # as OOXML numbers paper sizes
LABEL, CODE, UNIT, NUMBER = 46, 7, 12, 9.5
TABLE = 6  # the row in which the table begins
THIN = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(vertical="center", wrap_text=True)


class Sheet:
    """A form on one sheet; ``at`` is the next row to be written."""

    def __init__(self, found: Statistics) -> None:
        self.found, self.form = found, found.form
        self.book = Workbook()
        self.sheet = first_sheet(self.book)
        self.sheet.title = f"{self.form.code}.N"
        self.labels = 3 if self.form.has_units else 2
        self.width = self.labels + len(self.form.columns)
        self.at = TABLE

    def put(self, row: int, column: int, value: Any, *, bold: bool = False, look: Alignment = LEFT) -> Any:
        """One cell; a text stays a text even when it begins with an equals sign."""
        made = self.sheet.cell(row, column, value)
        if isinstance(value, str):
            made.data_type = "s"
        made.font, made.alignment = Font(name="Times New Roman", size=11, bold=bold), look
        return made

    def merge(self, row: int, column: int, columns: int, rows: int = 1) -> None:
        if columns > 1 or rows > 1:
            self.sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1
            )

    def wide(self, row: int, text: str, *, bold: bool = False, look: Alignment = LEFT) -> None:
        """A text over the whole width of the table."""
        self.put(row, 1, text, bold=bold, look=look)
        self.merge(row, 1, self.width)


def first_sheet(book: Workbook) -> Any:
    return book.active


def statistics_workbook(found: Statistics) -> bytes:
    """The form, every award of 0602 in columns of its own; an empty cell is not known."""
    made = Sheet(found)
    top(made)
    heads(made)
    last_head = made.at - 1
    for line in found.filled.lines:
        body_line(made, line)
    made.sheet.print_area = f"A1:{get_column_letter(made.width)}{foot(made)}"
    arrange(made, last_head)
    buffer = BytesIO()
    made.book.save(buffer)
    return buffer.getvalue()


def top(made: Sheet) -> None:
    """Code and circular on the left, who reports to whom on the right, title and period in the middle."""
    found, right = made.found, max(made.labels + 1, made.width - 3)
    left_lines = (f"Biểu số: {made.form.number}", CIRCULAR, DUE)
    right_lines = (f"Đơn vị báo cáo: {found.reporter}", "Đơn vị nhận báo cáo: Bộ Nội vụ")
    for row, text in enumerate(left_lines, 1):
        made.put(row, 1, text, bold=row == 1)
        made.merge(row, 1, right - 1)
    for row, text in enumerate(right_lines, 1):
        made.put(row, right, text)
        made.merge(row, right, made.width - right + 1)
    made.wide(4, made.form.title.upper(), bold=True, look=CENTER)
    unit = f". Đơn vị tính: {made.form.unit}" if made.form.unit else ""
    made.wide(5, f"{found.words}{unit}", look=CENTER)


def heads(made: Sheet) -> None:
    taken: set[tuple[int, int]] = set()
    for cells in (*head_rows(made.form), number_cells(made.form)):
        head_line(made, cells, taken)
        made.at += 1


def head_line(made: Sheet, cells: Iterable[HeadCell], taken: set[tuple[int, int]]) -> None:
    """Cells of one row of the head; ``taken`` are places that cells above reach down to."""
    column = 1
    for cell in cells:
        while (made.at, column) in taken:
            column += 1
        made.put(made.at, column, cell.text, bold=True, look=CENTER)
        for row in range(made.at, made.at + cell.rows):
            for place in range(column, column + cell.columns):
                taken.add((row, place))
                made.sheet.cell(row, place).border = THIN
        made.merge(made.at, column, cell.columns, cell.rows)
        column += cell.columns


def body_line(made: Sheet, line: Line) -> None:
    indent = Alignment(vertical="center", wrap_text=True, indent=line.depth)
    made.put(made.at, 1, line.label, bold=line.is_section, look=indent)
    if not line.is_section:
        made.put(made.at, 2, line.code, look=CENTER)
        if made.labels == 3:
            made.put(made.at, 3, line.unit, look=CENTER)
        for place, cell in enumerate(line.cells, made.labels + 1):
            made.put(made.at, place, cell.value).alignment = Alignment(horizontal="right", vertical="center")
    for column in range(1, made.width + 1):
        made.sheet.cell(made.at, column).border = THIN
    made.at += 1


def foot(made: Sheet) -> int:
    """What is not classified, how it was counted, two signing places; the last row written."""
    found, row = made.found, made.at + 1
    rests = [*found.filled.rests, *([found.undated] if found.undated else [])]
    said = [f"Chưa phân loại: {each.count} trường hợp {each.words}." for each in rests]
    for text in (*found.filled.faults, *said, UNVERIFIED, *made.form.notes):
        made.wide(row, text)
        made.sheet.row_dimensions[row].height = 15 * (1 + len(text) // width_in_letters(made))
        row += 1
    middle = max(2, made.width // 2)
    for column, columns, title, how in (
        (1, middle, "Người lập biểu", "(Ký, họ tên)"),
        (middle + 1, made.width - middle, "Thủ trưởng", "(Ký, họ tên, đóng dấu)"),
    ):
        for place, text in enumerate((title, how), 1):
            made.put(row + place, column, text, bold=place == 1, look=CENTER)
            made.merge(row + place, column, columns)
    return row + 7


def width_in_letters(made: Sheet) -> int:
    return int(LABEL + CODE + (UNIT if made.labels == 3 else 0) + NUMBER * len(made.form.columns))


def arrange(made: Sheet, last_head: int) -> None:
    """Widths, frozen head, and one page in width on paper."""
    sheet = made.sheet
    widths = [LABEL, CODE, *([UNIT] if made.labels == 3 else []), *[NUMBER] * len(made.form.columns)]
    few = max(NUMBER, 60 / len(made.form.columns))  # a narrow form would leave no room for its head
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = few if place > made.labels else width
    for row in range(TABLE, last_head):
        sheet.row_dimensions[row].height = 34
    sheet.freeze_panes = f"{get_column_letter(made.labels + 1)}{last_head + 1}"
    sheet.print_title_rows = f"{TABLE}:{last_head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
