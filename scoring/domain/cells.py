"""What people may write into a score sheet, step by step, and what is refused in a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from khoithidua.web.numbers import plain_number
from scoring.domain.computing import is_counted_claim, is_lateness, levels_of
from scoring.domain.tree import Node
from scoring.enums import CriterionKind, SheetState
from scoring.models import ScoreLine

Check = Callable[[Node, Any], str]


@dataclass(frozen=True)
class Step:
    """One way of writing to a sheet: its points column, the cells it may touch, and when."""

    action: str
    column: str
    fields: tuple[str, ...]
    states: tuple[str, ...]


SELF = Step(
    "Lưu điểm tự chấm",
    "self_points",
    ("assigned", "actual", "level", "times", "self_points", "explanation"),
    (SheetState.DRAFT,),
)
APPRAISAL = Step(
    "Lưu điểm thẩm định",
    "appraised_points",
    ("assigned", "appraised_points", "appraisal_reason"),
    # While the unit explains, what it explains stays as it is.
    (SheetState.SUBMITTED, SheetState.CROSS_CHECKED, SheetState.APPRAISED),
)
# The bloc's figures for a unit: written by the secretariat, for the head by a deputy or the standing body.
PLANNING = Step("Ghi kế hoạch", "plan", ("plan",), (SheetState.DRAFT, SheetState.SUBMITTED, SheetState.CROSS_CHECKED))
AGREEMENT = Step("Lưu điểm thống nhất", "agreed_points", ("agreed_points", "reason"), (SheetState.APPRAISED,))

NOT_HERE = "Ô này không sửa được ở bước hiện tại. Hãy tải lại trang."
PLAN_NOT_HERE = "Kế hoạch do thư ký khối ghi và khóa, đơn vị không tự ghi. Nếu kế hoạch sai, hãy báo thư ký khối."
CLAIMED = (
    "Điểm thưởng, điểm trừ không phải tiêu chí được giao nên không đánh dấu «Không được giao». "
    "Nếu đơn vị không có, hãy để trống điểm."
)
NOT_A_NUMBER = "Hãy nhập một số, ví dụ 9,5."
TOO_LONG = "Số quá lớn hoặc có quá nhiều chữ số. Hãy kiểm tra lại."
# What the self column of these kinds is computed from; nobody types the points.
COMPUTED_FROM = {
    CriterionKind.QUANTITATIVE.value: "kế hoạch và thực hiện",
    CriterionKind.CHOICE.value: "mức đã chọn",
}


def cell_fault(step: Step, node: Node, name: str, value: Any) -> str:
    """The sentence that refuses ``value`` in the cell ``name`` of the line ``node``, or ""."""
    if name not in step.fields:
        return PLAN_NOT_HERE if name == "plan" and step is SELF else NOT_HERE
    if is_lateness(node.leaf) and name not in ("explanation", "appraisal_reason", "reason"):
        return lateness_fault(name, value)
    check = CHECKS.get(name, points_fault)
    return check(node, value)


def lateness_fault(name: str, value: Any) -> str:
    """Nobody fills in a deduction for lateness: the days come from the rounds, the points from the days."""
    if value is None or (name == "assigned" and value is True):
        return ""
    if name == "times":
        return "Số ngày chậm được ghi tự động, không nhập tay."
    return "Điểm trừ do chậm hạn được tính tự động, không nhập tay."


def points_fault(node: Node, value: Any) -> str:
    """Points lie between 0 and the line's maximum, with two decimals at most; blank is allowed."""
    if value is None:
        return ""
    if not is_number(value):
        return NOT_A_NUMBER
    if value < 0:
        return f"Điểm {plain_number(value)} nhỏ hơn 0. Hãy nhập từ 0 đến {plain_number(node.max_points)}."
    if value > node.max_points:
        return f"Điểm {plain_number(value)} lớn hơn điểm tối đa {plain_number(node.max_points)}. Hãy nhập lại."
    return "" if decimals(value) <= 2 else f"Điểm {plain_number(value)} có quá hai chữ số thập phân. Hãy làm tròn."


