"""The one typeface of official papers: Liberation Serif 2, metric-compatible with Times New Roman.

Version 1 has no Vietnamese, and fontconfig prefers it where both are installed. So the four
files are found here by path and checked by what they hold, never by their family name.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error
from fontTools.ttLib import TTFont, TTLibError

FAMILY = "LiberationSerif2"  # our own name, so that no installed font can take its place
FACES = {
    "Regular": ("normal", "normal"),
    "Bold": ("bold", "normal"),
    "Italic": ("normal", "italic"),
    "BoldItalic": ("bold", "italic"),
}
PLACES = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",  # holds version 2 from Debian 13 on
    "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts/liberation-serif-fonts",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/liberation-fonts",
    "/usr/share/fonts/TTF",
    "/usr/local/share/fonts",
)
VIETNAMESE = "ẠạẢảẤấẶặĐđỆệỊịỌọỐốỢợỤụỨứỰựỲỳỸỹ"
MISSING = (
    "Không tìm thấy đủ bốn tệp chữ Liberation Serif phiên bản 2 nên không lập được văn bản. "
    "Hãy cài gói fonts-liberation2 (apt install fonts-liberation2) rồi chạy lại. "
    "[Liberation Serif version 2 was not found: install the package fonts-liberation2.]"
)
BLANK = "□"
SUBSTITUTES = {"\u2011": "-", "\u2010": "-", "\u2028": "\n", "\u2029": "\n"}


class FontsMissing(Exception):
    """The typeface of official papers is not on this machine; the message names the package."""


@cache
def font_files() -> dict[str, Path]:
    """The four faces by name. Raises FontsMissing with a sentence."""
    for place in PLACES:
        files = {face: Path(place) / f"LiberationSerif-{face}.ttf" for face in FACES}
        if all(is_version_two(path) for path in files.values()):
            return files
    raise FontsMissing(MISSING)


def is_version_two(path: Path) -> bool:
    """Whether the file is a Liberation font of version 2 or later that has Vietnamese letters."""
    try:
        with TTFont(path, lazy=True) as font:
            letters = font.getBestCmap()
            return font["head"].fontRevision >= 2 and all(ord(letter) in letters for letter in VIETNAMESE)
    except (OSError, TTLibError):
        return False


def check_fonts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Django system check: papers need their typeface from the first start on."""
    try:
        font_files()
    except FontsMissing as missing:
        return [Error(str(missing), id="reports.E001")]
    return []


def font_face_css() -> str:
    """The four ``@font-face`` rules, by file path."""
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; src: url("{font_files()[face].as_uri()}"); '
        f"font-weight: {weight}; font-style: {style}; }}"
        for face, (weight, style) in FACES.items()
    )


class Glyphs(dict[int, str]):
    """A translation table: what all four faces can print stays, the rest is replaced or dropped."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__({ord(old): new for old, new in SUBSTITUTES.items()} | {9: "\t", 10: "\n", 13: "\n"})
        self.known = known

    def __missing__(self, code: int) -> str:
        self[code] = replacement(code, self.known)
        return self[code]


def replacement(code: int, known: frozenset[int]) -> str:
    """Invisible and control characters vanish, odd spaces become spaces, strangers an empty box."""
    char = chr(code)
    category = unicodedata.category(char)
    if category in ("Cf", "Cc", "Cs") or 0xFE00 <= code <= 0xFE0F:
        return ""
    if code in known:
        return char
    return " " if category == "Zs" else BLANK


@cache
def glyphs() -> Glyphs:
    known: list[frozenset[int]] = []
    for path in font_files().values():
        with TTFont(path, lazy=True) as font:
            known.append(frozenset(font.getBestCmap()))
    return Glyphs(frozenset.intersection(*known))


def printable(text: str) -> str:
    """``text`` in NFC with every character that the typeface lacks replaced.

    Without this the layout engine would quietly reach for another installed font.
    """
    return unicodedata.normalize("NFC", text).translate(glyphs())
