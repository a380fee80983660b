"""Which rule set, which branch, which verdict."""

from datetime import date

import pytest

from awards.law.branches import Round, cite, round_of, said
from awards.law.checks import BranchResult, all_of, any_of, verdict_of
from awards.law.engine import judge, judge_all, nearest, plain_code, rule_set_for
from awards.law.facts import (
    BlocResult,
    Category,
    Freeze,
    FreezeKind,
    Given,
    Grade,
    Nominee,
    People,
    Scope,
    SubjectKind,
)
from awards.law.names import NAMES, TITLES, name_of
from awards.law.registry import BRANCHES, branches_of
from awards.law.rule_sets import BY_CODE, R2017, R2024, R2025, R2026, NoRuleSet, rule_set_on
from tests.law.nominees import HT, HTT, HTXS, answers, given, idea, person, texts, verdict, yearly

# --- rule sets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2017-10-01", "R2017"),
        ("2023-12-31", "R2017"),
        ("2024-01-01", "R2024"),
        ("2025-06-30", "R2024"),
        ("2025-07-01", "R2025"),
        ("2026-09-30", "R2025"),
        ("2026-10-01", "R2026"),
        ("2030-01-01", "R2026"),
    ],
)
def test_domain_0_2_the_first_and_the_last_day_of_each_rule_set(day, code) -> None:
    assert rule_set_on(date.fromisoformat(day)).code == code
    assert judge(person("ld-tien-tien", day)).rule_set == code


def test_a_day_before_1_october_2017_needs_a_decision_with_a_sentence() -> None:
    found = judge(person("ld-tien-tien", "2017-09-30"))
    assert (found.verdict, found.rule_set) == ("needs-decision", "")
    assert texts(found) == ["Ngày 30/09/2017 trước 01/10/2017: hệ thống không có bộ quy định của thời kỳ này."]


def test_law_06_2026_article_4_clause_4_a_dossier_received_before_1_october_2026_keeps_the_old_law() -> None:
    late = {"on": "2026-10-05", "award": "ld-tien-tien"}
    assert rule_set_for(person(**late, received_on=date(2026, 9, 30))) is R2025
    assert rule_set_for(person(**late, received_on=date(2026, 10, 1))) is R2026
    assert rule_set_for(person(**late)) is R2026


def test_decree_152_article_60_clause_3_a_dossier_received_before_1_july_2025_keeps_decree_98() -> None:
    assert rule_set_for(person("bk-tinh", "2025-07-01", received_on=date(2025, 6, 30))) is R2024
    assert rule_set_for(person("bk-tinh", "2025-07-01", received_on=date(2025, 7, 1))) is R2025


def test_law_2022_article_94_has_no_rule_of_receipt() -> None:
    assert rule_set_for(person("bk-tinh", "2024-01-05", received_on=date(2023, 12, 20))) is R2024
    assert rule_set_for(person("bk-tinh", "2025-06-30", received_on=date(2025, 7, 2))) is R2024
    assert rule_set_for(person("bk-tinh", "2025-07-02", received_on=date(2023, 12, 20))) is R2024


def test_law_06_2026_article_4_clause_4_a_recorded_decision_names_the_rule_set() -> None:
    assert judge(person("cstd-co-so", "2026-09-01", rule_set="R2026")).rule_set == "R2026"
    unknown = judge(person("cstd-co-so", "2026-09-01", rule_set="R1999"))
    assert unknown.verdict == "needs-decision"
    assert texts(unknown) == ["Không có bộ quy định “R1999”; hãy chọn một trong: R2017, R2024, R2025, R2026."]
    with pytest.raises(NoRuleSet):
        rule_set_for(person("cstd-co-so", "2026-09-01", rule_set="R1999"))


def test_r2026_evaluates_the_branches_of_r2025_under_its_banner() -> None:
    assert BRANCHES["R2026"] is BRANCHES["R2025"]
    found = judge(person("ld-tien-tien", "2026-12-31", grades={2026: HTT}))
    assert (found.verdict, found.rule_set) == ("eligible", "R2026")
    assert found.banner == "Chờ đối chiếu Luật 06/2026/QH16: đang xét theo Luật TĐKT 2022 và Nghị định 152/2025/NĐ-CP."
    assert judge(person("ld-tien-tien", "2026-09-30", grades={2025: HTT})).banner == ""


# --- the year that counts -----------------------------------------------------------------------------------------


def end_year(on: str, **facts) -> int:
    return round_of(person("cstd-co-so", on, **facts), R2024).end_year


