"""Points of lines and totals, against published numbers, and what must hold for any numbers."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.domain import computing
from scoring.domain.computing import Computed, Entry, Leaf, compute_bloc, compute_leaf, compute_line, half_up
from scoring.domain.ties import Place, TieBreak, rank
from scoring.domain.totals import Group, Outline, Settled, settle, total_up

# The same examples on every run, on a slow machine too.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

D = Decimal
RELATIVE = Leaf("A1", "quantitative", D(10), "relative-to-leader")


def quantity(formula: str, **options: Any) -> Leaf:
    return Leaf("A1", "quantitative", D(10), formula, options)


def told(plan: Any, actual: Any) -> Entry:
    return Entry(plan=None if plan is None else D(plan), actual=None if actual is None else D(actual))


def points(leaf: Leaf, line: Entry) -> Decimal | None:
    return compute_line(leaf, line).points


def bloc(**lines: Entry) -> dict[str, Decimal | None]:
    return {name: each.points for name, each in compute_leaf(RELATIVE, lines).items()}


def total_of(outline: Outline, **lines: Settled) -> Any:
    return total_up(outline, lines)


# Quantitative: the formulas


def test_relative_to_leader_with_plans_gives_the_published_points() -> None:
    """domain.md C5.2 T5 (Quảng Trị): A 100→120 = 10; C 50→60 = 10; D 80→80 = 5."""
    result = bloc(A=told(100, 120), C=told(50, 60), D=told(80, 80))

    assert result == {"A": D(10), "C": D(10), "D": D(5)}


def test_relative_to_leader_ranks_units_without_a_plan_apart() -> None:
    """domain.md C5.2 T5: no target, B 150 = 10, E 100 = 6.67, F 75 = 5; the planned stay as they were."""
    result = bloc(B=told(None, 150), E=told(0, 100), F=told(None, 75), A=told(100, 120), D=told(80, 80))

    assert result == {"A": D(10), "B": D(10), "D": D(5), "E": D("6.67"), "F": D(5)}


def test_relative_to_leader_between_plan_and_leader_and_below_plan() -> None:
    """interfaces.md: 0.5·M + own excess ÷ leader's excess · 0.5·M; below plan 0.5·M·A/T."""
    result = bloc(leader=told(100, 140), second=told(100, 110), below=told(100, 50))

    assert result == {"leader": D(10), "second": D("6.25"), "below": D("2.5")}


def test_a_late_entry_recomputes_the_whole_bloc() -> None:
    before = bloc(A=told(100, 120), D=told(80, 80))
    after = bloc(A=told(100, 120), D=told(80, 80), late=told(10, 14))

    assert (before["A"], after["A"], after["late"]) == (D(10), D("7.5"), D(10))


def test_a_blank_or_unassigned_line_is_not_compared() -> None:
    lines = {"A": told(100, 110), "blank": told(100, None), "out": Entry(assigned=False, plan=D(1), actual=D(9))}

    result = compute_leaf(RELATIVE, lines)

    assert (result["A"].points, result["blank"], result["out"]) == (D(10), Computed(), Computed())


def test_without_any_plan_and_result_relative_points_are_a_fault_and_not_zero() -> None:
    result = compute_leaf(RELATIVE, {"A": told(None, 0), "B": told(-5, 3)})

    assert result["A"] == Computed(fault=computing.NO_RESULTS)
    assert result["B"] == Computed(fault=computing.NEGATIVE_PLAN)


@pytest.mark.parametrize("formula", ["proportional", "proportional-with-surplus", "inverse", "rate"])
@pytest.mark.parametrize("plan", [None, 0, -1])
def test_a_plan_of_nothing_is_a_fault_never_zero_or_full(formula: str, plan: int | None) -> None:
    """interfaces.md: T = 0 or missing is never silently zero or full."""
    assert compute_line(quantity(formula), told(plan, 50)) == Computed(fault=computing.NO_PLAN)


@pytest.mark.parametrize("formula", ["proportional", "proportional-with-surplus", "inverse", "rate"])
def test_a_blank_actual_is_blank(formula: str) -> None:
    assert compute_line(quantity(formula), told(100, None)) == Computed()


