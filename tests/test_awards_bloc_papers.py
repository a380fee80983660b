"""Papers of the bloc's conference in its award dossier: taken as issued, replaced on record, told when they are not."""

from datetime import date
from typing import Any

import lxml.html
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts.domain.audit import entries_of
from awards.domain.bloc_papers import paper_lines, take_papers
from awards.domain.from_bloc import dossier_from_bloc
from awards.models import Attachment, Dossier
from blocs.models import BlocYear
from reports.domain.issuing import issue_document
from reports.models import IssuedDocument
from tests.awards_world import DossierFactory
from tests.factories import ProposalFactory
from tests.world import World

MINUTES, COUNT = "conference-minutes", "ballot-minutes"
NAMES = {MINUTES: "Biên bản hội nghị tổng kết, bình xét", COUNT: "Biên bản kiểm phiếu"}


@pytest.fixture
def year(world: World) -> BlocYear:
    world.stttt.symbol = "STTTT"
    world.stttt.save(update_fields=["symbol"])
    ProposalFactory(bloc_year=world.year, agency=world.syt, award="co-tinh")
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")
    world.year.refresh_from_db()
    return world.year


def issue(world: World, kind: str = MINUTES) -> IssuedDocument:
    signer = {"signer_name": "Phạm Hồng Quảng", "signer_title": "Giám đốc"}
    actor = world.person("head_leader")
    return issue_document(kind, world.year, actor=actor, number=None, issued_on=date(2020, 12, 20), **signer)


def held(dossier: Dossier) -> list[tuple[str, str, str]]:
    return list(dossier.attachments.order_by("pk").values_list("kind", "title", "sha256"))


def told(client: Client, dossier: Dossier) -> list[tuple[str, str]]:
    page = lxml.html.fromstring(client.get(dossier.get_absolute_url()).content)
    rows = page.xpath("//section[@aria-labelledby='giay-to-hoi-nghi']//li")
    return [(" ".join(row.text_content().split()), row.xpath("a/@href")[0]) for row in rows]


def test_a_dossier_takes_what_was_issued_before_it_was_made(world: World, year: BlocYear) -> None:
    minutes, count = issue(world), issue(world, COUNT)

    dossier = dossier_from_bloc(year, actor=world.person("secretary"))

    assert held(dossier) == [
        ("bien-ban", f"{NAMES[MINUTES]} số {minutes}", minutes.sha256),
        ("ket-qua-phieu", f"{NAMES[COUNT]} số {count}", count.sha256),
    ]
    copy = dossier.attachments.get(kind="bien-ban")
    assert default_storage.open(copy.file.name).read() == default_storage.open(minutes.file.name).read()


def test_a_draft_takes_what_is_issued_later_and_replaces_what_is_issued_anew(world: World, year: BlocYear) -> None:
    dossier = dossier_from_bloc(year, actor=world.person("secretary"))
    first = issue(world)
    assert [digest for _, _, digest in held(dossier)] == [first.sha256]
    scan = Attachment.objects.create(dossier=dossier, kind="bien-ban", title="Bản ký tay", sha256="1" * 64)

    second = issue(world)

    assert [title for _, title, _ in held(dossier)] == [scan.title, f"{NAMES[MINUTES]} số {second}"]
    removed = entries_of(dossier).get(action="Bỏ giấy tờ")
    assert removed.reason == f"Thay bằng {NAMES[MINUTES]} số {second}."
    assert first.sha256 in str(removed.before)
    assert IssuedDocument.objects.filter(pk=first.pk).exists()


def test_what_was_signed_off_changes_no_more(client: Client, world: World, year: BlocYear) -> None:
    dossier = dossier_from_bloc(year, actor=None)
    first = issue(world)
    Dossier.objects.filter(pk=dossier.pk).update(state="signed_off")

    second = issue(world)
    taken = take_papers(dossier, actor=world.person("secretary"))

    assert [digest for _, _, digest in held(dossier)] == [first.sha256]
    assert (taken.titles, len(taken.obstacles)) == ([], 1)
    assert "đang ở trạng thái «Lãnh đạo đã duyệt»" in taken.obstacles[0]
    client.force_login(world.person("secretary"))
    assert f"Đã ban hành lại, số {second}; hồ sơ đang giữ bản cũ." in told(client, dossier)[0][0]


