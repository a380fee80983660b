"""Files that leave the product: tables as XLSX, private files through a view."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from khoithidua.web.text import search_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# How cells look, by (is a date, is bold): numbered in the book that they belong to.
LOOKS: WeakKeyDictionary[Workbook, dict[tuple[bool, bool], Any]] = WeakKeyDictionary()


def file_name(title: str, extension: str) -> str:
    """A name that every file system takes: "Bảng điểm 2020" as "bang-diem-2020.xlsx"."""
    return (search_key(title).replace(" ", "-")[:100] or "tep") + "." + extension


def attachment(content: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    """A download that no cache keeps and no browser guesses the type of."""
    response = HttpResponse(content, content_type=content_type)
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def xlsx_response(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as an XLSX download: real types, frozen header, text never read as a formula."""
    return attachment(xlsx_bytes(title, headers, rows), name=file_name(title, "xlsx"), content_type=XLSX)


def xlsx_bytes(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.freeze_panes = "A2"
    widths = [max(12, min(60, len(header) + 4)) for header in headers]
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([cell(sheet, header, bold=True) for header in headers])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """One cell; a string stays a string even when it begins with an equals sign."""
    made: Any = WriteOnlyCell(sheet, value=typed(value))
    if isinstance(value, str):
        made.data_type = "s"
    looks = LOOKS.setdefault(sheet.parent, {})
    kind = (isinstance(value, date), bold)
    if kind not in looks:
        looks[kind] = look_of(sheet, *kind)
    made._style = copy(looks[kind])
    return made


def look_of(sheet: Any, is_date: bool, bold: bool) -> Any:
    """The look of one kind of cell, worked out once a book: for each cell it would take most of an export's time."""
    made: Any = WriteOnlyCell(sheet)
    if is_date:
        made.number_format = "dd/mm/yyyy"
    made.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        made.font = Font(bold=True)
    return made._style


def typed(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, str | int | Decimal | date | bool):
        return value
    return str(value)
