"""Runs, counts and windows in three values."""

from datetime import date

import pytest

from awards.law.branches import Round
from awards.law.facts import Absence, Away, Category, Discipline, Given, Grade, Sanction, SubjectKind
from awards.law.rule_sets import R2024, R2025
from awards.law.runs import (
    Count,
    award_run,
    award_status,
    counted_awards,
    decided_later,
    excellent_run,
    excellent_status,
    grade_run,
    last_award,
    left_out,
    prior_award,
    window_start,
)
from tests.law.nominees import HT, HTT, HTXS, given, grades, person, yearly

DAY = "2024-12-31"
OLD, NEW = Round(R2024, 2024), Round(R2025, 2024)


def test_a_run_is_walked_back_from_the_last_year() -> None:
    found = grade_run(person("x", DAY, grades=grades(2018, 2024, y2020=HT)), Grade.HTT, 2024, 3)
    assert (found.value, found.years, found.possible) == (True, (2021, 2022, 2023, 2024), (2021, 2022, 2023, 2024))
    assert (found.unknown, found.broken, found.leave) == ((), 2020, ())


def test_a_run_stops_at_the_year_it_may_not_pass() -> None:
    found = grade_run(person("x", DAY, grades=grades(2018, 2024)), Grade.HTT, 2024, 3, since=2022)
    assert (found.value, found.years, found.broken) == (True, (2022, 2023, 2024), None)
    short = grade_run(person("x", DAY, grades=grades(2018, 2024)), Grade.HTT, 2024, 4, since=2022)
    assert (short.value, short.broken) == (False, None)


def test_an_unknown_year_splits_certain_from_possible() -> None:
    found = grade_run(person("x", DAY, grades={2024: HTT, 2022: HTT, 2021: HT}), Grade.HTT, 2024, 3)
    assert (found.value, found.years, found.possible) == (None, (2024,), (2022, 2023, 2024))
    assert (found.unknown, found.broken) == ((2023,), 2021)


def test_an_unknown_year_does_not_save_a_run_that_is_too_short_anyway() -> None:
    found = grade_run(person("x", DAY, grades={2024: HTT, 2022: HT}), Grade.HTT, 2024, 3)
    assert (found.value, found.possible, found.broken) == (False, (2023, 2024), 2022)


def test_no_grades_at_all_leave_as_many_years_unknown_as_are_wanted() -> None:
    found = grade_run(person("x", DAY), Grade.HTT, 2024, 5)
    assert (found.value, found.unknown) == (None, (2020, 2021, 2022, 2023, 2024))


def test_maternity_counts_at_good_and_is_passed_over_at_excellent() -> None:
    facts = {"grades": {2021: HTXS, 2022: HTXS, 2024: HTXS}, "aways": (Away(Absence.MATERNITY, 2023),)}
    good = grade_run(person("x", DAY, **facts), Grade.HTT, 2024, 4)
    assert (good.value, good.years, good.leave) == (True, (2021, 2022, 2023, 2024), (2023,))
    excellent = grade_run(person("x", DAY, **facts), Grade.HTXS, 2024, 3)
    assert (excellent.value, excellent.years, excellent.leave) == (True, (2021, 2022, 2024), (2023,))
    four = grade_run(person("x", DAY, **facts), Grade.HTXS, 2024, 4)
    assert four.value is None  # 2020 is not stated


def test_maternity_makes_room_for_one_more_year_back() -> None:
    facts = {"grades": {2022: HTXS, 2024: HTXS}, "aways": (Away(Absence.MATERNITY, 2023),)}
    found = grade_run(person("x", DAY, **facts), Grade.HTXS, 2024, 3)
    assert (found.value, found.years, found.unknown) == (None, (2022, 2024), (2021, 2023))


