"""Number books: gaps and doubles in words, who opens which, and that a killed request leaves neither gap nor double."""

import io
import os
import signal
import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reports.domain.issuing import IssueRefused, issue_document
from reports.domain.number_book import doubles_in, gaps_in, next_number_of, series_of
from reports.models import IssuedDocument
from tests.factories import ConferenceFactory
from tests.test_papers_pages import FACTS, prepare, sign_in, stored
from tests.world import PERSONAS, World, build_world


def test_gaps_are_runs_between_the_first_and_the_last_number() -> None:
    assert gaps_in([]) == ()
    assert gaps_in([37]) == ()
    assert gaps_in([37, 38, 41, 45]) == ((39, 40), (42, 44))


def test_a_series_is_told_in_words() -> None:
    one, two = series_of([("BC-STTTT", 7), ("KH-STTTT", 1), ("BC-STTTT", 3), ("KH-STTTT", 2), ("BC-STTTT", 5)])

    assert one.words == "Ký hiệu BC-STTTT: từ số 03 đến số 07; trống số 04; số 06."
    assert one.following == "08/BC-STTTT"
    assert two.words == "Ký hiệu KH-STTTT: từ số 01 đến số 02, liên tục, không trống số."


def test_a_number_that_stands_under_two_symbols_of_one_kind_is_a_double() -> None:
    rows = [("BC-STTTT", 3), ("BC-SKHCN", 3), ("BC-SKHCN", 4), ("KH-STTTT", 4), ("TTr-STTTT", 3)]

    assert doubles_in(rows) == ["Số 03 của loại BC được dùng cho hai ký hiệu khác nhau."]
    assert doubles_in(rows[1:]) == []


def test_the_first_number_typed_opens_the_series_and_the_next_follow(world: World) -> None:
    prepare(world)
    actor = world.person("secretary")

    first = issue_document("activity-plan", world.year, actor=actor, **FACTS | {"number": 37})
    second = issue_document("activity-plan", world.year, actor=actor, **FACTS)
    other = issue_document("regulation", world.year, actor=actor, **FACTS)

    numbers = [each.full_number for each in (first, second, other)]
    assert numbers == ["37/KH-STTTT", "38/KH-STTTT", "01/QC-STTTT"]


def test_a_party_bodys_numbers_have_its_form(world: World) -> None:
    prepare(world)
    world.stttt.refresh_from_db()
    world.stttt.kind, world.stttt.symbol = "party", "BTGTU"
    world.stttt.save()

    document = issue_document("activity-plan", world.year, actor=world.person("secretary"), **FACTS)

    assert document.full_number == "01-KH/BTGTU"
    assert next_number_of(world.year, "regulation") == "01-QC/BTGTU"


def test_an_invitation_without_a_conference_is_not_issued(world: World) -> None:
    prepare(world)
    facts = {"actor": world.person("secretary"), **FACTS}

    with pytest.raises(IssueRefused, match="Chưa ghi hội nghị nào của năm"):
        issue_document("conference-invitation", world.year, **facts)
    conference = ConferenceFactory(bloc_year=world.year, kind="other", held_on=date(2020, 9, 5))
    document = issue_document("conference-invitation", world.year, subject=str(conference.pk), **facts)

    assert document.title == "Giấy mời dự Hội nghị khác năm 2020 của Khối tham mưu III"


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_book_is_open_to_its_office_and_the_standing_body_alone(world: World, client: Client, persona: str) -> None:
    prepare(world)
    stored(world, 3)
    sign_in(client, world, persona)

    book = client.get(reverse("reports:number-book", args=[world.stttt.pk, 2020]))
    books = client.get(reverse("reports:number-books")).content.decode()

    keeps = persona in ("secretary", "head_leader", "standing")
    assert book.status_code == (200 if keeps else 404)
    assert (reverse("reports:number-book", args=[world.stttt.pk, 2020]) in books) == keeps


def test_a_book_that_is_not_there_is_404(world: World, client: Client) -> None:
    sign_in(client, world, "secretary")

    assert client.get(reverse("reports:number-book", args=[world.stttt.pk, 1999])).status_code == 404


def test_a_book_shows_gaps_filters_and_exports(world: World, client: Client) -> None:
    prepare(world)
    for number in (2, 5):
        stored(world, number)
    stored(world, 1, kind="activity-plan", symbol="KH-STTTT", code="ma-khac", title="Kế hoạch hoạt động")
    sign_in(client, world, "secretary")
    url = reverse("reports:number-book", args=[world.stttt.pk, 2020])

    page = client.get(url).content.decode()
    plans = client.get(url, {"ky_hieu": "KH-STTTT"}).content.decode()
    found = client.get(url, {"q": "ke hoach"}).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(url, {"xuat": "xlsx"}).content)).active

    assert "Ký hiệu BC-STTTT: từ số 02 đến số 05; trống số 03 đến 04." in page
    assert "Không có số trùng." in page
    assert ("01/KH-STTTT" in plans, "02/BC-STTTT" in plans) == (True, False)
    assert ("Kế hoạch hoạt động" in found, "02/BC-STTTT" in found) == (True, False)
    assert sheet is not None
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["02/BC-STTTT", "05/BC-STTTT", "01/KH-STTTT"]


def test_a_book_costs_the_same_queries_however_long_it_is(world: World, client: Client) -> None:
    prepare(world)
    stored(world, 1)
    sign_in(client, world, "secretary")
    url = reverse("reports:number-book", args=[world.stttt.pk, 2020])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in (2, 3, 5):
        stored(world, number)
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)


def issue_one(office: World) -> str:
    return issue_document("activity-plan", office.year, actor=office.person("secretary"), **FACTS).full_number


def only_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row locks need PostgreSQL")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_killed_leaves_neither_gap_nor_double() -> None:
    only_postgres()
    office = build_world()
    prepare(office)
    issue_one(office)
    connections.close_all()

    child = os.fork()
    if child == 0:
        with transaction.atomic():
            issue_one(office)
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(1)
    _, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert IssuedDocument.objects.count() == 1
    assert issue_one(office) == "02/KH-STTTT"
    assert series_of(IssuedDocument.objects.values_list("symbol", "number"))[0].gaps == ()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_clerks_at_once_get_eight_numbers_in_a_row() -> None:
    only_postgres()
    office = build_world()
    prepare(office)
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def clerk() -> None:
        try:
            start.wait(timeout=60)
            outcomes.append(issue_one(office))
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk) for _ in range(8)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()

    assert sorted(outcomes) == [f"{number:02d}/KH-STTTT" for number in range(1, 9)]
