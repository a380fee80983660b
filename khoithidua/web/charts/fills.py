"""Fills of series: colour and pattern, each told from its neighbours without colour."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.safestring import SafeString

from khoithidua.web.charts.data import Bar, Series
from khoithidua.web.charts.drawing import Look, element, joined, rect, text
from khoithidua.web.charts.measuring import wrapped

# Each at least 3:1 on white (WCAG 2.1, 1.4.11); the pattern is drawn in the colour on white, within an outline.
FILLS = (
    ("#14477a", None),
    ("#b3141c", "M0 6L6 0M-1 1L1 -1M5 7L7 5"),
    ("#2f6b3a", "M1.5 1.5h1.5v1.5h-1.5zM4.5 4.5h1.5v1.5h-1.5z"),
    ("#7a4b00", "M0 1.5H6M0 4.5H6"),
    ("#5b3a8c", "M0 0L6 6M6 0L0 6"),
    ("#0f6674", "M1.5 0V6M4.5 0V6"),
)
UNSURE = "#4b5563"
MOST = len(FILLS)
REST = "Các mục còn lại"


class Palette:
    """The fills of one chart, by place; its patterns are defined under the chart's name."""

    def __init__(self, name: str, unsure: Sequence[bool]) -> None:
        self.name = name
        known = iter(range(MOST))
        self.places = [None if each else next(known) for each in unsure]

    def paint(self, place: int) -> dict[str, object]:
        """Attributes of a shape that shows the series at ``place``."""
        number = self.places[place]
        if number is None:
            return {"fill": "#ffffff", "stroke": UNSURE, "stroke_width": 1.5, "stroke_dasharray": "3 2"}
        colour, pattern = FILLS[number]
        fill = f"url(#{self.name}-fill-{number})" if pattern else colour
        return {"fill": fill, "stroke": colour, "stroke_width": 1}

    def definitions(self) -> SafeString:
        drawn = [self.definition(number) for number in self.places if number is not None and FILLS[number][1]]
        return element("defs", joined(drawn)) if drawn else joined([])

    def definition(self, number: int) -> SafeString:
        colour, way = FILLS[number]
        content = [
            rect(0, 0, 6, 6, fill="#ffffff"),
            element("path", "", d=way, stroke=colour, stroke_width=1.8, fill="none"),
        ]
        return element(
            "pattern",
            joined(content),
            id=f"{self.name}-fill-{number}",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        )


def folded_parts(parts: Sequence[Bar]) -> list[Bar]:
    """At most as many known parts as there are fills: what is more is added up as one, the unsure ones last."""
    known = [part for part in parts if not part.unsure]
    unsure = [part for part in parts if part.unsure]
    if len(known) > MOST:
        rest = sum_of([part.value for part in known[MOST - 1 :]])
        known = [*known[: MOST - 1], Bar(f"{REST} ({len(known) - MOST + 1})", rest)]
    return [*known, *unsure]


def folded_series(series: Sequence[Series]) -> list[Series]:
    """As ``folded_parts``, value by value."""
    known = [each for each in series if not each.unsure]
    unsure = [each for each in series if each.unsure]
    if len(known) > MOST:
        rest = known[MOST - 1 :]
        summed = [sum_of(column) for column in zip(*(each.values for each in rest), strict=True)]
        known = [*known[: MOST - 1], Series(f"{REST} ({len(rest)})", summed)]
    return [*known, *unsure]


def sum_of(values: Sequence[int | Decimal | None]) -> Decimal | None:
    """Unknown as soon as one part is."""
    known = [Decimal(value) for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def legend(palette: Palette, labels: Sequence[str], top: float, look: Look) -> tuple[SafeString, float]:
    """One line (or more) for each fill from ``top`` on, and the height taken."""
    smaller = replace(look, size=look.size * 0.93)
    box, at, drawn = smaller.size, top, []
    for place, label in enumerate(labels):
        drawn.append(rect(1, at + smaller.size * 0.2, box * 1.4, box * 0.9, **palette.paint(place)))
        for words in wrapped(label, look.width - box * 2.1, smaller.size):
            drawn.append(text(words, box * 2, at + smaller.size, smaller))
            at += smaller.line
        at += 2
    return joined(drawn), at - top
