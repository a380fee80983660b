"""Small truths of pages and papers: what became of a decision, what is drafted already, whose original it is."""

from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from council.domain.decisions.drafting import draft_from_session
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.models import Decision, DecisionScan
from reports.documents.council_decided import collect_decision
from reports.documents.council_registry import decision_pdf
from tests.council_decisions_world import DAY, chair, closed_session, empty_draft, issued
from tests.council_votes_world import build_room
from tests.pdf_reading import text_of
from tests.world import World

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def clerk(client: Client, world: World) -> Client:
    client.force_login(world.person("standing"))
    return client


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def follow(world: World, earlier: Decision, kind: str, *names: str) -> Decision:
    given = {"issuer": chair(world), "reason": "Khai man thành tích.", "actor": world.person("standing")}
    lines = [line for line in earlier.lines.all() if line.name in names]
    made = draft_later(earlier, kind=kind, lines=lines, **given)
    issue(made, actor=world.person("standing"), issued_on=DAY)
    earlier.refresh_from_db()
    return made


def marks(decision: Decision) -> tuple[str, ...]:
    return collect_decision(Decision.objects.select_related("issuer", "council").get(pk=decision.pk)).marks


def test_the_paper_of_a_revoked_decision_says_so_on_its_first_page(world: World) -> None:
    made = issued(world, empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An"))
    follow(world, made, "revocation", "Trần Văn Bảy", "Đỗ Thị An")

    first = " ".join(text_of(decision_pdf("quyet-dinh", made)).split("PHỤ LỤC")[0].split())

    assert "ĐÃ BỊ HỦY BỎ theo Quyết định số 02/QĐ-UBND ngày 20/11/2026" in first
    assert first.index("ĐÃ BỊ HỦY BỎ") < first.index("QUYẾT ĐỊNH")


def test_a_part_taken_back_and_a_correction_are_named_with_their_decisions(world: World) -> None:
    made = issued(world, empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An", "Lê Văn Cường"))
    assert marks(made) == ()
    follow(world, made, "correction", "Đỗ Thị An")
    follow(world, made, "revocation", "Trần Văn Bảy")
    follow(world, made, "revocation", "Lê Văn Cường")

    assert marks(made) == (
        "ĐÃ BỊ HỦY BỎ MỘT PHẦN (02 trường hợp) theo Quyết định số 03/QĐ-UBND ngày 20/11/2026 và Quyết định số "
        "04/QĐ-UBND ngày 20/11/2026",
        "ĐÃ ĐƯỢC ĐÍNH CHÍNH, SỬA ĐỔI theo Quyết định số 02/QĐ-UBND ngày 20/11/2026",
    )


def test_drafts_of_later_decisions_change_no_paper(world: World) -> None:
    made = issued(world, empty_draft(world, "Trần Văn Bảy"))
    given = {"issuer": chair(world), "reason": "Khai man.", "actor": None}
    draft = draft_later(made, kind="revocation", lines=made.lines.all(), **given)

    assert (marks(made), marks(draft)) == ((), ())


def test_drafting_is_offered_until_every_case_is_drafted(world: World, clerk: Client) -> None:
    session = closed_session(world)
    page, drafting = session.get_absolute_url(), reverse("council:decision-from-session", args=[session.pk])
    assert drafting in text(clerk.get(page))

    draft_from_session(session, issuer=chair(world), actor=world.person("standing"))

    assert drafting not in text(clerk.get(page))
    assert "Mọi trường hợp được thông qua đã có trong dự thảo hoặc" in text(clerk.get(page))
    assert "đã có trong dự thảo hoặc quyết định" in text(clerk.get(drafting))
    assert "Lập dự thảo" not in text(clerk.get(drafting))


def test_minutes_of_the_count_are_offered_once_there_is_a_secret_count(client: Client) -> None:
    room = build_room(items=1)
    client.force_login(room.secretary)
    page = room.session.get_absolute_url()
    minutes = f"/phien-hop/{room.session.pk}/van-ban/bien-ban-kiem-phieu.pdf"
    assert minutes not in text(client.get(page))
    assert "Biên bản kiểm phiếu: có sau khi kiểm phiếu" in text(client.get(page))

    ballot = room.opened()
    assert minutes not in text(client.get(page))
    room.cast_all(ballot, *["y"] * 13)
    room.close(ballot)

    assert minutes in text(client.get(page))


def test_a_decision_of_the_state_names_whose_original_it_is_and_offers_the_scan(world: World, clerk: Client) -> None:
    state = chair(world, kind="state", name="Chủ tịch nước", symbol="QĐ-CTN")
    draft = empty_draft(world, "Trần Văn Bảy")
    Decision.objects.filter(pk=draft.pk).update(issuer=state, symbol="QĐ-CTN")
    draft.refresh_from_db()
    made = issued(world, draft, number=77)
    page, paper = made.get_absolute_url(), f"/quyet-dinh/{made.pk}/van-ban/quyet-dinh"

    before = text(clerk.get(page))
    assert paper not in before
    assert "Bản gốc do Chủ tịch nước ban hành" in before
    assert reverse("council:decision-scan-add", args=[made.pk]) in before
    scan = DecisionScan(decision=made, file_name="qd-ctn-77.pdf", size=8, sha256="0" * 64)
    scan.file.save("qd", ContentFile(b"%PDF-1.7"))

    after = text(clerk.get(page))
    assert "Bản đã nhận" in after
    assert reverse("council:decision-scan", args=[scan.pk]) in after
