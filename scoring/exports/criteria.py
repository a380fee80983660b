"""A criteria table as an XLSX file: the template, a set, or the rows that an import refused."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scoring.domain.columns import COLUMNS, EXAMPLES, FAULTS, GUIDE, SHEET, Column
from scoring.domain.parameters import parameters_text
from scoring.domain.parts import Part
from scoring.enums import AppraisedBy, CriterionKind, Formula

MAX_ROWS = 2000
# XML cannot hold these; they are no text anybody reads.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEADER_FILL = PatternFill("solid", start_color="F3E3E3")
GROUP_FONT = Font(bold=True)
LISTS: dict[str, tuple[str, ...]] = {
    "kind": tuple(str(each.label) for each in CriterionKind),
    "formula": tuple(str(each.label) for each in Formula),
    "appraised_by": tuple(str(each.label) for each in AppraisedBy),
}
# Where the lists stand on the guide sheet: column letters, from the second row.
LIST_COLUMNS = {"kind": "D", "formula": "E", "appraised_by": "F"}
PARAMETERS_GUIDE = (
    ("Chọn mức", "A=10; B=7; C=0!", "Mỗi mức một tên và số điểm. Dấu ! nghĩa là mức làm mất điểm toàn tiêu chí."),
    ("Đếm số lượng", "mỗi lần=0,5", "Điểm cho mỗi lần, không quá điểm tối đa."),
    ("Trừ dần từ điểm tối đa", "mỗi lần=2", "Điểm trừ mỗi lần, không xuống dưới 0."),
    ("Theo tỷ lệ đạt, làm tròn bước", "bước=0,25", "Điểm được làm tròn tới bội gần nhất của bước."),
    (
        "Theo tỷ lệ, vượt được thưởng",
        "vượt tối đa=10; vượt cả bảng=20",
        "Thưởng tối đa theo % điểm của tiêu chí, và tổng điểm thưởng vượt của cả bảng.",
    ),
    ("Điểm thưởng", "mỗi lần=1", "Bỏ trống nếu điểm do người chấm ghi."),
    ("Điểm trừ", "mỗi lần=5; không xét=cờ, bằng khen", "«không xét»: không đề nghị hình thức này khi bị trừ."),
    ("Điểm trừ vì chậm hạn", "chậm 5 ngày=5; chậm 10 ngày=10", "Tự động trừ theo số ngày chậm của báo cáo."),
)
EXAMPLE = (
    Part("A", "Nhiệm vụ chính trị, chuyên môn", Decimal(60), CriterionKind.GROUP),
    Part(
        "A1",
        "Tỷ lệ hồ sơ giải quyết đúng hạn",
        Decimal(30),
        CriterionKind.QUANTITATIVE,
        "A",
        Formula.PROPORTIONAL,
        "%",
        Decimal(0),
        Decimal(100),
        Decimal(50),
    ),
    Part(
        "A2",
        "Chất lượng tham mưu",
        Decimal(30),
        CriterionKind.CHOICE,
        "A",
        options={
            "levels": [
                {"name": "Tốt", "points": 30},
                {"name": "Khá", "points": "22.5"},
                {"name": "Yếu", "points": 0, "voids": True},
            ]
        },
    ),
    Part("B", "Công tác thi đua, khen thưởng", Decimal(40), CriterionKind.GROUP),
    Part("B1", "Mô hình, điển hình được nhân rộng", Decimal(40), CriterionKind.COUNT, "B", options={"per": 10}),
    Part("T", "Điểm thưởng", Decimal(10), CriterionKind.BONUS, appraised_by=AppraisedBy.STANDING),
    Part(
        "P",
        "Gửi báo cáo chậm",
        Decimal(20),
        CriterionKind.DEDUCTION,
        options={"from": "lateness", "bands": [[5, 5], [10, 10], [15, 20]]},
    ),
)


def template_bytes() -> bytes:
    """The empty form: headers, lists to choose from, what each word means, and a small example."""
    return workbook_bytes(COLUMNS, [], examples=True)


def set_bytes(parts: Sequence[Part]) -> bytes:
    """A whole set in the form of the template; reading it back gives the same criteria."""
    return workbook_bytes(COLUMNS, [row_of(part) for part in parts])


def rejects_bytes(rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows of a refused file in the same form, with their faults in the last column."""
    return workbook_bytes((*COLUMNS, FAULTS), list(rows))


