"""A criteria table from an XLSX file: all of it, or every fault by sheet, row and column."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from khoithidua.web.text import search_key, tidy
from scoring.domain.columns import BY_HEADER, BY_KEY, COLUMNS, REQUIRED, SHEET
from scoring.domain.parts import Part
from scoring.imports.cells import BLANK, Value, value_of
from scoring.imports.lines import Line, part_of
from scoring.imports.workbook import FileRefused, open_workbook

MAX_ROWS = 2000
LAST_ROW = 10_000
HEADER_ROWS = 30
LAST_COLUMN = 60
# Columns whose merged cells hold for every row they span.
FILLED = ("parent", "level", "kind", "formula", "unit", "appraised_by", "appraiser")
NO_HEADER = "Không thấy dòng tiêu đề có cột «Mã», «Tiêu chí», «Điểm tối đa». Hãy tải mẫu về và giữ nguyên dòng tiêu đề."
NO_ROWS = "Trang «{sheet}» chưa có tiêu chí nào dưới dòng tiêu đề. Hãy điền bảng rồi gửi lại."
TOO_LONG = f"Trang «{{sheet}}» có hơn {MAX_ROWS} dòng tiêu chí. Hãy chia nhỏ hoặc bỏ bớt."
TOO_FAR = "Trang «{sheet}» có ô ở tận dòng {row}. Hãy xóa các dòng trống ở cuối bảng rồi lưu lại."


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    sheet: str
    row: int
    column: str
    header: str
    sentence: str

    def __str__(self) -> str:
        place = f"cột {self.column} ({self.header})" if self.column else f"cột {self.header}"
        return f"Trang «{self.sheet}», dòng {self.row}, {place}: {self.sentence}"


@dataclass(frozen=True)
class Reading:
    """What a file says. ``parts`` in document order, usable only without ``faults``.

    ``passed_over`` are the headers of columns that nobody reads.
    """

    sheet: str
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]
    passed_over: tuple[str, ...] = ()

    def rejects(self) -> list[list[Any]]:
        """Every row in the columns of the template, and its faults in one more cell."""
        return [
            [*(shown(line, column.key) for column in COLUMNS), " ".join(self.sentences(line))] for line in self.lines
        ]

    def sentences(self, line: Line) -> Iterator[str]:
        for fault in self.faults:
            if fault.row == line.row:
                yield f"{fault.header}: {fault.sentence}"


def shown(line: Line, key: str) -> str | Decimal | None:
    if key == "parent":
        return line.parent or tidy(line.cell("parent").text)
    value = line.cell(key)
    if value.number is not None and key != "code":
        return value.number
    return value.text or None


def read_table(content: bytes, *, agencies: Mapping[str, tuple[str, ...]]) -> Reading:
    """The criteria of an XLSX file. FileRefused when it cannot be read as a table at all.

    ``agencies``: codes by ``search_key`` of code and names. Columns are found by their header in any
    order, case or accent; blank rows are passed over; the column «Lỗi» is not read.
    """
    sheet, header_row, columns = table_in(open_workbook(content))
    lines = list(lines_in(sheet, header_row, columns))
    if not lines:
        raise FileRefused(NO_ROWS.format(sheet=sheet.title))
    place(lines)
    parents = {line.parent.casefold() for line in lines if line.parent}
    parts = {id(line): part_of(line, has_children=line.code.casefold() in parents, agencies=agencies) for line in lines}
    check_together(lines)
    ordered = document_order(lines)
    faults = tuple(fault for line in lines for fault in faults_in(sheet.title, line, columns))
    unread = tuple(unread_headers(sheet, header_row, columns))
    return Reading(sheet.title, tuple(lines), tuple(parts[id(line)] for line in ordered), faults, unread)


def unread_headers(sheet: Any, row: int, columns: Mapping[str, int]) -> Iterator[str]:
    for cell in sheet[row][:LAST_COLUMN]:
        if cell.value is not None and cell.column not in columns.values():
            yield tidy(str(cell.value))[:60]


def faults_in(sheet: str, line: Line, columns: Mapping[str, int]) -> Iterator[Fault]:
    order = [column.key for column in BY_KEY.values()]
    for key, sentence in sorted(line.faults.items(), key=lambda pair: columns.get(pair[0], order.index(pair[0]))):
        letter = get_column_letter(columns[key]) if key in columns else ""
        yield Fault(sheet, line.row, letter, BY_KEY[key].header, sentence)


def table_in(book: Any) -> tuple[Any, int, dict[str, int]]:
    """The sheet with the table, its header row, and the column number of each key.

    The sheet named «Tiêu chí» comes first; without one, the first that has the header.
    """
    named = search_key(SHEET)
    sheets = sorted(book.worksheets, key=lambda sheet: search_key(sheet.title) != named)
    missing: FileRefused | None = None
    for sheet in sheets:
        row, columns = header_in(sheet)
        if row and (absent := [BY_KEY[key].header for key in REQUIRED if key not in columns]):
            missing = missing or FileRefused(
                f"Trang «{sheet.title}» thiếu cột {', '.join(f'«{name}»' for name in absent)}. "
                "Hãy tải mẫu về và giữ nguyên dòng tiêu đề."
            )
        elif row:
            return sheet, row, columns
    raise missing or FileRefused(NO_HEADER)


def header_in(sheet: Any) -> tuple[int, dict[str, int]]:
    """The row among the first that names most columns, at least two; (0, {}) without one."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(sheet.iter_rows(max_row=HEADER_ROWS, max_col=LAST_COLUMN), start=1):
        columns = columns_in(row)
        if len(columns) >= 2 and len(columns) > len(best[1]):
            best = (number, columns)
    return best


