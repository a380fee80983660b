"""One part of a long annex laid out: a run of its pages."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from weasyprint import CSS

from reports.documents.blocks import Annex
from reports.documents.fonts import FAMILY, printable
from reports.documents.markup import Markup
from reports.documents.pdf import PaperFetcher, collector_paused, layout


@dataclass(frozen=True)
class Part:
    """A run of whole pages of one annex: its name, the number of its first page, and how many pages it must have.

    ``pages`` 0: as many as there are.
    """

    name: str
    annex: Annex
    first: int
    pages: int


def part_markup(part: Part) -> str:
    context = {"name": part.name, "annex": part.annex, "first": part.first}
    return printable(render_to_string("documents/annex_part.html", context))


def part_pdf(part: Part) -> tuple[bytes, bool]:
    """The tagged PDF of ``part``, and whether it has the pages that were reckoned and no foreign typeface.

    Runs in a child: one thread, nothing of the database.
    """
    sheet, fonts = layout()
    counted = CSS(string=page_rules(part), font_config=fonts)
    with collector_paused():
        document = Markup(part_markup(part), PaperFetcher()).render(fonts, stylesheets=[sheet, counted], pdf_tags=True)
        content = bytes(document.write_pdf(pdf_tags=True))
    families = {font.family for font in document.fonts.values()}
    return content, families <= {FAMILY} and part.pages in (0, len(document.pages))


def page_rules(part: Part) -> str:
    """The first page of the annex carries no number; a later part goes on counting from its first page."""
    size = "landscape" if part.annex.landscape else "portrait"
    hidden = "content: none" if part.first == 1 else ""
    return (
        f"@page annex-part {{ size: A4 {size}; }}"
        f"@page :first {{ counter-reset: page {part.first}; @top-center {{ {hidden or 'content: counter(page)'} }} }}"
        ".part { page: annex-part; } .part table + table { break-before: page; margin-top: 0; }"
        + (".part .text, .part table { margin-top: 0; }" if part.first > 1 else "")
    )