def test_a_quantitative_leaf_without_formula_is_a_fault() -> None:
    assert compute_line(quantity(""), told(100, 50)) == Computed(fault=computing.NO_FORMULA)


@pytest.mark.parametrize(("actual", "expected"), [(0, "0"), (97, "9.70"), (100, "10"), (250, "10"), (-5, "0")])
def test_proportional_is_actual_over_plan_and_no_more_than_the_maximum(actual: int, expected: str) -> None:
    """Hưng Yên's guide V.1: số thực hiện chia cho số kế hoạch rồi nhân với điểm chuẩn."""
    assert points(quantity("proportional"), told(100, actual)) == D(expected)


@pytest.mark.parametrize(
    ("actual", "surplus"), [(100, "0"), (101, "0.1"), (109, "0.9"), (110, "1"), (150, "1"), (50, "0")]
)
def test_each_percent_over_plan_gives_one_percent_up_to_ten(actual: int, surplus: str) -> None:
    """Hưng Yên's guide V.2a: vượt 1 % thưởng 1 % điểm chuẩn, không quá 10 % điểm chuẩn."""
    computed = compute_line(quantity("proportional-with-surplus"), told(100, actual))

    assert (computed.points, computed.surplus) == (min(D(actual) / 10, D(10)), D(surplus))


def test_a_table_may_state_another_surplus_cap() -> None:
    assert compute_line(quantity("proportional-with-surplus", surplus_cap=5), told(100, 150)).surplus == D("0.5")


def test_all_surplus_together_is_at_most_twenty_points() -> None:
    """Hưng Yên's guide V.2a: tổng số điểm thưởng các chỉ tiêu định lượng không quá 20 điểm."""
    leaves = tuple(Leaf(f"A{n}", "quantitative", D(100), "proportional-with-surplus") for n in range(3))
    lines = {leaf.code: settle(leaf, told(1, 2), compute_line(leaf, told(1, 2))) for leaf in leaves}

    totals = total_up(Outline((), leaves), lines)

    assert (totals.base, totals.bonus, totals.total) == (D(300), D(20), D(320))


@pytest.mark.parametrize(("actual", "expected"), [(4, "10"), (5, "10"), (8, "6.25"), (0, "10"), (-1, "10")])
def test_inverse_turns_the_ratio_for_targets_to_be_brought_down(actual: int, expected: str) -> None:
    """Hưng Yên's guide V.1: lấy kế hoạch chia cho kết quả (giảm tỷ lệ hộ nghèo…)."""
    assert points(quantity("inverse"), told(5, actual)) == D(expected)


@pytest.mark.parametrize(
    ("maximum", "actual", "expected"),
    [(6, 100, "6"), (6, 50, "3"), (6, 85, "5"), (6, 90, "5.5"), (6, 94, "5.75"), (1, "12.5", "0.25"), (6, 130, "6")],
)
def test_rate_is_rounded_to_a_quarter_with_halves_upwards(maximum: int, actual: Any, expected: str) -> None:
    """Thanh Hóa's framework (domain-2.md 3.4): rate × max, làm tròn 0,25. 0.125 of 1 is half a step."""
    assert points(Leaf("II", "quantitative", D(maximum), "rate"), told(100, actual)) == D(expected)


def test_points_are_rounded_half_up() -> None:
    assert [half_up(D(text)) for text in ("0.005", "0.015", "0.0149", "2.675")] == [
        D("0.01"),
        D("0.02"),
        D("0.01"),
        D("2.68"),
    ]


# The other kinds


def test_a_choice_gives_the_points_of_its_level() -> None:
    """Hưng Yên's guide V.1b: loại A, B, C, D; A is the maximum."""
    leaf = Leaf(
        "B1", "choice", D(10), options={"levels": [{"name": "A", "points": 10}, {"name": "B", "points": "7.5"}]}
    )

    assert points(leaf, Entry(level="B")) == D("7.5")
    assert compute_line(leaf, Entry()) == Computed()
    assert compute_line(leaf, Entry(level="Z")) == Computed(fault=computing.NO_LEVEL)


