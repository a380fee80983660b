"""Titles of individuals, every boundary from both sides. Names cite article and clause."""

from datetime import date

import pytest

from awards.law.engine import judge
from awards.law.facts import Absence, Away, Discipline, Given, Sanction, Scope, Use
from tests.law.nominees import HT, HTT, HTXS, KHT, answers, given, idea, person, texts, thematic, verdict, yearly

LEAVE = "Nghị định 152/2025/NĐ-CP, Điều 4 khoản 5"


# --- Lao động tiên tiến: Điều 24 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "expected"), [(HTXS, "eligible"), (HTT, "eligible"), (HT, "ineligible"), (KHT, "ineligible")]
)
def test_law_2022_article_24_clause_1_point_a_wants_the_task_done_well(grade, expected) -> None:
    assert verdict(person("ld-tien-tien", "2024-12-31", grades={2024: grade})) == expected


def test_law_2022_article_24_clause_1_says_the_year_and_both_grades() -> None:
    found = judge(person("ld-tien-tien", "2024-12-31", grades={2024: HT}))
    text = "Năm 2024 được xếp loại hoàn thành nhiệm vụ; cần từ mức hoàn thành tốt nhiệm vụ trở lên."
    assert answers(found) == [(False, text)]
    assert found.checks[0].citation == "Luật TĐKT 2022, Điều 24 khoản 1"
    assert (found.checks[0].rule, found.checks[0].branch) == ("A3-I4", "24.1")


def test_law_2022_article_24_clause_1_without_a_grade_needs_a_decision_and_names_the_year() -> None:
    found = judge(person("ld-tien-tien", "2024-12-31", grades={2023: HTXS}))
    assert answers(found) == [(None, "Chưa có mức hoàn thành nhiệm vụ năm 2024; hãy bổ sung.")]
    assert found.verdict == "needs-decision"


def test_decree_152_article_4_clause_5_maternity_leave_counts_but_the_grade_is_still_asked() -> None:
    away = (Away(Absence.MATERNITY, 2024),)
    found = judge(person("ld-tien-tien", "2024-12-31", grades={}, aways=away))
    assert found.verdict == "needs-decision"
    assert f"Năm 2024 nghỉ thai sản, thời gian nghỉ được tính để xét ({LEAVE})." in texts(found)[0]
    graded = person("ld-tien-tien", "2024-12-31", grades={2024: HTT}, aways=away)
    assert verdict(graded) == "eligible"
    assert texts(judge(graded))[0] == "Năm 2024 được xếp loại hoàn thành tốt nhiệm vụ."


def test_law_2022_article_24_clause_1_spirit_is_a_note_unless_the_unit_denies_it() -> None:
    facts = {"grades": {2024: HTT}}
    open_note = judge(person("ld-tien-tien", "2024-12-31", **facts)).notes
    assert [(note.passed, note.rule, note.branch) for note in open_note] == [
        (None, "A3-I4", "24.1"),
        (None, "A4-4", ""),
    ]
    assert open_note[0].text.startswith("Hồ sơ cần có xác nhận của đơn vị về tinh thần tự lực, tự cường")
    confirmed = judge(person("ld-tien-tien", "2024-12-31", attested={"spirit": True}, **facts))
    assert (confirmed.verdict, confirmed.notes[0].passed) == ("eligible", True)
    assert confirmed.notes[0].text.startswith("Hồ sơ đã xác nhận tinh thần tự lực")
    denied = judge(person("ld-tien-tien", "2024-12-31", attested={"spirit": False}, **facts))
    assert (denied.verdict, [note.rule for note in denied.notes]) == ("ineligible", ["A4-4"])
    assert denied.checks[-1].text.startswith("Hồ sơ không xác nhận tinh thần tự lực")


