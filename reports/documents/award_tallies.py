"""Commendations of a period summed by agency and by form: awarded and proposed apart, nothing guessed."""

from collections.abc import Callable
from dataclasses import dataclass

from blocs.enums import CommendationStatus, RecipientKind
from reports.documents.blocks import Align, Column, Row, Table, Width
from reports.documents.outline import Outline
from reports.documents.review import CommendationLine, ReviewFacts
from reports.documents.words import counted

FEWEST = 2  # lines worth summing
STATUSES = (CommendationStatus.AWARDED.value, CommendationStatus.PROPOSED.value)
GROUPS: tuple[frozenset[str], ...] = (
    frozenset({RecipientKind.COLLECTIVE.value}),
    frozenset({RecipientKind.INDIVIDUAL.value}),
)
MANY, NONE = "nhiều", "-"


@dataclass(frozen=True)
class Tally:
    """Recipients of one agency or form: what is counted, and whether a source says «nhiều» beside it."""

    known: int | None = None
    many: bool = False

    def plus(self, count: int | None) -> "Tally":
        return Tally(self.known, True) if count is None else Tally((self.known or 0) + count, self.many)

    @property
    def words(self) -> str:
        """ "04"; "nhiều"; "04 và nhiều"; a dash where nothing is on record."""
        number = "" if self.known is None else counted(self.known)
        return " và ".join(part for part in (number, MANY if self.many else "") if part) or NONE


def tallies(text: Outline, facts: ReviewFacts) -> None:
    """Two tables under the list, one by agency and one by form; none for a single line."""
    if len(facts.commendations) < FEWEST:
        return
    text.table(tally_table("Tổng hợp khen thưởng theo đơn vị", "Đơn vị", facts, lambda line: line.agency))
    text.table(tally_table("Tổng hợp khen thưởng theo hình thức", "Hình thức", facts, lambda line: line.award))


def tally_table(caption: str, heading: str, facts: ReviewFacts, key: Callable[[CommendationLine], str]) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column(heading, Width.WIDE, heads=True),
        *(
            Column(f"{status}: {kind}", Width.NARROW, Align.CENTER)
            for status in ("Đã tặng", "Đề nghị")
            for kind in ("tập thể", "cá nhân", "khác")
        ),
    )
    names = dict.fromkeys(key(line) for line in facts.commendations)
    rows = []
    for place, name in enumerate(names, 1):
        lines = [line for line in facts.commendations if key(line) == name]
        cells = [tally(lines, status, group).words for status in STATUSES for group in range(3)]
        rows.append(Row((str(place), name, *cells)))
    return Table(caption, columns, tuple(rows))


def tally(lines: list[CommendationLine], status: str, group: int) -> Tally:
    found = Tally()
    for line in lines:
        for kind, count in line.counts if line.status == status else ():
            if group_of(kind) == group:
                found = found.plus(count)
    return found


def group_of(kind: str) -> int:
    """0: collectives, 1: persons, 2: everybody else (households, villages, …)."""
    return next((place for place, group in enumerate(GROUPS) if kind in group), len(GROUPS))
