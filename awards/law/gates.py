"""Gates that every nominee passes whatever the branch (domain.md A4, domain-2.md 7).

``GATES`` answers the checks that the facts of one nominee call for: a matter that nobody stated makes no check.
NĐ 152/2025 was read; where an older decree held, the citation says that its article is still to be compared.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from awards.law.branches import Round
from awards.law.checks import Check
from awards.law.facts import Absence, Category, Discipline, Freeze, FreezeKind, Given, Move, Nominee
from awards.law.rule_sets import RuleSet
from awards.law.runs import NO_BASIS
from awards.law.same_achievement import commended_before

FREEZE_WORDS = {
    FreezeKind.DISCIPLINE: "đang xem xét thi hành kỷ luật",
    FreezeKind.INSPECTION: "đang điều tra, thanh tra, kiểm tra khi có dấu hiệu vi phạm",
    FreezeKind.PETITION: "đơn thư khiếu nại, tố cáo đang được xác minh",
    FreezeKind.PRESS: "vấn đề tham nhũng, tiêu cực báo chí nêu đang được xác minh",
}
CLEARED_WORDS = {
    FreezeKind.DISCIPLINE: "Việc xem xét kỷ luật",
    FreezeKind.INSPECTION: "Việc điều tra, thanh tra, kiểm tra",
    FreezeKind.PETITION: "Đơn thư khiếu nại, tố cáo",
    FreezeKind.PRESS: "Vấn đề báo chí nêu",
}
# Titles and forms of the State (NĐ 152/2025, Điều 3 khoản 1 and 2), by code.
STATE_PREFIXES = ("hc-", "huy-chuong-", "anh-hung-")
STATE_AWARDS = frozenset({"co-chinh-phu", "cstd-toan-quoc", "bk-thu-tuong"})
YEARLY_PERSONAL_TITLES = frozenset({"ld-tien-tien", "cstd-co-so"})
PRACTICE = "Thông lệ xét Lao động tiên tiến (cần đối chiếu quy định của tỉnh)"
FRESH_MONTHS = 6
MOVE_MONTHS = 6
MOVE_BASIS = "Thông tư 01/2024/TT-TANDTC, Điều 29 (mẫu tham khảo)"
NOT_THE_NEW_UNIT = (
    "Đã chuyển đơn vị trong năm mà bên đề nghị không phải đơn vị mới; đơn vị mới có trách nhiệm xét khen thưởng,"
    " hãy chuyển hồ sơ cho đơn vị đó hoặc nêu lý do để cấp có thẩm quyền quyết định."
)


@dataclass(frozen=True)
class Attendance:
    """Thresholds of local practice (A4-16, common knowledge): a province may set its own, with its own basis."""

    least_months: int = 10
    most_sick_days: int = 40
    months_basis: str = PRACTICE
    sick_basis: str = PRACTICE


def GATES(nominee: Nominee, a_round: Round, attendance: Attendance | None = None) -> tuple[Check, ...]:  # noqa: N802
    """Every gate of one nominee: freezes, discipline, leave, move, dissolution, freshness, basis, achievement."""
    return (
        *freezes(nominee, a_round),
        *disciplines(nominee, a_round),
        *maternity(nominee, a_round),
        *absences(nominee, a_round, attendance or Attendance()),
        *moved_in_year(nominee, a_round),
        *dissolved_unit(nominee, a_round),
        *freshness(nominee, a_round),
        *no_basis(nominee, a_round),
        *commended_before(nominee, a_round),
    )


# --- A4-4, A4-5 ---------------------------------------------------------------------------------------------------


def freezes(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-4: no award while a matter is being considered or verified (NĐ 152/2025, Điều 4.4).

    Looked at on ``considered_on``, so that a matter that came up after the dossier was received counts.
    """
    citation, day = _principle(a_round.rule_set, 4), nominee.considered_on or nominee.on
    return tuple(Check("A4-4", *_freeze_told(each, day), citation) for each in nominee.freezes if each.since <= day)


def _freeze_told(freeze: Freeze, on: date) -> tuple[bool | None, str]:
    if freeze.cleared_on is None or freeze.cleared_on > on:
        return False, f"Chưa khen thưởng: {FREEZE_WORDS[freeze.kind]} từ ngày {freeze.since:%d/%m/%Y}."
    ended = (
        f"{CLEARED_WORDS[freeze.kind]} từ ngày {freeze.since:%d/%m/%Y} đã có kết luận ngày {freeze.cleared_on:%d/%m/%Y}"
    )
    if freeze.upheld:
        return None, f"{ended}: có sai phạm; cấp có thẩm quyền cần xem xét, quyết định."
    return True, f"{ended}: không có sai phạm."


