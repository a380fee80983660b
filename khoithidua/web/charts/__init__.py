"""Charts as inline SVG: data in, text out, the same for the page, for print and for PDF.

Each chart names itself by a slug, so that several fit into one page. Nothing depends on style sheets: presentation
attributes only. Series differ by pattern as well as by colour (each at least 3:1 on white), and every value is written
beside its bar, so that a black-and-white print can be read. ``None`` is unknown: said in words, never drawn as zero.
A chart is one image to a screen reader (title and summary); the table with the same figures belongs beside it.
"""

from khoithidua.web.charts.bars import horizontal_bars
from khoithidua.web.charts.columns import columns
from khoithidua.web.charts.data import Bar, Part, Series, Target, Value
from khoithidua.web.charts.drawing import Look
from khoithidua.web.charts.figures import figure, percents
from khoithidua.web.charts.shares import share_bar
from khoithidua.web.charts.targets import target_bars

__all__ = [
    "Bar",
    "Look",
    "Part",
    "Series",
    "Target",
    "Value",
    "columns",
    "figure",
    "horizontal_bars",
    "percents",
    "share_bar",
    "target_bars",
]
