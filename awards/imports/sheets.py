"""Import forms as XLSX files: the empty template, and a refused file with its faults in one more column."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from awards.domain.importing.columns import COLUMNS, FAULTS_HEADER, Column
from awards.domain.importing.rows import Row
from awards.enums import ImportKind

SHEET, GUIDE = "Danh sách", "Hướng dẫn"
READY_ROWS = 500
LISTED_FROM = 5  # Column of the guide sheet where the lists of words begin.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEADER_FILL = PatternFill("solid", start_color="F3E3E3")
FORMATS = {"date": "dd/mm/yyyy", "year": "0", "number": "0"}
FAULTS = Column("faults", FAULTS_HEADER, width=60)
WHAT = {
    "date": "Ngày/tháng/năm, ví dụ 05/09/2020.",
    "year": "Năm gồm bốn chữ số, ví dụ 2020.",
    "choice": "Chọn trong danh sách.",
    "flag": "Có hoặc Không.",
}


def template_bytes(kind: str, awards: Sequence[str]) -> bytes:
    """The empty form of a kind: headers, lists to choose from, and a sheet that explains every column."""
    return workbook_bytes([column for column in COLUMNS[kind] if column.offered], [], awards)


def rejects_bytes(kind: str, rows: Iterable[Row], awards: Sequence[str]) -> bytes:
    """Every row as it stood in the file, in the form of the template, with its faults in the column «Lỗi».

    A column beside the template's comes back only if the file said something in it. The file is read again as
    it is: «Lỗi» is passed over. Numbers of rows are those of the first file.
    """
    read = list(rows)
    columns = [each for each in COLUMNS[kind] if each.offered or any(row.raw.get(each.key) for row in read)]
    lines = [
        [str(place) if column.kind == "number" else row.raw.get(column.key, "") for column in columns]
        + [" ".join(f"{header}: {sentence}" for header, sentence in row.faults)]
        for place, row in enumerate(read, start=1)
    ]
    return workbook_bytes([*columns, FAULTS], lines, awards)


def workbook_bytes(columns: Sequence[Column], lines: Sequence[Sequence[str]], awards: Sequence[str]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    fill(sheet, columns, lines)
    guide = book.create_sheet(GUIDE)
    write_guide(guide, columns)
    offer_lists(sheet, guide, columns, awards, last=max(len(lines), READY_ROWS) + 1)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def fill(sheet: Worksheet, columns: Sequence[Column], lines: Sequence[Sequence[str]]) -> None:
    """Header and rows. Every column but dates and years is text, so that ids keep their zeros."""
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        head = write(sheet, 1, number, column.header)
        head.font, head.fill = Font(bold=True), HEADER_FILL
        for row in range(2, max(len(lines), READY_ROWS if not lines else 0) + 2):
            sheet.cell(row, number).number_format = FORMATS.get(column.kind, "@")
    for row, values in enumerate(lines, start=2):
        for number, value in enumerate(values, start=1):
            write(sheet, row, number, value)
    sheet.freeze_panes = "A2"


def write(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """One cell of text; text stays text whatever it begins with."""
    cell = sheet.cell(row, column)
    plain = CONTROLS.sub("", text)
    if plain:
        cell.value = plain
        cell.data_type = "s"
    if plain.startswith(FORMULA_STARTS):
        cell.quotePrefix = True  # type: ignore[attr-defined]
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def write_guide(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """What each column means and whether it must be filled."""
    for number, (header, width) in enumerate((("Cột", 34), ("Bắt buộc", 12), ("Cách ghi", 70)), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        write(sheet, 1, number, header).font = Font(bold=True)
    for row, column in enumerate(columns, start=2):
        meaning = column.hint or WHAT.get(column.kind, "")
        if column is FAULTS:
            meaning = "Chỗ cần sửa; hệ thống không đọc cột này."
        for number, text in enumerate((column.header, "Có" if column.due else "", meaning), start=1):
            write(sheet, row, number, text)
    sheet.freeze_panes = "A2"


def offer_lists(
    sheet: Worksheet, guide: Worksheet, columns: Sequence[Column], awards: Sequence[str], *, last: int
) -> None:
    """Lists to choose from, written out on the guide sheet; other ways of writing are read all the same."""
    place = LISTED_FROM
    for number, column in enumerate(columns, start=1):
        words = awards if column.kind == "award" else [label for label, _ in column.words]
        if not words:
            continue
        letter = get_column_letter(place)
        guide.column_dimensions[letter].width = 44
        write(guide, 1, place, column.header).font = Font(bold=True)
        for row, word in enumerate(words, start=2):
            write(guide, row, place, word)
        source = f"'{GUIDE}'!${letter}$2:${letter}${len(words) + 1}"
        offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        own = get_column_letter(number)
        offer.add(f"{own}2:{own}{last}")
        sheet.add_data_validation(offer)
        place += 1


def template_name(kind: str) -> str:
    return f"Mẫu nhập {ImportKind(kind).label}"
