"""One part of a long annex laid out: the same PDF as from HTML, in two thirds of the time.

Its markup is ours, so it is read as XML, and WeasyPrint's rules for elements that no part holds are left out.
"""

import re
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from reports.documents.blocks import Annex
from reports.documents.fonts import FAMILY, printable
from reports.documents.pdf import PaperFetcher, collector_paused, layout

BETWEEN = re.compile(r">\s+<")


@dataclass(frozen=True)
class Part:
    """A run of whole pages of one annex: its name, the number of its first page, and how many pages it must have.

    ``pages`` 0: as many as there are.
    """

    name: str
    annex: Annex
    first: int
    pages: int


class PartHTML(HTML):  # type: ignore[misc]
    """Markup of a part as WeasyPrint takes it: parsed by the XML parser, styled by ``own_rules`` first."""

    def __init__(self, markup: str) -> None:
        root = ElementTree.fromstring(markup)  # noqa: S314 - our own template, every value escaped
        self.base_url = None
        self.url_fetcher = PaperFetcher()
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [own_rules()]


@cache
def own_rules() -> CSS:
    return CSS(string=(settings.BASE_DIR / "static" / "documents" / "part.css").read_text(encoding="utf-8"))


def part_markup(part: Part) -> str:
    context = {"name": part.name, "annex": part.annex, "first": part.first}
    return BETWEEN.sub("><", printable(render_to_string("documents/annex_part.html", context)).strip())


def part_pdf(part: Part) -> tuple[bytes, bool]:
    """The tagged PDF of ``part``, and whether it has the pages that were reckoned and no foreign typeface.

    Runs in a child: one thread, nothing of the database.
    """
    sheet, fonts = layout()
    counted = CSS(string=page_rules(part), font_config=fonts)
    with collector_paused():
        document = PartHTML(part_markup(part)).render(fonts, stylesheets=[sheet, counted], pdf_tags=True)
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
