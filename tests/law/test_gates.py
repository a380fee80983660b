"""Gates A4 of domain.md on one nominee and on lists: NĐ 152/2025, Điều 4, 33; Luật TĐKT 2022, Điều 5."""

from datetime import date

import pytest

from awards.law.branches import Round
from awards.law.facts import (
    Absence,
    Away,
    Category,
    Discipline,
    Freeze,
    FreezeKind,
    Given,
    Move,
    Nominee,
    People,
    Sanction,
    SubjectKind,
)
from awards.law.gates import GATES, PRACTICE, Attendance, add_months, is_state_award
from awards.law.gates_on_lists import (
    Nomination,
    office_months_needed,
    one_achievement_one_award,
    settle_tie,
    women_preferred,
)
from awards.law.rule_sets import BY_CODE

ON = date(2025, 12, 31)
DECREE = "Nghị định 152/2025/NĐ-CP"


def person(**facts):
    return Nominee(**{"id": "n", "award": "ld-tien-tien", "on": ON, "kind": SubjectKind.INDIVIDUAL, **facts})


def gates(rule_set="R2025", end_year=2025, attendance=None, **facts):
    return GATES(person(**facts), Round(BY_CODE[rule_set], end_year), attendance)


def only(**facts):
    (check,) = gates(**facts)
    return check


# --- A4-4: NĐ 152/2025, Điều 4 khoản 4 -----------------------------------------------------------------------------


def test_nothing_stated_makes_no_check():
    assert gates() == ()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FreezeKind.DISCIPLINE, "đang xem xét thi hành kỷ luật"),
        (FreezeKind.INSPECTION, "đang điều tra, thanh tra, kiểm tra khi có dấu hiệu vi phạm"),
        (FreezeKind.PETITION, "đơn thư khiếu nại, tố cáo đang được xác minh"),
        (FreezeKind.PRESS, "vấn đề tham nhũng, tiêu cực báo chí nêu đang được xác minh"),
    ],
)
def test_article_4_4_an_open_matter_bars_every_award(kind, words):
    check = only(freezes=(Freeze(kind, date(2025, 11, 3)),))
    assert (check.rule, check.passed) == ("A4-4", False)
    assert check.text == f"Chưa khen thưởng: {words} từ ngày 03/11/2025."
    assert check.citation == f"{DECREE}, Điều 4 khoản 4"


@pytest.mark.parametrize(
    ("cleared", "passed"), [(date(2025, 12, 30), True), (date(2025, 12, 31), True), (date(2026, 1, 1), False)]
)
def test_article_4_4_a_freeze_is_lifted_on_the_day_of_its_conclusion(cleared, passed):
    check = only(freezes=(Freeze(FreezeKind.PETITION, date(2025, 6, 1), cleared),))
    assert check.passed is passed


@pytest.mark.parametrize(
    ("since", "cleared", "considered", "passed"),
    [
        (date(2026, 2, 1), None, date(2026, 2, 1), [False]),  # came up after receipt
        (date(2026, 2, 1), None, date(2026, 1, 31), []),
        (date(2026, 2, 1), None, None, []),
        (date(2025, 6, 1), date(2026, 2, 1), date(2026, 1, 31), [False]),  # its conclusion is still to come
        (date(2025, 6, 1), date(2026, 2, 1), date(2026, 2, 1), [True]),  # concluded since receipt
    ],
)
def test_article_4_4_freezes_are_looked_at_on_the_day_of_consideration(since, cleared, considered, passed):
    found = gates(freezes=(Freeze(FreezeKind.PRESS, since, cleared),), considered_on=considered)
    assert [check.passed for check in found] == passed


def test_a_lifted_freeze_tells_both_days():
    check = only(freezes=(Freeze(FreezeKind.INSPECTION, date(2025, 6, 1), date(2025, 9, 5)),))
    assert check.text == (
        "Việc điều tra, thanh tra, kiểm tra từ ngày 01/06/2025 đã có kết luận ngày 05/09/2025: không có sai phạm."
    )


