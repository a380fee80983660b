"""Elements of an SVG as escaped text, and how a chart looks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from khoithidua.web.charts.measuring import wrapped

INK = "#1f2937"
SOFT = "#4b5563"
GRID = "#9ca3af"
NAME = re.compile(r"[a-z][a-z0-9-]*")
NOTHING = "Chưa có số liệu"
WIDE = 560  # from this width on labels stand left of their bars, below it over them


@dataclass(frozen=True)
class Look:
    """Size in pixels of the page; ``family`` names a font for documents, the page's own one where empty."""

    width: int = 440
    size: float = 14
    family: str = ""

    @property
    def line(self) -> float:
        return self.size * 1.3

    @property
    def is_wide(self) -> bool:
        return self.width >= WIDE


SCREEN = Look()


def shown(value: object) -> str:
    """Lengths to a tenth of a pixel, without needless zeros."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def element(tag: str, content: str = "", /, **attributes: object) -> SafeString:
    """``element("rect", x=1.0, stroke_width=2)``: underscores are hyphens, everything is escaped."""
    written = {name.replace("_", "-"): shown(value) for name, value in attributes.items() if value is not None}
    # No way from data to a tag: names of elements and attributes are those of this package's calls.
    return format_html("<{}{}>{}</{}>", tag, flatatt(written), content, tag)


def joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def rect(x: float, y: float, width: float, height: float, **attributes: object) -> SafeString:
    return element("rect", "", x=float(x), y=float(y), width=float(width), height=float(height), **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> SafeString:
    kept = {"stroke": GRID, "stroke_width": 1} | attributes
    return element("line", "", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), **kept)


def text(words: str, x: float, y: float, look: Look, **attributes: object) -> SafeString:
    """``y`` is the line that the letters stand on."""
    kept = {"font_size": look.size, "fill": INK} | attributes
    return element("text", words, x=float(x), y=float(y), **kept)


def paragraph(
    words: str, x: float, y: float, width: float, look: Look, **attributes: object
) -> tuple[SafeString, float]:
    """``words`` in lines of at most ``width`` from the top ``y`` on, and the height that they take."""
    lines = wrapped(words, width, look.size)
    drawn = [text(each, x, y + look.size + number * look.line, look, **attributes) for number, each in enumerate(lines)]
    return joined(drawn), len(lines) * look.line


def drawing(name: str, title: str, summary: str, height: float, content: Iterable[str], look: Look) -> SafeString:
    """The whole picture; ``name`` makes its ids. Raises ValueError for a name that is no slug."""
    if not NAME.fullmatch(name):
        raise ValueError(f"a chart's name is a slug, not {name!r}")
    labels = [
        element("title", title, id=f"{name}-title"),
        element("desc", summary, id=f"{name}-desc"),
    ]
    return element(
        "svg",
        joined([*labels, *content]),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        viewBox=f"0 0 {look.width} {shown(float(height))}",
        width=look.width,
        height=float(height),
        font_family=look.family or None,
        **{"class": "chart"},
    )


def nothing(name: str, title: str, look: Look) -> SafeString:
    """Says that there is nothing to draw, instead of an empty frame."""
    words = text(NOTHING, 0, look.line, look, fill=SOFT)
    return drawing(name, title, NOTHING, look.line * 1.5, [words], look)


def summary_of(rows: Iterable[tuple[str, str]], limit: int = 12) -> str:
    """The figures in a sentence for who does not see the picture; the table beside it has all."""
    told = [f"{label}: {words}" for label, words in rows]
    more = len(told) - limit
    return "; ".join(told[:limit]) + (f"; và {more} mục khác trong bảng." if more > 0 else ".")
