"""Published numbers of real scoring tables, votes and grades; every test names its source."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.domain.computing import Entry, Leaf, compute_bloc, compute_leaf, compute_line
from scoring.domain.grading import Grade, Marks, grade_units, read_scheme
from scoring.domain.polls import needed_votes, vote_passes
from scoring.domain.ranking import consolidated
from scoring.domain.ready_settings import QUOTAS, dates_of
from scoring.domain.starting import start_set
from scoring.domain.suspecting import suggestions
from scoring.domain.ties import TieBreak, rank
from scoring.domain.totals import Group, Outline, Totals, settle, total_up
from scoring.domain.tree import Node
from scoring.enums import AppraisedBy
from scoring.models import ScoreLine
from scoring.presets import preset
from tests.factories import ScoreSheetFactory
from tests.world import World

D = Decimal


def told(plan: Any, actual: Any) -> Entry:
    return Entry(plan=None if plan is None else D(plan), actual=D(actual))


def totals_of(outline: Outline, lines: Mapping[str, Entry]) -> Totals:
    """What one unit gets for ``lines`` by code; the others are blank."""
    computed = compute_bloc(outline.leaves, {"unit": lines})["unit"]
    return total_up(
        outline,
        {leaf.code: settle(leaf, lines.get(leaf.code, Entry()), computed[leaf.code]) for leaf in outline.leaves},
    )


def line_points(key: str, code: str, line: Entry) -> Decimal | None:
    """Points of one line of a ready-made table."""
    return compute_line(node(key, code).leaf, line).points


def node(key: str, code: str) -> Node:
    return preset(key).tree.by_code[code]


def full(key: str) -> dict[str, Entry]:
    """All of every base line of a ready-made table, as agreed points."""
    lines = {}
    for leaf in preset(key).tree.leaves:
        if leaf.kind not in ("bonus", "deduction"):
            lines[leaf.code] = Entry(agreed_points=leaf.max_points)
    return lines


# Votes


@pytest.mark.parametrize(
    ("yes", "base", "percent", "passes"),
    [
        (10, 13, 80, False),
        (11, 13, 80, True),
        (11, 13, 90, False),
        (12, 13, 90, True),
        (8, 9, 90, False),
        (9, 9, 90, True),
        (7, 9, 80, False),
        (8, 9, 80, True),
        (13, 15, 90, False),
        (14, 15, 90, True),
        (11, 15, 80, False),
        (12, 15, 80, True),
    ],
)
def test_shares_of_votes_are_compared_in_integers_g1(yes: int, base: int, percent: int, passes: bool) -> None:
    """domain.md G.1: councils of 13, 9 and 15 at 80 and 90 percent (NĐ 98/2023, Điều 30 khoản 7)."""
    assert vote_passes(yes=yes, base=base, percent=percent) is passes


@pytest.mark.parametrize(
    ("base", "percent", "needed"), [(13, 80, 11), (13, 90, 12), (9, 90, 9), (9, 80, 8), (15, 90, 14), (15, 80, 12)]
)
def test_the_votes_needed_g1(base: int, percent: int, needed: int) -> None:
    """domain.md G.1: the smallest number that passes."""
    assert needed_votes(base=base, percent=percent) == needed


def test_who_is_absent_counts_by_the_written_opinion_alone_g1() -> None:
    """domain.md G.1: 10 present and one absent who wrote yes pass 80 % of 13; the same one silent does not."""
    assert vote_passes(yes=10 + 1, base=13, percent=80)
    assert not vote_passes(yes=10, base=13, percent=80)


# T2, T4, T5


@pytest.mark.parametrize(("bonus", "total"), [(10, 107), (15, 112)])
def test_a_bonus_may_pass_one_hundred_t2(bonus: int, total: int) -> None:
    """domain.md C5.2 T2 (Thành phố Hồ Chí Minh): 97 + 10 = 107 with a city flag; +15 with the Government's."""
    outline = Outline((), (Leaf("A", "judged", D(100)), Leaf("T", "bonus", D(15))))

    result = totals_of(outline, {"A": Entry(agreed_points=D(97)), "T": Entry(agreed_points=D(bonus))})

    assert (result.base, result.bonus, result.total, result.assigned_max) == (D(97), D(bonus), D(total), D(100))


