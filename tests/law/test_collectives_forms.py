"""Certificates and orders of collectives: Luật TĐKT 2022, Điều 42-44, 73-75; NĐ 152/2025, Điều 33.7; 2013 law."""

from datetime import date

import pytest

from awards.law.facts import BlocResult, Category, Discipline, Given, Grade, MovementResult, Sanction, SubjectKind
from awards.law.registry import BRANCHES
from tests.law.collective_facts import (
    IN_2024,
    IN_2025,
    LAST_2017,
    failed,
    given,
    graded,
    judged,
    texts,
    verdict,
)

HTT, HTXS, HT = Grade.HTT, Grade.HTXS, Grade.HT
CERT_2019 = given("bk-tinh", 2019)
FLAG_2022 = given("co-tinh", 2022)
FIVE = graded(range(2020, 2025))


# --- Bằng khen của tỉnh: Điều 74.3.d, 72.2.c -----------------------------------------------------------------------


@pytest.mark.parametrize("award", ["bk-tinh", "bk-bo"])
@pytest.mark.parametrize(("on", "end", "code"), [(LAST_2017, 2023, "72.2.c"), (IN_2024, 2024, "74.3.d")])
def test_article_74_3_d_two_excellent_years_in_a_row_are_enough(award, on, end, code):
    found = judged(award, on, grades=graded([end - 1, end]), awards=())
    assert found.verdict == "eligible"
    assert (found.checks[0].rule, found.checks[0].branch) == ("A3-F5", code)
    assert (
        f"Có 2 năm liên tục hoàn thành xuất sắc nhiệm vụ hoặc đạt Tập thể lao động xuất sắc ({end - 1}, {end})."
        in texts(found)
    )


def test_article_74_3_d_one_excellent_year_is_not_enough():
    found = judged("bk-tinh", IN_2024, grades=graded([2023, 2024], y2023=HTT), awards=())
    assert found.verdict == "ineligible"
    assert "Chỉ có 1 năm (2024)" in failed(found)[0]
    assert "cần 2 năm; năm 2023 không đạt" in failed(found)[0]
    last = judged("bk-tinh", IN_2024, grades=graded([2022, 2023, 2024], y2024=HTT), awards=())
    assert failed(last)[0].startswith("Chỉ có 0 năm hoàn thành xuất sắc")


def test_article_74_3_d_the_title_of_a_year_stands_for_its_grade():
    awards = (given("tt-ld-xuat-sac", 2023), given("tt-ld-xuat-sac", 2024))
    assert verdict("bk-tinh", IN_2024, awards=awards) == "eligible"
    assert verdict("bk-tinh", IN_2024, grades={2024: HTXS}, awards=awards[:1]) == "eligible"


def test_a_missing_grade_is_asked_for():
    found = judged("bk-tinh", IN_2024, grades={2024: HTXS}, awards=())
    assert found.verdict == "needs-decision"
    assert "Chưa có mức hoàn thành nhiệm vụ năm 2023; hãy bổ sung (cần 2 năm liên tục)." in texts(found)


def test_the_longer_run_tells_only_its_last_two_years():
    assert "(2023, 2024)" in texts(judged("bk-tinh", IN_2024, grades=FIVE, awards=()))


def test_years_before_a_served_discipline_do_not_count():
    served = (Discipline(Sanction.WARNING, date(2022, 5, 1), date(2023, 5, 1)),)
    assert verdict("bk-tinh", IN_2024, grades=FIVE, awards=(), disciplines=served) == "ineligible"
    later = graded(range(2020, 2026))
    assert verdict("bk-tinh", IN_2025, grades=later, awards=(), disciplines=served) == "eligible"


@pytest.mark.parametrize("code", ["74.3.a", "74.3.b", "74.3.c", "74.4"])
def test_article_74_3_other_branches_are_left_to_people(code):
    found = judged("bk-tinh", IN_2024, branch=code, grades=FIVE, awards=())
    assert found.verdict == "needs-decision"
    assert found.checks[0].citation.startswith("Luật TĐKT 2022, Điều 74 khoản ")


