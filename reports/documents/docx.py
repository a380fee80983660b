"""A paper laid out as DOCX: named styles, real tables, the same text as its PDF, the same bytes each time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import segno
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from reports.documents.blocks import (
    Annex,
    Block,
    Chart,
    Family,
    Heading,
    Letterhead,
    Note,
    PageSize,
    Paper,
    Paragraph,
    Signature,
)
from reports.documents.chart_images import chart_height, chart_png
from reports.documents.docx_parts import (
    Element,
    Span,
    add,
    cell,
    clean,
    gap,
    paragraph,
    row,
    rule,
    style_of,
    table,
    width_of,
)
from reports.documents.docx_styles import LONG_AGO, TWIPS_A_MM, Look, blank_docx, looks_of, packed, twips
from reports.documents.docx_tables import add_table, even_table
from reports.documents.pdf import collector_paused, rows_of, seal_of
from reports.documents.rich_text import RichParagraph

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG, SHORT, LEFT, RIGHT, EDGE = 297, 210, 30, 15, 20  # mm, as ``@page`` in paper.css
A5_WIDTH, A5_MARGIN = 148, 12
TITLE_LETTERS = 255  # as many as a file's properties hold
QR_ROOM, QR_SIZE = 19, 17  # mm
SIGNING_ROOM = 62  # points
SLACK = 30  # twips beside a text that must keep to one line: programs measure a little differently
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
QR_WORDS = "Mã QR dẫn tới trang xác minh văn bản"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True)
class Sheet:
    """Where blocks are written: the body's end, how wide the text is on this page, and how its styles look."""

    document: Any
    across: int  # twips
    end: Element
    looks: dict[str, Look]

    def width_of(self, text: str, style: str) -> float:
        """Twips of ``text`` in one line of ``style``."""
        return width_of(text, self.looks[style])

    def write(self, *parts: Element) -> None:
        for part in parts:
            self.end.addprevious(part)


def paper_docx(paper: Paper, *, code: str = "") -> bytes:
    """``paper`` as a Word document. ``code`` puts the QR code of an issued paper at its foot.

    Equal papers give equal bytes; nothing in it is fetched from elsewhere. Raises FontsMissing.
    """
    with collector_paused():
        return written(paper, code)


def written(paper: Paper, code: str) -> bytes:
    small = paper.page == PageSize.A5
    document = Document(BytesIO(blank_docx(small=small)))
    properties(document, paper)
    numbered_pages(document)
    sheet = opened(document, landscape=paper.landscape, small=small)
    letterhead(sheet, paper.letterhead, wide=paper.landscape)
    front(sheet, paper)
    write_blocks(sheet, paper.blocks)
    signatories(sheet, paper)
    if paper.signature or paper.recipients:
        foot(sheet, paper, code)
    for each in paper.annexes:
        annex(document, each)
    buffer = BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def properties(document: Any, paper: Paper) -> None:
    core, day = document.core_properties, datetime(*LONG_AGO, tzinfo=UTC)
    title = clean(paper.name)
    core.title = title if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1] + "…"
    core.author = clean(paper.letterhead.issuer)[:TITLE_LETTERS]
    core.language = "vi-VN"
    core.created = core.modified = day


def numbered_pages(document: Any) -> None:
    """The page's number in the middle of the top margin, from page 2 on (NĐ 30/2020, Phụ lục I)."""
    header = document.sections[0].header
    header.is_linked_to_previous = False
    content = header._element
    for child in list(content):
        content.remove(child)
    made = paragraph("PageNumber")
    add(add(add(made, "fldSimple", instr=" PAGE "), "r"), "t").text = "2"
    content.append(made)


