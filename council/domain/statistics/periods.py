"""Kỳ báo cáo: the days that a form counts (pure)."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1948, 2100
DEFAULT = "nam"


@dataclass(frozen=True)
class Period:
    key: str
    year: int
    words: str  # "năm 2026"
    start: date
    end: date

    @property
    def label(self) -> str:
        """As a list of choices of one year shows it."""
        return self.words[:1].upper() + self.words[1:]

    @property
    def years(self) -> range:
        """Years that lie in it as a whole; empty for a part of a year."""
        whole = self.start.month == 1 and self.end.month == 12
        return range(self.start.year, self.end.year + 1) if whole else range(0)

    def as_of(self, today: date) -> date:
        """The last day that can be counted: a period that is not over is counted up to today."""
        return min(self.end, today)


def periods_of(year: int) -> Iterator[Period]:
    """What may be chosen of a year: the year, its parts, and the five years that end with it."""
    yield period(DEFAULT, year, f"năm {year}", year, (1, 12))
    yield period("6-thang-dau", year, f"6 tháng đầu năm {year}", year, (1, 6))
    yield period("6-thang-cuoi", year, f"6 tháng cuối năm {year}", year, (7, 12))
    for number, roman in enumerate(("I", "II", "III", "IV"), 1):
        yield period(f"quy-{number}", year, f"quý {roman} năm {year}", year, (3 * number - 2, 3 * number))
    for month in range(1, 13):
        yield period(f"thang-{month}", year, f"tháng {month} năm {year}", year, (month, month))
    first = max(year - 4, FIRST_YEAR)
    yield period("5-nam", year, f"05 năm {first} - {year}", first, (1, 12))


def period(key: str, year: int, words: str, first_year: int, months: tuple[int, int]) -> Period:
    first, last = months
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Period(key, year, words, date(first_year, first, 1), end)


def chosen(year: str, key: str, today: date) -> Period:
    """The period that an address names; what it does not name rightly is the running year."""
    given = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else today.year
    number = given if FIRST_YEAR <= given <= LAST_YEAR else today.year
    found = {each.key: each for each in periods_of(number)}
    return found.get(key, found[DEFAULT])
