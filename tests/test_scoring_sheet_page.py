"""The page of a score sheet: what it draws, what saving it changes, what it says."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.domain import audit
from scoring.models import ScoreSheet
from tests.scoring_forms import untouched
from tests.scoring_world import Scores, build_scores
from tests.world import World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def as_person(client: Client, scores: Scores, name: str) -> Client:
    client.force_login(scores.world.person(name))
    return client


def url_of(sheet: ScoreSheet) -> str:
    return f"/phieu-cham/{sheet.pk}/"


@pytest.mark.parametrize(
    ("state", "persona"), [("draft", "officer"), ("submitted", "secretary"), ("appraised", "secretary")]
)
def test_saving_an_untouched_page_changes_nothing(client: Client, scores: Scores, state: str, persona: str) -> None:
    sheet = scores.filled(scores.world.syt, 50, state=state)
    scores.line(sheet, "T", assigned=False)
    scores.line(sheet, "L", times=7)
    before = list(sheet.lines.order_by("pk").values())
    as_person(client, scores, persona)

    response = client.post(url_of(sheet), untouched(client.get(url_of(sheet)).content))

    sheet.refresh_from_db()
    assert response.status_code == 302
    assert list(sheet.lines.order_by("pk").values()) == before
    assert (sheet.version, audit.entries_of(sheet).count()) == (0, 0)


def test_a_page_without_the_box_never_assigns_a_line(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "submitted")
    line = scores.line(sheet, "A1", assigned=False)
    data = {"version": "0", f"c{line.criterion_id}": "1"}

    as_person(client, scores, "secretary").post(url_of(sheet), data)

    line.refresh_from_db()
    assert line.assigned is False


def test_the_appraiser_corrects_what_is_not_assigned(client: Client, scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    as_person(client, scores, "secretary")
    data = untouched(client.get(url_of(sheet)).content)

    client.post(url_of(sheet), data | {f"c{scores.criteria['A1'].pk}-not-assigned": "1"})

    assert sheet.lines.get(criterion=scores.criteria["A1"]).assigned is False
    assert audit.entries_of(sheet).get().after == {"A1.assigned": False}
