"""Certificates of individuals: Điều 73, 74, 75 (2022) and Điều 71, 72, 75 (2003, as amended in 2013)."""

from datetime import date

import pytest

from awards.law.engine import judge
from awards.law.facts import (
    Absence,
    Away,
    Category,
    Discipline,
    Given,
    MovementResult,
    Sanction,
    Scope,
    SubjectKind,
    Use,
)
from tests.law.nominees import HT, HTT, HTXS, answers, given, grades, idea, person, texts, thematic, verdict, yearly

TWO_IDEAS = (idea("sk1", year=2023), idea("sk2", year=2024))


# --- Điều 74.1.d --------------------------------------------------------------------------------------------------


def test_law_2022_article_74_clause_1_point_d_two_years_as_base_fighter() -> None:
    found = judge(person("bk-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2023, 2024)))
    assert found.verdict == "eligible"
    assert answers(found) == [(True, "Có 2 năm liên tục đạt Chiến sĩ thi đua cơ sở (2023, 2024).")]
    assert (found.checks[0].rule, found.checks[0].citation) == ("A3-I5", "Luật TĐKT 2022, Điều 74 khoản 1 điểm d")
    assert found.open_branches == ()


@pytest.mark.parametrize("years", [(2024,), (2022, 2024), (2022, 2023)])
def test_law_2022_article_74_clause_1_point_d_not_two_in_a_row(years) -> None:
    nominee = person(
        "bk-tinh", "2024-12-31", awards=yearly("cstd-co-so", *years), grades={2023: HTT, 2024: HTT}, initiatives=()
    )
    assert verdict(nominee) == "ineligible"


def test_law_2022_article_74_clause_1_point_d_two_excellent_years_and_two_initiatives() -> None:
    found = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTXS, 2024: HTXS}, initiatives=TWO_IDEAS))
    assert found.verdict == "eligible"
    assert texts(found) == [
        "Có 2 năm liên tục hoàn thành xuất sắc nhiệm vụ (2023, 2024).",
        "Có 2 sáng kiến áp dụng hiệu quả ở cơ sở trong thời gian 2023–2024: Sáng kiến “sk1” năm 2023;"
        " Sáng kiến “sk2” năm 2024.",
    ]


def test_law_2022_article_74_clause_1_point_d_one_initiative_is_too_few() -> None:
    found = judge(
        person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTXS, 2024: HTXS}, initiatives=TWO_IDEAS[:1])
    )
    assert found.verdict == "ineligible"
    assert texts(found)[-1] == "Chỉ có 1/2 sáng kiến áp dụng hiệu quả ở cơ sở trong thời gian 2023–2024."


def test_law_2022_article_74_clause_1_point_d_initiatives_lie_within_the_excellent_years() -> None:
    early = (idea("sk1", year=2022), idea("sk2", year=2024))
    two = person("bk-tinh", "2024-12-31", awards=(), grades={2022: HTT, 2023: HTXS, 2024: HTXS}, initiatives=early)
    three = person("bk-tinh", "2024-12-31", awards=(), grades={2022: HTXS, 2023: HTXS, 2024: HTXS}, initiatives=early)
    assert (verdict(two), verdict(three)) == ("ineligible", "eligible")


IDEAS_2022_2024 = (idea("sk1", year=2022), idea("sk2", year=2024))


@pytest.mark.parametrize(
    ("of_2022", "expected"),
    [({}, "needs-decision"), ({2022: HTXS}, "eligible"), ({2022: HTT}, "ineligible")],
)
def test_law_2022_article_74_clause_1_point_d_a_year_that_would_lengthen_the_run(of_2022, expected) -> None:
    stated = {**of_2022, 2023: HTXS, 2024: HTXS}
    assert verdict(person("bk-tinh", "2024-12-31", awards=(), grades=stated, initiatives=IDEAS_2022_2024)) == expected


