"""From lines to a unit's total: what is official, and the clamps from the line up.

Order of interfaces.md: line, then criterion, group, bonus and deduction totals are each held to
their maximum; nothing is counted twice. Source of the clamps: Thanh Hóa's framework (domain-2.md 3.4).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from scoring.domain.computing import DEFAULT_SURPLUS_TOTAL, ZERO, Computed, Entry, Leaf, held, number
from scoring.enums import CriterionKind, Formula

BASE, BONUS, DEDUCTION = "base", "bonus", "deduction"
SECTIONS = (BASE, BONUS, DEDUCTION)


@dataclass(frozen=True)
class Group:
    """A node with children; ``path`` holds the codes above it, the root first."""

    code: str
    max_points: Decimal
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A criteria table as computing needs it; any order of groups and leaves is the same."""

    groups: tuple[Group, ...]
    leaves: tuple[Leaf, ...]

    @cached_property
    def places(self) -> tuple[tuple[str, tuple[str, str]], ...]:
        """Each leaf's code with the sum that its points go to."""
        return tuple((leaf.code, (parent_of(leaf), section_of(leaf))) for leaf in self.leaves)

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        return {leaf.code: leaf.path for leaf in self.leaves}

    @cached_property
    def base_codes(self) -> tuple[str, ...]:
        return tuple(leaf.code for leaf in self.leaves if section_of(leaf) == BASE)

    @cached_property
    def voidable(self) -> tuple[tuple[str, str], ...]:
        """Leaves that can void the criterion above them: a root is a whole part of the table (700 of 1000)."""
        return tuple((leaf.code, leaf.path[-1]) for leaf in self.leaves if len(leaf.path) > 1)

    @cached_property
    def folds(self) -> tuple["Fold", ...]:
        """How sums go up, the deepest groups first."""
        deepest_first = sorted(self.groups, key=lambda each: len(each.path), reverse=True)
        return tuple(
            Fold(group, section, section == BASE or BASE not in self.sections_below[group.code])
            for group in deepest_first
            for section in SECTIONS
            if section in self.sections_below[group.code]
        )

    @cached_property
    def surplus_total(self) -> Decimal:
        return surplus_total(self.leaves)

    @cached_property
    def full_max(self) -> Decimal:
        """The maximum of a unit to which every line is assigned."""
        return max_of(self, {leaf.code: leaf.max_points for leaf in self.leaves})

    @cached_property
    def sections_below(self) -> Mapping[str, set[str]]:
        """Which sections the leaves under each group belong to."""
        below: dict[str, set[str]] = defaultdict(set)
        for leaf in self.leaves:
            for code in leaf.path:
                below[code].add(section_of(leaf))
        return below


class Fold(NamedTuple):
    """One step up the tree: the sum of a section of a group, ``clamped`` where the group's maximum holds it."""

    group: Group
    section: str
    clamped: bool


class Settled(NamedTuple):
    """The official value of one line and the column it comes from ("" for none)."""

    points: Decimal | None = None
    column: str = ""
    assigned: bool = True
    surplus: Decimal = ZERO
    voids: bool = False


@dataclass(frozen=True)
class Totals:
    """A unit's result in points. ``base`` and ``total`` are None while an assigned line has no value."""

    base: Decimal | None
    bonus: Decimal
    deduction: Decimal
    total: Decimal | None
    assigned_max: Decimal
    missing: tuple[str, ...]
    groups: Mapping[str, Decimal | None]


def settle(leaf: Leaf, line: Entry, computed: Computed) -> Settled:
    """Agreed, else appraised, else cross, else self, held to the leaf's maximum.

    What follows from plan, actual or level (surplus, void) holds only while the official points
    are the computed ones: somebody who changes the points disputes the figures behind them.
    """
    if not line.assigned:
        return NOT_ASSIGNED
    if line.agreed_points is not None:
        return entered(leaf, "agreed", line.agreed_points, computed)
    if line.appraised_points is not None:
        return entered(leaf, "appraised", line.appraised_points, computed)
    if line.cross_points is not None:
        return entered(leaf, "cross", line.cross_points, computed)
    if computed.points is None:
        return UNKNOWN
    return Settled(held(computed.points, leaf.max_points), "self", True, computed.surplus, computed.voids)


def entered(leaf: Leaf, column: str, value: Decimal, computed: Computed) -> Settled:
    """The points that somebody entered in ``column`` as the official ones."""
    points = held(value, leaf.max_points)
    if (computed.surplus or computed.voids) and points == computed.points:
        return Settled(points, column, True, computed.surplus, computed.voids)
    return Settled(points, column)


NOT_ASSIGNED, UNKNOWN = Settled(assigned=False), Settled()
SECTION_OF = {CriterionKind.BONUS.value: BONUS, CriterionKind.DEDUCTION.value: DEDUCTION}


