"""What a statutory form is made of: rows, columns and sums as data, which cells are counted and checked by.

A row and a column name what they take by tests on facts (words) of a record; the same tests filter the register, so a
number and the list behind it cannot differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

Facts = Mapping[str, str]


@dataclass(frozen=True)
class Test:
    """One fact of a record is among ``values``; ``but``: it is none of them."""

    fact: str
    values: tuple[str, ...]
    but: bool = False

    def holds(self, facts: Facts) -> bool:
        return (facts[self.fact] in self.values) is not self.but

    def q(self) -> Q:
        """The same for rows that are annotated with the fact."""
        found = Q(**{f"{self.fact}__in": self.values})
        return ~found if self.but else found


@dataclass(frozen=True)
class FormRow:
    """A line of the form. ``countable`` False: nothing in this system tells it, so it stays empty."""

    code: str
    label: str
    unit: str = ""
    tests: tuple[Test, ...] = ()
    depth: int = 0
    countable: bool = True


@dataclass(frozen=True)
class Section:
    """A line that only heads the rows under it."""

    label: str
    code: str = field(default="", init=False)


@dataclass(frozen=True)
class FormColumn:
    """``number`` as the form prints it under the heads; ``heads`` from the top head down to its own."""

    key: str
    number: str
    heads: tuple[str, ...]
    tests: tuple[Test, ...] = ()
    countable: bool = True


@dataclass(frozen=True)
class Split:
    """Row ``total`` is the sum of ``parts``; ``by`` says what divides them, ``lacks`` what the rest does not tell.

    ``rest``: what a record holds that counts in the total and in no part; none for figures that are typed.
    """

    key: str
    total: str
    parts: tuple[str, ...]
    by: str
    lacks: str = ""
    rest: tuple[Test, ...] = ()


@dataclass(frozen=True)
class Across:
    """Column ``total`` is the sum of ``parts``; ``rest`` and ``lacks`` as of ``Split``, over the whole form."""

    total: str
    parts: tuple[str, ...]
    key: str = ""
    lacks: str = ""
    rest: tuple[Test, ...] = ()


@dataclass(frozen=True)
class AtMost:
    """In every row column ``part``, or in every column row ``part``, is no more than ``whole``."""

    part: str
    whole: str
    sentence: str
    columns: bool = True


@dataclass(frozen=True)
class Form:
    """A form of TT 02/2023/TT-BNV. Codes of rows and keys of columns are unique."""

    code: str
    title: str
    unit: str  # "Phong trào"; empty where column C names one for each row
    lines: tuple[FormRow | Section, ...]
    columns: tuple[FormColumn, ...]
    splits: tuple[Split, ...] = ()
    across: tuple[Across, ...] = ()
    at_most: tuple[AtMost, ...] = ()
    notes: tuple[str, ...] = ()
    typed: bool = False  # figures are typed by the standing body instead of counted

    @property
    def number(self) -> str:
        return f"{self.code}.N/BNV-TĐKT"

    @cached_property
    def rows(self) -> dict[str, FormRow]:
        return {line.code: line for line in self.lines if isinstance(line, FormRow)}

    @cached_property
    def by_key(self) -> dict[str, FormColumn]:
        return {column.key: column for column in self.columns}

    @cached_property
    def has_units(self) -> bool:
        return any(row.unit for row in self.rows.values())

    @property
    def sums(self) -> list["Split | Across"]:
        return [*self.splits, *self.across]

    def tests_of(self, row: str, column: str) -> tuple[Test, ...] | None:
        """What a cell takes; None for a cell that is not counted. ``row`` may be the key of what is left over."""
        leftovers = {each.key: each.rest for each in self.sums if each.rest}
        if row in leftovers:
            return leftovers[row] if column == self.columns[0].key else None
        line, found = self.rows.get(row), self.by_key.get(column)
        if line is None or found is None or not (line.countable and found.countable):
            return None
        return (*line.tests, *found.tests)


@dataclass(frozen=True)
class HeadCell:
    text: str
    columns: int = 1
    rows: int = 1


def head_rows(form: Form) -> list[list[HeadCell]]:
    """The merged head of the form, row by row: A, B, (C,) and the columns; equal heads side by side are one cell."""
    depth = max(len(column.heads) for column in form.columns)
    left = [HeadCell("Chỉ tiêu", rows=depth), HeadCell("Mã số", rows=depth)]
    left += [HeadCell("Đơn vị tính", rows=depth)] if form.has_units else []
    found: list[list[HeadCell]] = [left, *[[] for _ in range(depth - 1)]]
    for level in range(depth):
        found[level] += level_cells(form.columns, level, depth)
    return found


def level_cells(columns: Sequence[FormColumn], level: int, depth: int) -> list[HeadCell]:
    cells: list[HeadCell] = []
    before: tuple[str, ...] = ()
    for column in columns:
        path, rows = head_at(column, level, depth)
        if path and path == before and path != column.heads:
            cells[-1] = HeadCell(cells[-1].text, cells[-1].columns + 1, rows)
        elif path:
            cells.append(HeadCell(path[-1], rows=rows))
        before = path
    return cells


def head_at(column: FormColumn, level: int, depth: int) -> tuple[tuple[str, ...], int]:
    """The head of ``column`` that begins at ``level``, from the top, and how many rows it takes; none: ((), 0).

    Its own head stands at the bottom; the one above it takes the rows that are left.
    """
    tall = max(len(column.heads) - 2, 0)
    spare = depth - len(column.heads)
    if level <= tall:
        return column.heads[: level + 1], 1 + spare if level == tall else 1
    found = level - spare
    return (column.heads[: found + 1], 1) if found > tall else ((), 0)


def number_cells(form: Form) -> list[HeadCell]:
    """The line of letters and column numbers: A, B, C, 1, 2…; a number that several columns share is one cell."""
    letters = ["A", "B", "C"][: 3 if form.has_units else 2]
    cells = [HeadCell(letter) for letter in letters]
    for column in form.columns:
        if len(cells) > len(letters) and cells[-1].text == column.number:
            cells[-1] = HeadCell(column.number, cells[-1].columns + 1)
        else:
            cells.append(HeadCell(column.number))
    return cells


def left_over(fact: str, rows: Iterable[FormRow], within: tuple[Test, ...] = ()) -> tuple[Test, ...]:
    """What ``within`` takes and none of ``rows`` does, which all test ``fact``."""
    taken = tuple(value for row in rows for test in row.tests if test.fact == fact for value in test.values)
    return (*within, Test(fact, taken, but=True))


def codes(rows: Iterable[FormRow]) -> tuple[str, ...]:
    return tuple(row.code for row in rows)