@pytest.mark.parametrize(
    ("productive", "expected"), [(True, "eligible"), (False, "ineligible"), (None, "needs-decision")]
)
def test_law_2022_article_24_clause_3_workers_and_farmers_by_what_the_unit_attests(productive, expected) -> None:
    attested = {} if productive is None else {"productive": productive}
    found = judge(person("ld-tien-tien", "2024-12-31", worker=True, attested=attested))
    assert found.verdict == expected
    assert [check.branch for check in found.checks] == ["24.3"]
    words = {
        True: "Đơn vị xác nhận lao động, sản xuất có hiệu quả năm 2024.",
        False: "Đơn vị không xác nhận lao động, sản xuất có hiệu quả năm 2024.",
        None: "Cần đơn vị xác nhận lao động, sản xuất có hiệu quả theo quy định chi tiết của Ủy ban nhân dân tỉnh.",
    }
    assert texts(found) == [words[productive]]


@pytest.mark.parametrize(("worker", "expected"), [(True, "eligible"), (False, "ineligible"), (None, "needs-decision")])
def test_law_2022_article_24_clause_3_named_asks_whether_the_person_is_a_worker(worker, expected) -> None:
    nominee = person("ld-tien-tien", "2024-12-31", worker=worker, branch="24.3", attested={"productive": True})
    assert verdict(nominee) == expected


def test_law_2022_article_24_clause_1_is_not_for_workers() -> None:
    found = judge(person("ld-tien-tien", "2024-12-31", worker=True, branch="24.1", grades={2024: HTT}))
    assert found.verdict == "ineligible"
    assert "không dành cho công nhân, nông dân" in texts(found)[0]


def test_law_2003_article_24_clause_1_is_cited_with_its_own_notes() -> None:
    found = judge(person("ld-tien-tien", "2020-12-31", grades={2020: HTT}))
    assert (found.rule_set, found.verdict, len(found.notes)) == ("R2017", "eligible", 4)
    assert found.checks[0].citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 24 khoản 1"


# --- Chiến sĩ thi đua cơ sở: Điều 23 ------------------------------------------------------------------------------


def test_law_2022_article_23_clause_2_excellent_work_is_enough_without_an_initiative() -> None:
    found = judge(person("cstd-co-so", "2024-12-31", grades={2024: HTXS}, initiatives=()))
    assert found.verdict == "eligible"
    assert texts(found) == ["Năm 2024 được xếp loại hoàn thành xuất sắc nhiệm vụ."] * 2


def test_law_2022_article_23_clause_2_an_initiative_of_the_base_replaces_excellent_work() -> None:
    found = judge(person("cstd-co-so", "2024-12-31", grades={2024: HTT}, initiatives=(idea(year=2024),)))
    assert found.verdict == "eligible"
    text = "Có 1 sáng kiến, đề tài hoặc mưu trí, sáng tạo được cơ sở công nhận năm 2024: Sáng kiến “sk1” năm 2024."
    assert texts(found)[1] == text


def test_law_2022_article_23_clause_2_neither_way_tells_both() -> None:
    found = judge(person("cstd-co-so", "2024-12-31", grades={2024: HTT}, initiatives=()))
    assert [check.passed for check in found.checks] == [True, False, False]
    assert "Chưa có sáng kiến, đề tài hoặc mưu trí, sáng tạo được cơ sở công nhận năm 2024 (cần 1)." in texts(found)


def test_law_2022_article_23_clause_1_the_standard_of_advanced_worker_comes_first() -> None:
    assert verdict(person("cstd-co-so", "2024-12-31", grades={2024: HT}, initiatives=(idea(),))) == "ineligible"


def test_law_2022_article_23_clause_1_the_title_itself_stands_for_the_grade() -> None:
    nominee = person("cstd-co-so", "2024-12-31", awards=yearly("ld-tien-tien", 2024), initiatives=(idea(),))
    assert answers(judge(nominee))[0] == (True, "Đã đạt Lao động tiên tiến năm 2024.")
    assert verdict(nominee) == "eligible"


def test_law_2022_article_23_clause_1_a_worker_by_the_units_word() -> None:
    facts = {"worker": True, "initiatives": (idea(),)}
    assert verdict(person("cstd-co-so", "2024-12-31", attested={"productive": True}, **facts)) == "eligible"
    assert verdict(person("cstd-co-so", "2024-12-31", attested={"productive": False}, **facts)) == "ineligible"


