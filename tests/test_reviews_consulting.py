"""Consultation on a draft review: who reads, who comments, until when, and how each comment is answered."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from reports.documents.registry import paper_of, render_pdf, render_xlsx
from reports.domain.consulting import (
    ConsultationRefused,
    StaleComment,
    add_comment,
    answer_comment,
    change_comment,
    close_consultation,
    open_consultation,
    remove_comment,
)
from reports.domain.workflow import BLOC_REVIEW
from reports.models import BlocReview, ReviewComment
from tests.factories import BlocReviewFactory, PassageFactory
from tests.pdf_reading import text_of
from tests.world import PERSONAS, World

MEMBERS = {"officer", "leader", "deputy_officer"}


@pytest.fixture
def review(world: World) -> BlocReview:
    made = BlocReviewFactory(bloc_year=world.year)
    PassageFactory(review=made, section="achievements", text="Dự thảo của khối.")
    return made


@pytest.fixture
def consulted(world: World, review: BlocReview) -> BlocReview:
    open_consultation(review, until=timezone.localdate() + timedelta(days=7), actor=world.person("secretary"))
    return review


def comment(world: World, review: BlocReview, text: str = "Bổ sung số liệu y tế.", **more: Any) -> ReviewComment:
    facts = {"agency": world.syt, "section": "achievements", "actor": world.person("officer")} | more
    return add_comment(review, text=text, **facts)


def test_opening_tells_the_members_and_keeps_a_version(world: World, consulted: BlocReview) -> None:
    told = set(Notice.objects.filter(text__startswith="Góp ý dự thảo").values_list("user__email", flat=True))

    assert {f"{name}@example.vn" for name in MEMBERS} <= told
    assert [row.reason for row in consulted.versions.all()] == ["Trước khi lấy ý kiến"]
    assert entries_of(consulted).filter(action="Lấy ý kiến dự thảo").exists()


@pytest.mark.parametrize("name", PERSONAS)
def test_who_sees_the_year_reads_the_draft_while_it_lasts(
    client: Client, world: World, consulted: BlocReview, name: str
) -> None:
    client.force_login(world.person(name))

    page = client.get(consulted.get_absolute_url())

    seen = name not in ("council_member", "administrator", "stranger")
    assert page.status_code == (200 if seen else 404)
    assert ("Dự thảo của khối." in page.content.decode()) is seen
    writes = name in ("secretary", "head_leader")
    assert ("Lưu mục này" in page.content.decode()) is writes
    assert ("Góp ý mục này" in page.content.decode()) is (name in MEMBERS)


def test_after_the_last_day_members_neither_read_nor_comment(
    client: Client, world: World, consulted: BlocReview
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        client.force_login(world.person("officer"))
        page = client.get(consulted.get_absolute_url())
        with pytest.raises(ConsultationRefused, match="đã kết thúc"):
            comment(world, consulted)

    assert page.status_code == 404
    assert not ReviewComment.objects.exists()


def test_the_last_day_itself_still_counts(world: World, consulted: BlocReview) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        comment(world, consulted)

    assert ReviewComment.objects.count() == 1


def test_closing_early_ends_it_at_once_and_keeps_what_came(world: World, consulted: BlocReview) -> None:
    comment(world, consulted)

    close_consultation(consulted, actor=world.person("secretary"))

    with pytest.raises(ConsultationRefused):
        comment(world, consulted)
    assert ReviewComment.objects.count() == 1
    assert [row.reason for row in consulted.versions.all()] == ["Sau khi lấy ý kiến", "Trước khi lấy ý kiến"]


def test_an_empty_or_past_consultation_is_not_opened(world: World, review: BlocReview) -> None:
    secretary = world.person("secretary")
    with pytest.raises(ConsultationRefused, match="đã qua"):
        open_consultation(review, until=timezone.localdate() - timedelta(days=1), actor=secretary)
    review.passages.all().delete()
    with pytest.raises(ConsultationRefused, match="chưa có phần viết"):
        open_consultation(review, until=timezone.localdate(), actor=secretary)

    assert BlocReview.objects.get().consulting_since is None


@pytest.mark.parametrize("name", ["officer", "standing", "stranger"])
def test_others_do_not_open_it(world: World, review: BlocReview, name: str) -> None:
    with pytest.raises(PermissionDenied):
        open_consultation(review, until=timezone.localdate(), actor=world.person(name))


@pytest.mark.parametrize("name", ["secretary", "standing", "observer", "stranger"])
def test_who_is_of_no_member_does_not_comment(world: World, consulted: BlocReview, name: str) -> None:
    with pytest.raises(PermissionDenied):
        comment(world, consulted, actor=world.person(name))


def test_nobody_comments_for_another_agency(client: Client, world: World, consulted: BlocReview) -> None:
    with pytest.raises(PermissionDenied):
        comment(world, consulted, agency=world.sgddt)
    client.force_login(world.person("officer"))
    page = client.post(f"{consulted.get_absolute_url()}gop-y/", {"agency": world.sgddt.pk, "text": "Giả danh."})

    assert page.status_code == 400
    assert not ReviewComment.objects.exists()


def test_members_see_each_others_comments_and_change_only_their_own(
    client: Client, world: World, consulted: BlocReview
) -> None:
    row = comment(world, consulted, "<b>Ý kiến của y tế</b>")
    client.force_login(world.person("deputy_officer"))

    page = client.get(f"{consulted.get_absolute_url()}gop-y/").content.decode()
    edit = client.get(f"{consulted.get_absolute_url()}gop-y/{row.pk}/").status_code

    assert "&lt;b&gt;Ý kiến của y tế" in page
    assert edit == 403
    with pytest.raises(PermissionDenied):
        change_comment(row, "Sửa hộ.", version=0, actor=world.person("deputy_officer"))


def test_the_own_comment_is_changed_and_withdrawn_until_the_end(world: World, consulted: BlocReview) -> None:
    row = comment(world, consulted)
    leader = world.person("leader")

    row = change_comment(row, "Ý kiến của lãnh đạo.", version=0, actor=leader)
    with pytest.raises(StaleComment):
        change_comment(row, "Gõ trên trang cũ.", version=0, actor=world.person("officer"))
    remove_comment(row, actor=leader)

    assert not ReviewComment.objects.exists()
    assert entries_of(consulted).first().before["ý kiến"] == "Ý kiến của lãnh đạo."


def test_each_comment_is_taken_or_explained(world: World, consulted: BlocReview) -> None:
    row, secretary = comment(world, consulted), world.person("secretary")

    with pytest.raises(ConsultationRefused, match="giải trình"):
        answer_comment(row, taken=False, answer=" ", version=0, actor=secretary)
    row = answer_comment(row, taken=False, answer="Số liệu chưa được xác nhận.", version=0, actor=secretary)
    with pytest.raises(StaleComment):
        answer_comment(row, taken=True, answer="", version=0, actor=world.person("head_leader"))

    assert (row.taken, row.answered_by) == (False, secretary)
    with pytest.raises(ConsultationRefused, match="đã được trả lời"):
        change_comment(row, "Sửa sau khi trả lời.", version=row.version, actor=world.person("officer"))
    with pytest.raises(PermissionDenied):
        answer_comment(row, taken=True, answer="", version=row.version, actor=world.person("officer"))


def test_a_stale_answer_keeps_what_was_typed(client: Client, world: World, consulted: BlocReview) -> None:
    row = comment(world, consulted)
    answer_comment(row, taken=True, answer="Đã bổ sung.", version=0, actor=world.person("head_leader"))
    client.force_login(world.person("secretary"))

    page = client.post(
        f"{consulted.get_absolute_url()}gop-y/{row.pk}/tra-loi/", {"taken": "no", "answer": "Lý do khác.", "version": 0}
    )

    assert page.status_code == 409
    assert "Đã bổ sung." in page.content.decode()
    assert "Lý do khác." in page.content.decode()


def test_no_approval_while_it_lasts_or_a_comment_has_no_answer(world: World, consulted: BlocReview) -> None:
    leader = world.person("head_leader")
    row = comment(world, consulted)
    with pytest.raises(TransitionRefused, match="đang lấy ý kiến"):
        BLOC_REVIEW.perform(consulted, "approve", actor=leader)
    close_consultation(consulted, actor=leader)
    with pytest.raises(TransitionRefused, match="Còn 1 ý kiến"):
        BLOC_REVIEW.perform(consulted, "approve", actor=leader)

    answer_comment(row, taken=True, answer="", version=0, actor=leader)
    BLOC_REVIEW.perform(consulted, "approve", actor=leader)

    assert consulted.state == "approved"
    assert [row.reason for row in consulted.versions.all()][:2] == ["Duyệt báo cáo", "Sau khi lấy ý kiến"]


def test_the_draft_that_ran_out_is_kept_before_the_first_answer(world: World, consulted: BlocReview) -> None:
    row = comment(world, consulted)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        answer_comment(row, taken=True, answer="", version=0, actor=world.person("secretary"))

    assert [each.reason for each in consulted.versions.all()] == ["Sau khi lấy ý kiến", "Trước khi lấy ý kiến"]


def test_the_table_lists_comments_by_section_with_their_answers(world: World, consulted: BlocReview) -> None:
    first, second = comment(world, consulted), comment(world, consulted, "Cả bài ngắn quá.", section="")
    secretary = world.person("secretary")
    answer_comment(first, taken=True, answer="Đã bổ sung vào mục.", version=0, actor=secretary)
    answer_comment(second, taken=False, answer="Giữ theo đề cương.", version=0, actor=secretary)

    paper = paper_of("review-comments", world.year, subject="mid-year")
    text = text_of(render_pdf("review-comments", world.year, subject="mid-year"))

    (table,) = [block for block in paper.blocks if block.block == "table"]
    assert [row.cells for row in table.rows] == [
        ("Toàn bộ báo cáo",),
        ("1", "Sở Y tế", "Cả bài ngắn quá.", "Không tiếp thu. Giữ theo đề cương."),
        ("Kết quả đạt được",),
        ("2", "Sở Y tế", "Bổ sung số liệu y tế.", "Tiếp thu. Đã bổ sung vào mục."),
    ]
    assert "Có 02 ý kiến của 01 đơn vị: tiếp thu 01, không tiếp thu 01." in text
    assert "Chưa gửi ý kiến góp ý: Sở Giáo dục và Đào tạo; Sở Lao động - Thương binh và Xã hội." in text
    assert render_xlsx("review-comments", world.year, subject="mid-year") is not None


def test_the_list_takes_the_same_queries_with_more_comments(
    client: Client, world: World, consulted: BlocReview, django_assert_max_num_queries: Any
) -> None:
    client.force_login(world.person("secretary"))
    counts = []
    for rows in (1, 4):
        for _ in range(rows):
            comment(world, consulted)
        with django_assert_max_num_queries(12) as found:
            assert client.get(f"{consulted.get_absolute_url()}gop-y/").status_code == 200
        counts.append(len(found))

    assert counts[0] == counts[1]