def test_decree_152_article_4_clause_5_an_ungraded_leave_year_may_be_a_year_of_the_run() -> None:
    """2022 HTT, 2023 on leave and not graded, 2024 HTXS: the run may be of two years, nobody knows yet."""
    facts = {"grades": {2022: HTT, 2024: HTXS}, "aways": (Away(Absence.MATERNITY, 2023),)}
    found = grade_run(person("x", DAY, **facts), Grade.HTXS, 2024, 2)
    assert (found.value, found.years, found.possible, found.unknown) == (None, (2024,), (2023, 2024), (2023,))
    assert (found.broken, found.leave) == (2022, (2023,))
    three = grade_run(person("x", DAY, **facts), Grade.HTXS, 2024, 3)
    assert three.value is False


def test_a_leave_year_that_was_graded_lower_ends_an_excellent_run() -> None:
    facts = {"grades": {2022: HTXS, 2023: HTT, 2024: HTXS}, "aways": (Away(Absence.MATERNITY, 2023),)}
    found = grade_run(person("x", DAY, **facts), Grade.HTXS, 2024, 2)
    assert (found.value, found.broken, found.leave) == (False, 2023, ())


def test_a_leave_year_without_the_title_is_no_year_of_its_run() -> None:
    """The register of awards is whole: what it does not hold was not awarded."""
    awards = yearly("cstd-co-so", 2022, 2024)
    found = award_run(person("x", DAY, awards=awards, aways=(Away(Absence.MATERNITY, 2023),)), "cstd-co-so", 2024, 3)
    assert (found.value, found.years, found.possible, found.leave) == (False, (2022, 2024), (2022, 2024), (2023,))
    unread = award_run(person("x", DAY, aways=(Away(Absence.MATERNITY, 2023),)), "cstd-co-so", 2024, 2)
    assert (unread.value, unread.unknown) == (None, (2022, 2023, 2024))


def test_other_absences_do_not_count() -> None:
    facts = {"grades": {2022: HTT, 2024: HTT}, "aways": (Away(Absence.SICK, 2023), Away(Absence.OTHER, 2023))}
    assert grade_run(person("x", DAY, **facts), Grade.HTT, 2024, 3).value is None


def test_decree_152_article_4_clause_4_the_run_begins_after_the_discipline() -> None:
    discipline = (Discipline(Sanction.WARNING, date(2020, 5, 1), date(2021, 5, 1)),)
    nominee = person("x", DAY, grades=grades(2018, 2024), disciplines=discipline)
    three, four, five = (grade_run(nominee, Grade.HTT, 2024, wanted) for wanted in (3, 4, 5))
    assert (three.value, four.value, five.value) == (True, None, False)
    assert (four.unknown, five.broken) == ((2021,), 2020)
    serving = (Discipline(Sanction.WARNING, date(2020, 5, 1)),)
    assert grade_run(person("x", DAY, grades=grades(2018, 2024), disciplines=serving), Grade.HTT, 2024, 5).value


def test_a_given_register_is_whole_and_a_missing_one_is_unknown() -> None:
    assert award_status(person("x", DAY, awards=()), "cstd-co-so")(2024) is False
    assert award_status(person("x", DAY), "cstd-co-so")(2024) is None
    assert award_status(person("x", DAY, awards=yearly("cstd-co-so", 2024)), ("cstd-co-so", "x"))(2024) is True


def test_an_award_known_by_its_decision_is_of_that_year_or_the_year_before() -> None:
    status = award_status(person("x", DAY, awards=(Given("cstd-co-so", None, date(2023, 1, 15)),)), "cstd-co-so")
    assert [status(year) for year in (2021, 2022, 2023, 2024)] == [False, None, None, False]


