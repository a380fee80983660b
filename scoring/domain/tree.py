"""A criteria set's tree as frozen nodes, loaded in one query."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from scoring.domain.computing import Leaf
from scoring.domain.totals import Group, Outline
from scoring.enums import AppraisedBy, CriterionKind
from scoring.models import CriteriaSet, Criterion


@dataclass(frozen=True)
class Node:
    """A criterion with its children in order; ``path`` holds the codes above it, the root first."""

    id: int
    code: str
    name: str
    kind: str
    max_points: Decimal
    formula: str
    floor_percent: Decimal | None
    options: Mapping[str, Any]
    appraiser_id: int | None
    path: tuple[str, ...]
    children: tuple["Node", ...]
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    appraised_by: str = AppraisedBy.SECRETARIAT.value

    @property
    def depth(self) -> int:
        return len(self.path)

    @property
    def is_group(self) -> bool:
        return self.kind == CriterionKind.GROUP

    @property
    def is_claimed(self) -> bool:
        """A bonus or a deduction: what happened is claimed, nobody is assigned it."""
        return self.kind in (CriterionKind.BONUS, CriterionKind.DEDUCTION)

    @cached_property
    def leaf(self) -> Leaf:
        """What computing needs of a scored criterion."""
        return Leaf(self.code, self.kind, self.max_points, self.formula, self.options, self.path)

    def walk(self) -> Iterator["Node"]:
        """This node and all below it in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Tree:
    """A criteria table. ``nodes``, ``leaves`` and ``groups`` are in document order."""

    criteria_set_id: int
    roots: tuple[Node, ...]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(node for root in self.roots for node in root.walk())

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if not node.is_group)

    @cached_property
    def groups(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.is_group)

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def leaf_by_id(self) -> dict[int, Node]:
        return {node.id: node for node in self.leaves}

    @cached_property
    def outline(self) -> Outline:
        return Outline(
            groups=tuple(Group(node.code, node.max_points, node.path) for node in self.groups),
            leaves=tuple(node.leaf for node in self.leaves),
        )


def load_tree(criteria_set: CriteriaSet) -> Tree:
    """The whole tree of ``criteria_set`` in one query; siblings by position, then by age."""
    below: dict[int | None, list[Criterion]] = defaultdict(list)
    rows = Criterion.objects.filter(criteria_set=criteria_set).order_by()
    for row in sorted(rows, key=lambda row: (row.position, row.pk)):
        below[row.parent_id].append(row)
    return Tree(criteria_set.pk, grow(below, None, ()))


def grow(below: Mapping[int | None, list[Criterion]], parent: int | None, path: tuple[str, ...]) -> tuple[Node, ...]:
    return tuple(
        Node(
            id=row.pk,
            code=row.code,
            name=row.name,
            kind=row.kind,
            max_points=row.max_points,
            formula=row.formula,
            floor_percent=row.floor_percent,
            options=row.options,
            appraiser_id=row.appraiser_id,
            path=path,
            children=grow(below, row.pk, (*path, row.code)),
            unit=row.unit,
            least=row.least,
            most=row.most,
            appraised_by=row.appraised_by,
        )
        for row in below.get(parent, [])
    )