def section_of(leaf: Leaf) -> str:
    return SECTION_OF.get(leaf.kind, BASE)


def total_up(outline: Outline, lines: Mapping[str, Settled]) -> Totals:
    """Fold the official lines of one unit up the tree; ``lines`` by code, all absent ones are blank.

    Total is base + bonus − deduction, never below 0; bonus may take it past the scale (domain.md
    C5.2 T2: 97 + 10 = 107). A bonus or deduction without a value was not claimed.
    """
    missing = tuple(code for code in outline.base_codes if is_blank(lines.get(code, UNKNOWN)))
    voided = voided_groups(outline, lines)
    points = {code: line.points for code, line in lines.items() if line.points is not None}
    sums = fold(outline, points, voided)
    bonus = sums["", BONUS] + surplus_of(outline, lines, voided)
    deduction = sums["", DEDUCTION]
    base = None if missing else sums["", BASE]
    return Totals(
        base=base,
        bonus=bonus,
        deduction=deduction,
        total=None if base is None else max(base + bonus - deduction, ZERO),
        assigned_max=assigned_max(outline, lines),
        missing=missing,
        groups=group_points(outline, sums, missing),
    )


def assigned_max(outline: Outline, lines: Mapping[str, Settled]) -> Decimal:
    """The maximum of what is assigned to one unit; a line that is absent is assigned."""
    if all(line.assigned for line in lines.values()):
        return outline.full_max
    assigned = {leaf.code: leaf.max_points for leaf in outline.leaves if lines.get(leaf.code, UNKNOWN).assigned}
    return max_of(outline, assigned)


def due_codes(outline: Outline, lines: Mapping[str, Settled]) -> list[str]:
    """Codes of the lines that a whole sheet holds: base lines that are assigned; bonus and deduction are claimed."""
    return [code for code in outline.base_codes if lines.get(code, UNKNOWN).assigned]


def is_blank(line: Settled) -> bool:
    return line.assigned and line.points is None


def voided_groups(outline: Outline, lines: Mapping[str, Settled]) -> frozenset[str]:
    """Criteria that a voiding level took: the group right above the line, unless that is a root.

    A root is a whole part of the table (700 of 1000), not a criterion.
    """
    return frozenset(group for code, group in outline.voidable if code in lines and lines[code].voids)


def fold(outline: Outline, points: Mapping[str, Decimal], voided: frozenset[str]) -> dict[tuple[str, str], Decimal]:
    """Sums by (group code, section), each group held to its maximum; ("", section) is the table's.

    A group's maximum holds its base lines; without any it holds its bonus and its deduction lines.
    """
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for code, place in outline.places:
        if code in points:
            sums[place] += points[code]
    for group, section, clamped in outline.folds:
        own = sums[group.code, section]
        if section == BASE and group.code in voided:
            own = ZERO
        elif clamped:
            own = held(own, group.max_points)
        sums[group.code, section] = own
        sums[parent_of(group), section] += own
    return sums


def max_of(outline: Outline, assigned: Mapping[str, Decimal]) -> Decimal:
    """The base maximum of the assigned leaves, each group held to its own."""
    return fold(outline, assigned, frozenset())["", BASE]


def parent_of(node: Leaf | Group) -> str:
    return node.path[-1] if node.path else ""


def surplus_of(outline: Outline, lines: Mapping[str, Settled], voided: frozenset[str]) -> Decimal:
    """The surplus of all quantitative lines, at most ``surplus_total`` (Hưng Yên's guide V.2a: 20 points)."""
    paths = outline.paths
    total = sum(
        (
            line.surplus
            for code, line in lines.items()
            if line.surplus and code in paths and voided.isdisjoint(paths[code])
        ),
        ZERO,
    )
    return min(total, outline.surplus_total)


def surplus_total(leaves: Sequence[Leaf]) -> Decimal:
    """The smallest ``surplus_total`` that a criterion states, 20 by default."""
    stated = [
        number(leaf.options, "surplus_total", DEFAULT_SURPLUS_TOTAL) or ZERO
        for leaf in leaves
        if leaf.formula == Formula.SURPLUS
    ]
    return min(stated, default=DEFAULT_SURPLUS_TOTAL)


def group_points(
    outline: Outline, sums: Mapping[tuple[str, str], Decimal], missing: Sequence[str]
) -> dict[str, Decimal | None]:
    """Each group's own points: of its base lines, or of its bonus or deduction lines where it has no others."""
    lacking = set(missing)
    open_groups = {code for leaf in outline.leaves if leaf.code in lacking for code in leaf.path} if lacking else set()
    kinds = outline.sections_below
    result: dict[str, Decimal | None] = {}
    for group in outline.groups:
        section = next((each for each in SECTIONS if each in kinds[group.code]), BASE)
        result[group.code] = None if group.code in open_groups else sums[group.code, section]
    return result
