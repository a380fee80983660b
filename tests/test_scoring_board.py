"""Members × criteria: columns, differences, subtotals, and who is behind."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from scoring.domain.matrix import (
    Four,
    Mark,
    Section,
    differences_of,
    differing,
    is_large,
    sections,
    unit_sections,
)
from scoring.domain.outstanding import outstanding
from scoring.domain.ranking import consolidated
from scoring.domain.unappraised import unappraised_codes
from scoring.domain.year_rules import rules_of
from scoring.models import Criterion, CrossCheck
from tests.scoring_world import Scores, build_scores
from tests.world import World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def shown(scores: Scores, *, percent: int = 10, column: str = "official") -> list[Section]:
    table = consolidated(scores.world.year)
    return sections(table, table.rows, percent=percent, column=column)


def marks(found: list[Section], place: int = 0) -> dict[str, Mark]:
    return {line.node.code: line.marks[place] for each in found for line in each.lines}


def behind(scores: Scores) -> dict[str, list[str]]:
    found = outstanding(scores.world.year, consolidated(scores.world.year))
    return {step.name: [str(wait) for wait in step.waits] for step in found}


@pytest.mark.parametrize(
    ("four", "large"),
    [
        (Four(D(50), None, None, None), False),
        (Four(D(50), None, D("45.01"), None), False),
        (Four(D(50), None, D(45), None), True),
        (Four(D(50), D(50), D(50), D(45)), True),
        (Four(None, None, D(50), D(45)), True),
        (Four(D(50), D(50), D(50), D(50)), False),
        (Four(), False),
    ],
)
def test_a_difference_is_large_from_the_agreed_percent_of_the_maximum_on(four: Four, large: bool) -> None:
    assert is_large(four, D(50), 10) is large


def test_columns_that_are_equal_never_differ_even_where_nothing_can_be_scored() -> None:
    assert is_large(Four(D(0), D(0)), D(0), 10) is False


def test_a_bloc_marks_differences_from_a_tenth_until_it_says_otherwise(scores: Scores) -> None:
    assert rules_of(scores.world.year).difference_percent == 10


def test_the_official_column_shows_what_counts_and_marks_what_lies_apart(scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)

    found = marks(shown(scores))

    assert found["A1"] == Mark(D(44), True, Four(D(50), None, D(44), D(44)))
    assert found["A3"] == Mark(D(20))
    assert found["A"].points == D(79)  # 44 + 5 (at plan half of 10) + 20 + 10


def test_a_line_that_is_not_assigned_says_so_and_differs_from_nothing(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt)
    scores.line(sheet, "A1", assigned=False, self_points=D(50), agreed_points=D(1))

    assert marks(shown(scores))["A1"] == Mark(None, assigned=False)


@pytest.mark.parametrize(
    ("column", "points", "group"),
    [("self", 50, 85), ("appraised", 44, None), ("agreed", 44, None), ("cross", None, None)],
)
def test_each_column_has_its_own_points_and_subtotals(
    scores: Scores, column: str, points: int | None, group: int | None
) -> None:
    scores.filled(scores.world.syt, 44)

    found = marks(shown(scores, column=column))

    assert (found["A1"].points, found["A"].points) == (points, group)


def test_criteria_outside_groups_share_a_section_and_order_is_kept(scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)

    found = shown(scores)

    assert [each.node.code if each.node else None for each in found] == ["A", None]
    assert [line.node.code for each in found for line in each.lines] == ["A", "A1", "A2", "A3", "A4", "T", "P", "L"]


def test_only_relative_lines_stay_provisional_until_every_sheet_is_locked(scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)
    late = scores.filled(scores.world.sgddt, 40, state="locked")

    open_lines = [line.node.code for each in shown(scores) for line in each.lines if line.provisional]
    type(late).objects.update(state="locked")
    locked_lines = [line.node.code for each in shown(scores) for line in each.lines if line.provisional]

    assert (open_lines, locked_lines) == (["A2"], [])


def test_differences_are_counted_by_unit_and_filtered(scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)
    scores.filled(scores.world.sgddt, 50)

    found = shown(scores)

    assert differences_of(found, 2) == [0, 1]  # sgddt leads with 50, where nobody disagreed
    assert [line.node.code for each in differing(found) for line in each.lines] == ["A1"]
    assert differing(shown(scores, percent=13)) == []


def test_one_unit_is_shown_with_every_column(scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)
    table = consolidated(scores.world.year)

    (part,) = unit_sections(sections(table, table.rows, percent=10), table.rows[0], 0, only=True)
    (line,) = part.lines

    assert line.cell is not None
    assert (line.node.code, line.official, line.cell.computed, line.cell.agreed_points) == ("A1", 44, 50, 44)


def test_late_figures_of_one_unit_change_the_other_units_cells(scores: Scores) -> None:
    scores.filled(scores.world.syt, 44, actual=120)
    before = marks(shown(scores))["A2"].points

    scores.filled(scores.world.sgddt, 10, actual=140)

    assert (before, marks(shown(scores))["A2"].points) == (D(10), D("7.5"))


def test_who_is_behind_is_told_step_by_step_and_unit_by_unit(scores: Scores) -> None:
    world = scores.world
    sheet = scores.filled(world.syt, 44, state="submitted")
    scores.filled(world.sgddt, 44, state="appraised")
    scores.sheet(world.sldtbxh, state="draft")
    CrossCheck.objects.create(sheet=sheet, checker=world.sgddt)
    CrossCheck.objects.create(sheet=sheet, checker=world.sldtbxh, done_at=timezone.now())
    sheet.lines.filter(criterion=scores.criteria["A1"]).update(appraised_points=None)
    Criterion.objects.filter(pk=scores.criteria["A3"].pk).update(appraised_by="standing")

    assert unappraised_codes(sheet) == ["A1", "A3"]
    assert behind(scores) == {
        "Chưa gửi phiếu": [f"{world.stttt.label} (chưa lập phiếu)", f"{world.sldtbxh.label} (đang soạn)"],
        "Chưa chấm chéo xong": [f"{world.syt.label} ({world.sgddt.label} chấm)"],
        "Chưa thẩm định xong": [f"{world.syt.label} (còn 2 tiêu chí)"],
        "Chưa thống nhất điểm": [world.sgddt.label],
    }


def test_nobody_is_behind_once_all_is_agreed(scores: Scores) -> None:
    for agency in (scores.world.stttt, scores.world.sgddt, scores.world.syt, scores.world.sldtbxh):
        scores.filled(agency, 44)

    assert behind(scores) == {}


def test_numbers_are_read_as_the_models_read_them(scores: Scores) -> None:
    """The board reads lines as tuples past the model's own conversion; nothing may be lost by it."""
    sheet = scores.sheet(scores.world.syt)
    values: dict[str, Any] = {"plan": D("98765432101.1234"), "actual": D("0.0001"), "agreed_points": D("9.05")}
    line = scores.line(sheet, "A2", **values)
    scores.line(sheet, "A1", assigned=False, self_points=D("0.10"), reason="lý do", appraisal_reason="thiếu")
    line.refresh_from_db()

    (row,) = consolidated(scores.world.year).rows

    read = row.source.lines["A2"]
    assert (read.plan, read.actual, read.agreed_points) == (line.plan, line.actual, line.agreed_points)
    assert str(read.agreed_points) == "9.05"
    assert (row.cells["A1"].assigned, row.cells["A1"].reason, row.cells["A1"].appraisal_reason) == (
        False,
        "lý do",
        "thiếu",
    )


def test_what_a_unit_did_not_declare_of_a_deduction_counts_as_none_declared(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt)
    scores.line(sheet, "P", appraised_points=D(10))
    scores.line(sheet, "A1", appraised_points=D(40))
    scores.line(sheet, "T", self_points=None)

    found = marks(shown(scores))

    assert found["P"] == Mark(D(10), True, Four(None, None, D(10), None))
    assert (found["A1"].four, found["T"].four) == (None, None)
