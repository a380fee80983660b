"""Titles of collectives: Luật TĐKT 2022, Điều 25-30; NĐ 152/2025, Điều 7, 8; Luật TĐKT 2003 (2013), Điều 20, 25-30."""

from datetime import date

import pytest

from awards.law.facts import Category, Grade, MovementResult, People
from tests.law.collective_facts import (
    FIRST_2024,
    IN_2024,
    IN_2025,
    LAST_2017,
    bloc,
    failed,
    judged,
    members,
    texts,
    verdict,
)

HTXS_2023, HTXS_2024, HTXS_2025 = {2023: Grade.HTXS}, {2024: Grade.HTXS}, {2025: Grade.HTXS}


# --- Tập thể lao động xuất sắc: Điều 27 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "grades", "law"),
    [
        (LAST_2017, HTXS_2023, "Luật TĐKT 2003 (sửa đổi 2013), Điều 27 khoản 1"),
        (IN_2024, HTXS_2024, "Luật TĐKT 2022, Điều 27 khoản 1"),
        (IN_2025, HTXS_2025, "Luật TĐKT 2022, Điều 27 khoản 1"),
    ],
)
def test_oracle_g3_article_27_1_passes_ten_members_seven_advanced_one_fighter(on, grades, law):
    found = judged("tt-ld-xuat-sac", on, grades=grades, people=members())
    assert found.verdict == "eligible"
    assert {check.citation for check in found.checks} == {law}
    assert {check.rule for check in found.checks} == {"A3-F3"}
    assert "Có 7/10 cá nhân đạt Lao động tiên tiến; cần ít nhất 70%." in texts(found)
    assert "Có 10/10 cá nhân hoàn thành nhiệm vụ; cần 100%." in texts(found)
    assert "Có 1 cá nhân đạt Chiến sĩ thi đua cơ sở; cần ít nhất 1." in texts(found)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"ld_tien_tien": 6}, "Có 6/10 cá nhân đạt Lao động tiên tiến; cần ít nhất 70%."),
        ({"completed": 9}, "Có 9/10 cá nhân hoàn thành nhiệm vụ; cần 100%."),
        ({"cstd_co_so": 0}, "Có 0 cá nhân đạt Chiến sĩ thi đua cơ sở; cần ít nhất 1."),
    ],
)
def test_oracle_g3_article_27_1_c_d_fails_one_short(counts, sentence):
    found = judged("tt-ld-xuat-sac", IN_2024, grades=HTXS_2024, people=members(**counts))
    assert found.verdict == "ineligible"
    assert failed(found) == [sentence]


@pytest.mark.parametrize(
    ("total", "advanced", "expected"),
    [
        (13, 10, "eligible"),
        (13, 9, "ineligible"),
        (100, 70, "eligible"),
        (100, 69, "ineligible"),
        (1000, 699, "ineligible"),
    ],
)
def test_article_27_1_c_seventy_percent_is_counted_in_whole_people(total, advanced, expected):
    people = members(total=total, completed=total, ld_tien_tien=advanced)
    assert verdict("tt-ld-xuat-sac", IN_2024, grades=HTXS_2024, people=people) == expected


def test_article_27_1_a_wants_excellent_and_good_is_not_enough():
    found = judged("tt-ld-xuat-sac", IN_2024, grades={2024: Grade.HTT}, people=members())
    assert found.verdict == "ineligible"
    assert "Năm 2024 được xếp loại hoàn thành tốt nhiệm vụ" in failed(found)[0]


def test_article_27_1_d_of_2003_bars_a_disciplined_member_and_the_law_of_2022_does_not():
    people = members(disciplined=1)
    old = judged("tt-ld-xuat-sac", LAST_2017, grades=HTXS_2023, people=people)
    assert old.verdict == "ineligible"
    assert failed(old) == ["Có 1 cá nhân bị kỷ luật từ cảnh cáo trở lên; không được có cá nhân nào."]
    assert verdict("tt-ld-xuat-sac", IN_2024, grades=HTXS_2024, people=people) == "eligible"


def test_the_last_day_of_the_old_law_and_the_first_of_the_new_differ_by_the_discipline_clause():
    facts = {"grades": HTXS_2023, "people": members(disciplined=2)}
    assert judged("tt-ld-xuat-sac", LAST_2017, **facts).rule_set == "R2017"
    assert verdict("tt-ld-xuat-sac", LAST_2017, **facts) == "ineligible"
    assert judged("tt-ld-xuat-sac", FIRST_2024, **facts).rule_set == "R2024"
    assert verdict("tt-ld-xuat-sac", FIRST_2024, **facts) == "eligible"


