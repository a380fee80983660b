"""The ballot of a round with many items: one choice for all, then what differs, a page at a time.

What is marked travels from page to page as one text with a sign for each item, always as long as the round has items:
neither names of fields nor the length of a request tell anything. Nothing of it is stored.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.views.decorators.debug import sensitive_variables

from council.domain.votes.casting import BLANK, NO, YES
from council.domain.votes.viewing import ITEM_PARTS, Line
from council.models import Ballot, BallotItem
from khoithidua.web.text import search_key

MANY = 60  # items of a round from which on they are not all on one page
PER_PAGE = 25
NAMED = 100
SIGNS = {YES: "y", NO: "n", BLANK: "-"}
MEANING = {sign: mark for mark, sign in SIGNS.items()}


@sensitive_variables()
def packed(keys: Sequence[int], marks: Mapping[int, str]) -> str:
    """A sign for each of ``keys``, in their order."""
    return "".join(SIGNS[marks.get(key, BLANK)] for key in keys)


@sensitive_variables()
def unpacked(keys: Sequence[int], text: str) -> dict[int, str] | None:
    """The marks behind ``packed``; None for a text that is not of these items."""
    if len(text) != len(keys) or not set(text) <= set(MEANING):
        return None
    return {key: MEANING[sign] for key, sign in zip(keys, text, strict=True)}


@dataclass(frozen=True)
class Sums:
    """How many items have which mark, and those not agreed to by name, ``NAMED`` at most of each kind."""

    number: int
    agreed: int
    against_number: int
    open_number: int
    out_number: int
    against: list[Line]
    open_lines: list[Line]


@sensitive_variables()
def sums_of(ballot: Ballot, known: Mapping[int, int], out: Collection[int], marks: Mapping[int, str]) -> Sums:
    """``known``: items by key of the round's row; ``out``: items the member keeps out of. Two queries at most."""
    own = [key for key, item in known.items() if item not in out]
    against = [key for key in own if marks.get(key) == NO]
    silent = [key for key in own if not marks.get(key)]
    agreed = len(own) - len(against) - len(silent)
    return Sums(
        len(own),
        agreed,
        len(against),
        len(silent),
        len(known) - len(own),
        [Line(row, False, NO) for row in rows_at(ballot, against[:NAMED])],
        [Line(row, False) for row in rows_at(ballot, silent[:NAMED])],
    )


def rows_at(ballot: Ballot, keys: Collection[int]) -> QuerySet[BallotItem]:
    found: QuerySet[BallotItem] = ballot.rows.filter(pk__in=keys).select_related(*ITEM_PARTS)
    return found.order_by("position", "pk")


def found_keys(ballot: Ballot, query: str) -> list[int]:
    """Keys of rows whose subject or proposer holds every word of ``query``, without accents. One query."""
    rows = ballot.rows.order_by("position", "pk")
    for word in search_key(query[:200]).split():
        by_name = Q(item__nomination__search_key__contains=word)
        rows = rows.filter(by_name | Q(item__nomination__dossier__agency__search_key__contains=word))
    return list(rows.values_list("pk", flat=True))


@sensitive_variables()
def shown_page(keys: Sequence[int], number: str) -> Page[int]:
    return Paginator(keys, PER_PAGE).get_page(number)


@sensitive_variables()
def page_lines(
    ballot: Ballot, keys: Collection[int], out: Collection[int], marks: Mapping[int, str]
) -> list[tuple[str, list[Line]]]:
    """The lines of these rows in groups by proposer, in the order of the round. One query."""
    groups: dict[str, list[Line]] = {}
    for row in rows_at(ballot, keys):
        proposer = row.item.nomination.dossier.agency
        line = Line(row, row.item_id in out, marks.get(row.pk, ""))
        groups.setdefault(str(proposer) if proposer else "Hội đồng", []).append(line)
    return list(groups.items())