T4 = read_scheme(
    {
        "bands": [
            {"name": "HTXS", "from": 90, "floor": 85},
            {"name": "HTT", "from": 80, "floor": 80},
            {"name": "HT", "from": 70, "floor": 70},
            {"name": "KHT", "from": None},
        ],
        "of": "points",
    }
)


def grade(total: Any, lowest: int) -> Grade:
    assert T4 is not None
    marks = Marks(D(total), D(100), {"A": Fraction(lowest, 100), "B": Fraction(1)})
    return grade_units(T4, {"unit": marks}, scale=D(100))["unit"]


@pytest.mark.parametrize(
    ("total", "lowest", "name"),
    [
        ("90", 85, "HTXS"),
        ("100", 100, "HTXS"),
        ("89.99", 80, "HTT"),
        ("80", 80, "HTT"),
        ("79.99", 70, "HT"),
        ("70", 70, "HT"),
        ("69.99", 0, "KHT"),
        ("0", 0, "KHT"),
    ],
)
def test_grades_go_by_total_and_by_the_weakest_criterion_t4(total: str, lowest: int, name: str) -> None:
    """domain.md C5.2 T4 (Nghệ An 2025): ≥ 90 and none under 85 %; 80–<90 and 80 %; 70–<80 and 70 %; < 70."""
    assert (grade(total, lowest).name, grade(total, lowest).needs_decision) == (name, False)


@pytest.mark.parametrize(("total", "lowest"), [("92", 84), ("85", 79), ("75", 69)])
def test_a_weak_criterion_under_a_high_total_is_left_to_the_council_g8(total: str, lowest: int) -> None:
    """domain.md G.8: 92 points with one criterion at 84 % fit no row of T4: «cần Hội đồng quyết định»."""
    found = grade(total, lowest)

    assert (found.name, found.needs_decision) == ("", True)
    assert "cần Hội đồng quyết định" in found.sentence


RELATIVE = Leaf("A", "quantitative", D(10), "relative-to-leader")


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        (
            {"A": told(100, 120), "C": told(50, 60), "D": told(80, 80)},
            {"A": D(10), "C": D(10), "D": D(5)},
        ),
        (
            {"B": told(None, 150), "E": told(None, 100), "F": told(None, 75)},
            {"B": D(10), "E": D("6.67"), "F": D(5)},
        ),
    ],
)
def test_points_relative_to_the_leader_t5(lines: dict[str, Entry], points: dict[str, Decimal]) -> None:
    """domain.md C5.2 T5 (Quảng Trị), MS = 10: with plans 10, 10, 5; without 10, 6.67, 5; the leader by percent."""
    apart = compute_leaf(RELATIVE, lines)
    together = compute_leaf(RELATIVE, lines | {"other": told(100, 110), "free": told(None, 1)})

    assert {unit: each.points for unit, each in apart.items()} == points
    assert {unit: together[unit].points for unit in points} == points


@pytest.mark.parametrize(
    ("actual", "points"), [(0, "0"), (50, "2.5"), (99, "4.95"), (100, "5"), (110, "7.5"), (120, "10")]
)
def test_the_five_cases_of_the_police_formula_t5(actual: int, points: str) -> None:
    """domain.md C5.2 T5: A < T gives 0,5·MS·A/T; A = T half; above it a part by the excess; the leader MS."""
    result = compute_leaf(RELATIVE, {"leader": told(100, 120), "unit": told(100, actual)})

    assert result["unit"].points == D(points)


# Hưng Yên's guide of 2021 (draft)


@pytest.mark.parametrize(
    ("actual", "points", "surplus"),
    [(97, "145.5", "0"), (100, "150", "0"), (101, "150", "1.5"), (110, "150", "15"), (140, "150", "15")],
)
def test_hung_yen_v1_v2a_actual_over_plan_and_one_percent_bonus_for_one_percent(
    actual: int, points: str, surplus: str
) -> None:
    """Hưng Yên's guide V.1 and V.2a: A/T × điểm chuẩn; 1 % over gives 1 % of it, not over 10 %."""
    computed = compute_line(node("hung-yen", "I.1").leaf, told(100, actual))

    assert (computed.points, computed.surplus) == (D(points), D(surplus))


