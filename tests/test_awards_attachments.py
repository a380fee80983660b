"""Papers of dossiers and nominations: what comes in, what is refused, who fetches, what stays of what was removed."""

import hashlib
import io
import socket
import threading
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.domain import audit
from awards.domain.attachments import PER_KIND
from awards.models import Attachment, Dossier, Nomination, Supplement
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.test_uploads import EXE_BYTES, PDF_BYTES, docx_bytes
from tests.world import World


@pytest.fixture
def dossier(world: World) -> Dossier:
    return DossierFactory(agency=world.syt)


@pytest.fixture
def nomination(world: World, dossier: Dossier) -> Nomination:
    return nominate(dossier, SubjectFactory(agency=world.syt, council=world.council))


def url_of(dossier: Dossier, kind: str = "to-trinh") -> str:
    return f"/ho-so/{dossier.pk}/giay-to/{kind}/"


def as_person(client: Client, world: World, name: str = "officer") -> Client:
    client.force_login(world.person(name))
    return client


def upload(client: Client, url: str, content: bytes = PDF_BYTES, name: str = "Tờ trình.pdf", **fields: str) -> str:
    data = {"title": "", "file": SimpleUploadedFile(name, content)} | fields
    return str(client.post(url, data, follow=True).content.decode())


def stored() -> list[str]:
    try:
        found = default_storage.listdir("ho-so")
    except FileNotFoundError:
        return []
    return [name for part in found for name in part]


# Coming in


def test_a_paper_is_kept_under_a_name_that_says_nothing(client: Client, world: World, dossier: Dossier) -> None:
    page = upload(as_person(client, world), url_of(dossier), title="Tờ trình số 12")

    made = Attachment.objects.get()
    digest = hashlib.sha256(PDF_BYTES).hexdigest()
    assert (made.title, made.file_name, made.sha256, made.scan) == ("Tờ trình số 12", "Tờ trình.pdf", digest, "off")
    assert "trinh" not in made.file.name.rpartition("/")[2]
    assert "Chưa quét vi-rút (chức năng quét đang tắt)" in page
    assert audit.entries_of(dossier).get().after == {
        "Tờ trình kèm danh sách": f"Tờ trình số 12: Tờ trình.pdf, {len(PDF_BYTES)} byte, sha256 {digest}"
    }


def test_a_nomination_has_papers_of_its_own(
    client: Client, world: World, dossier: Dossier, nomination: Nomination
) -> None:
    upload(as_person(client, world), f"/de-nghi/{nomination.pk}/giay-to/bao-cao/", name="bc.pdf")

    made = Attachment.objects.get()
    assert (made.dossier, made.nomination, made.kind) == (dossier, nomination, "bao-cao")
    assert made.title in client.get(f"/de-nghi/{nomination.pk}/").content.decode()