def test_law_2022_article_74_clause_1_point_d_the_year_that_would_lengthen_the_run_is_named() -> None:
    facts = {"awards": (), "grades": {2023: HTXS, 2024: HTXS}}
    asked = (
        "Chưa có mức hoàn thành nhiệm vụ năm 2022; hãy bổ sung để biết sáng kiến, đề tài từ năm 2022 có được tính."
        " Chỉ có 1/2 sáng kiến áp dụng hiệu quả ở cơ sở trong thời gian 2023–2024."
    )
    # The initiative of 2019 is not needed: the years before 2022 are not asked for.
    for ideas in (IDEAS_2022_2024, (idea("sk0", year=2019), *IDEAS_2022_2024)):
        found = judge(person("bk-tinh", "2024-12-31", initiatives=ideas, **facts))
        assert answers(found) == [
            (True, "Có 2 năm liên tục hoàn thành xuất sắc nhiệm vụ (2023, 2024)."),
            (None, asked),
        ]


@pytest.mark.parametrize(
    ("stated", "expected", "asked"),
    [
        ({2021: HTXS, 2023: HTXS, 2024: HTXS}, "needs-decision", "2022"),
        ({2023: HTXS, 2024: HTXS}, "needs-decision", "2021, 2022"),
        ({2024: HTXS}, "needs-decision", "2021, 2022, 2023"),
        (None, "needs-decision", "2021, 2022, 2023, 2024"),
        ({2021: HTT, 2023: HTXS, 2024: HTXS}, "ineligible", ""),
        ({2022: HTT, 2023: HTXS, 2024: HTXS}, "ineligible", ""),
        ({2023: HTT, 2024: HTXS}, "ineligible", ""),
        ({2024: HTT}, "ineligible", ""),
    ],
)
def test_law_2022_article_74_clause_1_point_d_every_year_back_to_the_initiative(stated, expected, asked) -> None:
    ideas = (idea("sk1", year=2021), idea("sk2", year=2024))
    found = judge(person("bk-tinh", "2024-12-31", awards=(), grades=stated, initiatives=ideas))
    assert found.verdict == expected
    begins = f"Chưa có mức hoàn thành nhiệm vụ năm {asked}; hãy bổ sung để biết sáng kiến, đề tài từ năm 2021"
    assert any(text.startswith(begins) for text in texts(found)) is (expected == "needs-decision")


@pytest.mark.parametrize(
    "ideas",
    [
        (idea("sk1", year=2024),),
        (idea("sk1", year=2022, used=(Use("cstd-co-so", 2022),)), idea("sk2", year=2024)),
        (idea("sk1", year=2022, kind="ingenuity"), idea("sk2", year=2024)),
        (),
    ],
)
def test_law_2022_article_74_clause_1_point_d_no_year_could_make_up_for_the_initiatives(ideas) -> None:
    facts = {"awards": (), "grades": {2023: HTXS, 2024: HTXS}}
    assert verdict(person("bk-tinh", "2024-12-31", initiatives=ideas, **facts)) == "ineligible"


def test_law_2022_article_74_clause_1_point_d_a_denied_attestation_wins_over_a_year_not_stated() -> None:
    facts = {"awards": (), "grades": {2023: HTXS, 2024: HTXS}, "initiatives": IDEAS_2022_2024}
    assert verdict(person("bk-tinh", "2024-12-31", attested={"exemplary": False}, **facts)) == "ineligible"


def test_law_2022_article_74_clause_1_point_d_a_leave_year_without_a_grade_is_not_stated() -> None:
    facts = {"awards": (), "initiatives": IDEAS_2022_2024, "aways": (Away(Absence.MATERNITY, 2022),)}
    open_year = person("bk-tinh", "2024-12-31", grades={2021: HTT, 2023: HTXS, 2024: HTXS}, **facts)
    graded = person("bk-tinh", "2024-12-31", grades={2022: HTT, 2023: HTXS, 2024: HTXS}, **facts)
    assert (verdict(open_year), verdict(graded)) == ("needs-decision", "ineligible")


