"""Orders of individuals: Điều 42-47 of both laws."""

from typing import Any

import pytest

from awards.law.engine import judge
from awards.law.facts import Category, Given, MovementResult, Scope
from tests.law.nominees import HT, HTT, HTXS, answers, given, grades, idea, person, texts, verdict, yearly

THIRD: dict[str, Any] = {
    "grades": grades(2019, 2023, y2020=HTXS),
    "awards": (given("bk-thu-tuong", "2018-09-02"), *yearly("cstd-co-so", 2019, 2021, 2023)),
}
SECOND: dict[str, Any] = {
    "grades": grades(2019, 2023, y2020=HTXS, y2022=HTXS),
    "awards": (given("hc-lao-dong-ba", "2018-09-02"), *yearly("cstd-tinh", 2021)),
}
FIRST: dict[str, Any] = {
    "grades": grades(2019, 2023, y2020=HTXS, y2021=HTXS, y2022=HTXS),
    "awards": (given("hc-lao-dong-nhi", "2018-09-02"), *yearly("cstd-tinh", 2020, 2023)),
}
CHAINS = [
    ("hc-lao-dong-ba", THIRD, "44.1.e"),
    ("hc-lao-dong-nhi", SECOND, "43.1.đ"),
    ("hc-lao-dong-nhat", FIRST, "42.1.đ"),
]


@pytest.mark.parametrize(("award", "facts", "code"), CHAINS)
def test_law_2022_articles_44_1_e_43_1_dd_42_1_dd_whole(award, facts, code) -> None:
    found = judge(person(award, "2024-06-30", **facts))
    assert (found.verdict, found.branches[0].code) == ("eligible", code)
    assert all(check.passed for check in found.checks)
    article, clause, point = code.split(".")
    assert found.checks[0].citation == f"Luật TĐKT 2022, Điều {article} khoản {clause} điểm {point}"


def test_law_2022_article_44_clause_1_point_e_tells_what_it_counted() -> None:
    assert texts(judge(person("hc-lao-dong-ba", "2024-06-30", **THIRD))) == [
        "Đã được tặng Bằng khen của Thủ tướng Chính phủ (quyết định ngày 02/09/2018).",
        "Có 5 năm liên tục hoàn thành tốt nhiệm vụ trở lên (2019, 2020, 2021, 2022, 2023).",
        "Trong thời gian đó có 1 năm hoàn thành xuất sắc nhiệm vụ (2020).",
        "Trong thời gian đó có 3 lần đạt Chiến sĩ thi đua cơ sở (2019, 2021, 2023).",
    ]


@pytest.mark.parametrize(
    ("award", "facts", "fewer", "wanted"),
    [
        ("hc-lao-dong-ba", THIRD, grades(2019, 2023), "không có năm nào hoàn thành xuất sắc nhiệm vụ; cần từ 1 năm"),
        (
            "hc-lao-dong-nhi",
            SECOND,
            grades(2019, 2023, y2020=HTXS),
            "chỉ có 1 năm (2020) hoàn thành xuất sắc nhiệm vụ; cần từ 2 năm",
        ),
        (
            "hc-lao-dong-nhat",
            FIRST,
            grades(2019, 2023, y2020=HTXS, y2021=HTXS),
            "chỉ có 2 năm (2020, 2021) hoàn thành xuất sắc nhiệm vụ; cần từ 3 năm",
        ),
    ],
)
def test_law_2022_articles_44_43_42_one_excellent_year_too_few(award, facts, fewer, wanted) -> None:
    found = judge(person(award, "2024-06-30", **facts | {"grades": fewer}))
    assert found.verdict == "ineligible"
    assert texts(found)[2] == f"Trong thời gian đó {wanted} trở lên."


