"""The consolidated table and the ranking of a bloc-year, computed from the lines each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.db.models import F

from blocs.enums import Award
from blocs.models import Agency, BlocYear
from scoring.domain.board import Board, SheetBoard, load_board
from scoring.domain.computing import BLANK, half_up
from scoring.domain.ties import Place, TieBreak, rank
from scoring.domain.totals import BASE, section_of
from scoring.domain.tree import Node, Tree
from scoring.enums import CriterionKind, SheetState
from scoring.models import CriteriaSet, PollTally, ScoreSheet

CONFIRMED_STATES = (SheetState.APPRAISED, SheetState.AGREED, SheetState.LOCKED)
COMPUTED_KINDS = (CriterionKind.QUANTITATIVE, CriterionKind.CHOICE)
# Head and deputy decide, where nothing else separates units (domain.md C5.5; TT 01/2024/TT-TANDTC, Điều 29).
DECISION = "decision"
BALLOT_ORDER = (Award.PROVINCIAL_FLAG, Award.GOVERNMENT_FLAG)


@dataclass(frozen=True)
class Standing:
    """One unit's place. Points; ``percent`` of ``assigned_max`` to two decimals, half up.

    ``total``, ``base``, ``percent`` and ``rank`` are None while a line has no value (``missing``);
    a disqualified unit has totals but no rank. ``provisional`` says that some points are still
    the unit's own.
    """

    agency: Agency
    sheet_id: int
    total: Decimal | None
    base: Decimal | None
    bonus: Decimal
    deduction: Decimal
    assigned_max: Decimal
    percent: Decimal | None
    rank: int | None
    tie_broken_by: str | None
    disqualified: bool
    disqualifications: tuple[str, ...]
    provisional: bool
    missing: tuple[str, ...]


class Cell(NamedTuple):
    """One line of one unit. ``official`` is the value that counts, taken from ``column``."""

    assigned: bool
    plan: Decimal | None
    actual: Decimal | None
    level: str
    times: int | None
    self_points: Decimal | None
    cross_points: Decimal | None
    appraised_points: Decimal | None
    agreed_points: Decimal | None
    computed: Decimal | None
    surplus: Decimal
    official: Decimal | None
    column: str
    below_floor: bool
    fault: str
    reason: str
    explanation: str
    cross_reason: str = ""
    appraisal_reason: str = ""


@dataclass(frozen=True)
class Row:
    """One unit: its standing, its subtotals by group code, and its lines when they are asked for."""

    standing: Standing
    state: str
    groups: Mapping[str, Decimal | None]
    tree: Tree
    source: SheetBoard

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """The lines by criterion code."""
        return {node.code: cell_of(node, self.source) for node in self.tree.leaves}


@dataclass(frozen=True)
class Table:
    """Members × criteria, in the order of the ranking. Without a criteria set there is nothing.

    ``drafts`` are the sheets that do not count yet: for their own agency's eyes.
    """

    criteria_set: CriteriaSet | None
    tree: Tree
    rows: tuple[Row, ...]
    drafts: tuple[ScoreSheet, ...] = ()


def standings(bloc_year: BlocYear, *, include_drafts: bool = False) -> list[Standing]:
    """The ranking of ``bloc_year``, best first, units without a rank last; at most six queries.

    Ranked by the exact fraction of the assigned maximum, ties broken as the criteria set says.
    """
    return [row.standing for row in consolidated(bloc_year, include_drafts=include_drafts, texts=False).rows]


def consolidated(bloc_year: BlocYear, *, include_drafts: bool = False, texts: bool = True) -> Table:
    """Every sheet that counts with every line, for the table, its papers and exports; at most six queries.

    Computed anew each time, for all members at once: every change recomputes the whole bloc.
    Without ``texts`` the cells' reasons and explanations are blank.
    """
    board = load_board(bloc_year, include_drafts=include_drafts, texts=texts)
    if board is None:
        return Table(None, Tree(0, ()), ())
    places = rank(
        {
            each.sheet.pk: Fraction(each.totals.total) / Fraction(each.totals.assigned_max)
            for each in board.sheets
            if each.totals.total is not None and each.totals.assigned_max > 0 and not each.disqualifications
        },
        tie_breaks(board),
    )
    rows = [row_of(board.tree, each, places.get(each.sheet.pk)) for each in board.sheets]
    return Table(board.criteria_set, board.tree, tuple(sorted(rows, key=order_of)), board.drafts)


def order_of(row: Row) -> tuple[bool, int, str, int]:
    standing = row.standing
    return (standing.rank is None, standing.rank or 0, standing.agency.sort_key, standing.sheet_id)


def tie_breaks(board: Board) -> list[TieBreak[int]]:
    """The set's order of tie-breaks with the values of every sheet, by sheet id."""
    result: list[TieBreak[int]] = []
    votes = flag_votes(board) if "ballot" in board.criteria_set.tie_break else {}
    for entry in board.criteria_set.tie_break:
        if entry == "ballot":
            result += [TieBreak(entry, votes.get(award, {})) for award in BALLOT_ORDER]
        else:
            known = {each.sheet.pk: value_for(entry, each) for each in board.sheets}
            result.append(TieBreak(entry, {pk: value for pk, value in known.items() if value is not None}))
    return result