def test_the_short_form_of_levels_is_understood() -> None:
    leaf = Leaf("B1", "choice", D(10), options={"levels": {"A": 10, "D": {"points": 0, "void": True}}})

    assert points(leaf, Entry(level="A")) == D(10)
    assert compute_line(leaf, Entry(level="D")) == Computed(D(0), voids=True)


@pytest.mark.parametrize(
    ("kind", "per", "times", "expected"),
    [
        ("count", 3, 1, "3"),
        ("count", 3, 4, "6"),
        ("minus", "0.5", 1, "5.5"),
        ("minus", "0.5", 20, "0"),
        ("deduction", 5, 1, "5"),
        ("deduction", 5, 3, "6"),
        ("bonus", 1, 2, "2"),
        ("count", 3, 0, "0"),
    ],
)
def test_counted_kinds_take_points_per_time_within_the_maximum(kind: str, per: Any, times: int, expected: str) -> None:
    """Thanh Hóa's framework: count per × n, trần max; minus max − per × lần, không âm."""
    assert points(Leaf("V", kind, D(6), options={"per": per}), Entry(times=times)) == D(expected)


def test_typed_points_stand_where_nothing_was_counted() -> None:
    assert points(Leaf("V", "count", D(6), options={"per": 3}), Entry(self_points=D("4.5"))) == D("4.5")
    assert points(Leaf("A", "judged", D(6)), Entry(self_points=D(0))) == D(0)
    assert points(Leaf("A", "judged", D(6)), Entry()) is None


@pytest.mark.parametrize(("days", "expected"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10), (15, 20), (99, 20)])
def test_lateness_takes_the_highest_band_reached(days: int, expected: int) -> None:
    """Hưng Yên's guide V.2b: chậm 5–<10 ngày 5 điểm, 10–<15 ngày 10, từ 15 ngày 20."""
    bands = [[5, 5], [10, 10], [15, 20]]
    leaf = Leaf("P", "deduction", D(50), options={"from": "lateness", "bands": bands})

    assert computing.lateness_points(days, bands) == D(expected)
    assert points(leaf, Entry(times=days)) == D(expected)


# The official column


def test_the_official_value_is_the_last_column_filled() -> None:
    leaf = Leaf("A", "judged", D(10))
    line = Entry(self_points=D(9), cross_points=D(8), appraised_points=D(7), agreed_points=D(6))

    assert settle(leaf, line, Computed(D(9))).column == "agreed"
    assert settle(leaf, Entry(self_points=D(9), cross_points=D(8)), Computed(D(9))) == Settled(D(8), "cross")
    assert settle(leaf, Entry(self_points=D(9)), Computed(D(9))) == Settled(D(9), "self")
    assert settle(leaf, Entry(), Computed()) == Settled()


def test_an_appraiser_who_changes_the_points_takes_the_surplus_away() -> None:
    leaf = quantity("proportional-with-surplus")
    computed = Computed(D(10), surplus=D(1))

    assert settle(leaf, Entry(appraised_points=D(10)), computed).surplus == D(1)
    assert settle(leaf, Entry(appraised_points=D(8)), computed).surplus == D(0)


# Totals

SMALL = Outline(
    groups=(Group("A", D(100)),),
    leaves=(
        Leaf("A1", "judged", D(60), path=("A",)),
        Leaf("A2", "judged", D(40), path=("A",)),
        Leaf("T", "bonus", D(15)),
        Leaf("P", "deduction", D(10)),
    ),
)


def test_bonus_may_pass_the_scale() -> None:
    """domain.md C5.2 T2 (Thành phố Hồ Chí Minh): 97 + 10 = 107."""
    totals = total_of(SMALL, A1=Settled(D(60)), A2=Settled(D(37)), T=Settled(D(10)))

    assert (totals.base, totals.bonus, totals.total, totals.assigned_max) == (D(97), D(10), D(107), D(100))


