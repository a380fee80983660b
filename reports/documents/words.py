"""Dates, numbers and lists as official papers write them (NĐ 30/2020, Phụ lục I and II)."""

import re
import textwrap
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from blocs.enums import Award
from khoithidua.web.numbers import plain_number

NBSP = "\u00a0"
UNKNOWN = "chưa có thông tin"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def long_date(day: date) -> str:
    """Days below 10 and months 1 and 2 with a leading zero: "ngày 17 tháng 7 năm 2020"."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def blank_date(year: int | None) -> str:
    """The date line of a paper that is not issued: room for the clerk's pen."""
    gap = NBSP * 6
    return f"ngày{gap}tháng{gap}năm {year or gap}".rstrip(" ")


def clock(moment: time) -> str:
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút"


def counted(number: int) -> str:
    """Counts below ten with a leading zero: 07."""
    return f"{number:02d}"


def full_number(number: int | str, symbol: str) -> str:
    """ "05/BC-STTTT"; "05-BC/BTGTU" where the symbol is written as the Party's bodies write theirs."""
    shown = f"{number:02d}" if isinstance(number, int) else number
    return f"{shown}{'-' if '/' in symbol else '/'}{symbol}"


def tally(number: int) -> str:
    """A count in a table or a sentence; nothing is a plain 0."""
    return counted(number) if number else "0"


def figure(value: Decimal | None) -> str:
    """A quantity: thousands by points, decimals by a comma; a dash for what is unknown."""
    if value is None:
        return "-"
    whole, _, rest = plain_number(value).partition(",")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{grouped}{',' if rest else ''}{rest}"


def percent(value: Decimal | None) -> str:
    return "-" if value is None else f"{plain_number(value)}%"


def share(part: int, whole: int) -> str:
    """ "85,7%": a part of a whole to one decimal, half up, as minutes write it; "100%"."""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def points(value: Decimal | None) -> str:
    """A score, ungrouped as score tables print it; a dash for what was not scored."""
    return "-" if value is None else plain_number(value)


def award_words(row: Any) -> str:
    """The award of ``row`` by name; one that the source does not name is just "Khen thưởng"."""
    return "Khen thưởng" if row.award == Award.UNSPECIFIED else str(row.get_award_display())


def listed(names: Iterable[str]) -> str:
    """ "A, B và C"."""
    names = list(names)
    return " và ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def listed_apart(names: Iterable[str]) -> str:
    """ "A; B; C": for names that hold commas themselves."""
    return "; ".join(names)


# "1. ", "2.1) ", "- ": what people type before a line that is printed as a bullet; not "30.4" nor "-5 độ".
TYPED_BULLET = re.compile(r"^(?:(?:\d{1,2}(?:\.\d{1,2})*[.)]|[-–—•+*])(?!\d)\s*)+(?=\S)")


def unnumbered(line: str) -> str:
    """``line`` without the number or dash that somebody typed before it."""
    return TYPED_BULLET.sub("", line.strip())


def dashes(lines: Iterable[str]) -> list[str]:
    """Each line as "- …;", the last one closed by a full stop."""
    bare = [line.rstrip(" .;") for line in lines]
    return [f"- {line}{';' if position < len(bare) else '.'}" for position, line in enumerate(bare, 1)]


def sentence_end(text: str) -> str:
    """``text`` closed by a full stop unless it ends a sentence already."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", ":", ";")) or not text else f"{text}."


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def balanced(text: str, widest: int) -> list[str]:
    """``text`` broken between words into as few lines of at most ``widest`` letters, about equally long."""
    lines = textwrap.wrap(text, widest, break_long_words=False, break_on_hyphens=False)
    for width in range(max(1, len(text) // max(1, len(lines))), widest):
        narrower = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(narrower) <= len(lines):
            return narrower
    return lines


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