def test_law_2022_article_74_clause_1_point_d_the_year_a_discipline_was_served_is_for_the_council() -> None:
    facts = {"awards": (), "grades": {2022: HTXS, 2023: HTXS, 2024: HTXS}, "initiatives": IDEAS_2022_2024}
    served = (Discipline(Sanction.REPRIMAND, date(2021, 3, 1), date(2022, 3, 1)),)
    found = judge(person("bk-tinh", "2024-12-31", disciplines=served, **facts))
    assert found.verdict == "needs-decision"
    assert texts(found)[1].startswith(
        "Năm 2022 chỉ tính từ khi chấp hành xong kỷ luật; Hội đồng quyết định việc tính sáng kiến, đề tài từ năm 2022."
    )


def test_law_2022_article_74_clause_1_point_d_one_excellent_year_tells_both_ways() -> None:
    found = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTT, 2024: HTXS}, initiatives=TWO_IDEAS))
    assert texts(found) == [
        "Năm 2024 chưa đạt Chiến sĩ thi đua cơ sở; cần 2 năm liên tục.",
        "Chỉ có 1 năm liên tục hoàn thành xuất sắc nhiệm vụ (2024), cần 2 năm; thiếu năm 2023.",
        "Chỉ có 1/2 sáng kiến áp dụng hiệu quả ở cơ sở trong thời gian 2024–2024.",
    ]


def test_law_2022_article_74_clause_1_point_d_two_studies_serve_as_well() -> None:
    studies = (idea("dt1", year=2023, kind="research"), idea("dt2", year=2024, kind="research"))
    found = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTXS, 2024: HTXS}, initiatives=studies))
    assert found.verdict == "eligible"
    assert "Có 2 đề tài, đề án áp dụng hiệu quả ở cơ sở" in texts(found)[1]


def test_law_2022_article_74_clause_1_point_d_one_of_each_is_for_the_council() -> None:
    mixed = (idea("sk1", year=2023), idea("dt1", year=2024, kind="research"))
    found = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTXS, 2024: HTXS}, initiatives=mixed))
    assert found.verdict == "needs-decision"
    assert texts(found)[1].startswith(
        "Có 1 sáng kiến và 1 đề tài trong thời gian 2023–2024; văn bản đòi 02 sáng kiến hoặc"
    )


def test_law_2022_article_74_clause_1_point_d_ingenuity_is_not_named_there() -> None:
    brave = (idea("a", year=2023, kind="ingenuity"), idea("b", year=2024, kind="ingenuity"))
    assert (
        verdict(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTXS, 2024: HTXS}, initiatives=brave))
        == "ineligible"
    )


def test_official_letter_5007_initiatives_used_for_a_title_are_barred_from_a_certificate() -> None:
    used = (idea("sk1", year=2023, used=(Use("cstd-co-so", 2023),)), idea("sk2", year=2024))
    found = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTXS, 2024: HTXS}, initiatives=used))
    assert found.verdict == "ineligible"
    assert found.checks[-1].rule == "A4-7"
    assert found.checks[-1].citation == "Công văn 5007/BNV-TĐKT năm 2023, mục III.5c"


def test_law_2022_article_74_clause_1_point_d_a_missing_grade_is_named() -> None:
    found = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2024: HTXS}, initiatives=TWO_IDEAS))
    assert found.verdict == "needs-decision"
    assert texts(found)[0] == "Chưa có mức hoàn thành nhiệm vụ năm 2023; hãy bổ sung (cần 2 năm liên tục)."


