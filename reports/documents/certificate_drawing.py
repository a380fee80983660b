"""A sheet as parts of an SVG in millimetres: the preview, by the same places and widths as the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from council.domain.certificates.limits import height_of
from council.domain.certificates.placing import POINTS_A_MM, Code, Element, Line, Sheet
from reports.documents.certificate_pdf import code_matrix, runs


@dataclass(frozen=True)
class DrawnText:
    """Numbers as SVG writes them; ``width`` holds letters of another typeface to the measured width."""

    text: str
    x: str
    y: str
    width: str
    size: str
    weight: str
    style: str
    colour: str


@dataclass(frozen=True)
class DrawnBox:
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Drawing:
    width: str
    height: str
    texts: Sequence[DrawnText]
    boxes: Sequence[DrawnBox]
    codes: Sequence[tuple[str, str]]  # path and colour


def drawing_of(sheet: Sheet, elements: Sequence[Element], *, width: float, height: float, code: str) -> Drawing:
    """The sheet with the outline of every box, which is shown and not printed."""
    return Drawing(
        mm(width),
        mm(height),
        [drawn_text(line) for line in sheet.lines if line.text],
        [drawn_box(each) for each in elements],
        [(code_path(each, code), each.colour) for each in sheet.codes],
    )


def mm(value: float) -> str:
    return f"{value:.3f}"


def drawn_text(line: Line) -> DrawnText:
    return DrawnText(
        line.text,
        mm(line.x),
        mm(line.y),
        mm(line.width),
        mm(line.size / POINTS_A_MM),
        "bold" if "Bold" in line.face else "normal",
        "italic" if "Italic" in line.face else "normal",
        line.colour,
    )


def drawn_box(element: Element) -> DrawnBox:
    return DrawnBox(mm(float(element.left)), mm(float(element.top)), mm(float(element.width)), mm(height_of(element)))


def code_path(place: Code, code: str) -> str:
    matrix = code_matrix(code)
    unit = place.side / len(matrix)
    return "".join(
        f"M{mm(place.x + start * unit)} {mm(place.y + row * unit)}h{mm(length * unit)}v{mm(unit)}h{mm(-length * unit)}z"
        for row, cells in enumerate(matrix)
        for start, length in runs(cells)
    )
