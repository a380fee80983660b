"""Cross-checking (chấm chéo): what a checker finds line by line, and the mean of what all found.

Lines that are computed from figures, a level or a number of times need no points of the checker:
blank agrees with what they give, also after other units' figures have changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from khoithidua.web.numbers import plain_number, two_places
from scoring.domain.board import SheetBoard, load_sheet
from scoring.domain.cells import points_fault, text_fault
from scoring.domain.computing import BLANK, Entry, is_lateness
from scoring.domain.sheets import is_missing
from scoring.domain.tree import Node, Tree
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.writing import bump, locked, refuse_unscored
from scoring.enums import SheetState
from scoring.models import CrossCheck, CrossLine, ScoreLine, ScoreSheet

Found = Mapping[int, Mapping[str, Any]]
NOT_HERE = "Ô này không sửa được khi chấm chéo. Hãy tải lại trang."


@dataclass(frozen=True)
class CheckedLine:
    """One criterion of a dealt sheet: what the unit says (``own`` points) and what the checker gives."""

    node: Node
    entry: Entry
    own: Decimal | None
    points: Decimal | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """The checker may give points: the line is assigned and does not follow from days late."""
        return self.entry.assigned and not is_lateness(self.node.leaf)

    @property
    def counts_days(self) -> bool:
        """Its number of times are days late."""
        return is_lateness(self.node.leaf)

    @property
    def is_missing(self) -> bool:
        """The checker still has to look at it."""
        seen: Any = self.entry._replace(cross_points=self.points)
        return self.is_open and is_missing(self.node, seen, "cross_points")


@dataclass(frozen=True)
class CheckedSheet:
    """A dealt sheet as its checker sees it; ``lines`` in document order."""

    tree: Tree
    lines: tuple[CheckedLine, ...]

    @property
    def missing(self) -> list[str]:
        return [line.node.code for line in self.lines if line.is_missing]


def load_check(check: CrossCheck) -> CheckedSheet:
    """The dealt sheet with the checker's findings; at most five queries."""
    tree, board = load_sheet(check.sheet)
    found = {line.criterion_id: line for line in CrossLine.objects.filter(check_of=check)}
    lines = tuple(checked(node, board, found.get(node.id)) for node in tree.leaves)
    return CheckedSheet(tree, lines)


def checked(node: Node, board: SheetBoard, found: CrossLine | None) -> CheckedLine:
    entry = board.lines.get(node.code, BLANK)
    own = board.computed[node.code].points
    if found is None:
        return CheckedLine(node, entry, own)
    return CheckedLine(node, entry, own, found.points, found.reason)


@transaction.atomic
def save_check(check: CrossCheck, *, entries: Found, actor: User | None, expected_version: int) -> CrossCheck:
    """Write {points, reason} by criterion id; a reason is due where the points differ from the unit's own.

    All or nothing: ScoreFaults by code, StaleSheet when a colleague saved after ``expected_version``,
    TransitionRefused when the check is done or its sheet is no longer waiting for it. Audited on the check.
    """
    row = locked_check(check)
    if row.version != expected_version:
        raise StaleSheet(colleague_was_first(row))
    seen = load_check(row)
    refuse_faults(seen, entries)
    write_found(row, seen, entries, action="Lưu điểm chấm chéo", actor=actor)
    check.refresh_from_db()
    return check


@transaction.atomic
def agree_rest(check: CrossCheck, *, actor: User | None) -> int:
    """Give every line that is not looked at yet the unit's own points; how many there were."""
    row = locked_check(check)
    seen = load_check(row)
    rest = {line.node.id: {"points": line.own} for line in seen.lines if line.is_missing and line.own is not None}
    write_found(row, seen, rest, action="Đồng ý các dòng còn lại", actor=actor)
    check.refresh_from_db()
    return len(rest)


def locked_check(check: CrossCheck) -> CrossCheck:
    """The row with its sheet, both locked, while the check may be worked on."""
    sheet = locked(check.sheet)
    refuse_unscored(sheet.bloc_year_id)
    row = CrossCheck.objects.select_for_update(of=("self",)).filter(pk=check.pk).select_related("checker").first()
    if row is None:
        raise TransitionRefused("Phân công chấm chéo này đã được thay. Hãy xem lại danh sách phân công.")
    row.sheet = sheet
    if row.done_at is not None:
        raise TransitionRefused("Đơn vị đã hoàn thành chấm chéo phiếu này nên không sửa được nữa.")
    if sheet.state != SheetState.SUBMITTED:
        raise TransitionRefused(
            f"Phiếu đang ở trạng thái «{sheet.get_state_display()}» nên không chấm chéo được. Hãy tải lại trang."
        )
    return row


def colleague_was_first(row: CrossCheck) -> str:
    entry = audit.entries_of(row).first()
    who = entry.actor_name if entry else "Người khác"
    return (
        f"{who} vừa lưu phần chấm chéo này sau khi bạn mở trang. Nội dung bạn gõ vẫn còn trên trang; "
        "hãy đối chiếu với bản đang lưu rồi bấm Lưu lần nữa nếu muốn giữ bản của bạn."
    )