def test_decree_152_article_4_clause_5_a_maternity_year_is_passed_over_among_excellent_years() -> None:
    ideas = (idea("sk1", year=2022), idea("sk2", year=2024))
    facts = {
        "awards": (),
        "grades": {2022: HTXS, 2024: HTXS},
        "initiatives": ideas,
        "aways": (Away(Absence.MATERNITY, 2023),),
    }
    found = judge(person("bk-tinh", "2024-12-31", **facts))
    assert found.verdict == "eligible"
    assert texts(found)[0].startswith(
        "Có 2 năm liên tục hoàn thành xuất sắc nhiệm vụ (2022, 2024). Năm 2023 nghỉ thai sản"
    )
    graded = {**facts, "grades": {2022: HTXS, 2023: HTT, 2024: HTXS}}
    assert verdict(person("bk-tinh", "2024-12-31", **graded)) == "ineligible"


def test_law_2022_article_74_serves_ministry_certificates_too() -> None:
    assert verdict(person("bk-bo", "2024-12-31", awards=yearly("cstd-co-so", 2023, 2024))) == "eligible"


# --- Điều 74, the other branches ----------------------------------------------------------------------------------


def test_law_2022_article_74_clause_1_point_c_is_weighed_by_the_council() -> None:
    found = judge(person("bk-tinh", "2024-12-31", branch="74.1.c", awards=(), grades={}))
    assert found.verdict == "needs-decision"
    assert texts(found)[0].startswith("Tiêu chuẩn “đóng góp vào phát triển kinh tế - xã hội")
    assert found.checks[0].rule == "A3-I5b"


@pytest.mark.parametrize(
    ("launched", "expected"), [("province", "needs-decision"), ("agency", "ineligible"), ("", "needs-decision")]
)
def test_law_2022_article_74_clause_1_point_a_the_movement_is_the_provinces(launched, expected) -> None:
    movement = MovementResult(launched_by=launched)
    assert (
        verdict(person("bk-tinh", "2024-12-31", branch="74.1.a", category=Category.MOVEMENT, movement=movement))
        == expected
    )


def test_law_2022_article_74_clause_1_point_a_says_who_launched() -> None:
    nominee = person("bk-tinh", "2024-12-31", branch="74.1.a", movement=MovementResult(launched_by="agency"))
    text = "Phong trào thi đua do đơn vị phát động; cần do bộ, ban, ngành, tỉnh phát động."
    assert texts(judge(nominee))[0] == text
    unknown = person("bk-tinh", "2024-12-31", branch="74.1.a")
    text = "Chưa rõ phong trào thi đua do ai phát động; cần do bộ, ban, ngành, tỉnh phát động, hãy bổ sung."
    assert answers(judge(unknown))[0] == (None, text)
    fitting = person("bk-tinh", "2024-12-31", branch="74.1.a", movement=MovementResult(launched_by="province"))
    assert answers(judge(fitting))[0] == (True, "Phong trào thi đua do bộ, ban, ngành, tỉnh phát động.")


def test_law_2022_article_74_clause_1_point_dd_is_only_for_workers() -> None:
    worker = person("bk-tinh", "2024-12-31", branch="74.1.đ", worker=True)
    clerk = person("bk-tinh", "2024-12-31", branch="74.1.đ", worker=False)
    assert (verdict(worker), verdict(clerk)) == ("needs-decision", "ineligible")
    assert texts(judge(clerk))[0] == "Căn cứ này chỉ dành cho công nhân, nông dân, người lao động trực tiếp."


def test_law_2022_article_74_lists_the_branches_a_dossier_could_name() -> None:
    clerk = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HT, 2024: HT}, initiatives=()))
    assert [code for code, _ in clerk.open_branches] == ["74.1.a", "74.1.b", "74.1.c", "74.2"]
    worker = judge(person("bk-tinh", "2024-12-31", worker=True, awards=(), grades={2023: HT, 2024: HT}, initiatives=()))
    assert "74.1.đ" in [code for code, _ in worker.open_branches]


# --- Điều 73.1.b --------------------------------------------------------------------------------------------------

PRIME = {
    "grades": grades(2019, 2023),
    "awards": (given("bk-tinh", "2018-12-20"), *yearly("cstd-co-so", 2019, 2021, 2023)),
}


