"""Markup of papers as WeasyPrint takes it: the same PDF as from HTML, in less time.

It is ours, so it is read as XML, and WeasyPrint's rules for elements that no paper holds are left out.
"""

from functools import cache
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]
from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

# What lies between the children of these is not seen.
HOLDERS = frozenset(["html", "head", "body", "section", "div", "table", "thead", "tbody", "tr"])


class Markup(HTML):  # type: ignore[misc]
    """One of our own templates: parsed by the XML parser, styled by ``own_rules`` first."""

    def __init__(self, text: str, url_fetcher: URLFetcher) -> None:
        root = ElementTree.fromstring(text.strip())  # noqa: S314 - our own template, every value escaped
        without_blanks(root)
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [own_rules()]


def without_blanks(root: ElementTree.Element) -> None:
    """Leave out the blanks between blocks and cells, each of which would become a box of its own."""
    for each in root.iter():
        if each.tag in HOLDERS:
            if each.text and each.text.isspace():
                each.text = None
            for child in each:
                if child.tail and child.tail.isspace():
                    child.tail = None


@cache
def own_rules() -> CSS:
    return CSS(string=(settings.BASE_DIR / "static" / "documents" / "elements.css").read_text(encoding="utf-8"))
