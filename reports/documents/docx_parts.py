"""Paragraphs, tables and rules of a DOCX, as elements of its body. Measures in twentieths of a point ("twips")."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from reports.documents.docx_styles import GRID, LOOKS, MAIN, TWIPS_A_POINT, Look
from reports.documents.fonts import printable
from reports.documents.page_cuts import measure

W = f"{{{MAIN}}}"
BLANKS = re.compile(r"[ \t\n\r\f\v]+")
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
Element = Any  # lxml has no types of its own
Attributes = dict[str, str | int]


@dataclass(frozen=True)
class Span:
    """A run of text with its own weight; None leaves what the style says."""

    text: str
    bold: bool | None = None
    italic: bool | None = None


def clean(text: str) -> str:
    """``text`` as the PDF shows it: characters that the typeface has, blanks folded into one."""
    return BLANKS.sub(" ", printable(text)).strip(" ")


def element(tag: str, /, **attributes: str | int) -> Element:
    return etree.Element(W + tag, {W + name: str(value) for name, value in attributes.items()})


def add(parent: Element, tag: str, /, **attributes: str | int) -> Element:
    return etree.SubElement(parent, W + tag, {W + name: str(value) for name, value in attributes.items()})


def paragraph(
    style: str,
    text: str | Iterable[Span] = "",
    *,
    keep: bool = False,
    before: float | None = None,
    align: str = "",
    indents: int | None = None,
    borders: Sequence[str] = (),
) -> Element:
    """One paragraph of a named style. ``before`` in points; ``indents`` on both sides, which its borders keep to."""
    made = element("p")
    properties = add(made, "pPr")
    add(properties, "pStyle", val=style)
    if keep or LOOKS[style].keep:  # said again: LibreOffice overlooks it in a style
        add(properties, "keepNext")
    if borders:
        lines = add(properties, "pBdr")
        for side in borders:
            add(lines, side, val="single", sz=6, space=1 if side in ("top", "bottom") else 4, color="000000")
    if before is not None:
        add(properties, "spacing", before=round(before * TWIPS_A_POINT))
    if indents is not None:
        add(properties, "ind", left=indents, right=indents, firstLine=0)
    if align:
        add(properties, "jc", val=align)
    add_runs(made, text)
    return made


def style_of(made: Element) -> str:
    """The style of a paragraph; empty for what is none."""
    named = made.find(f"{W}pPr/{W}pStyle")
    return str(named.get(f"{W}val")) if named is not None else ""


def add_runs(made: Element, text: str | Iterable[Span]) -> None:
    """The words of a paragraph; blanks at the seams of spans are kept."""
    spans = [Span(clean(text))] if isinstance(text, str) else seamed(text)
    for span in spans:
        if span.text:
            run = add(made, "r")
            weight(run, span)
            add(run, "t").text = span.text
            run[-1].set(PRESERVE, "preserve")


def seamed(spans: Iterable[Span]) -> list[Span]:
    """Spans with blanks folded as in one text: none at either end, one at most between."""
    found: list[Span] = []
    for span in spans:
        text = BLANKS.sub(" ", printable(span.text))
        if not found or found[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            found.append(Span(text, span.bold, span.italic))
    if found:
        last = found.pop()
        found.append(Span(last.text.rstrip(" "), last.bold, last.italic))
    return found


def weight(run: Element, span: Span) -> None:
    if span.bold is None and span.italic is None:
        return
    properties = add(run, "rPr")
    for tag, wanted in (("b", span.bold), ("i", span.italic)):
        if wanted is not None:
            add(properties, tag, **({} if wanted else {"val": 0}))


def width_of(text: str, look: Look) -> float:
    """Twips that ``text`` takes in one line of a style."""
    face = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}.get(
        (look.bold, look.italic), "BoldItalic"
    )
    return measure(face).of(clean(text)) / 1000 * look.size * TWIPS_A_POINT


def rule(length: float, room: int, *, keep: bool = False) -> Element:
    """A line of ``length`` twips in the middle of ``room``."""
    return paragraph("Rule", keep=keep, indents=max(0, round((room - length) / 2)), borders=("top",))


def gap(points: float, *, keep: bool = False) -> Element:
    """Room between two tables, or before one."""
    return paragraph("Gap", keep=keep, before=points)


def table(
    widths: Sequence[int],
    *,
    ruled: bool = False,
    centred: bool = False,
    title: str = "",
    margins: tuple[int, int] = (0, 0),
) -> Element:
    """An empty table with fixed columns. ``margins``: above and below, left and right of each cell's text."""
    made = element("tbl")
    properties = add(made, "tblPr")
    if ruled:
        add(properties, "tblStyle", val=GRID)
    add(properties, "tblW", w=sum(widths), type="dxa")
    if centred:
        add(properties, "jc", val="center")
    add(properties, "tblLayout", type="fixed")
    around = add(properties, "tblCellMar")
    for side, size in zip(("top", "left", "bottom", "right"), margins * 2, strict=True):
        add(around, side, w=size, type="dxa")
    if title:
        add(properties, "tblCaption", val=clean(title))
    grid = add(made, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    return made


def row(parent: Element, *, head: bool = False, height: int = 0) -> Element:
    """A row that stays on one page; ``head`` is repeated on each."""
    made = add(parent, "tr")
    properties = add(made, "trPr")
    add(properties, "cantSplit")
    if height:
        add(properties, "trHeight", val=height, hRule="exact")
    if head:
        add(properties, "tblHeader")
    return made


def cell(
    parent: Element,
    width: int,
    content: Iterable[Element],
    *,
    columns: int = 1,
    middle: bool = False,
    turned: bool = False,
    right: int = 0,
) -> None:
    """One cell of ``width`` twips; it ends with a paragraph, as the format wants. ``right``: room beside its text."""
    made = add(parent, "tc")
    properties = add(made, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if columns > 1:
        add(properties, "gridSpan", val=columns)
    if right:
        add(add(properties, "tcMar"), "right", w=right, type="dxa")
    if turned:
        add(properties, "textDirection", val="btLr")
    if middle:
        add(properties, "vAlign", val="center")
    made.extend(content)
    if made[-1].tag != W + "p":
        made.append(gap(0))