def test_a_conclusion_that_found_the_fault_is_for_people_to_decide():
    check = only(freezes=(Freeze(FreezeKind.PETITION, date(2025, 6, 1), date(2025, 9, 5), upheld=True),))
    assert check.passed is None
    assert "có sai phạm; cấp có thẩm quyền cần xem xét, quyết định" in check.text


@pytest.mark.parametrize(("since", "count"), [(date(2025, 12, 31), 1), (date(2026, 1, 1), 0)])
def test_a_matter_that_began_after_the_day_does_not_count(since, count):
    assert len(gates(freezes=(Freeze(FreezeKind.PRESS, since),))) == count


def test_every_matter_is_told_on_its_own():
    found = gates(
        freezes=(
            Freeze(FreezeKind.PRESS, date(2025, 1, 1), date(2025, 2, 1)),
            Freeze(FreezeKind.PETITION, date(2025, 3, 1)),
        )
    )
    assert [check.passed for check in found] == [True, False]
    assert found[0].text.startswith("Vấn đề báo chí nêu từ ngày 01/01/2025")


@pytest.mark.parametrize(
    ("rule_set", "decree"), [("R2017", "Nghị định 91/2017/NĐ-CP"), ("R2024", "Nghị định 98/2023/NĐ-CP")]
)
def test_before_2025_the_article_is_marked_to_be_compared(rule_set, decree):
    (check,) = gates(rule_set, freezes=(Freeze(FreezeKind.PRESS, date(2020, 1, 1)),))
    assert check.citation == f"{decree} (cần đối chiếu điều khoản; nội dung như {DECREE}, Điều 4 khoản 4)"


def test_the_rule_set_of_2026_keeps_the_decree_of_2025():
    (check,) = gates("R2026", freezes=(Freeze(FreezeKind.PRESS, date(2020, 1, 1)),))
    assert check.citation == f"{DECREE}, Điều 4 khoản 4"


# --- A4-5 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("served", "passed"),
    [
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), None),
        (date(2025, 12, 30), None),
        (date(2025, 12, 31), False),
        (date(2026, 3, 1), False),
        (None, None),
    ],
)
def test_article_4_4_after_a_discipline_achievements_count_from_the_day_it_was_served(served, passed):
    check = only(disciplines=(Discipline(Sanction.WARNING, date(2024, 6, 1), served),))
    assert (check.rule, check.passed) == ("A4-5", passed)
    assert "quyết định ngày 01/06/2024" in check.text
    assert check.citation == f"{DECREE}, Điều 4 khoản 4"


def test_the_sentence_of_a_discipline_tells_from_when_the_year_counts():
    served = Discipline(Sanction.REPRIMAND, date(2024, 6, 1), date(2024, 12, 31))
    assert only(disciplines=(served,)).text.endswith("thành tích được tính từ ngày đó, năm 2025 được tính đủ.")
    serving = Discipline(Sanction.REPRIMAND, date(2025, 6, 1), date(2026, 6, 1))
    assert "năm 2025 nằm trong thời gian chấp hành kỷ luật" in only(disciplines=(serving,)).text
    midway = Discipline(Sanction.REPRIMAND, date(2024, 6, 1), date(2025, 6, 1))
    assert "chỉ tính thành tích năm 2025 từ ngày đó" in only(disciplines=(midway,)).text
    assert "hãy bổ sung" in only(disciplines=(Discipline(Sanction.REPRIMAND, date(2025, 6, 1)),)).text


@pytest.mark.parametrize(("decided", "count"), [(date(2025, 12, 31), 1), (date(2026, 1, 1), 0)])
def test_a_discipline_decided_later_is_not_looked_at(decided, count):
    assert len(gates(disciplines=(Discipline(Sanction.WARNING, decided, date(2026, 12, 31)),))) == count


# --- A4-6, A4-16 ---------------------------------------------------------------------------------------------------


def test_article_4_5_maternity_leave_counts_and_is_told():
    check = only(aways=(Away(Absence.MATERNITY, 2025, 120),))
    assert (check.rule, check.passed, check.citation) == ("A4-6", True, f"{DECREE}, Điều 4 khoản 5")
    assert check.text.startswith("Năm 2025 có thời gian nghỉ thai sản")


