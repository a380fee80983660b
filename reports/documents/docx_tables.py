"""Tables of a paper as tables of a DOCX: fixed columns as wide as in the PDF, heads on every page, rows whole."""

from collections.abc import Iterator, Sequence

from reports.documents.blocks import Align, Column, Line, Row, Table, Width
from reports.documents.docx_parts import Element, Span, cell, gap, paragraph, row, table
from reports.documents.docx_styles import TABLE_STYLES, TWIPS_A_POINT, twips
from reports.documents.page_cuts import BORDER, LETTERS, POINTS_A_MM, column_rooms
from reports.documents.rich_text import RichTable

ALIGNED = {Align.LEFT: "", Align.CENTER: "center", Align.RIGHT: "right"}
TURNED_HEIGHT = 36  # mm


def add_table(block: Table, across: int) -> Iterator[Element]:
    """The caption, or a little room, and the table under it."""
    yield paragraph("Caption", block.caption) if block.caption else gap(6)
    widths, style = column_widths(block, across), TABLE_STYLES[block.print]
    _, _, above, beside = LETTERS[block.print]
    half = round(BORDER * TWIPS_A_POINT / 2)  # a line takes of the text's room in the PDF, not in Word
    made = table(widths, ruled=True, title=block.caption, margins=(twips(above), twips(beside) + half))
    head_row(made, block, widths, style)
    for line in block.lines:
        body_row(made, line, widths, style)
    yield made


def even_table(block: RichTable) -> Table:
    """A small table that people wrote: columns of the same width, the first row its head."""
    return Table("", tuple(Column(text, Width.WIDE) for text in block.head), tuple(Row(row) for row in block.rows))


def column_widths(block: Table, across: int) -> list[int]:
    """Twips of each column; where all columns have widths of their own they are stretched to the page."""
    inside = across / TWIPS_A_POINT - BORDER  # half a line on each side, as collapsed borders have it
    rooms = column_rooms(block.columns, inside / POINTS_A_MM)
    stretch = inside / (sum(rooms) or 1)
    return [round(room * stretch * TWIPS_A_POINT) for room in rooms]


def head_row(made: Element, block: Table, widths: Sequence[int], style: str) -> None:
    turned = any(column.turned for column in block.columns)
    line = row(made, head=True, height=twips(TURNED_HEIGHT) if turned else 0)
    for column, width in zip(block.columns, widths, strict=True):
        align = "" if column.turned else "center"
        words = paragraph(style, [Span(column.label, bold=True)], align=align, keep=True)
        cell(line, width, [words], middle=True, turned=column.turned)


def body_row(made: Element, line: Line, widths: Sequence[int], style: str) -> None:
    """A line over all columns stays with the next, as a heading does."""
    bold = True if line.strong else None
    target = row(made)
    if line.span:
        words = paragraph(style, [Span(line.cells[0][0], bold=bold)], keep=True)
        cell(target, sum(widths), [words], columns=len(widths), middle=True)
        return
    for (text, column), width in zip(line.cells, widths, strict=True):
        words = paragraph(style, [Span(text, bold=bold)], align=ALIGNED[column.align])
        cell(target, width, [words], middle=True)
