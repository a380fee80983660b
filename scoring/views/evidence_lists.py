"""Evidence beside the lines of pages on which sheets are checked and appraised."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from scoring.models import Evidence


def evidence_by_line(user: Any, sheet_ids: Iterable[int]) -> dict[tuple[int, int], list[Evidence]]:
    """What this reader may see of the sheets' evidence, by sheet and criterion id; one query."""
    found: dict[tuple[int, int], list[Evidence]] = defaultdict(list)
    for each in Evidence.objects.visible_to(user).filter(sheet__in=[*sheet_ids]).order_by("pk"):
        found[(each.sheet_id, each.criterion_id)].append(each)
    return found
