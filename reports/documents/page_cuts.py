"""Where a long table will break across pages, reckoned from the letters' widths before anything is laid out.

Pages that are known beforehand can be laid out apart from each other, in several processes. The reckoning
errs on the side of too few rows a page; who lays out checks that each page came out as one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from fontTools.ttLib import TTFont

from reports.documents.blocks import Annex, Column, Print, Row, Table, Width
from reports.documents.fonts import font_files

POINTS_A_MM = 72 / 25.4
SPARE = 1.01  # kerning and rounding: a line holds a little less than its letters add up to
BORDER = 0.5  # points; borders collapse, so one for each row
MARGINS_ACROSS, MARGINS_DOWN = 45, 40  # mm, of ``@page`` in paper.css
LONG, SHORT = 297, 210
MOST_WORDS = 20_000  # kept for the life of a process
TITLE_SIZE, TITLE_LEADING, TITLE_SPARE = 14, 1.25, 14  # points and times; and mm of space in and under the annex's head
# What paper.css says of a table's letters and of its columns: size, line height, padding above and beside in mm.
LETTERS = {
    Print.FULL: (12, 1.15, 0.8, 1.0),
    Print.SMALL: (10, 1.1, 0.5, 0.7),
    Print.DENSE: (8, 1.05, 0.4, 0.3),
}
WIDTHS = {Width.TINY: 8, Width.NARROW: 17, Width.MIDDLE: 26, Width.SNUG: 12, Width.SLIM: 9.2}


@dataclass(frozen=True)
class Measure:
    """Advance widths of one face, in thousandths of the size of its letters; each word is added up once."""

    widths: dict[int, float]
    other: float
    known: dict[str, float] = field(default_factory=dict)

    def of(self, word: str) -> float:
        found = self.known.get(word)
        if found is None:
            found = sum(self.widths.get(ord(letter), self.other) for letter in word)
            if len(self.known) < MOST_WORDS:
                self.known[word] = found
        return found


@cache
def measure(face: str) -> Measure:
    """The widths of one of ``font_files``. Raises FontsMissing."""
    with TTFont(font_files()[face], lazy=True) as font:
        unit = font["head"].unitsPerEm / 1000
        advances = font["hmtx"].metrics
        widths = {code: advances[name][0] / unit for code, name in font.getBestCmap().items()}
    return Measure(widths, max(widths.values()))


def line_count(text: str, room: float, *, size: float, face: str) -> int:
    """How many lines ``text`` takes in ``room`` points: words as they fit, longer ones cut anywhere."""
    known = measure(face)
    scale = size / 1000 * SPARE
    space = known.of(" ") * scale
    lines, used = 1, 0.0
    for word in text.split():
        width = known.of(word) * scale
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        if width > room:
            extra = int(width // (room * 0.9))
            lines, used = lines + extra, room
        else:
            used += width + (space if used else 0)
    return lines


def column_rooms(columns: Sequence[Column], across: float) -> list[float]:
    """Points of text in each column; columns without a width of their own share what is left."""
    fixed = [WIDTHS.get(column.width) for column in columns]
    free = sum(width is None for width in fixed)
    share = (across - sum(width or 0 for width in fixed)) / free if free else 0
    return [(share if width is None else width) * POINTS_A_MM for width in fixed]


def row_height(row: Row, rooms: Sequence[float], letters: tuple[float, float, float, float], *, head: bool) -> float:
    """Points that a row takes with its padding and one border."""
    size, leading, above, beside = letters
    face = "Bold" if head or row.strong else "Regular"
    inner = [sum(rooms)] if row.span else rooms
    inside = [room - 2 * beside * POINTS_A_MM - BORDER for room in inner]
    most = max(line_count(text, room, size=size, face=face) for text, room in zip(row.cells, inside, strict=False))
    return most * size * leading + 2 * above * POINTS_A_MM + BORDER


def page_cuts(annex: Annex, table: Table) -> list[tuple[Row, ...]]:
    """The rows of ``table``, the only one of ``annex``, page by page; a line over all columns never ends a page."""
    across, down = (LONG, SHORT) if annex.landscape else (SHORT, LONG)
    letters = LETTERS[table.print]
    rooms = column_rooms(table.columns, across - MARGINS_ACROSS)
    head = row_height(Row(tuple(column.label for column in table.columns)), rooms, letters, head=True)
    whole = (down - MARGINS_DOWN) * POINTS_A_MM - head - 2 * BORDER - letters[0]
    heights = [row_height(row, rooms, letters, head=False) for row in table.rows]
    return list(pages_of(table.rows, heights, first=whole - title_height(annex, across), other=whole))


def title_height(annex: Annex, across: float) -> float:
    """Points of the head on the annex's first page: its label, its title and the paper it belongs to."""
    room = (across - MARGINS_ACROSS) * POINTS_A_MM
    texts = [(annex.label, "Bold"), (annex.title, "Bold"), (annex.reference, "Italic")]
    lines = sum(line_count(text, room, size=TITLE_SIZE, face=face) for text, face in texts if text)
    return lines * TITLE_SIZE * TITLE_LEADING + TITLE_SPARE * POINTS_A_MM


def pages_of(rows: Sequence[Row], heights: Sequence[float], *, first: float, other: float) -> Iterator[tuple[Row, ...]]:
    """Rows that fit on each page in turn; lines over all columns at the end of a page go on to the next."""
    start, used, room = 0, 0.0, first
    for place, height in enumerate(heights):
        if place > start and used + height > room:
            end = next((cut for cut in range(place, start, -1) if not rows[cut - 1].span), place)
            yield tuple(rows[start:end])
            start, used, room = end, sum(heights[end:place]), other
        used += height
    if rows:
        yield tuple(rows[start:])