def test_law_2022_article_73_clause_1_point_b_five_years_and_three_titles() -> None:
    found = judge(person("bk-thu-tuong", "2024-06-30", **PRIME))
    assert found.verdict == "eligible"
    assert texts(found) == [
        "Đã được tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh (quyết định ngày 20/12/2018).",
        "Có 5 năm liên tục hoàn thành tốt nhiệm vụ trở lên (2019, 2020, 2021, 2022, 2023).",
        "Trong thời gian đó có 3 lần đạt Chiến sĩ thi đua cơ sở (2019, 2021, 2023).",
    ]
    assert {check.citation for check in found.checks} == {"Luật TĐKT 2022, Điều 73 khoản 1 điểm b"}


def test_law_2022_article_73_clause_1_point_b_four_years_are_too_few() -> None:
    found = judge(person("bk-thu-tuong", "2024-06-30", **PRIME | {"grades": grades(2018, 2023, y2019=HT, y2018=HT)}))
    assert found.verdict == "ineligible"
    assert texts(found)[1] == (
        "Chỉ có 4 năm liên tục hoàn thành tốt nhiệm vụ trở lên (2020, 2021, 2022, 2023), cần 5 năm; thiếu năm 2019."
    )


def test_law_2022_article_73_clause_1_point_b_two_titles_are_too_few() -> None:
    awards = (given("bk-tinh", "2018-12-20"), *yearly("cstd-co-so", 2021, 2023))
    found = judge(person("bk-thu-tuong", "2024-06-30", **PRIME | {"awards": awards}))
    assert found.verdict == "ineligible"
    assert texts(found)[2] == "Trong thời gian đó chỉ có 2 lần đạt Chiến sĩ thi đua cơ sở (2021, 2023); cần 3 lần."


def test_law_2022_article_73_clause_1_point_b_a_title_before_the_run_is_outside() -> None:
    awards = (given("bk-tinh", "2018-12-20"), *yearly("cstd-co-so", 2018, 2021, 2023))
    facts = PRIME | {"awards": awards, "grades": grades(2018, 2023, y2018=HT)}
    assert verdict(person("bk-thu-tuong", "2024-06-30", **facts)) == "ineligible"
    longer = facts | {"grades": grades(2018, 2023)}
    assert verdict(person("bk-thu-tuong", "2024-06-30", **longer)) == "eligible"


def test_law_2022_article_73_clause_1_point_b_the_same_title_twice_in_a_year_is_one() -> None:
    awards = (given("bk-tinh", "2018-12-20"), *yearly("cstd-co-so", 2021, 2023), *yearly("cstd-co-so", 2023))
    assert verdict(person("bk-thu-tuong", "2024-06-30", **PRIME | {"awards": awards})) == "ineligible"


def test_law_2022_article_73_clause_1_point_b_without_a_certificate_before() -> None:
    found = judge(person("bk-thu-tuong", "2024-06-30", **PRIME | {"awards": yearly("cstd-co-so", 2019, 2021, 2023)}))
    assert found.verdict == "ineligible"
    assert answers(found)[0] == (
        False,
        "Chưa được tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh hoặc Bằng khen của bộ, ban, ngành,"
        " đoàn thể trung ương.",
    )


def test_oracle_g6_the_years_may_begin_before_the_certificate_in_r2024() -> None:
    awards = (given("bk-tinh", "2022-12-20"), *yearly("cstd-co-so", 2019, 2021, 2023))
    facts = PRIME | {"awards": awards}
    assert verdict(person("bk-thu-tuong", "2025-06-30", year=2023, **facts)) == "eligible"