@pytest.mark.parametrize("year", [2023, 2025])
def test_law_2022_article_23_clause_2_an_initiative_of_another_year_does_not_count(year) -> None:
    nominee = person("cstd-co-so", "2024-12-31", grades={2024: HTT}, initiatives=(idea(year=year),))
    assert verdict(nominee) == "ineligible"


def test_law_2022_article_23_clause_2_a_study_accepted_needs_no_scope_but_an_initiative_does() -> None:
    study = person("cstd-co-so", "2024-12-31", grades={2024: HTT}, initiatives=(idea(scope=None, kind="research"),))
    assert verdict(study) == "eligible"
    unscoped = judge(person("cstd-co-so", "2024-12-31", grades={2024: HTT}, initiatives=(idea(scope=None),)))
    assert unscoped.verdict == "needs-decision"
    assert texts(unscoped)[1].endswith("hãy bổ sung năm, phạm vi công nhận của: Sáng kiến “sk1” năm 2024.")


def test_law_2022_article_23_clause_2_ingenuity_recognised_by_the_unit_counts() -> None:
    brave = idea(scope=None, kind="ingenuity")
    assert verdict(person("cstd-co-so", "2024-12-31", grades={2024: HTT}, initiatives=(brave,))) == "eligible"


def test_law_2022_article_23_without_grades_and_initiatives_needs_a_decision() -> None:
    found = judge(person("cstd-co-so", "2024-12-31"))
    assert found.verdict == "needs-decision"
    assert texts(found)[0] == "Chưa có mức hoàn thành nhiệm vụ năm 2024; hãy bổ sung."


def test_law_2003_article_23_clause_2_as_amended_excellent_work_alone_is_not_enough() -> None:
    found = judge(person("cstd-co-so", "2023-12-31", grades={2023: HTXS}, initiatives=()))
    assert (found.rule_set, found.verdict) == ("R2017", "ineligible")
    assert texts(found)[1] == "Chưa có sáng kiến hoặc đề tài được cơ sở công nhận năm 2023 (cần 1)."
    assert found.checks[1].citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 23"


def test_law_2003_article_23_clause_2_as_amended_an_initiative_of_the_base_is_enough() -> None:
    nominee = person("cstd-co-so", "2023-12-31", grades={2023: HTT}, initiatives=(idea(year=2023),))
    assert verdict(nominee) == "eligible"


@pytest.mark.parametrize(("grade", "expected"), [(HTXS, "eligible"), (HTT, "ineligible")])
def test_law_2003_article_23_clause_2_as_amended_ingenuity_needs_excellent_work_too(grade, expected) -> None:
    brave = (idea(scope=None, year=2023, kind="ingenuity"),)
    assert verdict(person("cstd-co-so", "2023-12-31", grades={2023: grade}, initiatives=brave)) == expected


def test_law_2022_article_94_the_same_person_on_the_last_and_the_first_day() -> None:
    facts = {"grades": {2023: HTXS}, "initiatives": (), "year": 2023}
    assert verdict(person("cstd-co-so", "2023-12-31", **facts)) == "ineligible"
    assert verdict(person("cstd-co-so", "2024-01-01", **facts)) == "eligible"


# --- Chiến sĩ thi đua cấp tỉnh: Điều 22 ---------------------------------------------------------------------------

PROVINCIAL = (idea(scope=Scope.PROVINCE, year=2024),)