@pytest.mark.parametrize(
    ("award", "facts", "fewer", "wanted"),
    [
        (
            "hc-lao-dong-ba",
            THIRD,
            yearly("cstd-co-so", 2019, 2021),
            "chỉ có 2 lần đạt Chiến sĩ thi đua cơ sở (2019, 2021); cần 3 lần.",
        ),
        ("hc-lao-dong-nhi", SECOND, (), "chưa lần nào đạt Chiến sĩ thi đua cấp tỉnh; cần 1 lần."),
        (
            "hc-lao-dong-nhat",
            FIRST,
            yearly("cstd-tinh", 2020),
            "chỉ có 1 lần đạt Chiến sĩ thi đua cấp tỉnh (2020); cần 2 lần.",
        ),
    ],
)
def test_law_2022_articles_44_43_42_one_title_too_few(award, facts, fewer, wanted) -> None:
    found = judge(person(award, "2024-06-30", **facts | {"awards": (facts["awards"][0], *fewer)}))
    assert found.verdict == "ineligible"
    assert texts(found)[3] == f"Trong thời gian đó {wanted}"


@pytest.mark.parametrize(("decided", "expected"), [("2018-12-31", "eligible"), ("2019-01-01", "ineligible")])
@pytest.mark.parametrize(("award", "facts", "code"), CHAINS)
def test_law_2022_articles_44_43_42_after_that_means_years_after_the_decision(
    award, facts, code, decided, expected
) -> None:
    prior = given(facts["awards"][0].award, decided)
    nominee = person(award, "2024-06-30", **facts | {"awards": (prior, *facts["awards"][1:])})
    assert verdict(nominee) == expected


def test_law_2022_article_44_clause_1_point_e_an_award_known_by_year_alone() -> None:
    awards = (Given("bk-thu-tuong", 2018), *yearly("cstd-co-so", 2019, 2021, 2023))
    found = judge(person("hc-lao-dong-ba", "2024-06-30", **THIRD | {"awards": awards}))
    assert (found.verdict, texts(found)[0]) == (
        "eligible",
        "Đã được tặng Bằng khen của Thủ tướng Chính phủ (năm 2018).",
    )


def test_law_2022_article_44_clause_1_point_e_an_award_without_a_date_is_asked_for() -> None:
    awards = (Given("bk-thu-tuong"), *yearly("cstd-co-so", 2019, 2021, 2023))
    found = judge(person("hc-lao-dong-ba", "2024-06-30", **THIRD | {"awards": awards}))
    assert found.verdict == "needs-decision"
    assert answers(found)[0] == (
        None,
        "Chưa rõ ngày quyết định tặng Bằng khen của Thủ tướng Chính phủ; hãy bổ sung để tính thời gian sau đó.",
    )


def test_law_2022_article_44_clause_1_point_e_four_years_since_are_too_few() -> None:
    awards = (given("bk-thu-tuong", "2019-09-02"), *yearly("cstd-co-so", 2020, 2021, 2023))
    found = judge(person("hc-lao-dong-ba", "2024-06-30", **THIRD | {"awards": awards}))
    assert texts(found)[1] == (
        "Sau lần khen thưởng trước mới có 4 năm tính đến năm 2023; cần từ 5 năm trở lên (tính từ năm 2020)."
    )
    assert found.checks[1].citation == "Luật TĐKT 2022, Điều 44 khoản 1 điểm e"


def test_law_2022_article_44_clause_1_point_e_a_weak_year_early_in_a_long_window() -> None:
    awards = (given("bk-thu-tuong", "2016-09-02"), *yearly("cstd-co-so", 2019, 2021, 2023))
    facts = THIRD | {"awards": awards, "grades": grades(2017, 2023, y2018=HT, y2020=HTXS)}
    assert verdict(person("hc-lao-dong-ba", "2025-06-30", year=2023, **facts)) == "eligible"
    assert verdict(person("hc-lao-dong-ba", "2025-07-01", year=2023, **facts)) == "ineligible"


def test_law_2022_article_44_clause_1_point_e_excellent_years_not_stated() -> None:
    found = judge(person("hc-lao-dong-ba", "2024-06-30", **THIRD | {"grades": {2023: HTT}}))
    assert texts(found)[2] == (
        "Chưa đủ dữ liệu để đếm số năm hoàn thành xuất sắc nhiệm vụ; cần từ 1 năm trở lên, hãy bổ sung."
    )
    assert texts(found)[3] == (
        "Chưa đủ dữ liệu để đếm số lần đạt Chiến sĩ thi đua cơ sở; cần 3 lần trong thời gian đó, hãy bổ sung."
    )
    assert found.verdict == "needs-decision"


