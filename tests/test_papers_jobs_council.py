"""Long papers of the council: led to the worker, told part by part, kept for the person who asked."""

import re
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council.models import CouncilSession, Decision, DecisionLine
from reports.documents.council_registry import decision_pdf
from reports.domain.paper_jobs import ask_for_paper, work_off
from reports.models import PaperJob
from reports.views.council_papers import ROWS_IN_A_REQUEST
from tests.awards_world import award
from tests.council_decisions_world import empty_draft, issued
from tests.council_papers_world import open_room, told_room
from tests.council_world import council_session
from tests.pdf_reading import text_of
from tests.test_papers_jobs import TOLD, run_worker
from tests.world import World

pytestmark = pytest.mark.django_db
LONG = ROWS_IN_A_REQUEST + 1


def long_decision(world: World, cases: int = LONG) -> Decision:
    """A draft with ``cases`` names, all of one person of the register."""
    made = empty_draft(world, "Người số 0001")
    first = made.lines.get()
    DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=made,
            position=number,
            subject=first.subject,
            award=award("bk-tinh"),
            name=f"Người số {number:04d}",
            unit="Sở Y tế",
        )
        for number in range(2, cases + 1)
    )
    return made


def address(decision: Decision, rest: str) -> str:
    return f"/quyet-dinh/{decision.pk}/van-ban/quyet-dinh{rest}"


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


@pytest.mark.parametrize(("cases", "status"), [(3, 200), (LONG, 302)])
def test_a_long_decision_leads_to_its_progress(client: Client, world: World, cases: int, status: int) -> None:
    decision = long_decision(world, cases)

    response = sign_in(client, world, "standing").get(address(decision, ".pdf"))

    assert response.status_code == status
    assert status == 200 or response["Location"] == address(decision, "/lap/")


def test_the_worker_makes_the_annex_in_parts_and_the_page_offers_it(client: Client, world: World) -> None:
    decision = long_decision(world)
    sign_in(client, world, "standing")

    offer = client.get(address(decision, "/lap/")).content.decode()
    asked_for = client.post(address(decision, "/lap/"))
    with CaptureQueriesContext(connection) as queries:
        run_worker()
    told = [found.groups() for query in queries if (found := TOLD.search(query["sql"]))]
    done = client.get(address(decision, "/lap/")).content.decode()
    file = client.get(address(decision, "/lap/tep/"))

    assert "Lập văn bản</button>" in offer
    assert f'action="{address(decision, "/lap/")}"' in offer
    assert "Về quyết định" in offer
    assert asked_for["Location"] == address(decision, "/lap/")
    assert any("xong phần 1/" in step for step, _, _ in told)
    assert [int(part) for _, part, _ in told] == sorted(int(part) for _, part, _ in told)
    assert address(decision, "/lap/tep/") in done
    numbers = re.findall(r"Người số (\d{4})", text_of(file.content))
    assert numbers == [f"{place:04d}" for place in range(1, LONG + 1)]


def test_an_issued_long_decision_carries_its_code_and_is_for_the_archive(world: World) -> None:
    decision = issued(world, empty_draft(world, "Lê Văn Một"))
    job = ask_for_paper("quyet-dinh", decision, actor=world.person("standing"))

    work_off(job.pk)

    job.refresh_from_db()
    with default_storage.open(str(job.file.name)) as file:
        content = file.read()
    assert f"/xac-minh/{decision.code}" in text_of(content).replace(" ", "")
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.open_metadata().get("pdfaid:part") == "3"
        assert list(pdf.attachments) == ["du-lieu.json"]
    assert content == decision_pdf("quyet-dinh", decision)


def test_the_worker_makes_papers_of_a_session_too(client: Client) -> None:
    room = open_room()
    place = f"/phien-hop/{room.session.pk}/van-ban/tai-lieu/lap/"
    sign_in(client, room.world, "observer")

    client.post(place)
    run_worker()
    file = client.get(f"{place}tep/")

    assert "Nguyễn Thị Lan" in text_of(file.content)
    assert "Về phiên họp" in client.get(place).content.decode()


def test_a_file_is_for_the_person_who_asked(client: Client, world: World) -> None:
    decision = issued(world, empty_draft(world, "Lê Văn Một"))
    now = timezone.now()
    owned: dict[str, Any] = {"decision": decision, "kind": "quyet-dinh", "requested_by": world.person("standing")}
    PaperJob.objects.create(requested_at=now, seen_at=now, finished_at=now, file="drafts/khong-co.pdf", **owned)

    assert sign_in(client, world, "officer").get(address(decision, "/lap/tep/")).status_code == 404
    assert "Chưa lập văn bản này cho bạn" in client.get(address(decision, "/lap/")).content.decode()


def test_one_at_a_time_for_a_person_and_a_paper(world: World) -> None:
    decision, session = empty_draft(world, "Lê Văn Một"), council_session(world)
    standing = world.person("standing")

    first, second = (ask_for_paper("quyet-dinh", decision, actor=standing) for _ in range(2))
    other = ask_for_paper("bien-ban", session, actor=standing)

    assert first == second
    assert other != first


@pytest.mark.parametrize("owners", [(), ("session", "decision")])
def test_a_job_has_exactly_one_owner(world: World, owners: tuple[str, ...]) -> None:
    both: dict[str, Any] = {"session": council_session(world), "decision": empty_draft(world)}
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperJob.objects.create(
            kind="quyet-dinh",
            requested_by=world.person("standing"),
            requested_at=now,
            seen_at=now,
            **{name: both[name] for name in owners},
        )


def test_a_counted_round_leads_to_its_own_minutes(client: Client) -> None:
    room = told_room()
    second = room.session.ballots.get(round=2)
    sign_in(client, room.world, "standing")
    place = f"/phien-hop/{room.session.pk}/van-ban/bien-ban-kiem-phieu.pdf?luot={second.pk}"

    page = client.get(second.get_absolute_url()).content.decode()
    text = text_of(client.get(place).content)

    assert f'href="{place}"' in page
    assert "Mai Thị Tâm" in text
    assert "Nguyễn Thị Lan" not in text


@pytest.mark.parametrize(("kind", "query", "status"), [("bien-ban-kiem-phieu", "?luot=0", 404), ("khong-co", "", 404)])
def test_an_unknown_paper_is_not_found(client: Client, world: World, kind: str, query: str, status: int) -> None:
    session: CouncilSession = council_session(world)

    response = sign_in(client, world, "standing").get(f"/phien-hop/{session.pk}/van-ban/{kind}.pdf{query}")

    assert response.status_code == status


def test_a_paper_of_a_higher_authority_and_money_of_a_draft_are_not_laid_out(client: Client, world: World) -> None:
    decision = empty_draft(world, "Lê Văn Một")
    sign_in(client, world, "standing")
    money = client.get(f"/quyet-dinh/{decision.pk}/van-ban/chi-tien.pdf").status_code
    type(decision.issuer).objects.filter(pk=decision.issuer_id).update(kind="state")

    assert (money, client.get(address(decision, ".pdf")).status_code) == (404, 404)