def columns_in(row: Sequence[Any]) -> dict[str, int]:
    """Column numbers by key; the exact header wins over another way to write it, then the leftmost."""
    found: dict[str, int] = {}
    exact: set[str] = set()
    for number, cell in enumerate(row, start=1):
        word = search_key(str(cell.value)) if isinstance(cell.value, str) else ""
        key = BY_HEADER.get(word)
        if key is None:
            continue
        is_exact = word == search_key(BY_KEY[key].header)
        if key not in found or (is_exact and key not in exact):
            found[key] = number
        if is_exact:
            exact.add(key)
    return found


def lines_in(sheet: Any, header_row: int, columns: Mapping[str, int]) -> Iterator[Line]:
    """Rows below the header that say anything, with merged cells filled in where that means something."""
    if sheet.max_row > LAST_ROW:
        raise FileRefused(TOO_FAR.format(sheet=sheet.title, row=sheet.max_row))
    merged = merged_tops(sheet, {columns[key] for key in FILLED if key in columns})
    count = 0
    for number in range(header_row + 1, sheet.max_row + 1):
        cells = {key: value_of(cell_at(sheet, number, column, merged)) for key, column in columns.items()}
        own = [value for key, value in cells.items() if key not in FILLED and key != "faults"]
        if all(value.blank for value in own):
            continue
        count += 1
        if count > MAX_ROWS:
            raise FileRefused(TOO_LONG.format(sheet=sheet.title))
        yield Line(number, cells)


def merged_tops(sheet: Any, columns: set[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of a merged range in ``columns``, the cell that holds the range's content."""
    return {
        (row, span.min_col): (span.min_row, span.min_col)
        for span in sheet.merged_cells.ranges
        if span.min_col in columns
        for row in range(span.min_row, span.max_row + 1)
    }


def cell_at(sheet: Any, row: int, column: int, merged: Mapping[tuple[int, int], tuple[int, int]]) -> Any:
    return sheet.cell(*merged.get((row, column), (row, column)))


def place(lines: Sequence[Line]) -> None:
    """Write every line's parent: from «Mã nhóm cha», else from «Cấp», else from the indent of the name."""
    by_fold = {line.code.casefold(): line.code for line in reversed(lines)}
    if any(not line.cell("parent").blank for line in lines):
        for line in lines:
            stated = tidy(line.cell("parent").text)
            line.parent = by_fold.get(stated.casefold(), stated)
        return
    above: list[tuple[int, str]] = []
    for line in lines:
        depth = depth_of(line)
        while above and above[-1][0] >= depth:
            above.pop()
        line.parent = above[-1][1] if above else ""
        above.append((depth, line.code))


def depth_of(line: Line) -> int:
    """How deep a line stands by its level, or by its indent when no level is given."""
    cell: Value = line.cells.get("level", BLANK)
    if cell.blank:
        return max(line.cell("name").indent, line.cell("code").indent)
    try:
        number = cell.decimal()
    except ValueError:
        number = None
    if number is None or number != int(number) or not 0 <= number <= 20:
        line.fault("level", "phải là một số nguyên từ 0 đến 20, ví dụ 1 cho nhóm lớn nhất.")
        return 0
    return int(number)


def check_together(lines: Sequence[Line]) -> None:
    """Codes once, parents that exist and are groups, nothing inside itself."""
    counts = Counter(line.code.casefold() for line in lines)
    known = {line.code.casefold(): line for line in lines}
    inside = {line.row for line in document_order(lines)}
    for line in lines:
        if line.code and counts[line.code.casefold()] > 1:
            rows = ", ".join(str(each.row) for each in lines if each.code.casefold() == line.code.casefold())
            line.fault("code", f"«{line.code[:40]}» được dùng ở nhiều dòng ({rows}). Hãy đặt mỗi tiêu chí một mã.")
        elif line.parent and line.parent.casefold() not in known:
            line.fault("parent", f"không có dòng nào mang mã «{line.parent[:40]}». Hãy thêm nhóm đó hoặc ghi lại mã.")
        elif line.row not in inside and known_all(line, known):
            line.fault("parent", "nhóm này nằm bên trong chính tiêu chí này. Hãy ghi lại mã nhóm cha.")


def known_all(line: Line, known: Mapping[str, Line]) -> bool:
    """True when every code on the way up exists, so that only a circle keeps the line from the top."""
    seen: set[str] = set()
    while line.parent and line.parent.casefold() not in seen:
        seen.add(line.parent.casefold())
        if line.parent.casefold() not in known:
            return False
        line = known[line.parent.casefold()]
    return True


def document_order(lines: Sequence[Line]) -> list[Line]:
    """Lines as a tree is read: each group before what it holds, siblings as the file has them."""
    below: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        below[line.parent.casefold()].append(line)
    ordered: list[Line] = []
    waiting = list(reversed(below.get("", [])))
    seen: set[int] = set()
    while waiting:
        line = waiting.pop()
        if line.row in seen:
            continue
        seen.add(line.row)
        ordered.append(line)
        waiting += reversed(below.get(line.code.casefold(), []) if line.code else [])
    return ordered
