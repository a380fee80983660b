"""Evidence of a line: what comes in, who fetches it, what stays of what was removed."""

import hashlib
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from scoring.domain.evidence import PER_LINE, add_link, remove_evidence
from scoring.models import CrossCheck, Evidence, ScoreSheet
from tests.factories import CriterionFactory
from tests.scoring_world import Scores, build_scores
from tests.test_uploads import EXE_BYTES, PDF_BYTES, docx_bytes
from tests.world import World

LINK = "https://syt.example.vn/bao-cao/12"


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


@pytest.fixture
def sheet(scores: Scores) -> ScoreSheet:
    return scores.sheet(scores.world.syt, "draft")


def as_person(client: Client, scores: Scores, name: str) -> Client:
    client.force_login(scores.world.person(name))
    return client


def url_of(scores: Scores, sheet: ScoreSheet, code: str = "A1") -> str:
    return f"/phieu-cham/{sheet.pk}/minh-chung/{scores.criteria[code].pk}/"


def upload(client: Client, url: str, content: bytes = PDF_BYTES, name: str = "Báo cáo.pdf", **fields: str) -> Any:
    return client.post(url, {"title": "", "file": SimpleUploadedFile(name, content)} | fields, follow=True)


def linked(scores: Scores, sheet: ScoreSheet, url: str = LINK, code: str = "A1") -> Evidence:
    return add_link(
        sheet, criterion_id=scores.criteria[code].pk, title="", url=url, actor=scores.world.person("officer")
    )


# Coming in


