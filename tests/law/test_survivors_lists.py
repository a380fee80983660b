"""Runs, counts, terms, quotas and money at edges that no other test held."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from awards.law.branches import Round, article_of
from awards.law.engine import judge
from awards.law.facts import Absence, Away, Category, Given, Move, MovementResult, Predecessor, SubjectKind, Use
from awards.law.gates import PRACTICE, Attendance
from awards.law.gates_on_lists import Nomination, one_achievement_one_award
from awards.law.individuals_certificates import pm_certificate_2003
from awards.law.initiatives import usable
from awards.law.money import Group, Reward, Won, payable, reward
from awards.law.money_tables import Coefficient
from awards.law.quotas import BlocLimits, Level, at_most_percent, base_fighters, bloc_quotas, government_flags
from awards.law.rule_sets import BY_CODE, R2017, R2024
from awards.law.runs import Count, Prior, award_run, counted_awards, excellent_run, prior_award
from awards.law.same_achievement import plain
from awards.law.working_days import latest_posting, working_days_between
from tests.law.nominees import HTT, HTXS, given, grades, idea, of_rule, person, texts, verdict, yearly

DAY = date(2024, 12, 31)
BASE_CITATION = "Nghị định 91/2017/NĐ-CP, Điều 9 khoản 3"


# --- runs and counts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "award",
    [
        *("cstd-toan-quoc", "cstd-tinh", "cstd-co-so", "ld-tien-tien"),
        *("co-chinh-phu", "co-tinh", "tt-ld-xuat-sac", "tt-ld-tien-tien"),
    ],
)
def test_a_yearly_title_recorded_twice_for_one_year_counts_once(award: str) -> None:
    nominee = person("x", "2024-12-31", awards=(given(award, "2023-06-01"), given(award, "2023-12-20")))
    assert counted_awards(nominee, award, 2020, 2024) == Count(1, 1, (2023,))


@pytest.mark.parametrize("award", ["bk-tinh", "bk-bo", "co-bo", "giay-khen"])
def test_certificates_and_flags_of_ministries_may_come_twice_in_a_year(award: str) -> None:
    nominee = person("x", "2024-12-31", awards=(given(award, "2023-06-01"), given(award, "2023-12-20")))
    assert counted_awards(nominee, award, 2020, 2024) == Count(2, 2, (2023, 2023))


@pytest.mark.parametrize("award", ["bk-tinh", "bk-bo", "bk-thu-tuong"])
def test_a_certificate_without_its_giver_may_be_any_of_the_three(award: str) -> None:
    nominee = person("x", "2024-12-31", awards=(given("bang-khen", "2020-12-20"),))
    assert prior_award(nominee, award, DAY) == Prior(None, ())
    assert prior_award(nominee, "giay-khen", DAY) == Prior(False, ())


def test_a_register_that_was_not_given_holds_no_record_and_leaves_it_open() -> None:
    assert prior_award(person("x", "2024-12-31"), "bk-tinh", DAY) == Prior(None, ())


def test_a_span_that_ends_before_it_begins_holds_nothing() -> None:
    assert counted_awards(person("x", "2024-12-31"), "bk-tinh", 2024, 2020) == Count(0, 0)
    assert counted_awards(person("x", "2024-12-31"), "bk-tinh", 2020, 2024) == Count(0, 5)


def test_a_run_tells_every_year_that_it_has_and_not_only_those_wanted() -> None:
    nominee = person(
        "x", "2024-12-31", grades=grades(2019, 2024, HTXS), awards=yearly("cstd-co-so", *range(2020, 2025))
    )
    assert award_run(nominee, "cstd-co-so", 2024, 2).years == (2020, 2021, 2022, 2023, 2024)
    assert excellent_run(nominee, 2024, 2).years == (2019, 2020, 2021, 2022, 2023, 2024)


def test_decree_152_article_4_clause_5_leave_of_the_first_year_told_is_told() -> None:
    held = yearly("cstd-co-so", 2022, 2023, 2024)
    away = (Away(Absence.MATERNITY, 2021),)
    found = judge(person("cstd-tinh", "2024-12-31", year=2024, awards=held, aways=away, initiatives=()))
    assert found.checks[0].text == "Có 3 năm liên tục đạt Chiến sĩ thi đua cơ sở (2022, 2023, 2024)."


def test_law_2003_article_71_clause_1_point_b_asks_for_no_title() -> None:
    nominee = person("bk-thu-tuong", "2020-12-31", grades=grades(2015, 2020, HTXS), awards=yearly("bk-tinh", 2015))
    checks = pm_certificate_2003(nominee, Round(R2017, 2020))
    assert [check.passed for check in checks] == [True, True]


@pytest.mark.parametrize("base", [(2022, 2023), (2023, 2024), (2022, 2024)])
def test_law_2022_article_21_three_years_apart_the_title_of_the_base_is_wanted_of_each(base: tuple[int, int]) -> None:
    held = (*yearly("cstd-tinh", 2021, 2024), *yearly("cstd-co-so", *base))
    found = judge(person("cstd-toan-quoc", "2024-12-31", year=2024, awards=held, initiatives=()))
    assert found.checks[0].passed is False


# --- initiatives ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["initiative", "research", "ingenuity"])
@pytest.mark.parametrize(("year", "expected"), [(2024, "eligible"), (2023, "ineligible")])
def test_law_2022_article_23_an_idea_counts_for_the_year_it_is_of(kind: str, year: int, expected: str) -> None:
    ideas = (idea(year=year, kind=kind),)
    nominee = person("cstd-co-so", "2024-12-31", year=2024, grades={2024: HTT}, awards=(), initiatives=ideas)
    assert verdict(nominee) == expected


@pytest.mark.parametrize(("year", "expected"), [(2023, "eligible"), (2022, "ineligible")])
def test_law_2003_article_23_clause_2_ingenuity_counts_for_the_year_it_is_of(year: int, expected: str) -> None:
    ideas = (idea(year=year, kind="ingenuity"),)
    nominee = person("cstd-co-so", "2023-12-31", year=2023, grades={2023: HTXS}, awards=(), initiatives=ideas)
    assert verdict(nominee) == expected


@pytest.mark.parametrize(
    ("on", "kind"), [("2024-12-31", "initiative"), ("2023-12-31", "initiative"), ("2023-12-31", "ingenuity")]
)
def test_article_23_an_idea_used_for_another_title_is_weighed_by_the_council(on: str, kind: str) -> None:
    year = int(on[:4])
    ideas = (idea(year=year, kind=kind, used=(Use("cstd-tinh", year - 1),)),)
    stated = {year: HTXS if kind == "ingenuity" else HTT}
    found = judge(person("cstd-co-so", on, year=year, grades=stated, awards=(), initiatives=ideas))
    (told,) = (text for text in texts(found) if "Hội đồng cần cân nhắc" in text)
    assert f"đã dùng để xét Chiến sĩ thi đua cấp tỉnh năm {year - 1}" in told


def test_law_2003_article_23_clause_2_ingenuity_without_a_year_is_asked_for() -> None:
    ideas = (idea(year=None, kind="ingenuity"),)
    nominee = person("cstd-co-so", "2023-12-31", year=2023, grades={2023: HTXS}, awards=(), initiatives=ideas)
    assert verdict(nominee) == "needs-decision"


def test_law_2003_article_23_clause_2_ingenuity_in_combat_is_told_in_its_words() -> None:
    ideas = (idea(year=2023, kind="ingenuity"),)
    found = judge(person("cstd-co-so", "2023-12-31", year=2023, grades={2023: HTXS}, awards=(), initiatives=ideas))
    assert texts(found)[1].startswith("Có 1 mưu trí, sáng tạo trong chiến đấu năm 2023: ")


def test_two_ideas_used_for_other_titles_are_told_one_after_the_other() -> None:
    ideas = tuple(idea(each, year=2024, used=(Use("cstd-tinh", 2023),)) for each in ("a", "b"))
    found = judge(person("cstd-co-so", "2024-12-31", year=2024, grades={2024: HTT}, awards=(), initiatives=ideas))
    (told,) = (text for text in texts(found) if "Hội đồng cần cân nhắc" in text)
    assert "dùng lại cho danh hiệu khác. Sáng kiến “b” năm 2024 đã dùng" in told


def test_two_ideas_that_were_used_before_are_told_one_after_the_other() -> None:
    ideas = tuple(idea(each, year=2024, used=(Use("bk-tinh", 2023),)) for each in ("a", "b"))
    found = judge(person("cstd-co-so", "2024-12-31", year=2024, grades={2024: HTT}, awards=(), initiatives=ideas))
    (told,) = (text for text in texts(found) if "chỉ được dùng một lần" in text)
    assert ". Sáng kiến “b” năm 2024 đã dùng" in told


def test_an_idea_used_for_a_title_is_not_barred_from_another_title() -> None:
    ideas = (idea(used=(Use("cstd-tinh", 2023),)),)
    found = usable(person("cstd-co-so", "2024-12-31", initiatives=ideas), kinds=("initiative",))
    assert (found.certain, found.barred) == (ideas, ())


# --- gates ---------------------------------------------------------------------------------------------------------


def test_a4_16_the_thresholds_of_the_province_reach_the_judgement() -> None:
    away = (Away(Absence.NEWLY_RECRUITED, 2024, months_worked=8),)
    nominee = person("ld-tien-tien", "2024-12-31", year=2024, grades={2024: HTT}, aways=away, worker=False)
    own = Attendance(least_months=6, months_basis="Quy định của tỉnh")
    assert judge(nominee).verdict == "needs-decision"
    assert PRACTICE in {check.citation for check in judge(nominee).checks}
    assert judge(nominee, own).verdict == "eligible"


@pytest.mark.parametrize(
    ("launched_by", "words"),
    [("nation", "Chủ tịch nước, Thủ tướng Chính phủ"), ("agency", "đơn vị"), ("Bộ Y tế", "Bộ Y tế")],
)
def test_law_2022_article_74_clause_1_point_a_who_launched_the_movement_is_told(launched_by: str, words: str) -> None:
    movement = MovementResult(launched_by, 5)
    found = judge(person("bk-tinh", "2024-12-31", branch="74.1.a", category=Category.MOVEMENT, movement=movement))
    assert texts(found)[0].startswith(f"Phong trào thi đua do {words} phát động; cần do bộ, ban, ngành, tỉnh")


def test_an_article_of_one_figure_is_told_in_words_too() -> None:
    assert [article_of(code) for code in ("7.1", "26", "74.1.đ", "", "mục 2")] == [
        *("Điều 7 khoản 1", "Điều 26", "Điều 74 khoản 1 điểm đ", "", "mục 2")
    ]


def test_whether_someone_is_a_worker_is_asked_for_where_the_point_is_theirs() -> None:
    found = judge(person("bk-tinh", "2024-12-31", branch="74.1.đ"))
    assert texts(found)[0] == "Chưa rõ có phải là công nhân, nông dân, người lao động trực tiếp hay không; hãy bổ sung."


def test_a4_1_two_proposals_that_name_no_achievement_are_told_with_their_period() -> None:
    one, other = (
        Nomination(id_, "s", award, False, Category.SURPRISE, "2024")
        for id_, award in (("a", "bk-tinh"), ("b", "giay-khen"))
    )
    (clash,) = one_achievement_one_award((one, other), R2024)
    assert (one.achievement, clash.check.passed) == ("", None)
    assert clash.check.text.startswith("Hai đề nghị cho cùng một đối tượng, cùng loại hình, cùng thời gian (2024)")


# --- A4-1: one achievement, one award ------------------------------------------------------------------------------


def commended(**record: Any) -> tuple[bool | None, str]:
    """The check of a surprise certificate in 2024 against one award before; its achievement is named or not."""
    before = Given("giay-khen", category=Category.SURPRISE, **record)
    nominee = person("bk-tinh", "2024-12-31", category=Category.SURPRISE, achievement="Cứu nạn", awards=(before,))
    (check,) = of_rule(judge(nominee), "A4-1")
    return check.passed, check.text


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"year": 2024, "decided_on": DAY}, "Giấy khen năm 2024 (quyết định ngày 31/12/2024)"),
        ({"year": 2024}, "Giấy khen năm 2024"),
        ({"decided_on": date(2024, 5, 1)}, "Giấy khen (quyết định ngày 01/05/2024)"),
        ({}, "Giấy khen"),
    ],
)
def test_law_2022_article_5_clause_2_point_c_the_award_before_is_told_with_its_year_and_decision(
    record: dict[str, Any], told: str
) -> None:
    same = commended(achievement="cứu  nạn", **record)
    assert same[0] is False
    assert same[1].startswith(f"Thành tích «cứu  nạn» đã được tặng {told}; một thành tích chỉ khen một lần.")
    assert commended(**record) == (
        None,
        f"Đã được tặng {told} do thành tích đột xuất; hãy ghi tên thành tích để biết có phải cùng một thành tích.",
    )


def test_names_of_achievements_are_compared_without_case_and_with_single_spaces() -> None:
    assert plain("  Cứu   NẠN ") == "cứu nạn"


def test_a4_16_the_thresholds_of_the_province_hold_for_joined_histories_too() -> None:
    away = (Away(Absence.NEWLY_RECRUITED, 2024, months_worked=8),)
    nominee = person("ld-tien-tien", "2024-12-31", year=2024, grades={2024: HTT}, aways=away, worker=False)
    found = judge(replace(nominee, predecessors=(Predecessor("Sở A"),)), Attendance(least_months=6))
    assert found.verdict == "eligible"


def test_a4_13_a_move_without_months_names_its_year() -> None:
    found = judge(person("ld-tien-tien", "2024-12-31", year=2024, grades={2024: HTT}, moves=(Move(),)))
    (check,) = of_rule(found, "A4-13")
    assert check.text == "Chuyển đơn vị trong năm 2024; hãy bổ sung số tháng công tác tại đơn vị cũ."


# --- working days --------------------------------------------------------------------------------------------------

MONDAY, NEXT = date(2025, 7, 7), date(2025, 7, 14)
SATURDAY, HOLIDAY = date(2025, 7, 12), date(2025, 7, 9)


def test_days_counted_backwards_honour_holidays_and_swaps() -> None:
    assert working_days_between(NEXT, MONDAY) == -5
    assert working_days_between(NEXT, MONDAY, {HOLIDAY}) == -4
    assert working_days_between(NEXT, MONDAY, {HOLIDAY}, {SATURDAY}) == -5


def test_article_44_2_a_saturday_worked_in_exchange_lets_the_list_be_posted_later() -> None:
    assert latest_posting(date(2025, 7, 18)) == date(2025, 7, 4)
    assert latest_posting(date(2025, 7, 18), (), {SATURDAY}) == MONDAY


# --- quotas --------------------------------------------------------------------------------------------------------


def test_a_percentage_of_a_hundred_is_exact() -> None:
    assert [at_most_percent(whole, 15) for whole in (660, 100, 99)] == [99, 15, 14]


def test_decree_91_article_9_clause_3_without_the_base_the_fighters_are_told() -> None:
    quota = base_fighters(R2017, 3, None)
    assert (quota.level, quota.citation, quota.limit, quota.used) == (Level.WARN, BASE_CITATION, None, 3)


def test_a_blocs_limits_are_named_each_and_cite_the_paper_that_sets_them() -> None:
    limits = BlocLimits(1, 2, 50, "Quyết định 12/QĐ-UBND")
    found = bloc_quotas(limits, members=9, government=2, provincial=3, certificates=3)
    assert [quota.sentence.split(":")[0] for quota in found] == [
        "Cờ thi đua của Chính phủ",
        "Cờ thi đua của tỉnh",
        "Bằng khen trong 4 đơn vị không nhận cờ",
    ]
    assert [(quota.level, quota.limit, quota.used) for quota in found] == [
        (Level.BLOCK, 1, 2),
        (Level.BLOCK, 2, 3),
        (Level.BLOCK, 2, 3),
    ]
    assert {quota.citation for quota in found} == {"Quyết định 12/QĐ-UBND"}


def test_a_blocs_limit_without_a_paper_only_warns() -> None:
    found = bloc_quotas(BlocLimits(government_flags=1), members=9, government=2, provincial=0, certificates=0)
    assert [quota.level for quota in found] == [Level.WARN, Level.OK, Level.OK]


def test_a_bloc_without_limits_cites_the_paper_that_leaves_them_open() -> None:
    found = bloc_quotas(
        BlocLimits(basis="Quyết định 12/QĐ-UBND"), members=9, government=1, provincial=1, certificates=1
    )
    assert {(quota.level, quota.limit, quota.used, quota.citation) for quota in found} == {
        (Level.OK, None, 1, "Quyết định 12/QĐ-UBND")
    }


@pytest.mark.parametrize("rule_set", ["R2025", "R2026"])
def test_decree_152_article_7_1_is_cited_from_2025_on(rule_set: str) -> None:
    quota = government_flags(BY_CODE[rule_set], 1, 10)
    assert (quota.level, quota.citation) == (Level.OK, "Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1")
    unknown = government_flags(BY_CODE[rule_set], 1, None)
    assert (unknown.level, unknown.citation) == (Level.WARN, "Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1")


# --- money ---------------------------------------------------------------------------------------------------------


def won(award: str, achievement: str | None = None) -> Won:
    found = reward(award, SubjectKind.INDIVIDUAL, date(2026, 8, 1))
    if achievement is None:
        return Won(award, SubjectKind.INDIVIDUAL, "2025", Group.TITLE, found)
    return Won(award, SubjectKind.INDIVIDUAL, "2025", Group.FORM, found, achievement)


def test_decree_152_article_49_5_every_payment_tells_its_award_and_its_clause() -> None:
    items = [won("gia-dinh-van-hoa"), won("cstd-co-so"), won("bk-tinh", "cứu nạn")]
    found = payable(items)
    assert [each.won for each in found] == items
    assert [each.citation[-7:] for each in found] == ["khoản 5", "khoản 5", "khoản 6"]
    assert [each.paid for each in found] == [None, None, True]


def test_of_two_rows_for_one_award_the_first_of_the_callers_is_taken() -> None:
    rows = tuple(
        Coefficient("x", SubjectKind.INDIVIDUAL, Decimal(value), date(2026, 1, 1), None, "Quy định tỉnh", True)
        for value in ("1.0", "2.0")
    )
    found = reward("x", SubjectKind.INDIVIDUAL, date(2026, 8, 1), coefficients=rows)
    assert found.coefficient == Decimal("1.0")
    assert reward("x", SubjectKind.COLLECTIVE, date(2026, 8, 1), coefficients=rows).coefficient is None


def test_an_award_without_a_coefficient_cites_nothing() -> None:
    found = reward("khong-co", SubjectKind.INDIVIDUAL, date(2026, 8, 1))
    assert isinstance(found, Reward)
    assert found.citation == ""


def test_the_award_of_a_line_that_names_no_achievement_has_none() -> None:
    assert won("cstd-co-so").achievement == ""
