"""Papers with an annex of thousands of names: the annex is laid out in parts, in two processes, and joined.

A page's rows are reckoned beforehand (``page_cuts``), so each part is a run of whole pages that knows the number
of its first page. Where a part comes out with other pages than reckoned, the paper is laid out in one piece:
slower, and right. Processes are forked: for the worker alone, never for a request.
"""

import logging
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from reports.documents.blocks import Annex, Paper, Table
from reports.documents.fonts import font_files, printable
from reports.documents.joining import join_parts
from reports.documents.page_cuts import page_cuts
from reports.documents.pdf import PaperFetcher, collector_paused, layout, paper_pdf

log = logging.getLogger(__name__)

LONG_ROWS = 400
PAGES_A_PART = 14
PROCESSES = 2


@dataclass(frozen=True)
class Part:
    """A run of whole pages of one annex: its HTML, the number of its first page, and how many pages it must have."""

    html: str
    first: int
    pages: int
    landscape: bool


def long_paper_pdf(paper: Paper, *, code: str = "", on_part: Callable[[int, int], None] | None = None) -> bytes:
    """``paper`` as one tagged PDF, however long its annexes. Equal papers give equal bytes. Raises FontsMissing.

    ``on_part`` is told (done, of) as parts are laid out. A paper without a long annex is laid out as it is.
    """
    if not any(is_long(annex) for annex in paper.annexes):
        return paper_pdf(paper, code=code)
    front = replace(paper, annexes=())
    parts = [part for annex in paper.annexes for part in parts_of(paper, annex)]
    made = [paper_pdf(front, code=code)]
    for content in laid_out_parts(parts):
        made.append(content)
        if on_part is not None:
            on_part(len(made) - 1, len(parts))
    if any(page_count(content) != part.pages for content, part in zip(made[1:], parts, strict=True) if part.pages):
        log.warning("The pages of a long annex were not as reckoned: laid out in one piece")
        return paper_pdf(paper, code=code)
    return join_parts(made)


def is_long(annex: Annex) -> bool:
    return len(annex.blocks) == 1 and isinstance(annex.blocks[0], Table) and len(annex.blocks[0].rows) > LONG_ROWS


def parts_of(paper: Paper, annex: Annex) -> Iterator[Part]:
    """The parts of one annex in order; a short annex, or one that is not a table alone, is one part."""
    if not is_long(annex):
        yield part_of(paper, replace(annex), first=1, pages=0)
        return
    table = annex.blocks[0]
    assert isinstance(table, Table)  # noqa: S101
    pages = page_cuts(annex, table)
    for start in range(0, len(pages), PAGES_A_PART):
        run = pages[start : start + PAGES_A_PART]
        tables = tuple(replace(table, rows=rows) for rows in run)
        yield part_of(paper, replace(annex, blocks=tables), first=start + 1, pages=len(run))


def part_of(paper: Paper, annex: Annex, *, first: int, pages: int) -> Part:
    html = printable(render_to_string("documents/annex_part.html", {"paper": paper, "annex": annex, "part": first}))
    return Part(html, first, pages, annex.landscape)


def laid_out_parts(parts: Sequence[Part]) -> Iterator[bytes]:
    """PDFs of ``parts`` in their order, from as many processes as there are; fonts are read before the fork."""
    layout()
    font_files()
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(part_pdf, parts)


def part_pdf(part: Part) -> bytes:
    """Runs in a child: one thread, nothing of the database."""
    sheet, fonts = layout()
    counted = CSS(string=page_rules(part), font_config=fonts)
    with collector_paused():
        document = HTML(string=part.html, url_fetcher=PaperFetcher()).render(
            fonts, stylesheets=[sheet, counted], pdf_tags=True
        )
        return bytes(document.write_pdf(pdf_tags=True))


def page_rules(part: Part) -> str:
    """The first page of the annex carries no number; a later part goes on counting from its first page."""
    size = "landscape" if part.landscape else "portrait"
    hidden = "content: none" if part.first == 1 else ""
    return (
        f"@page annex-part {{ size: A4 {size}; }}"
        f"@page :first {{ counter-reset: page {part.first}; @top-center {{ {hidden or 'content: counter(page)'} }} }}"
        ".part { page: annex-part; } .part table + table { break-before: page; margin-top: 0; }"
        + (".part .text, .part table { margin-top: 0; }" if part.first > 1 else "")
    )


def page_count(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)
