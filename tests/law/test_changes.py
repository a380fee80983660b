"""Moves, predecessors, and achievements that were commended before."""

from dataclasses import replace
from datetime import date

import pytest

from awards.law.engine import judge
from awards.law.facts import Category, Given, Move, Nominee, Predecessor, SubjectKind
from tests.law.nominees import HTT, HTXS, KHT, given, grades, of_rule, person, texts, yearly

DAY = "2025-12-31"
ARTICLE_60_5 = "Nghị định 152/2025/NĐ-CP, Điều 60 khoản 5"


# --- A4-13 ---------------------------------------------------------------------------------------------------------


def test_each_move_of_the_year_is_asked_about() -> None:
    found = of_rule(judge(person("ld-tien-tien", DAY, moves=(Move(6, True), Move(2, None)))), "A4-13")
    assert [(check.passed, check.text.split(",")[0].split(" và")[0]) for check in found] == [
        (True, "Công tác tại đơn vị cũ 6 tháng"),
        (True, "Công tác tại đơn vị cũ 2 tháng"),
    ]


@pytest.mark.parametrize(("proposed", "count"), [(None, 1), (True, 1), (False, 2)])
def test_who_is_proposed_by_another_than_the_new_unit_waits_for_a_decision(proposed, count) -> None:
    found = of_rule(judge(person("ld-tien-tien", DAY, moves=(Move(2, None, proposed),))), "A4-13")
    assert len(found) == count
    assert [check.passed for check in found[1:]] == [None] * (count - 1)
    assert all("đơn vị mới có trách nhiệm xét" in check.text for check in found[1:])


# --- A4-1: Luật TĐKT 2022, Điều 5 khoản 2 điểm c -------------------------------------------------------------------

RESCUE = "Cứu người  đuối nước"
# The same words as another keyboard writes them: decomposed letters, other case, other spaces.
TYPED = "cứu NGƯỜI đuối nước "


def proposed(award="bk-tinh", category=Category.SURPRISE, **facts) -> Nominee:
    return person(award, DAY, category=category, **facts)


def held(award="giay-khen", day="2025-05-01", category=Category.SURPRISE, **more) -> Given:
    return given(award, day, category=category, **more)


@pytest.mark.parametrize("category", [Category.SURPRISE, Category.MERIT])
@pytest.mark.parametrize("day", ["2025-05-01", "2021-05-01"])
def test_article_5_2_c_the_achievement_named_was_commended_before(day, category) -> None:
    found = judge(proposed(category=category, achievement=TYPED, awards=(held(day=day, achievement=RESCUE),)))
    (check,) = of_rule(found, "A4-1")
    assert (check.passed, found.verdict) == (False, "ineligible")
    assert check.citation == "Luật TĐKT 2022, Điều 5 khoản 2 điểm c"
    assert "«Cứu người  đuối nước» đã được tặng" in check.text


def test_accents_tell_achievements_apart() -> None:
    assert not of_rule(judge(proposed(achievement="Cứu hoả", awards=(held(achievement="Cứu hòa"),))), "A4-1")


@pytest.mark.parametrize(("now", "before"), [("", RESCUE), (RESCUE, ""), ("", "")])
def test_surprise_awards_of_one_year_without_names_wait_for_them(now, before) -> None:
    (check,) = of_rule(judge(proposed(achievement=now, awards=(held(achievement=before),))), "A4-1")
    assert check.passed is None
    assert "hãy ghi tên thành tích" in check.text


@pytest.mark.parametrize(
    "award",
    [
        held(day="2024-05-01"),  # of another year
        held(category=Category.MOVEMENT),
        held(category=Category.MERIT),
        held(revoked=True),
        held(day="2026-01-05", year=2025),  # not decided yet
        held("cstd-co-so"),  # a title is of a year
    ],
)
def test_without_a_name_only_the_same_kind_in_the_same_year_is_asked_about(award) -> None:
    assert not of_rule(judge(proposed(awards=(award,))), "A4-1")


def test_merit_without_a_name_is_not_asked_about() -> None:
    nominee = proposed(category=Category.MERIT, awards=(held(category=Category.MERIT),))
    assert not of_rule(judge(nominee), "A4-1")


def test_a_revoked_award_does_not_use_an_achievement_up() -> None:
    nominee = proposed(achievement=RESCUE, awards=(held(achievement=RESCUE, revoked=True),))
    assert not of_rule(judge(nominee), "A4-1")


