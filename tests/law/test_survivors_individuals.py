"""Boundaries of the individuals' conditions that no other test held."""

from typing import Any

import pytest

from awards.law.branches import said
from awards.law.engine import judge
from awards.law.facts import Absence, Away, Category, Given, MovementResult, Scope
from awards.law.individuals_tests import best_of, either, when
from tests.law.nominees import HTT, HTXS, KHT, given, grades, idea, person, texts, thematic, yearly

NO, YES, OPEN = said(False, "không"), said(True, "có"), said(None, "chưa rõ")


# --- ways to one award -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "best"),
    [
        (((NO, NO), (NO, YES)), 1),
        (((NO, YES), (NO, NO)), 0),
        (((NO, YES), (NO, YES)), 0),
        (((NO,), (OPEN, OPEN)), 1),
        (((OPEN,), (NO, YES, YES)), 0),
        (((OPEN, OPEN), (YES,)), 1),
        (((NO, NO), (NO, OPEN, YES)), 1),
    ],
)
def test_the_way_that_comes_nearest_is_told(options: Any, best: int) -> None:
    assert best_of(*options) is options[best]


def test_where_every_way_fails_each_is_told_and_else_only_the_best() -> None:
    assert either((NO, YES), (NO,)) == (NO, YES, NO)
    assert either((NO,), (OPEN, YES)) == (OPEN, YES)
    assert either((YES,), (NO,)) == (YES,)


# --- Chiến sĩ thi đua cấp tỉnh, toàn quốc ------------------------------------------------------------------------

EVERY_THIRD = (*yearly("cstd-co-so", 2021, 2022, 2023, 2024), *yearly("cstd-tinh", 2021, 2023, 2024))


@pytest.mark.parametrize("award", ["cstd-tinh", "cstd-toan-quoc"])
def test_articles_21_and_22_two_and_three_titles_in_a_row_need_no_second_reading(award: str) -> None:
    found = judge(person(award, "2024-12-31", year=2024, awards=EVERY_THIRD, initiatives=(idea(scope=None),)))
    assert found.checks[0].passed is True
    assert "Hội đồng quyết định" not in found.checks[0].text


def test_article_22_a_gap_is_not_read_as_every_third_year_for_the_provincial_title() -> None:
    held = (*yearly("cstd-co-so", 2022, 2024), *yearly("cstd-tinh", 2021, 2024))
    found = judge(person("cstd-tinh", "2024-12-31", year=2024, awards=held, initiatives=(idea(scope=None),)))
    assert found.checks[0].passed is False


def test_decree_152_article_4_clause_5_leave_between_two_titles_is_told() -> None:
    away = (Away(Absence.MATERNITY, 2022),)
    held = yearly("cstd-co-so", 2021, 2023, 2024)
    found = judge(person("cstd-tinh", "2024-12-31", year=2024, awards=held, aways=away, initiatives=()))
    assert found.checks[0].passed is True
    assert "(2021, 2023, 2024)" in found.checks[0].text
    assert "Năm 2022 nghỉ thai sản, không làm gián đoạn" in found.checks[0].text


def test_awards_that_do_not_count_are_told_each_for_its_own_reason() -> None:
    held = (thematic(given("cstd-co-so", "2023-12-20")), *yearly("cstd-co-so", 2024), given("cstd-co-so", "2025-01-05"))
    (text, *_) = texts(judge(person("cstd-tinh", "2024-12-31", year=2024, awards=held, initiatives=())))
    assert "Không tính 1 lần tặng do thành tích đột xuất, chuyên đề (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 3)." in text
    assert text.endswith("Không tính 1 quyết định ký sau ngày 31/12/2024.")


# --- what lies inside five years ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "known",
    [None, grades(2019, 2023, y2023=KHT)],
    ids=["no year is known", "the last year fails"],
)
def test_article_43_1_dd_without_a_certain_year_no_title_lies_inside(known: Any) -> None:
    held = (given("hc-lao-dong-ba", "2018-09-02"),)
    found = judge(person("hc-lao-dong-nhi", "2024-06-30", grades=known, awards=held))
    check = next(each for each in found.checks if "Chiến sĩ thi đua cấp tỉnh" in each.text)
    assert (check.passed, check.text) == (
        False,
        "Trong thời gian đó chưa lần nào đạt Chiến sĩ thi đua cấp tỉnh; cần 1 lần.",
    )


