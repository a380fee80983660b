"""Boundaries of the collectives' conditions that no other test held: facts not given, counts at their edges."""

from datetime import date

import pytest

from awards.law.collectives_tests import years_after_discipline
from awards.law.facts import Category, Discipline, Grade, MovementResult, Sanction
from tests.law.collective_facts import (
    IN_2024,
    IN_2025,
    LAST_2017,
    bloc,
    collective,
    failed,
    given,
    graded,
    judged,
    members,
    texts,
)

HTT, HTXS = Grade.HTT, Grade.HTXS
CERTIFICATE = given("bk-tinh", 2019)


# --- flags ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("award", "code"), [("co-tinh", "26"), ("co-chinh-phu", "25")])
def test_2003_articles_25_and_26_a_unit_whose_bloc_is_not_told_needs_a_decision(award, code):
    found = judged(award, LAST_2017, flag_eligible=True)
    assert (found.verdict.value, found.branches[0].code) == ("needs-decision", code)


@pytest.mark.parametrize(
    ("rank", "passed", "words"),
    [
        (1, True, "Dẫn đầu khối thi đua (xếp thứ 1); cần là tập thể tiêu biểu xuất sắc nhất"),
        (2, None, "Xếp thứ 2 trong khối; cần là tập thể tiêu biểu xuất sắc nhất"),
        (None, None, "Chưa có kết quả bình xét trong cụm, khối thi đua; cần là tập thể tiêu biểu xuất sắc nhất"),
    ],
)
def test_2013_article_25_clause_2_the_most_outstanding_of_the_province(rank, passed, words):
    found = judged("co-chinh-phu", LAST_2017, bloc=bloc(rank))
    (check,) = (each for each in found.checks if each.citation.endswith("Điều 25 khoản 2"))
    assert check.passed is passed
    assert check.text.startswith(words)


@pytest.mark.parametrize(
    ("organiser", "words"),
    [
        ("authorised", "do cơ quan được tỉnh ủy quyền tổ chức; cần cụm, khối thi đua do tỉnh tổ chức."),
        ("central", "do Hội đồng Thi đua - Khen thưởng Trung ương tổ chức; cần cụm, khối thi đua do tỉnh tổ chức."),
        ("Bộ Y tế", "do Bộ Y tế tổ chức; cần cụm, khối thi đua do tỉnh tổ chức."),
    ],
)
def test_article_26_clause_1_the_bloc_is_run_by_the_province_itself(organiser, words):
    assert failed(judged("co-tinh", IN_2024, bloc=bloc(organiser=organiser)))[0].endswith(words)


def test_article_26_clause_1_a_bar_of_the_bloc_ends_with_one_full_stop():
    found = judged("co-tinh", IN_2024, bloc=bloc(disqualified=(" có cá nhân bị kỷ luật. ", "vi phạm tiêu chí IX.")))
    assert failed(found) == [
        f"Không được xét dẫn đầu, suy tôn trong cụm, khối: {each}."
        for each in ("có cá nhân bị kỷ luật", "vi phạm tiêu chí IX")
    ]


MOVEMENT = [
    (
        MovementResult("province", 3, leads=True, concluded=True),
        [
            "Phong trào thi đua do bộ, ban, ngành, tỉnh phát động.",
            "Phong trào đã thực hiện 3 năm; cần từ 3 năm trở lên.",
            "Tập thể dẫn đầu phong trào thi đua.",
            "Phong trào đã sơ kết, tổng kết.",
        ],
    ),
    (
        MovementResult("nation", 2, leads=False, concluded=False),
        [
            "Phong trào thi đua không do bộ, ban, ngành, tỉnh phát động.",
            "Phong trào đã thực hiện 2 năm; cần từ 3 năm trở lên.",
            "Tập thể không dẫn đầu phong trào thi đua.",
            "Phong trào chưa được sơ kết, tổng kết.",
        ],
    ),
    (
        MovementResult(),
        [
            "Phong trào thi đua chưa rõ có do bộ, ban, ngành, tỉnh phát động; hãy bổ sung.",
            "Chưa rõ thời gian thực hiện phong trào; cần từ 3 năm trở lên, hãy bổ sung.",
            "Tập thể chưa rõ có dẫn đầu phong trào thi đua; hãy bổ sung.",
            "Phong trào chưa rõ đã sơ kết, tổng kết; hãy bổ sung.",
        ],
    ),
]


@pytest.mark.parametrize(("movement", "sentences"), MOVEMENT)
def test_article_26_clause_2_each_condition_of_the_movement_is_told(movement, sentences):
    found = judged("co-tinh", IN_2024, branch="26.2", category=Category.MOVEMENT, movement=movement)
    assert [check.text for check in found.branches[0].checks] == sentences


