"""How much of a sheet its unit has filled in, for one sheet or a page of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.domain.computing import Leaf
from scoring.domain.sheets import lacks
from scoring.domain.totals import BASE, section_of
from scoring.enums import CriterionKind
from scoring.models import Criterion, ScoreLine, ScoreSheet

READ = ("sheet", "criterion", "assigned", "plan", "actual", "level", "times", "self_points")


@dataclass(frozen=True)
class Progress:
    """Lines with what their kind needs, of the assigned base lines; bonus and deduction are never due."""

    done: int
    due: int

    def __str__(self) -> str:
        return f"{self.done}/{self.due} tiêu chí"


def progress_of(sheets: Iterable[ScoreSheet]) -> dict[int, Progress]:
    """The progress of each sheet by its key, in two queries for all of them."""
    sets = {sheet.pk: sheet.criteria_set_id for sheet in sheets}
    leaves: dict[int, dict[int, Leaf]] = defaultdict(dict)
    rows = Criterion.objects.filter(criteria_set__in={*sets.values()}).exclude(kind=CriterionKind.GROUP).order_by()
    for row in rows if sets else ():
        leaf = Leaf(row.code, row.kind, row.max_points, row.formula, row.options)
        if section_of(leaf) == BASE:
            leaves[row.criteria_set_id][row.pk] = leaf
    lines: dict[int, dict[int, ScoreLine]] = defaultdict(dict)
    for line in ScoreLine.objects.filter(sheet__in=sets).only(*READ) if sets else ():
        lines[line.sheet_id][line.criterion_id] = line
    return {pk: counted(leaves[set_id], lines[pk]) for pk, set_id in sets.items()}


def counted(leaves: Mapping[int, Leaf], lines: Mapping[int, ScoreLine]) -> Progress:
    blank = ScoreLine()
    due = {pk: leaf for pk, leaf in leaves.items() if lines.get(pk, blank).assigned}
    done = sum(1 for pk, leaf in due.items() if not lacks(leaf, lines.get(pk, blank), "self_points"))
    return Progress(done, len(due))
