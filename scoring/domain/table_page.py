"""What the page of a criteria table shows, in a fixed number of queries whatever its length."""

from collections.abc import Mapping
from dataclasses import dataclass

from blocs.models import Agency
from scoring.domain.tree import Tree, load_tree
from scoring.domain.tree_checks import faults_of
from scoring.domain.tree_warnings import warnings_of
from scoring.models import CriteriaSet

ALL = "tat-ca"
SHORT_TABLE = 60


@dataclass(frozen=True)
class TablePage:
    """A tree with the names of its appraisers, its faults and warnings, and the groups that stand open."""

    tree: Tree
    appraisers: Mapping[int, str]
    opened: frozenset[int]
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_folded(self) -> bool:
        return len(self.opened) < len(self.tree.groups)


def table_page(criteria_set: CriteriaSet, *, opened: str = "", checked: bool = False) -> TablePage:
    """``opened``: "tat-ca", or the id of the criterion to be seen; ``checked`` adds what is wrong. Two queries."""
    tree = load_tree(criteria_set)
    ids = {node.appraiser_id for node in tree.leaves if node.appraiser_id is not None}
    agencies = Agency.objects.filter(pk__in=ids).only("name", "short_name")
    faults = faults_of(tree, scale=criteria_set.scale, tie_break=criteria_set.tie_break) if checked else []
    return TablePage(
        tree=tree,
        appraisers={agency.pk: agency.label for agency in agencies},
        opened=open_groups(tree, opened),
        faults=tuple(faults),
        warnings=tuple(warnings_of(tree)) if checked else (),
    )


def open_groups(tree: Tree, wanted: str) -> frozenset[int]:
    """A short table stands open; of a long one the parts, and the way to the criterion just worked on."""
    if wanted == ALL or len(tree.leaves) <= SHORT_TABLE:
        return frozenset(node.id for node in tree.groups)
    opened = {node.id for node in tree.roots}
    for node in tree.nodes:
        if str(node.id) == wanted:
            opened |= {tree.by_code[code].id for code in node.path} | {node.id}
    return frozenset(opened)
