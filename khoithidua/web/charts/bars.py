"""Horizontal bars: one for each label, however long the labels are."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from khoithidua.web.charts.data import Bar, refuse_negative
from khoithidua.web.charts.drawing import (
    SCREEN,
    SOFT,
    Look,
    drawing,
    joined,
    line,
    nothing,
    paragraph,
    rect,
    summary_of,
    text,
)
from khoithidua.web.charts.figures import figure
from khoithidua.web.charts.fills import Palette
from khoithidua.web.charts.measuring import text_width

THICK = 1.15  # of the letters' size
LEAST = 1.5  # a small value beside a huge one still shows


def horizontal_bars(name: str, title: str, bars: Sequence[Bar], *, look: Look = SCREEN) -> SafeString:
    """One bar for each of ``bars`` in their order, its value written at its end; labels wrap.

    Raises ValueError for a negative value.
    """
    refuse_negative([bar.value for bar in bars])
    if not bars:
        return nothing(name, title, look)
    palette = Palette(name, [False, True])
    start = look.width * 0.4 if look.is_wide else 0
    room = max((text_width(figure(bar.value), look.size) for bar in bars if bar.value is not None), default=0)
    length = look.width - start - room - 10
    most = max((Decimal(bar.value) for bar in bars if bar.value is not None), default=Decimal(0))
    drawn: list[str] = [palette.definitions()]
    top = 2.0
    for bar in bars:
        share = float(Decimal(bar.value) / most) if bar.value and most else 0.0
        row, height = row_of(bar, top, start, length * share, palette, look)
        drawn.append(row)
        top += height
    summary = summary_of((bar.label, figure(bar.value)) for bar in bars)
    return drawing(name, title, summary, top, drawn, look)


def row_of(bar: Bar, top: float, start: float, length: float, palette: Palette, look: Look) -> tuple[SafeString, float]:
    """The label and its bar: side by side in a wide chart, one over the other in a narrow one."""
    label, high = paragraph(bar.label, 0, top, (start or look.width) - 8, look)
    thick = look.size * THICK
    at = top + max(0.0, (high - thick) / 2) if look.is_wide else top + high + 2
    marks = [label, measure(bar, start, at, length, palette, look)]
    bottom = max(top + high, at + thick)
    return joined(marks), bottom - top + look.size * 0.6


def measure(bar: Bar, start: float, at: float, length: float, palette: Palette, look: Look) -> SafeString:
    """The bar and its value; a zero is a line at the start, an unknown value is said in words."""
    thick, stand = look.size * THICK, at + look.size * 0.95
    base = line(start + 0.5, at - 1, start + 0.5, at + thick + 1, stroke=SOFT)
    if bar.value is None:
        return joined([base, text(figure(None), start + 6, stand, look, fill=SOFT)])
    long = max(length, LEAST) if bar.value else 0
    shape = [rect(start + 0.5, at, long, thick, **palette.paint(int(bar.unsure)))] if long else []
    return joined([*shape, base, text(figure(bar.value), start + long + 6, stand, look)])
