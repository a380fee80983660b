"""A paper about one unit or one poll goes to who sees that sheet or poll, in every format, and to nobody else."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from blocs.models import Conference
from reports.documents.subjects import NoSubject
from reports.domain.drafts import may_see_draft
from reports.domain.paper_subjects import subject_of, subjects_for
from scoring.models import Poll
from tests.docx_reading import paragraphs_of
from tests.factories import ConferenceFactory, CriteriaSetFactory, CriterionFactory, ScoreLineFactory, ScoreSheetFactory
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


def test_word_and_excel_are_about_the_conference_that_was_asked_for(world: World, client: Client) -> None:
    sign_in(client, world, "secretary")
    first = ConferenceFactory(bloc_year=world.year, held_on="2020-07-17", place="Hội trường A")
    second = ConferenceFactory(bloc_year=world.year, kind="annual-review", held_on="2020-12-20", place="Phòng họp B")

    def words(conference: Conference) -> str:
        url = reverse("reports:paper-docx", args=[world.year.pk, "conference-invitation"])
        content = client.get(url, {"muc": str(conference.pk)}).content
        return " ".join(text for _, text in paragraphs_of(content))

    def cells(conference: Conference) -> str:
        url = reverse("reports:paper-xlsx", args=[world.year.pk, "conference-programme"])
        answer = client.get(url, {"muc": str(conference.pk)})
        return " ".join(
            str(cell) for row in load_workbook(BytesIO(answer.content)).active.values for cell in row if cell
        )

    assert "Hội trường A" in words(first)
    assert "Phòng họp B" not in words(first)
    assert "Phòng họp B" in words(second)
    assert cells(first) != cells(second)


def test_the_page_of_issuing_leads_to_drafts_about_the_same(world: World, client: Client) -> None:
    sign_in(client, world, "secretary")
    conference = ConferenceFactory(bloc_year=world.year, held_on="2020-12-20", place="Phòng họp B")
    url = reverse("reports:paper-issue", args=[world.year.pk, "conference-invitation"])

    page = client.get(url, {"muc": str(conference.pk)}).content.decode()

    for name in ("paper-draft", "paper-docx"):
        draft = reverse(f"reports:{name}", args=[world.year.pk, "conference-invitation"])
        assert f'{draft}?muc={conference.pk}"' in page