@pytest.mark.parametrize("unknown", ["total", "completed", "ld_tien_tien", "cstd_co_so"])
def test_an_unknown_count_is_asked_for_and_is_not_zero(unknown):
    found = judged("tt-ld-xuat-sac", IN_2024, grades=HTXS_2024, people=members(**{unknown: None}))
    assert found.verdict == "needs-decision"
    assert "hãy bổ sung" in texts(found)


def test_without_members_or_grade_nothing_is_decided():
    assert verdict("tt-ld-xuat-sac", IN_2024, grades=HTXS_2024) == "needs-decision"
    assert verdict("tt-ld-xuat-sac", IN_2024, people=members()) == "needs-decision"
    assert verdict("tt-ld-xuat-sac", LAST_2017, grades=HTXS_2023, people=members(disciplined=None)) == "needs-decision"


def test_a_known_failure_decides_whatever_is_unknown():
    people = People(total=10, ld_tien_tien=6)
    assert verdict("tt-ld-xuat-sac", IN_2024, grades=HTXS_2024, people=people) == "ineligible"


@pytest.mark.parametrize("counts", [{"ld_tien_tien": 11}, {"completed": 11}, {"total": 0}, {"ld_tien_tien": -1}])
def test_counts_that_cannot_be_are_sent_back(counts):
    found = judged("tt-ld-xuat-sac", IN_2024, grades=HTXS_2024, people=members(**counts))
    assert found.verdict == "needs-decision"
    assert "hãy kiểm tra lại" in texts(found)


def test_denied_unity_is_a_failed_check_and_unstated_unity_a_note():
    facts = {"grades": HTXS_2024, "people": members()}
    silent = judged("tt-ld-xuat-sac", IN_2024, **facts)
    assert any("nội bộ đoàn kết" in note.text for note in silent.notes)
    denied = judged("tt-ld-xuat-sac", IN_2024, attested={"unity": False}, **facts)
    assert denied.verdict == "ineligible"
    assert "nội bộ đoàn kết" in failed(denied)[0]


# --- Tập thể lao động tiên tiến: Điều 28 ---------------------------------------------------------------------------


@pytest.mark.parametrize(("advanced", "expected"), [(7, "eligible"), (6, "ineligible")])
def test_oracle_g3_article_28_1_c_wants_seventy_percent_from_2024(advanced, expected):
    people = members(ld_tien_tien=advanced)
    assert verdict("tt-ld-tien-tien", IN_2025, grades=HTXS_2025, people=people) == expected
    assert verdict("tt-ld-tien-tien", IN_2024, grades=HTXS_2024, people=people) == expected


@pytest.mark.parametrize(("advanced", "expected"), [(6, "eligible"), (5, "ineligible")])
def test_oracle_g3_article_28_1_c_of_2003_wants_more_than_half(advanced, expected):
    found = judged("tt-ld-tien-tien", LAST_2017, grades=HTXS_2023, people=members(ld_tien_tien=advanced))
    assert found.verdict == expected
    assert f"Có {advanced}/10 cá nhân đạt Lao động tiên tiến; cần trên 50%." in texts(found)


@pytest.mark.parametrize(("on", "year"), [(LAST_2017, 2023), (IN_2024, 2024)])
def test_article_28_1_c_bars_a_disciplined_member_in_both_laws(on, year):
    facts = {"grades": {year: Grade.HTT}}
    assert verdict("tt-ld-tien-tien", on, people=members(), **facts) == "eligible"
    assert verdict("tt-ld-tien-tien", on, people=members(disciplined=1), **facts) == "ineligible"
    assert verdict("tt-ld-tien-tien", on, people=members(disciplined=None), **facts) == "needs-decision"


@pytest.mark.parametrize(("on", "year"), [(LAST_2017, 2023), (IN_2024, 2024)])
def test_article_28_1_a_wants_a_good_year_and_completed_is_not_enough(on, year):
    assert verdict("tt-ld-tien-tien", on, people=members(), grades={year: Grade.HT}) == "ineligible"


def test_article_28_1_asks_for_no_base_fighter_and_no_full_completion():
    people = members(cstd_co_so=0, completed=8)
    assert verdict("tt-ld-tien-tien", IN_2024, grades=HTXS_2024, people=people) == "eligible"


# --- cờ của tỉnh: Điều 26 ------------------------------------------------------------------------------------------


