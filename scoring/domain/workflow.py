"""Lifecycles of a criteria set and of a score sheet."""

from datetime import datetime

from django.utils import timezone

from accounts.domain.audit import entries_of
from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from blocs.domain.workflow import agency_people, members_people
from blocs.models import BlocYear
from scoring.domain.amending import in_force, needs_next_version, needs_no_replaced_version
from scoring.domain.criteria import tree_faults
from scoring.domain.cross_checking import reopen_checks, undone_checkers, write_cross_points
from scoring.domain.deciding_ties import forget_decisions
from scoring.domain.explaining import (
    explanation_end,
    needs_answers,
    needs_closed_period,
    needs_difference,
    needs_no_earlier_explanation,
    needs_open_period,
)
from scoring.domain.frozen import needs_no_frozen_standing
from scoring.domain.grading_checks import stored_grading_faults
from scoring.domain.judging import judging_people
from scoring.domain.sending import let_work_again, needs_open_deadline, needs_plans, record_sending
from scoring.domain.sheets import drop_judgements, missing_codes, unagreed_codes, withdraw_publication
from scoring.domain.transferring import return_sentence, transfer_sheets
from scoring.domain.unappraised import unappraised_codes
from scoring.enums import SetState, SheetState
from scoring.models import CriteriaSet, ScoreSheet


def needs_sound_tree(criteria_set: CriteriaSet) -> str | None:
    faults = tree_faults(criteria_set)
    return f"Bảng tiêu chí chưa đúng: {faults[0]}" if faults else None


def needs_sound_grading(criteria_set: CriteriaSet) -> str | None:
    faults = stored_grading_faults(criteria_set)
    return f"Mức xếp loại chưa đúng: {faults[0]}" if faults else None


def needs_no_submitted_sheets(criteria_set: CriteriaSet) -> str | None:
    if criteria_set.sheets.exclude(state=SheetState.DRAFT).exists():
        return "Đã có đơn vị gửi phiếu chấm theo bộ tiêu chí này. Hãy trả lại các phiếu đó trước."
    return None


def replace_older(criteria_set: CriteriaSet, actor: User | None, now: datetime) -> None:
    """A newer version takes the place of the older ones: they are locked, and every sheet moves over.

    A sheet that was sent and now misses something goes back to its agency, with the reason; scores
    that were published are withdrawn, since they were published by another table.
    ``foreseeing.foresee_opening`` tells all this beforehand.
    """
    older = [each for each in in_force(criteria_set.bloc_year_id) if each.pk != criteria_set.pk]
    if not older:
        return
    withdraw_scores(criteria_set, older[0].version, actor)
    for each in older:
        if each.state == SetState.OPEN:
            reason = f"Đã thay bằng phiên bản {criteria_set.version}: {criteria_set.note}"
            CRITERIA_SET.perform(each, "supersede", actor=actor, reason=reason)
    for done in transfer_sheets(criteria_set, actor=actor):
        if done.sheet.state == SheetState.DRAFT:
            continue
        missing = missing_codes(done.sheet, "self_points")
        versions = {"before": older[0].version, "after": criteria_set.version}
        if reason := return_sentence(done, missing, **versions):
            SCORE_SHEET.perform(done.sheet, "supplement", actor=actor, reason=reason)


def withdraw_scores(criteria_set: CriteriaSet, before: int, actor: User | None) -> None:
    """Published scores close again when sheets are about to move from version ``before``."""
    year = BlocYear.objects.get(pk=criteria_set.bloc_year_id)
    moving = ScoreSheet.objects.filter(bloc_year=year).exclude(criteria_set=criteria_set)
    if year.scores_published_at is not None and moving.exists():
        reason = f"Bộ tiêu chí phiên bản {criteria_set.version} thay phiên bản {before}: {criteria_set.note}"
        withdraw_publication(year, reason=reason, actor=actor)


CRITERIA_SET = Lifecycle(
    (
        Transition(
            "open",
            "Đưa bộ tiêu chí vào áp dụng",
            (SetState.DRAFT,),
            SetState.OPEN,
            "scoring.edit_criteria",
            guards=(needs_sound_tree, needs_sound_grading, needs_next_version, needs_no_frozen_standing),
            effect=replace_older,
            audience=members_people,
            confirm="Bộ tiêu chí sẽ áp dụng cho mọi đơn vị của khối. Nếu thay phiên bản đang dùng, các phiếu chấm "
            "chuyển theo và phiếu đã gửi có thể bị trả lại. Tiếp tục?",
        ),
        Transition(
            "revise",
            "Rút về dự thảo",
            (SetState.OPEN,),
            SetState.DRAFT,
            "scoring.edit_criteria",
            reason_due=True,
            guards=(needs_no_submitted_sheets, needs_no_replaced_version),
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
        Transition(
            "supersede",
            "Thay bằng phiên bản mới",
            (SetState.OPEN,),
            SetState.LOCKED,
            "scoring.edit_criteria",
            reason_due=True,
            offered=False,
        ),
        Transition(
            "unlock",
            "Mở khóa bộ tiêu chí",
            (SetState.LOCKED,),
            SetState.OPEN,
            "scoring.lock_standing",
            reason_due=True,
            offered=False,
        ),
    )
)


def needs_self_points(sheet: ScoreSheet) -> str | None:
    return unscored(missing_codes(sheet, "self_points"), "tự chấm")


def needs_appraised_points(sheet: ScoreSheet) -> str | None:
    return unscored(unappraised_codes(sheet), "thẩm định")


def needs_agreed_points(sheet: ScoreSheet) -> str | None:
    return unscored(unagreed_codes(sheet), "thống nhất")


def unscored(codes: list[str], words: str) -> str | None:
    if not codes:
        return None
    shown = ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "")
    return f"Còn {len(codes)} tiêu chí chưa có điểm {words}: {shown}."


