"""Terms of appraisal in working days: until when a dossier is due, how many days are left."""

from dataclasses import dataclass, replace
from datetime import date

from awards.domain.council_rules import rule_value
from awards.domain.holidays import holidays
from awards.enums import AwardLevel, DossierState
from awards.law.working_days import (
    OPINION,
    POSTING,
    PROVINCE_APPRAISAL,
    PROVINCE_APPRAISAL_HIGH,
    RETURN,
    Term,
    add_working_days,
    appraisal_term,
    working_days_between,
)
from awards.models import Dossier

# The council's rule (awards.domain.council_rule_keys).
OWN_DAYS = "appraisal-days"
# While a dossier is in one of these the term runs.
RUNNING = (DossierState.SUBMITTED, DossierState.RECEIVED)


@dataclass(frozen=True)
class Calendar:
    """Days off and days worked in exchange; read once, then asked for many rows."""

    off: frozenset[date]
    worked: frozenset[date]

    def after(self, start: date, days: int) -> date:
        """The last day of a term of ``days`` working days whose event fell on ``start``."""
        return add_working_days(start, days, self.off, self.worked)

    def between(self, since: date, until: date) -> int:
        """Working days after ``since`` up to and with ``until``; negative when it is past."""
        return working_days_between(since, until, self.off, self.worked)


def calendar() -> Calendar:
    """The holidays that the province keeps; one query."""
    return Calendar(*holidays())


@dataclass(frozen=True)
class AppraisalTerm:
    """How many working days the appraisal has, and which text says so."""

    days: int
    citation: str


def term_of(dossier: Dossier, on: date) -> AppraisalTerm:
    """30 working days, 40 for the highest awards (NĐ 152/2025, Điều 35 khoản 3).

    The article speaks of state-level awards. For others the province's own number holds where it set one; where it
    set none the same 30 days are taken, and the words say so.
    """
    rows = list(dossier.nominations.order_by().values_list("award__code", "award__level").distinct())
    state = [appraisal_term(code) for code, level in rows if level == AwardLevel.STATE]
    if state:
        longest = PROVINCE_APPRAISAL_HIGH if PROVINCE_APPRAISAL_HIGH in state else PROVINCE_APPRAISAL
        return AppraisalTerm(longest.days, longest.citation)
    if (own := rule_value(dossier.council_id, OWN_DAYS, on)) is not None:
        return AppraisalTerm(int(own.value), own.legal_basis or "quy định của tỉnh")
    return AppraisalTerm(
        PROVINCE_APPRAISAL.days,
        f"lấy theo {PROVINCE_APPRAISAL.citation} (quy định cho khen thưởng cấp Nhà nước); tỉnh chưa đặt thời hạn riêng",
    )


def appraisal_due(dossier: Dossier, complete_on: date) -> date:
    """The last day of the appraisal of a dossier that was complete on ``complete_on``."""
    return calendar().after(complete_on, term_of(dossier, complete_on).days)


def return_due(dossier: Dossier, days: Calendar) -> date | None:
    """By when a dossier that does not qualify goes back (NĐ 152/2025, Điều 35 khoản 4 điểm a); None before receipt."""
    return None if dossier.received_on is None else days.after(dossier.received_on, RETURN.days)


def opinion_term(council_id: int, on: date) -> Term:
    """10 working days for the agency that is asked (NĐ 152/2025, Điều 34 khoản 6), or as the province set."""
    own = rule_value(council_id, "opinion-days", on)
    if own is None:
        return OPINION
    return replace(OPINION, days=int(own.value), citation=own.legal_basis or "quy định của tỉnh")


def opinion_due(council_id: int, asked_on: date) -> date:
    """The last day for the answer to a question of ``asked_on``."""
    return calendar().after(asked_on, opinion_term(council_id, asked_on).days)


def is_long_enough(from_on: date, until_on: date, days: Calendar, least: int = POSTING.days) -> bool:
    """Whether a posting gives at least ``least`` working days: 10 by NĐ 152/2025, Điều 44 khoản 2."""
    return days.between(from_on, until_on) >= least


def left_in_words(due: date | None, today: date, days: Calendar) -> str:
    """How long until ``due``, as lists say it; empty without a deadline."""
    if due is None:
        return ""
    if due == today:
        return "hạn hôm nay"
    if due > today:
        return f"còn {days.between(today, due)} ngày làm việc"
    return f"quá hạn {days.between(due, today)} ngày làm việc"
