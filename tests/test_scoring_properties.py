"""What holds of every table and every set of scores, whatever the numbers (property tests).

Tables of two levels with every kind and formula of interfaces.md; members with plans, figures,
levels, times and points of all four columns.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.domain.computing import BLANK, Entry, Leaf, compute_bloc
from scoring.domain.ties import TieBreak, rank
from scoring.domain.totals import Group, Outline, Totals, settle, total_up

D = Decimal
LEVELS = {"levels": [{"name": "A", "points": 4}, {"name": "B", "points": 2}, {"name": "C", "points": 0, "voids": True}]}
BANDS = {"from": "lateness", "bands": [[5, 1], [10, 3]]}
KINDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("judged", "", {}),
    ("quantitative", "relative-to-leader", {}),
    ("quantitative", "proportional", {}),
    ("quantitative", "proportional-with-surplus", {}),
    ("quantitative", "inverse", {}),
    ("quantitative", "rate", {"step": "0.25"}),
    ("choice", "", LEVELS),
    ("count", "", {"per": "1.5"}),
    ("minus", "", {"per": 2}),
    ("bonus", "", {"per": 1}),
    ("deduction", "", {"per": 1}),
    ("deduction", "", BANDS),
)
RISING = ("relative-to-leader", "proportional", "proportional-with-surplus", "rate")
MEMBERS = ("syt", "sgddt", "sxd", "snv")

figures = st.none() | st.decimals(min_value=0, max_value=10_000, places=2)
points = st.none() | st.decimals(min_value=0, max_value=30, places=2)
entries = st.builds(
    Entry,
    assigned=st.sampled_from([True, True, True, False]),
    plan=figures,
    actual=figures,
    level=st.sampled_from(["", "A", "B", "C"]),
    times=st.none() | st.integers(0, 20),
    self_points=points,
    cross_points=st.none() | points,
    appraised_points=points,
    agreed_points=st.none() | points,
)


@st.composite
def outlines(draw: Any, kinds: Any = KINDS) -> Outline:
    """One to three parts, each with one to four lines, held to a maximum that may be below their sum."""
    groups, leaves = [], []
    for part in "ABC"[: draw(st.integers(1, 3))]:
        inner = draw(st.booleans())
        path = (part, f"{part}.1") if inner else (part,)
        for place in range(1, draw(st.integers(1, 4)) + 1):
            kind, formula, options = draw(st.sampled_from(kinds))
            leaves.append(Leaf(f"{part}{place}", kind, D(draw(st.integers(1, 80))) / 4, formula, options, path))
        cap = D(draw(st.integers(1, 60)))
        groups.append(Group(part, cap))
        groups += [Group(f"{part}.1", cap, (part,))] if inner else []
    return Outline(tuple(groups), tuple(leaves))


@st.composite
def blocs(draw: Any) -> tuple[Outline, dict[str, dict[str, Entry]]]:
    outline = draw(outlines())
    members = MEMBERS[: draw(st.integers(1, 4))]
    return outline, {member: {leaf.code: draw(entries) for leaf in outline.leaves} for member in members}


def results(outline: Outline, sheets: dict[str, dict[str, Entry]]) -> dict[str, Totals]:
    computed = compute_bloc(outline.leaves, sheets)
    return {
        member: total_up(
            outline,
            {
                leaf.code: settle(leaf, own.get(leaf.code, BLANK), computed[member][leaf.code])
                for leaf in outline.leaves
            },
        )
        for member, own in sheets.items()
    }


def percent(totals: Totals) -> Fraction | None:
    if totals.total is None or not totals.assigned_max:
        return None
    return Fraction(totals.total) / Fraction(totals.assigned_max)


@given(blocs(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_a_total_never_depends_on_the_order_of_lines_or_members(bloc: Any, random: Any) -> None:
    outline, sheets = bloc
    groups, leaves, members = list(outline.groups), list(outline.leaves), list(sheets)
    for each in (groups, leaves, members):
        random.shuffle(each)
    shuffled = {member: {leaf.code: sheets[member][leaf.code] for leaf in leaves} for member in members}

    before, after = results(outline, sheets), results(Outline(tuple(groups), tuple(leaves)), shuffled)

    for member, totals in before.items():
        other = after[member]
        assert (totals.total, totals.base, totals.bonus, totals.deduction) == (
            other.total,
            other.base,
            other.bonus,
            other.deduction,
        )
        assert totals.assigned_max == other.assigned_max
        assert set(totals.missing) == set(other.missing)
        assert totals.groups == other.groups


@given(blocs(), st.sampled_from(MEMBERS), st.decimals(min_value="0.01", max_value=5000, places=2))
@settings(max_examples=150, deadline=None)
def test_raising_an_actual_never_lowers_its_own_points(bloc: Any, member: str, more: Decimal) -> None:
    outline, sheets = bloc
    member = member if member in sheets else MEMBERS[0]
    computed = compute_bloc(outline.leaves, sheets)[member]
    raised = {
        leaf.code: line._replace(actual=line.actual + more) if line.actual is not None else line
        for leaf in outline.leaves
        for line in [sheets[member][leaf.code]]
    }
    after = compute_bloc(outline.leaves, sheets | {member: raised})[member]

    for leaf in outline.leaves:
        old, new = computed[leaf.code], after[leaf.code]
        if leaf.formula in RISING and old.points is not None:
            assert new.points is not None
            assert new.points >= old.points
            assert new.surplus >= old.surplus
        if leaf.formula == "inverse" and old.points is not None:
            assert new.points is not None
            assert new.points <= old.points


@given(blocs(), st.sampled_from(MEMBERS), st.integers(0, 11))
@settings(max_examples=150, deadline=None)
def test_a_line_not_assigned_changes_no_percent_of_others_except_through_a_relative_formula(
    bloc: Any, member: str, place: int
) -> None:
    outline, sheets = bloc
    member = member if member in sheets else MEMBERS[0]
    leaf = outline.leaves[place % len(outline.leaves)]
    freed = sheets[member] | {leaf.code: sheets[member][leaf.code]._replace(assigned=False)}

    before, after = results(outline, sheets), results(outline, sheets | {member: freed})

    others = [each for each in sheets if each != member]
    if leaf.formula != "relative-to-leader":
        assert {each: percent(before[each]) for each in others} == {each: percent(after[each]) for each in others}
    assert {each: before[each].assigned_max for each in others} == {each: after[each].assigned_max for each in others}


@given(blocs())
@settings(max_examples=150, deadline=None)
def test_every_clamp_holds(bloc: Any) -> None:
    """Line, group, table: nothing passes its own maximum, and no total is below nothing."""
    outline, sheets = bloc
    caps = {group.code: group.max_points for group in outline.groups}

    for totals in results(outline, sheets).values():
        assert totals.total is None or totals.total >= 0
        assert totals.assigned_max <= outline.full_max
        assert totals.base is None or totals.base <= sum(
            (group.max_points for group in outline.groups if not group.path), D(0)
        )
        assert {
            code for code, value in totals.groups.items() if value is not None and not 0 <= value <= caps[code]
        } == set()


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), min_size=1), st.data())
def test_ranks_are_a_permutation_with_shared_ties(scores: dict[str, int], data: Any) -> None:
    bonus = {unit: data.draw(st.integers(0, 1)) for unit in scores}

    places = rank(scores, [TieBreak("bonus", bonus)])

    better = {
        unit: sum((scores[other], bonus[other]) > (scores[unit], bonus[unit]) for other in scores) for unit in scores
    }
    assert {unit: place.rank for unit, place in places.items()} == {unit: 1 + count for unit, count in better.items()}
