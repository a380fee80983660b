"""Explanation (giải trình): the unit answers once, line by line, where the appraisal differs from its own score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from scoring.domain.board import load_sheet
from scoring.domain.cells import Step
from scoring.domain.computing import BLANK, Entry
from scoring.domain.tree import Node
from scoring.domain.wording import ScoreFaults
from scoring.domain.writing import Expected, save_cells
from scoring.domain.year_rules import rules_of
from scoring.enums import SheetState
from scoring.models import ScoreLine, ScoreSheet

ANSWER = Step("Lưu giải trình", "answer", ("answer", "answered_points"), (SheetState.EXPLANATION,))


@dataclass(frozen=True)
class Disputed:
    """One line of which the unit's own points and the appraised ones differ, or did when it was answered."""

    node: Node
    entry: Entry
    own: Decimal | None
    line: ScoreLine

    @property
    def reason(self) -> str:
        """Why the appraisal differs; imported lines keep it with the agreed score's."""
        return self.line.appraisal_reason or self.line.reason


def disputed_lines(sheet: ScoreSheet) -> list[Disputed]:
    """The lines to explain or explained, in document order; at most five queries."""
    tree, board = load_sheet(sheet)
    stored = {line.criterion_id: line for line in ScoreLine.objects.filter(sheet=sheet)}
    found = []
    for node in tree.leaves:
        line, own = stored.get(node.id), board.computed[node.code].points
        if line is not None and (is_disputed(line, own) or line.answer):
            found.append(Disputed(node, board.lines.get(node.code, BLANK), own, line))
    return found


def is_disputed(line: ScoreLine, own: Decimal | None) -> bool:
    return line.assigned and line.appraised_points is not None and line.appraised_points != own


def save_answers(sheet: ScoreSheet, *, answers: Mapping[int, str], actor: User | None, expected: Expected) -> None:
    """Write the unit's answers by criterion id; each keeps the appraised points that it answers.

    TransitionRefused outside the period of explanation, ScoreFaults for a line that does not
    differ, StaleSheet when a colleague answered it meanwhile. One audit entry.
    """
    if objection := needs_open_period(sheet):
        raise TransitionRefused(objection)
    lines = {each.node.id: each.line for each in disputed_lines(sheet)}
    refuse_undisputed(sheet, answers, lines)
    entries = {
        pk: {"answer": text.strip(), "answered_points": lines[pk].appraised_points if text.strip() else None}
        for pk, text in answers.items()
    }
    save_cells(sheet, ANSWER, entries=entries, actor=actor, expected=expected)


def refuse_undisputed(sheet: ScoreSheet, answers: Mapping[int, str], lines: Mapping[int, ScoreLine]) -> None:
    faults = {
        str(pk): "Dòng này không có điểm chênh lệch cần giải trình. Hãy tải lại trang."
        for pk in answers
        if pk not in lines
    }
    if faults:
        raise ScoreFaults(faults)


def explanation_end(sheet: ScoreSheet, *, today: date) -> date:
    """The last day of the period that opens today, as the rules of the bloc-year say."""
    return today + timedelta(days=rules_of(sheet.bloc_year).explanation_days)


def is_over(sheet: ScoreSheet) -> bool:
    """The period closes by itself after its last day."""
    return sheet.explanation_due is not None and timezone.localdate() > sheet.explanation_due


# Guards of the lifecycle: a full sentence when it stands in the way.


def needs_no_earlier_explanation(sheet: ScoreSheet) -> str | None:
    if sheet.explained_at is not None:
        return "Đơn vị đã giải trình một lần. Mỗi phiếu chỉ yêu cầu giải trình một lần."
    if sheet.explanation_due is not None:
        return (
            f"Đã yêu cầu giải trình một lần, hết hạn ngày {sheet.explanation_due:%d/%m/%Y}. "
            "Mỗi phiếu chỉ yêu cầu giải trình một lần."
        )
    return None


def needs_difference(sheet: ScoreSheet) -> str | None:
    if disputed_lines(sheet):
        return None
    return "Không có dòng nào điểm thẩm định khác điểm tự chấm nên không cần giải trình."


def needs_open_period(sheet: ScoreSheet) -> str | None:
    if not is_over(sheet):
        return None
    return (
        f"Đã hết hạn giải trình (ngày {sheet.explanation_due:%d/%m/%Y}). "
        "Hãy liên hệ thư ký khối; điểm thẩm định được giữ như hiện nay."
    )


def needs_answers(sheet: ScoreSheet) -> str | None:
    codes = [each.node.code for each in disputed_lines(sheet) if not each.line.answer]
    if not codes:
        return None
    shown = ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "")
    return f"Còn {len(codes)} dòng chưa giải trình: {shown}. Dòng nào đơn vị nhất trí thì ghi «Nhất trí»."


def needs_closed_period(sheet: ScoreSheet) -> str | None:
    if is_over(sheet) or sheet.explanation_due is None:
        return None
    return f"Đơn vị còn được giải trình đến hết ngày {sheet.explanation_due:%d/%m/%Y}. Hãy đợi đơn vị gửi hoặc hết hạn."
