"""Vietnamese text: one normal form, accent-free search, dictionary order.

Keys are computed here and stored, so that every database finds and sorts alike.
"""

import re
import unicodedata

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
NUMBER = re.compile(r"(\d+)")
LETTER_CODES = {letter: chr(97 + i // 2) + "az"[i % 2] for i, letter in enumerate(LETTERS)}


def nfc(text: str) -> str:
    """``text`` in Unicode normal form C, as every row and file of this product holds it."""
    return unicodedata.normalize("NFC", text)


def without_controls(text: str) -> str:
    """``text`` in NFC as people type it, without control characters: of these only line ends and tabs stay.

    No paper shows NUL and the like, and not every database or file format takes them.
    """
    return nfc(CONTROLS.sub("", text))


def tidy(text: str) -> str:
    """``text`` in NFC with white space folded to single spaces, outer space removed."""
    return " ".join(nfc(text).split())


def search_key(text: str) -> str:
    """Lower case without accents and punctuation: "Sở Y tế" and "so y te" are one key."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def sort_key(text: str) -> str:
    """A key of [0-9a-z] that puts names in Vietnamese dictionary order on any collation.

    Letters first (a ă â … d đ …), tones break ties in the order ngang, huyền, hỏi, ngã, sắc, nặng.
    Numbers sort by their value: "Khối 2" before "Khối 10".
    """
    letters: list[str] = []
    tones: list[str] = []
    for part in NUMBER.split(tidy(text).lower()):
        if part.isdecimal():
            letters.append(code_of_number(part))
            continue
        for char in part:
            letter, tone = split_tone(char)
            letters.append(LETTER_CODES.get(letter, "01"))
            tones.append(tone)
    return "".join(letters) + "00" + "".join(tones)


def code_of_number(digits: str) -> str:
    """Before all letters; among numbers the longer is the greater, then digit by digit."""
    plain = "".join(str(unicodedata.decimal(char)) for char in digits).lstrip("0") or "0"
    return "1" + chr(ord("a") + min(len(plain), 25)) + plain


def split_tone(char: str) -> tuple[str, str]:
    """The letter without its tone mark, and the tone's rank ("0" for ngang)."""
    tone = "0"
    kept = ""
    for part in unicodedata.normalize("NFD", char):
        if part in TONES:
            tone = TONES[part]
        else:
            kept += part
    return nfc(kept), tone


def person_sort_key(name: str) -> str:
    """Vietnamese people sort by given name, the last word, then by the rest."""
    *rest, given = tidy(name).split() or [""]
    return sort_key(" ".join([given, *rest]))