def test_decree_152_article_4_clause_1_no_lower_class_is_wanted_for_an_open_branch() -> None:
    found = judge(person("hc-lao-dong-nhat", "2025-12-31", branch="42.1.b", category=Category.SURPRISE, awards=()))
    assert found.verdict == "needs-decision"


@pytest.mark.parametrize(("count", "expected"), [(3, "needs-decision"), (2, "ineligible")])
def test_law_2022_article_42_clause_2_point_b_workers_with_three_initiatives(count, expected) -> None:
    ideas = tuple(idea(f"sk{number}", Scope.PROVINCE) for number in range(count))
    nominee = person("hc-lao-dong-nhat", "2024-12-31", branch="42.2.b", worker=True, initiatives=ideas)
    assert verdict(nominee) == expected


@pytest.mark.parametrize(("count", "expected"), [(2, "needs-decision"), (1, "ineligible")])
def test_law_2022_article_43_clause_2_point_b_workers_with_two_initiatives(count, expected) -> None:
    ideas = tuple(idea(f"sk{number}", Scope.PROVINCE) for number in range(count))
    nominee = person("hc-lao-dong-nhi", "2024-12-31", branch="43.2.b", worker=True, initiatives=ideas)
    assert verdict(nominee) == expected


@pytest.mark.parametrize(("scope", "expected"), [(Scope.PROVINCE, "needs-decision"), (Scope.BASE, "ineligible")])
def test_law_2022_article_44_clause_2_point_b_the_province_recognised_the_initiative(scope, expected) -> None:
    nominee = person("hc-lao-dong-ba", "2024-12-31", branch="44.2.b", worker=True, initiatives=(idea(scope=scope),))
    assert verdict(nominee) == expected


@pytest.mark.parametrize(("years", "expected"), [(5, "needs-decision"), (4, "ineligible"), (None, "needs-decision")])
def test_law_2022_article_44_clause_1_point_a_a_movement_of_five_years(years, expected) -> None:
    movement = MovementResult(launched_by="province", years=years)
    found = judge(
        person("hc-lao-dong-ba", "2024-12-31", branch="44.1.a", category=Category.MOVEMENT, movement=movement)
    )
    words = {
        5: "Phong trào đã thực hiện 5 năm.",
        4: "Phong trào mới thực hiện 4 năm; cần từ 5 năm trở lên.",
        None: "Chưa rõ thời gian thực hiện phong trào; cần từ 5 năm trở lên, hãy bổ sung.",
    }
    assert (found.verdict, texts(found)[1]) == (expected, words[years])


@pytest.mark.parametrize(
    ("award", "code"), [("hc-lao-dong-ba", "44.1.g"), ("hc-lao-dong-nhi", "43.1.e"), ("hc-lao-dong-nhat", "42.1.e")]
)
def test_law_2022_articles_44_43_42_long_service_is_its_own_branch(award, code) -> None:
    found = judge(person(award, "2024-12-31", category=Category.CONTRIBUTION))
    assert ([result.code for result in found.branches], found.verdict) == ([code], "needs-decision")


@pytest.mark.parametrize(
    ("award", "prior", "code"),
    [
        ("hc-bao-ve-to-quoc-ba", "bk-thu-tuong", "47.1.c"),
        ("hc-bao-ve-to-quoc-nhi", "hc-bao-ve-to-quoc-ba", "46.1.c"),
        ("hc-bao-ve-to-quoc-nhat", "hc-bao-ve-to-quoc-nhi", "45.1.c"),
    ],
)
def test_law_2022_articles_47_46_45_defence_orders_run_alike(award, prior, code) -> None:
    awards = (given(prior, "2018-09-02"), *yearly("cstd-co-so", 2019, 2020, 2021), *yearly("cstd-tinh", 2021, 2022))
    whole = person(award, "2024-06-30", grades=grades(2019, 2023, HTXS), awards=awards)
    assert (verdict(whole), judge(whole).branches[0].code) == ("eligible", code)
    assert verdict(person(award, "2024-06-30", grades=grades(2019, 2023, HTT), awards=awards)) == "ineligible"


