"""Orders and certificates: the numbers, the words and the sources of points that no other test held."""

from datetime import date
from typing import Any

import pytest

from awards.law.branches import Branch, cite, round_of
from awards.law.engine import judge
from awards.law.facts import Category, Given, Grade, Nominee, Scope, SubjectKind
from awards.law.individuals_titles import LAW_2003, LAW_2022
from awards.law.registry import BRANCHES
from awards.law.rule_sets import BY_CODE
from tests.law.nominees import HT, HTT, HTXS, answers, given, grades, idea, of_rule, person, texts, verdict, yearly

DAYS = {"R2017": date(2023, 12, 31), "R2024": date(2024, 12, 31), "R2025": date(2025, 12, 31)}
EVERY = [
    pytest.param(rule_set, branch, id=f"{rule_set}-{branch.award}-{branch.code}-{min(branch.categories)}")
    for rule_set in DAYS
    for branch in BRANCHES[rule_set]
]


# --- every branch --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule_set", "branch"), EVERY)
def test_every_branch_is_told_in_whole_sentences(rule_set: str, branch: Branch) -> None:
    (kind,) = branch.kinds
    nominee = Nominee("n", branch.award, DAYS[rule_set], kind, category=min(branch.categories), worker=branch.workers)
    found = branch.judged(nominee, round_of(nominee, BY_CODE[rule_set]))
    said = [branch.title, *(check.text for check in found.checks), *(note.text for note in branch.notes(nominee))]
    assert not branch.title[0].islower()
    assert not [text for text in said if "None" in text or "{" in text]


@pytest.mark.parametrize(("rule_set", "branch"), EVERY)
def test_every_branch_of_a_statute_cites_its_article_clause_and_point_as_printed(rule_set: str, branch: Branch) -> None:
    law = LAW_2003 if rule_set == "R2017" else LAW_2022
    assert branch.citation.startswith(f"{law}, Điều ") or branch.citation.startswith("Nghị định 152/2025/NĐ-CP, Điều ")
    if branch.citation.startswith(law):
        assert branch.citation.split("; ")[0] == cite(law, branch.code)


# --- Huân chương Bảo vệ Tổ quốc ------------------------------------------------------------------------------------

THIRD, SECOND, FIRST = (f"hc-bao-ve-to-quoc-{each}" for each in ("ba", "nhi", "nhat"))
# Award, the one before, years HTXS wanted, title, times wanted.
DEFENCE = [
    ("47.1.c", THIRD, "bk-thu-tuong", 1, "cstd-co-so", 3),
    ("46.1.c", SECOND, THIRD, 2, "cstd-tinh", 1),
    ("45.1.c", FIRST, SECOND, 3, "cstd-tinh", 2),
]


@pytest.mark.parametrize(("code", "award", "prior", "excellent", "title", "times"), DEFENCE)
@pytest.mark.parametrize(("fewer_years", "fewer_titles"), [(0, 0), (1, 0), (0, 1)])
def test_law_2022_articles_47_46_45_count_excellent_years_and_titles_of_the_ministry(
    code: str, award: str, prior: str, excellent: int, title: str, times: int, fewer_years: int, fewer_titles: int
) -> None:
    best = {f"y{2019 + n}": HTXS for n in range(excellent - fewer_years)}
    held = (given(prior, "2018-09-02"), *yearly(title, *range(2019, 2019 + times - fewer_titles)))
    found = judge(person(award, "2024-06-30", branch=code, grades=grades(2019, 2023, HTT, **best), awards=held))
    assert [check.passed for check in found.branches[0].checks] == [True, True, not fewer_years, not fewer_titles]
    assert found.verdict == ("ineligible" if fewer_years or fewer_titles else "eligible")


# --- Huân chương Lao động ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("award", "code", "words"),
    [
        ("hc-lao-dong-nhat", "42.2.b", "Công nhân có 03 sáng kiến"),
        ("hc-lao-dong-nhat", "42.2.c", "Nông dân có 03 sáng kiến"),
        ("hc-lao-dong-nhat", "42.2.c", "ổn định từ 05 năm"),
        ("hc-lao-dong-nhi", "43.2.b", "Công nhân có 02 sáng kiến"),
        ("hc-lao-dong-nhi", "43.2.c", "Nông dân có 02 sáng kiến"),
        ("hc-lao-dong-nhi", "43.2.c", "ổn định từ 04 năm"),
    ],
)
def test_law_2022_articles_42_2_and_43_2_tell_workers_and_farmers_their_numbers(
    award: str, code: str, words: str
) -> None:
    found = judge(person(award, "2024-12-31", branch=code, worker=True))
    assert words in found.branches[0].title