def test_article_43_1_dd_a_title_before_the_years_that_count_does_not_count() -> None:
    held = (given("hc-lao-dong-ba", "2018-09-02"), *yearly("cstd-tinh", 2019))
    found = judge(person("hc-lao-dong-nhi", "2024-06-30", grades=grades(2019, 2023, y2023=KHT), awards=held))
    assert found.verdict == "ineligible"
    assert not any("có 1 lần đạt" in text for text in texts(found))


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (given("hc-lao-dong-ba", "2018-09-02"), "(quyết định ngày 02/09/2018)."),
        (Given("hc-lao-dong-ba", 2018), "(năm 2018)."),
    ],
)
def test_the_award_before_is_told_with_the_date_that_is_known(record: Given, words: str) -> None:
    facts: dict[str, Any] = {"grades": grades(2019, 2023, y2020=HTXS, y2022=HTXS)}
    found = judge(person("hc-lao-dong-nhi", "2024-06-30", awards=(record, *yearly("cstd-tinh", 2021)), **facts))
    assert texts(found)[0] == f"Đã được tặng Huân chương Lao động hạng Ba {words}"


def test_an_award_before_without_any_date_is_asked_for() -> None:
    found = judge(person("hc-lao-dong-nhi", "2024-06-30", grades=grades(2019, 2023), awards=(Given("hc-lao-dong-ba"),)))
    assert found.checks[0].passed is None
    assert "hãy bổ sung" in found.checks[0].text


# --- movements ---------------------------------------------------------------------------------------------------


def test_article_74_1_a_asks_not_how_long_the_movement_ran() -> None:
    facts: dict[str, Any] = {"category": Category.MOVEMENT, "branch": "74.1.a"}
    for years in (None, 0, 1):
        found = judge(person("bk-tinh", "2024-12-31", movement=MovementResult("province", years), **facts))
        assert not any("thực hiện" in text for text in texts(found)), years


def test_article_44_1_a_asks_for_five_years() -> None:
    facts: dict[str, Any] = {"category": Category.MOVEMENT, "branch": "44.1.a"}
    for years, passed in ((None, None), (4, False), (5, True)):
        found = judge(person("hc-lao-dong-ba", "2024-12-31", movement=MovementResult("province", years), **facts))
        assert [check.passed for check in found.checks if "thực hiện" in check.text] == [passed]


# --- two initiatives or two studies ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ideas", "studies", "passed", "words"),
    [
        (2, 0, True, "Có 2 sáng kiến áp dụng hiệu quả ở cơ sở"),
        (0, 2, True, "Có 2 đề tài, đề án áp dụng hiệu quả ở cơ sở"),
        (1, 2, True, "Có 2 đề tài, đề án áp dụng hiệu quả ở cơ sở"),
        (2, 1, True, "Có 2 sáng kiến áp dụng hiệu quả ở cơ sở"),
        (1, 1, None, "Có 1 sáng kiến và 1 đề tài"),
        (1, 0, False, "Chỉ có 1/2 sáng kiến áp dụng hiệu quả ở cơ sở"),
        (0, 0, False, "Chưa có sáng kiến áp dụng hiệu quả ở cơ sở"),
    ],
)
def test_article_74_1_d_two_initiatives_or_two_studies_of_those_years(
    ideas: int, studies: int, passed: bool | None, words: str
) -> None:
    listed = (
        *(idea(f"sk{n}", year=2023) for n in range(ideas)),
        *(idea(f"dt{n}", year=2024, kind="research") for n in range(studies)),
    )
    years = grades(2022, 2024, HTXS, y2022=HTT)
    found = judge(person("bk-tinh", "2024-12-31", year=2024, grades=years, awards=(), initiatives=listed))
    (check,) = (each for each in found.checks if "sáng kiến" in each.text or "đề tài" in each.text)
    assert check.passed is passed
    assert check.text.startswith(words)


def test_article_22_clause_1_ingenuity_in_combat_of_the_provinces_reach_serves_too() -> None:
    found = judge(
        person(
            "cstd-tinh",
            "2024-12-31",
            year=2024,
            awards=yearly("cstd-co-so", 2022, 2023, 2024),
            initiatives=(idea("mt1", scope=Scope.PROVINCE, kind="ingenuity"),),
        )
    )
    assert found.verdict == "eligible"


def test_a_record_without_date_or_year_is_told_so() -> None:
    assert when(Given("bk-tinh")) == "chưa rõ ngày quyết định"