def test_the_page_says_which_paper_is_not_there_and_where_it_is_made(
    client: Client, world: World, year: BlocYear
) -> None:
    dossier = dossier_from_bloc(year, actor=None)
    minutes = issue(world)
    client.force_login(world.person("secretary"))

    lines = told(client, dossier)

    assert lines == [
        (f"{NAMES[MINUTES]}: Đã lấy bản số {minutes}.", minutes.get_absolute_url()),
        (
            f"{NAMES[COUNT]}: Chưa ban hành. Hãy mở trang ban hành, lấy số rồi quay lại; hồ sơ đang soạn tự lấy bản đã "
            "ban hành.",
            reverse("reports:paper-issue", args=[year.pk, COUNT]),
        ),
        (
            "Bảng tổng hợp điểm thi đua: Không lấy số. Hãy in, ký, đóng dấu rồi tải bản quét lên ở dòng «Bảng tổng hợp "
            "điểm».",
            reverse("reports:paper-draft", args=[year.pk, "score-summary"]),
        ),
    ]
    assert client.get(lines[1][1]).status_code == 200
    Attachment.objects.create(dossier=dossier, kind="bang-diem", title="Bản quét", sha256="2" * 64)
    assert told(client, dossier)[2][0] == "Bảng tổng hợp điểm thi đua: Đã có tệp trong hồ sơ."


def test_the_button_takes_once(client: Client, world: World, year: BlocYear) -> None:
    dossier = dossier_from_bloc(year, actor=None)
    minutes = issue(world)
    dossier.attachments.all().delete()
    client.force_login(world.person("secretary"))
    url = reverse("awards:dossier-bloc-papers", args=[dossier.pk])

    pages = [client.post(url, follow=True).content.decode() for _ in range(2)]

    assert f"Đã lấy 1 giấy tờ: {NAMES[MINUTES]} số {minutes}." in pages[0]
    assert "Không có giấy tờ mới của hội nghị để lấy" in pages[1]
    assert dossier.attachments.count() == 1


def test_a_damaged_file_is_told_and_does_not_stop_issuing(client: Client, world: World, year: BlocYear) -> None:
    minutes = issue(world)
    default_storage.delete(minutes.file.name)
    dossier = dossier_from_bloc(year, actor=None)
    count = issue(world, COUNT)
    client.force_login(world.person("secretary"))

    page = client.post(reverse("awards:dossier-bloc-papers", args=[dossier.pk]), follow=True).content.decode()

    assert [digest for _, _, digest in held(dossier)] == [count.sha256]
    assert "Không đọc được tệp của văn bản này. Hãy báo quản trị viên" in page


def test_other_dossiers_have_no_conference(client: Client, world: World, year: BlocYear) -> None:
    own = DossierFactory(agency=world.stttt, council=world.council, year=2020)
    issue(world)
    client.force_login(world.person("secretary"))

    assert paper_lines(own) == []
    assert told(client, own) == []
    assert held(own) == []


@pytest.mark.parametrize("issues", [1, 3])
def test_the_lines_take_constant_queries(
    world: World, year: BlocYear, django_assert_num_queries: Any, issues: int
) -> None:
    dossier = dossier_from_bloc(year, actor=None)
    for number in range(issues):
        IssuedDocument.objects.create(
            kind=MINUTES, bloc_year=year, issuer=world.stttt, number=number + 1, symbol="BB-STTTT", issued_year=2020,
            issued_on=date(2020, 12, 20), code=f"ma-{number}", sha256=f"{number:064d}",
            issued_by=world.person("secretary"),
        )  # fmt: skip

    with django_assert_num_queries(3):
        paper_lines(dossier)
