"""Agreeing on the rest of a sheet in one go: what was appraised becomes the agreed points."""

from typing import Any

from django.db import transaction

from accounts.models import User
from scoring.domain.board import load_sheet
from scoring.domain.cells import AGREEMENT, earlier_points
from scoring.domain.sheets import is_missing, save_agreed
from scoring.domain.writing import Entries
from scoring.models import ScoreLine, ScoreSheet

TAKE_REST = "Lấy điểm thẩm định cho các dòng còn lại"


@transaction.atomic
def take_rest(sheet: ScoreSheet, *, entries: Entries, actor: User | None, expected: dict[int, int]) -> int:
    """Save ``entries`` as ``save_agreed`` does, and fill what still needs agreed points; how many lines that were.

    Judged and claimed lines of ``expected`` (those that the page drew) get their appraised points, else the
    cross-checked, else the unit's own. One audit entry; refuses as ``save_agreed`` does.
    """
    rest = rest_of(sheet, entries, expected)
    filled = {pk: {**entries.get(pk, {}), "agreed_points": value} for pk, value in rest.items()}
    save_agreed(sheet, entries={**entries, **filled}, actor=actor, expected=expected, action=TAKE_REST if rest else "")
    return len(rest)


def rest_of(sheet: ScoreSheet, entries: Entries, expected: dict[int, int]) -> dict[int, Any]:
    """The points that stand before agreement by criterion id, of drawn lines that stay blank with ``entries``."""
    tree, board = load_sheet(sheet)
    found = {}
    for line in ScoreLine.objects.filter(sheet=sheet, criterion__in=[*expected]):
        node = tree.leaf_by_id.get(line.criterion_id)
        if node is None or entries.get(node.id, {}).get("agreed_points") is not None:
            continue
        line.agreed_points = entries.get(node.id, {}).get("agreed_points", line.agreed_points)
        value = earlier_points(AGREEMENT, line, board.computed[node.code].points)
        if value is not None and is_missing(node, line, AGREEMENT.column):
            found[node.id] = value
    return found
