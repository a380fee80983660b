"""Every table of a paper as a sheet of an Excel workbook: numbers as numbers, ready to print on A4."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from khoithidua.web.text import nfc
from reports.documents.blocks import Align, Block, Column, Paper, Row, Table
from reports.documents.docx_tables import even_table
from reports.documents.page_cuts import column_rooms
from reports.documents.rich_text import RichTable
from reports.documents.words import balanced

A4 = 9  # as OOXML numbers paper sizes
ACROSS = {False: 180, True: 267}  # mm of text on a page, portrait and landscape, with 15 mm on both sides
MM_A_LETTER = 1.95  # of the workbook's standard font
MARGIN, NUMBER_ROOM = 0.59, 0.3  # inches
TITLE_LETTERS = {False: 80, True: 120}
MOST_LETTERS = 32_767  # of a cell
NAME_LETTERS = 31  # of a sheet
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
SURROGATES = re.compile("[\ud800-\udfff]")  # halves of letters, which no file can hold
BLANKS = re.compile(r"[ \t\n\r\f\v]+")
WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3}){1,4}")
DECIMAL = re.compile(r"(-?(?:0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:\.\d{3}){1,3})),(\d{1,6})")
PERCENT = re.compile(r"(-?\d{1,9})(?:,(\d{1,4}))?%")
PADDED = re.compile(r"0\d")
DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Look:
    """How a cell looks."""

    form: str = "General"
    bold: bool = False
    italic: bool = False
    align: str = "left"
    ruled: bool = True


@dataclass(frozen=True)
class Place:
    """A table in its paper: where it prints, and the titles above it."""

    table: Table
    landscape: bool
    name: str
    titles: tuple[str, ...]


def paper_workbook(paper: Paper) -> bytes | None:
    """One sheet for each table of ``paper``; None for a paper without any. Text is never read as a formula."""
    places = list(tables_of(paper))
    if not places:
        return None
    book = Workbook(write_only=True)
    names: set[str] = set()
    looks: dict[Look, Any] = {}
    for number, place in enumerate(places, 1):
        name = sheet_name(place.name or f"Bảng {number}", names)
        names.add(name.casefold())
        table_sheet(book, name, place, looks)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def tables_of(paper: Paper) -> Iterator[Place]:
    above = (paper.kind, paper.summary)
    for table in tables_in(paper.blocks):
        yield Place(table, paper.landscape, table.caption, (*above, table.caption))
    for annex in paper.annexes:
        for table in tables_in(annex.blocks):
            titles = (annex.label, annex.title, annex.reference, table.caption)
            yield Place(table, annex.landscape, table.caption or annex.label, titles)


def tables_in(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, RichTable):
            yield even_table(block)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet of the book has."""
    bare = BLANKS.sub(" ", FORBIDDEN_IN_NAMES.sub(" ", tidy(title))).strip() or "Bảng"
    name, number = bare[:NAME_LETTERS].strip(), 1
    while name.casefold() in taken:
        number += 1
        name = f"{bare[: NAME_LETTERS - len(str(number)) - 3].strip()} ({number})"
    return name


def table_sheet(book: Workbook, name: str, place: Place, looks: dict[Look, Any]) -> None:
    """Titles over the whole width, the head frozen and repeated, the rows as the paper has them."""
    table, sheet = place.table, book.create_sheet(name)
    titles = [line for title in place.titles if title for line in balanced(tidy(title), TITLE_LETTERS[place.landscape])]
    head = len(titles) + 2
    printed_on_a4(sheet, name, place, head)

    def put(value: Value, look: Look) -> Any:
        return cell(sheet, value, look, looks)

    centred = Look(bold=True, align="centerContinuous", ruled=False)
    for title in titles:
        sheet.append([put(title, centred), *(put(None, centred) for _ in table.columns[1:])])
    sheet.append([])
    sheet.append([put(tidy(column.label), Look(bold=True, align="center")) for column in table.columns])
    for row in table.rows:
        sheet.append([put(value, look) for value, look in row_cells(row, table.columns)])


