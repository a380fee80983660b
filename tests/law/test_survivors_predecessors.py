"""What is told and joined of the collectives that a nominee goes on for (NĐ 152/2025, Điều 60 khoản 5)."""

from dataclasses import replace
from datetime import date

import pytest

from awards.law.engine import judge
from awards.law.facts import Nominee, Predecessor, SubjectKind
from awards.law.predecessors import BASIS, basis, joined, opened, told
from tests.law.nominees import HTT, HTXS, KHT, of_rule, texts, yearly

ONE = Predecessor("A", date(2025, 3, 1), {2022: HTXS, 2023: HTXS, 2024: HTXS}, yearly("co-tinh", 2022), 1997)
OTHER = Predecessor("B", None, {2024: HTT}, yearly("bk-tinh", 2023, 2024), 1990)
BARE = Predecessor("C")


def nominee(**facts) -> Nominee:
    facts = {"awards": (), "branch": "74.3.d"} | facts
    return Nominee("x", "bk-tinh", date(2025, 12, 31), SubjectKind.COLLECTIVE, **facts)


@pytest.mark.parametrize(
    ("predecessor", "sentence"),
    [
        (
            ONE,
            "«A» (đến ngày 01/03/2025): 3 mức độ hoàn thành nhiệm vụ (năm 2022–2024),"
            " 1 danh hiệu, hình thức khen thưởng",
        ),
        (OTHER, "«B»: 1 mức độ hoàn thành nhiệm vụ (năm 2024), 2 danh hiệu, hình thức khen thưởng"),
        (
            replace(BARE, grades={2023: HTXS, 2024: HTXS}),
            "«C»: 2 mức độ hoàn thành nhiệm vụ (năm 2023–2024), chưa ghi danh hiệu, hình thức khen thưởng",
        ),
        (BARE, "«C»: chưa ghi mức độ hoàn thành nhiệm vụ, chưa ghi danh hiệu, hình thức khen thưởng"),
    ],
)
def test_a_predecessor_is_told_with_its_end_its_years_and_its_awards(predecessor: Predecessor, sentence: str) -> None:
    assert told(predecessor) == sentence


def test_joined_histories_take_every_year_every_award_and_the_earliest_foundation() -> None:
    own = nominee(predecessors=(ONE, OTHER), grades={2025: HTXS}, awards=yearly("tt-ld-xuat-sac", 2025), founded=2025)
    best, least = joined(own, max), joined(own, min)
    assert best.grades == {2022: HTXS, 2023: HTXS, 2024: HTXS, 2025: HTXS}
    assert least.grades == best.grades | {2024: HTT}
    assert best.awards == (*ONE.awards, *OTHER.awards, *own.awards)
    assert (best.predecessors, best.founded) == ((), 1990)


def test_joined_histories_leave_unknown_what_nobody_stated() -> None:
    found = joined(nominee(predecessors=(BARE,), awards=None), max)
    assert (found.awards, found.founded, found.grades) == (None, None, {})
    assert joined(nominee(predecessors=(ONE,), awards=None), max).awards is None


def test_the_nominees_own_grade_of_a_year_goes_before_that_of_its_predecessors() -> None:
    assert joined(nominee(predecessors=(OTHER,), grades={2024: KHT}), max).grades == {2024: KHT}


def test_article_60_5_history_that_decides_is_told_with_whom_and_how_it_is_settled() -> None:
    found = judge(nominee(predecessors=(ONE, OTHER), grades={2025: HTXS}))
    (check,) = of_rule(found, "A4-14")
    assert check.text.startswith(f"Kế thừa {told(ONE)}; {told(OTHER)}. Hệ thống chưa tính: kết quả kiểm tra sẽ khác")
    assert (check.passed, check.citation) == (None, BASIS)
    assert found.verdict == "needs-decision"


def test_article_60_5_history_that_changes_nothing_cites_it_in_its_note() -> None:
    found = judge(nominee(predecessors=(ONE,), grades={2024: HTXS, 2025: KHT}))
    (note,) = (each for each in found.notes if each.rule == "A4-14")
    assert (note.passed, note.citation) == (None, BASIS)


def test_article_60_5_only_what_fails_alone_is_held_open() -> None:
    own = nominee(grades={2024: HTT, 2025: HTXS})
    checks = judge(own).checks
    assert {check.passed for check in checks} >= {False}
    for check in checks:
        assert opened(check).passed is (None if check.passed is False else check.passed)
    passed = [replace(check, passed=True) for check in checks]
    assert [opened(check) for check in passed] == passed
    assert not [text for text in texts(judge(own)) if text.startswith("Chưa tính lịch sử")]


@pytest.mark.parametrize(("rule_set", "exact"), [("R2017", False), ("R2024", False), ("R2025", True), ("R2026", True)])
def test_article_60_5_is_cited_as_its_own_from_2025_on(rule_set: str, exact: bool) -> None:
    own = replace(judge(nominee()), rule_set=rule_set)
    assert (basis(own) == BASIS) is exact
    assert basis(own).endswith(BASIS if exact else f"(cần đối chiếu điều khoản; nội dung như {BASIS})")