def value_for(entry: str, each: SheetBoard) -> Decimal | int | None:
    """What a tie-break says of one sheet, the higher the better; None when it is not known."""
    if entry.startswith("group:"):
        return each.totals.groups.get(entry.removeprefix("group:"))
    if entry == "bonus":
        return each.totals.bonus
    if entry == "fewest_deductions":
        return -each.totals.deduction
    if entry == "women_70":
        return None if each.sheet.women_70 is None else int(each.sheet.women_70)
    if entry == DECISION:
        return None if each.sheet.decided_place is None else -each.sheet.decided_place
    return None


def flag_votes(board: Board) -> dict[str, dict[int, int]]:
    """Votes by flag and sheet, of each flag's latest round. An agency without a count is unknown."""
    sheets = {each.sheet.agency_id: each.sheet.pk for each in board.sheets}
    rows = (
        PollTally.objects.filter(poll__bloc_year=board.criteria_set.bloc_year_id, poll__award__in=BALLOT_ORDER)
        .annotate(award=F("poll__award"), poll_round=F("poll__round"))
        .values_list("award", "poll_round", "agency_id", "votes")
    )
    tallies = list(rows)
    latest: dict[str, int] = {}
    for award, poll_round, _, _ in tallies:
        latest[award] = max(poll_round, latest.get(award, 0))
    votes: dict[str, dict[int, int]] = {}
    for award, poll_round, agency_id, count in tallies:
        if poll_round == latest[award] and agency_id in sheets:
            votes.setdefault(award, {})[sheets[agency_id]] = count
    return votes


def row_of(tree: Tree, each: SheetBoard, place: Place | None) -> Row:
    totals = each.totals
    percent = None
    if totals.total is not None and totals.assigned_max > 0:
        percent = half_up(Fraction(totals.total) * 100 / Fraction(totals.assigned_max))
    standing = Standing(
        agency=each.sheet.agency,
        sheet_id=each.sheet.pk,
        total=totals.total,
        base=totals.base,
        bonus=totals.bonus,
        deduction=totals.deduction,
        assigned_max=totals.assigned_max,
        percent=percent,
        rank=place.rank if place else None,
        tie_broken_by=place.tie_broken_by if place else None,
        disqualified=bool(each.disqualifications),
        disqualifications=each.disqualifications,
        provisional=any(is_provisional(node, each) for node in tree.leaves),
        missing=totals.missing,
    )
    return Row(standing, each.sheet.state, totals.groups, tree, each)


def is_provisional(node: Node, each: SheetBoard) -> bool:
    """The official points are the unit's own, or computed from figures that nobody has appraised yet."""
    if each.settled[node.code].column != "self":
        return False
    computed = node.kind in COMPUTED_KINDS or (node.code in each.lines and each.lines[node.code].times is not None)
    return not (computed and each.sheet.state in CONFIRMED_STATES)


def cell_of(node: Node, each: SheetBoard) -> Cell:
    line = each.lines.get(node.code, BLANK)
    computed, settled = each.computed[node.code], each.settled[node.code]
    return Cell(
        assigned=line.assigned,
        plan=line.plan,
        actual=line.actual,
        level=line.level,
        times=line.times,
        self_points=line.self_points,
        cross_points=line.cross_points,
        appraised_points=line.appraised_points,
        agreed_points=line.agreed_points,
        computed=computed.points,
        surplus=settled.surplus,
        official=settled.points,
        column=settled.column,
        below_floor=is_below_floor(node, settled.points),
        fault=computed.fault,
        reason=line.reason,
        explanation=line.explanation,
        cross_reason=line.cross_reason,
        appraisal_reason=line.appraisal_reason,
    )


def is_below_floor(node: Node, points: Decimal | None) -> bool:
    """A base criterion with a floor got less than that percent of its maximum (domain.md C5.2 T4)."""
    if node.floor_percent is None or points is None or section_of(node.leaf) != BASE:
        return False
    return points * 100 < node.floor_percent * node.max_points