@pytest.mark.parametrize(
    ("award", "code", "launchers"),
    [
        ("bk-thu-tuong", "73.4.d", "Chủ tịch nước, Thủ tướng Chính phủ hoặc bộ, ban, ngành, tỉnh"),
        ("hc-lao-dong-ba", "44.4.c", "Chủ tịch nước, Thủ tướng Chính phủ hoặc bộ, ban, ngành, tỉnh"),
        ("hc-lao-dong-nhi", "43.4.c", "Chủ tịch nước, Thủ tướng Chính phủ"),
        ("hc-lao-dong-nhat", "42.4.c", "Chủ tịch nước, Thủ tướng Chính phủ"),
    ],
)
def test_articles_42_4_c_to_73_4_d_name_who_launched_the_movement(award, code, launchers):
    found = judged(award, IN_2024, branch=code, movement=MovementResult("nation", 1))
    assert found.branches[0].checks[0].text == f"Phong trào thi đua do {launchers} phát động."


# --- members -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("award", ["tt-ld-xuat-sac", "tt-ld-tien-tien"])
def test_articles_27_and_28_without_the_counts_of_members_nothing_is_decided(award):
    assert judged(award, IN_2024, grades={2024: HTXS}).verdict == "needs-decision"


@pytest.mark.parametrize(
    ("total", "titled", "passed"),
    [(1, 1, True), (1, 0, False), (10, 0, False), (10, 10, True), (0, 0, None), (10, 11, None), (10, -1, None)],
)
def test_article_28_clause_1_point_c_counts_that_cannot_be_are_asked_back(total, titled, passed):
    people = members(total=total, completed=total, ld_tien_tien=titled)
    found = judged("tt-ld-tien-tien", IN_2024, grades={2024: HTT}, people=people)
    (check,) = (each for each in found.checks if "Lao động tiên tiến" in each.text)
    assert check.passed is passed
    assert ("không khớp với tổng số cá nhân" in check.text) is (passed is None)


@pytest.mark.parametrize(
    ("award", "on", "fewest", "words"),
    [
        ("tt-ld-xuat-sac", LAST_2017, 70, "cần ít nhất 70%"),
        ("tt-ld-xuat-sac", IN_2024, 70, "cần ít nhất 70%"),
        ("tt-ld-tien-tien", LAST_2017, 51, "cần trên 50%"),
        ("tt-ld-tien-tien", IN_2024, 70, "cần ít nhất 70%"),
    ],
)
def test_articles_27_and_28_the_share_of_advanced_workers_is_exact_to_one_of_a_hundred(award, on, fewest, words):
    for titled in (fewest, fewest - 1):
        people = members(total=100, completed=100, ld_tien_tien=titled)
        found = judged(award, on, grades={on.year: HTXS}, people=people)
        (check,) = (each for each in found.checks if "cá nhân đạt Lao động tiên tiến" in each.text)
        assert check.passed is (titled == fewest)
        assert words in check.text


# --- five years and what lies inside them --------------------------------------------------------------------------


def test_article_73_4_e_the_years_before_the_decree_end_with_the_proposal():
    found = judged("bk-thu-tuong", IN_2024, grades=graded(range(2020, 2025), y2024=HTT), awards=(CERTIFICATE,))
    assert "Sau lần khen trước mới có 0 năm liên tục" in failed(found)[0]
    assert "đến năm 2024; cần từ 5 năm; thiếu năm 2024." in failed(found)[0]


def test_article_33_7_the_run_told_is_the_longest_of_the_window_wherever_it_lies():
    awards = (given("bk-tinh", 2019), given("co-tinh", 2020))
    first_year = judged("bk-thu-tuong", IN_2025, grades=graded(range(2020, 2026), HTT, y2020=HTXS), awards=awards)
    assert "mới có 1 năm liên tục (2020)" in failed(first_year)[0]
    assert "đến năm 2020; cần từ 5 năm." in failed(first_year)[0]
    two_years = graded(range(2020, 2026), HTT, y2020=HTXS, y2021=HTXS)
    second_year = judged("bk-thu-tuong", IN_2025, grades=two_years, awards=awards)
    assert "mới có 2 năm liên tục (2020, 2021)" in failed(second_year)[0]


def test_article_33_7_a_window_without_one_excellent_year_is_told_up_to_its_last_year():
    grades = graded(range(2020, 2026), HTT)
    found = judged("bk-thu-tuong", IN_2025, grades=grades, awards=(given("bk-tinh", 2019),))
    assert "mới có 0 năm liên tục" in failed(found)[0]
    assert "đến năm 2025; cần từ 5 năm" in failed(found)[0]


def test_article_33_7_a_window_wholly_excellent_has_no_other_years_to_tell():
    awards = (given("bk-tinh", 2019), given("co-tinh", 2022))
    found = judged("bk-thu-tuong", IN_2025, grades=graded(range(2020, 2026)), awards=awards)
    assert found.verdict == "eligible"
    assert "các năm còn lại" not in texts(found)


