"""Text that people write, in plain marks: ``**bold**``, ``__italic__``, lines that begin with "- ", rows in bars.

It is stored as it is typed, so that a plain text area, a diff and the year file need no more. Everything else is
literal: a tag typed into a section is printed as a tag. What a browser's editor or Word's clipboard brings as HTML
becomes these marks here, after nh3 has thrown away all but the few elements that have one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from khoithidua.web.text import nfc

MARKS = re.compile(r"(\*\*.+?\*\*|__.+?__)")
TAGS = {"p", "div", "br", "strong", "b", "em", "i", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
TAGS |= {f"h{level}" for level in range(1, 7)}
MOST_COLUMNS = 8
WORD_BULLET = re.compile(r"^[·•▪§]\s+")  # what Word's clipboard holds in place of a list


@dataclass(frozen=True)
class Run:
    """Letters that look the same."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class RichParagraph:
    """A paragraph whose words may be bold or italic; an item of a list begins with its dash, as offices write it."""

    runs: tuple[Run, ...]
    item: bool = False
    block: str = field(default="rich", init=False)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class RichTable:
    """A small table; the first row is its head. All rows have as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    block: str = field(default="rich_table", init=False)


Piece = RichParagraph | RichTable


def parse(text: str) -> list[Piece]:
    """``text`` as paragraphs and tables, in order; blank lines part them and are not kept."""
    found: list[Piece] = []
    table: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        line = line.strip()
        if len(line) > 1 and line.startswith("|") and line.endswith("|"):
            table.append(cells_of(line))
            continue
        if table:
            found.append(table_of(table))
            table = []
        if line:
            found.append(RichParagraph(tuple(runs_of(line)), item=line.startswith("- ")))
    return found


def runs_of(line: str) -> Iterator[Run]:
    for part in MARKS.split(line):
        if len(part) > 4 and part.startswith("**") and part.endswith("**"):
            yield Run(part[2:-2], bold=True)
        elif len(part) > 4 and part.startswith("__") and part.endswith("__"):
            yield Run(part[2:-2], italic=True)
        elif part:
            yield Run(part)


def cells_of(line: str) -> tuple[str, ...]:
    """Cells between bars; ``\\|`` is a bar in a cell."""
    parts = re.split(r"(?<!\\)\|", line[1:-1])
    return tuple(plain_line(part.strip().replace("\\|", "|")) for part in parts[:MOST_COLUMNS])


def table_of(rows: list[tuple[str, ...]]) -> RichTable:
    width = max(len(row) for row in rows)
    even = [row + ("",) * (width - len(row)) for row in rows]
    return RichTable(even[0], tuple(even[1:]))


def plain_line(line: str) -> str:
    return "".join(run.text for run in runs_of(line))


def plain(text: str) -> str:
    """``text`` without marks, for lists, search and counts of words."""
    lines: list[str] = []
    for piece in parse(text):
        lines += (
            [piece.text] if isinstance(piece, RichParagraph) else ["; ".join(row) for row in (piece.head, *piece.rows)]
        )
    return "\n".join(lines)


def from_html(html: str) -> str:
    """The marks of what a browser's editor or a clipboard holds as HTML (NFC). Scripts, styles, pictures and links'
    addresses are gone; unknown elements leave their words."""
    reader = MarkReader()
    reader.feed(nh3.clean(html, tags=TAGS, attributes={}, strip_comments=True))
    reader.close()
    return nfc(reader.text)


class MarkReader(HTMLParser):
    """Reads sanitised HTML into lines of marks."""

    LINES = frozenset({"p", "div", "li", "br", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
    SIGNS = {"strong": "**", "b": "**", "em": "__", "i": "__"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.open: list[str] = []  # signs of the words that follow
        self.lists: list[int | None] = []  # the next number of each list that is open, None: dashes
        self.row: list[str] | None = None

    @property
    def text(self) -> str:
        return "\n".join(line for line in self.lines if line).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LINES and self.row is None:
            self.end_line()
        if tag in self.SIGNS:
            self.open.append(self.SIGNS[tag])
        elif tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li" and self.row is None:
            self.line = self.bullet()
        elif tag == "tr":
            self.row = []

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SIGNS and self.open:
            self.open.pop()
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("td", "th") and self.row is not None:
            self.row.append(" ".join(self.line.split()).replace("|", "\\|"))
            self.line = ""
            return
        elif tag == "tr" and self.row is not None:
            self.lines.append(f"| {' | '.join(self.row)} |" if any(self.row) else "")
            self.row, self.line = None, ""
        if tag in self.LINES and self.row is None:
            self.end_line()

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if not words:
            self.line += " " if data and self.line else ""
            return
        sign = self.open[-1] if self.open and self.row is None else ""
        before = " " if data[:1].isspace() and self.line else ""
        after = " " if data[-1:].isspace() else ""
        self.line += f"{before}{sign}{words}{sign}{after}"

    def close(self) -> None:
        super().close()
        self.end_line()

    def bullet(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number}. "

    def end_line(self) -> None:
        line = WORD_BULLET.sub("- ", " ".join(self.line.split()))
        if line not in ("", "-"):
            self.lines.append(line)
        self.line = ""