def test_the_example_of_the_interfaces_is_eligible_by_article_26_of_2003():
    found = judged("co-tinh", LAST_2017, flag_eligible=True, bloc=bloc())
    assert (found.verdict, found.rule_set) == ("eligible", "R2017")
    assert found.checks[0].citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 26"


def test_article_26_1_the_leader_that_exceeded_its_targets_is_eligible():
    found = judged("co-tinh", IN_2024, flag_eligible=True, bloc=bloc())
    assert found.verdict == "eligible"
    assert {check.rule for check in found.checks} == {"A3-F2"}
    assert "Dẫn đầu cụm, khối thi đua (xếp thứ 1)." in texts(found)
    assert "Cụm, khối thi đua do tỉnh tổ chức." in texts(found)
    assert [note.rule for note in found.notes] == ["A3-F2"] * 4 + ["A4-4"]


def test_article_26_1_the_second_of_a_bloc_is_not_eligible_from_2024():
    found = judged("co-tinh", IN_2024, flag_eligible=True, bloc=bloc(rank=2))
    assert found.verdict == "ineligible"
    assert failed(found) == ["Xếp thứ 2 trong cụm, khối thi đua; cần dẫn đầu (xếp thứ 1)."]


def test_oracle_g10_article_26_of_2003_has_no_condition_of_leading_so_a_second_flag_of_a_bloc_stands():
    found = judged("co-tinh", date(2020, 12, 31), flag_eligible=True, bloc=bloc(rank=2))
    assert found.verdict == "eligible"
    assert "Xếp thứ 2 trong khối; luật của thời kỳ này không đòi hỏi phải dẫn đầu" in texts(found)
    assert verdict("co-tinh", date(2020, 12, 31), bloc=bloc(rank=None)) == "eligible"


@pytest.mark.parametrize("on", [LAST_2017, IN_2024, IN_2025])
@pytest.mark.parametrize(
    ("exceeded", "expected"), [(False, "ineligible"), (None, "needs-decision"), (True, "eligible")]
)
def test_article_26_1_a_targets_must_be_exceeded_and_not_just_met(on, exceeded, expected):
    assert verdict("co-tinh", on, flag_eligible=True, bloc=bloc(targets_exceeded=exceeded)) == expected


@pytest.mark.parametrize("on", [LAST_2017, IN_2024])
def test_a_disqualified_unit_is_told_why(on):
    reasons = ("Lãnh đạo bị cảnh cáo.", "không ký giao ước")
    found = judged("co-tinh", on, flag_eligible=True, bloc=bloc(disqualified=reasons))
    assert found.verdict == "ineligible"
    assert failed(found) == [
        "Không được xét dẫn đầu, suy tôn trong cụm, khối: Lãnh đạo bị cảnh cáo.",
        "Không được xét dẫn đầu, suy tôn trong cụm, khối: không ký giao ước.",
    ]


@pytest.mark.parametrize("on", [LAST_2017, IN_2024])
def test_a_unit_outside_the_blocs_receives_no_flag(on):
    found = judged("co-tinh", on, flag_eligible=False, bloc=bloc())
    assert found.verdict == "ineligible"
    assert "không thuộc đối tượng được tặng cờ" in failed(found)[0]


def test_whether_a_unit_may_receive_flags_matters_only_where_no_bloc_shows_it():
    assert verdict("co-tinh", IN_2024, bloc=bloc()) == "eligible"
    found = judged("co-tinh", IN_2024)
    assert found.verdict == "needs-decision"
    assert "Chưa rõ tập thể có thuộc đối tượng được tặng cờ thi đua không; hãy bổ sung." in texts(found)
    assert "Chưa có kết quả xếp hạng" in texts(found)


@pytest.mark.parametrize("organiser", ["central", "authorised"])
def test_article_26_1_wants_a_bloc_that_the_province_runs(organiser):
    found = judged("co-tinh", IN_2024, flag_eligible=True, bloc=bloc(organiser=organiser))
    assert found.verdict == "ineligible"
    assert "cần cụm, khối thi đua do tỉnh tổ chức" in failed(found)[0]


def led(**facts):
    return MovementResult(**{"launched_by": "province", "years": 3, "leads": True, "concluded": True, **facts})


def by_movement(award, movement, on=IN_2024):
    return judged(award, on, category=Category.MOVEMENT, movement=movement)


