"""Charts of a paper as PNG, for layouts that take no SVG: drawn by resvg with the typeface of papers alone."""

import re

import resvg_py

from reports.documents.blocks import Chart
from reports.documents.fonts import font_files, printable

DOTS = 200  # an inch: sharp in print, and a picture of ten bars stays under 100 kB
MM_AN_INCH = 25.4
INSIDE = "Liberation Serif"  # what the four files call their family
VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def chart_height(chart: Chart, width: float) -> float:
    """How high the picture is where it is ``width`` wide, in the same unit. Raises ValueError for what is no chart."""
    found = VIEW.search(chart.svg)
    if found is None:
        raise ValueError("a chart says its size in a viewBox")
    return width * float(found[2]) / float(found[1])


def chart_png(chart: Chart, width: float) -> bytes:
    """The picture ``width`` mm wide on white. Equal charts are equal bytes; no font of the machine is looked for.

    Raises FontsMissing.
    """
    made: bytes = resvg_py.svg_to_bytes(
        svg_string=printable(chart.svg),
        width=round(width / MM_AN_INCH * DOTS),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(path) for path in font_files().values()],
        font_family=INSIDE,
        serif_family=INSIDE,
    )
    return made
