"""Blocs' reviews: written beside members' texts, gathered, approved, reopened, previewed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.domain.audit import entries_of, faults
from accounts.domain.todo import todos_for
from blocs.models import BlocYear, Delegation, Membership
from reports.domain.compiling import compile_section, member_texts, open_review
from reports.domain.passages import LIMIT, PassageRefused, StalePassage, save_passage
from reports.models import AgencyReport, BlocReview, Passage
from tests.factories import (
    AgencyReportFactory,
    BlocReviewFactory,
    CommendationFactory,
    PassageFactory,
    PledgeFactory,
    ProposalFactory,
    RecipientCountFactory,
    ScoreSheetFactory,
    TargetFactory,
)
from tests.world import PERSONAS, World, build_world

HTMX = {"HX-Request": "true"}
SECRETARIAT = ("secretary", "head_leader")


@pytest.fixture
def review(world: World) -> BlocReview:
    return BlocReviewFactory(bloc_year=world.year)


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def member_report(world: World, code: str, text: str, *, state: str = "signed_off") -> AgencyReport:
    report = AgencyReportFactory(bloc_year=world.year, agency=getattr(world, code), state=state)
    PassageFactory(report=report, review=None, section="achievements", text=text)
    return report


def text_of(review: BlocReview, section: str = "achievements") -> str:
    return Passage.objects.get(review=review, section=section).text


@pytest.mark.parametrize("name", PERSONAS)
def test_a_draft_review_is_its_writers_alone(client: Client, world: World, review: BlocReview, name: str) -> None:
    response = sign_in(client, world, name).get(f"/bao-cao-khoi/{review.pk}/")

    assert response.status_code == (200 if name in SECRETARIAT else 404)


@pytest.mark.parametrize("name", PERSONAS)
def test_an_approved_review_is_read_by_who_sees_the_year(client: Client, world: World, name: str) -> None:
    review = BlocReviewFactory(bloc_year=world.year, state="approved")
    PassageFactory(review=review, text="Khối đã hoàn thành nhiệm vụ.")

    response = sign_in(client, world, name).get(f"/bao-cao-khoi/{review.pk}/")

    seen = name not in ("council_member", "administrator", "stranger")
    assert response.status_code == (200 if seen else 404)
    assert ("Khối đã hoàn thành nhiệm vụ." in response.content.decode()) is seen
    assert '<textarea class="form-control editor-text"' not in response.content.decode()


def test_a_deputy_writes_once_the_head_delegates(client: Client, world: World, review: BlocReview) -> None:
    before = sign_in(client, world, "deputy_officer").get(f"/bao-cao-khoi/{review.pk}/").status_code
    Delegation.objects.create(
        membership=Membership.objects.get(bloc_year=world.year, agency=world.sgddt), area="reviews"
    )

    after = sign_in(client, world, "deputy_officer").get(f"/bao-cao-khoi/{review.pk}/")

    assert (before, after.status_code) == (404, 200)
    assert "Lưu mục này" in after.content.decode()


def test_the_secretary_opens_one_review_however_often(client: Client, world: World) -> None:
    sign_in(client, world, "secretary")

    pages = [client.post(f"/khoi/{world.year.pk}/bao-cao-khoi/mo/", {"kind": "annual"}) for _ in range(2)]

    review = BlocReview.objects.get()
    assert [page["Location"] for page in pages] == [f"/bao-cao-khoi/{review.pk}/"] * 2
    assert [entry.action for entry in entries_of(review)] == ["Mở báo cáo để soạn"]


@pytest.mark.parametrize(("name", "status"), [("officer", 403), ("standing", 403), ("stranger", 404)])
def test_others_open_no_review(client: Client, world: World, name: str, status: int) -> None:
    response = sign_in(client, world, name).post(f"/khoi/{world.year.pk}/bao-cao-khoi/mo/", {"kind": "annual"})

    assert response.status_code == status
    assert BlocReview.objects.count() == 0


def test_two_secretaries_do_not_overwrite_each_other(client: Client, world: World, review: BlocReview) -> None:
    save_passage(review, "lessons", "Bản của trưởng khối.", actor=world.person("head_leader"), version=0)

    response = sign_in(client, world, "secretary").post(
        f"/bao-cao-khoi/{review.pk}/muc/lessons/", {"text": "Bản của thư ký.", "version": 0}, headers=HTMX
    )

    assert response.status_code == 409
    assert "Bản của trưởng khối." in response.content.decode()
    assert text_of(review, "lessons") == "Bản của trưởng khối."


def test_drafts_of_members_are_not_shown_and_not_gathered(client: Client, world: World, review: BlocReview) -> None:
    member_report(world, "syt", "Bản nháp chưa ai duyệt.", state="draft")
    member_report(world, "sgddt", "Bản bị trả lại.", state="returned")
    member_report(world, "sldtbxh", "Bản đã gửi.")

    page = sign_in(client, world, "secretary").get(f"/bao-cao-khoi/{review.pk}/").content.decode()
    compile_section(review, "achievements", actor=world.person("secretary"))

    assert "Bản đã gửi." in page
    assert "Bản nháp" not in page
    assert "Bản bị trả lại" not in page
    assert text_of(review) == "Sở Lao động - Thương binh và Xã hội:\nBản đã gửi."


def test_gathering_appends_by_agency_and_destroys_nothing(client: Client, world: World, review: BlocReview) -> None:
    PassageFactory(review=review, section="achievements", text="Phần thư ký tự viết.", version=4)
    member_report(world, "syt", "Kết quả y tế.\nĐoạn hai.", state="received")
    member_report(world, "sgddt", "Kết quả giáo dục.")

    response = sign_in(client, world, "secretary").post(
        f"/bao-cao-khoi/{review.pk}/tong-hop/", {"section": "achievements"}
    )

    assert response["Location"] == f"/bao-cao-khoi/{review.pk}/#muc-achievements"
    assert text_of(review) == (
        "Phần thư ký tự viết.\n\nSở Giáo dục và Đào tạo:\nKết quả giáo dục.\n\nSở Y tế:\nKết quả y tế.\nĐoạn hai."
    )
    assert Passage.objects.get(review=review).version == 5
    assert entries_of(review).get().action == "Tổng hợp mục «Kết quả đạt được»"


def test_gathering_twice_adds_what_came_since_and_nothing_twice(world: World, review: BlocReview) -> None:
    secretary = world.person("secretary")
    member_report(world, "syt", "Kết quả y tế.")
    compile_section(review, "achievements", actor=secretary)
    member_report(world, "sgddt", "Kết quả giáo dục.")

    _, names = compile_section(review, "achievements", actor=secretary)

    assert names == ["Sở Giáo dục và Đào tạo"]
    assert text_of(review) == "Sở Y tế:\nKết quả y tế.\n\nSở Giáo dục và Đào tạo:\nKết quả giáo dục."
    with pytest.raises(PassageRefused, match="đã có đủ trong mục này"):
        compile_section(review, "achievements", actor=secretary)


def test_gathering_nothing_says_what_to_do(client: Client, world: World, review: BlocReview) -> None:
    response = sign_in(client, world, "secretary").post(
        f"/bao-cao-khoi/{review.pk}/tong-hop/", {"section": "lessons"}, follow=True
    )

    assert "Chưa có đơn vị nào gửi báo cáo có nội dung ở mục này." in response.content.decode()
    assert not Passage.objects.filter(review=review).exists()


def test_gathering_beyond_the_limit_changes_nothing(world: World, review: BlocReview) -> None:
    PassageFactory(review=review, section="achievements", text="a" * (LIMIT - 5), version=1)
    member_report(world, "syt", "Quá dài.")

    with pytest.raises(PassageRefused, match="vượt giới hạn"):
        compile_section(review, "achievements", actor=world.person("secretary"))

    assert text_of(review) == "a" * (LIMIT - 5)


def test_an_editor_open_during_gathering_is_told(world: World, review: BlocReview) -> None:
    member_report(world, "syt", "Kết quả y tế.")
    compile_section(review, "achievements", actor=world.person("head_leader"))

    with pytest.raises(StalePassage) as stale:
        save_passage(review, "achievements", "Đang gõ dở.", actor=world.person("secretary"), version=0)

    assert stale.value.text == "Sở Y tế:\nKết quả y tế."


@pytest.mark.parametrize(("name", "status"), [("officer", 403), ("standing", 403), ("stranger", 404)])
def test_readers_do_not_gather(client: Client, world: World, name: str, status: int) -> None:
    review = BlocReviewFactory(bloc_year=world.year, state="approved")
    member_report(world, "syt", "Kết quả y tế.")

    response = sign_in(client, world, name).post(f"/bao-cao-khoi/{review.pk}/tong-hop/", {"section": "achievements"})

    assert response.status_code == status
    assert not Passage.objects.filter(review=review).exists()


def test_members_do_not_see_each_others_texts_on_an_approved_review(client: Client, world: World) -> None:
    review = BlocReviewFactory(bloc_year=world.year, state="approved")
    member_report(world, "sgddt", "Riêng của Sở Giáo dục.")

    page = sign_in(client, world, "officer").get(f"/bao-cao-khoi/{review.pk}/").content.decode()

    assert "Riêng của Sở Giáo dục." not in page


def test_texts_come_in_the_blocs_order(world: World) -> None:
    member_report(world, "sldtbxh", "Ba.")
    member_report(world, "sgddt", "Một.")
    member_report(world, "syt", "Hai.")

    texts = member_texts(world.year, "mid-year")["achievements"]

    assert [each.paragraphs for each in texts] == [["Một."], ["Hai."], ["Ba."]]


def test_markup_of_a_member_stays_text_beside_the_editor_and_in_the_preview(
    client: Client, world: World, review: BlocReview
) -> None:
    evil = "<img src=x onerror=alert(1)>"
    member_report(world, "syt", evil)
    compile_section(review, "achievements", actor=world.person("secretary"))

    page = sign_in(client, world, "secretary").get(f"/bao-cao-khoi/{review.pk}/?xem-truoc=1").content.decode()

    assert "<img" not in page.replace('<img src="/static', "")
    assert page.count("&lt;img src=x") == 3  # the editor, the member's panel, the preview


@pytest.mark.parametrize(("name", "state"), [("head_leader", "approved"), ("secretary", "draft")])
def test_who_signs_for_the_head_approves(
    client: Client, world: World, review: BlocReview, name: str, state: str
) -> None:
    PassageFactory(review=review)

    response = sign_in(client, world, name).post(f"/bao-cao-khoi/{review.pk}/thao-tac/", {"transition": "approve"})

    review.refresh_from_db()
    assert (response.status_code, review.state) == (302 if name == "head_leader" else 403, state)


def test_who_writes_a_review_reads_who_approves_it(client: Client, world: World, review: BlocReview) -> None:
    url = review.get_absolute_url()
    pages = {name: sign_in(client, world, name).get(url).content.decode() for name in SECRETARIAT}

    said = {name: "Lãnh đạo trưởng khối duyệt báo cáo." in page for name, page in pages.items()}
    assert said == {"secretary": True, "head_leader": False}


def test_an_unwritten_review_is_not_approved_and_the_button_says_why(
    client: Client, world: World, review: BlocReview
) -> None:
    sign_in(client, world, "head_leader")

    page = client.get(f"/bao-cao-khoi/{review.pk}/").content.decode()
    client.post(f"/bao-cao-khoi/{review.pk}/thao-tac/", {"transition": "approve"})

    review.refresh_from_db()
    assert "Báo cáo chưa có phần viết nào." in page
    assert review.state == "draft"


def test_issuing_is_no_mere_button(client: Client, world: World) -> None:
    review = BlocReviewFactory(bloc_year=world.year, state="approved")

    response = sign_in(client, world, "secretary").post(f"/bao-cao-khoi/{review.pk}/thao-tac/", {"transition": "issue"})

    review.refresh_from_db()
    assert response["Location"] == f"/bao-cao-khoi/{review.pk}/ban-hanh/"
    assert review.state == "approved"


def test_an_approved_text_is_not_edited_until_reopened(client: Client, world: World) -> None:
    review = BlocReviewFactory(bloc_year=world.year, state="approved")
    PassageFactory(review=review, text="Đã duyệt.", version=1)
    url = f"/bao-cao-khoi/{review.pk}/muc/achievements/"
    sign_in(client, world, "head_leader")

    refused = client.post(url, {"text": "Sửa sau duyệt.", "version": 1}, headers=HTMX)
    client.post(f"/bao-cao-khoi/{review.pk}/thao-tac/", {"transition": "reopen", "reason": "Bổ sung số liệu"})
    saved = client.post(url, {"text": "Sửa khi mở lại.", "version": 1}, headers=HTMX)

    assert (refused.status_code, saved.status_code) == (422, 200)
    assert "«Đã duyệt»" in refused.content.decode()
    assert text_of(review) == "Sửa khi mở lại."


def test_the_preview_holds_what_is_computed(client: Client, world: World, review: BlocReview) -> None:
    TargetFactory(pledge=PledgeFactory(bloc_year=world.year, state="signed"), agency=world.syt, mid_year=90)
    row = CommendationFactory(bloc_year=world.year, agency=world.syt, issuer="Bộ Y tế")
    RecipientCountFactory(commendation=row, kind="individual", count=4)

    page = sign_in(client, world, "secretary").get(f"/bao-cao-khoi/{review.pk}/?xem-truoc=1").content.decode()

    assert "Năm 2020, Khối tham mưu III có 04 đơn vị thành viên:" in page
    assert "Tổng số đã được khen thưởng: 04 cá nhân." in page
    assert "Kết quả thực hiện chỉ tiêu giao ước thi đua" in page
    assert f'href="/khoi/{world.year.pk}/van-ban/mid-year-review/ban-thao.pdf"' in page


@pytest.mark.parametrize(("published", "shown"), [(False, False), (True, True)])
def test_members_read_scores_in_the_annual_review_once_published(
    client: Client, world: World, published: bool, shown: bool
) -> None:
    review = BlocReviewFactory(bloc_year=world.year, kind="annual", state="approved")
    PassageFactory(review=review)
    ScoreSheetFactory(bloc_year=world.year, agency=world.sgddt, state="agreed")
    ProposalFactory(bloc_year=world.year, agency=world.sgddt, award="co-tinh")
    if published:
        BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at="2020-12-01T00:00:00+07:00")

    member = sign_in(client, world, "officer").get(f"/bao-cao-khoi/{review.pk}/").content.decode()
    secretary = sign_in(client, world, "secretary").get(f"/bao-cao-khoi/{review.pk}/").content.decode()

    proposal = "Đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho 01 đơn vị: Sở Giáo dục và Đào tạo"
    assert (proposal in member) is shown
    assert proposal in secretary


def test_the_page_takes_the_same_queries_with_more_members(
    client: Client, world: World, review: BlocReview, django_assert_num_queries: Any
) -> None:
    sign_in(client, world, "secretary")
    for codes in (["syt"], ["sgddt", "sldtbxh"]):
        for code in codes:
            member_report(world, code, "Kết quả.")
            RecipientCountFactory(commendation=CommendationFactory(bloc_year=world.year, agency=world.syt))
        with django_assert_num_queries(10):
            assert client.get(f"/bao-cao-khoi/{review.pk}/").status_code == 200
        with django_assert_num_queries(19):
            client.get(f"/bao-cao-khoi/{review.pk}/?xem-truoc=1")


def test_the_list_of_reviews_holds_what_one_sees(client: Client, world: World, review: BlocReview) -> None:
    approved = BlocReviewFactory(bloc_year=world.year, kind="annual", state="approved")

    pages = {
        name: sign_in(client, world, name).get("/bao-cao/khoi/").content.decode()
        for name in ("secretary", "officer", "stranger")
    }

    links = {
        name: [f'href="/bao-cao-khoi/{each.pk}/"' in page for each in (review, approved)]
        for name, page in pages.items()
    }
    assert links == {"secretary": [True, True], "officer": [False, True], "stranger": [False, False]}


def test_the_list_of_reviews_takes_the_same_queries_with_more_rows(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    BlocReviewFactory(bloc_year=world.year, state="approved")
    BlocReviewFactory(bloc_year=world.year, kind="annual", state="approved")
    BlocReviewFactory(bloc_year=world.other_year, state="approved")
    sign_in(client, world, "standing")
    for query, rows in (("?ky=annual", 1), ("", 3)):
        with django_assert_num_queries(7):
            page = client.get(f"/bao-cao/khoi/{query}").content.decode()
        assert page.count('data-label="Khối, cụm"') == rows


def test_the_secretariat_is_told_to_write_to_approve_and_to_issue(world: World, review: BlocReview) -> None:
    def told(name: str) -> list[str]:
        return [todo.text for todo in todos_for(world.person(name)) if "của khối" in todo.text]

    draft = {name: told(name) for name in (*SECRETARIAT, "officer", "standing")}
    BlocReview.objects.filter(pk=review.pk).update(state="approved")
    approved = {name: told(name) for name in (*SECRETARIAT, "officer")}

    words = "báo cáo sơ kết 6 tháng đầu năm của khối"
    assert draft == {
        "secretary": [f"Hoàn thành {words}"],
        "head_leader": [f"Hoàn thành và duyệt {words}"],
        "officer": [],
        "standing": [],
    }
    assert approved == {"secretary": [f"Ban hành {words}"], "head_leader": [f"Ban hành {words}"], "officer": []}


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_opening_and_gathering_at_once_happen_once(transactional_db: None) -> None:
    world = build_world()
    people = [world.person(name) for name in SECRETARIAT]
    member_report(world, "syt", "Kết quả y tế.")

    def opened(user: Any) -> int:
        try:
            return open_review(world.year, "mid-year", actor=user).pk
        finally:
            connection.close()

    def gathered(user: Any) -> str:
        try:
            compile_section(review, "achievements", actor=user)
        except PassageRefused:
            return "refused"
        finally:
            connection.close()
        return "gathered"

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(opened, people))) == 1
        review = BlocReview.objects.get()
        assert sorted(pool.map(gathered, people)) == ["gathered", "refused"]
    assert text_of(review) == "Sở Y tế:\nKết quả y tế."
    assert list(faults()) == []