def test_article_26_2_the_leader_of_a_three_year_movement_of_the_province_is_eligible():
    found = by_movement("co-tinh", led())
    assert found.verdict == "eligible"
    assert (found.checks[0].rule, found.checks[0].citation) == ("A3-F2b", "Luật TĐKT 2022, Điều 26 khoản 2")
    assert "Phong trào đã thực hiện 3 năm; cần từ 3 năm trở lên." in texts(found)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"years": 2}, "ineligible"),
        ({"leads": False}, "ineligible"),
        ({"concluded": False}, "ineligible"),
        ({"launched_by": "agency"}, "ineligible"),
        ({"launched_by": "nation"}, "ineligible"),
        ({"years": None}, "needs-decision"),
        ({"leads": None}, "needs-decision"),
        ({"concluded": None}, "needs-decision"),
        ({"launched_by": ""}, "needs-decision"),
    ],
)
def test_article_26_2_each_condition_of_the_movement_counts(changed, expected):
    assert by_movement("co-tinh", led(**changed)).verdict == expected


def test_an_unstated_movement_is_asked_for():
    found = by_movement("co-tinh", None)
    assert found.verdict == "needs-decision"
    assert "Chưa có thông tin về phong trào thi đua do bộ, ban, ngành, tỉnh phát động, từ 3 năm" in texts(found)
    assert "Phong trào chưa rõ đã sơ kết, tổng kết; hãy bổ sung." in texts(by_movement("co-tinh", led(concluded=None)))
    assert "Tập thể không dẫn đầu phong trào thi đua." in texts(by_movement("co-tinh", led(leads=False)))


# --- Cờ thi đua của Chính phủ: Điều 25 -----------------------------------------------------------------------------


def test_article_25_1_the_leader_of_a_bloc_of_the_province_is_eligible_and_its_choice_a_note():
    found = judged("co-chinh-phu", IN_2024, flag_eligible=True, bloc=bloc())
    assert found.verdict == "eligible"
    assert {check.branch for check in found.checks} == {"25.1"}
    assert any("được chọn trong số các tập thể dẫn đầu" in note.text for note in found.notes)
    assert any("đi đầu thực hành tiết kiệm" in note.text for note in found.notes)


def test_decree_152_article_7_1_is_cited_from_2025_on():
    in_2024 = judged("co-chinh-phu", date(2025, 6, 30), flag_eligible=True, bloc=bloc())
    in_2025 = judged("co-chinh-phu", date(2025, 7, 1), flag_eligible=True, bloc=bloc())
    assert in_2024.checks[0].citation == "Luật TĐKT 2022, Điều 25 khoản 1"
    assert in_2025.checks[0].citation == "Luật TĐKT 2022, Điều 25 khoản 1; Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1"


@pytest.mark.parametrize("changed", [{"rank": 2}, {"targets_exceeded": False}, {"disqualified": ("đơn thư đúng",)}])
def test_article_25_1_second_or_not_exceeding_or_barred_is_ineligible(changed):
    assert verdict("co-chinh-phu", IN_2024, flag_eligible=True, bloc=bloc(**changed)) == "ineligible"


def test_article_25_2_the_leader_of_a_bloc_of_the_central_council_is_eligible():
    found = judged("co-chinh-phu", IN_2024, flag_eligible=True, bloc=bloc(organiser="central", targets_exceeded=None))
    assert found.verdict == "eligible"
    assert {check.branch for check in found.checks} == {"25.2"}
    assert verdict("co-chinh-phu", IN_2024, bloc=bloc(rank=2, organiser="central")) == "ineligible"
    barred = bloc(organiser="central", disqualified=("lãnh đạo bị kỷ luật",))
    assert verdict("co-chinh-phu", IN_2024, bloc=barred) == "ineligible"


@pytest.mark.parametrize(("years", "expected"), [(5, "eligible"), (4, "ineligible"), (None, "needs-decision")])
def test_article_25_3_a_movement_of_the_prime_minister_runs_five_years(years, expected):
    assert by_movement("co-chinh-phu", led(launched_by="nation", years=years)).verdict == expected


def test_article_25_3_a_movement_of_the_province_does_not_do():
    found = by_movement("co-chinh-phu", led(years=5))
    assert found.verdict == "ineligible"
    assert "Phong trào thi đua không do Thủ tướng Chính phủ phát động." in failed(found)


@pytest.mark.parametrize(("rank", "expected"), [(1, "eligible"), (2, "needs-decision"), (None, "needs-decision")])
def test_article_25_2_of_2013_the_most_outstanding_is_shown_by_the_first_rank_only(rank, expected):
    found = judged("co-chinh-phu", LAST_2017, flag_eligible=True, bloc=bloc(rank=rank))
    assert found.verdict == expected
    assert found.checks[0].citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 25 khoản 2"