def test_hung_yen_v2a_all_surplus_together_is_at_most_20_points() -> None:
    """Hưng Yên's guide V.2a: tổng số điểm thưởng các chỉ tiêu định lượng không quá 20 điểm (15 + 15 here)."""
    lines = full("hung-yen") | {"I.1": told(100, 110), "I.2": told(100, 110)}

    result = totals_of(preset("hung-yen").tree.outline, lines)

    assert (result.base, result.bonus, result.total) == (D(1000), D(20), D(1020))


@pytest.mark.parametrize("code", ["I.3", "I.4", "I.5", "I.6"])
def test_hung_yen_v1_four_targets_are_to_be_brought_down(code: str) -> None:
    """Hưng Yên's guide V.1: poor households, birth rate, third child, malnutrition: T/A × điểm chuẩn."""
    assert [line_points("hung-yen", code, told(4, actual)) for actual in (2, 4, 5, 8)] == [D(50), D(50), D(40), D(25)]


@pytest.mark.parametrize("code", ["I.7", "II.1", "II.2", "III.1", "III.2"])
def test_hung_yen_v1b_level_a_is_all_of_the_points(code: str) -> None:
    """Hưng Yên's guide V.1b: A, B, C, D; A is the maximum, the others are less and the bloc's to agree."""
    levels = node("hung-yen", code).options["levels"]
    points = [line_points("hung-yen", code, Entry(level=level["name"])) or D(0) for level in levels]

    assert [level["name"][0] for level in levels] == ["A", "B", "C", "D"]
    assert points[0] == node("hung-yen", code).max_points
    assert points == sorted(points, reverse=True)


def test_hung_yen_v2a_creativity_and_commendation_work_give_five_each() -> None:
    """Hưng Yên's guide V.2a: sáng tạo 5 điểm; công tác thi đua, khen thưởng 5 điểm, do Ban TĐKT chấm."""
    lines = full("hung-yen") | {"T.1": Entry(self_points=D(5)), "T.2": Entry(self_points=D(9))}

    result = totals_of(preset("hung-yen").tree.outline, lines)

    assert (result.bonus, result.total) == (D(10), D(1010))
    assert [node("hung-yen", code).appraised_by for code in ("T.1", "T.2", "P.4")] == [
        AppraisedBy.SECRETARIAT,
        AppraisedBy.STANDING,
        AppraisedBy.STANDING,
    ]


@pytest.mark.parametrize(
    ("code", "times", "points"),
    [
        ("P.1", 1, 5),
        ("P.1", 3, 5),
        ("P.2", 1, 5),
        ("P.2", 3, 15),
        ("P.2", 25, 125),
        ("P.4", 1, 10),
        ("P.5", 1, 10),
        ("P.6", 1, 10),
        ("P.7", 1, 20),
    ],
)
def test_hung_yen_v2b_deductions_of_5_10_and_20(code: str, times: int, points: int) -> None:
    """Hưng Yên's guide V.2b: −5 no leader at an activity, each returned dossier; −10 three cases; −20 cảnh cáo."""
    lines = full("hung-yen") | {code: Entry(times=times)}

    result = totals_of(preset("hung-yen").tree.outline, lines)

    assert (result.deduction, result.total) == (D(points), D(1000) - points)


@pytest.mark.parametrize(("days", "points"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10), (15, 20), (60, 20)])
def test_hung_yen_v2b_lateness_in_three_bands(days: int, points: int) -> None:
    """Hưng Yên's guide V.2b: 5 to under 10 days −5; 10 to under 15 −10; from 15 −20."""
    assert line_points("hung-yen", "P.3", Entry(times=days)) == D(points)