@pytest.mark.parametrize(("award", "count"), [("co-tinh", 1), ("tt-ld-xuat-sac", 0), ("bk-tinh", 0)])
def test_a_title_meets_only_the_same_title(award, count) -> None:
    nominee = Nominee("x", "co-tinh", date.fromisoformat(DAY), SubjectKind.COLLECTIVE, category=Category.MOVEMENT)
    before = held(award, category=Category.MOVEMENT, achievement=RESCUE)
    found = judge(replace(nominee, achievement=RESCUE, awards=(before,)))
    assert len(of_rule(found, "A4-1")) == count


# --- A4-14: NĐ 152/2025, Điều 60 khoản 5 ---------------------------------------------------------------------------


def collective(award: str = "bk-tinh", **facts) -> Nominee:
    facts = {"branch": "74.3.d", "awards": (), "attested": {}} | facts
    return Nominee("x", award, date.fromisoformat(DAY), SubjectKind.COLLECTIVE, **facts)


OLD = Predecessor("Sở Giao thông vận tải", date(2025, 3, 1), {2024: HTXS}, yearly("tt-ld-xuat-sac", 2024), 1997)


def test_article_60_5_history_that_would_help_is_for_people_to_count() -> None:
    alone = judge(collective(grades={2025: HTXS, 2024: HTT}))
    assert alone.verdict == "ineligible"

    own = collective(grades={2025: HTXS}, awards=())
    without, found = judge(own), judge(replace(own, predecessors=(OLD,)))
    assert judge(replace(own, grades={2025: HTXS, 2024: HTXS})).verdict == "eligible"
    assert (without.verdict, found.verdict) == ("needs-decision", "needs-decision")
    (check,) = of_rule(found, "A4-14")
    assert (check.passed, check.citation) == (None, ARTICLE_60_5)
    assert "«Sở Giao thông vận tải» (đến ngày 01/03/2025): 1 mức độ hoàn thành nhiệm vụ (năm 2024)" in check.text
    assert "1 danh hiệu, hình thức khen thưởng" in check.text


def test_article_60_5_an_order_that_fails_alone_is_open_with_the_predecessors_awards() -> None:
    flags = yearly("co-tinh", 2022, 2024)
    own = collective("hc-lao-dong-ba", branch="44.4.đ", founded=2025, grades=grades(2015, 2025, HTXS), awards=flags)
    old = replace(OLD, awards=(given("bk-thu-tuong", "2019-05-01"),))
    alone, found = judge(own), judge(replace(own, predecessors=(old,)))
    assert alone.verdict == "ineligible"
    assert found.verdict == "needs-decision"
    assert not [check for check in found.checks if check.passed is False]
    assert any(text.startswith("Chưa tính lịch sử của đơn vị tiền thân:") for text in texts(found))


def test_article_60_5_history_that_changes_nothing_is_told_in_a_note() -> None:
    own = collective(grades={2025: KHT, 2024: HTXS})
    found = judge(replace(own, predecessors=(OLD,)))
    assert found.verdict == "ineligible"
    assert not of_rule(found, "A4-14")
    (note,) = [each for each in found.notes if each.rule == "A4-14"]
    assert "vẫn như vậy" in note.text
    assert found.checks == judge(own).checks


def test_history_that_would_harm_is_for_people_too() -> None:
    """Two predecessors graded apart: the lower reading counts as much as the higher."""
    low = replace(OLD, name="Sở Xây dựng", grades={2024: KHT}, awards=())
    own = collective(grades={2025: HTXS})
    high_only = judge(replace(own, predecessors=(replace(OLD, awards=()),)))
    both = judge(replace(own, predecessors=(replace(OLD, awards=()), low)))
    assert (high_only.verdict, both.verdict) == ("needs-decision", "needs-decision")
    assert len(of_rule(both, "A4-14")) == 1
    assert "Sở Xây dựng" in of_rule(both, "A4-14")[0].text


def test_before_2025_the_article_is_still_to_be_compared() -> None:
    own = replace(collective(grades={2024: HTXS}), on=date(2024, 12, 31))
    (check,) = of_rule(judge(replace(own, predecessors=(replace(OLD, grades={2023: HTXS}),))), "A4-14")
    assert check.citation.startswith("Nghị định 98/2023/NĐ-CP")
    assert "cần đối chiếu" in check.citation
