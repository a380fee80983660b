"""Working days and the terms that the decrees count in them (domain-2.md 2.1).

A term runs from the day after the event (Bộ luật Dân sự 2015, Điều 147 khoản 1). Saturdays and Sundays rest, unless
they are worked in exchange (ngày làm bù); holidays rest. Both calendars are data: callers pass them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date] = (), swapped: Collection[date] = ()) -> bool:
    """Whether people work on ``day``. A swapped day is worked even on a week-end; a holiday never is."""
    if day in holidays:
        return False
    return day in swapped or day.weekday() < SATURDAY


def add_working_days(start: date, n: int, holidays: Collection[date] = (), swapped: Collection[date] = ()) -> date:
    """The last day of a term of ``n`` working days that begins with the event on ``start``; 0 gives ``start``.

    A negative ``n`` counts back. Raises nothing.
    """
    step = ONE_DAY if n > 0 else -ONE_DAY
    day, left = start, abs(n)
    while left:
        day += step
        left -= is_working_day(day, holidays, swapped)
    return day


def working_days_between(
    since: date, until: date, holidays: Collection[date] = (), swapped: Collection[date] = ()
) -> int:
    """Working days after ``since`` up to and with ``until``; negative when ``until`` lies before ``since``."""
    if until < since:
        return -working_days_between(until, since, holidays, swapped)
    days = (since + ONE_DAY * n for n in range(1, (until - since).days + 1))
    return sum(is_working_day(day, holidays, swapped) for day in days)


@dataclass(frozen=True)
class Term:
    """A term of the law in working days. ``counts_from`` says in Vietnamese from which event."""

    code: str
    days: int
    counts_from: str
    citation: str

    def due(self, event: date, holidays: Collection[date] = (), swapped: Collection[date] = ()) -> date:
        """The last day on which the duty is done in time."""
        return add_working_days(event, self.days, holidays, swapped)


_DECREE = "Nghị định 152/2025/NĐ-CP"
_COMPLETE = "ngày nhận đủ hồ sơ"
MINISTRY_APPRAISAL = Term("ministry-appraisal", 20, _COMPLETE, f"{_DECREE}, Điều 35 khoản 2")
PROVINCE_APPRAISAL = Term("province-appraisal", 30, _COMPLETE, f"{_DECREE}, Điều 35 khoản 3")
PROVINCE_APPRAISAL_HIGH = Term("province-appraisal-high", 40, _COMPLETE, f"{_DECREE}, Điều 35 khoản 3")
RETURN = Term("return", 10, "ngày nhận hồ sơ", f"{_DECREE}, Điều 35 khoản 4 điểm a")
REFUSAL = Term("refusal", 10, "ngày có kết luận không khen thưởng", f"{_DECREE}, Điều 35 khoản 4 điểm b")
COPY = Term("copy", 10, "ngày nhận quyết định", f"{_DECREE}, Điều 35 khoản 4 điểm c")
ITEMS = Term("items", 10, "ngày có quyết định", f"{_DECREE}, Điều 35 khoản 4 điểm d")
ITEMS_MANY = Term("items-many", 20, "ngày có quyết định", f"{_DECREE}, Điều 35 khoản 4 điểm d")
OPINION = Term("opinion", 10, "ngày nhận văn bản xin ý kiến", f"{_DECREE}, Điều 34 khoản 6")
SUBMIT_AFTER_OPINIONS = Term(
    "submit-after-opinions", 10, "ngày nhận đủ ý kiến thống nhất", f"{_DECREE}, Điều 34 khoản 7"
)
POSTING = Term("posting", 10, "ngày công khai danh sách", f"{_DECREE}, Điều 44 khoản 2")
MONEY_BACK = Term("money-back", 15, "ngày nhận quyết định hủy bỏ", f"{_DECREE}, Điều 58 khoản 1 điểm a")
ITEMS_SENT_ON = Term("items-sent-on", 15, "ngày thu lại hiện vật", f"{_DECREE}, Điều 58 khoản 1 điểm b")
TERMS = (
    MINISTRY_APPRAISAL,
    PROVINCE_APPRAISAL,
    PROVINCE_APPRAISAL_HIGH,
    RETURN,
    REFUSAL,
    COPY,
    ITEMS,
    ITEMS_MANY,
    OPINION,
    SUBMIT_AFTER_OPINIONS,
    POSTING,
    MONEY_BACK,
    ITEMS_SENT_ON,
)
TERM_BY_CODE = {each.code: each for each in TERMS}

# Awards for which a province has 40 working days (NĐ 152/2025, Điều 35 khoản 3).
HIGH_AWARDS = frozenset(
    {
        "hc-doc-lap-nhat",
        "hc-doc-lap-nhi",
        "hc-doc-lap-ba",
        "hc-ho-chi-minh",
        "hc-sao-vang",
        "anh-hung-lao-dong",
        "anh-hung-llvtnd",
        "tinh-anh-hung",
        "ba-me-viet-nam-anh-hung",
    }
)
MANY_CASES = 100


def appraisal_term(award: str) -> Term:
    """The province's term of appraisal: 40 working days for the highest awards, else 30 (Điều 35 khoản 3)."""
    return PROVINCE_APPRAISAL_HIGH if award in HIGH_AWARDS else PROVINCE_APPRAISAL


def items_term(cases: int) -> Term:
    """The term for handing out items: 10 working days below 100 cases, 20 from 100 (Điều 35 khoản 4 điểm d)."""
    return ITEMS_MANY if cases >= MANY_CASES else ITEMS


def latest_posting(session: date, holidays: Collection[date] = (), swapped: Collection[date] = ()) -> date:
    """The last day to post the list so that 10 working days pass before the council meets (Điều 44 khoản 2)."""
    return add_working_days(session, -POSTING.days, holidays, swapped)


def posted_in_time(
    posted: date, session: date, holidays: Collection[date] = (), swapped: Collection[date] = ()
) -> bool:
    """Whether at least 10 working days lie between posting and session (Điều 44 khoản 2)."""
    return working_days_between(posted, session, holidays, swapped) >= POSTING.days