def test_the_last_year_is_the_one_stated() -> None:
    assert end_year("2024-12-31", year=2022) == 2022


def test_the_last_year_on_31_december_is_that_year_and_the_day_before_the_year_before() -> None:
    assert (end_year("2024-12-31"), end_year("2024-12-30")) == (2024, 2023)


def test_the_last_year_is_this_year_once_it_is_graded_or_awarded() -> None:
    assert end_year("2024-11-01", grades={2024: HTT}) == 2024
    assert end_year("2024-11-01", grades={2023: HTT}) == 2023
    assert end_year("2024-11-01", awards=(Given("cstd-co-so", 2024),)) == 2024
    assert end_year("2024-11-01", awards=(Given("cstd-co-so", 2023),)) == 2023


def test_rounds_know_whether_windows_count_from_the_achievement() -> None:
    counted = [Round(each, 2024).counts_from_achievement for each in (R2017, R2024, R2025, R2026)]
    assert counted == [False, False, True, True]


# --- branches -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("74.1.d", "74.1.d"),
        ("74.1d", "74.1.d"),
        ("Điều 74.1 d", "74.1.d"),
        ("Đ74.1.Đ", "74.1.đ"),
        (" 22 ", "22"),
        ("điều 44.1.e", "44.1.e"),
        ("Đ. 74", "74"),
    ],
)
def test_branch_codes_are_read_in_several_spellings(written, code) -> None:
    assert plain_code(written) == code


EXCELLENT = {"awards": yearly("cstd-co-so", 2023, 2024), "grades": {2023: HTXS, 2024: HTXS}}


@pytest.mark.parametrize("branch", ["74", "74.1", "74.1.d", "74.1d", ""])
def test_an_article_alone_stands_for_any_of_its_branches(branch) -> None:
    found = judge(person("bk-tinh", "2024-12-31", branch=branch, **EXCELLENT))
    assert (found.verdict, [result.code for result in found.branches]) == ("eligible", ["74.1.d"])


def test_a_named_branch_is_judged_alone() -> None:
    found = judge(person("bk-tinh", "2024-12-31", branch="74.1.b", **EXCELLENT))
    assert (found.verdict, [result.code for result in found.branches]) == ("needs-decision", ["74.1.b"])


def test_a_branch_of_another_category_can_still_be_named() -> None:
    found = judge(person("bk-tinh", "2024-12-31", branch="74.1.a", **EXCELLENT))
    assert [result.code for result in found.branches] == ["74.1.a"]


