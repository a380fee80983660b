"""What a bloc proposed at its concluded conference comes in as a dossier, once, without retyping."""

import io
import threading
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.domain.workflow import TransitionRefused
from awards.domain.checking import recheck_dossier
from awards.domain.discreet import NEUTRAL
from awards.domain.from_bloc import dossier_from_bloc
from awards.domain.panel import panel_of
from awards.domain.snapshots import snapshot
from awards.models import Discipline, Dossier, Freeze, Nomination, Subject
from blocs.models import BlocYear, Quota
from reports.documents.achievement_report import collect as collect_report
from reports.documents.achievement_report import compose as compose_report
from reports.documents.dossier import collect_dossier
from reports.documents.dossier_registry import DOSSIER_KINDS
from tests.factories import ProposalFactory
from tests.world import World


@pytest.fixture
def year(world: World) -> BlocYear:
    ProposalFactory(bloc_year=world.year, agency=world.syt, award="co-tinh", reason="Dẫn đầu khối")
    ProposalFactory(bloc_year=world.year, agency=world.sgddt, award="bk-tinh")
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")
    world.year.refresh_from_db()
    return world.year


def test_the_proposals_come_in_as_nominations_of_the_members(client: Client, world: World, year: BlocYear) -> None:
    client.force_login(world.person("secretary"))
    assert "Lập hồ sơ từ hội nghị khối" in client.get("/ho-so/").content.decode()

    page = client.post(f"/ho-so/tu-khoi/{year.pk}/", follow=True).content.decode()

    made = Dossier.objects.get()
    assert (made.proposer, made.agency, made.bloc_year, made.year) == ("bloc", world.stttt, year, 2020)
    rows = {row.award.code: row for row in made.nominations.select_related("award", "subject")}
    assert (rows["co-tinh"].name, rows["co-tinh"].summary) == ("Sở Y tế", "Dẫn đầu khối")
    assert rows["bk-tinh"].subject.agency == world.sgddt
    assert all(row.verdict for row in rows.values())
    assert "2 trường hợp" in page
    assert "Lập hồ sơ từ hội nghị khối" not in client.get("/ho-so/").content.decode()


def test_pressed_twice_it_makes_one(world: World, year: BlocYear) -> None:
    first, second = (dossier_from_bloc(year, actor=None) for _ in range(2))

    assert first == second
    assert Subject.objects.filter(is_agency=True).count() == 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one(world: World, year: BlocYear) -> None:
    def press() -> None:
        barrier.wait()
        dossier_from_bloc(year, actor=None)
        connection.close()

    barrier = threading.Barrier(3)
    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Dossier.objects.get().nominations.count() == 2


def test_before_the_conference_concluded_there_is_none(client: Client, world: World) -> None:
    ProposalFactory(bloc_year=world.year, agency=world.syt)
    client.force_login(world.person("secretary"))

    page = client.post(f"/ho-so/tu-khoi/{world.year.pk}/", follow=True).content.decode()

    assert "Hãy tổng kết khối trước" in page
    with pytest.raises(TransitionRefused):
        dossier_from_bloc(world.year, actor=None)
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "status"),
    [("secretary", 200), ("head_leader", 200), ("officer", 404), ("deputy_officer", 404), ("standing", 404)],
)
def test_the_bloc_s_draft_is_its_secretariat_s(
    client: Client, world: World, year: BlocYear, name: str, status: int
) -> None:
    made = dossier_from_bloc(year, actor=None)
    client.force_login(world.person(name))

    assert client.get(f"/ho-so/{made.pk}/").status_code == status


def test_more_than_the_bloc_s_number_is_told(world: World, year: BlocYear) -> None:
    Quota.objects.create(bloc_year=year, award="co-tinh", limit=0)
    found = panel_of(dossier_from_bloc(year, actor=None)).quotas

    told = [each for each in found if "Cờ thi đua" in each.sentence]
    assert [(each.level.value, each.used, each.limit) for each in told] == [("warn", 1, 0)]


SECRETS = ("thanh tra", "khiếu nại", "chấp hành xong", "LY-DO-RIENG", "03/02/2020", "05/06/2020", "07/08/2020")