def test_award_runs_are_of_awards() -> None:
    found = award_run(person("x", DAY, awards=yearly("cstd-co-so", 2022, 2023, 2024)), "cstd-co-so", 2024, 3)
    assert (found.value, found.years, found.broken) == (True, (2022, 2023, 2024), None)
    missing = award_run(person("x", DAY, awards=yearly("cstd-co-so", 2020, 2022, 2024)), "cstd-co-so", 2024, 3)
    assert (missing.value, missing.years, missing.broken) == (False, (2024,), 2023)
    since = award_run(
        person("x", DAY, awards=yearly("cstd-co-so", 2022, 2023, 2024)), "cstd-co-so", 2024, 3, since=2023
    )
    assert since.value is False


def test_a_collectives_excellent_year_is_graded_or_titled() -> None:
    awards = yearly("tt-ld-xuat-sac", 2023)
    status = excellent_status(
        person("x", DAY, kind=SubjectKind.COLLECTIVE, grades={2024: HTXS, 2022: HTT}, awards=awards)
    )
    assert [status(year) for year in (2024, 2023, 2022, 2021)] == [True, True, False, None]


def test_excellent_runs_join_grades_and_titles() -> None:
    nominee = person("x", DAY, grades={2024: HTXS, 2022: HTXS}, awards=yearly("tt-ld-xuat-sac", 2023))
    assert excellent_run(nominee, 2024, 3).years == (2022, 2023, 2024)
    assert excellent_run(nominee, 2024, 4).value is None
    assert excellent_run(nominee, 2024, 3, since=2023).value is False


def test_counts_say_what_is_certain_and_what_is_possible() -> None:
    awards = (
        *yearly("bk-tinh", 2020, 2022),
        given("bk-bo", "2023-05-01"),
        given("bang-khen", "2023-06-01"),
        Given("bk-tinh"),
    )
    found = counted_awards(person("x", DAY, awards=awards), ("bk-tinh", "bk-bo"), 2021, 2024)
    assert found == Count(2, 4, (2022, 2023))
    assert [found.at_least(wanted) for wanted in (2, 3, 4, 5)] == [True, None, None, False]


def test_counts_of_an_unknown_register_may_fill_every_year() -> None:
    assert counted_awards(person("x", DAY), "cstd-co-so", 2020, 2024) == Count(0, 5)
    assert counted_awards(person("x", DAY), "cstd-co-so", 2024, 2024) == Count(0, 1)
    assert counted_awards(person("x", DAY), "cstd-co-so", 2025, 2024) == Count(0, 0)


def test_both_ends_of_the_counted_years_belong() -> None:
    awards = yearly("cstd-co-so", 2020, 2021, 2023, 2024)
    assert counted_awards(person("x", DAY, awards=awards), "cstd-co-so", 2021, 2023) == Count(2, 2, (2021, 2023))


def test_a_yearly_title_counts_once_a_year_and_a_certificate_each_time() -> None:
    awards = (
        *yearly("cstd-co-so", 2023),
        *yearly("cstd-co-so", 2023),
        *yearly("bk-tinh", 2023),
        *yearly("bk-tinh", 2023),
    )
    nominee = person("x", DAY, awards=awards)
    assert counted_awards(nominee, "cstd-co-so", 2023, 2023) == Count(1, 1, (2023,))
    assert counted_awards(nominee, "bk-tinh", 2023, 2023) == Count(2, 2, (2023, 2023))


def test_a_decision_early_in_the_window_may_be_for_the_year_before() -> None:
    awards = (Given("cstd-co-so", None, date(2021, 1, 15)),)
    nominee = person("x", DAY, awards=awards)
    assert counted_awards(nominee, "cstd-co-so", 2021, 2024) == Count(0, 1)
    assert counted_awards(nominee, "cstd-co-so", 2020, 2024) == Count(1, 1)
    assert counted_awards(nominee, "cstd-co-so", 2022, 2024) == Count(0, 0)


