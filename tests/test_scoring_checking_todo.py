"""What checking, appraisal and explanation ask of people, in a constant number of queries."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from accounts.models import User
from scoring.domain.dealing import deal_by_hand
from scoring.domain.todo import appraisal_todos, cross_check_todos, scoring_todos
from scoring.domain.unappraised import unappraised_codes
from scoring.models import Criterion, ScoreSheet
from tests.factories import AgencyFactory, AppointmentFactory, CriteriaSetFactory, CriterionFactory, UserFactory
from tests.scoring_world import Scores, build_scores
from tests.world import PERSONAS, World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def asked(user: User) -> list[str]:
    return [todo.text for provide in (scoring_todos, cross_check_todos, appraisal_todos) for todo in provide(user)]


def sent(scores: Scores, agency: Any, state: str = "submitted", **fields: Any) -> ScoreSheet:
    sheet = scores.sheet(agency, state, **fields)
    scores.line(sheet, "A1", self_points=D(50))
    return sheet


def test_a_dealt_sheet_waits_for_its_checker_until_the_latest_day(scores: Scores) -> None:
    world = scores.world
    sheet = sent(scores, world.sldtbxh)
    deal_by_hand(world.year, wanted={sheet.pk: ["syt"]}, due=date(2020, 12, 15), reason="", actor=None)

    todo = next(iter(cross_check_todos(world.person("officer"))))

    assert (todo.text, todo.due, todo.about) == (
        f"{world.syt.label} chấm chéo phiếu của {world.sldtbxh.label}", date(2020, 12, 15), str(world.year),
    )  # fmt: skip
    assert todo.url == f"/cham-cheo/{sheet.cross_checks.get().pk}/"
    assert list(cross_check_todos(world.person("deputy_officer"))) == []


def test_a_specialised_agency_and_the_standing_body_are_asked_for_their_lines(scores: Scores) -> None:
    world = scores.world
    finance = AgencyFactory(council=world.council, code="stc", name="Sở Tài chính")
    user = UserFactory(email="stc@example.vn")
    AppointmentFactory(user=user, agency=finance, duty="officer")
    Criterion.objects.filter(code="A1").update(appraised_by="agency", appraiser=finance)
    Criterion.objects.filter(code="T").update(appraised_by="standing")
    sheet = sent(scores, world.sldtbxh)
    sent(scores, world.sgddt, "draft")
    scores.line(sheet, "T", self_points=D(5))

    assert asked(user) == ["Thẩm định 1 dòng tiêu chí được giao"]
    assert asked(world.person("standing")) == ["Thẩm định 1 dòng tiêu chí được giao"]
    sheet.lines.update(appraised_points=D(1))
    assert asked(user) == []


def test_computed_lines_of_another_body_wait_for_it_under_the_table_in_force(scores: Scores) -> None:
    world = scores.world
    Criterion.objects.filter(code__in=["A2", "A3", "A4", "L", "P"]).update(appraised_by="standing")
    Criterion.objects.filter(code="P").update(options={"per": 5})
    sheet = sent(scores, world.sldtbxh)
    scores.line(sheet, "A2", plan=100, actual=50)
    scores.line(sheet, "A3", level="Tốt")
    scores.line(sheet, "A4", times=2)
    scores.line(sheet, "L", times=7)
    scores.line(sheet, "P", times=1)
    older = CriterionFactory(
        criteria_set=CriteriaSetFactory(bloc_year=world.year, version=9, state="locked"),
        code="A3", kind="judged", appraised_by="standing",
    )  # fmt: skip
    sheet.lines.create(criterion=older, self_points=D(3))

    assert asked(world.person("standing")) == ["Thẩm định 3 dòng tiêu chí được giao"]
    assert unappraised_codes(sheet) == ["A1", "A3", "A4", "P"]


@time_machine.travel("2020-12-15T09:00:00+07:00", tick=False)
def test_an_explanation_waits_for_the_unit_and_then_for_the_secretariat(scores: Scores) -> None:
    world = scores.world
    sent(scores, world.syt, "explanation", explanation_due=date(2020, 12, 15))

    assert asked(world.person("officer")) == [f"Giải trình điểm thẩm định của {world.syt.label}"]
    assert asked(world.person("secretary")) == []
    ScoreSheet.objects.update(explanation_due=date(2020, 12, 14))
    assert asked(world.person("officer")) == []
    assert asked(world.person("secretary")) == [f"Kết thúc giải trình (đã hết hạn) của {world.syt.label}"]


def test_the_heads_sheet_waits_for_its_deputies(scores: Scores) -> None:
    world = scores.world
    sent(scores, world.stttt)

    assert asked(world.person("deputy_officer")) == [f"Thẩm định phiếu chấm điểm của {world.stttt.label}"]
    assert asked(world.person("secretary")) == []


@pytest.mark.parametrize("name", PERSONAS)
def test_only_those_concerned_are_asked(scores: Scores, name: str) -> None:
    world = scores.world
    sheet = sent(scores, world.sldtbxh)
    deal_by_hand(world.year, wanted={sheet.pk: ["syt"]}, due=None, reason="", actor=None)

    assert bool(asked(world.person(name))) is (name in {"officer", "leader", "secretary", "head_leader"})


@pytest.mark.parametrize("sheets", [1, 3])
def test_to_dos_take_constant_queries(scores: Scores, django_assert_num_queries: Any, sheets: int) -> None:
    world = scores.world
    made = [sent(scores, agency) for agency in (world.sldtbxh, world.sgddt, world.stttt)[:sheets]]
    deal_by_hand(world.year, wanted={each.pk: ["syt"] for each in made}, due=None, reason="", actor=None)
    user = world.person("officer")

    with django_assert_num_queries(8):
        found = asked(user)

    assert len(found) == sheets