def opened(document: Any, *, landscape: bool, small: bool = False) -> Sheet:
    """The last section as a page of A4 (or A5) whose first page has no number and is number 1."""
    section = document.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (LONG, SHORT) if landscape else (A5_WIDTH, SHORT) if small else (SHORT, LONG)
    left, right, edge = (A5_MARGIN, A5_MARGIN, A5_MARGIN) if small else (LEFT, RIGHT, EDGE)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin = section.bottom_margin = Mm(edge)
    section.header_distance, section.footer_distance, section.gutter = Mm(edge * 0.37), Mm(edge / 2), Mm(0)
    section.different_first_page_header_footer = True
    numbers = section._sectPr.find(".//{*}pgNumType")
    if numbers is None:
        numbers = add(section._sectPr, "pgNumType", start=1)
        section._sectPr.find("{*}pgMar").addnext(numbers)
    return Sheet(document, twips(width - left - right), section._sectPr, looks_of(small=small))


def letterhead(sheet: Sheet, head: Letterhead, *, wide: bool) -> None:
    """Ô 1-4: issuer and number on the left, the State and the day on the right."""
    ours = round(sheet.across * (0.45 if wide else 0.4))
    widths = (ours, sheet.across - ours)
    made = table(widths)
    top = row(made)
    cell(top, widths[0], issuer(sheet, head, widths[0] - twips(2)), right=twips(2))
    cell(top, widths[1], state(sheet, head, widths[1]))
    below = row(made)
    cell(below, widths[0], number(sheet, head, widths[0] - twips(2)), right=twips(2))
    cell(below, widths[1], [paragraph("PlaceDate", head.place_date) if head.place_date else gap(0)])
    sheet.write(made)


def state(sheet: Sheet, head: Letterhead, room: int) -> Iterator[Element]:
    """The State and its motto, or the Party; under the last line a rule as long as it."""
    last = PARTY if head.family == Family.PARTY else MOTTO
    if head.family != Family.PARTY:
        yield paragraph("Nation", NATION)
    sides = max(0, round((room - sheet.width_of(last, "Motto")) / 2) - SLACK)
    yield paragraph("Motto", last, indents=sides, borders=("bottom",))


def issuer(sheet: Sheet, head: Letterhead, room: int) -> Iterator[Element]:
    yield from (paragraph("Superior", line) for line in head.superior_lines)
    yield from (paragraph("Issuer", line) for line in head.issuer_lines)
    if head.family == Family.PARTY:
        yield paragraph("Star", "*")
        return
    longest = max((sheet.width_of(line, "Issuer") for line in head.issuer_lines), default=0)
    yield rule(0.4 * min(longest, room), room)


def number(sheet: Sheet, head: Letterhead, room: int) -> list[Element]:
    found = [paragraph("Number", head.number)] if head.number else []
    if head.draft:
        sides = max(0, round((room - sheet.width_of("DỰ THẢO", "Draft")) / 2) - twips(3))
        found.append(paragraph("Draft", "DỰ THẢO", indents=sides, borders=("top", "left", "bottom", "right")))
    return found or [gap(0)]


def front(sheet: Sheet, paper: Paper) -> None:
    """What became of it, then ô 5, 9a and 6: what the paper is, to whom, on what grounds."""
    sheet.write(*(paragraph("Marks", line, borders=("top", "left", "bottom", "right")) for line in paper.marks))
    sheet.write(paragraph("Kind", paper.kind))
    if paper.summary:
        sheet.write(*summary(sheet, [("Summary", paper.summary)], part=0.88))
    addressees(sheet, paper.addressees)
    if paper.authority:
        sheet.write(paragraph("Authority", paper.authority))
    first = None if paper.authority else 14.0
    sheet.write(
        *(paragraph("Ground", line, before=None if place else first) for place, line in enumerate(paper.grounds))
    )
    if paper.resolution:
        sheet.write(paragraph("Authority", paper.resolution))
    elif paper.grounds or not paper.authority:
        sheet.write(gap(6))