def test_an_unknown_branch_needs_a_decision_and_lists_the_branches() -> None:
    found = judge(person("bk-tinh", "2024-12-31", branch="99.1.z", **EXCELLENT))
    assert (found.verdict, found.branches) == ("needs-decision", ())
    assert texts(found)[0].startswith(
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh không có căn cứ «99.1.z»; hãy chọn một trong: 74.1.d (Hai lần"
    )
    assert "74.1.đ" in texts(found)[0]


@pytest.mark.parametrize("branch", ["23", "23.1", "23.2"])
def test_a_clause_of_a_branch_that_is_a_whole_article_is_that_branch(branch) -> None:
    found = judge(person("cstd-co-so", "2024-12-31", branch=branch, grades={2024: HTXS}))
    assert (found.verdict, [result.code for result in found.branches]) == ("eligible", ["23"])


def test_freezes_not_stated_are_taken_as_none_with_a_note() -> None:
    notes = judge(person("cstd-co-so", "2025-12-31", grades={2025: HTXS})).notes
    assert [(note.rule, note.passed, note.citation) for note in notes] == [
        ("A4-4", None, "Nghị định 152/2025/NĐ-CP, Điều 4 khoản 4")
    ]
    assert notes[0].text.startswith("Hồ sơ không nêu việc đang xem xét kỷ luật")
    older = judge(person("cstd-co-so", "2024-12-31", grades={2024: HTXS})).notes
    assert older[0].citation == "Nghị định 98/2023/NĐ-CP"
    stated = (Freeze(FreezeKind.PETITION, date(2024, 11, 1), date(2024, 12, 1)),)
    assert judge(person("cstd-co-so", "2024-12-31", grades={2024: HTXS}, freezes=stated)).notes == ()


def test_a_number_that_only_begins_alike_is_another_article() -> None:
    assert judge(person("bk-tinh", "2024-12-31", branch="7", **EXCELLENT)).verdict == "needs-decision"


def test_another_category_takes_its_own_branches() -> None:
    found = judge(person("bk-tinh", "2024-12-31", category=Category.SURPRISE, **EXCELLENT))
    assert ([result.code for result in found.branches], found.verdict) == (["74.1.b"], "needs-decision")


def test_a_category_without_a_branch_is_ineligible_and_lists_the_branches() -> None:
    found = judge(person("cstd-tinh", "2024-12-31", category=Category.EXTERNAL))
    assert found.verdict == "ineligible"
    assert texts(found)[0].startswith(
        "Chiến sĩ thi đua cấp tỉnh không có căn cứ nào theo loại hình khen thưởng đối ngoại; các căn cứ hiện có: 22.1 ("
    )
    assert found.checks[0].citation == "Luật TĐKT 2022"


def test_titles_serve_emulation_regular_and_thematic() -> None:
    facts = {"grades": {2024: HTT}}
    assert verdict(person("ld-tien-tien", "2024-12-31", category=Category.MOVEMENT, **facts)) == "eligible"


def test_open_branches_are_offered_only_where_the_answer_is_not_yes() -> None:
    yes = judge(person("bk-tinh", "2024-12-31", **EXCELLENT))
    no = judge(person("bk-tinh", "2024-12-31", awards=(), grades={2023: HT, 2024: HT}, initiatives=()))
    assert (yes.open_branches, no.verdict) == ((), "ineligible")
    assert no.open_branches[0] == (
        "74.1.a",
        "Thành tích xuất sắc được bình xét trong phong trào thi đua do tỉnh phát động",
    )


def test_a_branch_already_judged_is_not_offered_again() -> None:
    found = judge(person("bk-tinh", "2024-12-31", branch="74.1.b", **EXCELLENT))
    assert "74.1.b" not in [code for code, _ in found.open_branches]
    assert "74.1.c" in [code for code, _ in found.open_branches]


# --- kinds, catalogue ---------------------------------------------------------------------------------------------


def test_law_2022_article_19_titles_of_persons_are_not_for_collectives() -> None:
    found = judge(person("cstd-tinh", "2024-12-31", kind=SubjectKind.COLLECTIVE))
    assert answers(found) == [(False, "Chiến sĩ thi đua cấp tỉnh không dành cho tập thể, chỉ dành cho cá nhân.")]
    assert found.verdict == "ineligible"


def test_law_2022_article_74_serves_three_kinds_of_subject() -> None:
    kinds = {kind for branch in branches_of("bk-tinh", "R2024") for kind in branch.kinds}
    assert kinds == set(SubjectKind)


def test_an_award_without_a_rule_text_needs_a_decision() -> None:
    found = judge(person("khen-thuong", "2024-12-31"))
    assert found.verdict == "needs-decision"
    assert texts(found) == [
        "Hệ thống chưa có tiêu chuẩn của Khen thưởng (nguồn không nêu hình thức) theo Luật TĐKT 2022;"
        " Hội đồng xem xét theo văn bản."
    ]
    assert "“la-ai-day”" in texts(judge(person("la-ai-day", "2024-12-31")))[0]


def test_every_branch_names_an_award_of_the_catalogue_and_a_full_citation() -> None:
    for code, branches in BRANCHES.items():
        law = "Luật TĐKT 2003" if code == "R2017" else "Luật TĐKT 2022"
        for branch in branches:
            assert branch.award in NAMES, branch
            assert branch.citation.startswith((law, "Nghị định")), branch
            assert f"Điều {branch.code.split('.', maxsplit=1)[0]}" in branch.citation or "Nghị định" in branch.citation
            assert branch.rule
            assert branch.kinds
            assert branch.categories
            assert branch.title


def test_the_same_point_is_listed_once_for_a_category() -> None:
    for branches in BRANCHES.values():
        seen = set()
        for branch in branches:
            for category in branch.categories:
                for kind in branch.kinds:
                    key = (branch.award, branch.code, category, kind)
                    assert key not in seen, key
                    seen.add(key)


def test_citations_are_built_from_codes() -> None:
    assert cite("Luật", "23") == "Luật, Điều 23"
    assert cite("Luật", "24.1") == "Luật, Điều 24 khoản 1"
    assert cite("Luật", "74.1.đ") == "Luật, Điều 74 khoản 1 điểm đ"


def test_titles_and_forms_are_told_apart() -> None:
    assert len(TITLES) == 12
    assert {"cstd-co-so", "co-tinh", "gia-dinh-van-hoa"} < TITLES
    assert "bk-tinh" not in TITLES
    assert name_of("co-tinh") == "Cờ thi đua của Ủy ban nhân dân tỉnh"


# --- gates and logic ----------------------------------------------------------------------------------------------


def test_decree_152_article_4_clause_4_an_open_freeze_beats_a_branch_that_holds() -> None:
    freeze = (Freeze(FreezeKind.PETITION, date(2024, 11, 1)),)
    found = judge(person("bk-tinh", "2024-12-31", freezes=freeze, **EXCELLENT))
    assert (found.verdict, found.branches[0].passed) == ("ineligible", True)
    assert [check.rule for check in found.checks] == ["A3-I5", "A4-4"]
    assert found.open_branches == ()
    lifted = (Freeze(FreezeKind.PETITION, date(2024, 11, 1), date(2024, 12, 1)),)
    assert verdict(person("bk-tinh", "2024-12-31", freezes=lifted, **EXCELLENT)) == "eligible"


def test_kleenes_logic() -> None:
    assert [all_of(each) for each in ((), (True, True), (True, None), (None, False))] == [True, True, None, False]
    assert [any_of(each) for each in ((), (False, False), (False, None), (None, True))] == [False, False, None, True]
    assert [verdict_of(each).value for each in (True, False, None)] == ["eligible", "ineligible", "needs-decision"]


def test_checks_may_carry_a_citation_of_their_own() -> None:
    assert said(True, "Có.", "Nghị định").citation == "Nghị định"


def test_many_are_judged_in_their_order() -> None:
    nominees = [person("ld-tien-tien", "2024-12-31", grades={2024: grade}) for grade in (HTT, HT)]
    assert [found.verdict for found in judge_all(nominees)] == ["eligible", "ineligible"]


# --- the example of the eligibility file ---------------------------------------------------------------------------


def test_the_example_n1_with_its_facts_complete() -> None:
    awards = (given("cstd-co-so", "2021-12-20"), *yearly("cstd-co-so", 2022, 2023))
    found = judge(
        Nominee(
            id="n1",
            award="cstd-tinh",
            on=date(2023, 12, 31),
            kind=SubjectKind.INDIVIDUAL,
            name="Nguyễn Văn A",
            branch="22",
            sex="female",
            grades={2021: Grade.HTXS, 2022: Grade.HTT, 2023: Grade.HTXS},
            awards=awards,
            initiatives=(idea("sk1", Scope.PROVINCE, 2023),),
        )
    )
    assert (found.id, found.award, found.rule_set, found.verdict) == ("n1", "cstd-tinh", "R2017", "eligible")
    first = found.checks[0]
    assert (first.rule, first.passed) == ("A3-I2", True)
    assert first.text == "Có 3 năm liên tục đạt Chiến sĩ thi đua cơ sở (2021, 2022, 2023)."
    assert first.citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 22"


def test_the_example_n2_is_eligible() -> None:
    people = People(total=10, completed=10, ld_tien_tien=7, cstd_co_so=1, disciplined=0, women=6)
    facts = {"kind": SubjectKind.COLLECTIVE, "founded": 2001, "flag_eligible": False, "grades": {2023: HTXS}}
    assert verdict(person("tt-ld-xuat-sac", "2023-12-31", people=people, **facts)) == "eligible"


def test_the_example_n3_is_eligible() -> None:
    bloc = BlocResult(rank=1, targets_exceeded=True)
    facts = {"kind": SubjectKind.COLLECTIVE, "flag_eligible": True, "bloc": bloc}
    assert verdict(person("co-tinh", "2023-12-31", **facts)) == "eligible"


def test_every_code_names_its_rule_set() -> None:
    assert list(BY_CODE) == ["R2017", "R2024", "R2025", "R2026"] == list(BRANCHES)


def result(code: str, *passed: bool | None) -> BranchResult:
    checks = tuple(said(each, "Câu.") for each in passed)
    return BranchResult(code, code, all_of(passed), checks)


def test_the_branch_told_is_one_that_holds_then_one_that_is_open_then_the_nearest() -> None:
    holds, open_ = result("holds", True), result("open", None, None, None)
    far, near = result("far", False, False), result("near", True, False)
    assert nearest([far, open_, near, holds]).code == "holds"
    assert nearest([far, near, open_]).code == "open"
    assert nearest([far, near]).code == "near"
    assert nearest([result("first", None), result("second", None)]).code == "first"
    assert nearest([result("failed", False), result("wide open", None, None)]).code == "wide open"