def test_an_ineligible_unit_is_shown_the_branches_it_could_name():
    found = judged("bk-tinh", IN_2024, grades=graded([2023, 2024], y2024=HTT), awards=())
    assert [code for code, _ in found.open_branches] == ["74.3.a", "74.3.b", "74.3.c", "74.4"]


# --- Bằng khen của Thủ tướng: Điều 73.4.e (oracle G.5) -------------------------------------------------------------


def test_oracle_g5_article_73_4_e_certificate_2019_five_years_and_one_flag():
    found = judged("bk-thu-tuong", IN_2024, grades=FIVE, awards=(CERT_2019, FLAG_2022))
    assert found.verdict == "eligible"
    assert {check.rule for check in found.checks} == {"A3-F6"}
    assert {check.citation for check in found.checks} == {"Luật TĐKT 2022, Điều 73 khoản 4 điểm e"}
    told = texts(found)
    assert "Đã được tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh (quyết định ngày 20/12/2019)." in told
    assert "Có 5 năm liên tục" in told
    assert "(2020, 2021, 2022, 2023, 2024); cần từ 5 năm." in told
    assert "1 cờ thi đua của bộ, ban, ngành, tỉnh (2022)" in told
    assert "đủ 01 cờ thi đua của bộ, ban, ngành, tỉnh." in told


def test_oracle_g5_a_gap_in_2022_breaks_the_run():
    found = judged("bk-thu-tuong", IN_2024, grades=graded(range(2020, 2025), y2022=HTT), awards=(CERT_2019, FLAG_2022))
    assert found.verdict == "ineligible"
    assert "mới có 2 năm liên tục (2023, 2024)" in failed(found)[0]
    assert "cần từ 5 năm; thiếu năm 2022." in failed(found)[0]


def test_oracle_g5_only_years_after_the_certificate_count():
    found = judged("bk-thu-tuong", IN_2024, grades=FIVE, awards=(given("bk-tinh", 2020), FLAG_2022))
    assert found.verdict == "ineligible"
    assert "mới có 4 năm liên tục (2021, 2022, 2023, 2024)" in failed(found)[0]
    assert failed(found)[0].endswith("cần từ 5 năm.")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ((given("bk-tinh", 2021), given("bk-tinh", 2023)), "eligible"),
        ((given("bk-bo", 2021), given("bk-tinh", 2023)), "eligible"),
        ((given("bk-tinh", 2021),), "ineligible"),
        ((given("co-bo", 2021),), "eligible"),
        ((given("co-tinh", 2019),), "ineligible"),
        ((given("co-chinh-phu", 2021),), "needs-decision"),
        ((), "ineligible"),
        ((given("co-tinh", 2022, category=Category.MOVEMENT),), "ineligible"),
    ],
)
def test_article_73_4_e_wants_one_flag_or_two_certificates_inside_the_years(inside, expected):
    assert verdict("bk-thu-tuong", IN_2024, grades=FIVE, awards=(CERT_2019, *inside)) == expected


def test_what_is_missing_inside_the_years_is_told():
    found = judged("bk-thu-tuong", IN_2024, grades=FIVE, awards=(CERT_2019,))
    assert failed(found) == [
        "Trong thời gian đó có 0 Cờ thi đua của Chính phủ, 0 cờ thi đua của bộ, ban, ngành, tỉnh, 0 bằng khen của bộ,"
        " ban, ngành, tỉnh; cần 01 cờ thi đua của bộ, ban, ngành, tỉnh; hoặc 02 bằng khen của bộ, ban, ngành, tỉnh."
    ]


def test_the_certificate_that_serves_best_is_taken():
    awards = (CERT_2019, given("bk-tinh", 2023), FLAG_2022)
    assert verdict("bk-thu-tuong", IN_2024, grades=FIVE, awards=awards) == "eligible"


def test_a_certificate_for_a_surprise_is_no_basis():
    awards = (given("bk-tinh", 2019, category=Category.SURPRISE), FLAG_2022)
    assert verdict("bk-thu-tuong", IN_2024, grades=FIVE, awards=awards) == "ineligible"


