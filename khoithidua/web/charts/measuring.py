"""How wide a text is, near enough to wrap it: there is no font at hand where the SVG is made.

The widths are those of a common sans serif; Liberation Serif is narrower, so its lines never run over.
"""

import unicodedata

NARROW = frozenset("iIjl.,:;'|!()[]/ìíịỉĩÌÍỊỈĨ")
SLIM = frozenset("frt-")
WIDE = frozenset("mwMWƯƠ%@")


def letter_width(letter: str) -> float:
    """In ems."""
    if letter == " ":
        return 0.29
    if letter in NARROW:
        return 0.3
    if letter in SLIM:
        return 0.39
    if letter in WIDE:
        return 0.92
    return 0.72 if letter.isupper() else 0.575


def text_width(text: str, size: float) -> float:
    return size * sum(letter_width(letter) for letter in text)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """``text`` in lines of at most ``width``, cut between words; a word longer than a line is cut inside."""
    lines: list[str] = []
    line = ""
    for word in unicodedata.normalize("NFC", text).split():
        longer = f"{line} {word}".strip()
        if text_width(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = pieces(word, width, size)
        lines += full
    return [*lines, line] if line else lines or [""]


def pieces(word: str, width: float, size: float) -> list[str]:
    """A word that fits no line, letter by letter; one piece where it fits."""
    found = [""]
    for letter in word:
        if found[-1] and text_width(found[-1] + letter, size) > width:
            found.append("")
        found[-1] += letter
    return found
