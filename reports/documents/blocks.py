"""A paper as data: what every layout (PDF now, DOCX and XLSX later) is drawn from.

Nothing here knows fonts or pages. Text is final: numbered, punctuated, with its capitals.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from reports.documents.rich_text import RichParagraph, RichTable
from reports.documents.words import balanced

ISSUER_LETTERS = 24
SUPERIOR_LETTERS = 28
COMMITTEE = "ỦY BAN NHÂN DÂN "


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Width(StrEnum):
    """How much room a column asks for; the layout decides what that is."""

    SLIM = "slim"  # a unit's points in a table of twenty units
    SNUG = "snug"
    TINY = "tiny"
    NARROW = "narrow"
    MIDDLE = "middle"
    WIDE = "wide"


class Family(StrEnum):
    """Whose form a paper has: that of the State (NĐ 30/2020) or that of the Party's bodies."""

    STATE = "state"
    PARTY = "party"


class PageSize(StrEnum):
    A4 = "a4"
    A5 = "a5"  # a ballot; two are printed on a sheet


class Print(StrEnum):
    """The size of a table's letters: wide tables are printed smaller so that they fit the page."""

    FULL = "full"
    SMALL = "small"
    DENSE = "dense"


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1
    centered: bool = False  # Chương and its title (NĐ 30/2020, Phụ lục I, ô 6)
    block: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    text: str
    label: str = ""  # what stands before it in bold: "Điều 1."
    block: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Note:
    """A remark under a table or a paragraph, in italics."""

    text: str
    block: str = field(default="note", init=False)


@dataclass(frozen=True)
class Column:
    label: str
    width: Width = Width.MIDDLE
    align: Align = Align.LEFT
    heads: bool = False  # its cells name their rows
    turned: bool = False  # its label stands upright, for columns narrower than their labels


@dataclass(frozen=True)
class Row:
    """Cells of one line; ``span`` is a line whose only cell runs over all columns."""

    cells: tuple[str, ...]
    strong: bool = False
    span: bool = False


@dataclass(frozen=True)
class Line:
    """A row as it is laid out: each cell with its column."""

    cells: tuple[tuple[str, Column], ...]
    strong: bool
    span: bool


@dataclass(frozen=True)
class Table:
    caption: str  # empty where the title of an annex names its only table
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    print: Print = Print.FULL
    block: str = field(default="table", init=False)

    @property
    def lines(self) -> list[Line]:
        """Rows joined with columns. A row that is not a span must have a cell for each column."""
        return [
            Line(tuple(zip(row.cells, self.columns, strict=not row.span)), row.strong, row.span) for row in self.rows
        ]


@dataclass(frozen=True)
class Signature:
    """One signing place: authority and post lines above, the other post and the name below."""

    lines: tuple[str, ...]
    post: str = ""
    name: str = ""
    mark: str = ""  # what stands where the signature would be: "Đã ký ngày …"


@dataclass(frozen=True)
class Chart:
    """A picture of figures that a table of the paper holds too, drawn as SVG (khoithidua.web.charts).

    ``svg`` is safe text of that package. ``caption`` stands under it; ``words`` say the same figures in a sentence,
    for a layout that has no pictures and for readers who do not see them.
    """

    svg: str
    caption: str
    words: str
    bars: tuple[tuple[str, str], ...] = ()  # each label with its figure as it is written beside the bar
    block: str = field(default="chart", init=False)


Block = Heading | Paragraph | Note | Table | Chart | RichParagraph | RichTable


@dataclass(frozen=True)
class Letterhead:
    """The top of page 1 (NĐ 30/2020, Phụ lục I, ô 1-4)."""

    superior: str
    issuer: str
    number: str  # "Số: 05/BC-STTTT"; empty for a paper without a number
    place_date: str  # empty for minutes, which have no such line (NĐ 30/2020, Mẫu 1.9)
    draft: bool
    family: Family = Family.STATE

    @property
    def superior_lines(self) -> list[str]:
        return name_lines(self.superior, SUPERIOR_LETTERS)

    @property
    def issuer_lines(self) -> list[str]:
        return name_lines(self.issuer, ISSUER_LETTERS)


def name_lines(name: str, letters: int) -> list[str]:
    """A people's committee is broken before its province, others evenly, so that no single word hangs alone."""
    committee, found, place = name.partition(COMMITTEE)
    if found and not committee:
        return [COMMITTEE.strip(), *balanced(place, ISSUER_LETTERS)]
    return balanced(name, letters)


@dataclass(frozen=True)
class Annex:
    """Phụ lục: its own pages with their own numbering."""

    label: str
    title: str
    reference: str  # "(Kèm theo …)"
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole official paper, ready to be laid out."""

    name: str  # the document's title for readers and archives
    letterhead: Letterhead
    kind: str  # tên loại, in capitals
    summary: str  # trích yếu
    blocks: tuple[Block, ...]
    addressees: tuple[str, ...] = ()
    authority: str = ""  # who decides, above the grounds of a decision (NĐ 30/2020, Mẫu 1.2)
    grounds: tuple[str, ...] = ()
    resolution: str = ""  # "QUYẾT ĐỊNH:", under the grounds
    signature: Signature | None = None
    signatories: tuple[Signature, ...] = ()
    abreast: int = 3  # signatories a row
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    marks: tuple[str, ...] = ()  # under the letterhead: what later papers did to this one
    landscape: bool = False
    page: PageSize = PageSize.A4
