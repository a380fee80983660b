"""One cell of an import as the value its column means, as the text to show, or as a sentence on what is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from awards.domain.identity import NotAnIdentity, digits_of, tail
from awards.domain.importing.columns import Column
from khoithidua.web.text import search_key, tidy
from scoring.imports.cells import Value, value_of

FIRST_YEAR, LAST_YEAR = 1945, 2100
DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
MASK = "•••••••••"
TURNED = "Excel đã đổi ô này thành ngày tháng. Hãy chọn định dạng ô là «Văn bản» rồi gõ lại."
NO_DATE = "ngày chưa đúng. Hãy ghi ngày/tháng/năm, ví dụ 05/09/2020."
NO_YEAR = f"phải là năm gồm bốn chữ số, từ {FIRST_YEAR} đến {LAST_YEAR}. Hãy ghi lại."
LOST_ZERO = "Excel đã bỏ số 0 ở đầu (ô đang là kiểu số). Hãy chọn định dạng ô là «Văn bản» rồi gõ lại đủ chữ số."
BLANK_DUE = "đang bỏ trống. Hãy điền mục này."
DATED = (date, datetime)


@dataclass(frozen=True)
class Read:
    """A cell: ``value`` None when blank or at fault; ``shown`` never holds a whole national id."""

    value: Any = None
    shown: str = ""
    fault: str = ""


def read_cell(cell: Any, column: Column) -> Read:
    """What a spreadsheet's cell says in this column."""
    is_day = isinstance(cell.value, DATED) and cell.data_type != "f"
    if is_day and column.kind == "date":
        return day_in_range(cell.value.date() if isinstance(cell.value, datetime) else cell.value)
    content = value_of(cell)
    hidden = column.kind == "id"
    text = tidy(content.text)
    if is_day:
        return Read(None, "" if hidden else text[:80], TURNED)
    if content.fault:
        return Read(None, "" if hidden else text[:80], content.fault)
    if not text:
        return Read(fault=BLANK_DUE if column.due else "")
    try:
        return READERS[column.kind](content, column)
    except ValueError as fault:
        return Read(None, "" if hidden else text[:80], str(fault))


def raw_of(cell: Any) -> str:
    """The cell as text for the file that goes back to its sender; a formula is not sent back."""
    if cell.value is None or cell.data_type in ("f", "e"):
        return ""
    if isinstance(cell.value, DATED):
        return f"{cell.value:%d/%m/%Y}"
    return value_of(cell).text


def day_in_range(day: date) -> Read:
    if not FIRST_YEAR - 100 <= day.year <= LAST_YEAR:
        return Read(None, f"{day.day:02d}/{day.month:02d}/{day.year}", NO_DATE)
    return Read(day, f"{day:%d/%m/%Y}")


def read_text(content: Value, column: Column) -> Read:
    text = tidy(content.text)
    if len(text) > column.limit:
        raise ValueError(f"dài tối đa {column.limit} ký tự (hiện có {len(text)}). Hãy viết gọn lại.")
    return Read(text, text)


def read_date(content: Value, column: Column) -> Read:
    """A day written as text; a bare number is Excel's own counting and is not guessed."""
    text = tidy(content.text)
    if content.number is None and (found := DAY_FIRST.fullmatch(text)):
        day, month, year = (int(part) for part in found.groups())
    elif content.number is None and (found := YEAR_FIRST.fullmatch(text)):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ValueError(NO_DATE)
    try:
        return day_in_range(date(year, month, day))
    except ValueError as fault:
        raise ValueError(f"không có ngày {day}/{month}/{year}. Hãy ghi lại.") from fault


def read_year(content: Value, column: Column) -> Read:
    """A year as a number or as text."""
    text = tidy(content.text)
    number = content.number if content.number is not None else (int(text) if re.fullmatch(r"\d{4}", text) else None)
    if number is None or number != int(number) or not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(NO_YEAR)
    return Read(int(number), str(int(number)))


def read_choice(content: Value, column: Column) -> Read:
    text = tidy(content.text)
    words = lookup(column)
    found = words.get(search_key(text)) or words.get(search_key(text.partition("(")[0]))
    if found is None:
        labels = "; ".join(label for label, _ in column.words)
        raise ValueError(f"«{text[:60]}» không có trong danh sách. Hãy chọn một trong: {labels}.")
    return Read(found, text)


def read_flag(content: Value, column: Column) -> Read:
    found = read_choice(content, column)
    return Read(found.value == "yes", found.shown)


def read_id(content: Value, column: Column) -> Read:
    """The digits of a national id; a number cell that lost its leading zero is told so."""
    text = tidy(content.text)
    if content.number is not None and len(text) in (8, 10, 11) and text.isdigit():
        raise ValueError(LOST_ZERO)
    try:
        return Read(digits_of(text), MASK + tail(text))
    except NotAnIdentity as fault:
        raise ValueError(str(fault)) from fault


def lookup(column: Column) -> Mapping[str, str]:
    """The values of a choice by every way to write them, the template's own words first."""
    found: dict[str, str] = {}
    for label, value in (*column.words, *column.extra):
        found.setdefault(search_key(label), value)
    return found


READERS: dict[str, Callable[[Value, Column], Read]] = {
    "text": read_text,
    "award": read_text,
    "agency": read_text,
    "date": read_date,
    "year": read_year,
    "choice": read_choice,
    "flag": read_flag,
    "id": read_id,
}