def test_without_history_nothing_is_decided_and_it_is_asked_for():
    found = judged("bk-thu-tuong", IN_2024, grades=FIVE)
    assert found.verdict == "needs-decision"
    assert "chưa có lịch sử khen thưởng, hãy bổ sung." in texts(found)


def test_an_undated_certificate_is_asked_for():
    found = judged("bk-thu-tuong", IN_2024, grades=FIVE, awards=(Given("bk-tinh"), FLAG_2022))
    assert found.verdict == "needs-decision"
    assert "Chưa rõ ngày quyết định tặng Bằng khen của Chủ tịch" in texts(found)


def test_an_unknown_year_in_the_run_is_asked_for():
    found = judged("bk-thu-tuong", IN_2024, grades=graded(range(2020, 2025), y2021=None), awards=(CERT_2019, FLAG_2022))
    assert found.verdict == "needs-decision"
    assert "Chưa có mức hoàn thành nhiệm vụ năm 2021; hãy bổ sung (cần 5 năm liên tục" in texts(found)


def test_a_discipline_inside_the_years_restarts_the_run():
    served = (Discipline(Sanction.WARNING, date(2020, 5, 1), date(2020, 12, 31)),)
    awards = (CERT_2019, FLAG_2022)
    assert verdict("bk-thu-tuong", IN_2024, grades=FIVE, awards=awards, disciplines=served) == "ineligible"
    years = graded(range(2020, 2026))
    assert (
        verdict("bk-thu-tuong", date(2025, 6, 30), grades=years, year=2025, awards=awards, disciplines=served)
        == "eligible"
    )


@pytest.mark.parametrize("code", ["73.4.a", "73.4.b", "73.4.c", "73.4.d", "73.4.đ", "73.5"])
def test_article_73_4_other_branches_are_left_to_people(code):
    assert verdict("bk-thu-tuong", IN_2024, branch=code, grades=FIVE, awards=()) == "needs-decision"


def at_review(award, code, **movement):
    facts = {
        "branch": code,
        "category": Category.MOVEMENT,
        "movement": MovementResult(**movement) if movement else None,
    }
    return judged(award, IN_2024, **facts)


@pytest.mark.parametrize(("award", "code", "years"), [("bk-thu-tuong", "73.4.d", 3), ("hc-lao-dong-ba", "44.4.c", 5)])
def test_articles_73_4_d_and_44_4_c_a_movement_of_the_province_runs_long_enough(award, code, years):
    assert at_review(award, code, launched_by="province", years=years).verdict == "needs-decision"
    assert at_review(award, code, launched_by="province", years=years - 1).verdict == "ineligible"
    assert at_review(award, code, launched_by="nation", years=1).verdict == "needs-decision"
    assert at_review(award, code, launched_by="agency", years=9).verdict == "ineligible"
    assert at_review(award, code, launched_by="nation", concluded=False).verdict == "ineligible"
    assert "chưa rõ có do" in texts(at_review(award, code))


@pytest.mark.parametrize(("award", "code"), [("hc-lao-dong-nhi", "43.4.c"), ("hc-lao-dong-nhat", "42.4.c")])
def test_articles_43_4_c_and_42_4_c_only_a_movement_of_the_nation_does(award, code):
    assert at_review(award, code, launched_by="nation").verdict == "needs-decision"
    assert at_review(award, code, launched_by="province", years=9).verdict == "ineligible"


@pytest.mark.parametrize(
    ("organiser", "expected"), [("central", "needs-decision"), ("province", "ineligible"), ("authorised", "ineligible")]
)
def test_article_73_4_c_wants_a_bloc_of_the_central_council(organiser, expected):
    result = BlocResult(rank=2, organiser=organiser)
    assert verdict("bk-thu-tuong", IN_2024, branch="73.4.c", bloc=result) == expected


# --- NĐ 152/2025, Điều 33.7 ----------------------------------------------------------------------------------------

LATE = graded(range(2020, 2025))
AWARDS_2018 = (given("bk-tinh", 2018), FLAG_2022)