@pytest.mark.parametrize("category", [Category.SURPRISE, Category.MOVEMENT])
def test_decree_152_article_4_clause_3_surprise_and_thematic_awards_are_left_out(category) -> None:
    awards = (given("bk-tinh", "2022-05-01", category=category),)
    nominee = person("x", DAY, awards=awards)
    assert counted_awards(nominee, "bk-tinh", 2020, 2024) == Count(0, 0)
    assert left_out(nominee, "bk-tinh") == awards
    assert left_out(nominee, "bk-bo") == ()


def test_awards_for_long_service_stay_a_basis() -> None:
    awards = (given("bk-tinh", "2022-05-01", category=Category.CONTRIBUTION),)
    assert counted_awards(person("x", DAY, awards=awards), "bk-tinh", 2020, 2024).certain == 1


def test_decisions_after_the_day_are_told_apart() -> None:
    later = given("bk-tinh", "2025-01-01", year=2024)
    nominee = person("x", DAY, awards=(later, given("bk-tinh", DAY)))
    assert decided_later(nominee, "bk-tinh") == (later,)
    assert decided_later(nominee, "bk-bo") == ()
    assert counted_awards(nominee, "bk-tinh", 2024, 2024).certain == 1


def test_prior_awards_come_oldest_first() -> None:
    awards = (given("bk-tinh", "2020-05-02"), given("bk-bo", "2020-05-01"), Given("bk-tinh", 2019))
    prior = prior_award(person("x", DAY, awards=awards), ("bk-tinh", "bk-bo"), date(2024, 12, 31))
    assert (prior.value, [each.award for each in prior.records]) == (True, ["bk-tinh", "bk-bo", "bk-tinh"])
    assert last_award(person("x", DAY, awards=awards), ("bk-tinh", "bk-bo"), date(2024, 12, 31)) == awards[0]


def test_prior_awards_are_held_by_the_day() -> None:
    nominee = person("x", DAY, awards=(given("bk-tinh", "2020-05-02"), Given("bk-bo", 2021)))
    assert prior_award(nominee, "bk-tinh", date(2020, 5, 2)).value is True
    assert prior_award(nominee, "bk-tinh", date(2020, 5, 1)).value is False
    assert prior_award(nominee, "bk-bo", date(2021, 1, 1)).value is True
    assert prior_award(nominee, "bk-bo", date(2020, 12, 31)).value is False
    assert last_award(nominee, "bk-thu-tuong", date(2024, 12, 31)) is None


def test_prior_awards_of_an_unknown_register_or_an_unnamed_form() -> None:
    assert prior_award(person("x", DAY), "bk-tinh", date(2024, 12, 31)).value is None
    vague = person("x", DAY, awards=(given("bang-khen", "2020-05-02"),))
    assert prior_award(vague, "bk-tinh", date(2024, 12, 31)).value is None
    assert prior_award(vague, "hc-lao-dong-ba", date(2024, 12, 31)).value is False


def test_law_2022_after_that_begins_the_year_after_the_decision() -> None:
    award = Given("bk-tinh", 2019, date(2020, 3, 1), achieved_until=date(2019, 12, 31))
    assert window_start(award, OLD) == 2021
    assert window_start(Given("bk-tinh", 2019), OLD) == 2020
    assert window_start(Given("bk-tinh"), OLD) is None


def test_decree_152_article_33_clause_7_begins_after_the_achievement_written() -> None:
    award = Given("bk-tinh", 2019, date(2020, 3, 1), achieved_until=date(2019, 12, 31))
    assert window_start(award, NEW) == 2020
    assert window_start(Given("bk-tinh", 2019, date(2020, 3, 1)), NEW) == 2021
    assert window_start(Given("bk-tinh"), NEW) is None


def test_prior_awards_known_by_year_alone_come_oldest_first_too() -> None:
    nominee = person("x", DAY, awards=(Given("bk-tinh", 2020), Given("bk-tinh", 2019), Given("bk-tinh")))
    records = prior_award(nominee, "bk-tinh", date(2024, 12, 31)).records
    assert [each.year for each in records] == [None, 2019, 2020]