@pytest.mark.parametrize(
    ("award", "prior"), [("hc-lao-dong-nhat", "hc-lao-dong-nhi"), ("hc-bao-ve-to-quoc-nhi", "hc-bao-ve-to-quoc-ba")]
)
def test_law_2003_articles_42_2_a_and_46_1_a_five_years_on_the_time_is_fulfilled_and_the_feat_is_weighed(
    award: str, prior: str
) -> None:
    found = judge(person(award, "2020-12-31", awards=(given(prior, "2015-09-02"),)))
    assert [check.passed for check in found.branches[0].checks] == [True, True, None]


@pytest.mark.parametrize("rule_set", ["R2017", "R2024"])
@pytest.mark.parametrize(("award", "before"), [("hc-lao-dong-nhi", "Ba"), ("hc-lao-dong-nhat", "Nhì")])
def test_articles_42_and_43_name_the_order_that_a_collective_held_before(
    rule_set: str, award: str, before: str
) -> None:
    (chain,) = (
        branch
        for branch in BRANCHES[rule_set]
        if branch.award == award and branch.kinds == {SubjectKind.COLLECTIVE} and not branch.discretionary
    )
    assert chain.title.startswith(f"Đã được tặng Huân chương Lao động hạng {before}, sau đó 05 năm")


# --- Bằng khen -----------------------------------------------------------------------------------------------------


def certificate(**facts: Any) -> Nominee:
    return person("bk-tinh", "2024-12-31", year=2024, awards=(), **facts)


def test_law_2022_article_74_clause_1_point_d_a_last_year_below_excellent_is_named() -> None:
    found = judge(certificate(grades={2023: HTXS, 2024: HTT}, initiatives=()))
    assert "Năm 2024 chưa hoàn thành xuất sắc nhiệm vụ; cần 2 năm liên tục." in texts(found)


def test_law_2022_article_74_clause_1_point_d_the_ideas_of_a_year_not_stated_belong_to_the_years_looked_at() -> None:
    ideas = (idea("a", year=2023), idea("b", year=2024))
    found = judge(certificate(grades={2024: HTXS}, initiatives=ideas))
    assert found.verdict == "needs-decision"
    assert answers(found)[1] == (
        True,
        "Có 2 sáng kiến áp dụng hiệu quả ở cơ sở trong thời gian 2023–2024: Sáng kiến “a” năm 2023;"
        " Sáng kiến “b” năm 2024.",
    )


def test_law_2022_article_74_clause_1_point_d_an_older_idea_leaves_what_holds_as_it_is() -> None:
    ideas = (idea("a", year=2023), idea("b", year=2024), idea("c", year=2021))
    assert verdict(certificate(grades={2023: HTXS, 2024: HTXS}, initiatives=ideas)) == "eligible"


def test_law_2022_article_74_clause_1_point_d_one_idea_without_a_year_is_too_few() -> None:
    ideas = (idea("a", year=None),)
    found = judge(certificate(grades={2023: HTXS, 2024: HTXS}, initiatives=ideas))
    assert found.verdict == "ineligible"


def test_law_2022_article_74_clause_1_point_d_ideas_without_a_scope_are_asked_for() -> None:
    ideas = (idea("a", None, 2023), idea("b", None, 2024))
    assert verdict(certificate(grades={2023: HTXS, 2024: HTXS}, initiatives=ideas)) == "needs-decision"
    ideas = (idea("a", Scope.BASE, 2023), idea("b", Scope.BASE, 2024))
    assert verdict(certificate(grades={2023: HTXS, 2024: HTXS}, initiatives=ideas)) == "eligible"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((Scope.BASE, 2023), (Scope.BASE, 2024), "eligible"),
        ((None, 2023), (None, 2024), "needs-decision"),
        ((Scope.BASE, 2021), (Scope.BASE, 2024), "ineligible"),
    ],
)
def test_law_2022_article_74_clause_1_point_d_studies_are_of_those_years_and_of_a_known_scope(
    first: tuple[Scope | None, int], second: tuple[Scope | None, int], expected: str
) -> None:
    studies = (idea("a", *first, kind="research"), idea("b", *second, kind="research"))
    stated = {2022: HT, 2023: HTXS, 2024: HTXS}
    assert verdict(certificate(grades=stated, initiatives=studies)) == expected