def test_a_file_is_kept_under_a_name_that_says_nothing(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    page = upload(as_person(client, scores, "officer"), url_of(scores, sheet), title="Báo cáo số 12").content.decode()

    made = Evidence.objects.get()
    digest = hashlib.sha256(PDF_BYTES).hexdigest()
    assert (made.title, made.file_name, made.content_type) == ("Báo cáo số 12", "Báo cáo.pdf", "application/pdf")
    assert (made.sha256, made.size, made.added_by) == (digest, len(PDF_BYTES), scores.world.person("officer"))
    assert "Bao" not in made.file.name
    assert default_storage.open(made.file.name).read() == PDF_BYTES
    assert "Đã thêm minh chứng «Báo cáo số 12»." in page
    assert audit.entries_of(sheet).get().after == {
        "A1.minh chứng": f"Báo cáo số 12: Báo cáo.pdf, {len(PDF_BYTES)} byte, sha256 {digest}"
    }


def test_the_same_link_is_added_once_to_a_line(scores: Scores, sheet: ScoreSheet) -> None:
    linked(scores, sheet)
    linked(scores, sheet, code="A4")

    with pytest.raises(TransitionRefused, match="Đường dẫn này đã có ở tiêu chí này"):
        linked(scores, sheet)
    assert Evidence.objects.count() == 2


def test_the_line_on_the_sheet_counts_its_evidence(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    linked(scores, sheet)
    upload(as_person(client, scores, "officer"), url_of(scores, sheet), docx_bytes(), "a.docx")

    page = client.get(f"/phieu-cham/{sheet.pk}/").content.decode()

    assert "Minh chứng A1: 2 mục" in page
    assert "Minh chứng A2: thêm" in page


def test_a_program_named_as_a_paper_is_refused_and_the_title_stays(
    client: Client, scores: Scores, sheet: ScoreSheet
) -> None:
    page = upload(
        as_person(client, scores, "officer"), url_of(scores, sheet), EXE_BYTES, "bao-cao.pdf", title="Báo cáo số 12"
    ).content.decode()

    assert "Nội dung của tệp «bao-cao.pdf» không phải là PDF, PNG, JPG, Word (DOCX), Excel (XLSX)." in page
    assert 'value="Báo cáo số 12"' in page
    assert Evidence.objects.count() == 0


def test_a_file_above_the_cap_is_refused_and_the_title_stays(
    client: Client, scores: Scores, sheet: ScoreSheet, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    page = upload(
        as_person(client, scores, "officer"),
        url_of(scores, sheet),
        PDF_BYTES + b"0" * 3 * 1024 * 1024,
        title="Báo cáo số 12",
    ).content.decode()

    assert "lớn hơn 1 MB nên không được nhận." in page
    assert 'value="Báo cáo số 12"' in page
    assert Evidence.objects.count() == 0


def test_the_same_file_comes_once_a_line(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    as_person(client, scores, "officer")
    upload(client, url_of(scores, sheet))

    page = upload(client, url_of(scores, sheet), name="khac.pdf").content.decode()
    upload(client, url_of(scores, sheet, "A2"))

    assert "Tệp «khac.pdf» đã có ở tiêu chí này." in page
    assert list(Evidence.objects.values_list("criterion__code", flat=True)) == ["A1", "A2"]


def test_a_link_is_kept_with_its_address_as_title(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    as_person(client, scores, "officer").post(url_of(scores, sheet), {"title": "", "url": LINK})

    assert Evidence.objects.values_list("title", "url", "file_name", "sha256").get() == (LINK, LINK, "", "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.vn/b", "file:///etc/passwd", "không phải"])
def test_only_web_links_are_taken(client: Client, scores: Scores, sheet: ScoreSheet, url: str) -> None:
    page = as_person(client, scores, "officer").post(url_of(scores, sheet), {"title": "", "url": url})

    assert "Đường dẫn" in page.content.decode()
    assert Evidence.objects.count() == 0
    with pytest.raises(TransitionRefused, match="http:// hoặc https://"):
        linked(scores, sheet, url)


def test_a_line_holds_twenty(scores: Scores, sheet: ScoreSheet) -> None:
    for number in range(PER_LINE):
        linked(scores, sheet, f"{LINK}/{number}")

    with pytest.raises(TransitionRefused, match="tối đa 20 minh chứng"):
        linked(scores, sheet, f"{LINK}/them")
    linked(scores, sheet, LINK, "A2")


# When


def test_nothing_is_added_or_removed_once_the_sheet_was_sent(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    made = linked(scores, sheet)
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")
    as_person(client, scores, "officer")

    answers = [upload(client, url_of(scores, sheet)), client.post(f"/minh-chung/{made.pk}/bo/")]

    assert [answer.status_code for answer in answers] == [403, 403]
    for act in (lambda: linked(scores, sheet, LINK, "A2"), lambda: remove_evidence(made, actor=None)):
        with pytest.raises(TransitionRefused, match="Phiếu đã gửi"):
            act()
    assert Evidence.objects.count() == 1


def test_nothing_is_added_after_the_deadline(scores: Scores, sheet: ScoreSheet) -> None:
    year = scores.world.year
    year.scores_due = date(2020, 11, 30)
    year.save(update_fields=["scores_due"])

    with time_machine.travel("2020-12-01 08:00+07:00", tick=False), pytest.raises(TransitionRefused, match="hết hạn"):
        linked(scores, sheet)


def test_a_criterion_of_another_bloc_is_refused(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    foreign = CriterionFactory(criteria_set__bloc_year=scores.world.other_year)
    as_person(client, scores, "officer")

    answer = client.post(f"/phieu-cham/{sheet.pk}/minh-chung/{foreign.pk}/", {"title": "", "url": LINK})

    assert answer.status_code == 404
    with pytest.raises(TransitionRefused, match="không thuộc bộ tiêu chí"):
        add_link(sheet, criterion_id=foreign.pk, title="", url=LINK, actor=None)


def test_what_is_removed_stays_in_the_history_and_leaves_the_store(
    client: Client, scores: Scores, sheet: ScoreSheet, django_capture_on_commit_callbacks: Any
) -> None:
    upload(as_person(client, scores, "officer"), url_of(scores, sheet))
    made = Evidence.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/minh-chung/{made.pk}/bo/", {"reason": "Nhầm tệp"})

    entry = audit.entries_of(sheet)[0]
    assert (entry.action, entry.reason) == ("Bỏ minh chứng", "Nhầm tệp")
    assert made.sha256 in entry.before["A1.minh chứng"]
    assert (Evidence.objects.count(), default_storage.exists(made.file.name)) == (0, False)


# Who fetches it


def test_a_file_leaves_as_an_attachment_that_nothing_runs(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    upload(as_person(client, scores, "officer"), url_of(scores, sheet))

    response = client.get(f"/minh-chung/{Evidence.objects.get().pk}/tep/")

    assert response.content == PDF_BYTES
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''B%C3%A1o%20c%C3%A1o.pdf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


def test_a_file_that_a_year_file_told_of_is_not_there_yet(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    told = Evidence.objects.create(
        sheet=sheet, criterion=scores.criteria["A1"], title="Báo cáo", file_name="a.pdf", sha256="0" * 64
    )
    as_person(client, scores, "officer")

    assert "a.pdf (chưa có tệp)" in client.get(url_of(scores, sheet)).content.decode()
    assert client.get(f"/minh-chung/{told.pk}/tep/").status_code == 404


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ("draft", {"officer", "leader"}),
        ("submitted", {"officer", "leader", "secretary", "head_leader", "standing", "observer"}),
    ],
)
def test_evidence_is_seen_with_its_sheet(scores: Scores, sheet: ScoreSheet, state: str, seen_by: set[str]) -> None:
    linked(scores, sheet)
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=state)
    people = ("officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer", "stranger")

    found = {name for name in people if Evidence.objects.visible_to(scores.world.person(name)).exists()}

    assert found == seen_by


def test_a_specialised_agency_sees_the_evidence_of_its_criteria_alone(scores: Scores, sheet: ScoreSheet) -> None:
    asked = scores.criteria["A1"]
    asked.appraised_by, asked.appraiser = "agency", scores.world.other
    asked.save(update_fields=["appraised_by", "appraiser"])
    of_asked = linked(scores, sheet)
    linked(scores, sheet, code="A2")
    appraiser = scores.world.person("stranger")
    assert set(Evidence.objects.visible_to(appraiser)) == set()

    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")

    assert set(Evidence.objects.visible_to(scores.world.person("stranger"))) == {of_asked}


def test_a_cross_checker_sees_the_evidence_of_the_dealt_sheet(scores: Scores, sheet: ScoreSheet) -> None:
    made = linked(scores, sheet)
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")
    assert set(Evidence.objects.visible_to(scores.world.person("deputy_officer"))) == set()

    CrossCheck.objects.create(sheet=sheet, checker=scores.world.sgddt)

    assert set(Evidence.objects.visible_to(scores.world.person("deputy_officer"))) == {made}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    client: Client, scores: Scores, sheet: ScoreSheet, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        linked(scores, sheet, f"{LINK}/{number}")
    as_person(client, scores, "officer")

    with django_assert_num_queries(8):
        client.get(url_of(scores, sheet))