def test_a_line_without_value_leaves_the_total_open_and_never_zero() -> None:
    totals = total_of(SMALL, A1=Settled(D(60)), T=Settled(D(10)))

    assert (totals.base, totals.total, totals.missing, totals.groups) == (None, None, ("A2",), {"A": None})


def test_a_line_not_assigned_leaves_the_maximum() -> None:
    totals = total_of(SMALL, A1=Settled(D(60)), A2=Settled(assigned=False))

    assert (totals.total, totals.assigned_max, totals.missing) == (D(60), D(60), ())


def test_a_total_is_never_below_zero() -> None:
    """domain-2.md 3.4 (Thanh Hóa): total 0–110."""
    assert total_of(SMALL, A1=Settled(D(2)), A2=Settled(D(1)), P=Settled(D(10))).total == D(0)


def test_every_level_is_held_to_its_maximum_once() -> None:
    """Thanh Hóa's framework: III.3 parts of 9 over 6; VIII items of 13 over 10; IX caps of 54 over 20."""
    outline = Outline(
        groups=(Group("III", D(20)), Group("III.3", D(6), ("III",)), Group("VIII", D(10)), Group("IX", D(20))),
        leaves=(
            *(Leaf(f"III.3.{n}", "judged", D(3), path=("III", "III.3")) for n in "abc"),
            *(Leaf(f"VIII.{n}", "bonus", D(m), path=("VIII",)) for n, m in enumerate([5, 3, 2, 3])),
            *(Leaf(f"IX.{n}", "deduction", D(m), path=("IX",)) for n, m in enumerate([10, 10, 5])),
        ),
    )

    totals = total_up(outline, {leaf.code: Settled(leaf.max_points) for leaf in outline.leaves})

    assert (totals.base, totals.bonus, totals.deduction, totals.total) == (D(6), D(10), D(20), D(0))
    assert totals.groups == {"III": D(6), "III.3": D(6), "VIII": D(10), "IX": D(20)}
    assert totals.assigned_max == D(6)


def test_a_voiding_level_takes_the_other_lines_of_its_criterion() -> None:
    """Thanh Hóa's framework: mất điểm toàn tiêu chí, here I.1 but neither I.2 nor the part I."""
    outline = Outline(
        groups=(Group("I", D(9)), Group("I.1", D(5), ("I",)), Group("I.2", D(4), ("I",))),
        leaves=(
            Leaf("a", "choice", D(2), path=("I", "I.1")),
            Leaf("b", "quantitative", D(3), "proportional-with-surplus", path=("I", "I.1")),
            Leaf("c", "judged", D(4), path=("I", "I.2")),
        ),
    )
    lines = {"b": Settled(D(3), surplus=D("0.3")), "c": Settled(D(4))}

    spared = total_up(outline, lines | {"a": Settled(D(2))})
    voided = total_up(outline, lines | {"a": Settled(D(0), voids=True)})

    assert (spared.base, spared.bonus) == (D(9), D("0.3"))
    assert (voided.base, voided.bonus, voided.groups["I.1"], voided.assigned_max) == (D(4), D(0), D(0), D(9))


def test_a_bonus_inside_a_group_counts_as_bonus_and_once() -> None:
    outline = Outline(
        groups=(Group("A", D(10)),),
        leaves=(Leaf("A1", "judged", D(10), path=("A",)), Leaf("A2", "bonus", D(5), path=("A",))),
    )

    totals = total_of(outline, A1=Settled(D(10)), A2=Settled(D(5)))

    assert (totals.base, totals.bonus, totals.total, totals.groups["A"]) == (D(10), D(5), D(15), D(10))


# Ranks


def test_ties_are_broken_in_order_and_an_unknown_one_is_passed_over() -> None:
    scores = {"a": 9, "b": 9, "c": 9, "d": 7}
    breaks = [TieBreak("ballot", {"a": 5, "b": 6}), TieBreak("bonus", {"a": 1, "b": 1, "c": 4, "d": 0})]

    assert rank(scores, breaks) == {
        "c": Place(1, "bonus"),
        "a": Place(2, "bonus"),
        "b": Place(2, "bonus"),
        "d": Place(4, None),
    }