def test_maternity_leave_of_another_year_is_not_told_here():
    assert gates(aways=(Away(Absence.MATERNITY, 2024, 120),)) == ()


@pytest.mark.parametrize(("days", "count"), [(39, 0), (40, 1), (41, 1)])
def test_forty_sick_days_are_left_to_the_council_and_do_not_fail(days, count):
    found = gates(aways=(Away(Absence.SICK, 2025, days),))
    assert [(check.rule, check.passed) for check in found] == [("A4-16", None)] * count
    assert all(f"nghỉ ốm {days} ngày làm việc, từ 40 ngày trở lên; cần hội đồng quyết định" in x.text for x in found)


def test_sick_days_of_one_year_add_up_and_those_of_another_do_not():
    assert len(gates(aways=(Away(Absence.SICK, 2025, 20), Away(Absence.SICK, 2025, 20)))) == 1
    assert gates(aways=(Away(Absence.SICK, 2025, 20), Away(Absence.SICK, 2024, 20))) == ()


def test_unknown_sick_days_are_asked_for_unless_the_known_ones_suffice():
    assert "chưa có số ngày" in only(aways=(Away(Absence.SICK, 2025),)).text
    assert "nghỉ ốm 45 ngày" in only(aways=(Away(Absence.SICK, 2025), Away(Absence.SICK, 2025, 45))).text


def test_maternity_and_other_leave_never_count_as_sick_days():
    found = gates(aways=(Away(Absence.MATERNITY, 2025, 180), Away(Absence.OTHER, 2025, 60)))
    assert [check.rule for check in found] == ["A4-6"]


@pytest.mark.parametrize(("months", "count"), [(9, 1), (10, 0), (11, 0)])
def test_fewer_than_ten_months_of_a_recruit_are_left_to_the_council(months, count):
    found = gates(aways=(Away(Absence.NEWLY_RECRUITED, 2025, months_worked=months),))
    assert [check.passed for check in found] == [None] * count
    assert all(f"chỉ làm việc {months} tháng, dưới 10 tháng; cần hội đồng quyết định" in check.text for check in found)


def test_unknown_months_of_a_recruit_are_asked_for():
    assert "chưa có số tháng" in only(aways=(Away(Absence.NEWLY_RECRUITED, 2025),)).text
    assert gates(aways=(Away(Absence.NEWLY_RECRUITED, 2024, months_worked=2),)) == ()


def test_article_24_4_the_citation_is_that_of_whoever_set_the_threshold():
    own = Attendance(most_sick_days=20, sick_basis="Quyết định 12/2025/QĐ-UBND, Điều 9")
    aways = (Away(Absence.SICK, 2025, 20), Away(Absence.NEWLY_RECRUITED, 2025, months_worked=9))
    short, sick = gates(attendance=own, aways=aways)
    assert (sick.citation, short.citation) == ("Quyết định 12/2025/QĐ-UBND, Điều 9", PRACTICE)
    assert "từ 20 ngày trở lên" in sick.text


def test_the_thresholds_of_absence_are_the_provinces_to_set():
    own = Attendance(least_months=6, most_sick_days=60)
    aways = (Away(Absence.SICK, 2025, 59), Away(Absence.NEWLY_RECRUITED, 2025, months_worked=6))
    assert gates(attendance=own, aways=aways) == ()
    assert len(gates(aways=aways)) == 2


@pytest.mark.parametrize(("award", "count"), [("cstd-co-so", 1), ("cstd-tinh", 0), ("bk-tinh", 0)])
def test_absence_is_asked_only_for_the_yearly_titles(award, count):
    assert len(gates(award=award, aways=(Away(Absence.SICK, 2025, 40),))) == count


# --- A4-13, A4-14, A4-15, A4-3 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "comments", "passed"),
    [(5, None, True), (6, None, None), (6, False, None), (6, True, True), (None, True, None)],
)
def test_six_months_at_the_old_unit_want_its_comment(months, comments, passed):
    check = only(moves=(Move(months, comments),))
    assert (check.rule, check.passed) == ("A4-13", passed)
    assert check.citation.startswith("Thông tư 01/2024/TT-TANDTC, Điều 29")
    assert months is None or f"đơn vị cũ {months} tháng" in check.text


