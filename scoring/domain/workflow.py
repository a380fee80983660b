"""Lifecycles of a criteria set and of a score sheet."""

from datetime import datetime

from accounts.domain.audit import entries_of
from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from blocs.domain.workflow import agency_people, members_people, secretariat_people
from scoring.domain.criteria import tree_faults
from scoring.domain.sheets import drop_judgements, missing_codes
from scoring.enums import SetState, SheetState
from scoring.models import CriteriaSet, ScoreSheet


def needs_sound_tree(criteria_set: CriteriaSet) -> str | None:
    faults = tree_faults(criteria_set)
    return f"Bảng tiêu chí chưa đúng: {faults[0]}" if faults else None


def needs_no_submitted_sheets(criteria_set: CriteriaSet) -> str | None:
    if criteria_set.sheets.exclude(state=SheetState.DRAFT).exists():
        return "Đã có đơn vị gửi phiếu chấm theo bộ tiêu chí này. Hãy trả lại các phiếu đó trước."
    return None


CRITERIA_SET = Lifecycle(
    (
        Transition(
            "open",
            "Đưa bộ tiêu chí vào áp dụng",
            (SetState.DRAFT,),
            SetState.OPEN,
            "scoring.edit_criteria",
            guards=(needs_sound_tree,),
            audience=members_people,
        ),
        Transition(
            "revise",
            "Rút về dự thảo",
            (SetState.OPEN,),
            SetState.DRAFT,
            "scoring.edit_criteria",
            reason_due=True,
            guards=(needs_no_submitted_sheets,),
            audience=members_people,
            primary=False,
        ),
        Transition(
            "lock",
            "Khóa bộ tiêu chí",
            (SetState.OPEN,),
            SetState.LOCKED,
            "scoring.edit_criteria",
            confirm="Bộ tiêu chí đã khóa thì không sửa được nữa. Tiếp tục?",
            primary=False,
        ),
    )
)


def needs_self_points(sheet: ScoreSheet) -> str | None:
    return unscored(sheet, "self_points", "tự chấm")


def needs_appraised_points(sheet: ScoreSheet) -> str | None:
    return unscored(sheet, "appraised_points", "thẩm định")


def needs_agreed_points(sheet: ScoreSheet) -> str | None:
    return unscored(sheet, "agreed_points", "thống nhất")


def unscored(sheet: ScoreSheet, column: str, words: str) -> str | None:
    codes = missing_codes(sheet, column)
    if not codes:
        return None
    shown = ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "")
    return f"Còn {len(codes)} tiêu chí chưa có điểm {words}: {shown}."


def stamp_submission(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    sheet.submitted_at = now
    sheet.save(update_fields=["submitted_at"])


def start_over(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    """A returned sheet counts by the agency's own points again."""
    drop_judgements(sheet, actor=actor)


SCORE_SHEET = Lifecycle(
    (
        Transition(
            "submit",
            "Duyệt và gửi phiếu chấm",
            (SheetState.DRAFT,),
            SheetState.SUBMITTED,
            "scoring.submit_sheet",
            guards=(needs_self_points,),
            effect=stamp_submission,
            audience=secretariat_people,
            confirm="Sau khi gửi, đơn vị không sửa được phiếu nữa. Tiếp tục?",
        ),
        Transition(
            "return",
            "Trả lại đơn vị",
            (SheetState.SUBMITTED, SheetState.APPRAISED),
            SheetState.DRAFT,
            "scoring.decide_sheet",
            reason_due=True,
            effect=start_over,
            audience=agency_people,
            primary=False,
        ),
        Transition(
            "appraise",
            "Xác nhận đã thẩm định",
            (SheetState.SUBMITTED, SheetState.CROSS_CHECKED, SheetState.EXPLANATION),
            SheetState.APPRAISED,
            "scoring.decide_sheet",
            guards=(needs_appraised_points,),
            audience=agency_people,
        ),
        Transition(
            "agree",
            "Xác nhận điểm thống nhất",
            (SheetState.APPRAISED,),
            SheetState.AGREED,
            "scoring.decide_sheet",
            guards=(needs_agreed_points,),
            audience=agency_people,
        ),
        Transition(
            "reopen",
            "Mở lại để thẩm định",
            (SheetState.AGREED,),
            SheetState.APPRAISED,
            "scoring.decide_sheet",
            reason_due=True,
            audience=agency_people,
            primary=False,
        ),
    )
)


def return_reason(sheet: ScoreSheet) -> str:
    """Why the sheet came back to its agency, while it is being worked on again; else empty."""
    if sheet.state != SheetState.DRAFT:
        return ""
    entry = entries_of(sheet).filter(action=SCORE_SHEET.by_name["return"].label).first()
    return entry.reason if entry else ""
