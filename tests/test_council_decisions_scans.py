"""The signed paper: whose signature, valid or not, told in words; hostile files end in a sentence."""

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.domain.workflow import TransitionRefused
from council.domain.decisions.scans import add_scan, remove_scan
from council.domain.decisions.signatures import FAULTS, NO_ROOTS, TRUSTED, UNTRUSTED, read_signatures
from council.models import DecisionScan
from tests.council_decisions_world import empty_draft, issued
from tests.signed_pdf import (
    SIGNER,
    altered_pdf,
    circular_pdf,
    credentials,
    extended_pdf,
    nested_pdf,
    plain_pdf,
    signed_pdf,
)
from tests.world import World

NAME = f"{SIGNER}, UBND tỉnh Mẫu"


def said(content: bytes) -> list[tuple[bool, bool, bool | None]]:
    reading = read_signatures(content)
    assert reading.fault == ""
    return [(each["valid"], each["whole"], each["trusted"]) for each in reading.signatures]


def test_a_valid_signature_names_its_signer_time_and_reach() -> None:
    (found,) = read_signatures(signed_pdf()).signatures

    assert (found["signer"], found["valid"], found["whole"], found["trusted"]) == (NAME, True, True, None)
    assert found["at"] is not None
    assert found["words"] == f"Hợp lệ: chữ ký bao trùm toàn bộ tệp. {NO_ROOTS}"


def test_trust_is_judged_by_the_roots_that_are_set(settings: Any, tmp_path: Any) -> None:
    roots = tmp_path / "goc.pem"
    roots.write_bytes(credentials()[1])
    settings.TRUST_ROOTS = str(roots)
    (found,) = read_signatures(signed_pdf()).signatures
    assert (found["trusted"], TRUSTED in found["words"]) == (True, True)

    from tests import signed_pdf as maker

    other = maker.credentials.__wrapped__()[1]
    roots.write_bytes(other)
    (found,) = read_signatures(signed_pdf()).signatures
    assert (found["valid"], found["trusted"], UNTRUSTED in found["words"]) == (True, False, True)


def test_a_second_signature_leaves_the_first_one_valid() -> None:
    assert said(signed_pdf(signed_pdf(), "ConDau")) == [(True, False, None), (True, True, None)]


def test_an_altered_byte_makes_the_signature_invalid() -> None:
    (found,) = read_signatures(altered_pdf()).signatures

    assert (found["valid"], found["words"]) == (
        False,
        "KHÔNG HỢP LỆ: nội dung đã bị sửa sau khi ký, hoặc chữ ký bị hỏng.",
    )


def test_a_revision_appended_after_signing_is_said() -> None:
    (found,) = read_signatures(extended_pdf()).signatures

    assert (found["valid"], found["whole"]) == (False, False)
    assert found["words"].startswith("KHÔNG HỢP LỆ: tệp đã bị thay đổi sau khi ký")


def test_a_pdf_without_signatures_has_none() -> None:
    assert said(plain_pdf()) == []


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 rubbish", b"%PDF-1.7\n" + b"\x00" * 10_000, signed_pdf()[:-700], nested_pdf()]
)
def test_a_hostile_file_ends_in_a_sentence(content: bytes) -> None:
    reading = read_signatures(content)

    assert (reading.signatures, reading.fault) == ([], FAULTS["unreadable"])


def test_a_file_that_refers_to_itself_comes_to_an_end() -> None:
    assert said(circular_pdf()) == []


def upload(content: bytes, name: str = "QD-01.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.mark.django_db
@time_machine.travel("2026-11-22 09:00+07:00", tick=False)
def test_the_page_takes_a_scan_and_shows_what_was_read(client: Any, world: World) -> None:
    made = issued(world, empty_draft(world, "Trần Văn Bảy"))
    client.force_login(world.person("standing"))

    content = altered_pdf()
    client.post(reverse("council:decision-scan-add", args=[made.pk]), {"file": upload(content)})
    page = client.get(made.get_absolute_url()).content.decode()

    scan = DecisionScan.objects.get()
    assert (scan.file_name, len(scan.sha256), scan.scan) == ("QD-01.pdf", 64, "off")
    assert "KHÔNG HỢP LỆ: nội dung đã bị sửa sau khi ký" in page
    assert NAME in page
    client.force_login(world.person("officer"))
    answer = client.get(reverse("council:decision-scan", args=[scan.pk]))
    assert (answer.content, answer["Content-Security-Policy"]) == (content, "default-src 'none'; sandbox")


@pytest.mark.django_db
def test_what_is_no_pdf_is_refused_in_a_sentence(client: Any, world: World) -> None:
    made = issued(world, empty_draft(world, "Trần Văn Bảy"))
    client.force_login(world.person("standing"))

    answer = client.post(
        reverse("council:decision-scan-add", args=[made.pk]), {"file": upload(b"MZ not a paper", "QD.pdf")}
    )

    assert "không phải là PDF" in answer.content.decode()
    assert not DecisionScan.objects.exists()


@pytest.mark.django_db
def test_a_draft_takes_no_scan_and_a_scan_goes_with_its_reason(world: World) -> None:
    draft, made = empty_draft(world, "Đỗ Thị An"), issued(world, empty_draft(world, "Trần Văn Bảy"))

    with pytest.raises(TransitionRefused, match="khi quyết định đã ban hành"):
        add_scan(draft, file=upload(plain_pdf()), actor=None)
    scan = add_scan(made, file=upload(plain_pdf()), actor=None)
    with pytest.raises(TransitionRefused, match="đã được đính kèm"):
        add_scan(made, file=upload(plain_pdf()), actor=None)
    with pytest.raises(TransitionRefused, match="lý do"):
        remove_scan(scan, reason=" ", actor=None)
    remove_scan(scan, reason="Nhầm tệp", actor=None)
    assert not DecisionScan.objects.exists()
