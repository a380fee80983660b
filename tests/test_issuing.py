"""Issuing papers: number, day, hash, code; one transaction; frozen for ever."""

import hashlib
import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from reports.documents import fonts
from reports.domain import issuing
from reports.domain.issuing import (
    DamagedFile,
    IssueRefused,
    issue_document,
    issue_review,
    read_issued,
    verify,
)
from reports.models import BlocReview, IssuedDocument
from tests.factories import BlocReviewFactory, PassageFactory
from tests.pdf_reading import text_of
from tests.world import build_world

DAY = date(2020, 7, 17)


@pytest.fixture
def office(world):
    """The head has its letters and an approved six-month review."""
    return prepare(world)


def prepare(world):
    world.stttt.symbol = "STTTT"
    world.stttt.save(update_fields=["symbol"])
    review = BlocReviewFactory(bloc_year=world.year, state="approved")
    PassageFactory(review=review)
    return world


def submit(world, *, persona="head_leader", number=None, issued_on=DAY, kind="flag-submission", **changes):
    facts = {"signer_name": "Phạm Hồng Quảng", "signer_title": "Giám đốc"} | changes
    return issue_document(kind, world.year, actor=world.person(persona), number=number, issued_on=issued_on, **facts)


def review_of(world) -> BlocReview:
    return BlocReview.objects.get(bloc_year=world.year)


def send_review(world, *, persona="head_leader", number=None):
    return issue_review(
        review_of(world),
        actor=world.person(persona),
        number=number,
        issued_on=DAY,
        signer_name="Phạm Hồng Quảng",
        signer_title="Giám đốc",
    )


def stored_files():
    return default_storage.listdir("issued")[1] if default_storage.exists("issued") else []


def test_an_issued_review_is_numbered_frozen_hashed_and_verifiable(office):
    document = send_review(office)

    content = read_issued(document)
    assert document.full_number == "01/BC-STTTT"
    assert review_of(office).state == "issued"
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert verify(document.code) == document
    assert verify("khong-co") is None
    assert len(document.code) >= 22
    text = text_of(content)
    assert "Số: 01/BC-STTTT" in text
    assert "ngày 17 tháng 7 năm 2020" in text
    assert f"/xac-minh/{document.code}" in text.replace(" ", "")
    assert document.code not in document.file.name
    assert document.title.startswith("Báo cáo sơ kết phong trào thi đua")
    assert entries_of(document).get().after["number"] == "01/BC-STTTT"


def test_the_database_refuses_to_change_or_delete_an_issued_paper(office):
    document = submit(office)

    for act in (lambda: IssuedDocument.objects.update(number=9), lambda: IssuedDocument.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()

    assert IssuedDocument.objects.get().number == document.number


def test_numbers_run_by_issuer_year_and_symbol(office):
    numbers = [
        submit(office).full_number,
        submit(office, number=7).full_number,
        submit(office).full_number,
        submit(office, issued_on=date(2021, 1, 4)).full_number,
        send_review(office).full_number,
    ]

    assert numbers == ["01/TTr-STTTT", "07/TTr-STTTT", "08/TTr-STTTT", "01/TTr-STTTT", "01/BC-STTTT"]


def test_a_used_number_is_refused_with_a_sentence_and_leaves_nothing(office):
    submit(office, number=7)

    with pytest.raises(IssueRefused, match="Số 07/TTr-STTTT đã được dùng trong năm 2020"):
        submit(office, number=7)

    assert IssuedDocument.objects.count() == 1
    assert len(stored_files()) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"issued_on": timezone.localdate() + timedelta(days=1)}, "không được ở tương lai"),
        ({"number": 0}, "từ 1 trở lên"),
        ({"signer_name": "  "}, "họ tên và chức vụ"),
        ({"kind": "pledge"}, "không lấy số"),
        ({"kind": "mid-year-review"}, "sau khi đã duyệt"),
    ],
)
def test_wrong_facts_are_refused_with_a_sentence(office, changes, sentence):
    with pytest.raises(IssueRefused, match=sentence):
        submit(office, **changes)

    assert IssuedDocument.objects.count() == 0


def test_an_issuer_without_letters_or_a_bloc_without_head_cannot_issue(world):
    with pytest.raises(IssueRefused, match="chưa có chữ viết tắt"):
        submit(world)

    actor = world.person("head_leader")
    world.year.memberships.filter(role="head").update(role="member")
    with pytest.raises(IssueRefused, match="chưa có trưởng khối"):
        issuing.issue(
            "flag-submission",
            world.year,
            actor=actor,
            number=None,
            issued_on=DAY,
            signer_name="A",
            signer_title="Giám đốc",
        )


@pytest.mark.parametrize("persona", ["officer", "deputy_officer", "standing", "council_member", "administrator"])
def test_only_the_secretariat_issues(office, persona):
    with pytest.raises(PermissionDenied):
        submit(office, persona=persona)
    with pytest.raises(PermissionDenied):
        send_review(office, persona=persona)

    assert IssuedDocument.objects.count() == 0
    assert review_of(office).state == "approved"


def test_a_review_that_is_not_approved_is_not_issued(office):
    BlocReview.objects.update(state="draft")

    with pytest.raises(TransitionRefused):
        send_review(office)

    assert IssuedDocument.objects.count() == 0
    assert stored_files() == []


def test_a_review_is_issued_once(office):
    send_review(office)

    with pytest.raises(TransitionRefused):
        send_review(office)

    assert IssuedDocument.objects.count() == 1


def test_when_the_paper_cannot_be_laid_out_nothing_is_stored(office, monkeypatch, tmp_path):
    def no_fonts() -> None:
        raise fonts.FontsMissing(fonts.MISSING)

    monkeypatch.setattr(fonts, "glyphs", no_fonts)

    with pytest.raises(fonts.FontsMissing):
        send_review(office)

    assert IssuedDocument.objects.count() == 0
    assert review_of(office).state == "approved"
    assert stored_files() == []


def test_when_the_row_cannot_be_written_no_file_is_left(office, monkeypatch):
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: "the-same-code-twice-0001")
    submit(office)

    with pytest.raises(IntegrityError):
        submit(office)

    assert IssuedDocument.objects.count() == 1
    assert len(stored_files()) == 1


def test_a_damaged_or_lost_file_is_told_on_reading(office):
    document = submit(office)
    path = default_storage.path(document.file.name)
    with open(path, "ab") as file:
        file.write(b" ")

    with pytest.raises(DamagedFile, match="không còn đúng"):
        read_issued(document)

    default_storage.delete(document.file.name)
    with pytest.raises(DamagedFile, match="Không đọc được"):
        read_issued(document)


def test_an_issued_paper_stays_as_it_was_when_the_records_change(office):
    document = send_review(office)
    before = read_issued(document)

    office.year.bloc.name = "Khối khác"
    office.year.bloc.save()

    assert read_issued(verify(document.code)) == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_get_two_numbers():
    if connection.vendor != "postgresql":
        pytest.skip("row locks need PostgreSQL")
    office = prepare(build_world())
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def clerk() -> None:
        try:
            actor_world = office
            start.wait(timeout=20)
            outcomes.append(submit(actor_world).full_number)
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk) for _ in range(2)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()

    assert sorted(outcomes) == ["01/TTr-STTTT", "02/TTr-STTTT"]