def test_article_33_7_the_window_opens_after_the_achievement_written_in_the_decision():
    spring = date(2020, 4, 1)
    written = Given("bk-tinh", 2019, decided_on=spring, achieved_until=date(2019, 12, 31))
    silent = Given("bk-tinh", 2019, decided_on=spring)
    facts = {"year": 2024, "grades": FIVE}
    assert verdict("bk-thu-tuong", IN_2025, awards=(written, FLAG_2022), **facts) == "eligible"
    assert verdict("bk-thu-tuong", IN_2025, awards=(silent, FLAG_2022), **facts) == "ineligible"
    # Before the decree only the day of the decision counts.
    assert verdict("bk-thu-tuong", IN_2024, awards=(written, FLAG_2022), **facts) == "ineligible"


@pytest.mark.parametrize(
    ("year_2025", "expected"), [(HTT, "eligible"), (HT, "ineligible"), (None, "needs-decision"), (HTXS, "eligible")]
)
def test_article_33_7_the_other_years_of_the_window_are_at_least_good(year_2025, expected):
    grades = graded(range(2020, 2026), y2025=year_2025)
    found = judged("bk-thu-tuong", IN_2025, year=2025, grades=grades, awards=(CERT_2019, FLAG_2022))
    assert found.verdict == expected
    if year_2025 in (HTT, HT):
        told = next(check for check in found.checks if check.citation == "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 7")
        assert told.text.startswith("Năm 2025 ")


def test_article_33_7_without_the_decree_the_run_reaches_the_proposal():
    grades = graded(range(2020, 2026), y2025=HTT)
    awards = (CERT_2019, FLAG_2022)
    found = judged("bk-thu-tuong", date(2025, 6, 30), year=2025, grades=grades, awards=awards)
    assert found.verdict == "ineligible"
    assert "mới có 0 năm liên tục" in failed(found)[0]
    assert "Trong thời gian đó có 0 Cờ thi đua của Chính phủ, 0 cờ thi đua" in failed(found)[1]
    assert verdict("bk-thu-tuong", date(2025, 7, 1), year=2025, grades=grades, awards=awards) == "eligible"


def test_article_33_7_a_poor_year_before_the_run_ends_the_matter():
    grades = graded(range(2019, 2025), y2019=HT)
    found = judged("bk-thu-tuong", IN_2025, year=2024, grades=grades, awards=AWARDS_2018)
    assert found.verdict == "ineligible"
    assert failed(found)[0].startswith("Năm 2019 chưa đạt: các năm còn lại")


def test_article_33_7_four_excellent_years_in_the_window_are_not_five():
    grades = graded(range(2020, 2026), y2020=HTT, y2025=HTT)
    found = judged("bk-thu-tuong", IN_2025, year=2025, grades=grades, awards=(CERT_2019, FLAG_2022))
    assert found.verdict == "ineligible"
    assert "mới có 4 năm liên tục (2021, 2022, 2023, 2024)" in failed(found)[0]


def test_article_33_7_a_flag_of_the_window_outside_the_run_is_for_the_council():
    grades = graded(range(2019, 2025), y2019=HTT)
    awards = (given("bk-tinh", 2018), given("co-tinh", 2019))
    found = judged("bk-thu-tuong", IN_2025, year=2024, grades=grades, awards=awards)
    assert found.verdict == "needs-decision"
    assert "có lần khen ngoài quãng liên tục, hội đồng cần xem xét" in texts(found)


def test_article_33_7_years_already_rewarded_with_the_same_award_do_not_count_again():
    awards = (CERT_2019, FLAG_2022, given("bk-thu-tuong", 2022))
    found = judged("bk-thu-tuong", IN_2025, year=2025, grades=graded(range(2020, 2026)), awards=awards)
    assert found.verdict == "ineligible"
    assert "mới có 3 năm liên tục (2023, 2024, 2025)" in failed(found)[0]


def test_article_33_7_a_window_not_yet_begun_holds_no_year():
    found = judged("bk-thu-tuong", IN_2025, year=2024, grades=FIVE, awards=(given("bk-tinh", 2024),))
    assert found.verdict == "ineligible"
    assert "mới có 0 năm liên tục hoàn thành xuất sắc" in texts(found)


def test_before_the_decree_an_earlier_award_of_the_same_kind_does_not_move_the_window():
    awards = (CERT_2019, FLAG_2022, given("bk-thu-tuong", 2022))
    assert verdict("bk-thu-tuong", IN_2024, grades=FIVE, awards=awards) == "eligible"