def test_law_2022_article_22_clause_1_point_a_exactly_three_years_in_a_row() -> None:
    found = judge(
        person("cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2022, 2023, 2024), initiatives=PROVINCIAL)
    )
    assert found.verdict == "eligible"
    assert texts(found) == [
        "Có 3 năm liên tục đạt Chiến sĩ thi đua cơ sở (2022, 2023, 2024).",
        "Có 1 sáng kiến hoặc đề tài có phạm vi ảnh hưởng trong tỉnh: Sáng kiến “sk1” năm 2024.",
    ]
    assert [check.citation for check in found.checks] == ["Luật TĐKT 2022, Điều 22 khoản 1"] * 2


def test_law_2022_article_22_clause_1_point_a_two_years_are_too_few() -> None:
    found = judge(person("cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2023, 2024), initiatives=PROVINCIAL))
    assert answers(found)[0] == (
        False,
        "Chỉ có 2 năm liên tục đạt Chiến sĩ thi đua cơ sở (2023, 2024), cần 3 năm; thiếu năm 2022.",
    )


def test_law_2022_article_22_clause_1_point_a_of_five_years_the_last_three_are_told() -> None:
    awards = yearly("cstd-co-so", 2020, 2021, 2022, 2023, 2024)
    found = judge(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL))
    assert "(2022, 2023, 2024)" in texts(found)[0]


def test_oracle_g4_one_year_missing_in_the_run_is_not_eligible() -> None:
    idea_2023 = (idea(scope=Scope.PROVINCE, year=2023),)
    whole = person("cstd-tinh", "2023-12-31", awards=yearly("cstd-co-so", 2021, 2022, 2023), initiatives=idea_2023)
    gap = person("cstd-tinh", "2023-12-31", awards=yearly("cstd-co-so", 2020, 2022, 2023), initiatives=idea_2023)
    assert (verdict(whole), verdict(gap)) == ("eligible", "ineligible")
    assert "thiếu năm 2021" in texts(judge(gap))[0]


def test_oracle_g4_without_the_provincial_initiative_is_not_eligible() -> None:
    awards = yearly("cstd-co-so", 2021, 2022, 2023)
    base_only = person("cstd-tinh", "2023-12-31", awards=awards, initiatives=(idea(year=2023),))
    assert verdict(base_only) == "ineligible"
    assert judge(base_only).checks[1].citation.startswith("Luật TĐKT 2003 (sửa đổi 2013), Điều 22; Nghị định 91/2017")


def test_law_2022_article_22_clause_1_the_last_year_itself_missing() -> None:
    found = judge(
        person("cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2021, 2022, 2023), initiatives=PROVINCIAL)
    )
    assert texts(found)[0] == ("Năm 2024 chưa đạt Chiến sĩ thi đua cơ sở; cần 3 năm liên tục.")


def test_law_2022_article_22_clause_1_without_a_register_needs_a_decision() -> None:
    found = judge(person("cstd-tinh", "2024-12-31", initiatives=PROVINCIAL))
    text = "Chưa có lịch sử khen thưởng; cần 3 lần liên tục đạt Chiến sĩ thi đua cơ sở, hãy bổ sung."
    assert answers(found)[0] == (None, text)
    assert found.verdict == "needs-decision"


def test_law_2022_article_22_clause_1_point_b_without_initiatives_told_needs_a_decision() -> None:
    found = judge(person("cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2022, 2023, 2024)))
    text = "Chưa có thông tin về sáng kiến hoặc đề tài có phạm vi ảnh hưởng trong tỉnh; hãy bổ sung (cần 1)."
    assert answers(found)[1] == (None, text)


def test_a_definite_failure_beats_an_unknown() -> None:
    assert verdict(person("cstd-tinh", "2024-12-31", awards=())) == "ineligible"


def test_law_2022_article_22_clause_1_an_undated_award_may_fill_the_gap() -> None:
    awards = (*yearly("cstd-co-so", 2022, 2024), Given("cstd-co-so"))
    found = judge(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL))
    text = "Cần 3 lần liên tục đạt Chiến sĩ thi đua cơ sở; hãy bổ sung năm của quyết định (2023)."
    assert answers(found)[0] == (None, text)


def test_law_2022_article_22_clause_1_an_award_decided_after_the_day_is_not_held() -> None:
    awards = (*yearly("cstd-co-so", 2022, 2023), given("cstd-co-so", "2025-01-01", year=2024))
    nominee = person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL)
    assert verdict(nominee) == "ineligible"
    assert texts(judge(nominee))[0].endswith("Không tính 1 quyết định ký sau ngày 31/12/2024.")
    same_day = (*yearly("cstd-co-so", 2022, 2023), given("cstd-co-so", "2024-12-31"))
    assert verdict(person("cstd-tinh", "2024-12-31", awards=same_day, initiatives=PROVINCIAL)) == "eligible"


def test_decree_152_article_4_clause_3_a_thematic_award_is_no_basis() -> None:
    awards = (*yearly("cstd-co-so", 2023, 2024), thematic(given("cstd-co-so", "2022-12-20")))
    found = judge(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL))
    assert found.verdict == "ineligible"
    assert "Không tính 1 lần tặng do thành tích đột xuất, chuyên đề" in texts(found)[0]


def test_law_2022_article_93_a_revoked_award_does_not_count() -> None:
    awards = (*yearly("cstd-co-so", 2022, 2024), given("cstd-co-so", "2023-12-20", revoked=True))
    assert verdict(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL)) == "ineligible"


def test_decree_152_article_4_clause_5_a_maternity_year_does_not_break_the_run() -> None:
    awards = yearly("cstd-co-so", 2021, 2022, 2024)
    away = (Away(Absence.MATERNITY, 2023),)
    found = judge(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL, aways=away))
    assert found.verdict == "eligible"
    assert texts(found)[0] == (
        "Có 3 năm liên tục đạt Chiến sĩ thi đua cơ sở (2021, 2022, 2024)."
        f" Năm 2023 nghỉ thai sản, không làm gián đoạn ({LEAVE})."
    )
    without = person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL)
    assert verdict(without) == "ineligible"


