"""Shares of a whole as one stacked bar: lengths are compared more easily than angles."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from khoithidua.web.charts.data import Bar, refuse_negative
from khoithidua.web.charts.drawing import SCREEN, SOFT, Look, drawing, nothing, paragraph, rect, summary_of
from khoithidua.web.charts.figures import UNKNOWN, figure, percent_words, percents
from khoithidua.web.charts.fills import Palette, folded_parts, legend

THICK = 30.0
LEAST = 2.0
LITTLE = "dưới 0,1%"
NO_SHARES = "Có phần chưa có số liệu nên không tính tỷ lệ."


def share_bar(name: str, title: str, parts: Sequence[Bar], *, look: Look = SCREEN) -> SafeString:
    """One bar cut into ``parts``, each with its value and percentage in the legend.

    Percentages add up to 100. Where a part is unknown there are none, and no bar. More parts than there are fills are
    added up as one. Raises ValueError for a negative value.
    """
    refuse_negative([part.value for part in parts])
    if not parts or all(part.value is None for part in parts):
        return nothing(name, title, look)
    shown = folded_parts(parts)
    known = [part.value for part in shown if part.value is not None]
    whole = len(known) == len(shown)
    palette = Palette(name, [part.unsure for part in shown])
    drawn: list[str] = [palette.definitions()]
    top = 2.0
    if whole and any(known):
        drawn += segments(palette, known, top, look)
        top += THICK + look.size * 0.6
    words = list(told(shown, whole))
    key, high = legend(palette, [f"{label}: {value}" for label, value in words], top, look)
    drawn.append(key)
    top += high
    if not whole:
        note, high = paragraph(NO_SHARES, 0, top, look.width, look, fill=SOFT)
        drawn.append(note)
        top += high
    return drawing(name, title, summary_of(words), top + 2, drawn, look)


def segments(palette: Palette, values: Sequence[int | Decimal], top: float, look: Look) -> list[SafeString]:
    """Side by side over the whole width; a small part keeps a width that shows, at the cost of the largest."""
    total = sum(map(Decimal, values), Decimal(0))
    wide = [max(float(Decimal(value) / total) * (look.width - 2), LEAST) if value else 0.0 for value in values]
    wide[wide.index(max(wide))] -= sum(wide) - (look.width - 2)
    drawn, x = [], 1.0
    for place, width in enumerate(wide):
        if width:
            drawn.append(rect(x, top, max(width - 1, 1), THICK, **palette.paint(place)))
        x += width
    return drawn


def told(parts: Sequence[Bar], whole: bool) -> list[tuple[str, str]]:
    """Each label with its value, and its share where shares are known."""
    shares = percents([part.value or 0 for part in parts])
    if not whole or not any(shares):
        return [(part.label, UNKNOWN if part.value is None else figure(part.value)) for part in parts]
    return [
        (part.label, f"{figure(part.value)} ({share_words(part.value, share)})")
        for part, share in zip(parts, shares, strict=True)
    ]


def share_words(value: int | Decimal | None, share: Decimal) -> str:
    """Something is never told as nothing."""
    return LITTLE if value and not share else percent_words(share)