def refuse_faults(seen: CheckedSheet, entries: Found) -> None:
    lines = {line.node.id: line for line in seen.lines}
    faults: dict[str, str] = {}
    for pk, values in entries.items():
        line = lines.get(pk)
        if line is None:
            faults[str(pk)] = "Tiêu chí này không thuộc bộ tiêu chí của phiếu. Hãy tải lại trang."
        elif fault := line_fault(line, values):
            faults[line.node.code] = fault
    if faults:
        raise ScoreFaults(faults)


def line_fault(line: CheckedLine, values: Mapping[str, Any]) -> str:
    """The sentence that refuses what was found on one line, or ""."""
    if values.keys() - {"points", "reason"} or not line.is_open:
        return NOT_HERE
    points, reason = values.get("points", line.points), values.get("reason", line.reason)
    if fault := points_fault(line.node, points) or text_fault(line.node, reason):
        return fault
    if points is None or points == line.own or reason.strip():
        return ""
    own = "chưa có" if line.own is None else plain_number(line.own)
    return f"Điểm {plain_number(points)} khác điểm tự chấm ({own}). Hãy ghi lý do."


def write_found(row: CrossCheck, seen: CheckedSheet, entries: Found, *, action: str, actor: User | None) -> None:
    """Store what changed, age the check by one, and keep one entry of it."""
    stored = {line.criterion_id: line for line in CrossLine.objects.filter(check_of=row)}
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for pk, values in entries.items():
        line = stored.get(pk) or CrossLine(check_of=row, criterion_id=pk)
        changed = {name: value for name, value in values.items() if getattr(line, name) != value}
        code = seen.tree.leaf_by_id[pk].code
        for name, value in changed.items():
            before[f"{code}.{name}"], after[f"{code}.{name}"] = getattr(line, name), value
            setattr(line, name, value)
        if changed:
            line.save()
    if after:
        row.version += 1
        row.save(update_fields=["version"])
        audit.record(row, action, actor=actor, before=before, after=after)


def mean(values: list[Decimal]) -> Decimal:
    """The arithmetic mean to two decimals, half up; ``values`` is not empty."""
    return two_places(sum(values, Decimal(0)) / len(values))


def undone_checkers(sheet: ScoreSheet) -> list[str]:
    """Who has not finished checking ``sheet``."""
    rows = CrossCheck.objects.filter(sheet=sheet, done_at__isnull=True).select_related("checker").order_by("pk")
    return [row.checker.label for row in rows]


def reopen_checks(sheet: ScoreSheet, *, actor: User | None) -> None:
    """The checks of a sheet that its agency works on again are to be done again; what was found stays."""
    for check in CrossCheck.objects.filter(sheet=sheet, done_at__isnull=False).select_related(
        "checker", "sheet__agency"
    ):
        check.done_at = check.done_by = None
        check.save(update_fields=["done_at", "done_by"])
        audit.record(
            check, "Mở lại chấm chéo vì phiếu được trả lại", actor=actor, before={"done": True}, after={"done": False}
        )


def write_cross_points(sheet: ScoreSheet, *, actor: User | None) -> None:
    """Give each line the mean of the finished checks, with their reasons under the checkers' names; audited.

    Where only some checkers gave points to a computed line, the others agreed with what it gives.
    """
    row = locked(sheet)
    checks = CrossCheck.objects.filter(sheet=row, done_at__isnull=False).select_related("checker").order_by("pk")
    found = [(each.checker.label, {line.node.id: line for line in load_check(each).lines}) for each in checks]
    stored = {line.criterion_id: line for line in ScoreLine.objects.filter(sheet=row)}
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for node in load_sheet(row)[0].leaves:
        line = stored.get(node.id) or ScoreLine(sheet=row, criterion_id=node.id)
        values = {"cross_points": mean_of(node, found), "cross_reason": reasons_of(node, found)}
        changed = {name: value for name, value in values.items() if getattr(line, name) != value}
        for name, value in changed.items():
            before[f"{node.code}.{name}"], after[f"{node.code}.{name}"] = getattr(line, name), value
            setattr(line, name, value)
        if changed:
            line.version += 1
            line.save()
    if after:
        bump(row)
        audit.record(row, "Ghi điểm chấm chéo", actor=actor, before=before, after=after)


def mean_of(node: Node, found: list[tuple[str, dict[int, CheckedLine]]]) -> Decimal | None:
    lines = [each[node.id] for _, each in found]
    if all(line.points is None for line in lines):
        return None
    values = [line.own if line.points is None else line.points for line in lines]
    return mean([value for value in values if value is not None])


def reasons_of(node: Node, found: list[tuple[str, dict[int, CheckedLine]]]) -> str:
    """One line for each checker who gave a reason."""
    return "\n".join(f"{who}: {each[node.id].reason.strip()}" for who, each in found if each[node.id].reason.strip())