def disciplines(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-5: after a discipline achievements count from the day it was served (NĐ 152/2025, Điều 4.4)."""
    citation = _principle(a_round.rule_set, 4)
    known = (each for each in nominee.disciplines if each.decided_on <= nominee.on)
    return tuple(Check("A4-5", *_discipline_told(each, a_round.end_year), citation) for each in known)


def _discipline_told(discipline: Discipline, year: int) -> tuple[bool | None, str]:
    began = f"Bị kỷ luật theo quyết định ngày {discipline.decided_on:%d/%m/%Y}"
    served = discipline.served_until
    if served is None:
        return None, f"{began}; chưa có ngày chấp hành xong, hãy bổ sung để biết thành tích được tính từ khi nào."
    ended = f"{began}, chấp hành xong ngày {served:%d/%m/%Y}"
    if served >= date(year, 12, 31):
        return False, f"{ended}: thành tích năm {year} nằm trong thời gian chấp hành kỷ luật nên chưa được tính."
    if served.year == year:
        return None, f"{ended}: chỉ tính thành tích năm {year} từ ngày đó; hội đồng cần xem xét, quyết định."
    return True, f"{ended}: thành tích được tính từ ngày đó, năm {year} được tính đủ."


# --- A4-6, A4-16 --------------------------------------------------------------------------------------------------


def maternity(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-6: maternity leave counts as time for every award (NĐ 152/2025, Điều 4.5)."""
    on_leave = any(each.kind is Absence.MATERNITY and each.year == a_round.end_year for each in nominee.aways)
    if not on_leave:
        return ()
    text = f"Năm {a_round.end_year} có thời gian nghỉ thai sản; thời gian này được tính để xét khen thưởng."
    return (Check("A4-6", True, text, _principle(a_round.rule_set, 5)),)


def absences(nominee: Nominee, a_round: Round, attendance: Attendance) -> tuple[Check, ...]:
    """A4-16: too few months or too many sick days for a yearly title. Local practice: the council decides.

    Only Lao động tiên tiến and Chiến sĩ thi đua cơ sở; maternity leave never counts.
    """
    if nominee.award not in YEARLY_PERSONAL_TITLES:
        return ()
    short = _short_year(nominee, a_round.end_year, attendance)
    sick = _sick_year(nominee, a_round.end_year, attendance)
    told = (*((text, attendance.months_basis) for text in short), *((text, attendance.sick_basis) for text in sick))
    return tuple(Check("A4-16", None, text, citation) for text, citation in told)


def _short_year(nominee: Nominee, year: int, attendance: Attendance) -> Iterable[str]:
    for each in nominee.aways:
        if each.kind is not Absence.NEWLY_RECRUITED or each.year != year:
            continue
        if each.months_worked is None:
            yield f"Mới tuyển dụng năm {year} nhưng chưa có số tháng làm việc; hãy bổ sung."
        elif each.months_worked < attendance.least_months:
            yield (
                f"Năm {year} chỉ làm việc {each.months_worked} tháng, dưới {attendance.least_months} tháng;"
                " cần hội đồng quyết định."
            )


def _sick_year(nominee: Nominee, year: int, attendance: Attendance) -> Iterable[str]:
    sick = [each.working_days for each in nominee.aways if each.kind is Absence.SICK and each.year == year]
    known = sum(days for days in sick if days is not None)
    if known >= attendance.most_sick_days:
        yield (
            f"Năm {year} nghỉ ốm {known} ngày làm việc, từ {attendance.most_sick_days} ngày trở lên;"
            " cần hội đồng quyết định."
        )
    elif None in sick:
        yield f"Năm {year} có nghỉ ốm nhưng chưa có số ngày làm việc đã nghỉ; hãy bổ sung."


# --- A4-13, A4-14, A4-15, A4-3 ------------------------------------------------------------------------------------


def moved_in_year(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-13: the new unit proposes; after six months or more at the old one its comment is wanted.

    A pattern of the courts (TT 01/2024/TT-TANDTC), which binds no province: what does not fit it, people decide.
    """
    told = [_move_told(move, a_round.end_year) for move in nominee.moves]
    told += [(None, NOT_THE_NEW_UNIT) for move in nominee.moves if move.proposed_by_new_unit is False]
    return tuple(Check("A4-13", passed, text, MOVE_BASIS) for passed, text in told)


def _move_told(move: Move, year: int) -> tuple[bool | None, str]:
    months = move.months_at_old_unit
    if months is None:
        return None, f"Chuyển đơn vị trong năm {year}; hãy bổ sung số tháng công tác tại đơn vị cũ."
    if months < MOVE_MONTHS:
        return True, f"Công tác tại đơn vị cũ {months} tháng, dưới 06 tháng: không cần nhận xét của đơn vị cũ."
    if move.old_unit_comments:
        return True, f"Công tác tại đơn vị cũ {months} tháng và đã có nhận xét của đơn vị cũ."
    return None, f"Công tác tại đơn vị cũ {months} tháng, từ 06 tháng trở lên; hãy bổ sung nhận xét của đơn vị cũ."


def dissolved_unit(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-14: a dissolved or merged unit is proposed by the unit that took over its task (NĐ 152/2025, Điều 33.4)."""
    ended = nominee.dissolved_on
    if ended is None or ended > nominee.on:
        return ()
    began = f"Đơn vị đã giải thể hoặc sáp nhập từ ngày {ended:%d/%m/%Y}"
    told = {
        True: f"{began}; đơn vị tiếp nhận nhiệm vụ đề nghị khen thưởng.",
        False: f"{began}; đơn vị tiếp nhận nhiệm vụ phải là đơn vị đề nghị, hãy chuyển hồ sơ cho đơn vị đó.",
        None: f"{began}; hãy cho biết đơn vị đề nghị có phải là đơn vị tiếp nhận nhiệm vụ không.",
    }[nominee.proposed_by_successor]
    return (Check("A4-14", nominee.proposed_by_successor, told, _decree(a_round.rule_set, "Điều 33 khoản 4")),)


def freshness(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-15: for a State award the report reaches to six months before submission or later (NĐ 152/2025, Điều 33.9).

    Asked only where the dossier states until when the achievement is told; the day of submission is ``nominee.on``.
    """
    until = nominee.achieved_until
    if until is None or not is_state_award(nominee.award):
        return ()
    last = add_months(until, FRESH_MONTHS)
    told = f"Thành tích trong báo cáo tính đến ngày {until:%d/%m/%Y}, trình chậm nhất ngày {last:%d/%m/%Y} (06 tháng)"
    passed = nominee.on <= last
    text = f"{told}: còn thời hạn." if passed else f"{told}: đã quá hạn vào ngày {nominee.on:%d/%m/%Y}, hãy cập nhật."
    return (Check("A4-15", passed, text, _decree(a_round.rule_set, "Điều 33 khoản 9")),)


def no_basis(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-3: surprise and thematic awards are no basis for merit (NĐ 152/2025, Điều 4.3). Tells what was left out."""
    left = [each for each in nominee.awards or () if each.category in NO_BASIS]
    if nominee.category is not Category.MERIT or not left:
        return ()
    years = ", ".join(_year_words(each) for each in left)
    text = f"Không tính {len(left)} lần khen đột xuất hoặc chuyên đề ({years}) làm căn cứ xét công trạng."
    return (Check("A4-3", True, text, _principle(a_round.rule_set, 3)),)


def _year_words(given: Given) -> str:
    year = given.year if given.year is not None else given.decided_on.year if given.decided_on else None
    return "chưa rõ năm" if year is None else str(year)


# --- shared -------------------------------------------------------------------------------------------------------


def is_state_award(award: str) -> bool:
    """Whether the code is a title or a form of the State (NĐ 152/2025, Điều 3 khoản 1 and 2)."""
    return award in STATE_AWARDS or award.startswith(STATE_PREFIXES)


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or that month's last day where it has no such day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _principle(rule_set: RuleSet, clause: int) -> str:
    return _decree(rule_set, f"Điều 4 khoản {clause}")


def _decree(rule_set: RuleSet, place: str) -> str:
    now = f"Nghị định 152/2025/NĐ-CP, {place}"
    if rule_set.code in ("R2025", "R2026"):
        return now
    return f"{rule_set.decree} (cần đối chiếu điều khoản; nội dung như {now})"