def test_law_2022_article_74_clause_1_point_d_the_kind_that_is_enough_or_may_be_is_told() -> None:
    studies = (idea("a", year=2023, kind="research"), idea("b", None, 2024, kind="research"))
    stated = {2023: HTXS, 2024: HTXS}
    found = judge(certificate(grades=stated, initiatives=studies))
    assert (found.verdict, answers(found)[1][0]) == ("needs-decision", None)
    assert texts(found)[1].startswith("Cần 2 đề tài, đề án áp dụng hiệu quả ở cơ sở")
    both = (idea("c", year=2023), idea("d", year=2024), *(idea(n, year=2024, kind="research") for n in ("e", "f")))
    assert texts(judge(certificate(grades=stated, initiatives=both)))[1].startswith("Có 2 sáng kiến áp dụng hiệu quả")


def pm_certificate(on: str, stated: dict[int, Grade], **facts: Any) -> Nominee:
    held = (given("bk-tinh", "2019-09-02"), *yearly("cstd-co-so", 2020, 2021, 2022))
    return person("bk-thu-tuong", on, branch="73.1.b", grades=stated, awards=held, **facts)


def test_law_2022_article_73_clause_1_point_b_a_last_year_below_good_is_named() -> None:
    found = judge(pm_certificate("2024-12-31", grades(2019, 2024, HTT, y2024=HT)))
    assert "Năm 2024 chưa hoàn thành tốt nhiệm vụ trở lên; cần 5 năm liên tục." in texts(found)


@pytest.mark.parametrize(
    ("stated", "passed", "words"),
    [
        (grades(2020, 2025, HTT, y2020=HT), False, "năm 2020 không đạt"),
        (dict.fromkeys(range(2021, 2026), HTT), None, "chưa có mức hoàn thành nhiệm vụ năm 2020"),
    ],
)
def test_decree_152_article_33_clause_7_a_year_of_the_window_that_is_poor_or_not_stated_cites_it(
    stated: dict[int, Grade], passed: bool | None, words: str
) -> None:
    found = judge(pm_certificate("2025-12-31", stated))
    (check,) = (each for each in found.checks if "năm nào cũng phải" in each.text)
    assert (check.passed, check.citation) == (passed, "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 7")
    assert words in check.text


# --- initiatives and awards as they are told -----------------------------------------------------------------------


def test_initiatives_that_lack_a_fact_are_listed_one_after_the_other() -> None:
    ideas = (idea("a", None, 2023), idea("b", None, 2024))
    found = judge(certificate(branch="74.1.d", grades={2023: HTXS, 2024: HTXS}, initiatives=ideas))
    assert texts(found)[1].endswith("của: Sáng kiến “a” năm 2023; Sáng kiến “b” năm 2024.")


def test_decree_152_article_4_clause_3_thematic_and_later_awards_are_both_told() -> None:
    held = (
        Given("cstd-co-so", 2022, date(2022, 12, 20), category=Category.MOVEMENT),
        given("cstd-co-so", "2025-01-05", year=2024),
    )
    found = judge(person("cstd-tinh", "2024-12-31", year=2024, awards=held, initiatives=()))
    assert texts(found)[0].endswith(
        "Không tính 1 lần tặng do thành tích đột xuất, chuyên đề (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 3)."
        " Không tính 1 quyết định ký sau ngày 31/12/2024."
    )


def test_a_2_an_award_of_two_kinds_of_subjects_names_them_and_an_unknown_ground_lists_the_known() -> None:
    wrong = judge(Nominee("n", "hc-lao-dong-ba", date(2024, 12, 31), SubjectKind.HOUSEHOLD))
    assert texts(wrong)[0].endswith("không dành cho hộ gia đình, chỉ dành cho cá nhân, tập thể.")
    unknown = judge(person("ld-tien-tien", "2024-12-31", branch="99"))
    assert "); 24.3 (Công nhân, nông dân" in texts(unknown)[0]
    assert of_rule(unknown, "A2")[0].text.count(";") == 2