def summary(sheet: Sheet, lines: list[tuple[str, str]], *, part: float) -> Iterator[Element]:
    """Centred lines in ``part`` of the page's width, and the rule under them."""
    room = round(sheet.across * part)
    sides = (sheet.across - room) // 2
    yield from (paragraph(style, text, indents=sides) for style, text in lines)
    longest = max(min(sheet.width_of(text, style), room) for style, text in lines)
    yield rule(0.36 * longest, sheet.across)


def addressees(sheet: Sheet, names: tuple[str, ...]) -> None:
    if len(names) == 1:
        sheet.write(paragraph("Addressee", f"Kính gửi: {names[0]}"))
    elif names:
        label = round(sheet.width_of("Kính gửi:", "Addressees")) + twips(3) + 20
        longest = round(max(sheet.width_of(name, "Addressees") for name in names)) + 40
        widths = (label, min(longest, sheet.across - label))
        made = table(widths, centred=True)
        line = row(made)
        cell(line, widths[0], [paragraph("Addressees", "Kính gửi:")])
        cell(line, widths[1], [paragraph("Addressees", name) for name in names])
        sheet.write(gap(14), made, gap(6))


def heading(sheet: Sheet, block: Heading, last: bool) -> None:
    """A chapter's title stands close under its number."""
    if not block.centered:
        sheet.write(paragraph("Heading" if block.level == 1 else "Subheading", block.text))
        return
    above = sheet.end.getprevious()
    follows = above is not None and style_of(above) == "Chapter"
    sheet.write(paragraph("Chapter", block.text, before=0 if follows else None))


def text(sheet: Sheet, block: Paragraph, last: bool) -> None:
    """The closing paragraph stays with what is signed under it, a line that announces a list with the list."""
    style, keep = ("Article" if block.label else "Text"), last or block.text.endswith(":")
    spans = [Span(block.label, bold=True), Span(" "), Span(block.text)] if block.label else [Span(block.text)]
    sheet.write(paragraph(style, spans, keep=keep))


def rich(sheet: Sheet, block: RichParagraph, last: bool) -> None:
    """What people wrote, with their bold and italic words."""
    spans = [Span(run.text, bold=run.bold or None, italic=run.italic or None) for run in block.runs]
    sheet.write(paragraph("Text", spans, keep=last))


def note(sheet: Sheet, block: Note, last: bool) -> None:
    sheet.write(paragraph("Note", block.text))


def chart(sheet: Sheet, block: Chart, last: bool) -> None:
    """As wide as the text, its figures in words for who does not see it; what it shows stays under it."""
    width = sheet.across / TWIPS_A_MM
    size = (width, chart_height(block, width))
    held = picture(sheet, "Chart", chart_png(block, width), size, name=block.caption, words=block.words)
    sheet.write(held, paragraph("ChartCaption", block.caption))


def picture(sheet: Sheet, style: str, content: bytes, size: tuple[float, float], *, name: str, words: str) -> Element:
    """A paragraph that holds a picture of ``size`` mm with its alternative text."""
    image = sheet.document.part.new_pic_inline(BytesIO(content), Mm(size[0]), Mm(size[1]))
    for side in ("distT", "distB", "distL", "distR"):  # LibreOffice leaves room where nothing is said
        image.set(side, "0")
    image.docPr.set("name", clean(name))
    image.docPr.set("descr", clean(words))
    made = paragraph(style)
    add(add(made, "r"), "drawing").append(image)
    return made


# Each kind of block and what writes it: (where, the block, whether it is the last of its text).
WRITERS: dict[str, Callable[[Sheet, Any, bool], None]] = {
    "heading": heading,
    "paragraph": text,
    "note": note,
    "rich": rich,
    "chart": chart,
    "table": lambda sheet, block, last: sheet.write(*add_table(block, sheet.across)),
    "rich_table": lambda sheet, block, last: sheet.write(*add_table(even_table(block), sheet.across)),
}