@pytest.mark.parametrize(("code", "barred"), [("P.6", []), ("P.7", [True])])
def test_hung_yen_v2b_a_leader_disciplined_from_canh_cao_is_barred_from_flag_and_certificate(
    world: World, code: str, barred: list[bool]
) -> None:
    """Hưng Yên's guide V.2b: từ cảnh cáo −20 and not proposed for Cờ, Bằng khen; khiển trách −10 alone."""
    made = start_set(world.year, source="hung-yen", actor=None)
    sheet = ScoreSheetFactory(bloc_year=world.year, criteria_set=made, agency=world.syt, state="agreed")
    ScoreLine.objects.create(sheet=sheet, criterion=made.criteria.get(code=code), times=1)

    found = suggestions(world.year, consolidated(world.year), today=date(2020, 6, 1))

    assert [each.bars_certificates for each in found if each.code == f"bars:{code}"] == barred


def test_hung_yen_v3_v4_the_total_is_what_head_and_standing_body_gave() -> None:
    """Hưng Yên's guide V.3b, V.3c, V.4: head and deputy give I and II, the standing body III; the total adds both."""
    tree = preset("hung-yen").tree
    given = {
        leaf.code: Entry(self_points=leaf.max_points, appraised_points=leaf.max_points - 1) for leaf in tree.leaves
    }
    base = {leaf.code: given[leaf.code] for leaf in tree.leaves if leaf.kind not in ("bonus", "deduction")}
    by = {leaf.path[0]: leaf.appraised_by for leaf in tree.leaves if leaf.code in base}

    result = totals_of(tree.outline, base)

    assert by == {"I": AppraisedBy.SECRETARIAT, "II": AppraisedBy.SECRETARIAT, "III": AppraisedBy.STANDING}
    assert result.groups["III"] == D(98)
    assert result.total == sum((result.groups[code] or D(0) for code in ("I", "II", "III")), D(0)) == D(989)


def test_hung_yen_c_a_part_never_gives_more_than_its_total() -> None:
    """Hưng Yên's guide C: more or finer criteria never pass the total of each part."""
    outline = preset("hung-yen").tree.outline
    more = Outline(outline.groups, (*outline.leaves, Leaf("II.3", "judged", D(50), path=("II",))))

    result = totals_of(more, full("hung-yen") | {"II.3": Entry(agreed_points=D(50))})

    assert (result.groups["II"], result.total) == (D(200), D(1000))


def test_hung_yen_iii_vi_dates_and_quotas() -> None:
    """Hưng Yên's guide A.III: January or 15/02, July or 15/8, before 10/01 or 31/01; A.VI: 02 Cờ + 01 Bằng khen;
    enterprises 08 + 05, their clusters 02 + 01 and 03 + 02.
    """

    def days(terms: str) -> list[str]:
        return [day.strftime("%d/%m/%Y") for day in dates_of(2021, terms=terms).values()]

    assert days("last") == ["15/02/2021", "15/08/2021", "31/01/2022"]
    assert days("usual") == ["31/01/2021", "31/07/2021", "09/01/2022"]
    assert [(each.flags, each.certificates) for each in QUOTAS.values()] == [(2, 1), (8, 5), (2, 1), (3, 2)]


# Thanh Hóa's framework of 2026 (draft)

THANH_HOA = preset("thanh-hoa-xa").tree.outline


@pytest.mark.parametrize(("level", "points"), [("Đạt", "1.5"), ("Không đạt", "0")])
def test_thanh_hoa_a_choice_gives_the_points_of_its_level(level: str, points: str) -> None:
    """Thanh Hóa's framework I.1.a: 1,5 or 0."""
    assert line_points("thanh-hoa-xa", "I.1.a", Entry(level=level)) == D(points)


def test_thanh_hoa_a_voiding_level_takes_the_whole_criterion_and_no_other() -> None:
    """Thanh Hóa's framework: «mất điểm toàn tiêu chí» takes I.1 (5 points) and leaves the rest of group I (15)."""
    void = {"levels": [{"name": "Đạt", "points": 2}, {"name": "Sai", "points": 0, "voids": True}]}
    leaves = tuple(replace(leaf, options=void) if leaf.code == "I.1.c" else leaf for leaf in THANH_HOA.leaves)

    result = totals_of(Outline(THANH_HOA.groups, leaves), full("thanh-hoa-xa") | {"I.1.c": Entry(level="Sai")})

    assert (result.groups["I.1"], result.groups["I"], result.base) == (D(0), D(15), D(95))


