"""A draft that nobody but its makers ever saw can be deleted; what was sent cannot."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from awards.domain.dossiers import REMOVED
from awards.domain.removing import remove_dossier
from awards.models import Attachment, Dossier, DossierVersion, ImportBatch, Nomination, Subject
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.world import World


@pytest.fixture
def dossier(world: World) -> Dossier:
    return DossierFactory(agency=world.syt, code="HS-2020-0007", title="Đề nghị khen thưởng đợt 2")


def address(dossier: Dossier) -> str:
    return reverse("awards:dossier-remove", args=[dossier.pk])


def paper_of(dossier: Dossier) -> Attachment:
    paper = Attachment(dossier=dossier, kind="to-trinh", title="Tờ trình", file_name="to-trinh.pdf", sha256="ab" * 32)
    paper.file.save("to-trinh", ContentFile(b"%PDF-1.7"), save=True)
    return paper


def test_the_draft_goes_with_its_cases_and_files_and_the_subjects_stay(
    client: Client, world: World, dossier: Dossier, django_capture_on_commit_callbacks: Any
) -> None:
    subject = SubjectFactory(agency=world.syt, council=world.council, name="Lê Thị Hoa")
    nominate(dossier, subject)
    name = paper_of(dossier).file.name
    client.force_login(world.person("officer"))

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address(dossier), {"reason": "Lập nhầm"}, follow=True)

    assert "Đã xóa hồ sơ HS-2020-0007. Đối tượng vẫn còn trong sổ đối tượng." in answer.content.decode()
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    assert list(Nomination.objects.all()) == []
    assert list(Subject.objects.filter(name="Lê Thị Hoa")) == [subject]
    assert not default_storage.exists(name)
    entry = audit.entries_of(world.syt).get(action=REMOVED)
    assert entry.reason == "Lập nhầm"
    assert entry.before["hồ sơ"] == "HS-2020-0007: Đề nghị khen thưởng đợt 2"
    assert "Lê Thị Hoa" in entry.before["trường hợp 1"]
    assert "ab" * 32 in entry.before["giấy tờ 1"]


def test_the_page_asks_first_and_says_what_goes(client: Client, world: World, dossier: Dossier) -> None:
    nominate(dossier, SubjectFactory(agency=world.syt, council=world.council))
    client.force_login(world.person("officer"))

    page = client.get(address(dossier)).content.decode()

    assert "1 trường hợp đề nghị" in page
    assert "Không lấy lại được" in page
    assert Dossier.objects.filter(pk=dossier.pk).exists()


def test_only_the_agencys_own_people_read_of_it_in_the_history(client: Client, world: World, dossier: Dossier) -> None:
    nominate(dossier, SubjectFactory(agency=world.syt, council=world.council, name="Lê Thị Hoa"))
    remove_dossier(dossier, actor=world.person("officer"))
    url = reverse("accounts:history", args=["blocs.agency", world.syt.pk])

    told = {}
    for name in ("officer", "leader", "deputy_officer", "standing", "stranger", "administrator"):
        client.force_login(world.person(name))
        told[name] = "Lê Thị Hoa" in client.get(url).content.decode()

    assert told == {
        "officer": True,
        "leader": True,
        "deputy_officer": False,
        "standing": False,
        "stranger": False,
        "administrator": False,
    }


def test_what_was_sent_once_stays(client: Client, world: World, dossier: Dossier) -> None:
    DossierVersion.objects.create(dossier=dossier, number=1, sent_at=timezone.now())
    client.force_login(world.person("officer"))

    page = client.get(address(dossier), follow=True).content.decode()

    assert "đã từng gửi đến cơ quan thường trực nên phải giữ lại" in page
    assert "Xóa hồ sơ" not in page
    with pytest.raises(TransitionRefused, match="đã từng gửi"):
        remove_dossier(dossier, actor=None)
    assert Dossier.objects.filter(pk=dossier.pk).exists()


@pytest.mark.parametrize("state", ["signed_off", "submitted", "received", "supplement", "appraised"])
def test_what_is_no_draft_stays(world: World, state: str) -> None:
    row = DossierFactory(agency=world.syt, state=state)

    with pytest.raises(TransitionRefused, match="nên không xóa được"):
        remove_dossier(row, actor=None)

    assert Dossier.objects.filter(pk=row.pk).exists()


def test_an_import_under_way_is_waited_for_and_a_finished_one_goes_too(world: World, dossier: Dossier) -> None:
    actor = world.person("officer")
    batch = ImportBatch.objects.create(
        kind="nominees",
        council=world.council,
        agency=world.syt,
        dossier=dossier,
        file_name="a.xlsx",
        sha256="0" * 64,
        state="working",
        requested_by=actor,
    )
    with pytest.raises(TransitionRefused, match="chờ nhập xong"):
        remove_dossier(dossier, actor=actor)

    ImportBatch.objects.filter(pk=batch.pk).update(state="done")
    remove_dossier(dossier, actor=actor)

    assert list(ImportBatch.objects.all()) == []


def test_another_agencys_officer_finds_nothing_and_others_may_not(
    client: Client, world: World, dossier: Dossier
) -> None:
    client.force_login(world.person("deputy_officer"))

    assert client.post(address(dossier)).status_code == 404
    assert Dossier.objects.filter(pk=dossier.pk).exists()
