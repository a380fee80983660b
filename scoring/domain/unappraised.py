"""Which lines still wait for their appraiser: one rule for the guard, the board, the pages and the to-dos.

The secretariat confirms a sheet as a whole, and so accepts what is computed on its own lines. What
another body appraises counts as appraised only once that body gave points.
"""

from typing import Any

from django.db.models import F, Q

from scoring.domain.cells import APPRAISAL
from scoring.domain.computing import RELATIVE, is_lateness
from scoring.domain.sheets import is_missing
from scoring.domain.totals import BASE, section_of
from scoring.domain.tree import Node, load_tree
from scoring.enums import AppraisedBy, CriterionKind, Formula
from scoring.models import ScoreLine, ScoreSheet

EXTRA_KINDS = (CriterionKind.BONUS, CriterionKind.DEDUCTION)


def unappraised_codes(sheet: ScoreSheet) -> list[str]:
    """Codes of the lines of ``sheet`` that wait for their appraiser, in document order; two queries."""
    lines = {line.criterion_id: line for line in ScoreLine.objects.filter(sheet=sheet)}
    leaves = load_tree(sheet.criteria_set).leaves
    return [node.code for node in leaves if is_unappraised(node, lines.get(node.id) or ScoreLine())]


def is_unappraised(node: Node, line: Any) -> bool:
    """Whether ``line`` (a ScoreLine or an Entry) waits for the appraiser of ``node``.

    A bonus or deduction waits once it is claimed. A line compared with the leader may stay blank:
    its points change with the other units' figures.
    """
    if not line.assigned or line.appraised_points is not None or is_lateness(node.leaf):
        return False
    if accepts_blank(node) or section_of(node.leaf) != BASE:
        return is_missing(node, line, APPRAISAL.column)
    return True


def accepts_blank(node: Node) -> bool:
    """Blank agrees with what is computed: of the secretariat's lines, and of those compared with the leader."""
    return node.appraised_by == AppraisedBy.SECRETARIAT or node.formula == RELATIVE


def waiting_for_another_body() -> Q:
    """Stored lines as ``is_unappraised`` says of criteria that are not the secretariat's."""
    extra = Q(criterion__kind__in=EXTRA_KINDS)
    counted = Q(times__isnull=False, criterion__options__has_key="per")
    claimed = Q(self_points__isnull=False) | counted
    relative = Q(criterion__formula=Formula.RELATIVE, actual__isnull=False)
    in_force = Q(criterion__criteria_set=F("sheet__criteria_set"))
    blank = Q(assigned=True, appraised_points__isnull=True)
    return in_force & blank & ((extra & claimed) | (~extra & ~relative))