def test_decree_152_article_33_clause_7_counts_from_the_certificate_from_1_july_2025() -> None:
    awards = (given("bk-tinh", "2022-12-20"), *yearly("cstd-co-so", 2019, 2021, 2023))
    found = judge(person("bk-thu-tuong", "2025-07-01", year=2023, **PRIME | {"awards": awards}))
    assert (found.rule_set, found.verdict) == ("R2025", "ineligible")
    assert found.checks[1].text == (
        "Sau lần khen thưởng trước mới có 1 năm tính đến năm 2023; cần từ 5 năm trở lên (tính từ năm 2023)."
    )
    assert found.checks[1].citation == "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 7"


@pytest.mark.parametrize(("decided", "expected"), [("2019-12-20", "eligible"), ("2020-01-02", "ineligible")])
def test_decree_152_article_33_clause_7_exactly_five_years_after_the_decision(decided, expected) -> None:
    awards = (given("bk-tinh", decided), *yearly("cstd-co-so", 2021, 2022, 2023))
    assert (
        verdict(person("bk-thu-tuong", "2025-07-01", year=2024, grades=grades(2019, 2024), awards=awards)) == expected
    )


def test_decree_152_article_33_clause_7_counts_from_the_achievement_written_in_the_decision() -> None:
    written = Given("bk-tinh", 2019, date(2020, 3, 1), achieved_until=date(2019, 12, 31))
    awards = (written, *yearly("cstd-co-so", 2021, 2022, 2023))
    facts = {"grades": grades(2019, 2024), "awards": awards}
    assert verdict(person("bk-thu-tuong", "2025-07-01", year=2024, **facts)) == "eligible"


def test_decree_152_article_33_clause_7_every_year_since_must_be_good() -> None:
    awards = (given("bk-tinh", "2015-12-20"), *yearly("cstd-co-so", 2021, 2022, 2023))
    facts = {"awards": awards, "grades": grades(2016, 2024, y2017=HT)}
    found = judge(person("bk-thu-tuong", "2025-07-01", year=2024, **facts))
    assert answers(found)[1] == (
        False,
        "Từ lần khen thưởng trước đến khi đề nghị (2016–2024) năm nào cũng phải hoàn thành tốt nhiệm vụ trở lên;"
        " năm 2017 không đạt.",
    )
    assert verdict(person("bk-thu-tuong", "2025-06-30", year=2024, **facts)) == "eligible"
    whole = facts | {"grades": grades(2016, 2024)}
    assert verdict(person("bk-thu-tuong", "2025-07-01", year=2024, **whole)) == "eligible"


def test_decree_152_article_33_clause_7_a_year_not_stated_is_asked_for() -> None:
    awards = (given("bk-tinh", "2015-12-20"), *yearly("cstd-co-so", 2021, 2022, 2023))
    found = judge(person("bk-thu-tuong", "2025-07-01", year=2024, awards=awards, grades=grades(2018, 2024)))
    assert found.verdict == "needs-decision"
    assert texts(found)[1].endswith("; chưa có mức hoàn thành nhiệm vụ năm 2016, 2017, hãy bổ sung.")
    assert found.checks[1].citation == "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 7"


def test_decree_152_article_33_clause_7_of_two_certificates_the_one_that_serves_is_told() -> None:
    awards = (given("bk-tinh", "2016-12-20"), given("bk-tinh", "2019-12-20"), *yearly("cstd-co-so", 2021, 2022, 2023))
    found = judge(person("bk-thu-tuong", "2025-07-01", year=2024, awards=awards, grades=grades(2017, 2024, y2018=HT)))
    assert found.verdict == "eligible"
    assert "20/12/2019" in texts(found)[0]


def test_decree_152_article_4_clause_3_a_thematic_certificate_opens_nothing() -> None:
    awards = (thematic(given("bk-tinh", "2018-12-20")), *yearly("cstd-co-so", 2019, 2021, 2023))
    found = judge(person("bk-thu-tuong", "2024-06-30", **PRIME | {"awards": awards}))
    assert found.verdict == "ineligible"
    assert texts(found)[0].endswith(
        "Không tính 1 lần tặng do thành tích đột xuất, chuyên đề (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 3)."
    )


