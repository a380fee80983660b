"""Columns over years (or other short categories), side by side or stacked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from django.utils.safestring import SafeString

from khoithidua.web.charts.data import Series, Value, refuse_negative
from khoithidua.web.charts.drawing import SCREEN, SOFT, Look, drawing, joined, line, nothing, rect, summary_of, text
from khoithidua.web.charts.figures import figure
from khoithidua.web.charts.fills import Palette, folded_series, legend
from khoithidua.web.charts.measuring import text_width

HIGH = 170.0
LEAST = 1.5
UNKNOWN_MARK = "?"
UNKNOWN_WORDS = "Dấu ? là chưa có số liệu."


@dataclass(frozen=True)
class Plot:
    """Where columns stand: ``left`` of the first category, ``step`` to the next, ``floor`` they stand on."""

    left: float
    step: float
    top: float
    scale: float  # pixels for one
    look: Look
    palette: Palette

    @property
    def floor(self) -> float:
        return self.top + HIGH

    @property
    def small(self) -> Look:
        return replace(self.look, size=self.look.size * 0.86)

    def centre(self, place: int) -> float:
        return self.left + self.step * (place + 0.5)


def columns(
    name: str,
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    stacked: bool = False,
    look: Look = SCREEN,
) -> SafeString:
    """One group (or stack) for each category. Values (of a stack: its total) are written over the columns.

    More series than there are fills are added up as one. Where a group leaves no room for its values they are left to
    the table. Raises ValueError for a negative value or a series of another length than ``categories``.
    """
    refuse_negative([value for each in series for value in each.values])
    if any(len(each.values) != len(categories) for each in series):
        raise ValueError("each series has one value for each category")
    shown = folded_series(series)
    if not any(value is not None for each in shown for value in each.values):
        return nothing(name, title, look)
    most = highest(shown, stacked)
    palette = Palette(name, [each.unsure for each in shown])
    plot = Plot(0, look.width / len(categories), look.line, HIGH / float(most or 1), look, palette)
    drawn: list[str] = [palette.definitions(), *guides(plot, categories)]
    for place in range(len(categories)):
        values = [each.values[place] for each in shown]
        drawn += stack(plot, place, values) if stacked else group(plot, place, values)
    key, high = legend(palette, [each.label for each in shown], plot.floor + look.line * 1.6, look)
    bottom = plot.floor + look.line * 1.6 + high
    drawn.append(key)
    if any(None in each.values for each in shown):
        drawn.append(text(UNKNOWN_WORDS, 0, bottom + look.size, plot.small, fill=SOFT))
        bottom += look.line
    told = [
        (f"{each.label} {label}", figure(value))
        for each in shown
        for label, value in zip(categories, each.values, strict=True)
    ]
    return drawing(name, title, summary_of(told, limit=30), bottom + 2, drawn, look)


def highest(series: Sequence[Series], stacked: bool) -> Decimal:
    """The tallest column, or stack."""
    rows = zip(*(each.values for each in series), strict=True)
    known = [[Decimal(value) for value in row if value is not None] for row in rows]
    return max((sum(row, Decimal(0)) if stacked else max(row, default=Decimal(0)) for row in known), default=Decimal(0))


def guides(plot: Plot, categories: Sequence[str]) -> list[SafeString]:
    """The floor and as many names of categories as there is room for: all, or every second, third …"""
    widest = max(text_width(label, plot.look.size) for label in categories)
    pushed = max(0.0, (widest - plot.step) / 2)  # what the first and the last name are moved inwards
    every = max(1, ceil((widest + pushed + 4) / plot.step)) if widest + 4 > plot.step else 1
    names = [
        text(label, inside(plot, place, label), plot.floor + plot.look.line, plot.look, text_anchor="middle")
        for place, label in enumerate(categories)
        if place % every == 0
    ]
    return [line(0, plot.floor, plot.look.width, plot.floor, stroke=SOFT), *names]


def inside(plot: Plot, place: int, label: str) -> float:
    """The middle of a name that is wider than its column, so that it ends within the picture."""
    half = text_width(label, plot.look.size) / 2
    return min(max(plot.centre(place), half), plot.look.width - half)


def group(plot: Plot, place: int, values: Sequence[Value]) -> list[SafeString]:
    wide = min(46.0, plot.step * 0.84 / len(values))
    start = plot.centre(place) - wide * len(values) / 2
    drawn: list[SafeString] = []
    for number, value in enumerate(values):
        x = start + wide * number
        high = max(float(value) * plot.scale, LEAST) if value else 0
        if high:
            drawn.append(rect(x + 1, plot.floor - high, max(wide - 2, 1), high, **plot.palette.paint(number)))
        drawn += label_over(plot, x + wide / 2, high, value_words(value), wide)
    return drawn


def stack(plot: Plot, place: int, values: Sequence[Value]) -> list[SafeString]:
    """The known values one on the other; a total that is not whole says so ("12+?")."""
    wide = min(46.0, plot.step * 0.7)
    x, high = plot.centre(place) - wide / 2, 0.0
    drawn: list[SafeString] = []
    for number, value in enumerate(values):
        part = max(float(value) * plot.scale, LEAST) if value else 0
        if part:
            drawn.append(rect(x, plot.floor - high - part, wide, part, **plot.palette.paint(number)))
        high += part
    return [*drawn, *label_over(plot, x + wide / 2, high, total_words(values), plot.step)]


def total_words(values: Sequence[Value]) -> str:
    known = [Decimal(value) for value in values if value is not None]
    if not known:
        return UNKNOWN_MARK
    return figure(sum(known, Decimal(0))) + ("" if len(known) == len(values) else f"+{UNKNOWN_MARK}")


def value_words(value: Value) -> str:
    return UNKNOWN_MARK if value is None else figure(value)


def label_over(plot: Plot, x: float, high: float, words: str, room: float) -> list[SafeString]:
    """``words`` over a column, where they fit; the mark of the unknown always."""
    if words != UNKNOWN_MARK and text_width(words, plot.small.size) > room + 3:
        return []
    return [joined([text(words, x, plot.floor - high - 4, plot.small, text_anchor="middle")])]
