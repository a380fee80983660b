"""Papers as WeasyPrint's own parser and style sheet make them, to compare ours with."""

import cssselect2
from weasyprint import HTML

from reports.documents.markup import without_blanks


def as_html(text, url_fetcher):
    """Stands in for ``Markup``: the same markup, without the blanks between its blocks."""
    html = HTML(string=text, url_fetcher=url_fetcher)
    without_blanks(html.etree_element)
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(html.etree_element, content_language=None)
    return html
