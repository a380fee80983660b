"""The table inside an uploaded workbook: its sheet, its header, its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awards.domain.importing.columns import COLUMNS, FAULTS_HEADER, Column, due_headers
from awards.domain.importing.rows import Row
from awards.imports.cells import raw_of, read_cell
from khoithidua.web.text import search_key, tidy
from scoring.imports.workbook import FileRefused, open_workbook

MAX_ROWS = 5000
LAST_ROW = 20_000
LAST_COLUMN = 60
HEADER_ROWS = 10
NO_HEADER = "Tệp không có dòng tiêu đề của mẫu. Hãy tải mẫu về, giữ nguyên dòng tiêu đề rồi điền các dòng bên dưới."
MISSING = "Trang «{sheet}» thiếu cột {names}. Hãy thêm cột đó, hoặc tải mẫu về và giữ nguyên dòng tiêu đề."
NO_ROWS = "Trang «{sheet}» chưa có dòng nào dưới dòng tiêu đề. Hãy điền rồi gửi lại."
TOO_LONG = "Trang «{sheet}» có hơn 5.000 dòng. Hãy chia thành nhiều tệp, mỗi tệp tối đa 5.000 dòng."
TOO_FAR = "Trang «{sheet}» có ô đã dùng đến tận dòng {row}. Hãy xóa các dòng thừa bên dưới bảng rồi lưu lại."


@dataclass(frozen=True)
class Table:
    """What was read: rows that say anything, the columns that are there, headers that nobody reads."""

    rows: list[Row]
    columns: tuple[Column, ...]
    unread: tuple[str, ...]


def read_table(content: bytes, kind: str) -> Table:
    """The rows of an XLSX file for this kind of import.

    FileRefused with a sentence when the file is no harmless workbook, has no header, lacks a due column, has no
    rows, or more than 5,000. Columns are found by header in any order; case, accents and spacing do not matter;
    blank rows are passed over; other columns are not read.
    """
    sheet, header_row, places = table_in(open_workbook(content), COLUMNS[kind])
    if sheet.max_row > LAST_ROW:
        raise FileRefused(TOO_FAR.format(sheet=sheet.title, row=sheet.max_row))
    columns = tuple(column for column in COLUMNS[kind] if column.key in places)
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(min_row=header_row + 1, max_col=LAST_COLUMN), start=header_row + 1):
        if says_nothing(cells, columns, places):
            continue
        if len(rows) == MAX_ROWS:
            raise FileRefused(TOO_LONG.format(sheet=sheet.title))
        rows.append(row_of(number, cells, columns, places))
    if not rows:
        raise FileRefused(NO_ROWS.format(sheet=sheet.title))
    return Table(rows, columns, tuple(unread_headers(sheet, header_row, places)))


def table_in(book: Any, columns: Sequence[Column]) -> tuple[Any, int, dict[str, int]]:
    """The first sheet with the header, its row, and the column number of each key."""
    refusal = ""
    for sheet in book.worksheets:
        row, places = header_in(sheet, columns)
        if not row:
            continue
        if not (absent := due_headers(columns, places)):
            return sheet, row, places
        names = ", ".join(f"«{name}»" for name in absent)
        refusal = refusal or MISSING.format(sheet=sheet.title, names=names)
    raise FileRefused(refusal or NO_HEADER)


def header_in(sheet: Any, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The row among the first that names most columns, at least two; (0, {}) without one."""
    exact = {search_key(column.header): column.key for column in columns}
    words = {search_key(word): column.key for column in columns for word in column.aliases} | exact
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in enumerate(sheet.iter_rows(max_row=HEADER_ROWS, max_col=LAST_COLUMN), start=1):
        places = places_in(cells, words, exact)
        if len(places) >= 2 and len(places) > len(best[1]):
            best = (number, places)
    return best


def places_in(cells: Sequence[Any], words: Mapping[str, str], exact: Mapping[str, str]) -> dict[str, int]:
    """Column numbers by key; the exact header wins over another way to write it, then the leftmost."""
    found: dict[str, int] = {}
    sure: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        word = search_key(str(cell.value)) if isinstance(cell.value, str) else ""
        key = words.get(word)
        if key is None:
            continue
        if key not in found or (word in exact and key not in sure):
            found[key] = number
        if word in exact:
            sure.add(key)
    return found


def unread_headers(sheet: Any, row: int, places: Mapping[str, int]) -> list[str]:
    """Headers of other columns; the column «Lỗi» of a corrected file is expected and not told."""
    found = []
    for cell in sheet[row][:LAST_COLUMN]:
        text = tidy(str(cell.value or ""))
        if text and cell.column not in places.values() and search_key(text) != search_key(FAULTS_HEADER):
            found.append(text[:60])
    return found


def says_nothing(cells: Sequence[Any], columns: Sequence[Column], places: Mapping[str, int]) -> bool:
    """Only a running number, or nothing at all, stands in the columns that are read."""
    return all(
        cells[places[column.key] - 1].value is None or not str(cells[places[column.key] - 1].value).strip()
        for column in columns
        if column.kind != "number"
    )


def row_of(number: int, cells: Sequence[Any], columns: Sequence[Column], places: Mapping[str, int]) -> Row:
    row = Row(number)
    for column in columns:
        if column.kind == "number":
            continue
        cell = cells[places[column.key] - 1]
        read = read_cell(cell, column)
        row.shown[column.key], row.raw[column.key] = read.shown, raw_of(cell)
        if read.fault:
            row.fault(column.header, read.fault)
        elif read.value is not None:
            row.values[column.key] = read.value
    return row
