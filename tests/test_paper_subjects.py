"""A paper about one unit or one poll goes to who sees that sheet or poll, in every format, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.documents.subjects import NoSubject
from reports.domain.drafts import may_see_draft
from reports.domain.paper_subjects import subject_of, subjects_for
from scoring.models import Poll
from tests.factories import CriteriaSetFactory, CriterionFactory, ScoreLineFactory, ScoreSheetFactory
from tests.pdf_reading import text_of
from tests.test_papers_pages import sign_in
from tests.world import World

FORMATS = ("paper-draft", "paper-docx", "paper-xlsx")


@pytest.fixture
def sheets(world: World) -> World:
    """The member's own sheet in draft, the deputy's sent, the head's in draft."""
    criteria = CriteriaSetFactory(bloc_year=world.year, state="open")
    criterion = CriterionFactory(criteria_set=criteria, code="A", max_points=100)
    for agency, state in ((world.syt, "draft"), (world.sgddt, "submitted"), (world.stttt, "draft")):
        sheet = ScoreSheetFactory(bloc_year=world.year, criteria_set=criteria, agency=agency, state=state)
        ScoreLineFactory(sheet=sheet, criterion=criterion, self_points=77)
    return world


def keys(world: World, persona: str, kind: str = "score-sheet") -> list[str]:
    return [each.key for each in subjects_for(world.person(persona), world.year, kind)]


def test_each_person_is_offered_the_sheets_that_the_pages_show(sheets: World) -> None:
    assert keys(sheets, "officer") == ["syt"]
    assert keys(sheets, "secretary") == ["stttt", "sgddt"]
    assert keys(sheets, "standing") == ["sgddt"]
    assert keys(sheets, "observer") == ["sgddt"]
    assert keys(sheets, "stranger") == []


def test_without_a_key_one_gets_a_sheet_that_one_sees(sheets: World) -> None:
    found = {
        name: subject_of(sheets.person(name), sheets.year, "score-sheet", "")
        for name in ("officer", "standing", "secretary")
    }

    assert found == {"officer": "syt", "standing": "sgddt", "secretary": "stttt"}
    with pytest.raises(NoSubject):
        subject_of(sheets.person("officer"), sheets.year, "score-sheet", "sgddt")


@pytest.mark.parametrize("name", FORMATS)
def test_another_units_sheet_is_404_in_every_format(sheets: World, client: Client, name: str) -> None:
    sign_in(client, sheets, "officer")
    url = reverse(f"reports:{name}", args=[sheets.year.pk, "score-sheet"])

    assert client.get(url, {"muc": "syt"}).status_code == 200
    assert client.get(url).status_code == 200
    assert client.get(url, {"muc": "sgddt"}).status_code == 404
    assert client.get(url, {"muc": "khong-co"}).status_code == 404


def test_an_own_sheet_in_draft_is_marked_so(sheets: World, client: Client) -> None:
    sign_in(client, sheets, "officer")

    text = text_of(client.get(reverse("reports:paper-draft", args=[sheets.year.pk, "score-sheet"])).content)

    assert "DỰ THẢO" in text
    assert "Sở Y tế" in text
    assert "77" in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_worker_makes_no_paper_of_one_of_several(sheets: World, client: Client, method: str) -> None:
    sign_in(client, sheets, "officer")
    url = reverse("reports:paper-job", args=[sheets.year.pk, "score-sheet"])

    assert getattr(client, method)(url).status_code == 404


@pytest.mark.parametrize("persona", ["council_member", "administrator", "stranger"])
def test_who_sees_no_sheet_sees_no_paper_of_one(sheets: World, persona: str) -> None:
    assert not may_see_draft(sheets.person(persona), sheets.year, "score-sheet")


def test_a_poll_that_is_prepared_is_printed_by_those_who_run_the_bloc(world: World) -> None:
    poll = Poll.objects.create(
        bloc_year=world.year, award="co-tinh", mode="secret", channel="paper", state="draft", base="members"
    )

    assert keys(world, "secretary", "ballot-form") == [str(poll.pk)]
    assert keys(world, "standing", "ballot-form") == [str(poll.pk)]
    assert keys(world, "officer", "ballot-form") == []
    assert not may_see_draft(world.person("officer"), world.year, "ballot-form")
