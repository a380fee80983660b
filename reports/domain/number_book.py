"""The number book (sổ văn bản) of an issuer and a year: its series, their gaps and doubles, in words.

Numbers are those of the papers that were issued here. A register shared with other papers of the office gives its
own first number and leaves gaps (docs/decisions/0007): the first number used opens a series, gaps are told, not filled.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from blocs.enums import Role
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from reports.documents import families
from reports.documents.registry import KINDS
from reports.documents.words import full_number, listed_apart
from reports.domain.issuing import next_number
from reports.models import IssuedDocument


@dataclass(frozen=True)
class Book:
    """One issuer's book of one year, as the list of books shows it."""

    issuer: Agency
    year: int
    papers: int


@dataclass(frozen=True)
class Series:
    """One series of numbers of a book, by its symbol."""

    symbol: str
    first: int
    last: int
    gaps: tuple[tuple[int, int], ...]  # first and last missing number, both included

    @property
    def following(self) -> str:
        return full_number(self.last + 1, self.symbol)

    @property
    def words(self) -> str:
        if self.first == self.last:
            return f"Ký hiệu {self.symbol}: một văn bản, số {self.first:02d}."
        used = f"Ký hiệu {self.symbol}: từ số {self.first:02d} đến số {self.last:02d}"
        if not self.gaps:
            return f"{used}, liên tục, không trống số."
        return f"{used}; trống {listed_apart(map(gap_words, self.gaps))}."


def gap_words(gap: tuple[int, int]) -> str:
    first, last = gap
    return f"số {first:02d}" if first == last else f"số {first:02d} đến {last:02d}"


def gaps_in(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Runs of numbers that are missing between the first and the last; ``numbers`` ascending."""
    return tuple((before + 1, after - 1) for before, after in pairwise(numbers) if after - before > 1)


def series_of(rows: Iterable[tuple[str, int]]) -> list[Series]:
    """The series of a book from symbol and number of each paper."""
    found: dict[str, set[int]] = defaultdict(set)
    for symbol, number in rows:
        found[symbol].add(number)
    ordered = {symbol: sorted(numbers) for symbol, numbers in sorted(found.items())}
    return [Series(symbol, each[0], each[-1], gaps_in(each)) for symbol, each in ordered.items()]


def doubles_in(rows: Iterable[tuple[str, int]]) -> list[str]:
    """Numbers that stand twice in one series of letters: the office's symbol changed in the year, the number did not.

    The same number with the same symbol cannot be: the database refuses it.
    """
    used = Counter((letters_of(symbol), number) for symbol, number in set(rows))
    doubles = sorted(key for key, times in used.items() if times > 1)
    return [f"Số {number:02d} của loại {letters} được dùng cho hai ký hiệu khác nhau." for letters, number in doubles]


def letters_of(symbol: str) -> str:
    """ "BC" of "BC-STTTT" and of "BC/BTGTU"."""
    return symbol.replace("/", "-").partition("-")[0]


def book_rows(issuer: Agency, year: int) -> list[tuple[str, int]]:
    rows = IssuedDocument.objects.filter(issuer=issuer, issued_year=year).order_by("symbol", "number")
    return list(rows.values_list("symbol", "number"))


def books_of(user: User) -> list[Book]:
    """Books of the agencies this person works in and of those whose standing body this person is; two queries."""
    access = access_of(user)
    issuers = Agency.objects.filter(pk__in=access.agency_ids) | Agency.objects.filter(council__in=access.standing_ids)
    known = {agency.pk: agency for agency in issuers}
    rows = IssuedDocument.objects.filter(issuer__in=known).values("issuer", "issued_year")
    counted = rows.annotate(papers=Count("pk")).order_by("-issued_year", "issuer__sort_key", "issuer")
    return [Book(known[row["issuer"]], row["issued_year"], row["papers"]) for row in counted]


def next_number_of(bloc_year: BlocYear, kind: str) -> str:
    """ "08/BC-STTTT": what a paper of this kind would get today; empty where it cannot be told."""
    head = bloc_year.memberships.filter(role=Role.HEAD).select_related("agency").first()
    letters = KINDS[kind].abbreviation
    if head is None or not letters or not head.agency.symbol:
        return ""
    symbol = families.symbol(letters, head.agency.symbol, head.agency.kind)
    return full_number(next_number(head.agency, symbol, timezone.localdate().year), symbol)