def test_an_unnamed_certificate_may_be_the_one_wanted() -> None:
    awards = (given("bang-khen", "2018-12-20"), *yearly("cstd-co-so", 2019, 2021, 2023))
    found = judge(person("bk-thu-tuong", "2024-06-30", **PRIME | {"awards": awards}))
    assert found.verdict == "needs-decision"
    assert texts(found)[0].startswith("Chưa rõ đã được tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh")


def test_law_2022_article_73_clause_1_point_b_without_a_register_or_grades() -> None:
    found = judge(person("bk-thu-tuong", "2024-06-30"))
    assert [check.passed for check in found.checks] == [None, None, None]
    assert texts(found)[1] == (
        "Chưa có mức hoàn thành nhiệm vụ năm 2019, 2020, 2021, 2022, 2023; hãy bổ sung (cần 5 năm liên tục)."
    )
    assert texts(found)[2] == (
        "Chưa có lịch sử khen thưởng; cần 3 lần đạt Chiến sĩ thi đua cơ sở trong thời gian đó, hãy bổ sung."
    )


def test_decree_152_article_4_clause_5_maternity_counts_among_the_five_years() -> None:
    facts = PRIME | {"grades": {2019: HTT, 2020: HTT, 2022: HTT, 2023: HTT}}
    away = (Away(Absence.MATERNITY, 2021),)
    found = judge(person("bk-thu-tuong", "2024-06-30", aways=away, **facts))
    assert found.verdict == "eligible"
    assert texts(found)[1].endswith(
        "Năm 2021 nghỉ thai sản, được tính vào thời gian xét (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 5)."
    )
    assert verdict(person("bk-thu-tuong", "2024-06-30", **facts)) == "needs-decision"


def test_law_2022_article_73_clause_2_point_c_asks_for_an_initiative() -> None:
    with_one = person("bk-thu-tuong", "2024-06-30", branch="73.2.c", worker=True, initiatives=(idea(),))
    without = person("bk-thu-tuong", "2024-06-30", branch="73.2.c", worker=True, initiatives=())
    assert (verdict(with_one), verdict(without)) == ("needs-decision", "ineligible")
    assert texts(judge(without))[0] == "Chưa có sáng kiến được cơ sở công nhận (cần 1)."


# --- the law of 2003, as amended in 2013 --------------------------------------------------------------------------


def test_law_2003_article_71_clause_1_point_b_as_amended_five_excellent_years_next() -> None:
    awards = (given("bk-tinh", "2014-12-20"),)
    found = judge(person("bk-thu-tuong", "2019-12-31", grades=grades(2015, 2019, HTXS), awards=awards))
    assert (found.rule_set, found.verdict) == ("R2017", "eligible")
    assert texts(found)[1] == "Có 5 năm liên tục hoàn thành xuất sắc nhiệm vụ (2015, 2016, 2017, 2018, 2019)."
    one_good = grades(2015, 2019, HTXS, y2017=HTT)
    assert verdict(person("bk-thu-tuong", "2019-12-31", grades=one_good, awards=awards)) == "ineligible"


def test_law_2003_article_71_clause_1_point_b_as_amended_the_years_come_after_the_certificate() -> None:
    awards = (given("bk-tinh", "2015-12-20"),)
    found = judge(person("bk-thu-tuong", "2019-12-31", grades=grades(2015, 2019, HTXS), awards=awards))
    assert found.verdict == "ineligible"
    assert texts(found)[1] == (
        "Sau lần khen thưởng trước mới có 4 năm tính đến năm 2019; cần từ 5 năm trở lên (tính từ năm 2016)."
    )
    assert found.checks[1].citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 71 khoản 1 điểm b"


