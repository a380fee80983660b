"""Two versions of a criteria table: which criteria are the same, and what changed, in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from khoithidua.web.numbers import plain_number
from khoithidua.web.text import search_key, tidy
from scoring.domain.computing import levels_of, number
from scoring.domain.tree import Node, Tree, load_tree
from scoring.domain.tree_checks import parsed_bands
from scoring.domain.wording import tie_break_word
from scoring.enums import AppraisedBy, CriterionKind, Formula
from scoring.models import CriteriaSet

SAME_NAME = 0.6
# Options without which a figure or a point on a sheet would say something else.
MEANING = ("per", "from", "condition", "threshold")
# Kinds whose cells hold figures in the criterion's unit.
MEASURED = (CriterionKind.QUANTITATIVE, CriterionKind.COUNT, CriterionKind.MINUS)
NONE = "không"
OPTION_WORDS = {
    "per": "Điểm cho mỗi lần",
    "step": "Bước làm tròn",
    "surplus_cap": "Mức thưởng vượt kế hoạch (%)",
    "surplus_total": "Tổng điểm thưởng vượt kế hoạch",
    "stated_max": "Mức tối đa trong lời văn",
    "condition": "Điều kiện",
    "threshold": "Ngưỡng",
}


@dataclass(frozen=True)
class Changed:
    """One criterion before and after; ``fields`` are "Điểm tối đa: 50 → 60" and the like."""

    old: Node
    new: Node
    fields: tuple[str, ...]

    @property
    def keeps_points(self) -> bool:
        """Points already given stay (a smaller maximum still clears those above it)."""
        return carries(self.old, self.new)


@dataclass(frozen=True)
class Comparison:
    """What one version says differently from another; the tuples follow the tables' order."""

    settings: tuple[str, ...]
    added: tuple[Node, ...]
    removed: tuple[Node, ...]
    moved: tuple[Changed, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return any((self.settings, self.added, self.removed, self.moved, self.changed))


def compare(old: CriteriaSet, new: CriteriaSet) -> Comparison:
    """Everything that ``new`` says differently from ``old``; two queries.

    A criterion stays itself by its code with a like name, or by its name where that is unique.
    One that changed its group is among the moved; what else changed in it is among the changed.
    """
    old_tree, new_tree = load_tree(old), load_tree(new)
    pairs = pairs_of(old_tree, new_tree)
    same = [(pairs[node.code], node) for node in new_tree.nodes if node.code in pairs]
    kept = {node.code for node, _ in same}
    renamed = {before.code: after.code for before, after in same}
    changes = [Changed(before, after, tuple(field_changes(before, after))) for before, after in same]
    return Comparison(
        settings=tuple(setting_changes(old, new)),
        added=tuple(node for node in new_tree.nodes if node.code not in pairs),
        removed=tuple(node for node in old_tree.nodes if node.code not in kept),
        moved=tuple(moves(same, renamed)),
        changed=tuple(each for each in changes if each.fields),
    )


def pairs_of(old: Tree, new: Tree) -> dict[str, Node]:
    """New code → the old node that it continues.

    First by code, unless the name became another one altogether (a renumbered table would
    otherwise give A1's points to what is A1 now); then by a name found once on either side.
    """
    by_code = {node.code.casefold(): node for node in old.nodes}
    pairs: dict[str, Node] = {}
    for node in new.nodes:
        before = by_code.get(node.code.casefold())
        if before is not None and before.is_group == node.is_group and is_like(before.name, node.name):
            pairs[node.code] = before
    taken = {node.code for node in pairs.values()}
    left = unique_names(node for node in old.nodes if node.code not in taken)
    for name, node in unique_names(node for node in new.nodes if node.code not in pairs).items():
        if name in left and left[name].is_group == node.is_group:
            pairs[node.code] = left[name]
    return pairs


def unique_names(nodes: Iterable[Node]) -> dict[str, Node]:
    listed = [(search_key(node.name), node) for node in nodes]
    counts = Counter(name for name, _ in listed)
    return {name: node for name, node in listed if counts[name] == 1}


def is_like(before: str, after: str) -> bool:
    """One name for the same thing: reworded, not replaced."""
    old, new = search_key(before), search_key(after)
    return old in new or new in old or SequenceMatcher(None, old, new, autojunk=False).ratio() >= SAME_NAME


def carries(old: Node, new: Node) -> bool:
    """Scores of ``old`` mean the same under ``new``: kind, formula, unit and what the options mean."""
    if (old.kind, old.formula) != (new.kind, new.formula):
        return False
    if old.kind in MEASURED and tidy(old.unit).casefold() != tidy(new.unit).casefold():
        return False
    return meaning_of(old.options) == meaning_of(new.options)


def meaning_of(options: Mapping[str, Any]) -> tuple[Any, ...]:
    levels = tuple((str(level.get("name", "")), bool(level.get("voids"))) for level in levels_of(options))
    points = tuple(number(level, "points") for level in levels_of(options))
    return levels, points, *(plain_option(options.get(name)) for name in MEANING)


def plain_option(value: Any) -> str:
    parsed = number({"value": value}, "value")
    return str(value or "").strip() if parsed is None else plain_number(parsed)


def moves(same: Sequence[tuple[Node, Node]], renamed: Mapping[str, str]) -> Iterator[Changed]:
    for old, new in same:
        before = renamed.get(old.path[-1], old.path[-1]) if old.path else ""
        after = new.path[-1] if new.path else ""
        if before.casefold() != after.casefold():
            yield Changed(old, new, (f"Thuộc nhóm: {old.path[-1] if old.path else NONE} → {after or NONE}",))


WORDS: tuple[tuple[str, Callable[[Node], str]], ...] = (
    ("Mã", lambda node: node.code),
    ("Tên", lambda node: f"«{node.name}»"),
    ("Cách chấm", lambda node: str(CriterionKind(node.kind).label)),
    ("Điểm tối đa", lambda node: plain_number(node.max_points)),
    ("Công thức", lambda node: str(Formula(node.formula).label) if node.formula else NONE),
    ("Đơn vị tính", lambda node: node.unit or NONE),
    ("Giá trị nhỏ nhất", lambda node: NONE if node.least is None else plain_number(node.least)),
    ("Giá trị lớn nhất", lambda node: NONE if node.most is None else plain_number(node.most)),
    ("Mức sàn (%)", lambda node: NONE if node.floor_percent is None else plain_number(node.floor_percent)),
    ("Ai thẩm định", lambda node: str(AppraisedBy(node.appraised_by).label)),
    ("Các mức", lambda node: levels_words(node.options)),
    ("Trừ điểm theo số ngày chậm", lambda node: bands_words(node.options)),
)


def field_changes(old: Node, new: Node) -> Iterator[str]:
    """What differs between two states of one criterion, field by field."""
    for label, word in WORDS:
        if word(old) != word(new):
            yield f"{label}: {word(old)} → {word(new)}"
    for name, label in OPTION_WORDS.items():
        before, after = plain_option(old.options.get(name)), plain_option(new.options.get(name))
        if before != after:
            yield f"{label}: {before or NONE} → {after or NONE}"
    if old.appraiser_id != new.appraiser_id and old.appraised_by == new.appraised_by:
        yield "Cơ quan thẩm định: đã chọn cơ quan khác"


def levels_words(options: Mapping[str, Any]) -> str:
    levels = [
        f"{level.get('name', '')} = {plain_option(level.get('points')) or '0'}"
        + (", mất toàn tiêu chí" if level.get("voids") else "")
        for level in levels_of(options)
    ]
    return "; ".join(levels) or NONE


def bands_words(options: Mapping[str, Any]) -> str:
    bands = parsed_bands(options.get("bands"))
    return "; ".join(f"từ {plain_number(days)} ngày = {plain_number(points)}" for days, points in bands) or NONE


def setting_changes(old: CriteriaSet, new: CriteriaSet) -> Iterator[str]:
    if old.scale != new.scale:
        yield f"Thang điểm: {plain_number(old.scale)} → {plain_number(new.scale)}"
    if old.tie_break != new.tie_break:
        before, after = ("; ".join(map(tie_break_word, each.tie_break)) or NONE for each in (old, new))
        yield f"Khi bằng điểm, xét lần lượt: {before} → {after}"
    if old.grading != new.grading:
        yield "Xếp loại: các mức xếp loại đã được sửa"