def self_points_fault(node: Node, value: Any) -> str:
    if value is None:
        return ""
    source = COMPUTED_FROM.get(node.kind)
    if is_counted_claim(node.leaf):
        source = "số lần"
    if source:
        return f"Điểm của tiêu chí này được tính từ {source}, không nhập tay."
    return points_fault(node, value)


def figure_fault(node: Node, value: Any) -> str:
    """A plan or an actual: up to 14 digits and four decimals, for quantitative criteria only."""
    if value is None:
        return ""
    if node.kind != CriterionKind.QUANTITATIVE:
        return "Chỉ tiêu chí định lượng mới có kế hoạch và thực hiện."
    if not is_number(value):
        return NOT_A_NUMBER
    return "" if decimals(value) <= 4 and abs(value) < Decimal(10) ** 14 else TOO_LONG


def plan_fault(node: Node, value: Any) -> str:
    fault = figure_fault(node, value)
    if fault or value is None:
        return fault
    return "Kế hoạch không được là số âm." if value < 0 else ""


def level_fault(node: Node, value: Any) -> str:
    if value == "":
        return ""
    names = [str(level.get("name")) for level in levels_of(node.options)]
    if node.kind != CriterionKind.CHOICE or value not in names:
        return f"Mức «{value}» không có trong tiêu chí này. Hãy chọn lại mức."
    return ""


def times_fault(node: Node, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1_000_000:
        return "Số lần phải là số nguyên không âm."
    return ""


def assigned_fault(node: Node, value: Any) -> str:
    if not isinstance(value, bool):
        return "Hãy chọn được giao hoặc không được giao."
    return "" if value or not node.is_claimed else CLAIMED


def text_fault(node: Node, value: Any) -> str:
    return "" if isinstance(value, str) and len(value) <= 20_000 else "Nội dung quá dài. Hãy viết gọn lại."


CHECKS: Mapping[str, Check] = {
    "assigned": assigned_fault,
    "plan": plan_fault,
    "actual": figure_fault,
    "level": level_fault,
    "times": times_fault,
    "self_points": self_points_fault,
    "explanation": text_fault,
    "appraisal_reason": text_fault,
    "reason": text_fault,
    "answer": text_fault,
}


def is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()


def decimals(value: Decimal | int) -> int:
    """How many decimals ``value`` really has: 9.50 has one."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def earlier_points(step: Step, line: ScoreLine, own: Decimal | None) -> Decimal | None:
    """The value that ``step`` is compared with: the unit's own, or for the agreed one what stood before it."""
    if step is AGREEMENT:
        for value in (line.appraised_points, line.cross_points):
            if value is not None:
                return value
    return own


def given_reason(step: Step, line: ScoreLine) -> str:
    """Why ``step`` departs; lines from before the appraisal had a reason of its own keep it in ``reason``."""
    if step.column == APPRAISAL.column:
        return line.appraisal_reason.strip() or line.reason.strip()
    return line.reason.strip()


def reason_fault(step: Step, line: ScoreLine, own: Decimal | None) -> str:
    """A differing score needs a reason (domain-2.md 3.5: note mandatory when the two differ).

    So does an appraisal that changes after the unit explained the one before.
    """
    value = getattr(line, step.column)
    if step is SELF or value is None or given_reason(step, line):
        return ""
    earlier = earlier_points(step, line, own)
    explained = line.answered_points if step is APPRAISAL else None
    if explained is not None and value != explained:
        return f"Điểm {plain_number(value)} khác điểm trước giải trình ({plain_number(explained)}). Hãy ghi lý do."
    if earlier == value:
        return ""
    shown = "chưa có" if earlier is None else plain_number(earlier)
    return f"Điểm {plain_number(value)} khác điểm trước đó ({shown}). Hãy ghi lý do chênh lệch."