def test_article_33_7_an_undated_certificate_is_asked_for_under_the_decree_too():
    found = judged("bk-thu-tuong", IN_2025, year=2024, grades=FIVE, awards=(Given("bk-tinh"), FLAG_2022))
    assert found.verdict == "needs-decision"
    assert "Chưa rõ ngày quyết định tặng" in texts(found)


def test_article_33_7_a_certain_run_is_told_before_a_longer_one_that_is_open():
    grades = graded(range(2014, 2026), y2019=HTT, y2021=None)
    awards = (given("bk-tinh", 2013), given("co-tinh", 2016))
    found = judged("bk-thu-tuong", IN_2025, year=2025, grades=grades, awards=awards)
    assert found.verdict == "needs-decision"
    assert "(2014, 2015, 2016, 2017, 2018); cần từ 5 năm." in texts(found)
    assert "Chưa có mức hoàn thành nhiệm vụ năm 2021: các năm còn lại" in texts(found)


def test_article_33_7_an_unknown_year_beside_a_certain_run_is_asked_for():
    grades = graded(range(2017, 2026), y2018=None)
    awards = (given("bk-tinh", 2016), FLAG_2022)
    found = judged("bk-thu-tuong", IN_2025, year=2025, grades=grades, awards=awards)
    assert found.verdict == "needs-decision"
    assert "năm 2018: các năm còn lại" in texts(found)


# --- Huân chương Lao động: Điều 44.4.đ, 43.4.d, 42.4.d -------------------------------------------------------------

PM_2019 = given("bk-thu-tuong", 2019)


def inside(*codes):
    return tuple(given(code, 2020 + index) for index, code in enumerate(codes))


def third(*codes, **facts):
    base = {"grades": FIVE, "founded": 2000, "flag_eligible": True}
    return verdict("hc-lao-dong-ba", IN_2024, **{**base, "awards": (PM_2019, *inside(*codes)), **facts})


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("co-chinh-phu",), "eligible"),
        (("co-tinh", "co-tinh"), "eligible"),
        (("co-tinh", "co-bo"), "eligible"),
        (("co-tinh", "bk-tinh"), "eligible"),
        (("co-tinh",), "ineligible"),
        (("bk-tinh", "bk-tinh"), "ineligible"),
        (("bk-tinh",), "ineligible"),
        ((), "ineligible"),
    ],
)
def test_article_44_4_dd_what_lies_inside_the_five_years(codes, expected):
    assert third(*codes) == expected


@pytest.mark.parametrize(
    ("flag_eligible", "expected"), [(False, "eligible"), (None, "needs-decision"), (True, "ineligible")]
)
def test_article_44_4_dd_certificates_in_place_of_flags_only_outside_the_blocs(flag_eligible, expected):
    assert third("bk-tinh", "bk-tinh", flag_eligible=flag_eligible) == expected


def test_whether_a_unit_may_receive_flags_does_not_matter_where_flags_suffice():
    assert third("co-tinh", "co-tinh", flag_eligible=None) == "eligible"
    assert third("bk-tinh", flag_eligible=None) == "ineligible"


def test_the_open_question_about_flags_is_told():
    found = judged(
        "hc-lao-dong-ba", IN_2024, grades=FIVE, founded=2000, awards=(PM_2019, *inside("bk-tinh", "bk-tinh"))
    )
    assert "chưa rõ tập thể có thuộc đối tượng được tặng cờ thi đua không, hãy bổ sung." in texts(found)
    assert "02 bằng khen của bộ, ban, ngành, tỉnh nếu không thuộc đối tượng được tặng cờ" in texts(found)


@pytest.mark.parametrize(("founded", "expected"), [(2014, "eligible"), (2015, "ineligible"), (None, "needs-decision")])
def test_article_44_4_dd_the_unit_has_existed_for_ten_years(founded, expected):
    assert third("co-chinh-phu", founded=founded) == expected