def bomb() -> bytes:
    """A packed file with the parts of a Word document, one of which is 201 megabytes of nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
        package.writestr("word/media/a.bin", bytes(201 * 1024 * 1024))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [(EXE_BYTES, "bao-cao.pdf"), (b"", "rong.pdf"), (b"<html>", "trang.pdf"), (PDF_BYTES, "bao-cao.exe")],
)
def test_what_is_no_paper_is_refused_and_nothing_is_kept(
    client: Client, world: World, dossier: Dossier, content: bytes, name: str
) -> None:
    page = upload(as_person(client, world), url_of(dossier), content, name, title="Tờ trình số 12")

    assert "invalid-feedback" in page or "Tệp" in page
    assert 'value="Tờ trình số 12"' in page
    assert (Attachment.objects.count(), stored()) == (0, [])


def test_a_bomb_that_calls_itself_a_document_is_refused_without_being_unpacked(
    client: Client, world: World, dossier: Dossier
) -> None:
    page = upload(as_person(client, world), url_of(dossier), bomb(), "bao-cao.docx")

    assert "Tệp «bao-cao.docx» giải nén ra quá lớn (trên 200 MB)" in page
    assert (Attachment.objects.count(), stored()) == (0, [])


def test_twenty_one_megabytes_are_refused(client: Client, world: World, dossier: Dossier) -> None:
    page = upload(as_person(client, world), url_of(dossier), PDF_BYTES + b"0" * 21 * 1024 * 1024, title="Số 12")

    assert "lớn hơn 20 MB nên không được nhận." in page
    assert 'value="Số 12"' in page
    assert (Attachment.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (unicodedata.normalize("NFD", "Tờ trình.pdf"), "Tờ trình.pdf"),  # NFD in, NFC out
    ],
)
def test_names_are_kept_without_paths_and_in_one_form(
    client: Client, world: World, dossier: Dossier, name: str, kept: str
) -> None:
    upload(as_person(client, world), url_of(dossier), name=name)

    assert Attachment.objects.get().file_name == kept


def test_a_name_of_three_hundred_characters_is_answered_with_a_sentence_or_shortened(
    client: Client, world: World, dossier: Dossier
) -> None:
    page = upload(as_person(client, world), url_of(dossier), name="a" * 300 + ".pdf")

    names = list(Attachment.objects.values_list("file_name", flat=True))
    assert all(len(each) <= 255 and each.endswith(".pdf") for each in names)
    assert names or "invalid-feedback" in page


def test_the_same_file_comes_once_and_a_kind_holds_ten(client: Client, world: World, dossier: Dossier) -> None:
    as_person(client, world)
    upload(client, url_of(dossier))
    assert "đã có ở mục giấy tờ này" in upload(client, url_of(dossier), name="khac.pdf")
    for number in range(PER_KIND - 1):
        upload(client, url_of(dossier), PDF_BYTES + str(number).encode())

    assert f"Mỗi loại giấy tờ có tối đa {PER_KIND} tệp" in upload(client, url_of(dossier), docx_bytes(), "a.docx")
    assert Attachment.objects.count() == PER_KIND


# Leaving


def test_strangers_do_not_fetch_and_the_standing_body_only_what_was_sent(
    client: Client, world: World, dossier: Dossier
) -> None:
    upload(as_person(client, world), url_of(dossier))
    url = f"/giay-to/{Attachment.objects.get().pk}/"

    response = client.get(url)
    assert response.content == PDF_BYTES
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )
    for name in ("stranger", "secretary", "standing", "administrator"):
        assert as_person(client, world, name).get(url).status_code == 404
    Dossier.objects.filter(pk=dossier.pk).update(state="submitted")
    assert as_person(client, world, "standing").get(url).status_code == 200
    assert as_person(client, world, "stranger").get(url).status_code == 404


def test_what_is_removed_leaves_its_name_and_hash(
    client: Client, world: World, dossier: Dossier, django_capture_on_commit_callbacks: Any
) -> None:
    upload(as_person(client, world), url_of(dossier))
    made = Attachment.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/giay-to/{made.pk}/bo/", {"reason": "Nhầm tệp"})

    assert Attachment.objects.count() == 0
    assert not default_storage.exists(made.file.name)
    entry = audit.entries_of(dossier)[0]
    assert (entry.action, entry.reason) == ("Bỏ giấy tờ", "Nhầm tệp")
    assert made.sha256 in entry.before["Tờ trình kèm danh sách"]


def test_while_supplementing_only_the_paper_asked_for_is_open(client: Client, world: World, dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(state="supplement")
    asked = Supplement.objects.create(dossier=dossier, target="paper:to-trinh", request="Tờ trình có dấu.")
    as_person(client, world)

    assert "không yêu cầu bổ sung mục này" in upload(client, url_of(dossier, "bien-ban"))
    upload(client, url_of(dossier))

    asked.refresh_from_db()
    assert Attachment.objects.get().kind == "to-trinh"
    assert (asked.state, asked.answered_by) == ("answered", world.person("officer"))


def test_nothing_comes_into_a_sent_dossier_and_the_title_stays(client: Client, world: World, dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(state="submitted")

    as_person(client, world)
    data = {"title": "Số 12", "file": SimpleUploadedFile("a.pdf", PDF_BYTES)}
    client.post(url_of(dossier), data)

    assert (Attachment.objects.count(), stored()) == (0, [])


# The scanner


class Clamd(threading.Thread):
    """One answer of a scanner on a port of its own."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer, self.came = answer, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self) -> None:
        line, _ = self.door.accept()
        with line:
            while not self.came.endswith(b"\0\0\0\0"):
                self.came += line.recv(65536)
            line.sendall(self.answer)


@pytest.fixture
def scanner(settings: Any) -> Iterator[Any]:
    made: list[Clamd] = []

    def answering(answer: bytes) -> Clamd:
        made.append(Clamd(answer))
        made[0].start()
        settings.CLAMD = made[0].place
        return made[0]

    yield answering
    for each in made:
        each.door.close()


def test_a_scanned_file_says_so(client: Client, world: World, dossier: Dossier, scanner: Any) -> None:
    clamd = scanner(b"stream: OK\0")

    page = upload(as_person(client, world), url_of(dossier))

    assert Attachment.objects.get().scan == "clean"
    assert "Đã quét, không phát hiện vi-rút" in page
    assert clamd.came.startswith(b"zINSTREAM\0")
    assert PDF_BYTES in clamd.came


def test_an_infected_file_is_refused_and_nothing_is_kept(
    client: Client, world: World, dossier: Dossier, scanner: Any
) -> None:
    scanner(b"stream: Eicar-Signature FOUND\0")

    page = upload(as_person(client, world), url_of(dossier), title="Số 12")

    assert "có mã độc (Eicar-Signature) nên không được nhận" in page
    assert 'value="Số 12"' in page
    assert (Attachment.objects.count(), stored()) == (0, [])


def test_a_scanner_that_does_not_answer_keeps_files_out(
    client: Client, world: World, dossier: Dossier, settings: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CLAMD = f"127.0.0.1:{door.getsockname()[1]}"
    page = upload(as_person(client, world), url_of(dossier))

    assert "Chưa quét được vi-rút nên tệp «Tờ trình.pdf» chưa được nhận" in page
    assert (Attachment.objects.count(), stored()) == (0, [])
