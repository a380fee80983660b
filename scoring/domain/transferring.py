"""Score sheets move to a new version of their criteria set; what still means the same comes along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.models import User
from scoring.domain.comparing import carries, pairs_of
from scoring.domain.tree import Node, Tree, load_tree
from scoring.domain.writing import bump, locked
from scoring.enums import CriterionKind
from scoring.models import CriteriaSet, CrossLine, Evidence, ScoreLine, ScoreSheet

POINTS = ("self_points", "cross_points", "appraised_points", "agreed_points")
# What was said of points that are cleared: left alone, it would excuse and answer another score.
SAID_OF = {
    "cross_points": ("cross_reason",),
    "appraised_points": ("appraisal_reason", "answer", "answered_points"),
    "agreed_points": ("reason",),
}
CODES_SHOWN = 8


@dataclass(frozen=True)
class Transfer:
    """What became of one sheet, by the new codes: ``fresh`` criteria have no counterpart in the older table."""

    sheet: ScoreSheet
    carried: tuple[str, ...]
    fresh: frozenset[str] = frozenset()
    cleared: Mapping[str, Any] = field(default_factory=dict)  # "A1.self_points" → the points that were too many
    dropped: Mapping[str, Any] = field(default_factory=dict)  # the same of lines that have no counterpart

    @property
    def cleared_codes(self) -> list[str]:
        """Criteria to be scored again, in the table's order."""
        return list(dict.fromkeys(key.rpartition(".")[0] for key in self.cleared))


@transaction.atomic
def transfer_sheets(criteria_set: CriteriaSet, *, actor: User | None) -> list[Transfer]:
    """Move every sheet of the year to ``criteria_set``; audited on each sheet with what came along.

    A line comes along where its criterion is the same (``comparing.carries``), with all it holds,
    its evidence and its cross-checks; points above a smaller maximum are cleared. Other lines
    start blank. The old lines stay stored with the old criteria.
    """
    new = load_tree(criteria_set)
    trees: dict[int, Tree] = {}
    moved = []
    sheets = ScoreSheet.objects.filter(bloc_year=criteria_set.bloc_year_id).exclude(criteria_set=criteria_set)
    for sheet in sheets.select_related("criteria_set").order_by("pk"):
        old = trees.setdefault(sheet.criteria_set_id, load_tree(sheet.criteria_set))
        moved.append(transfer(sheet, old, new, criteria_set, actor=actor))
    return moved


def transfer(sheet: ScoreSheet, old: Tree, new: Tree, criteria_set: CriteriaSet, *, actor: User | None) -> Transfer:
    row = locked(sheet)
    same = same_leaves(old, new)
    result, copies = carried_over(row, list(ScoreLine.objects.filter(sheet=row)), old, new)
    ScoreLine.objects.bulk_create(copies)
    move_companions(row, {before.id: node for before, node in same})
    before_version = sheet.criteria_set.version
    row.criteria_set = criteria_set
    row.plan_locked_at = None if wants_plan(new, same) else row.plan_locked_at
    row.save(update_fields=["criteria_set", "plan_locked_at"])
    bump(row)
    record(result, before_version, criteria_set.version, actor=actor)
    return result


def carried_over(
    sheet: ScoreSheet, stored: Iterable[ScoreLine], old: Tree, new: Tree
) -> tuple[Transfer, list[ScoreLine]]:
    """What becomes of ``sheet`` with its ``stored`` lines, and those lines under ``new``; writes and asks nothing."""
    lines = {line.criterion_id: line for line in stored}
    same = same_leaves(old, new)
    carried = {before.id: node for before, node in same if before.id in lines}
    cleared: dict[str, Any] = {}
    copies = [copied(lines[pk], node, cleared) for pk, node in carried.items()]
    dropped = {
        f"{node.code}.{name}": value
        for node in old.leaves
        if node.id in lines and node.id not in carried
        for name, value in content_of(lines[node.id]).items()
    }
    fresh = frozenset(leaf.code for leaf in new.leaves) - {node.code for _, node in same}
    return Transfer(sheet, tuple(node.code for node in carried.values()), fresh, cleared, dropped), copies


def same_leaves(old: Tree, new: Tree) -> list[tuple[Node, Node]]:
    """Old and new leaf of every criterion whose scores mean the same, in the new table's order."""
    pairs = pairs_of(old, new)
    return [(pairs[leaf.code], leaf) for leaf in new.leaves if leaf.code in pairs and carries(pairs[leaf.code], leaf)]