def test_article_33_7_an_open_run_asks_for_its_years_once():
    grades = graded(range(2020, 2026), y2023=None)
    awards = (given("bk-tinh", 2019), given("co-tinh", 2022))
    found = judged("bk-thu-tuong", date(2025, 12, 31), grades=grades, awards=awards)
    assert found.verdict == "needs-decision"
    assert texts(found).count("2023; hãy bổ sung (cần 5 năm liên tục") == 1
    assert "các năm còn lại" not in texts(found)


def test_article_74_3_d_one_excellent_year_since_a_discipline_is_too_few_and_no_year_is_blamed():
    served = (Discipline(Sanction.WARNING, date(2022, 5, 1), date(2023, 5, 1)),)
    found = judged("bk-tinh", IN_2024, grades=graded(range(2020, 2025)), awards=(), disciplines=served)
    (told,) = (text for text in failed(found) if text.startswith("Chỉ có 1 năm (2024)"))
    assert told.endswith("cần 2 năm; chưa đủ số năm.")


def test_decree_152_article_4_clause_4_a_discipline_decided_on_the_day_itself_is_known():
    served = Discipline(Sanction.WARNING, IN_2024, IN_2024)
    assert years_after_discipline(collective("bk-tinh", IN_2024, disciplines=(served,))) == (2025,)
    assert years_after_discipline(collective("bk-tinh", date(2024, 12, 30), disciplines=(served,))) == ()


@pytest.mark.parametrize(
    ("flag_eligible", "verdict"), [(True, "ineligible"), (False, "eligible"), (None, "needs-decision")]
)
@pytest.mark.parametrize(
    ("award", "prior", "times"),
    [
        ("hc-lao-dong-ba", "bk-thu-tuong", 2),
        ("hc-lao-dong-nhi", "hc-lao-dong-ba", 3),
        ("hc-lao-dong-nhat", "hc-lao-dong-nhi", 4),
    ],
)
def test_articles_42_to_44_certificates_count_only_for_those_who_may_receive_no_flag(
    award, prior, times, flag_eligible, verdict
):
    awards = (given(prior, 2018), *(given("bk-tinh", year) for year in range(2020, 2020 + times)))
    facts = {"grades": graded(range(2019, 2025)), "awards": awards, "founded": 2000}
    assert judged(award, IN_2024, flag_eligible=flag_eligible, **facts).verdict == verdict


@pytest.mark.parametrize(
    ("award", "prior"),
    [
        ("bk-thu-tuong", "bk-tinh"),
        ("hc-lao-dong-ba", "bk-thu-tuong"),
        ("hc-lao-dong-nhi", "hc-lao-dong-ba"),
        ("hc-lao-dong-nhat", "hc-lao-dong-nhi"),
    ],
)
def test_2013_articles_42_to_44_and_71_the_next_five_years_may_end_before_the_proposal(award, prior):
    facts = {"awards": (given(prior, 2015),), "founded": 2000}
    found = judged(award, LAST_2017, grades=graded(range(2016, 2024), y2021=HTT), **facts)
    assert found.verdict == "needs-decision"
    assert "nhưng không kéo dài đến năm đề nghị" in texts(found)
    assert judged(award, LAST_2017, grades=graded(range(2016, 2024), y2020=HTT), **facts).verdict == "ineligible"


def test_article_33_7_an_open_year_outside_the_run_cites_it():
    awards = (given("bk-tinh", 2018), given("co-tinh", 2022))
    found = judged("bk-thu-tuong", IN_2025, grades=graded(range(2019, 2026), y2019=None), awards=awards)
    (check,) = (each for each in found.checks if "các năm còn lại" in each.text)
    assert (check.passed, check.citation) == (None, "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 7")


def test_article_27_clause_1_counts_of_completed_tasks_that_cannot_be_are_named():
    found = judged("tt-ld-xuat-sac", IN_2024, grades={2024: HTXS}, people=members(total=10, completed=11))
    assert "Số cá nhân hoàn thành nhiệm vụ (11) không khớp với tổng số cá nhân (10)" in texts(found)


def test_articles_42_to_44_a_movement_that_was_not_concluded_is_told():
    facts = {"branch": "42.4.c", "category": Category.MOVEMENT}
    found = judged("hc-lao-dong-nhat", IN_2024, movement=MovementResult("nation", 1, concluded=False), **facts)
    assert failed(found) == ["Phong trào chưa được sơ kết, tổng kết."]


def test_article_26_clause_1_without_a_bloc_its_organiser_is_asked_for():
    found = judged("co-tinh", IN_2024, branch="26.1", flag_eligible=True)
    assert "Chưa rõ cụm, khối thi đua do cơ quan nào tổ chức" in texts(found)