@pytest.mark.parametrize("proposed", [True, False, None])
def test_article_33_4_a_dissolved_unit_is_proposed_by_its_successor(proposed):
    check = only(dissolved_on=date(2025, 7, 1), proposed_by_successor=proposed)
    assert (check.rule, check.passed) == ("A4-14", proposed)
    assert check.text.startswith("Đơn vị đã giải thể hoặc sáp nhập từ ngày 01/07/2025")
    assert check.citation == f"{DECREE}, Điều 33 khoản 4"


@pytest.mark.parametrize(("ended", "count"), [(ON, 1), (date(2026, 1, 1), 0)])
def test_a_unit_that_still_stands_on_the_day_is_not_asked(ended, count):
    assert len(gates(dissolved_on=ended)) == count


@pytest.mark.parametrize(("on", "passed"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_article_33_9_a_state_award_is_submitted_within_six_months_of_its_achievement(on, passed):
    check = only(award="bk-thu-tuong", on=on, achieved_until=date(2025, 12, 31))
    assert (check.rule, check.passed, check.citation) == ("A4-15", passed, f"{DECREE}, Điều 33 khoản 9")
    assert "đến ngày 31/12/2025, trình chậm nhất ngày 30/06/2026" in check.text
    assert ("hãy cập nhật" in check.text) is not passed


def test_article_33_9_asks_only_state_awards_and_only_stated_days():
    assert gates(award="bk-tinh", on=date(2030, 1, 1), achieved_until=date(2025, 12, 31)) == ()
    assert gates(award="bk-thu-tuong", on=date(2030, 1, 1)) == ()


@pytest.mark.parametrize(
    ("award", "is_state"),
    [
        ("co-chinh-phu", True),
        ("cstd-toan-quoc", True),
        ("bk-thu-tuong", True),
        ("hc-lao-dong-ba", True),
        ("huy-chuong-huu-nghi", True),
        ("anh-hung-lao-dong", True),
        ("co-tinh", False),
        ("cstd-tinh", False),
        ("giay-khen", False),
    ],
)
def test_article_3_names_the_titles_and_forms_of_the_state(award, is_state):
    assert is_state_award(award) is is_state


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2025, 6, 30), 6, date(2025, 12, 30)),
        (date(2025, 7, 1), 6, date(2026, 1, 1)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_months_last(day, months, later):
    assert add_months(day, months) == later


def test_article_4_3_tells_which_awards_are_no_basis_for_merit():
    awards = (
        Given("bk-tinh", 2023, category=Category.SURPRISE),
        Given("bk-tinh", decided_on=date(2024, 5, 1), category=Category.MOVEMENT),
        Given("bk-tinh", category=Category.MOVEMENT),
        Given("bk-tinh", 2022),
    )
    check = only(awards=awards)
    assert (check.rule, check.passed, check.citation) == ("A4-3", True, f"{DECREE}, Điều 4 khoản 3")
    assert "Không tính 3 lần khen đột xuất hoặc chuyên đề (2023, 2024, chưa rõ năm)" in check.text
    assert gates(awards=awards, category=Category.MOVEMENT) == ()
    assert gates(awards=(Given("bk-tinh", 2022),)) == ()


# --- A4-1: Luật TĐKT 2022, Điều 5 khoản 2 điểm c -------------------------------------------------------------------


def proposal(id_, award="bk-tinh", is_title=False, **facts):
    base = {"subject": "s", "category": Category.MERIT, "period": "2024-2025", "achievement": "chuyển đổi số"}
    return Nomination(id=id_, award=award, is_title=is_title, **{**base, **facts})


def clashes(*proposals, rule_set="R2025"):
    return one_achievement_one_award(proposals, BY_CODE[rule_set])


def test_article_5_2_c_two_forms_for_one_achievement_clash():
    (clash,) = clashes(proposal("a"), proposal("b", "giay-khen"))
    assert (clash.first, clash.second, clash.check.passed, clash.check.rule) == ("a", "b", False, "A4-1")
    assert "cùng một thành tích «chuyển đổi số»" in clash.check.text
    assert clash.check.citation == "Luật TĐKT 2022, Điều 5 khoản 2 điểm c"


def test_article_5_2_c_the_same_award_twice_for_one_achievement_clashes_titles_too():
    assert len(clashes(proposal("a"), proposal("b"))) == 1
    assert len(clashes(proposal("a", "co-tinh", True), proposal("b", "co-tinh", True))) == 1


def test_an_achievement_nobody_named_is_asked_for():
    (clash,) = clashes(proposal("a", achievement=""), proposal("b", "giay-khen"))
    assert clash.check.passed is None
    assert "hãy nêu rõ thành tích" in clash.check.text


@pytest.mark.parametrize("other", [{"subject": "another"}, {"achievement": "cứu nạn"}])
def test_another_subject_or_achievement_does_not_clash(other):
    assert clashes(proposal("a"), proposal("b", "giay-khen", **other)) == ()


@pytest.mark.parametrize("other", [{"period": "2023"}, {"category": Category.SURPRISE}])
def test_another_period_or_kind_clashes_only_by_the_name_of_the_achievement(other):
    (clash,) = clashes(proposal("a", achievement=" Chuyển  đổi SỐ"), proposal("b", "giay-khen", **other))
    assert clash.check.passed is False
    assert clashes(proposal("a", achievement=""), proposal("b", "giay-khen", **other)) == ()


def test_two_titles_or_a_title_and_a_form_may_stand_together():
    assert clashes(proposal("a", "cstd-tinh", True), proposal("b", "cstd-co-so", True)) == ()
    assert clashes(proposal("a", "cstd-co-so", True), proposal("b")) == ()


def test_three_forms_for_one_achievement_clash_pairwise():
    found = clashes(proposal("a"), proposal("b", "giay-khen"), proposal("c", "bk-bo"))
    assert [(each.first, each.second) for each in found] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_article_6_2_b_of_2003_is_cited_before_2024():
    (clash,) = clashes(proposal("a"), proposal("b", "giay-khen"), rule_set="R2017")
    assert clash.check.citation == "Luật TĐKT 2003 (sửa đổi, bổ sung 2013), Điều 6 khoản 2 điểm b"


# --- A4-8, A4-9: NĐ 152/2025, Điều 4 khoản 6, 7 --------------------------------------------------------------------


def unit(id_, women, total=10):
    return Nominee(id_, "co-tinh", ON, SubjectKind.COLLECTIVE, people=People(total=total, women=women))


@pytest.mark.parametrize(("women", "preferred"), [(6, False), (7, True), (8, True), (None, None)])
def test_article_4_6_prefers_a_collective_from_exactly_70_percent_women(women, preferred):
    assert women_preferred(unit("u", women)) is preferred


def test_article_4_6_counts_seventy_percent_to_the_person():
    assert women_preferred(unit("u", 699, 1000)) is False
    assert women_preferred(unit("u", 700, 1000)) is True


def test_article_4_6_prefers_women():
    assert women_preferred(person(sex="female")) is True
    assert women_preferred(person(sex="male")) is False
    assert women_preferred(person()) is None


def test_households_and_empty_units_are_not_parted_by_women():
    assert women_preferred(person(kind=SubjectKind.HOUSEHOLD, people=People(total=3, women=3))) is None
    assert women_preferred(unit("u", 0, 0)) is None
    assert women_preferred(person(kind=SubjectKind.COLLECTIVE)) is None


def test_a_tie_is_settled_only_where_the_rule_parts_the_nominees():
    assert settle_tie([unit("a", 6), unit("b", 7), unit("c", 9)]) == ("b", "c")
    assert settle_tie([unit("a", 6), unit("b", 5)]) == ("a", "b")
    assert settle_tie([unit("a", 6), unit("b", None), unit("c", 9)]) == ("a", "b", "c")


@pytest.mark.parametrize(("months", "needed"), [(60, 40), (120, 80), (50, 34), (0, 0)])
def test_article_4_7_takes_a_third_off_a_woman_leaders_months(months, needed):
    assert office_months_needed(months, woman_leader=True) == needed
    assert office_months_needed(months, woman_leader=False) == months
    assert office_months_needed(months, woman_leader=True, higher_retirement_age=True) == months