def wants_plan(new: Tree, same: list[tuple[Node, Node]]) -> bool:
    """A quantitative criterion came new: its plan has to be set before plans are locked again."""
    kept = {node.id for _, node in same}
    return any(leaf.kind == CriterionKind.QUANTITATIVE and leaf.id not in kept for leaf in new.leaves)


def copied(line: ScoreLine, node: Node, cleared: dict[str, Any]) -> ScoreLine:
    """``line`` under the new criterion; points above its maximum go to ``cleared``, with what was said of them."""
    copy: ScoreLine = clone(line, criterion_id=node.id)
    high = [name for name in POINTS if (value := getattr(copy, name)) is not None and value > node.max_points]
    for name in (*high, *said_of(copy, high)):
        value, blank = getattr(copy, name), default_of(ScoreLine._meta.get_field(name))
        if value != blank:
            cleared[f"{node.code}.{name}"] = value
            setattr(copy, name, blank)
    return copy


def said_of(line: ScoreLine, high: list[str]) -> list[str]:
    """The cells that speak of the points ``high``. ``reason`` is also the appraisal's, where nothing was agreed."""
    names = [name for column in high for name in SAID_OF.get(column, ())]
    if "appraised_points" in high and line.agreed_points is None:
        names.append("reason")
    return names


def clone(row: Any, **values: Any) -> Any:
    """An unsaved copy of a row with everything it holds but its key."""
    kept = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    return type(row)(**kept | values)


def move_companions(row: ScoreSheet, nodes: Mapping[int, Node]) -> None:
    """Evidence goes over to the new criteria; what cross-checkers found is copied, within the new maximum."""
    evidence = list(Evidence.objects.filter(sheet=row, criterion__in=[*nodes]))
    for each in evidence:
        each.criterion_id = nodes[each.criterion_id].id
    Evidence.objects.bulk_update(evidence, ["criterion"])
    found = CrossLine.objects.filter(check_of__sheet=row, criterion__in=[*nodes])
    copies = [clone(line, criterion_id=nodes[line.criterion_id].id) for line in found]
    for copy, line in zip(copies, found, strict=True):
        if copy.points is not None and copy.points > nodes[line.criterion_id].max_points:
            copy.points, copy.reason = None, ""
    CrossLine.objects.bulk_create(copies)


def content_of(line: ScoreLine) -> dict[str, Any]:
    """The cells of a line that say something."""
    keys = ("id", "sheet_id", "criterion_id", "version")
    fields = [each for each in ScoreLine._meta.concrete_fields if each.attname not in keys]
    return {each.attname: value for each in fields if (value := getattr(line, each.attname)) != default_of(each)}


def default_of(field_: Any) -> Any:
    return None if field_.null else field_.get_default()


def record(done: Transfer, before: int, after: int, *, actor: User | None) -> None:
    """One entry on the sheet: both versions, what came along, and every value that did not."""
    lost = {**done.dropped, **done.cleared}
    audit.record(
        done.sheet,
        f"Chuyển sang bộ tiêu chí phiên bản {after}",
        actor=actor,
        before={"criteria_version": before, **lost},
        after={"criteria_version": after, "carried": list(done.carried), **dict.fromkeys(lost)},
    )


def return_sentence(done: Transfer, missing: list[str], *, before: int, after: int) -> str:
    """Why a sheet that was sent goes back to its agency; empty when the new version takes nothing from it.

    ``missing``: codes of all lines without a value. Those that were missing before are not the version's doing.
    """
    parts = []
    blank = [code for code in missing if code in done.fresh]
    if blank:
        parts.append(f"tiêu chí {shown(blank)} chưa có điểm")
    if done.cleared_codes:
        parts.append(f"tiêu chí {shown(done.cleared_codes)} phải chấm lại vì điểm tối đa giảm")
    if not parts:
        return ""
    return f"Bộ tiêu chí phiên bản {after} thay phiên bản {before}: {'; '.join(parts)}. Hãy bổ sung rồi gửi lại."


def shown(codes: list[str]) -> str:
    return ", ".join(codes[:CODES_SHOWN]) + (" …" if len(codes) > CODES_SHOWN else "")