def test_article_25_1_of_2003_targets_must_be_exceeded():
    assert verdict("co-chinh-phu", LAST_2017, bloc=bloc(targets_exceeded=False)) == "ineligible"
    assert verdict("co-chinh-phu", LAST_2017, bloc=bloc(disqualified=("đơn thư đúng",))) == "ineligible"
    assert verdict("co-chinh-phu", LAST_2017, flag_eligible=False, bloc=bloc()) == "ineligible"


@pytest.mark.parametrize("on", [LAST_2017, IN_2024, IN_2025])
def test_a_flag_of_a_ministry_is_decided_there(on):
    assert verdict("co-bo", on, flag_eligible=True, bloc=bloc()) == "needs-decision"


# --- xã tiêu biểu, thôn văn hóa: Điều 29, 30 -----------------------------------------------------------------------

LIFE = ("economy", "culture", "environment", "obeys")
COMMUNE = dict.fromkeys((*LIFE, "commune-tasks"), True)
VILLAGE = dict.fromkeys((*LIFE, "solidarity"), True)


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        (led(), "eligible"),
        (led(leads=False), "ineligible"),
        (led(leads=None), "needs-decision"),
        (led(launched_by="agency"), "ineligible"),
        (led(launched_by=""), "needs-decision"),
        (None, "needs-decision"),
    ],
)
def test_decree_152_article_8_a_commune_leads_the_emulation_of_the_province(movement, expected):
    found = judged("xa-tieu-bieu", IN_2025, movement=movement, attested=COMMUNE)
    assert found.verdict == expected
    assert found.checks[0].citation == "Nghị định 152/2025/NĐ-CP, Điều 8"
    assert "phong trào thi đua cấp tỉnh" in texts(found)


def test_article_29_1_before_july_2025_a_commune_leads_the_emulation_of_the_district():
    found = judged("xa-tieu-bieu", date(2025, 6, 30), movement=led(launched_by=""), attested=COMMUNE)
    assert found.verdict == "eligible"
    assert "Dẫn đầu phong trào thi đua cấp huyện." in texts(found)
    assert found.checks[0].citation == "Luật TĐKT 2022, Điều 29 khoản 1"
    assert verdict("xa-tieu-bieu", date(2025, 6, 30), movement=led(leads=False), attested=COMMUNE) == "ineligible"


@pytest.mark.parametrize("code", COMMUNE)
def test_article_29_1_each_of_five_standards_is_attested(code):
    facts = {"movement": led()}
    assert verdict("xa-tieu-bieu", IN_2025, attested={**COMMUNE, code: False}, **facts) == "ineligible"
    without = {key: value for key, value in COMMUNE.items() if key != code}
    assert verdict("xa-tieu-bieu", IN_2025, attested=without, **facts) == "needs-decision"


def test_article_20_of_2003_names_no_title_for_communes():
    found = judged("xa-tieu-bieu", LAST_2017, movement=led(), attested=COMMUNE)
    assert found.verdict == "ineligible"
    assert found.checks[0].citation == "Luật TĐKT 2003 (sửa đổi 2013), Điều 20"


@pytest.mark.parametrize("code", VILLAGE)
@pytest.mark.parametrize("on", [LAST_2017, IN_2024])
def test_article_30_each_of_five_standards_of_a_village_is_attested(on, code):
    assert verdict("thon-van-hoa", on, attested=VILLAGE) == "eligible"
    assert verdict("thon-van-hoa", on, attested={**VILLAGE, code: False}) == "ineligible"
    assert verdict("thon-van-hoa", on, attested={key: True for key in VILLAGE if key != code}) == "needs-decision"


def test_the_sentence_of_a_standard_says_whether_the_dossier_attests_it():
    found = judged("thon-van-hoa", IN_2024, attested={"economy": True, "culture": False})
    assert found.checks[0].text == "Hồ sơ đã xác nhận đời sống kinh tế ổn định và phát triển."
    assert found.checks[1].text == "Hồ sơ không xác nhận đời sống văn hóa, tinh thần lành mạnh, phong phú."
    assert found.checks[2].text == (
        "Hồ sơ chưa xác nhận môi trường an toàn, thân thiện, cảnh quan sạch đẹp; hãy bổ sung."
    )


@pytest.mark.parametrize("award", ["cstd-tinh", "ld-tien-tien", "gia-dinh-van-hoa"])
def test_a_collective_receives_no_title_of_persons_or_households(award):
    assert verdict(award, IN_2024) == "ineligible"