# --- the law of 2003, as amended in 2013 --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("award", "prior", "code"),
    [
        ("hc-lao-dong-nhat", "hc-lao-dong-nhi", "42.2.a"),
        ("hc-lao-dong-nhi", "hc-lao-dong-ba", "43.1.a"),
        ("hc-bao-ve-to-quoc-nhat", "hc-bao-ve-to-quoc-nhi", "45.2.a"),
        ("hc-bao-ve-to-quoc-nhi", "hc-bao-ve-to-quoc-ba", "46.1.a"),
    ],
)
def test_law_2003_articles_42_43_45_46_as_amended_count_five_years_and_leave_the_rest(award, prior, code) -> None:
    five = judge(person(award, "2020-12-31", awards=(given(prior, "2015-09-02"),)))
    assert (five.rule_set, five.verdict, five.branches[0].code) == ("R2017", "needs-decision", code)
    assert texts(five)[1] == "Sau lần khen thưởng trước đã có 5 năm (2016–2020)."
    four = judge(person(award, "2020-12-31", awards=(given(prior, "2016-09-02"),)))
    assert four.verdict == "ineligible"
    assert texts(four)[1] == (
        "Sau lần khen thưởng trước mới có 4 năm tính đến năm 2020; cần từ 5 năm trở lên (tính từ năm 2017)."
    )
    assert verdict(person(award, "2020-12-31", awards=())) == "ineligible"
    assert verdict(person(award, "2020-12-31")) == "needs-decision"
    undated = judge(person(award, "2020-12-31", awards=(Given(prior),)))
    assert texts(undated)[1] == "Chưa rõ ngày quyết định khen thưởng lần trước; hãy bổ sung để tính 5 năm tiếp theo."


def test_law_2003_article_44_clause_1_as_amended_asks_for_no_certificate_of_a_person() -> None:
    found = judge(person("hc-lao-dong-ba", "2020-12-31", awards=()))
    assert found.verdict == "needs-decision"
    assert {result.code for result in found.branches} == {"44.1.a", "44.1.b"}


def test_law_2003_article_44_clause_1_as_amended_long_service() -> None:
    found = judge(person("hc-lao-dong-ba", "2020-12-31", category=Category.CONTRIBUTION))
    assert [(result.code, result.title) for result in found.branches] == [
        ("44.1.a", "Quá trình cống hiến lâu dài trong cơ quan, tổ chức, đơn vị")
    ]


# --- honours without a countable rule ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("award", "code", "category"),
    [
        ("hc-sao-vang", "34.2.a", Category.CONTRIBUTION),
        ("hc-ho-chi-minh", "35.1.a", Category.CONTRIBUTION),
        ("hc-doc-lap-nhat", "36.1.a", Category.CONTRIBUTION),
        ("hc-doc-lap-nhi", "37.1.a", Category.CONTRIBUTION),
        ("hc-doc-lap-ba", "38.1.a", Category.CONTRIBUTION),
        ("hc-quan-cong-nhat", "39.1.a", Category.CONTRIBUTION),
        ("hc-quan-cong-nhi", "40.1.a", Category.CONTRIBUTION),
        ("hc-quan-cong-ba", "41.1.a", Category.CONTRIBUTION),
        ("hc-chien-cong-nhat", "48.1.a", Category.SURPRISE),
        ("hc-chien-cong-nhi", "49.1.a", Category.SURPRISE),
        ("hc-chien-cong-ba", "50.1.a", Category.SURPRISE),
        ("hc-dai-doan-ket", "51.1", Category.CONTRIBUTION),
        ("hc-dung-cam", "52", Category.SURPRISE),
        ("hc-huu-nghi", "53.1", Category.EXTERNAL),
        ("huy-chuong-huu-nghi", "58.2", Category.EXTERNAL),
        ("anh-hung-llvtnd", "62.1", Category.SURPRISE),
        ("anh-hung-lao-dong", "63.1", Category.MERIT),
    ],
)
def test_law_2022_articles_34_to_63_are_left_to_the_council(award, code, category) -> None:
    found = judge(person(award, "2024-12-31", category=category))
    assert found.verdict == "needs-decision"
    assert code in {result.code for result in found.branches}
    assert "do Hội đồng xem xét, người có thẩm quyền quyết định" in texts(found)[0]


def test_law_2022_article_63_clause_3_a_surprise_achievement_makes_a_hero_too() -> None:
    found = judge(person("anh-hung-lao-dong", "2024-12-31", category=Category.SURPRISE))
    assert [result.code for result in found.branches] == ["63.3"]
