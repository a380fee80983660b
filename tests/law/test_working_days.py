"""Terms in working days: NĐ 152/2025, Điều 34, 35, 44, 58."""

from datetime import date

import pytest

from awards.law import working_days as terms
from awards.law.working_days import add_working_days, is_working_day, working_days_between

FRIDAY = date(2025, 7, 4)
# 2/9/2025 is a Tuesday; its holiday takes Monday 1/9 too.
NATIONAL_DAY = {date(2025, 9, 1), date(2025, 9, 2)}


def test_the_day_of_the_event_is_not_counted():
    assert add_working_days(date(2025, 7, 7), 1) == date(2025, 7, 8)


def test_zero_days_is_the_day_itself():
    assert add_working_days(FRIDAY, 0) == FRIDAY


def test_saturday_and_sunday_are_passed_over():
    assert add_working_days(FRIDAY, 1) == date(2025, 7, 7)
    assert add_working_days(FRIDAY, 10) == date(2025, 7, 18)


def test_a_term_may_begin_on_a_sunday():
    assert add_working_days(date(2025, 7, 6), 1) == date(2025, 7, 7)


def test_holidays_are_passed_over():
    assert add_working_days(date(2025, 8, 29), 1) == date(2025, 9, 1)
    assert add_working_days(date(2025, 8, 29), 1, NATIONAL_DAY) == date(2025, 9, 3)


def test_a_swapped_saturday_is_worked():
    saturday = date(2025, 7, 5)
    assert add_working_days(FRIDAY, 1, swapped={saturday}) == saturday
    assert not is_working_day(saturday)


def test_a_holiday_is_never_worked_even_where_it_is_listed_as_swapped():
    assert not is_working_day(date(2025, 9, 2), NATIONAL_DAY, {date(2025, 9, 2)})


def test_counting_back_mirrors_counting_on():
    assert add_working_days(date(2025, 7, 7), -1) == FRIDAY
    assert add_working_days(date(2025, 9, 3), -1, NATIONAL_DAY) == date(2025, 8, 29)


def test_days_between_leave_out_the_first_and_count_the_last():
    assert working_days_between(FRIDAY, date(2025, 7, 7)) == 1
    assert working_days_between(FRIDAY, FRIDAY) == 0
    assert working_days_between(FRIDAY, date(2025, 7, 18)) == 10


def test_days_between_are_negative_backwards():
    assert working_days_between(date(2025, 7, 18), FRIDAY) == -10


def test_days_between_honour_holidays_and_swaps():
    assert working_days_between(date(2025, 8, 29), date(2025, 9, 3), NATIONAL_DAY) == 1
    assert working_days_between(date(2025, 8, 29), date(2025, 9, 3), NATIONAL_DAY, {date(2025, 8, 30)}) == 2


@pytest.mark.parametrize(
    ("code", "days", "citation"),
    [
        ("ministry-appraisal", 20, "Điều 35 khoản 2"),
        ("province-appraisal", 30, "Điều 35 khoản 3"),
        ("province-appraisal-high", 40, "Điều 35 khoản 3"),
        ("return", 10, "Điều 35 khoản 4 điểm a"),
        ("refusal", 10, "Điều 35 khoản 4 điểm b"),
        ("copy", 10, "Điều 35 khoản 4 điểm c"),
        ("items", 10, "Điều 35 khoản 4 điểm d"),
        ("items-many", 20, "Điều 35 khoản 4 điểm d"),
        ("opinion", 10, "Điều 34 khoản 6"),
        ("submit-after-opinions", 10, "Điều 34 khoản 7"),
        ("posting", 10, "Điều 44 khoản 2"),
        ("money-back", 15, "Điều 58 khoản 1 điểm a"),
        ("items-sent-on", 15, "Điều 58 khoản 1 điểm b"),
    ],
)
def test_each_term_has_the_days_and_the_article_of_the_decree(code, days, citation):
    term = terms.TERM_BY_CODE[code]
    assert (term.days, term.citation) == (days, f"Nghị định 152/2025/NĐ-CP, {citation}")


def test_every_term_is_listed_once_and_says_what_it_counts_from():
    assert len(terms.TERM_BY_CODE) == len(terms.TERMS) == 13
    assert all(each.counts_from.startswith("ngày ") for each in terms.TERMS)


def test_article_35_3_gives_40_days_for_the_highest_awards_and_30_for_the_rest():
    assert terms.appraisal_term("hc-doc-lap-ba") is terms.PROVINCE_APPRAISAL_HIGH
    assert terms.appraisal_term("anh-hung-lao-dong") is terms.PROVINCE_APPRAISAL_HIGH
    assert terms.appraisal_term("hc-lao-dong-nhat") is terms.PROVINCE_APPRAISAL
    assert terms.appraisal_term("co-chinh-phu") is terms.PROVINCE_APPRAISAL


@pytest.mark.parametrize(("cases", "days"), [(0, 10), (99, 10), (100, 20), (101, 20)])
def test_article_35_4_d_doubles_the_term_from_100_cases(cases, days):
    assert terms.items_term(cases).days == days


def test_a_term_says_its_last_day():
    assert terms.RETURN.due(FRIDAY) == date(2025, 7, 18)
    assert terms.RETURN.due(date(2025, 8, 22), NATIONAL_DAY) == date(2025, 9, 9)
    assert terms.MONEY_BACK.due(FRIDAY, swapped={date(2025, 7, 5)}) == date(2025, 7, 24)


def test_article_44_2_wants_ten_working_days_before_the_session():
    session = date(2025, 7, 18)
    assert terms.latest_posting(session) == FRIDAY
    assert terms.posted_in_time(FRIDAY, session)
    assert not terms.posted_in_time(date(2025, 7, 7), session)


def test_a_holiday_before_the_session_moves_the_posting_earlier():
    session = date(2025, 9, 12)
    assert terms.latest_posting(session) == date(2025, 8, 29)
    assert terms.latest_posting(session, NATIONAL_DAY) == date(2025, 8, 27)
    assert not terms.posted_in_time(date(2025, 8, 28), session, NATIONAL_DAY)
    assert terms.posted_in_time(date(2025, 8, 27), session, NATIONAL_DAY)
    assert terms.posted_in_time(date(2025, 8, 28), session, NATIONAL_DAY, {date(2025, 8, 30)})