def start_over(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    """A returned sheet counts by the agency's own points again, and may be explained once more."""
    drop_judgements(sheet, actor=actor)
    reopen_checks(sheet, actor=actor)
    forget_decisions(sheet, actor, now)
    sheet.explanation_due = sheet.explained_at = None
    sheet.save(update_fields=["explanation_due", "explained_at"])
    let_work_again(sheet, actor, now)


def check_anew(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    """What was given stays, since it was given to the same criteria; checks and explanation begin again."""
    reopen_checks(sheet, actor=actor)
    forget_decisions(sheet, actor, now)
    sheet.explanation_due = sheet.explained_at = None
    sheet.save(update_fields=["explanation_due", "explained_at"])
    let_work_again(sheet, actor, now)


def needs_all_checks(sheet: ScoreSheet) -> str | None:
    waiting = undone_checkers(sheet)
    if waiting:
        return f"Chưa chấm chéo xong: {', '.join(waiting)}. Hãy đợi, hoặc phân công lại ở trang Chấm chéo."
    return None


def needs_a_check(sheet: ScoreSheet) -> str | None:
    if sheet.cross_checks.exists():
        return None
    return "Phiếu chưa được phân công chấm chéo. Hãy phân công ở trang Chấm chéo, hoặc thẩm định ngay."


def record_cross_points(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    write_cross_points(sheet, actor=actor)


def open_explanation(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    sheet.explanation_due = explanation_end(sheet, today=timezone.localdate(now))
    sheet.save(update_fields=["explanation_due"])


def close_explanation(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    sheet.explained_at = now
    sheet.save(update_fields=["explained_at"])


SCORE_SHEET = Lifecycle(
    (
        Transition(
            "submit",
            "Duyệt và gửi phiếu chấm",
            (SheetState.DRAFT,),
            SheetState.SUBMITTED,
            "scoring.submit_sheet",
            guards=(needs_open_deadline, needs_plans, needs_self_points, needs_no_frozen_standing),
            effect=record_sending,
            audience=judging_people,
            confirm="Sau khi gửi, đơn vị không sửa được phiếu nữa. Tiếp tục?",
        ),
        Transition(
            "return",
            "Trả lại đơn vị",
            (SheetState.SUBMITTED, SheetState.CROSS_CHECKED, SheetState.APPRAISED),
            SheetState.DRAFT,
            "scoring.decide_sheet",
            reason_due=True,
            effect=start_over,
            audience=agency_people,
            primary=False,
        ),
        Transition(
            "supplement",
            "Trả lại đơn vị để bổ sung theo bộ tiêu chí mới",
            (
                SheetState.SUBMITTED,
                SheetState.CROSS_CHECKED,
                SheetState.APPRAISED,
                SheetState.EXPLANATION,
                SheetState.AGREED,
            ),
            SheetState.DRAFT,
            "scoring.edit_criteria",
            reason_due=True,
            effect=check_anew,
            audience=agency_people,
            offered=False,
        ),
        Transition(
            "cross_check",
            "Xác nhận đã chấm chéo xong",
            (SheetState.SUBMITTED,),
            SheetState.CROSS_CHECKED,
            "scoring.conclude_checks",
            guards=(needs_a_check, needs_all_checks),
            effect=record_cross_points,
            audience=judging_people,
            primary=False,
        ),
        Transition(
            "appraise",
            "Xác nhận đã thẩm định",
            (SheetState.SUBMITTED, SheetState.CROSS_CHECKED),
            SheetState.APPRAISED,
            "scoring.decide_sheet",
            guards=(needs_all_checks, needs_appraised_points),
            audience=agency_people,
        ),
        Transition(
            "ask",
            "Yêu cầu giải trình",
            (SheetState.APPRAISED,),
            SheetState.EXPLANATION,
            "scoring.decide_sheet",
            guards=(needs_no_earlier_explanation, needs_difference),
            effect=open_explanation,
            audience=agency_people,
            primary=False,
        ),
        Transition(
            "explain",
            "Ký gửi giải trình",
            (SheetState.EXPLANATION,),
            SheetState.APPRAISED,
            "scoring.submit_sheet",
            guards=(needs_open_period, needs_answers),
            effect=close_explanation,
            audience=judging_people,
            confirm="Mỗi phiếu chỉ giải trình một lần; sau khi gửi không sửa được nữa. Tiếp tục?",
        ),
        Transition(
            "end_explanation",
            "Kết thúc giải trình",
            (SheetState.EXPLANATION,),
            SheetState.APPRAISED,
            "scoring.decide_sheet",
            guards=(needs_closed_period,),
            audience=agency_people,
            primary=False,
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
            effect=forget_decisions,
            audience=agency_people,
            primary=False,
        ),
        Transition(
            "lock",
            "Khóa phiếu cùng kết quả xếp hạng",
            (SheetState.AGREED,),
            SheetState.LOCKED,
            "scoring.lock_standing",
            offered=False,
        ),
        Transition(
            "unlock",
            "Mở khóa phiếu cùng kết quả xếp hạng",
            (SheetState.LOCKED,),
            SheetState.AGREED,
            "scoring.lock_standing",
            reason_due=True,
            offered=False,
        ),
    )
)


def return_reason(sheet: ScoreSheet) -> str:
    """Why the sheet came back to its agency, while it is being worked on again; else empty."""
    if sheet.state != SheetState.DRAFT:
        return ""
    returns = [SCORE_SHEET.by_name[name].label for name in ("return", "supplement")]
    entry = entries_of(sheet).filter(action__in=returns).first()
    return entry.reason if entry else ""
