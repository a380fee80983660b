"""All sheets of a bloc-year side by side, read in a fixed number of queries and computed at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from blocs.models import BlocYear
from scoring.domain.computing import BLANK, Computed, Entry, compute_bloc
from scoring.domain.criteria import effective_set
from scoring.domain.reading import lines_by_sheet
from scoring.domain.totals import Settled, Totals, settle, total_up
from scoring.domain.tree import Tree, load_tree
from scoring.enums import Formula, SheetState
from scoring.models import CriteriaSet, Disqualification, ScoreLine, ScoreSheet


@dataclass(frozen=True)
class SheetBoard:
    """One sheet: its lines by criterion code, what they give, and the totals."""

    sheet: ScoreSheet
    lines: Mapping[str, Entry]
    computed: Mapping[str, Computed]
    settled: Mapping[str, Settled]
    totals: Totals
    disqualifications: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """The criteria set in force with its tree, and every sheet that counts."""

    criteria_set: CriteriaSet
    tree: Tree
    sheets: tuple[SheetBoard, ...]
    drafts: tuple[ScoreSheet, ...] = ()

    def of(self, sheet_id: int) -> SheetBoard:
        return next(each for each in self.sheets if each.sheet.pk == sheet_id)


def load_board(bloc_year: BlocYear, *, include_drafts: bool = False, texts: bool = True) -> Board | None:
    """Everything that scores of ``bloc_year`` say, in five queries; None without a criteria set.

    Sheets in draft do not count, for relative formulas either, unless ``include_drafts``. Lines
    of criteria that are not in the set in force are left out. Without ``texts`` the reasons and
    explanations of the lines stay unread: ranks and points do not need them.
    """
    criteria_set = effective_set(bloc_year)
    if criteria_set is None:
        return None
    tree = load_tree(criteria_set)
    rows = ScoreSheet.objects.filter(bloc_year=bloc_year).select_related("agency").order_by()
    found = sorted(rows, key=lambda sheet: (sheet.agency.sort_key, sheet.pk))
    sheets = [sheet for sheet in found if include_drafts or sheet.state != SheetState.DRAFT]
    ids = [sheet.pk for sheet in sheets]
    stored = ScoreLine.objects.filter(sheet__in=ids)
    lines = lines_by_sheet(codes_of(tree), stored, texts=texts)
    computed = compute_bloc(tree.outline.leaves, {pk: lines.get(pk, {}) for pk in ids})
    grounds = grounds_of(ids)
    boards = [sheet_board(tree, sheet, lines.get(sheet.pk, {}), computed[sheet.pk], grounds) for sheet in sheets]
    drafts = [sheet for sheet in found if sheet not in sheets]
    return Board(criteria_set, tree, tuple(boards), tuple(drafts))


def load_sheet(sheet: ScoreSheet) -> tuple[Tree, SheetBoard]:
    """One sheet in any state with what it would get now; at most four queries.

    Of the others only the lines of relative formulas are read, and never of their drafts.
    """
    tree = load_tree(sheet.criteria_set)
    relative = [node.id for node in tree.leaves if node.formula == Formula.RELATIVE]
    peers = Q(sheet__bloc_year=sheet.bloc_year_id, criterion__in=relative) & ~Q(sheet__state=SheetState.DRAFT)
    stored = ScoreLine.objects.filter((Q(sheet=sheet) | peers) if relative else Q(sheet=sheet))
    lines = lines_by_sheet(codes_of(tree), stored)
    own = lines.setdefault(sheet.pk, {})
    computed = compute_bloc(tree.outline.leaves, lines)
    return tree, sheet_board(tree, sheet, own, computed[sheet.pk], grounds_of([sheet.pk]))


def codes_of(tree: Tree) -> dict[int, str]:
    """The codes of what is scored, by criterion id."""
    return {node.id: node.code for node in tree.leaves}


def grounds_of(sheet_ids: list[int]) -> dict[int, tuple[str, ...]]:
    """Reasons for which sheets are out of the ranking, oldest first."""
    grounds: dict[int, tuple[str, ...]] = {}
    rows = Disqualification.objects.filter(sheet__in=sheet_ids).order_by().values_list("pk", "sheet", "reason")
    for _, sheet_id, reason in sorted(rows):
        grounds[sheet_id] = (*grounds.get(sheet_id, ()), reason)
    return grounds


def sheet_board(
    tree: Tree,
    sheet: ScoreSheet,
    lines: Mapping[str, Entry],
    computed: Mapping[str, Computed],
    grounds: Mapping[int, tuple[str, ...]],
) -> SheetBoard:
    settled = {
        leaf.code: settle(leaf, lines.get(leaf.code, BLANK), computed[leaf.code]) for leaf in tree.outline.leaves
    }
    return SheetBoard(
        sheet=sheet,
        lines=lines,
        computed=computed,
        settled=settled,
        totals=total_up(tree.outline, settled),
        disqualifications=grounds.get(sheet.pk, ()),
    )
