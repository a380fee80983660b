"""The ranking of a bloc-year, its ties and its table, in a constant number of queries."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.models import Agency
from scoring.domain.disqualifying import disqualify
from scoring.domain.ranking import Standing, consolidated, standings
from scoring.models import CriteriaSet, Poll, PollTally
from tests.factories import CriteriaSetFactory
from tests.scoring_world import Scores, build_scores
from tests.world import World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def ranks(scores: Scores, **options: Any) -> dict[str, int | None]:
    return {each.agency.code: each.rank for each in standings(scores.world.year, **options)}


def only(scores: Scores) -> Standing:
    (standing,) = standings(scores.world.year)
    return standing


def poll(scores: Scores, award: str, round: int, **votes: int) -> None:
    made = Poll.objects.create(
        bloc_year=scores.world.year, award=award, round=round, mode="secret", base="members", threshold=80, eligible=7
    )
    for code, count in votes.items():
        PollTally.objects.create(poll=made, agency=Agency.objects.get(code=code), votes=count)


def broken_by(scores: Scores) -> list[tuple[str, int | None, str | None]]:
    return [(each.agency.code, each.rank, each.tie_broken_by) for each in standings(scores.world.year)]


def order_ties(scores: Scores, *entries: str) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(tie_break=list(entries))


def test_a_whole_agreed_sheet_has_a_final_total(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, D("44.25"), actual=120)
    scores.line(sheet, "T", self_points=5, agreed_points=4)
    scores.line(sheet, "L", times=12)
    standing = only(scores)

    assert (standing.base, standing.bonus, standing.deduction, standing.total) == (D("84.25"), D(4), D(10), D("78.25"))
    assert (standing.assigned_max, standing.percent, standing.rank) == (D(100), D("78.25"), 1)
    assert (standing.provisional, standing.missing, standing.disqualified) == (False, (), False)
    assert (standing.sheet_id, standing.agency) == (sheet.pk, scores.world.syt)


def test_a_missing_line_leaves_total_and_rank_open(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt)
    scores.line(sheet, "A1", agreed_points=50)
    scores.line(sheet, "A2", plan=100)
    scores.filled(scores.world.sgddt, 10)

    first, last = standings(scores.world.year)

    assert (first.agency.code, first.rank) == ("sgddt", 1)
    assert (last.agency.code, last.total, last.rank, last.percent) == ("syt", None, None, None)
    assert last.missing == ("A2", "A3", "A4")


def test_own_points_make_a_standing_provisional(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 44)
    sheet.lines.filter(criterion=scores.criteria["A1"]).update(agreed_points=None, appraised_points=None)
    computed_only = scores.filled(scores.world.sgddt, 44, state="submitted")

    assert [(each.agency.code, each.provisional) for each in standings(scores.world.year)] == [
        ("syt", True),
        ("sgddt", True),
    ]
    type(computed_only).objects.filter(pk=computed_only.pk).update(state="appraised")
    assert [each.provisional for each in standings(scores.world.year)] == [True, False]


def test_ranking_is_by_the_exact_share_of_the_assigned_maximum(scores: Scores) -> None:
    whole = scores.filled(scores.world.syt, 45)
    part = scores.filled(scores.world.sgddt, 41)
    part.lines.filter(criterion=scores.criteria["A4"]).update(assigned=False)

    by_code = {each.agency.code: each for each in standings(scores.world.year)}

    assert (by_code["syt"].total, by_code["syt"].percent) == (D(80), D(80))
    assert (by_code["sgddt"].total, by_code["sgddt"].assigned_max, by_code["sgddt"].percent) == (
        D(66),
        D(80),
        D("82.50"),
    )
    assert (by_code["sgddt"].rank, by_code["syt"].rank) == (1, 2)
    assert whole.pk != part.pk


def test_a_disqualified_unit_stays_in_the_table_without_a_rank(scores: Scores) -> None:
    best = scores.filled(scores.world.syt, 50)
    scores.filled(scores.world.sgddt, 40)
    disqualify(best, reason="Không ký giao ước.", actor=None)

    first, last = standings(scores.world.year)

    assert (first.agency.code, first.rank) == ("sgddt", 1)
    assert (last.agency.code, last.rank, last.total, last.disqualifications) == (
        "syt",
        None,
        D(85),
        ("Không ký giao ước.",),
    )


def test_drafts_do_not_count_unless_asked(scores: Scores) -> None:
    scores.filled(scores.world.syt, 40, actual=110)
    scores.filled(scores.world.sgddt, 50, actual=200, state="draft")

    (alone,) = consolidated(scores.world.year).rows
    assert alone.cells["A2"].official == D(10)
    assert ranks(scores) == {"syt": 1}
    assert ranks(scores, include_drafts=True) == {"sgddt": 1, "syt": 2}
    assert consolidated(scores.world.year, include_drafts=True).rows[1].cells["A2"].official == D("5.5")


def test_lines_of_an_older_set_are_left_out(scores: Scores) -> None:
    scores.filled(scores.world.syt, 50)
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(version=1, state="locked")
    CriteriaSetFactory(bloc_year=scores.world.year, version=3, state="draft")
    assert ranks(scores) == {"syt": 1}

    empty = CriteriaSetFactory(bloc_year=scores.world.year, version=2, state="open")

    assert consolidated(scores.world.year).criteria_set == empty
    assert ranks(scores) == {"syt": None}


def test_without_a_criteria_set_there_is_no_ranking(world: World) -> None:
    assert standings(world.year) == []
    assert consolidated(world.year).rows == ()


# Ties


def test_equal_units_share_a_rank_and_the_next_one_is_left_out(scores: Scores) -> None:
    for agency, points in ((scores.world.syt, 45), (scores.world.sgddt, 45), (scores.world.stttt, 40)):
        scores.filled(agency, points)

    assert broken_by(scores) == [("sgddt", 1, None), ("syt", 1, None), ("stttt", 3, None)]


@pytest.mark.parametrize(
    ("entry", "syt", "sgddt"),
    [
        ("bonus", {"T": {"agreed_points": 5}, "P": {"agreed_points": 5}}, {}),
        ("fewest_deductions", {}, {"T": {"agreed_points": 5}, "P": {"agreed_points": 5}}),
    ],
)
def test_bonus_and_deductions_break_ties(scores: Scores, entry: str, syt: Any, sgddt: Any) -> None:
    order_ties(scores, entry)
    for agency, extras in ((scores.world.syt, syt), (scores.world.sgddt, sgddt)):
        sheet = scores.filled(agency, 45)
        for code, values in extras.items():
            scores.line(sheet, code, **values)

    assert broken_by(scores) == [("syt", 1, entry), ("sgddt", 2, entry)]


def test_a_groups_points_break_a_tie(scores: Scores) -> None:
    order_ties(scores, "group:A")
    scores.filled(scores.world.syt, 45)
    scores.line(scores.filled(scores.world.sgddt, 40), "T", agreed_points=5)

    assert broken_by(scores) == [("syt", 1, "group:A"), ("sgddt", 2, "group:A")]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (False, [("syt", 1, "women_70"), ("sgddt", 2, "women_70")]),
        (True, [("sgddt", 1, None), ("syt", 1, None)]),
        (None, [("sgddt", 1, None), ("syt", 1, None)]),
    ],
)
def test_a_collective_of_women_stands_first_if_known_of_all(scores: Scores, other: Any, expected: Any) -> None:
    """NĐ 152/2025, Điều 4.6 (domain.md C5.5)."""
    order_ties(scores, "women_70")
    scores.filled(scores.world.syt, 45, women_70=True)
    scores.filled(scores.world.sgddt, 45, women_70=other)

    assert broken_by(scores) == expected


def test_votes_of_the_latest_round_break_a_tie_the_provincial_flag_first(scores: Scores) -> None:
    order_ties(scores, "ballot", "bonus")
    scores.filled(scores.world.syt, 45)
    scores.filled(scores.world.sgddt, 45)
    poll(scores, "co-chinh-phu", 1, syt=2, sgddt=5)
    assert broken_by(scores) == [("sgddt", 1, "ballot"), ("syt", 2, "ballot")]

    poll(scores, "co-tinh", 1, syt=4, sgddt=3)
    assert broken_by(scores) == [("syt", 1, "ballot"), ("sgddt", 2, "ballot")]

    poll(scores, "co-tinh", 2, syt=3, sgddt=4)
    assert broken_by(scores) == [("sgddt", 1, "ballot"), ("syt", 2, "ballot")]


def test_votes_unknown_for_one_of_the_tied_break_nothing(scores: Scores) -> None:
    order_ties(scores, "ballot")
    scores.filled(scores.world.syt, 45)
    scores.filled(scores.world.sgddt, 45)
    poll(scores, "co-tinh", 1, syt=4)
    poll(scores, "bk-tinh", 1, syt=1, sgddt=6)

    assert broken_by(scores) == [("sgddt", 1, None), ("syt", 1, None)]


# The table


def test_the_table_shows_every_column_and_what_counts(scores: Scores) -> None:
    scores.criteria["A1"].floor_percent = D(90)
    scores.criteria["A1"].save(update_fields=["floor_percent"])
    sheet = scores.sheet(scores.world.syt, "appraised")
    scores.line(sheet, "A1", self_points=50, cross_points=46, appraised_points=44, reason="Thiếu minh chứng")
    scores.line(sheet, "A2", plan=100, actual=90, appraised_points=4)
    scores.line(sheet, "A3", level="Tốt", self_points=1)

    (row,) = consolidated(scores.world.year).rows

    judged, quantity, chosen, blank = (row.cells[code] for code in ("A1", "A2", "A3", "A4"))
    assert (judged.self_points, judged.cross_points, judged.appraised_points, judged.official) == (50, 46, 44, 44)
    assert (judged.column, judged.below_floor, judged.reason) == ("appraised", True, "Thiếu minh chứng")
    assert (quantity.computed, quantity.official, quantity.column) == (D("4.5"), D(4), "appraised")
    assert (chosen.computed, chosen.official, chosen.column) == (D(20), D(20), "self")
    assert (blank.official, blank.column, blank.assigned) == (None, "", True)
    assert (row.state, row.groups) == ("appraised", {"A": None})


def test_a_line_that_cannot_be_computed_says_why(scores: Scores) -> None:
    scores.criteria["A2"].formula = "proportional"
    scores.criteria["A2"].save(update_fields=["formula"])
    sheet = scores.filled(scores.world.syt, 50)
    sheet.lines.filter(criterion=scores.criteria["A2"]).update(plan=0)

    (row,) = consolidated(scores.world.year).rows

    assert row.cells["A2"].official is None
    assert row.cells["A2"].fault.startswith("Kế hoạch còn trống hoặc không lớn hơn 0")
    assert row.standing.missing == ("A2",)


def test_three_sheets_take_no_more_queries_than_one(scores: Scores) -> None:
    order_ties(scores, "ballot", "group:A")
    disqualify(scores.filled(scores.world.syt, 45), reason="Nộp chậm.", actor=None)
    poll(scores, "co-tinh", 1, syt=4)
    with CaptureQueriesContext(connection) as one:
        standings(scores.world.year)

    scores.filled(scores.world.sgddt, 44)
    scores.filled(scores.world.stttt, 43)
    with CaptureQueriesContext(connection) as three:
        result = standings(scores.world.year)

    assert len(result) == 3
    assert (len(one), len(three)) == (6, 6)
