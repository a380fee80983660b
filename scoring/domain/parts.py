"""A criteria table outside the database: what files and ready-made tables hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scoring.domain.tree import Tree, grow
from scoring.enums import AppraisedBy, CriterionKind
from scoring.models import CriteriaSet, Criterion


@dataclass(frozen=True)
class Part:
    """One criterion; ``parent`` is the code of its group ("" at the top), ``appraiser`` an agency's code."""

    code: str
    name: str
    max_points: Decimal
    kind: str = CriterionKind.JUDGED.value
    parent: str = ""
    formula: str = ""
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    floor_percent: Decimal | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    appraised_by: str = AppraisedBy.SECRETARIAT.value
    appraiser: str = ""


def parts_of(criteria_set: CriteriaSet) -> list[Part]:
    """The set's criteria in document order. One query."""
    rows = list(Criterion.objects.filter(criteria_set=criteria_set).select_related("appraiser").order_by())
    below: dict[int | None, list[Criterion]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.position, row.pk)):
        below[row.parent_id].append(row)
    return in_order(below, None, "")


def in_order(below: Mapping[int | None, list[Criterion]], parent: int | None, code: str) -> list[Part]:
    parts: list[Part] = []
    for row in below.get(parent, []):
        parts += [part_of(row, code), *in_order(below, row.pk, row.code)]
    return parts


def part_of(row: Criterion, parent: str) -> Part:
    return Part(
        code=row.code,
        name=row.name,
        max_points=row.max_points,
        kind=row.kind,
        parent=parent,
        formula=row.formula,
        unit=row.unit,
        least=row.least,
        most=row.most,
        floor_percent=row.floor_percent,
        options=row.options,
        appraised_by=row.appraised_by,
        appraiser=row.appraiser.code if row.appraiser else "",
    )


def tree_of(parts: Sequence[Part]) -> Tree:
    """The parts as a tree, nothing saved; parents come before their children. KeyError on an unknown parent."""
    numbers = {part.code: number for number, part in enumerate(parts, start=1)}
    below: dict[int | None, list[Criterion]] = defaultdict(list)
    for number, part in enumerate(parts, start=1):
        parent = numbers[part.parent] if part.parent else None
        below[parent].append(row_of(part, pk=number, parent_id=parent))
    return Tree(0, grow(below, None, ()))


def row_of(part: Part, **fields: Any) -> Criterion:
    """An unsaved row of ``part``; its group, place, set and appraiser are the caller's."""
    return Criterion(
        code=part.code,
        name=part.name,
        kind=part.kind,
        max_points=part.max_points,
        formula=part.formula,
        unit=part.unit,
        least=part.least,
        most=part.most,
        floor_percent=part.floor_percent,
        options=dict(part.options),
        appraised_by=part.appraised_by,
        **fields,
    )