def row_of(part: Part) -> list[Any]:
    """One criterion in the order of COLUMNS."""
    return [
        part.code,
        part.name,
        part.parent or None,
        CriterionKind(part.kind).label,
        part.max_points,
        Formula(part.formula).label if part.formula else None,
        part.unit or None,
        part.floor_percent,
        part.least,
        part.most,
        AppraisedBy(part.appraised_by).label,
        part.appraiser or None,
        parameters_text(part.options, part.kind) or None,
    ]


def workbook_bytes(columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, examples: bool = False) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    fill(sheet, columns, rows)
    offer_lists(sheet, columns)
    write_guide(book.create_sheet(GUIDE), columns)
    if examples:
        fill(book.create_sheet(EXAMPLES), COLUMNS, [row_of(part) for part in EXAMPLE])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def fill(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
    """Header and rows, frozen, on A4 landscape one page wide with the header on every page."""
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 60 if column is FAULTS else column.width
        head = write(sheet, 1, number, column.header)
        head.font, head.fill = Font(bold=True), HEADER_FILL
    for row, values in enumerate(rows, start=2):
        group = len(values) > 3 and values[3] == CriterionKind.GROUP.label
        for number, value in enumerate(values, start=1):
            cell = write(sheet, row, number, value)
            if group:
                cell.font = GROUP_FONT
    keep_text(sheet, columns, last=len(rows) + 1)
    sheet.freeze_panes = "C2"
    on_paper(sheet, columns, last=len(rows) + 1)


def write(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """One cell; text stays text whatever it begins with, and Excel shows no formula even after an edit."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = CONTROLS.sub("", str(value))
        cell.value = text
        if text:
            cell.data_type = "s"
        if text.startswith(FORMULA_STARTS):
            cell.quotePrefix = True  # type: ignore[attr-defined]
    elif value is not None:
        cell.value = value
        cell.number_format = "General"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def keep_text(sheet: Worksheet, columns: Sequence[Column], *, last: int) -> None:
    """Codes are text, so that Excel turns neither 1.10 into 1.1 nor 1/2 into a date; blank rows too."""
    for number, column in enumerate(columns, start=1):
        if column.key in ("code", "parent", "appraiser", "options"):
            sheet.column_dimensions[get_column_letter(number)].number_format = "@"
            for row in range(2, max(last, 200) + 1):
                sheet.cell(row, number).number_format = "@"


def on_paper(sheet: Worksheet, columns: Sequence[Column], *, last: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{max(last, 2)}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def offer_lists(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Lists to choose from; another word is refused by Excel before it is by us."""
    for number, column in enumerate(columns, start=1):
        words = LISTS.get(column.key)
        if words is None:
            continue
        source = LIST_COLUMNS[column.key]
        offer = DataValidation(
            type="list", formula1=f"'{GUIDE}'!${source}$2:${source}${len(words) + 1}", allow_blank=True
        )
        offer.errorTitle, offer.error = "Không có trong danh sách", "Hãy chọn một mục trong danh sách."
        letter = get_column_letter(number)
        offer.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
        sheet.add_data_validation(offer)


def write_guide(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """What each column means, the words that may stand in it, and how parameters are written."""
    for number, (header, width) in enumerate(
        (("Cột", 22), ("Ý nghĩa", 52), ("", 3), ("Cách chấm", 30), ("Công thức", 30), ("Ai thẩm định", 30)), start=1
    ):
        sheet.column_dimensions[get_column_letter(number)].width = width
        write(sheet, 1, number, header).font = Font(bold=True)
    for row, column in enumerate(columns, start=2):
        write(sheet, row, 1, column.header)
        write(sheet, row, 2, column.hint or "Chỗ cần sửa; hệ thống không đọc cột này.")
    for key, letter in LIST_COLUMNS.items():
        for row, word in enumerate(LISTS[key], start=2):
            write(sheet, row, "ABCDEF".index(letter) + 1, word)
    start = len(columns) + 4
    write(sheet, start - 1, 1, "Cách ghi cột «Tham số»").font = Font(bold=True)
    for row, (kind, text, meaning) in enumerate(PARAMETERS_GUIDE, start=start):
        for number, value in enumerate((kind, f"{text}   ({meaning})"), start=1):
            write(sheet, row, number, value)
    sheet.freeze_panes = "A2"
