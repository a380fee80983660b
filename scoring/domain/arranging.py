"""The order of criteria among their siblings, moved one place at a time."""

from django.db import transaction

from accounts.domain import audit
from accounts.models import User
from scoring.domain.criteria import locked_draft
from scoring.models import Criterion


@transaction.atomic
def move_criterion(criterion: Criterion, *, up: bool, actor: User | None) -> bool:
    """Swap a criterion of a draft with its neighbour above or below; audited on the set.

    False, and nothing written, at the end of the row. TransitionRefused outside a draft.
    """
    row = locked_draft(criterion.criteria_set)
    siblings = list(Criterion.objects.filter(criteria_set=row, parent=criterion.parent_id).order_by("position", "pk"))
    place = next(index for index, each in enumerate(siblings) if each.pk == criterion.pk)
    target = place - 1 if up else place + 1
    if not 0 <= target < len(siblings):
        return False
    before = [each.code for each in siblings]
    siblings[place], siblings[target] = siblings[target], siblings[place]
    for position, each in enumerate(siblings):
        each.position = position
    Criterion.objects.bulk_update(siblings, ["position"])
    order = {"order": before}, {"order": [each.code for each in siblings]}
    audit.record_change(row, f"Chuyển chỗ tiêu chí {criterion.code}", actor=actor, before=order[0], after=order[1])
    return True