def test_law_2003_article_72_clause_1_as_amended_is_weighed_by_people() -> None:
    found = judge(person("bk-tinh", "2020-12-31", awards=yearly("cstd-co-so", 2019, 2020)))
    assert (found.rule_set, found.verdict) == ("R2017", "needs-decision")
    assert [result.code for result in found.branches] == ["72.1.b"]
    movement = judge(person("bk-tinh", "2020-12-31", category=Category.MOVEMENT))
    assert [result.code for result in movement.branches] == ["72.1.a"]


@pytest.mark.parametrize(("grade", "expected"), [(HTT, "eligible"), (HT, "ineligible")])
def test_law_2003_article_75_clause_1_point_c_as_amended_wants_good_work(grade, expected) -> None:
    assert verdict(person("giay-khen", "2020-12-31", grades={2020: grade})) == expected


def test_law_2022_article_75_clause_2_is_detailed_by_the_province() -> None:
    found = judge(person("giay-khen", "2024-12-31", grades={2024: HTXS}))
    assert found.verdict == "needs-decision"
    assert "do bộ, ban, ngành, tỉnh quy định chi tiết" in texts(found)[0]


def test_law_2022_article_71_clause_2_medals_are_for_individuals() -> None:
    assert verdict(person("ky-niem-chuong", "2024-12-31")) == "needs-decision"
    found = judge(person("ky-niem-chuong", "2024-12-31", kind=SubjectKind.COLLECTIVE))
    assert found.verdict == "ineligible"
    assert texts(found) == ["Kỷ niệm chương không dành cho tập thể, chỉ dành cho cá nhân."]


def test_law_2022_article_74_clause_1_point_d_a_nationwide_initiative_serves_the_base_too() -> None:
    wide = (idea("a", Scope.NATION, 2023), idea("b", Scope.PROVINCE, 2024))
    assert (
        verdict(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HTXS, 2024: HTXS}, initiatives=wide))
        == "eligible"
    )


def test_law_2003_article_71_clause_1_point_b_as_amended_an_ungraded_leave_year_may_be_the_fifth() -> None:
    facts = {"awards": (given("bk-tinh", "2014-12-20"),), "aways": (Away(Absence.MATERNITY, 2017),)}
    four = {2015: HTXS, 2016: HTXS, 2018: HTXS, 2019: HTXS}
    found = judge(person("bk-thu-tuong", "2019-12-31", grades=four, **facts))
    assert answers(found)[1] == (
        None,
        "Chưa có mức hoàn thành nhiệm vụ năm 2017; hãy bổ sung (cần 5 năm liên tục).",
    )


def test_decree_152_article_4_clause_5_initiatives_of_an_ungraded_leave_year_may_count() -> None:
    """2022 HTT, 2023 on maternity leave, 2024 HTXS, both initiatives of 2023: for people to decide, not lost."""
    facts = {"awards": (), "initiatives": (idea("a", year=2023), idea("b", year=2023))}
    leave = {"grades": {2022: HTT, 2024: HTXS}, "aways": (Away(Absence.MATERNITY, 2023),)}
    assert verdict(person("bk-tinh", "2024-12-31", **facts, **leave)) == "needs-decision"
    stated = {**leave, "grades": {2022: HTT, 2023: HTXS, 2024: HTXS}}
    assert verdict(person("bk-tinh", "2024-12-31", **facts, **stated)) == "eligible"
    assert verdict(person("bk-tinh", "2024-12-31", **facts, grades={2022: HTT, 2023: HTT, 2024: HTXS})) == "ineligible"


@pytest.mark.parametrize("decided", ["2024-12-20", "2025-06-20"])
def test_decree_152_article_33_clause_7_right_after_a_certificate_no_year_has_passed(decided) -> None:
    awards = (given("bk-tinh", decided), *yearly("cstd-co-so", 2021, 2022, 2023))
    found = judge(person("bk-thu-tuong", "2025-07-01", year=2024, grades=grades(2019, 2024), awards=awards))
    assert texts(found)[1].startswith("Sau lần khen thưởng trước mới có 0 năm tính đến năm 2024; cần từ 5 năm trở lên")
