"""Members × criteria as the board shows them: one column of points at a time, large differences marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from scoring.domain.board import SheetBoard
from scoring.domain.computing import BLANK, RELATIVE, ZERO, Computed, Entry
from scoring.domain.ranking import Cell, Row, Table
from scoring.domain.totals import NOT_ASSIGNED, Settled, total_up
from scoring.domain.tree import Node, Tree
from scoring.enums import SheetState

OFFICIAL = "official"
COLUMNS = {
    OFFICIAL: "Điểm chính thức",
    "self": "Tự chấm",
    "cross": "Chấm chéo",
    "appraised": "Thẩm định",
    "agreed": "Thống nhất",
}


class Four(NamedTuple):
    """The columns of one line in the order in which they are filled; unknown is None."""

    self: Decimal | None = None
    cross: Decimal | None = None
    appraised: Decimal | None = None
    agreed: Decimal | None = None


class Mark(NamedTuple):
    """What one cell shows; ``four`` is filled in where the columns lie far apart."""

    points: Decimal | None = None
    assigned: bool = True
    four: Four | None = None


@dataclass(frozen=True)
class Line:
    """One criterion with a mark for each unit; ``provisional`` while any change of the bloc can change it."""

    node: Node
    marks: tuple[Mark, ...]
    provisional: bool = False

    @property
    def differs(self) -> bool:
        return any(mark.four for mark in self.marks)


@dataclass(frozen=True)
class Section:
    """A top group with all below it, or criteria that stand outside any group (``node`` is None)."""

    node: Node | None
    lines: tuple[Line, ...]

    @property
    def differences(self) -> int:
        return sum(1 for line in self.lines for mark in line.marks if mark.four)


@dataclass(frozen=True)
class Show:
    """What is shown of which units, and what all lines share."""

    rows: Sequence[Row]
    percent: int
    column: str

    @cached_property
    def sums(self) -> list[Mapping[str, Decimal | None]]:
        """Each unit's subtotals by group code."""
        return [group_sums(row, self.column) for row in self.rows]

    @cached_property
    def is_open(self) -> bool:
        """Some sheet can still change, and with it every relative line."""
        return any(row.state != SheetState.LOCKED for row in self.rows)


@dataclass(frozen=True)
class UnitLine:
    """One criterion of one unit with its ``official`` points; a group has no ``cell``."""

    node: Node
    cell: Cell | None
    official: Decimal | None
    mark: Mark
    provisional: bool


@dataclass(frozen=True)
class UnitSection:
    node: Node | None
    lines: tuple[UnitLine, ...]


def columns_of(line: Entry, computed: Computed) -> Four:
    return Four(computed.points, line.cross_points, line.appraised_points, line.agreed_points)


def is_large(four: Four, maximum: Decimal, percent: int) -> bool:
    """The columns that are known lie apart by ``percent`` of ``maximum`` or more, and by something at all."""
    known = [points for points in four if points is not None]
    if len(known) < 2:
        return False
    spread = max(known) - min(known)
    return bool(spread) and spread * 100 >= maximum * percent


def lies_apart(node: Node, four: Four, percent: int) -> bool:
    """``is_large`` for one line; a bonus or deduction that the unit left blank counts as declared with 0."""
    declared = four._replace(self=ZERO) if node.is_claimed and four.self is None else four
    return is_large(declared, node.max_points, percent)


def sections(table: Table, rows: Sequence[Row], *, percent: int, column: str = OFFICIAL) -> list[Section]:
    """All lines of ``rows`` in document order, section by section, with the points of ``column``. No query.

    A line is marked where its columns lie apart by ``percent`` of its maximum.
    """
    show = Show(rows, percent, column)
    return [
        Section(None if outside else nodes[0], tuple(lines_of(nodes, show)))
        for outside, roots in groupby(table.tree.roots, key=lambda root: not root.is_group)
        for nodes in ([tuple(roots)] if outside else [(root,) for root in roots])
    ]


def lines_of(nodes: Sequence[Node], show: Show) -> Iterator[Line]:
    """All at and below ``nodes``."""
    for node in (each for root in nodes for each in root.walk()):
        if node.is_group:
            yield Line(node, tuple(Mark(each.get(node.code)) for each in show.sums))
        else:
            marks = tuple(mark_of(node, row.source, show.percent, show.column) for row in show.rows)
            yield Line(node, marks, show.is_open and node.formula == RELATIVE)


def differing(found: Sequence[Section]) -> list[Section]:
    """Only the lines that are marked for some unit, and only sections that have one."""
    kept = [Section(each.node, tuple(line for line in each.lines if line.differs)) for each in found]
    return [each for each in kept if each.lines]


def differences_of(found: Sequence[Section], units: int) -> list[int]:
    """How many lines are marked, unit by unit in the order of the marks."""
    counts = [0] * units
    for line in (line for each in found for line in each.lines):
        for place, mark in enumerate(line.marks):
            counts[place] += mark.four is not None
    return counts


def unit_sections(found: Sequence[Section], row: Row, place: int, *, only: bool) -> list[UnitSection]:
    """The lines of the unit at ``place`` with every column; ``only`` those that are marked."""
    parts = [
        UnitSection(each.node, tuple(unit_line(line, row, place) for line in each.lines if keeps(line, place, only)))
        for each in found
    ]
    return [part for part in parts if part.lines]


def keeps(line: Line, place: int, only: bool) -> bool:
    return not only or line.marks[place].four is not None


def unit_line(line: Line, row: Row, place: int) -> UnitLine:
    mark, node = line.marks[place], line.node
    if node.is_group:
        return UnitLine(node, None, row.groups.get(node.code), mark, False)
    cell = row.cells[node.code]
    return UnitLine(node, cell, cell.official, mark, line.provisional)


def mark_of(node: Node, each: SheetBoard, percent: int, column: str) -> Mark:
    """One cell. Only a line that somebody besides the unit has scored can differ."""
    settled = each.settled[node.code]
    if not settled.assigned:
        return UNASSIGNED
    four = None
    if settled.column != "self" and settled.column:
        four = columns_of(each.lines[node.code], each.computed[node.code])
        if not lies_apart(node, four, percent):
            four = None
    points = settled.points if column == OFFICIAL else column_points(node.code, each, column)
    return Mark(points, True, four)


UNASSIGNED = Mark(assigned=False)


def column_points(code: str, each: SheetBoard, column: str) -> Decimal | None:
    """The points of one line in ``column``, official or not."""
    if column == "self":
        return each.computed[code].points
    points: Decimal | None = getattr(each.lines.get(code, BLANK), f"{column}_points")
    return points


def group_sums(row: Row, column: str) -> Mapping[str, Decimal | None]:
    """Each group's subtotal as if ``column`` were the one that counts; None while a line in it is blank."""
    if column == OFFICIAL:
        return row.groups
    return total_up(row.tree.outline, in_column(row.tree, row.source, column)).groups


def in_column(tree: Tree, each: SheetBoard, column: str) -> dict[str, Settled]:
    return {
        code: Settled(column_points(code, each, column), column) if settled.assigned else NOT_ASSIGNED
        for code, settled in each.settled.items()
    }
