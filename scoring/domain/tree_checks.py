"""What is wrong with a criteria table, each thing a sentence for the person who edits it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from khoithidua.web.numbers import plain_number
from scoring.domain.computing import DEFAULT_STEP, DEFAULT_SURPLUS_TOTAL, ZERO, levels_of, number
from scoring.domain.totals import BASE, section_of
from scoring.domain.tree import Node, Tree
from scoring.enums import AppraisedBy, CriterionKind, Formula

TIE_BREAKS = ("ballot", "bonus", "fewest_deductions", "women_70", "decision")
NUMBERS = ("per", "step", "surplus_cap", "surplus_total")


def faults_of(tree: Tree, *, scale: Decimal, tie_break: Sequence[Any]) -> list[str]:
    """Everything that keeps the table from being opened, in document order; empty when it is sound."""
    if not tree.leaves:
        return ["Bảng chưa có tiêu chí chấm điểm nào. Hãy thêm tiêu chí hoặc chép bảng của năm trước."]
    return [
        *duplicate_codes(tree),
        *(fault for node in tree.nodes for fault in (*node_faults(node), *appraiser_faults(node))),
        *scale_faults(tree, scale),
        *surplus_faults(tree),
        *tie_break_faults(tree, tie_break),
    ]


def sections_in(node: Node) -> set[str]:
    return {section_of(each.leaf) for each in node.walk() if not each.is_group}


def is_base(node: Node) -> bool:
    """Counts towards the scale: a base line, or a group that holds one."""
    return BASE in sections_in(node)


def duplicate_codes(tree: Tree) -> Iterator[str]:
    counts = Counter(node.code.strip().casefold() for node in tree.nodes)
    for code in sorted(code for code, count in counts.items() if count > 1):
        yield f"Mã «{code.upper()}» được dùng {counts[code]} lần. Hãy đặt mỗi tiêu chí một mã."


def node_faults(node: Node) -> Iterator[str]:
    name = f"Tiêu chí {node.code}"
    if node.floor_percent is not None and not 0 <= node.floor_percent <= 100:
        yield f"{name}: mức sàn {plain_number(node.floor_percent)}% phải nằm trong khoảng từ 0 đến 100%."
    yield from text_faults(node)
    if node.is_group:
        yield from group_faults(node)
        return
    if node.children:
        yield f"{name} được chấm điểm trực tiếp nhưng lại có tiêu chí con. Hãy đổi cách chấm thành «Nhóm tiêu chí»."
    yield from range_faults(node)
    yield from formula_faults(node)
    yield from option_faults(node)
    yield from occurrence_faults(node)
    if node.kind == CriterionKind.CHOICE:
        yield from level_faults(node)


def text_faults(node: Node) -> Iterator[str]:
    """What the table's words say against its numbers, or leave open.

    Options: ``stated_max``, the maximum that the text names beside the column; ``condition`` with its
    ``threshold``. Source: the defects of Thanh Hóa's draft (domain-2.md 3.4): column −5 against text
    "tối đa −10", and a condition without a threshold.
    """
    name = f"{'Nhóm' if node.is_group else 'Tiêu chí'} {node.code}"
    stated = number(node.options, "stated_max")
    if stated is not None and abs(stated) != node.max_points:
        yield (
            f"{name}: cột điểm tối đa ghi {plain_number(node.max_points)} nhưng lời văn ghi "
            f"{plain_number(abs(stated))}. Hãy sửa cho một mức duy nhất."
        )
    condition = str(node.options.get("condition") or "").strip()
    if condition and str(node.options.get("threshold") or "").strip() == "":
        yield f"{name}: điều kiện «{condition}» chưa có ngưỡng. Hãy ghi ngưỡng cụ thể để chấm, ví dụ «từ 2 sáng kiến»."


def range_faults(node: Node) -> Iterator[str]:
    if node.least is not None and node.most is not None and node.least > node.most:
        yield (
            f"Tiêu chí {node.code}: giá trị nhỏ nhất {plain_number(node.least)} "
            f"lớn hơn giá trị lớn nhất {plain_number(node.most)}. Hãy ghi lại khoảng giá trị."
        )


def occurrence_faults(node: Node) -> Iterator[str]:
    """One occurrence never gives or takes more than the whole criterion (Thanh Hóa's IX: per and cap)."""
    per = number(node.options, "per")
    if per is not None and per > node.max_points:
        yield (
            f"Tiêu chí {node.code}: mỗi lần {plain_number(per)} điểm nhưng điểm tối đa chỉ "
            f"{plain_number(node.max_points)}. Hãy sửa cho khớp."
        )


def appraiser_faults(node: Node) -> Iterator[str]:
    if fault := appraiser_fault(node.code, node.appraised_by, node.appraiser_id):
        yield fault


def appraiser_fault(code: str, appraised_by: str, appraiser_id: int | None) -> str:
    """A specialised agency appraises when, and only when, one is named; the sentence if not."""
    if appraised_by == AppraisedBy.AGENCY and appraiser_id is None:
        return f"Tiêu chí {code} do cơ quan chuyên môn thẩm định nhưng chưa chọn cơ quan. Hãy chọn cơ quan thẩm định."
    if appraised_by != AppraisedBy.AGENCY and appraiser_id is not None:
        return (
            f"Tiêu chí {code} có cơ quan thẩm định nhưng người thẩm định không phải là cơ quan chuyên môn. "
            "Hãy chọn «Cơ quan chuyên môn» hoặc bỏ cơ quan."
        )
    return ""


def group_faults(node: Node) -> Iterator[str]:
    """A group's maximum is the sum of its base children; bonus and deductions stand beside it."""
    if not node.children:
        yield f"Nhóm {node.code} chưa có tiêu chí con. Hãy thêm tiêu chí hoặc xóa nhóm."
        return
    base = [child.max_points for child in node.children if is_base(child)]
    total = sum(base, ZERO)
    if base and total != node.max_points:
        yield (
            f"Nhóm {node.code} ghi tối đa {plain_number(node.max_points)} điểm nhưng các tiêu chí con cộng lại được "
            f"{plain_number(total)} điểm. Hãy sửa cho khớp."
        )


def scale_faults(tree: Tree, scale: Decimal) -> Iterator[str]:
    total = sum((root.max_points for root in tree.roots if is_base(root)), ZERO)
    if total != scale:
        yield f"Các phần của bảng cộng lại được {plain_number(total)} điểm, khác thang điểm {plain_number(scale)}."


def formula_faults(node: Node) -> Iterator[str]:
    name = f"Tiêu chí {node.code}"
    if node.kind == CriterionKind.QUANTITATIVE:
        if node.formula not in Formula.values:
            yield f"{name} là tiêu chí định lượng nhưng chưa chọn công thức."
    elif node.formula:
        yield f"{name} không phải tiêu chí định lượng nên không dùng công thức. Hãy bỏ công thức."
    if node.formula == Formula.RATE:
        step = number(node.options, "step", DEFAULT_STEP) or ZERO
        if step > 0 and node.max_points % step:
            yield (
                f"{name}: điểm tối đa {plain_number(node.max_points)} "
                f"phải là bội của bước làm tròn {plain_number(step)}."
            )


def option_faults(node: Node) -> Iterator[str]:
    name = f"Tiêu chí {node.code}"
    for key in NUMBERS:
        if key not in node.options:
            continue
        value = number(node.options, key)
        least_ok = value is not None and (value > 0 or (value == 0 and key.startswith("surplus")))
        if not least_ok:
            yield f"{name}: tham số «{key}» phải là số lớn hơn 0."
        elif key == "surplus_cap" and value is not None and value > 100:
            yield f"{name}: mức thưởng vượt kế hoạch {plain_number(value)}% không được quá 100%."
    if "from" in node.options:
        yield from lateness_faults(node)


def lateness_faults(node: Node) -> Iterator[str]:
    name = f"Tiêu chí {node.code}"
    if node.kind != CriterionKind.DEDUCTION or node.options["from"] != "lateness":
        yield f"{name}: chỉ điểm trừ mới được tính tự động, và chỉ từ việc chậm hạn (lateness)."
        return
    bands = parsed_bands(node.options.get("bands"))
    if not bands:
        yield f"{name}: hãy ghi các mức chậm dạng [số ngày, số điểm trừ], ví dụ [[5, 5], [10, 10]]."
    elif any(later[0] <= earlier[0] or later[1] < earlier[1] for earlier, later in pairwise(bands)):
        yield f"{name}: các mức chậm phải xếp theo số ngày tăng dần và điểm trừ không giảm."
    elif bands[-1][1] > node.max_points:
        yield f"{name}: mức trừ {plain_number(bands[-1][1])} lớn hơn điểm trừ tối đa {plain_number(node.max_points)}."


def parsed_bands(bands: Any) -> list[tuple[Decimal, Decimal]]:
    """Bands as pairs of numbers above zero; empty when they are anything else."""
    try:
        pairs = [(Decimal(str(days)), Decimal(str(points))) for days, points in bands]
    except (TypeError, ValueError, InvalidOperation):
        return []
    return pairs if all(days > 0 and points > 0 for days, points in pairs) else []


def level_faults(node: Node) -> Iterator[str]:
    name = f"Tiêu chí {node.code}"
    levels = levels_of(node.options)
    if not levels:
        yield f"{name} chấm theo mức nhưng chưa có mức nào. Hãy ghi các mức và điểm của từng mức."
    counts = Counter(str(level.get("name", "")) for level in levels)
    if counts.get("") or any(count > 1 for count in counts.values()):
        yield f"{name}: mỗi mức phải có tên riêng."
    for level in levels:
        points = number(level, "points", ZERO if level.get("voids") else None)
        if points is None or points < 0:
            yield f"{name}: mức «{level.get('name', '')}» chưa có điểm hợp lệ."
        elif points > node.max_points:
            yield (
                f"{name}: mức «{level.get('name', '')}» cho {plain_number(points)} điểm, "
                f"lớn hơn điểm tối đa {plain_number(node.max_points)}."
            )


def surplus_faults(tree: Tree) -> Iterator[str]:
    """The limit of all surplus together is one number for the table."""
    totals = {
        number(node.options, "surplus_total", DEFAULT_SURPLUS_TOTAL)
        for node in tree.leaves
        if node.formula == Formula.SURPLUS
    }
    if len(totals) > 1:
        shown = ", ".join(sorted(plain_number(total or ZERO) for total in totals))
        yield f"Tổng điểm thưởng vượt kế hoạch được ghi khác nhau giữa các tiêu chí ({shown}). Hãy ghi một mức."


def tie_break_faults(tree: Tree, tie_break: Sequence[Any]) -> Iterator[str]:
    groups = {node.code for node in tree.groups}
    for entry in tie_break:
        if isinstance(entry, str) and entry.startswith("group:"):
            code = entry.removeprefix("group:")
            if code not in groups:
                yield f"Thứ tự phân hạng nêu nhóm «{code}» không có trong bảng tiêu chí."
        elif entry not in TIE_BREAKS:
            yield f"Thứ tự phân hạng có mục «{entry}» mà hệ thống không biết."
