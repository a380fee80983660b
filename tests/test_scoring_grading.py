"""Grades by bands, floors, sanctions and the limit on the best one; each number names its source."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from scoring.domain.criteria import load_tree
from scoring.domain.grading import Grade, Marks, grade_units, grades_of, read_scheme, words_of_grading
from scoring.domain.grading_checks import grading_faults, set_grading
from scoring.domain.ranking import consolidated
from scoring.domain.workflow import CRITERIA_SET
from scoring.models import CriteriaSet, Criterion
from tests.scoring_world import Scores, build_scores
from tests.world import World

D = Decimal
NGHE_AN = {
    "of": "points",
    "bands": [
        {"name": "HTXS", "from": 90, "floor": 85},
        {"name": "HTT", "from": 80, "floor": 80},
        {"name": "HT", "from": 70, "floor": 70},
        {"name": "KHT"},
    ],
}
COMMUNES = {
    "of": "capped",
    "bands": [{"name": "EXCELLENT", "from": 95}, {"name": "GOOD", "from": 85}, {"name": "FAIR"}],
}
THANH_HOA = {
    "of": "points",
    "bands": [
        {"name": "Xuất sắc", "from": 90},
        {"name": "Tốt", "from": 80},
        {"name": "Khá", "from": 65},
        {"name": "Trung bình", "from": 50},
        {"name": "Yếu"},
    ],
    "cap": {"band": "Xuất sắc", "percent": 25, "tie_break": ["bonus", "group:V"]},
}
UNGRADED = Grade("", False, "Chưa xếp loại vì còn thiếu điểm.")


def graded(grading: dict[str, Any], *, scale: int = 100, **marks: Marks) -> dict[str, Grade]:
    scheme = read_scheme(grading)
    assert scheme is not None
    return grade_units(scheme, marks, scale=D(scale))


def grade(grading: dict[str, Any], total: Any, *, low: Any = 100, sanctions: tuple[str, ...] = ()) -> Grade:
    own = Marks(
        total=None if total is None else D(str(total)),
        assigned_max=D(100),
        shares={"A": Fraction(1), "B": Fraction(str(low)) / 100},
        sanctions=tuple((f"IX.{at}", word) for at, word in enumerate(sanctions, start=1)),
    )
    return graded(grading, unit=own)["unit"]


def uncapped(grading: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in grading.items() if name != "cap"}


# Nghệ An 2025 (domain.md C5.2 T4)


@pytest.mark.parametrize(
    ("total", "low", "name"),
    [
        (90, 85, "HTXS"),
        (100, 100, "HTXS"),
        ("89.99", 80, "HTT"),
        (80, 80, "HTT"),
        ("79.99", 70, "HT"),
        (70, 70, "HT"),
        ("69.99", 10, "KHT"),
        (0, 0, "KHT"),
    ],
)
def test_nghe_an_grades_by_total_and_a_floor_for_every_criterion_t4(total: Any, low: int, name: str) -> None:
    assert grade(NGHE_AN, total, low=low) == Grade(name, False, "")


def test_92_points_with_one_criterion_at_84_percent_fit_no_row_and_the_council_is_asked_g8() -> None:
    assert grade(NGHE_AN, 92, low=84) == Grade(
        "",
        True,
        "Kết quả 92 điểm ứng với mức «HTXS» nhưng tiêu chí B mới đạt 84% điểm tối đa, dưới mức sàn 85%; "
        "cần Hội đồng quyết định.",
    )


@pytest.mark.parametrize(("total", "low"), [(85, "79.99"), (75, "69.99")])
def test_a_line_under_the_floor_of_a_lower_row_is_not_guessed_either_t4(total: int, low: str) -> None:
    assert grade(NGHE_AN, total, low=low).needs_decision is True


# A province's commune contest 2026 (domain.md C5.2 T6)


@pytest.mark.parametrize(
    ("total", "name"),
    [(107, "EXCELLENT"), (95, "EXCELLENT"), ("94.99", "GOOD"), (85, "GOOD"), ("84.99", "FAIR"), (0, "FAIR")],
)
def test_communes_are_graded_on_the_total_held_to_100_t6(total: Any, name: str) -> None:
    assert grade(COMMUNES, total).name == name


def test_percent_compares_the_exact_share_of_the_assigned_maximum() -> None:
    scheme = {**COMMUNES, "of": "percent"}
    just_under = Marks(total=D("75.99"), assigned_max=D(80))
    exactly = Marks(total=D(76), assigned_max=D(80))

    found = graded(scheme, under=just_under, exactly=exactly, nothing=Marks(total=D(0), assigned_max=D(0)))

    assert [found[unit].name for unit in ("under", "exactly", "nothing")] == ["GOOD", "EXCELLENT", ""]


def test_unknown_points_give_no_grade_and_no_decision() -> None:
    assert grade(NGHE_AN, None) == UNGRADED


# Thanh Hóa's framework 2026-2031, Điều 6 (domain-2.md 3.4, law/criteria-thanh-hoa-2026-draft.yaml)


@pytest.mark.parametrize(
    ("total", "name"),
    [
        (110, "Xuất sắc"),
        (90, "Xuất sắc"),
        ("89.99", "Tốt"),
        (80, "Tốt"),
        ("79.99", "Khá"),
        (65, "Khá"),
        ("64.99", "Trung bình"),
        (50, "Trung bình"),
        ("49.99", "Yếu"),
        (0, "Yếu"),
    ],
)
def test_thanh_hoa_has_five_grades_clause_1(total: Any, name: str) -> None:
    assert grade(uncapped(THANH_HOA), total).name == name


@pytest.mark.parametrize(
    ("total", "sanctions", "name"),
    [
        (95, ("noXS",), "Tốt"),
        (85, ("noXS",), "Tốt"),
        (95, ("noTot",), "Khá"),
        (85, ("noTot",), "Khá"),
        (60, ("noTot",), "Trung bình"),
        (95, ("down1",), "Tốt"),
        (95, ("down1", "noXS"), "Khá"),
        (95, ("noTot", "down1"), "Trung bình"),
        (40, ("down1",), "Yếu"),
        (95, ("down1", "repeat"), "Yếu"),
    ],
)
def test_thanh_hoa_sanctions_come_after_points_clauses_3_to_5(
    total: int, sanctions: tuple[str, ...], name: str
) -> None:
    assert grade(uncapped(THANH_HOA), total, sanctions=sanctions).name == name


def test_the_grade_says_which_item_moved_it() -> None:
    assert grade(uncapped(THANH_HOA), 95, sanctions=("noXS", "down1")) == Grade(
        "Khá", False, "Không xếp mức cao nhất do IX.1; hạ một mức do IX.2."
    )


def excellent(total: Any, bonus: int = 0, group_v: int = 0) -> Marks:
    return Marks(D(str(total)), D(100), values={"bonus": D(bonus), "group:V": D(group_v)})


def test_a_quarter_of_the_units_rounded_down_are_excellent_the_others_are_considered_for_the_next_clause_2() -> None:
    others = {f"u{at}": excellent(70) for at in range(4)}

    found = graded(THANH_HOA, a=excellent(96), b=excellent(92), c=excellent(94), **others)

    assert {unit: found[unit].name for unit in "abc"} == {"a": "Xuất sắc", "b": "Tốt", "c": "Tốt"}
    assert found["c"].sentence == (
        "Đủ điểm «Xuất sắc» nhưng vượt giới hạn 25% (tối đa 1 đơn vị) nên xem xét xếp loại «Tốt»."
    )
    assert found["u0"] == Grade("Khá", False, "")


def test_eight_units_have_room_for_two_and_three_for_none_clause_2() -> None:
    eight = graded(THANH_HOA, **{f"u{at}": excellent(90 + at) for at in range(8)})
    three = graded(THANH_HOA, **{f"u{at}": excellent(90 + at) for at in range(3)})

    assert sorted(unit for unit, found in eight.items() if found.name == "Xuất sắc") == ["u6", "u7"]
    assert {found.name for found in three.values()} == {"Tốt"}


def test_equal_totals_are_told_apart_by_bonus_then_group_v_clause_2() -> None:
    others = {f"u{at}": excellent(60) for at in range(2)}

    by_bonus = graded(THANH_HOA, a=excellent(95, 2, 9), b=excellent(95, 3, 1), **others)
    by_group = graded(THANH_HOA, a=excellent(95, 2, 9), b=excellent(95, 2, 1), **others)

    assert (by_bonus["a"].name, by_bonus["b"].name) == ("Tốt", "Xuất sắc")
    assert (by_group["a"].name, by_group["b"].name) == ("Xuất sắc", "Tốt")


def test_units_equal_in_everything_at_the_last_place_are_left_to_the_council_clause_2() -> None:
    others = {f"u{at}": excellent(60) for at in range(2)}

    found = graded(THANH_HOA, a=excellent(95, 2, 9), b=excellent(95, 2, 9), **others)

    asked = Grade("", True, "Bằng nhau ở vị trí cuối trong 1 đơn vị được xếp «Xuất sắc»; cần Hội đồng quyết định.")
    assert (found["a"], found["b"]) == (asked, asked)


@given(st.lists(st.decimals(0, 110, places=2), min_size=1, max_size=30))
def test_never_more_than_a_quarter_are_excellent_and_never_below_a_lower_total(totals: list[Decimal]) -> None:
    found = graded(THANH_HOA, **{f"u{at}": excellent(total) for at, total in enumerate(totals)})

    best = [totals[int(unit[1:])] for unit, own in found.items() if own.name == "Xuất sắc"]
    others = [totals[int(unit[1:])] for unit, own in found.items() if own.name != "Xuất sắc"]
    assert len(best) * 4 <= len(totals)
    assert not best or not others or min(best) > max(others)


# The bands themselves


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def faults(scores: Scores, grading: Any) -> list[str]:
    return grading_faults(grading, tree=load_tree(scores.criteria_set), scale=D(100))


def bands(*rows: tuple[str, Any], **rest: Any) -> dict[str, Any]:
    return {"bands": [{"name": name} | ({} if least is None else {"from": least}) for name, least in rows], **rest}


@pytest.mark.parametrize("grading", [{}, NGHE_AN, COMMUNES, uncapped(THANH_HOA)])
def test_the_bands_of_the_sources_are_sound(scores: Scores, grading: Any) -> None:
    assert faults(scores, grading) == []


@pytest.mark.parametrize(
    ("grading", "sentence"),
    [
        (
            {"bands": [{"name": "A", "from": 80}, {"name": "B", "below": 85}]},
            "Mức «A» và mức «B» chồng lên nhau. Hãy xếp mức cao trước, mức sau kết thúc đúng chỗ mức trước bắt đầu.",
        ),
        (
            bands(("A", 80), ("B", 90), ("C", None)),
            "Mức «A» và mức «B» chồng lên nhau. Hãy xếp mức cao trước, mức sau kết thúc đúng chỗ mức trước bắt đầu.",
        ),
        (
            {"bands": [{"name": "A", "from": 80}, {"name": "B", "below": 75}]},
            "Kết quả từ 75 đến dưới 80 không thuộc mức nào, giữa «A» và «B».",
        ),
        (
            bands(("A", 80), ("B", 70)),
            "Kết quả dưới 70 không thuộc mức nào. Hãy để trống điểm bắt đầu của mức cuối.",
        ),
        (
            {"bands": [{"name": "A", "from": 80, "below": 95}, {"name": "B"}]},
            "Kết quả từ 95 trở lên không thuộc mức nào. Hãy bỏ giới hạn trên của mức đầu.",
        ),
        (bands(("A", None), ("B", None)), "Mức «A» phải ghi điểm bắt đầu; chỉ mức cuối cùng được để trống."),
        (bands(("A", "cao"), ("B", None)), "Mức «A»: điểm bắt đầu «cao» không phải là số."),
        (bands(("A", 80), ("a", None)), "Tên mức «A» được dùng nhiều lần. Hãy đặt mỗi mức một tên."),
        (bands(("", 80), ("B", None)), "Mỗi mức xếp loại phải có tên."),
        (bands(("A", None)), "Phần xếp loại cần ít nhất hai mức."),
        (
            bands(("A", 900), ("B", None), of="percent"),
            "Mức «A» bắt đầu từ 900, lớn hơn 100 là giá trị cao nhất có thể đạt.",
        ),
        (
            {"bands": [{"name": "A", "from": 80, "floor": 850}, {"name": "B"}]},
            "Mức «A»: mức sàn 850% phải nằm trong khoảng từ 0 đến 100%.",
        ),
        (
            bands(("A", 80), ("B", None), of="stars"),
            "Phần xếp loại tính theo «stars» mà hệ thống không biết. Hãy chọn một trong: percent, points, capped.",
        ),
        (bands(("A", 80), ("B", None), top=1), "Phần xếp loại có mục «top» mà hệ thống không biết. Hãy bỏ mục này."),
        (
            bands(("A", 80), ("B", None), cap={"band": "Giỏi", "percent": 25}),
            "Giới hạn tỷ lệ nêu mức «Giỏi» không có trong các mức xếp loại.",
        ),
        (
            bands(("A", 80), ("B", None), cap={"band": "A", "percent": 0}),
            "Giới hạn tỷ lệ phải là số phần trăm lớn hơn 0 và không quá 100.",
        ),
        (
            bands(("A", 80), ("B", None), cap={"band": "A", "percent": 25, "tie_break": ["group:Z"]}),
            "Thứ tự ưu tiên khi vượt tỷ lệ có mục «group:Z» mà bảng tiêu chí không có.",
        ),
        ({"bands": ["A"]}, "Phần xếp loại không đọc được. Hãy ghi lại các mức ở trang Xếp loại."),
    ],
)
def test_each_fault_of_the_bands_is_a_sentence(scores: Scores, grading: Any, sentence: str) -> None:
    assert sentence in faults(scores, grading)


def test_a_sanction_that_nobody_knows_is_found(scores: Scores) -> None:
    Criterion.objects.filter(pk=scores.criteria["P"].pk).update(options={"sanction": "noGood"})
    Criterion.objects.filter(pk=scores.criteria["T"].pk).update(options={"sanction": "noXS"})

    assert faults(scores, {}) == [
        "Tiêu chí T: chỉ điểm trừ mới kèm được chế tài xếp loại.",
        "Tiêu chí P: chế tài «noGood» mà hệ thống không biết. Hãy dùng một trong: noXS, noTot, down1, repeat.",
    ]


def test_only_a_draft_takes_new_bands_and_only_sound_ones(scores: Scores) -> None:
    with pytest.raises(TransitionRefused, match="Đang áp dụng"):
        set_grading(scores.criteria_set, grading=NGHE_AN, actor=None)
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(state="draft")
    with pytest.raises(TransitionRefused, match="Phần xếp loại cần ít nhất hai mức"):
        set_grading(scores.criteria_set, grading=bands(("A", None)), actor=None)

    set_grading(scores.criteria_set, grading=NGHE_AN, actor=None)

    assert scores.criteria_set.grading == NGHE_AN
    assert [entry.action for entry in audit.entries_of(scores.criteria_set)] == ["Sửa mức xếp loại"]


# Grades of a table


def with_grading(scores: Scores, grading: dict[str, Any]) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(grading=grading)


def test_a_table_without_bands_has_no_grades(scores: Scores) -> None:
    scores.filled(scores.world.syt, 50)

    assert grades_of(consolidated(scores.world.year)) == {}


def test_grades_follow_the_official_points_of_each_sheet(scores: Scores, django_assert_num_queries: Any) -> None:
    with_grading(scores, bands(("Giỏi", 85), ("Khá", None)))
    good = scores.filled(scores.world.syt, 50, actual=120)
    other = scores.filled(scores.world.sgddt, 20)
    blank = scores.sheet(scores.world.sldtbxh)
    table = consolidated(scores.world.year)

    with django_assert_num_queries(0):
        found = grades_of(table)

    assert found == {good.pk: Grade("Giỏi", False, ""), other.pk: Grade("Khá", False, ""), blank.pk: UNGRADED}


def test_a_deduction_with_a_sanction_counts_from_its_first_time_unless_it_was_set_to_nothing(scores: Scores) -> None:
    with_grading(scores, bands(("Giỏi", 60), ("Khá", 40), ("Yếu", None)))
    Criterion.objects.filter(pk=scores.criteria["P"].pk).update(options={"per": 1, "sanction": "down1"})
    once = scores.filled(scores.world.syt, 50)
    scores.line(once, "P", times=1)
    cleared = scores.filled(scores.world.sgddt, 50)
    scores.line(cleared, "P", times=1, agreed_points=0)

    found = grades_of(consolidated(scores.world.year))

    assert (found[once.pk], found[cleared.pk].name) == (Grade("Khá", False, "Hạ một mức do P."), "Giỏi")


# Pages


def test_the_bands_are_told_in_words() -> None:
    assert words_of_grading(NGHE_AN) == (
        "theo tổng điểm: HTXS từ 90 và mỗi tiêu chí đạt ít nhất 85%; HTT từ 80 và mỗi tiêu chí đạt ít nhất 80%; "
        "HT từ 70 và mỗi tiêu chí đạt ít nhất 70%; KHT dưới 70"
    )
    assert words_of_grading(THANH_HOA).endswith("Yếu dưới 50; tối đa 25% số đơn vị được xếp «Xuất sắc»")
    assert words_of_grading({}) == ""


def filled_in(grading: dict[str, Any]) -> dict[str, Any]:
    rows = [(f"{name}_{at}", band[name]) for at, band in enumerate(grading["bands"], start=1) for name in band]
    return dict(rows) | {"of": grading["of"]}


def test_the_bands_of_a_draft_are_edited_in_rows(client: Any, scores: Scores) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(state="draft")
    client.force_login(scores.world.person("secretary"))
    url = f"/bo-tieu-chi/{scores.criteria_set.pk}/xep-loai/"
    typed = filled_in(NGHE_AN) | {"percent": "25", "cap_1": "bonus", "cap_2": "group:A", "from_3": "70,5"}

    answer = client.post(url, typed)

    scores.criteria_set.refresh_from_db()
    stored = scores.criteria_set.grading
    assert (answer.status_code, stored["bands"][2]) == (302, {"name": "HT", "from": 70.5, "floor": 70})
    assert stored["cap"] == {"band": "HTXS", "percent": 25, "tie_break": ["bonus", "group:A"]}
    assert 'value="70,5"' in client.get(url).content.decode()
    assert "Xếp loại theo tổng điểm: HTXS từ 90" in client.get(answer["Location"]).content.decode()


def test_bands_that_overlap_are_refused_and_what_was_typed_stays(client: Any, scores: Scores) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(state="draft")
    client.force_login(scores.world.person("secretary"))
    url = f"/bo-tieu-chi/{scores.criteria_set.pk}/xep-loai/"

    page = client.post(url, {"of": "points", "name_1": "Giỏi", "from_1": "70", "name_2": "Khá", "from_2": "90"})
    nameless = client.post(url, {"of": "points", "from_1": "chín mươi", "floor_1": "85"})

    assert "Mức «Giỏi» và mức «Khá» chồng lên nhau." in page.content.decode()
    assert 'value="Giỏi"' in page.content.decode()
    assert "Hãy ghi tên mức xếp loại." in nameless.content.decode()
    assert "«chín mươi» không phải là số" in nameless.content.decode()
    scores.criteria_set.refresh_from_db()
    assert scores.criteria_set.grading == {}


def test_all_rows_empty_take_the_grades_away(client: Any, scores: Scores) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(state="draft", grading=NGHE_AN)
    client.force_login(scores.world.person("secretary"))

    client.post(f"/bo-tieu-chi/{scores.criteria_set.pk}/xep-loai/", {"of": "points"})

    scores.criteria_set.refresh_from_db()
    assert scores.criteria_set.grading == {}


def test_a_set_with_unsound_bands_is_not_opened(scores: Scores) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(state="draft", grading=bands(("A", None)))
    scores.criteria_set.refresh_from_db()

    with pytest.raises(TransitionRefused, match="Mức xếp loại chưa đúng: Phần xếp loại cần ít nhất hai mức"):
        CRITERIA_SET.perform(scores.criteria_set, "open", actor=None)