def test_after_one_tie_break_those_left_go_to_the_next() -> None:
    breaks = [TieBreak("group:A", {"a": 3, "b": 2, "c": 2}), TieBreak("ballot", {"b": 1, "c": 5})]

    assert rank({"a": 9, "b": 9, "c": 9}, breaks) == {
        "a": Place(1, "group:A"),
        "c": Place(2, "ballot"),
        "b": Place(3, "ballot"),
    }


# For any numbers

AMOUNTS = st.decimals(min_value=0, max_value=10_000, places=2)
PLANS = st.one_of(st.none(), st.decimals(min_value=0, max_value=10_000, places=2))
LINES = st.builds(Entry, plan=PLANS, actual=st.one_of(st.none(), AMOUNTS))
FORMULAS = st.sampled_from(["relative-to-leader", "proportional", "proportional-with-surplus", "rate"])


@given(st.lists(LINES, min_size=1, max_size=6), FORMULAS, st.randoms(use_true_random=False))
def test_the_order_of_members_and_lines_never_matters(lines: list[Entry], formula: str, shuffle: Any) -> None:
    leaves = [quantity(formula), Leaf("B", "judged", D(5))]
    members = [(number, {"A1": line}) for number, line in enumerate(lines)]
    mixed = list(members)
    shuffle.shuffle(mixed)

    assert compute_bloc(leaves, dict(members)) == compute_bloc(leaves[::-1], dict(mixed))


@given(st.lists(LINES, min_size=1, max_size=6), FORMULAS, AMOUNTS)
def test_raising_ones_actual_never_lowers_ones_points(lines: list[Entry], formula: str, more: Decimal) -> None:
    leaf = quantity(formula)
    first = lines[0]
    raised = Entry(plan=first.plan, actual=(first.actual or D(0)) + more)
    before = compute_leaf(leaf, dict(enumerate([Entry(plan=first.plan, actual=first.actual), *lines[1:]])))[0]
    after = compute_leaf(leaf, dict(enumerate([raised, *lines[1:]])))[0]

    assert before.points is None or (after.points is not None and after.points >= before.points)
    assert after.surplus >= before.surplus


@given(st.lists(LINES, min_size=1, max_size=6), FORMULAS)
def test_points_lie_between_nothing_and_the_maximum(lines: list[Entry], formula: str) -> None:
    result = compute_leaf(quantity(formula), dict(enumerate(lines)))

    assert all(each.points is None or 0 <= each.points <= 10 for each in result.values())


@given(st.lists(st.decimals(min_value=0, max_value=20, places=2), min_size=4, max_size=4), st.permutations(range(4)))
def test_the_order_of_lines_never_changes_a_total(values: list[Decimal], order: list[int]) -> None:
    lines = {leaf.code: Settled(min(value, leaf.max_points)) for leaf, value in zip(SMALL.leaves, values, strict=True)}
    mixed = Outline(SMALL.groups, tuple(SMALL.leaves[n] for n in order))

    assert total_up(mixed, lines) == total_up(SMALL, lines)


@given(st.lists(st.integers(0, 4), max_size=8), st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_ranks_are_a_permutation_with_shared_ties(scores: list[int], votes: list[int]) -> None:
    units = dict(enumerate(scores))
    places = rank(units, [TieBreak("ballot", dict(enumerate(votes)))])

    def beats(one: int, other: int) -> bool:
        return (scores[one], votes[one]) > (scores[other], votes[other])

    assert {unit: place.rank for unit, place in places.items()} == {
        unit: 1 + sum(beats(other, unit) for other in units) for unit in units
    }


@given(st.lists(LINES, min_size=2, max_size=5), st.sampled_from(["proportional", "inverse", "rate"]))
def test_a_line_not_assigned_changes_no_other_unit(lines: list[Entry], formula: str) -> None:
    leaf = quantity(formula)
    with_first = compute_leaf(leaf, dict(enumerate(lines)))
    without = compute_leaf(leaf, dict(enumerate([Entry(assigned=False), *lines[1:]])))

    assert [with_first[n] for n in range(1, len(lines))] == [without[n] for n in range(1, len(lines))]
