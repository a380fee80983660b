"""A layout with the texts of one recipient: where every line stands on the sheet, in millimetres."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from council.domain.certificates.fitting import LEADING, Box, fit
from council.domain.certificates.keys import Key

POINTS_A_MM = 72 / 25.4
ASCENT = 0.891  # of Liberation Serif 2 in sizes: its letters reach from the base line to the top of the box
# Widths of a face ("Regular", "Bold", "Italic", "BoldItalic"): text to width in sizes of the letters.
Widths = Callable[[str, str], float]


class Element(Protocol):
    """What is read of a ``LayoutElement``, saved or typed just now."""

    key: str
    text: str
    left: Decimal
    top: Decimal
    width: Decimal
    lines: int
    size: Decimal
    align: str
    bold: bool
    italic: bool
    capitals: bool
    colour: str


@dataclass(frozen=True)
class Line:
    """One line of letters: the left end of its base line and its width in millimetres, its size in points."""

    text: str
    x: float
    y: float
    width: float
    size: float
    face: str
    colour: str


@dataclass(frozen=True)
class Code:
    """A QR code: its upper left corner and its side in millimetres."""

    x: float
    y: float
    side: float
    colour: str


@dataclass(frozen=True)
class Misfit:
    """A text that does not fit into its box even at the smallest size."""

    key: str
    text: str

    @property
    def label(self) -> str:
        return str(Key(self.key).label)


@dataclass(frozen=True)
class Sheet:
    """A certificate ready to be drawn, whatever draws it."""

    lines: tuple[Line, ...]
    codes: tuple[Code, ...]
    misfits: tuple[Misfit, ...]


def place(
    elements: Sequence[Element], texts: Mapping[str, str], widths: Widths, *, dx: float = 0, dy: float = 0
) -> Sheet:
    """Every element with its text, moved by the printer's ``dx``, ``dy`` mm. Empty texts leave their box empty.

    Preview and print are drawn from the same answer.
    """
    lines: list[Line] = []
    codes: list[Code] = []
    misfits: list[Misfit] = []
    for element in elements:
        x, y, width = float(element.left) + dx, float(element.top) + dy, float(element.width)
        if element.key == Key.QR:
            codes.append(Code(x, y, width, element.colour))
            continue
        text = text_of(element, texts)
        found, fits = lines_of(element, text, widths, x, y)
        lines += found
        if not fits:
            misfits.append(Misfit(element.key, text))
    return Sheet(tuple(lines), tuple(codes), tuple(misfits))


def text_of(element: Element, texts: Mapping[str, str]) -> str:
    """The fixed words, or what the recipient's certificate says there."""
    text = element.text if element.key == Key.FIXED else texts.get(element.key, "")
    return text.upper() if element.capitals else text


def lines_of(element: Element, text: str, widths: Widths, x: float, y: float) -> tuple[list[Line], bool]:
    """A text in its box. The first base line stays where it is at full size, so that it stands on the form's dots."""
    face, room, full = face_of(element), float(element.width), float(element.size)
    fitted = fit(text, Box(room * POINTS_A_MM, element.lines, full), lambda words: widths(words, face))
    base = y + full * ASCENT / POINTS_A_MM
    step = fitted.size * LEADING / POINTS_A_MM
    found = []
    for number, words in enumerate(fitted.lines):
        width = widths(words, face) * fitted.size / POINTS_A_MM
        start = x + {"left": 0.0, "center": (room - width) / 2, "right": room - width}[element.align]
        found.append(Line(words, start, base + number * step, width, fitted.size, face, element.colour))
    return found, fitted.fits


def face_of(element: Element) -> str:
    return {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}.get(
        (element.bold, element.italic), "BoldItalic"
    )