@pytest.mark.parametrize(("times", "points"), [(0, "1.5"), (1, "1"), (2, "0.5"), (3, "0"), (9, "0")])
def test_thanh_hoa_minus_takes_half_a_point_each_time(times: int, points: str) -> None:
    """Thanh Hóa's framework III.3.a: 1,5 less 0,5 for each occurrence, never below zero."""
    assert line_points("thanh-hoa-xa", "III.3.a", Entry(times=times)) == D(points)


@pytest.mark.parametrize(
    ("actual", "points"), [("100", "6"), ("93", "5.5"), ("93.75", "5.75"), ("50", "3"), ("2", "0"), ("120", "6")]
)
def test_thanh_hoa_a_ratio_is_rounded_to_a_quarter(actual: str, points: str) -> None:
    """Thanh Hóa's framework II.3: rate × 6, rounded to 0,25."""
    assert line_points("thanh-hoa-xa", "II.3.a", told(100, actual)) == D(points)


@pytest.mark.parametrize(("times", "points"), [(0, 0), (1, 3), (2, 6), (5, 6)])
def test_thanh_hoa_a_count_gives_three_points_each_and_six_at_most(times: int, points: int) -> None:
    """Thanh Hóa's framework V.1: 3 each, at most 6."""
    assert line_points("thanh-hoa-xa", "V.1.a", Entry(times=times)) == D(points)


@pytest.mark.parametrize(
    ("code", "times", "points"),
    [
        ("IX.1", 1, 5),
        ("IX.1", 2, 5),
        ("IX.2", 1, 3),
        ("IX.3", 4, 4),
        ("IX.3", 7, 5),
        ("IX.4", 1, 5),
        ("IX.5", 9, 5),
        ("IX.6", 1, 3),
        ("IX.6", 2, 6),
        ("IX.6", 3, 6),
        ("IX.7", 1, 10),
        ("IX.8", 1, 5),
        ("IX.8", 3, 10),
        ("IX.9", 1, 5),
    ],
)
def test_thanh_hoa_each_deduction_has_its_step_and_cap(code: str, times: int, points: int) -> None:
    """Thanh Hóa's framework IX.1–IX.9: per and cap."""
    assert line_points("thanh-hoa-xa", code, Entry(times=times)) == D(points)


def test_thanh_hoa_the_draft_numbers_are_clamped_at_every_level() -> None:
    """domain-2.md 3.4: components of 9 under a criterion of 6; bonus items of 13 under a group of 10."""
    leaves = (
        *(Leaf(f"III.3.{n}", "judged", D(3), path=("III", "III.3")) for n in "abc"),
        *(Leaf(f"VIII.{n}", "bonus", D(points), path=("VIII",)) for n, points in enumerate((5, 3, 2, 3), start=1)),
    )
    groups = (Group("III", D(20)), Group("III.3", D(6), ("III",)), Group("VIII", D(10)))

    result = totals_of(Outline(groups, leaves), {leaf.code: Entry(agreed_points=leaf.max_points) for leaf in leaves})

    assert (result.base, result.bonus, result.total) == (D(6), D(10), D(16))


def test_thanh_hoa_the_total_lies_between_0_and_110() -> None:
    """Thanh Hóa's framework: I–VII 100 + bonus ≤ 10 − deductions ≤ 20, between 0 and 110, two decimals."""
    bonus = {f"VIII.{n}": Entry(self_points=D(4)) for n in range(1, 4)} | {"VIII.4": Entry(times=9)}
    deductions = {f"IX.{n}": Entry(times=99) for n in range(1, 10)}
    nothing = {code: Entry(agreed_points=D(0)) for code in full("thanh-hoa-xa")}

    best = totals_of(THANH_HOA, full("thanh-hoa-xa") | bonus)
    both = totals_of(THANH_HOA, full("thanh-hoa-xa") | bonus | deductions)
    worst = totals_of(THANH_HOA, nothing | deductions)

    assert (best.bonus, best.total) == (D(10), D(110))
    assert (both.deduction, both.total) == (D(20), D(90))
    assert (worst.deduction, worst.total) == (D(20), D(0))


BANDS = read_scheme(preset("thanh-hoa-xa").grading)