@pytest.fixture
def troubled(year: BlocYear) -> Nomination:
    """A member agency of the bloc's dossier with an inspection, a closed petition and a discipline."""
    dossier = dossier_from_bloc(year, actor=None)
    row: Nomination = dossier.nominations.get(award__code="co-tinh")
    day = date(2020, 2, 3)
    Freeze.objects.create(subject=row.subject, kind="inspection", since=day, reason="LY-DO-RIENG")
    Freeze.objects.create(subject=row.subject, kind="petition", since=day, cleared_on=date(2020, 6, 5))
    Discipline.objects.create(subject=row.subject, sanction="canh-cao", decided_on=date(2020, 8, 7))
    recheck_dossier(dossier)
    row.refresh_from_db()
    return row


def secrets_in(text: str) -> list[str]:
    return [each for each in SECRETS if each in text]


def test_the_head_reads_a_neutral_sentence_of_a_member_s_matter(
    client: Client, world: World, troubled: Nomination
) -> None:
    assert {"A4-4", "A4-5"} <= {each["rule"] for each in troubled.checks["checks"]}
    client.force_login(world.person("secretary"))
    home = troubled.dossier.get_absolute_url()

    page = client.get(troubled.get_absolute_url()).content.decode()

    assert page.count(NEUTRAL["text"]) == 1
    assert secrets_in(page) == []
    table = reverse("reports:dossier-table", args=[troubled.dossier_id, "danh-sach"])
    urls = (home, f"{home}?xuat=xlsx", f"/lich-su/awards.nomination/{troubled.pk}/", table)
    for answer in (client.get(url, follow=True) for url in urls):
        assert answer.status_code == 200
        assert secrets_in(text_of(answer)) == []


def test_papers_and_versions_of_the_makers_hold_no_matter(client: Client, world: World, troubled: Nomination) -> None:
    client.force_login(world.person("secretary"))
    facts = collect_dossier(troubled.dossier)
    papers = [each.compose(facts) for each in DOSSIER_KINDS.values() if not each.permission]

    told = [*papers, compose_report(collect_report(troubled)), snapshot(troubled.dossier)]

    assert [secrets_in(repr(each)) for each in told] == [[]] * 5
    sheet = reverse("reports:dossier-paper", args=[troubled.dossier_id, "phieu-tham-dinh"])
    assert client.get(sheet).status_code == 403
    assert [each.kind for each in DOSSIER_KINDS.values() if each.permission] == ["phieu-tham-dinh"]


def test_what_was_cleared_is_not_told_and_the_standing_body_reads_all(
    client: Client, world: World, troubled: Nomination
) -> None:
    Dossier.objects.filter(pk=troubled.dossier_id).update(state="received", received_on=date(2021, 1, 4))
    client.force_login(world.person("standing"))
    page = client.get(troubled.get_absolute_url()).content.decode()
    assert {"thanh tra", "03/02/2020", "07/08/2020"} <= set(secrets_in(page))

    Freeze.objects.filter(kind="inspection").delete()
    Discipline.objects.all().delete()
    recheck_dossier(troubled.dossier)
    client.force_login(world.person("secretary"))
    page = client.get(troubled.get_absolute_url()).content.decode()
    assert NEUTRAL["text"] not in page
    assert secrets_in(page) == []


def text_of(answer: Any) -> str:
    """The page, or every cell of the workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return str(content.decode())
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return " ".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_page_asks_the_same_for_one_and_three_proposals(
    client: Client, world: World, year: BlocYear, django_assert_num_queries: Any
) -> None:
    client.force_login(world.person("secretary"))
    client.get(f"/ho-so/tu-khoi/{year.pk}/")
    with django_assert_num_queries(QUERIES):
        client.get(f"/ho-so/tu-khoi/{year.pk}/")
    ProposalFactory(bloc_year=year, agency=world.sldtbxh, award="bk-tinh")
    with django_assert_num_queries(QUERIES):
        client.get(f"/ho-so/tu-khoi/{year.pk}/")


QUERIES = 9
