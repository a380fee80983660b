"""What was reached of what was planned; targets have units of their own, so lengths are per cent of the plan."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from khoithidua.web.charts.data import Target, refuse_negative
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
)
from khoithidua.web.charts.figures import figure, percent_words
from khoithidua.web.charts.fills import Palette, legend

MOST = Decimal(150)  # per cent: what is longer is cut, with a mark; its figure says how much it is
THICK = 1.0
LEAST = 1.5


def target_bars(name: str, title: str, targets: Sequence[Target], *, look: Look = SCREEN) -> SafeString:
    """For each target a frame as long as the plan, filled as far as it was reached, with both figures in words.

    Without a plan, or without a result, there is no percentage and no fill: the words say which is missing.
    Raises ValueError for a negative value.
    """
    refuse_negative([value for each in targets for value in (each.plan, each.reached)])
    if not targets:
        return nothing(name, title, look)
    palette = Palette(name, [False, True])
    longest = max([Decimal(100), *(min(each.percent, MOST) for each in targets if each.percent is not None)])
    start = look.width * 0.4 if look.is_wide else 0.0
    scale = (look.width - start - 12) / float(longest)
    key, high = legend(palette, ["Thực hiện", "Kế hoạch (100%)"], 2, look)
    drawn: list[str] = [key]
    top = 2 + high + look.size * 0.4
    for each in targets:
        row, high = row_of(each, top, start, scale, palette, look)
        drawn.append(row)
        top += high
    return drawing(name, title, summary_of((each.label, result(each)) for each in targets), top, drawn, look)


def row_of(
    target: Target, top: float, start: float, scale: float, palette: Palette, look: Look
) -> tuple[SafeString, float]:
    label, high = paragraph(target.label, 0, top, (start or look.width) - 8, look)
    at = top if look.is_wide else top + high + 2
    thick = look.size * THICK
    words, tall = paragraph(result(target), start, at + thick + 1, look.width - start, look, fill=SOFT)
    bottom = max(top + high, at + thick + 1 + tall)
    return joined([label, measure(target, start, at, scale, palette, look), words]), bottom - top + look.size * 0.6


def measure(target: Target, start: float, at: float, scale: float, palette: Palette, look: Look) -> SafeString:
    thick, percent = look.size * THICK, target.percent
    plan = [rect(start + 0.5, at, scale * 100, thick, **palette.paint(1))] if target.plan else []
    base = line(start + 0.5, at - 1, start + 0.5, at + thick + 1, stroke=SOFT)
    if percent is None:
        return joined([*plan, base])
    long = max(float(min(percent, MOST)) * scale, LEAST) if percent else 0.0
    done = [rect(start + 0.5, at + thick * 0.2, long, thick * 0.6, **palette.paint(0))] if long else []
    over = [cut_mark(start + long, at, thick)] if percent > MOST else []
    full = line(start + 0.5 + scale * 100, at - 2, start + 0.5 + scale * 100, at + thick + 2, stroke=SOFT)
    return joined([*plan, *done, base, full, *over])


def cut_mark(x: float, at: float, thick: float) -> SafeString:
    """Two slanted strokes through the end of a bar that goes on."""
    strokes = [line(x - 8 + each, at + thick, x - 4 + each, at, stroke="#ffffff", stroke_width=2) for each in (0, 4)]
    return joined(strokes)


def result(target: Target) -> str:
    """ "95 / 100 ca, đạt 95%"; what is missing in words."""
    unit = f" {target.unit}" if target.unit else ""
    if target.plan is None and target.reached is None:
        return "chưa có số liệu"
    if target.reached is None:
        return f"kế hoạch {figure(target.plan)}{unit}, chưa có số liệu thực hiện"
    if target.percent is None:
        why = "chưa có số liệu kế hoạch" if target.plan is None else "kế hoạch 0"
        return f"thực hiện {figure(target.reached)}{unit}, {why} nên không tính tỷ lệ"
    return f"{figure(target.reached)} / {figure(target.plan)}{unit}, đạt {percent_words(target.percent)}"