def thanh_hoa(marks: Mapping[Any, Marks]) -> dict[Any, str]:
    assert BANDS is not None
    return {unit: each.name for unit, each in grade_units(BANDS, marks, scale=D(100)).items()}


def unit(total: Any, *sanctions: str, bonus: int = 0, group: int = 0) -> Marks:
    return Marks(
        D(total),
        D(100),
        sanctions=tuple((f"IX.{n}", word) for n, word in enumerate(sanctions, start=1)),
        values={"bonus": D(bonus), "group:V": D(group)},
    )


@pytest.mark.parametrize(
    ("total", "name"),
    [
        ("110", "Xuất sắc"),
        ("90", "Xuất sắc"),
        ("89.99", "Tốt"),
        ("80", "Tốt"),
        ("79.99", "Khá"),
        ("65", "Khá"),
        ("64.99", "Trung bình"),
        ("50", "Trung bình"),
        ("49.99", "Yếu"),
        ("0", "Yếu"),
    ],
)
def test_thanh_hoa_five_grades(total: str, name: str) -> None:
    """Thanh Hóa's framework: 90, 80, 65, 50 (with room for the best: one of four)."""
    others = {n: unit(0) for n in range(3)}

    assert thanh_hoa({"unit": unit(total), **others})["unit"] == name


@pytest.mark.parametrize(("units", "room"), [(3, 0), (4, 1), (7, 1), (8, 2), (12, 3), (15, 3)])
def test_thanh_hoa_at_most_a_quarter_are_excellent_rounded_down(units: int, room: int) -> None:
    """Thanh Hóa's framework: floor(n × 25 %); whoever is over is considered for «Tốt»."""
    grades = thanh_hoa({n: unit(110 - n) for n in range(units)})

    assert [grades[n] for n in range(units)] == ["Xuất sắc"] * room + ["Tốt"] * (units - room)


def test_thanh_hoa_the_quarter_goes_by_total_then_bonus_then_group_v() -> None:
    """Thanh Hóa's framework: total → bonus VIII → group V; one place of four."""
    by_bonus = {1: unit(95, bonus=3), 2: unit(95, bonus=5), 3: unit(94, bonus=9), 4: unit(60)}
    by_group = {1: unit(95, bonus=5, group=8), 2: unit(95, bonus=5, group=9), 3: unit(94), 4: unit(60)}

    assert [thanh_hoa(by_bonus)[n] for n in (1, 2, 3)] == ["Tốt", "Xuất sắc", "Tốt"]
    assert [thanh_hoa(by_group)[n] for n in (1, 2, 3)] == ["Tốt", "Xuất sắc", "Tốt"]


def test_thanh_hoa_ranks_break_ties_by_bonus_then_group_v() -> None:
    """Thanh Hóa's framework: the order of tie-breaks that the ready-made table carries."""
    known = {"bonus": {1: D(3), 2: D(5), 3: D(5)}, "group:V": {1: D(10), 2: D(8), 3: D(9)}}
    breaks = [TieBreak(entry, known[entry]) for entry in preset("thanh-hoa-xa").tie_break]

    places = rank({1: D(95), 2: D(95), 3: D(95)}, breaks)

    assert {each: (place.rank, place.tie_broken_by) for each, place in places.items()} == {
        3: (1, "group:V"),
        2: (2, "group:V"),
        1: (3, "bonus"),
    }


@pytest.mark.parametrize(
    ("sanction", "total", "name"),
    [
        ("noXS", 95, "Tốt"),
        ("noXS", 85, "Tốt"),
        ("noTot", 95, "Khá"),
        ("noTot", 85, "Khá"),
        ("noTot", 70, "Khá"),
        ("down1", 85, "Khá"),
        ("down1", 55, "Yếu"),
        ("down1", 10, "Yếu"),
        ("repeat", 99, "Yếu"),
    ],
)
def test_thanh_hoa_sanctions_apart_from_points(sanction: str, total: int, name: str) -> None:
    """Thanh Hóa's framework: noXS, noTot, one level down, repeated false evidence → Yếu."""
    others = {n: unit(0) for n in range(3)}

    assert thanh_hoa({"unit": unit(total, sanction), **others})["unit"] == name