def test_the_age_of_the_unit_is_told():
    found = judged("hc-lao-dong-ba", IN_2024, grades=FIVE, founded=2015, awards=(PM_2019, *inside("co-chinh-phu")))
    assert failed(found) == ["Thành lập năm 2015, đến năm 2024 được 9 năm; cần từ 10 năm trở lên."]


def test_article_44_4_dd_needs_the_prime_ministers_certificate():
    assert third("co-chinh-phu", awards=inside("co-chinh-phu")) == "ineligible"


def test_article_44_4_dd_five_years_after_the_certificate():
    assert third("co-chinh-phu", grades=graded(range(2020, 2025), y2020=HTT)) == "ineligible"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("co-chinh-phu", "co-tinh"), "eligible"),
        (("co-tinh", "co-tinh", "co-tinh"), "eligible"),
        (("co-tinh", "co-tinh"), "ineligible"),
        (("co-chinh-phu",), "ineligible"),
        (("co-chinh-phu", "co-chinh-phu"), "needs-decision"),
        (("bk-tinh", "bk-tinh", "bk-tinh"), "ineligible"),
    ],
)
def test_article_43_4_d_what_lies_inside_the_five_years(codes, expected):
    awards = (given("hc-lao-dong-ba", 2019), *inside(*codes))
    assert verdict("hc-lao-dong-nhi", IN_2024, grades=FIVE, awards=awards, flag_eligible=True) == expected


@pytest.mark.parametrize(("certificates", "expected"), [(3, "eligible"), (2, "ineligible")])
def test_article_43_4_d_three_certificates_for_a_unit_without_flags(certificates, expected):
    awards = (given("hc-lao-dong-ba", 2019), *inside(*["bk-tinh"] * certificates))
    assert verdict("hc-lao-dong-nhi", IN_2024, grades=FIVE, awards=awards, flag_eligible=False) == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("co-chinh-phu", "co-chinh-phu"), "eligible"),
        (("co-chinh-phu", "co-tinh", "co-tinh"), "eligible"),
        (("co-chinh-phu", "co-tinh"), "ineligible"),
        (("co-tinh", "co-tinh", "co-tinh", "co-tinh"), "eligible"),
        (("co-tinh", "co-tinh", "co-tinh"), "ineligible"),
    ],
)
def test_article_42_4_d_what_lies_inside_the_five_years(codes, expected):
    awards = (given("hc-lao-dong-nhi", 2019), *inside(*codes))
    assert verdict("hc-lao-dong-nhat", IN_2024, grades=FIVE, awards=awards, flag_eligible=True) == expected


@pytest.mark.parametrize(("certificates", "expected"), [(4, "eligible"), (3, "ineligible")])
def test_article_42_4_d_four_certificates_for_a_unit_without_flags(certificates, expected):
    awards = (given("hc-lao-dong-nhi", 2019), *inside(*["bk-tinh"] * certificates))
    assert verdict("hc-lao-dong-nhat", IN_2024, grades=FIVE, awards=awards, flag_eligible=False) == expected


@pytest.mark.parametrize(
    ("award", "prior", "wrong"),
    [("hc-lao-dong-nhi", "hc-lao-dong-ba", "bk-thu-tuong"), ("hc-lao-dong-nhat", "hc-lao-dong-nhi", "hc-lao-dong-ba")],
)
def test_articles_42_and_43_build_on_the_class_below(award, prior, wrong):
    flags = inside("co-chinh-phu", "co-chinh-phu", "co-tinh")
    facts = {"grades": FIVE, "flag_eligible": True}
    assert verdict(award, IN_2024, awards=(given(prior, 2019), *flags), **facts) == "eligible"
    assert verdict(award, IN_2024, awards=(given(wrong, 2019), *flags), **facts) == "ineligible"


@pytest.mark.parametrize(
    ("award", "code"),
    [
        ("hc-lao-dong-ba", "44.4.d"),
        ("hc-lao-dong-ba", "44.4.a"),
        ("hc-lao-dong-nhi", "43.4.b"),
        ("hc-lao-dong-nhat", "42.4.b"),
    ],
)
def test_articles_42_to_44_other_branches_are_left_to_people(award, code):
    assert verdict(award, IN_2024, branch=code, awards=()) == "needs-decision"