def test_decree_152_article_4_clause_5_a_maternity_year_is_no_award_either() -> None:
    away = (Away(Absence.MATERNITY, 2022),)
    nominee = person(
        "cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2023, 2024), initiatives=PROVINCIAL, aways=away
    )
    assert verdict(nominee) == "ineligible"


def test_decree_152_article_4_clause_5_sick_leave_does_break_the_run() -> None:
    away = (Away(Absence.SICK, 2023),)
    awards = yearly("cstd-co-so", 2021, 2022, 2024)
    assert verdict(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL, aways=away)) == "ineligible"


def test_decree_152_article_4_clause_4_years_before_the_discipline_was_served_are_lost() -> None:
    awards = yearly("cstd-co-so", 2022, 2023, 2024)

    def with_served(day: str) -> str:
        discipline = (Discipline(Sanction.REPRIMAND, date(2021, 3, 1), date.fromisoformat(day)),)
        return verdict(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=PROVINCIAL, disciplines=discipline))

    assert with_served("2021-12-31") == "eligible"
    assert with_served("2022-06-01") == "needs-decision"
    assert with_served("2023-06-01") == "ineligible"


def test_official_letter_5007_an_initiative_used_for_a_form_is_barred_from_a_title() -> None:
    used = (idea(scope=Scope.PROVINCE, used=(Use("bk-tinh", 2023),)),)
    found = judge(person("cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2022, 2023, 2024), initiatives=used))
    assert found.verdict == "ineligible"
    assert found.checks[1].rule == "A4-7"
    assert texts(found)[1].endswith(
        "Sáng kiến “sk1” năm 2024 đã dùng để xét Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2023; một sáng kiến"
        " chỉ được dùng một lần (Công văn 5007/BNV-TĐKT năm 2023, mục III.5c)."
    )


def test_official_letter_5007_an_initiative_used_for_another_title_is_a_warning() -> None:
    used = (idea(scope=Scope.PROVINCE, used=(Use("cstd-co-so", 2023),)),)
    found = judge(person("cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2022, 2023, 2024), initiatives=used))
    assert found.verdict == "eligible"
    assert texts(found)[1].endswith(
        "đã dùng để xét Chiến sĩ thi đua cơ sở năm 2023: Hội đồng cần cân nhắc việc dùng lại cho danh hiệu khác."
    )


def test_law_2022_article_22_clause_1_point_b_an_initiative_of_a_later_year_cannot_be_cited() -> None:
    later = (idea(scope=Scope.PROVINCE, year=2025),)
    awards = yearly("cstd-co-so", 2022, 2023, 2024)
    assert verdict(person("cstd-tinh", "2024-12-31", awards=awards, initiatives=later)) == "ineligible"
    assert verdict(person("cstd-tinh", "2025-03-01", year=2024, awards=awards, initiatives=later)) == "eligible"


def test_law_2022_article_22_clause_1_selection_is_a_note() -> None:
    found = judge(
        person("cstd-tinh", "2024-12-31", awards=yearly("cstd-co-so", 2022, 2023, 2024), initiatives=PROVINCIAL)
    )
    assert [note.rule for note in found.notes] == ["A3-I2", "A4-4"]
    assert "được lựa chọn" in found.notes[0].text


# --- Chiến sĩ thi đua toàn quốc: Điều 21 --------------------------------------------------------------------------

NATIONAL = (idea(scope=Scope.NATION, year=2024),)


@pytest.mark.parametrize(
    ("years", "expected"), [((2023, 2024), "eligible"), ((2024,), "ineligible"), ((2022, 2024), "ineligible")]
)
def test_law_2022_article_21_clause_1_point_a_two_times_in_a_row(years, expected) -> None:
    nominee = person(
        "cstd-toan-quoc", "2025-06-30", year=2024, awards=yearly("cstd-tinh", *years), initiatives=NATIONAL
    )
    assert verdict(nominee) == expected


def test_law_2022_article_21_clause_1_point_b_a_provincial_initiative_is_too_narrow() -> None:
    nominee = person("cstd-toan-quoc", "2024-12-31", awards=yearly("cstd-tinh", 2023, 2024), initiatives=PROVINCIAL)
    assert verdict(nominee) == "ineligible"
    assert texts(judge(nominee))[1] == "Chưa có sáng kiến hoặc đề tài có phạm vi ảnh hưởng toàn quốc (cần 1)."


def test_law_2022_article_21_clause_1_point_a_three_years_apart_is_for_the_council() -> None:
    awards = (*yearly("cstd-tinh", 2021, 2024), *yearly("cstd-co-so", 2022, 2023, 2024))
    found = judge(person("cstd-toan-quoc", "2024-12-31", awards=awards, initiatives=NATIONAL))
    assert found.verdict == "needs-decision"
    assert texts(found)[0].startswith("Đạt Chiến sĩ thi đua cấp tỉnh năm 2021, 2024, từ năm 2022 năm nào cũng là")
    broken = (*yearly("cstd-tinh", 2021, 2024), *yearly("cstd-co-so", 2022, 2024))
    assert verdict(person("cstd-toan-quoc", "2024-12-31", awards=broken, initiatives=NATIONAL)) == "ineligible"
    late = (*yearly("cstd-tinh", 2021, 2023), *yearly("cstd-co-so", 2022, 2023, 2024))
    assert verdict(person("cstd-toan-quoc", "2024-12-31", awards=late, initiatives=NATIONAL)) == "ineligible"


def test_law_2003_article_21_as_amended_two_times_in_a_row() -> None:
    facts = {"initiatives": (idea(scope=Scope.NATION, year=2019),)}
    nominee = person("cstd-toan-quoc", "2020-12-31", awards=yearly("cstd-tinh", 2019, 2020), **facts)
    found = judge(nominee)
    assert (found.rule_set, found.verdict) == ("R2017", "eligible")
    assert found.checks[0].citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 21"
    assert found.checks[1].citation.startswith("Luật TĐKT 2003 (sửa đổi 2013), Điều 21; Nghị định 91/2017")


def test_law_2003_article_22_three_times_in_a_row() -> None:
    facts = {"initiatives": (idea(scope=Scope.PROVINCE, year=2019),)}
    three = person("cstd-tinh", "2020-12-31", awards=yearly("cstd-co-so", 2018, 2019, 2020), **facts)
    two = person("cstd-tinh", "2020-12-31", awards=yearly("cstd-co-so", 2019, 2020), **facts)
    assert (verdict(three), verdict(two)) == ("eligible", "ineligible")