def write_blocks(sheet: Sheet, blocks: tuple[Block, ...]) -> None:
    for place, block in enumerate(blocks, 1):
        WRITERS[block.block](sheet, block, place == len(blocks))


def signatories(sheet: Sheet, paper: Paper) -> None:
    """Those who sign side by side, a row of them never parted from its names."""
    room = sheet.across // paper.abreast
    for line in rows_of(paper.signatories, paper.abreast):
        made = table([room] * paper.abreast, margins=(0, twips(1.5)))
        above, below = row(made), row(made)
        for each in line:
            posts = [paragraph("SigningParty", text, keep=True) for text in each.lines] if each else []
            cell(above, room, posts or [gap(0)])
            cell(below, room, list(signed(each, "SigningParty")) if each else [gap(0)])
        sheet.write(gap(14, keep=True), made)


def signed(each: Signature, name: str = "SignatoryName") -> Iterator[Element]:
    """What stands under authority and post: the mark or room for the hand, the other post, the name in its style."""
    if each.mark:
        yield paragraph("SignatureMark", each.mark, keep=True)
    room = None if each.mark else SIGNING_ROOM
    if each.post:
        yield paragraph("SignatoryPost", each.post, before=room, keep=True)
        room = None
    yield paragraph(name, each.name, before=room)


def foot(sheet: Sheet, paper: Paper, code: str) -> None:
    """Ô 7 and 9b: recipients, the seal of an issued paper, and the signature."""
    left = round(sheet.across * 0.46)
    made = table((left, sheet.across - left))
    line = row(made)
    cell(line, left, recipients(sheet, paper, code, left - twips(4)), right=twips(4))
    place = paper.signature
    lines = [paragraph("SignatoryPost", text, keep=True) for text in place.lines] if place else []
    cell(line, sheet.across - left, [*lines, *(signed(place) if place else [gap(0)])])
    sheet.write(gap(14, keep=True), made, gap(0))


def recipients(sheet: Sheet, paper: Paper, code: str, room: int) -> list[Element]:
    found = [paragraph("RecipientsLabel", "Nơi nhận:")] if paper.recipients else []
    found += [paragraph("Recipient", line) for line in paper.recipients]
    return [*found, *(seal(sheet, code, room) if code else [])] or [gap(0)]


def seal(sheet: Sheet, code: str, room: int) -> list[Element]:
    """The QR code as an image, and beside it the address in letters."""
    address = seal_of(code).address
    code_image = BytesIO()
    segno.make(address, error="m", micro=False).save(code_image, kind="png", scale=8, border=0)
    size = (QR_SIZE, QR_SIZE)
    holder = picture(sheet, "Verify", code_image.getvalue(), size, name="QR", words=QR_WORDS)
    widths = (twips(QR_ROOM), room - twips(QR_ROOM))
    made = table(widths)
    line = row(made)
    cell(line, widths[0], [holder], middle=True)
    cell(line, widths[1], [paragraph("Verify", "Xác minh văn bản tại:"), paragraph("Verify", address)], middle=True)
    return [gap(8), made]


def annex(document: Any, each: Annex) -> None:
    """Its own pages with their own numbering."""
    document.add_section(WD_SECTION.NEW_PAGE)
    sheet = opened(document, landscape=each.landscape)
    styled_break(sheet)
    lines = [("AnnexTitle", each.title), *([("Reference", each.reference)] if each.reference else [])]
    sheet.write(paragraph("Annex", each.label), *summary(sheet, lines, part=1), gap(6))
    write_blocks(sheet, each.blocks)
    if not each.blocks or each.blocks[-1].block in ("table", "rich_table"):
        sheet.write(gap(0))


def styled_break(sheet: Sheet) -> None:
    """The paragraph that carries a section's end is as low as can be: it must not need a page of its own."""
    holder = sheet.end.getprevious()
    named = holder.get_or_add_pPr().get_or_add_pStyle()
    named.val = "Gap"