# --- the law of 2003 as amended in 2013: Điều 42-44, 71, 75 --------------------------------------------------------

OLD_FIVE = graded(range(2019, 2024))


@pytest.mark.parametrize(
    ("award", "prior", "code"),
    [
        ("bk-thu-tuong", "bk-tinh", "71.2.c"),
        ("hc-lao-dong-ba", "bk-thu-tuong", "44.2.b"),
        ("hc-lao-dong-nhi", "hc-lao-dong-ba", "43.2.b"),
        ("hc-lao-dong-nhat", "hc-lao-dong-nhi", "42.3.b"),
    ],
)
def test_2013_five_following_years_are_enough_and_no_flag_is_asked_for(award, prior, code):
    facts = {"awards": (given(prior, 2018),), "founded": 2000}
    found = judged(award, LAST_2017, grades=OLD_FIVE, **facts)
    assert found.verdict == "eligible"
    assert {check.branch for check in found.checks} == {code}
    assert verdict(award, LAST_2017, grades=graded(range(2019, 2024), y2019=HTT), **facts) == "ineligible"
    assert verdict(award, LAST_2017, grades=OLD_FIVE, founded=2000, awards=(given(prior, 2019),)) == "ineligible"


@pytest.mark.parametrize(("founded", "expected"), [(2013, "eligible"), (2014, "ineligible")])
def test_2013_article_44_2_b_ten_years_of_existence(founded, expected):
    facts = {"grades": OLD_FIVE, "awards": (given("bk-thu-tuong", 2018),)}
    assert verdict("hc-lao-dong-ba", LAST_2017, founded=founded, **facts) == expected
    assert verdict("hc-lao-dong-nhi", LAST_2017, grades=OLD_FIVE, awards=(given("hc-lao-dong-ba", 2018),)) == "eligible"


def test_2013_article_71_2_c_five_following_years_that_ended_earlier_are_for_the_council():
    grades = graded(range(2018, 2024), y2023=HTT)
    found = judged("bk-thu-tuong", LAST_2017, grades=grades, awards=(given("bk-tinh", 2017),))
    assert found.verdict == "needs-decision"
    assert "(2018, 2019, 2020, 2021, 2022) nhưng không kéo dài đến năm đề nghị; hội đồng cần quyết định." in texts(
        found
    )


def test_the_same_five_years_need_a_flag_from_the_first_day_of_2024():
    facts = {"grades": OLD_FIVE, "awards": (given("bk-tinh", 2018),), "year": 2023}
    assert verdict("bk-thu-tuong", date(2023, 12, 31), **facts) == "eligible"
    assert verdict("bk-thu-tuong", date(2024, 1, 1), **facts) == "ineligible"


@pytest.mark.parametrize(("grade", "expected"), [(HTT, "eligible"), (HT, "ineligible")])
def test_2013_article_75_2_c_giay_khen_wants_a_good_year(grade, expected):
    assert verdict("giay-khen", LAST_2017, grades={2023: grade}) == expected


def test_article_75_2_of_2022_leaves_giay_khen_to_the_province():
    assert verdict("giay-khen", IN_2024, grades={2024: HTXS}) == "needs-decision"


# --- the registry --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule_set", ["R2017", "R2024", "R2025", "R2026"])
def test_every_branch_of_collectives_and_households_cites_its_own_article(rule_set):
    for branch in BRANCHES[rule_set]:
        if branch.rule.startswith(("A3-F", "A3-H", "A3-C")):
            law = "Luật TĐKT 2003 (sửa đổi 2013)" if rule_set == "R2017" else "Luật TĐKT 2022"
            assert branch.citation.startswith(f"{law}, Điều {branch.code.split('.')[0]}"), branch.code
            assert branch.title[0].isupper()


@pytest.mark.parametrize("rule_set", ["R2017", "R2024", "R2025"])
def test_no_branch_of_collectives_and_households_is_listed_twice(rule_set):
    mine = [branch for branch in BRANCHES[rule_set] if SubjectKind.INDIVIDUAL not in branch.kinds]
    keys = [(branch.award, branch.code, branch.kinds) for branch in mine]
    assert len(keys) == len(set(keys))
