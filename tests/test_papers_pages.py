"""Drafts, issuing, the list of issued papers, their files."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from blocs.domain.searching import search_all
from blocs.models import Agency, BlocYear, Membership
from reports.domain.drafts import issue_once
from reports.domain.issuing import IssueRefused, issue_review
from reports.models import BlocReview, IssuedDocument
from scoring.models import LockedStanding, Poll
from tests.factories import BlocReviewFactory, CriteriaSetFactory, PassageFactory, PledgeFactory, ScoreSheetFactory
from tests.world import PERSONAS, World, build_world

FORM = {
    "number": "",
    "issued_on": "2020-07-17",
    "signer_name": "Phạm Hồng Quảng",
    "signer_title": "Giám đốc",
    "confirmed": "on",
    "seen": "0",
}
FACTS = {"number": None, "issued_on": date(2020, 7, 17), "signer_name": "Phạm Hồng Quảng", "signer_title": "Giám đốc"}


def prepare(world: World) -> BlocReview:
    """The head has its letters and a person; the six-month review is approved."""
    Agency.objects.filter(pk=world.stttt.pk).update(symbol="STTTT")
    Membership.objects.filter(bloc_year=world.year, role="head").update(
        person="Phạm Hồng Quảng", person_title="Giám đốc"
    )
    review = BlocReviewFactory(bloc_year=world.year, state="approved")
    PassageFactory(review=review, text="Khối đã hoàn thành nhiệm vụ.")
    return review


@pytest.fixture
def review(world: World) -> BlocReview:
    return prepare(world)


def stored(world: World, number: int = 1, *, year: BlocYear | None = None, **changes: Any) -> IssuedDocument:
    """An issued paper with its file, without laying one out."""
    content = f"%PDF-1.7 bản số {number}".encode()
    facts = {
        "kind": "mid-year-review",
        "title": "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2020",
        "symbol": "BC-STTTT",
        "issued_on": date(2020, 7, number),
        "code": f"ma-xac-minh-{number}",
        "signer_name": "Phạm Hồng Quảng",
        "signer_title": "Giám đốc",
    } | changes
    return IssuedDocument.objects.create(
        bloc_year=year or world.year,
        issuer=world.stttt,
        number=number,
        issued_year=facts["issued_on"].year,
        file=default_storage.save(f"issued/{number}.pdf", ContentFile(content)),
        sha256=hashlib.sha256(content).hexdigest(),
        issued_by=world.person("secretary"),
        **facts,
    )


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def draft_status(client: Client, world: World, name: str, kind: str) -> int:
    return sign_in(client, world, name).get(f"/khoi/{world.year.pk}/van-ban/{kind}/ban-thao.pdf").status_code


def statuses(client: Client, world: World, kind: str) -> dict[str, int]:
    return {name: draft_status(client, world, name, kind) for name in PERSONAS}


def expected(*allowed: str) -> dict[str, int]:
    unseen = ("council_member", "administrator", "stranger")
    return {name: 200 if name in allowed else 404 if name in unseen else 403 for name in PERSONAS}


RUN = ("secretary", "head_leader", "standing")
YEAR = (*RUN, "officer", "leader", "deputy_officer", "observer")


# Drafts


def test_a_draft_is_a_pdf_shown_in_the_browser_and_kept_by_nobody(client: Client, world: World) -> None:
    PledgeFactory(bloc_year=world.year, state="signed")

    response = sign_in(client, world, "officer").get(f"/khoi/{world.year.pk}/van-ban/pledge/ban-thao.pdf")

    assert response.content[:5] == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename*=UTF-8''du-thao-")
    assert response["Cache-Control"] == "private, no-store"


def test_an_unknown_kind_is_not_found(client: Client, world: World) -> None:
    assert draft_status(client, world, "secretary", "khong-co") == 404


def test_a_pledge_that_is_a_draft_is_read_by_who_prepares_it(client: Client, world: World) -> None:
    PledgeFactory(bloc_year=world.year)

    assert statuses(client, world, "pledge") == expected(*RUN)


def test_a_pledge_open_for_signature_is_read_by_all_who_see_the_year(client: Client, world: World) -> None:
    PledgeFactory(bloc_year=world.year, state="open_for_signature")

    assert statuses(client, world, "pledge") == expected(*YEAR)


def test_a_review_in_draft_is_read_by_its_writers_alone(client: Client, world: World) -> None:
    before = statuses(client, world, "mid-year-review")
    BlocReviewFactory(bloc_year=world.year)

    assert before == expected("secretary", "head_leader")
    assert statuses(client, world, "mid-year-review") == expected("secretary", "head_leader")


def test_an_approved_review_is_read_by_all_who_see_the_year(client: Client, world: World, review: BlocReview) -> None:
    assert statuses(client, world, "mid-year-review") == expected(*YEAR)


@pytest.mark.parametrize("kind", ["score-summary", "flag-submission"])
def test_papers_of_scores_wait_for_publication(client: Client, world: World, kind: str) -> None:
    ScoreSheetFactory(bloc_year=world.year, agency=world.sgddt, state="agreed")
    before = statuses(client, world, kind)
    BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at="2020-12-01T00:00:00+07:00")

    assert before == expected(*RUN, "observer")
    assert statuses(client, world, kind) == expected(*YEAR)


def test_an_approved_annual_review_with_scores_waits_for_publication(client: Client, world: World) -> None:
    BlocReviewFactory(bloc_year=world.year, kind="annual", state="approved")
    ScoreSheetFactory(bloc_year=world.year, agency=world.sgddt, state="agreed")

    before = draft_status(client, world, "officer", "annual-review")
    BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at="2020-12-01T00:00:00+07:00")

    assert (before, draft_status(client, world, "officer", "annual-review")) == (403, 200)


def test_a_table_of_scores_is_offered_once_a_sheet_is_sent(client: Client, world: World) -> None:
    def offered() -> bool:
        client.force_login(world.person("secretary"))
        page = client.get(f"/khoi/{world.year.pk}/bao-cao/").content.decode()
        return f"/khoi/{world.year.pk}/van-ban/score-summary/ban-thao.pdf" in page

    before = offered()
    sheet = ScoreSheetFactory(bloc_year=world.year, agency=world.syt)
    draft = offered()
    type(sheet).objects.filter(pk=sheet.pk).update(state="submitted")

    assert (before, draft, offered()) == (False, False, True)


@pytest.mark.parametrize(("name", "linked"), [("secretary", True), ("standing", True), ("officer", False)])
def test_a_missing_deadline_leads_to_where_it_is_set(client: Client, world: World, name: str, linked: bool) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(mid_year_due=None, annual_due=None)
    client.force_login(world.person(name))

    room = client.get(f"/khoi/{world.year.pk}/bao-cao/").content.decode().partition("<main")[2]

    assert room.count("Chưa đặt hạn báo cáo") == 2
    assert (reverse("blocs:year-edit", args=[world.year.pk]) in room) is linked


def test_the_room_offers_what_one_may_read(client: Client, world: World) -> None:
    PledgeFactory(bloc_year=world.year, state="signed")

    officer = sign_in(client, world, "officer").get(f"/khoi/{world.year.pk}/bao-cao/").content.decode()
    secretary = sign_in(client, world, "secretary").get(f"/khoi/{world.year.pk}/bao-cao/").content.decode()

    assert "van-ban/pledge/ban-thao.pdf" in officer
    assert "van-ban/score-summary/" not in officer
    assert "van-ban/flag-submission/ban-hanh/" in secretary
    assert "ban-hanh/" not in officer


# Issuing


def test_the_form_knows_the_head_and_today(client: Client, world: World, review: BlocReview) -> None:
    page = sign_in(client, world, "secretary").get(f"/bao-cao-khoi/{review.pk}/ban-hanh/").content.decode()

    assert 'value="Phạm Hồng Quảng"' in page
    assert 'value="Giám đốc"' in page
    assert "data-confirm=" in page


def test_issuing_a_review_makes_the_paper(client: Client, world: World, review: BlocReview) -> None:
    response = sign_in(client, world, "secretary").post(f"/bao-cao-khoi/{review.pk}/ban-hanh/", FORM)

    document = IssuedDocument.objects.get()
    review.refresh_from_db()
    assert response["Location"] == f"/van-ban/{document.pk}/"
    assert (document.full_number, document.signer_name, review.state) == ("01/BC-STTTT", "Phạm Hồng Quảng", "issued")
    assert [entry.action for entry in entries_of(document)] == ["Ban hành văn bản"]
    assert [entry.action for entry in entries_of(review)] == ["Ban hành"]


def test_a_second_submission_of_the_form_issues_nothing(client: Client, world: World, review: BlocReview) -> None:
    sign_in(client, world, "secretary")
    client.post(f"/bao-cao-khoi/{review.pk}/ban-hanh/", FORM)

    again = client.post(f"/bao-cao-khoi/{review.pk}/ban-hanh/", FORM, follow=True)

    assert "Chỉ ban hành được báo cáo đã duyệt." in again.content.decode()
    assert IssuedDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "status"), [("officer", 403), ("deputy_officer", 403), ("standing", 403), ("stranger", 404)]
)
def test_the_secretariat_alone_issues(client: Client, world: World, review: BlocReview, name: str, status: int) -> None:
    sign_in(client, world, name)

    pages = [
        client.post(f"/bao-cao-khoi/{review.pk}/ban-hanh/", FORM),
        client.post(f"/khoi/{world.year.pk}/van-ban/flag-submission/ban-hanh/", FORM),
    ]

    assert [page.status_code for page in pages] == [status, status]
    assert IssuedDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"confirmed": ""}, "Hãy đánh dấu xác nhận đã đọc bản dự thảo"),
        ({"issued_on": "2999-01-01"}, "Ngày ban hành không được sau ngày hôm nay."),
        ({"signer_name": ""}, "Hãy điền mục này."),
        ({"number": "0"}, "1"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    client: Client, world: World, review: BlocReview, change: dict[str, str], sentence: str
) -> None:
    data = FORM | {"signer_title": "Phó Giám đốc"} | change

    page = sign_in(client, world, "secretary").post(f"/bao-cao-khoi/{review.pk}/ban-hanh/", data).content.decode()

    assert sentence in page
    assert 'value="Phó Giám đốc"' in page
    assert IssuedDocument.objects.count() == 0


def test_a_number_that_is_taken_is_refused_in_words(client: Client, world: World, review: BlocReview) -> None:
    stored(world, 5)

    page = (
        sign_in(client, world, "secretary")
        .post(f"/bao-cao-khoi/{review.pk}/ban-hanh/", FORM | {"number": "5"})
        .content.decode()
    )

    review.refresh_from_db()
    assert "Số 05/BC-STTTT đã được dùng trong năm 2020." in page
    assert review.state == "approved"


def test_a_review_that_is_not_approved_is_not_issued(client: Client, world: World) -> None:
    draft = BlocReviewFactory(bloc_year=world.year)

    page = sign_in(client, world, "secretary").get(f"/bao-cao-khoi/{draft.pk}/ban-hanh/", follow=True)

    assert "Hãy duyệt báo cáo trước." in page.content.decode()


def test_a_submission_is_issued_once_for_each_opened_form(client: Client, world: World, review: BlocReview) -> None:
    url = f"/khoi/{world.year.pk}/van-ban/flag-submission/ban-hanh/"
    sign_in(client, world, "secretary")

    first = client.post(url, FORM)
    second = client.post(url, FORM)
    warned = client.get(url).content.decode()

    document = IssuedDocument.objects.get()
    assert first["Location"] == f"/van-ban/{document.pk}/"
    assert "vừa được ban hành sau khi bạn mở trang" in second.content.decode()
    assert 'name="seen" value="1"' in warned
    assert "đã được ban hành 1 lần" in warned


@pytest.mark.parametrize("kind", ["flag-submission", "conference-minutes"])
def test_a_ranking_that_is_not_locked_is_issued_only_knowingly(
    client: Client, world: World, review: BlocReview, kind: str
) -> None:
    criteria = CriteriaSetFactory(bloc_year=world.year, state="open")
    url = f"/khoi/{world.year.pk}/van-ban/{kind}/ban-hanh/"
    sign_in(client, world, "secretary")

    warned = client.get(url).content.decode()
    refused = client.post(url, FORM)
    type(criteria).objects.update(state="draft")
    without = client.get(url).content.decode()
    type(criteria).objects.update(state="locked")
    client.post(url, FORM | {"unlocked": "on"})
    LockedStanding.objects.create(
        bloc_year=world.year, version=1, locked_at=timezone.now(), content={}, sha256="0" * 64
    )
    locked = client.get(url).content.decode()

    assert "Kết quả xếp hạng chưa khóa" in warned
    assert refused.context["form"].errors == {
        "unlocked": ["Hãy khóa kết quả xếp hạng trước, hoặc đánh dấu xác nhận vẫn ban hành."]
    }
    assert IssuedDocument.objects.count() == 1
    assert ["chưa khóa" in page for page in (without, locked)] == [False, False]


def electronic(world: World, **changes: Any) -> Poll:
    values = {"award": "co-tinh", "mode": "secret", "base": "members", "channel": "electronic", "state": "closed"}
    return Poll.objects.create(bloc_year=world.year, **values | {"closed_on": date(2020, 12, 20)} | changes)


def test_minutes_of_an_electronic_vote_name_who_counted(client: Client, world: World, review: BlocReview) -> None:
    poll = electronic(world)
    url = f"/khoi/{world.year.pk}/van-ban/ballot-minutes/ban-hanh/"
    naming = f"/bo-phieu/{poll.pk}/ban-kiem-phieu/"
    sign_in(client, world, "secretary")

    refused = client.post(url, FORM).content.decode()
    client.post(naming, {"committee": "Nguyễn Thị Lan, Sở Y tế"})
    drawn = client.get(url).context["form"]
    client.post(url, FORM)
    late = client.post(naming, {"committee": "Người khác"}, follow=True).content.decode()

    sentence = f"Chưa ghi Ban kiểm phiếu hoặc người chứng kiến của: {poll}. Hãy vào thẻ Bỏ phiếu"
    assert sentence in refused
    assert [drawn[name].value() for name in ("signer_name", "signer_title")] == [
        "Nguyễn Thị Lan", "Trưởng Ban kiểm phiếu",
    ]  # fmt: skip
    assert IssuedDocument.objects.count() == 1
    assert "đã ban hành nên không sửa Ban kiểm phiếu được nữa." in late
    poll.refresh_from_db()
    assert poll.committee == [{"name": "Nguyễn Thị Lan", "title": "Sở Y tế"}]


def test_minutes_of_a_count_by_hand_are_issued_without_names(client: Client, world: World, review: BlocReview) -> None:
    electronic(world, channel="counted")
    sign_in(client, world, "secretary")
    url = f"/khoi/{world.year.pk}/van-ban/ballot-minutes/ban-hanh/"

    drawn = client.get(url).context["form"]
    client.post(url, FORM)

    assert drawn["signer_name"].value() == ""
    assert IssuedDocument.objects.count() == 1


def test_a_paper_without_a_number_says_so(client: Client, world: World, review: BlocReview) -> None:
    sign_in(client, world, "secretary")

    page = client.get(f"/khoi/{world.year.pk}/van-ban/pledge/ban-hanh/").content.decode()
    client.post(f"/khoi/{world.year.pk}/van-ban/pledge/ban-hanh/", FORM)
    unknown = client.get(f"/khoi/{world.year.pk}/van-ban/mid-year-review/ban-hanh/")

    assert "không lấy số nên không ban hành qua sổ văn bản" in page
    assert unknown.status_code == 404
    assert IssuedDocument.objects.count() == 0


# The list, one paper, its file


@pytest.mark.parametrize("name", PERSONAS)
def test_papers_are_read_by_who_sees_the_year(client: Client, world: World, name: str) -> None:
    document = stored(world)
    sign_in(client, world, name)

    listed = f'href="/van-ban/{document.pk}/"' in client.get("/van-ban/").content.decode()
    page = client.get(f"/van-ban/{document.pk}/")
    file = client.get(f"/van-ban/{document.pk}/tep/")

    seen = name in YEAR
    assert listed is seen
    assert [page.status_code, file.status_code] == ([200, 200] if seen else [404, 404])
    assert (document.sha256 in page.content.decode()) is seen


def test_a_file_leaves_as_it_was_issued(client: Client, world: World) -> None:
    document = stored(world)

    response = sign_in(client, world, "officer").get(f"/van-ban/{document.pk}/tep/")

    assert hashlib.sha256(response.content).hexdigest() == document.sha256
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''01-bc-stttt-bao-cao-so-ket")


def test_the_page_of_an_issued_paper_says_that_its_pdf_is_the_paper(client: Client, world: World) -> None:
    page = sign_in(client, world, "officer").get(stored(world).get_absolute_url()).content.decode()

    assert "bản PDF là bản chính thức duy nhất, không có bản Word" in page
    assert ".docx" not in page


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_damaged_file_is_not_handed_out(
    client: Client, world: World, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    document = stored(world)
    default_storage.delete(document.file.name)
    if damage == "changed":
        default_storage.save(document.file.name, ContentFile(b"%PDF-1.7 gia mao"))

    response = sign_in(client, world, "officer").get(f"/van-ban/{document.pk}/tep/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "Không tải được tệp của văn bản" in page
    assert "gia mao" not in page
    assert f"The file of issued document {document.pk} is damaged or missing" in caplog.text


def test_the_list_searches_without_accents_filters_sorts_and_exports(client: Client, world: World) -> None:
    stored(world, 1)
    stored(world, 2, kind="flag-submission", title="Tờ trình đề nghị tặng cờ thi đua", symbol="TTr-STTTT")
    sign_in(client, world, "officer")

    def titles(query: str) -> list[bool]:
        page = client.get(f"/van-ban/{query}").content.decode()
        return ["Báo cáo sơ kết phong trào" in page, "Tờ trình đề nghị tặng cờ thi đua</a>" in page]

    assert titles("?q=to trinh tang co") == [False, True]
    assert titles("?q=TỜ TRÌNH") == [False, True]
    assert titles("?loai=mid-year-review") == [True, False]
    assert titles(f"?co_quan={world.stttt.pk}&nam=2020") == [True, True]
    assert titles("?nam=2019") == [True, True]  # not a year of the list: an unknown choice filters nothing
    assert client.get("/van-ban/?xuat=xlsx")["Content-Type"].startswith("application/vnd.openxml")


def test_the_list_takes_the_same_queries_with_more_rows(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    sign_in(client, world, "officer")
    for numbers in ([1], [2, 3]):
        for number in numbers:
            stored(world, number)
        with django_assert_num_queries(9):
            client.get("/van-ban/")


def test_an_empty_list_says_where_papers_come_from(client: Client, world: World) -> None:
    stored(world)

    page = sign_in(client, world, "stranger").get("/van-ban/").content.decode()

    assert "Văn bản được ban hành từ mục Báo cáo, văn bản của từng khối." in page


def test_papers_are_found_by_tra_cuu_where_they_are_seen(world: World) -> None:
    stored(world)

    def found(name: str, query: str) -> list[str]:
        groups = search_all(world.person(name), query)
        return [result.title for group in groups if group.label == "Văn bản đã ban hành" for result in group.results]

    assert found("officer", "bao cao so ket") == ["Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2020"]
    assert found("officer", "BC-STTTT") != []
    assert found("stranger", "bao cao so ket") == []


# Races


def at_once(acts: list[Callable[[], Any]]) -> list[str]:
    def run(act: Callable[[], Any]) -> str:
        try:
            act()
        except (IssueRefused, TransitionRefused):
            return "refused"
        finally:
            connection.close()
        return "issued"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_issues_one_paper(transactional_db: None) -> None:
    world = build_world()
    review = prepare(world)
    year = BlocYear.objects.select_related("bloc__council").get(pk=world.year.pk)
    people = [world.person(name) for name in ("secretary", "head_leader")]

    reviews = at_once([lambda p=person: issue_review(review, actor=p, **FACTS) for person in people])
    papers = at_once(
        [lambda p=person: issue_once("flag-submission", year, seen=0, actor=p, **FACTS) for person in people]
    )

    assert (reviews, papers) == (["issued", "refused"], ["issued", "refused"])
    assert sorted(IssuedDocument.objects.values_list("kind", flat=True)) == ["flag-submission", "mid-year-review"]
