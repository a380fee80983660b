"""All sheets of a bloc-year side by side, read in a fixed number of queries and computed at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db.models import Q

from blocs.models import BlocYear
from scoring.domain.computing import BLANK, Computed, Entry, compute_bloc
from scoring.domain.criteria import effective_set
from scoring.domain.totals import Settled, Totals, settle, total_up
from scoring.domain.tree import Tree, load_tree
from scoring.enums import SheetState
from scoring.models import CriteriaSet, Disqualification, ScoreLine, ScoreSheet

ENTRY_FIELDS = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class SheetBoard:
    """One sheet: its lines by criterion code, what they give, and the totals."""

    sheet: ScoreSheet
    lines: Mapping[str, ScoreLine]
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

    def of(self, sheet_id: int) -> SheetBoard:
        return next(each for each in self.sheets if each.sheet.pk == sheet_id)


def entry_of(line: ScoreLine) -> Entry:
    """A row of the database as computing reads it."""
    return Entry(**{name: getattr(line, name) for name in ENTRY_FIELDS})


def load_board(bloc_year: BlocYear, *, include_drafts: bool = False, also: int | None = None) -> Board | None:
    """Everything that scores of ``bloc_year`` say, in five queries; None without a criteria set.

    Sheets in draft do not count, for relative formulas either, unless ``include_drafts``; the
    sheet ``also`` counts in any state, so that its own agency sees what it would get. Lines of
    criteria that are not in the set in force are left out.
    """
    criteria_set = effective_set(bloc_year)
    if criteria_set is None:
        return None
    tree = load_tree(criteria_set)
    rows = ScoreSheet.objects.filter(bloc_year=bloc_year).select_related("agency").order_by("agency__sort_key", "pk")
    sheets = list(rows if include_drafts else rows.filter(~Q(state=SheetState.DRAFT) | Q(pk=also)))
    lines: dict[int, dict[str, ScoreLine]] = {sheet.pk: {} for sheet in sheets}
    for line in ScoreLine.objects.filter(sheet__in=[*lines], criterion__criteria_set=criteria_set):
        if node := tree.leaf_by_id.get(line.criterion_id):
            lines[line.sheet_id][node.code] = line
    grounds: dict[int, list[str]] = defaultdict(list)
    for ground in Disqualification.objects.filter(sheet__in=[*lines]).order_by("pk"):
        grounds[ground.sheet_id].append(ground.reason)
    return Board(criteria_set, tree, compute_sheets(tree, sheets, lines, grounds))


def compute_sheets(
    tree: Tree,
    sheets: list[ScoreSheet],
    lines: Mapping[int, Mapping[str, ScoreLine]],
    grounds: Mapping[int, list[str]],
) -> tuple[SheetBoard, ...]:
    outline = tree.outline
    entries = {pk: {code: entry_of(line) for code, line in own.items()} for pk, own in lines.items()}
    computed = compute_bloc(outline.leaves, entries)
    boards = []
    for sheet in sheets:
        settled = {
            leaf.code: settle(leaf, entries[sheet.pk].get(leaf.code, BLANK), computed[sheet.pk][leaf.code])
            for leaf in outline.leaves
        }
        boards.append(
            SheetBoard(
                sheet=sheet,
                lines=lines[sheet.pk],
                computed=computed[sheet.pk],
                settled=settled,
                totals=total_up(outline, settled),
                disqualifications=tuple(grounds.get(sheet.pk, ())),
            )
        )
    return tuple(boards)