def row_cells(row: Row, columns: Sequence[Column]) -> Iterator[tuple[Value, Look]]:
    if row.span:
        yield tidy(row.cells[0]), Look(bold=row.strong)
        yield from ((None, Look()) for _ in columns[1:])
        return
    for text, column in zip(row.cells, columns, strict=True):
        value, form = typed(tidy(text)) if column.align != Align.LEFT else (tidy(text), "General")
        yield value, Look(form, bold=row.strong, align=column.align)


def typed(text: str) -> tuple[Value, str]:
    """What a cell of figures says, with the format that shows it as the paper does; words stay words.

    Read as Vietnamese offices write: 12.000 is twelve thousand, 16,99 a fraction, 58,3% a share of one.
    """
    if WHOLE.fullmatch(text):
        return int(text), "0"
    if PADDED.fullmatch(text):
        return int(text), "00"
    if GROUPED.fullmatch(text):
        return int(text.replace(".", "")), "#,##0"
    if found := DECIMAL.fullmatch(text):
        digits = "0" * len(found[2])
        whole = found[1].replace(".", "")
        return Decimal(f"{whole}.{found[2]}"), f"{'#,##0' if '.' in found[1] else '0'}.{digits}"
    if found := PERCENT.fullmatch(text):
        rest = found[2] or ""
        return Decimal(f"{found[1]}.{rest or 0}") / 100, f"0.{'0' * len(rest)}%" if rest else "0%"
    return day_of(text)


def day_of(text: str) -> tuple[Value, str]:
    """A day as a date; a day that no calendar has stays text."""
    if found := DAY.fullmatch(text):
        try:
            return date(int(found[3]), int(found[2]), int(found[1])), "dd/mm/yyyy"
        except ValueError:
            pass
    return text, "General"


def tidy(text: str) -> str:
    """Text that a workbook can hold: composed letters, single blanks, no control characters."""
    return BLANKS.sub(" ", ILLEGAL_CHARACTERS_RE.sub("", SURROGATES.sub("", nfc(text)))).strip(" ")[:MOST_LETTERS]


def cell(sheet: Any, value: Any, look: Look, looks: dict[Look, Any]) -> Any:
    """One cell; a string stays a string even when it begins with an equals sign. Looks are worked out once a book."""
    made: Any = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        made.data_type = "s"
    if look not in looks:
        looks[look] = style_of(sheet, look)
    made._style = copy(looks[look])
    return made


def style_of(sheet: Any, look: Look) -> Any:
    made: Any = WriteOnlyCell(sheet)
    made.number_format = look.form
    made.font = Font(name="Times New Roman", size=12, bold=look.bold, italic=look.italic)
    made.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=look.ruled)
    if look.ruled:
        side = Side(style="thin")
        made.border = Border(side, side, side, side)
    return made._style


def printed_on_a4(sheet: Any, name: str, place: Place, head: int) -> None:
    """As wide as the page, the head on every page, page numbers from page 2, nothing printed beside the table."""
    last, across = get_column_letter(len(place.table.columns)), ACROSS[place.landscape]
    rooms = column_rooms(place.table.columns, across)
    stretch = across / (sum(rooms) / 72 * 25.4 or across)
    for index, room in enumerate(rooms, 1):
        letters = room / 72 * 25.4 * stretch / MM_A_LETTER
        sheet.column_dimensions[get_column_letter(index)].width = round(max(letters, 4), 1)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.page_setup.orientation = "landscape" if place.landscape else "portrait"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    sheet.page_margins.header = NUMBER_ROOM
    sheet.HeaderFooter.differentFirst = True
    sheet.oddHeader.center.text = "&P"
    sheet.print_title_rows = f"{head}:{head}"
    rows = head + len(place.table.rows)
    sheet.defined_names["_xlnm.Print_Area"] = DefinedName(
        "_xlnm.Print_Area", attr_text=f"{quote_sheetname(name)}!$A$1:${last}${rows}"
    )
