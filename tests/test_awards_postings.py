"""Public postings: how long, what anyone reads without signing in, what the public says."""

from datetime import date

import lxml.html
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from awards.domain.appraising import Ruling, judge_nomination
from awards.domain.open_questions import open_questions
from awards.domain.posted import broken_off, unposted
from awards.domain.postings import (
    add_comment,
    conclude_comment,
    create_posting,
    edit_posting,
    postable,
    publish_posting,
    withdraw_posting,
)
from awards.domain.workflow import DOSSIER
from awards.models import Attachment, Dossier, Freeze, Nomination, Posting, PostingComment
from blocs.domain.editing import version_of
from tests.appraisal_world import case_of, sent_dossier

MARCH = time_machine.travel("2026-03-02 09:00+07:00", tick=False)
TEN_DAYS = {"from_on": date(2026, 3, 2), "until_on": date(2026, 3, 16)}
PUBLIC = "/cong-khai/"


def named(world, code: str = "cstd-toan-quoc", **rest) -> Nomination:
    return case_of(sent_dossier(world, cases=0, **rest), "Vũ Thị Công Khai", code)


def made(world, *cases: Nomination, **rest) -> Posting:
    values = {"title": "Danh sách đề nghị", "text": "Gửi về Sở Nội vụ."} | TEN_DAYS | rest
    return create_posting(world.council, values=values, nominations=cases, actor=world.person("standing"))


def published(world, *cases: Nomination, **rest) -> Posting:
    return publish_posting(made(world, *cases, **rest), actor=world.person("standing"))


@MARCH
@pytest.mark.parametrize(
    ("code", "simplified", "until", "goes"),
    [
        ("cstd-toan-quoc", False, date(2026, 3, 16), True),
        ("cstd-toan-quoc", False, date(2026, 3, 15), False),
        ("cstd-toan-quoc", False, date(2026, 3, 13), False),
        ("cstd-toan-quoc", True, date(2026, 3, 4), True),
        ("cstd-co-so", False, date(2026, 3, 4), True),
        ("hc-lao-dong-ba", False, date(2026, 3, 13), False),
    ],
)
def test_the_law_wants_ten_working_days(world, code, simplified, until, goes):
    case = named(world, code, simplified=simplified)
    if code.startswith("hc-"):
        type(case.award).objects.filter(pk=case.award_id).update(group="order")
        case = Nomination.objects.get(pk=case.pk)

    if goes:
        assert made(world, case, until_on=until).until_on == until
    else:
        with pytest.raises(TransitionRefused, match="phải ít nhất 10 ngày làm việc"):
            made(world, case, until_on=until)
        assert not Posting.objects.exists()


@time_machine.travel("2026-04-28 09:00+07:00")
def test_holidays_are_no_working_days(world):
    case = named(world)
    with pytest.raises(TransitionRefused, match="Hãy chọn ngày cuối từ 14/05/2026 trở đi"):
        made(world, case, from_on=date(2026, 4, 28), until_on=date(2026, 5, 12))


@MARCH
def test_publishing_late_starts_today_and_must_still_be_long_enough(world):
    row = made(world, named(world), until_on=date(2026, 3, 17))

    with time_machine.travel("2026-03-04 09:00+07:00"), pytest.raises(TransitionRefused, match="chỉ có 9 ngày"):
        publish_posting(row, actor=world.person("standing"))
    with time_machine.travel("2026-03-03 09:00+07:00"):
        publish_posting(row, actor=world.person("standing"))

    assert Posting.objects.get().from_on == date(2026, 3, 3)


@MARCH
def test_anyone_reads_names_units_awards_and_nothing_else(client, world):
    case = named(world, code="cstd-toan-quoc", title="TRICH-YEU", paper_number="SO-TO-TRINH")
    Nomination.objects.filter(pk=case.pk).update(
        summary="TOM-TAT", post="CHUC-VU", appraisal_reason="Y-KIEN", field="LINH-VUC",
        checks={"checks": [{"text": "CAU-KIEM-TRA"}]},
    )  # fmt: skip
    type(case.subject).objects.filter(pk=case.subject_id).update(id_tail="789", note="GHI-CHU", born_on="1980-02-03")
    Freeze.objects.create(subject=case.subject, kind="petition", reason="LY-DO", since=date(2026, 1, 1))
    Attachment.objects.create(dossier=case.dossier, nomination=case, kind="bao-cao", title="GIAY-TO", sha256="0" * 64)
    row = published(world, case)
    add_comment(
        row,
        values={"nomination": case, "sender": "NGUOI-GUI", "received_on": date(2026, 3, 2), "text": "Y-KIEN-DAN"},
        actor=world.person("standing"),
    )

    page = client.get(f"{PUBLIC}{row.code}/")

    main = lxml.html.fromstring(page.content).xpath("//main")[0].text_content()
    assert " ".join(main.split()) == (
        "Danh sách đề nghị Hội đồng Thi đua - Khen thưởng tỉnh Mẫu. Thời gian công khai: từ 02/03/2026 đến 16/03/2026. "
        "Danh sách đề nghị khen thưởng. Tên Đơn vị công tác, địa chỉ Danh hiệu, hình thức đề nghị Vũ Thị Công Khai "
        f"Phòng Nghiệp vụ Y {case.award.name} Gửi ý kiến Gửi về Sở Nội vụ."
    )
    secrets = (
        "TRICH-YEU", "SO-TO-TRINH", "TOM-TAT", "CHUC-VU", "Y-KIEN", "LINH-VUC", "CAU-KIEM-TRA", "789", "GHI-CHU",
        "1980", "LY-DO", "GIAY-TO", "NGUOI-GUI", "Người standing", case.dossier.code, case.subject.code, "/de-nghi/",
        "/ho-so/", "/doi-tuong/",
    )  # fmt: skip
    assert [secret for secret in secrets if secret in page.content.decode()] == []
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()


@pytest.mark.parametrize(
    ("day", "shown"), [("2026-03-01", False), ("2026-03-02", True), ("2026-03-16", True), ("2026-03-17", False)]
)
def test_names_are_public_in_the_period_only(client, world, day, shown):
    with MARCH:
        row = published(world, named(world))

    with time_machine.travel(f"{day} 09:00+07:00"):
        page, index = client.get(f"{PUBLIC}{row.code}/"), client.get(PUBLIC)

    assert page.status_code == (200 if shown else 404)
    assert ("Vũ Thị Công Khai" in page.content.decode()) is shown
    assert ("Danh sách đề nghị" in index.content.decode()) is shown


@MARCH
def test_a_list_not_published_or_withdrawn_is_not_public(client, world):
    draft, gone = made(world, named(world)), published(world, named(world))
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        withdraw_posting(gone, reason="", actor=world.person("standing"))
    withdraw_posting(gone, reason="Sai tên.", actor=world.person("standing"))

    assert [client.get(f"{PUBLIC}{row.code}/").status_code for row in (draft, gone)] == [404, 404]
    assert client.get(f"{PUBLIC}khong-co/").status_code == 404
    assert "Hiện không có danh sách nào" in client.get(PUBLIC).content.decode()
    assert entries_of(gone).first().reason == "Sai tên."


@MARCH
@pytest.mark.parametrize(
    ("state", "result", "shown"),
    [
        ("draft", "pending", False), ("signed_off", "pending", False), ("submitted", "pending", False),
        ("received", "ineligible", False), ("appraised", "ineligible", False),
        ("supplement", "needs_decision", True), ("appraised", "eligible", True), ("in_session", "eligible", True),
    ],
)  # fmt: skip
def test_who_is_no_longer_proposed_is_no_longer_public(client, world, state, result, shown):
    case, other = named(world), case_of(sent_dossier(world, cases=0), "Người Còn Lại")
    both, alone = published(world, case, other), published(world, case, title="Danh sách một người")
    type(case.dossier).objects.filter(pk=case.dossier_id).update(state=state)
    Nomination.objects.filter(pk=case.pk).update(state=result)

    page = client.get(f"{PUBLIC}{both.code}/").content.decode()
    single, index = client.get(f"{PUBLIC}{alone.code}/"), client.get(PUBLIC).content.decode()

    assert "Người Còn Lại" in page
    assert ("Vũ Thị Công Khai" in page) is shown
    assert single.status_code == (200 if shown else 404)
    assert ("Danh sách một người" in index) is shown
    assert "Danh sách đề nghị" in index


@MARCH
def test_the_address_cannot_be_guessed(world):
    codes = {made(world, named(world)).code for _ in range(3)}

    assert len(codes) == 3
    assert min(map(len, codes)) >= 16


@MARCH
@pytest.mark.parametrize(
    ("state", "result", "offered"),
    [
        ("submitted", "pending", False), ("received", "pending", True), ("supplement", "eligible", True),
        ("appraised", "eligible", True), ("received", "ineligible", False), ("concluded", "eligible", False),
    ],
)  # fmt: skip
def test_who_can_be_posted(world, state, result, offered):
    case = named(world, state=state)
    Nomination.objects.filter(pk=case.pk).update(state=result)

    assert list(postable([world.council.pk])) == ([case] if offered else [])
    if not offered:
        with pytest.raises(TransitionRefused, match="không còn trong diện thẩm định"):
            made(world, case)


@MARCH
def test_those_whose_award_wants_it_come_first(world):
    plain, wanted = named(world, "cstd-co-so"), named(world, "cstd-toan-quoc")

    assert list(postable([world.council.pk])) == [wanted, plain]


@MARCH
@pytest.mark.parametrize("name", ["officer", "leader", "administrator", "council_member", "stranger"])
def test_only_the_standing_body_posts(world, name):
    case = named(world)
    values = {"title": "A", "text": "B"} | TEN_DAYS

    with pytest.raises(PermissionDenied):
        create_posting(world.council, values=values, nominations=[case], actor=world.person(name))
    row = made(world, case)
    for verb in (
        lambda: publish_posting(row, actor=world.person(name)),
        lambda: withdraw_posting(row, reason="x", actor=world.person(name)),
    ):
        with pytest.raises(PermissionDenied):
            verb()


@MARCH
def test_two_people_on_one_list_lose_nothing(client, world):
    case = named(world)
    row = made(world, case)
    seen = version_of(row)
    values = {"title": "Của người thứ nhất", "text": "B"} | TEN_DAYS
    edit_posting(row, values=values, nominations=[case], actor=world.person("standing"), seen=seen)
    client.force_login(world.person("standing"))
    data = {
        "title": "Của người thứ hai", "text": "B", "from_on": "02/03/2026", "until_on": "16/03/2026",
        "nominations": [case.pk], "seen": seen,
    }  # fmt: skip

    page = client.post(reverse("awards:posting-edit", args=[row.pk]), data).content.decode()

    assert "Người standing đã lưu" in page
    assert "Của người thứ hai" in page
    assert Posting.objects.get().title == "Của người thứ nhất"


@MARCH
def test_makers_see_their_own_nominations_of_a_list(client, world):
    own, other = named(world), case_of(sent_dossier(world, cases=0, agency=world.sgddt), "Người Nơi Khác")
    row = published(world, own, other)
    PostingComment.objects.create(posting=row, received_on=date(2026, 3, 2), text="Y-KIEN-DAN", sender="NGUOI-GUI")
    add_comment(
        row,
        values={"nomination": other, "sender": "", "received_on": date(2026, 3, 2), "text": "x"},
        actor=world.person("standing"),
    )
    client.force_login(world.person("officer"))

    page = client.get(row.get_absolute_url()).content.decode()
    history = client.get(reverse("accounts:history", args=["awards.posting", row.pk])).content.decode()

    assert "Vũ Thị Công Khai" in page
    for secret in ("Người Nơi Khác", "Y-KIEN-DAN", "NGUOI-GUI"):
        assert secret not in page + history
    client.force_login(world.person("stranger"))
    assert client.get(row.get_absolute_url()).status_code == 404


@MARCH
def test_a_comment_is_recorded_and_concluded(client, world):
    case = named(world)
    row = published(world, case)
    client.force_login(world.person("standing"))
    data = {"nomination": case.pk, "sender": "Ông A", "received_on": "02/03/2026", "text": "Có ý kiến."}

    client.post(reverse("awards:posting-comment", args=[row.pk]), data)
    comment = PostingComment.objects.get()
    url = reverse("awards:comment-outcome", args=[row.pk, comment.pk])
    page = client.post(url, {"outcome": "dismissed"}).content.decode()
    assert "Hãy ghi nội dung kết luận." in page
    client.post(url, {"outcome": "dismissed", "outcome_text": "Đã xác minh, không đúng."})

    comment.refresh_from_db()
    assert (comment.outcome, comment.outcome_text, comment.recorded_by) == (
        "dismissed", "Đã xác minh, không đúng.", world.person("standing"),
    )  # fmt: skip


@MARCH
def test_a_comment_is_about_the_list_it_was_made_on(world):
    row, strange = published(world, named(world)), named(world)
    comment = PostingComment.objects.create(posting=row, received_on=date(2026, 3, 2), text="x")

    with pytest.raises(TransitionRefused, match="không có trong danh sách công khai"):
        add_comment(
            row,
            values={"nomination": strange, "sender": "", "received_on": date(2026, 3, 2), "text": "x"},
            actor=world.person("standing"),
        )
    with pytest.raises(PermissionDenied):
        conclude_comment(comment, outcome="noted", outcome_text="", actor=world.person("officer"))


def test_a_posting_that_ends_is_on_the_home_page(world):
    with MARCH:
        row = published(world, named(world))
    with time_machine.travel("2026-03-14 09:00+07:00"):
        todo = next(each for each in todos_for(world.person("standing")) if "công khai" in each.text)

    assert (todo.about, todo.due, todo.url) == ("Danh sách đề nghị", date(2026, 3, 16), row.get_absolute_url())


@MARCH
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "count"), [("standing", 6), ("officer", 7)])
def test_the_list_takes_constant_queries(client, world, django_assert_num_queries, rows, name, count):
    for _ in range(rows):
        made(world, named(world))
    client.force_login(world.person(name))

    with django_assert_num_queries(count):
        client.get(reverse("awards:postings"))


@MARCH
@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_pages_take_constant_queries(client, world, django_assert_num_queries, rows):
    row = published(world, *[named(world) for _ in range(rows)])

    with django_assert_num_queries(7):  # two, and five that count the request
        client.get(f"{PUBLIC}{row.code}/")
    with django_assert_num_queries(13):  # one, and those that count the request
        client.get(PUBLIC)


def found(world, case: Nomination, result: str, day: str) -> None:
    ruling = Ruling(result, "Theo hồ sơ.", "Điều 22 khoản 1")
    with time_machine.travel(f"{day} 10:00+07:00"):
        judge_nomination(Nomination.objects.get(pk=case.pk), ruling, actor=world.person("standing"))


def sent_back(world, case: Nomination, gone: str, back: str) -> None:
    """The dossier is returned on the day ``gone`` and received anew on the day ``back``."""
    with time_machine.travel(f"{gone} 10:00+07:00"):
        DOSSIER.perform(case.dossier, "give_back", actor=world.person("standing"), reason="Sai mẫu.")
    Dossier.objects.filter(pk=case.dossier_id).update(state="submitted")
    with time_machine.travel(f"{back} 10:00+07:00"):
        DOSSIER.perform(Dossier.objects.get(pk=case.dossier_id), "receive", actor=world.person("standing"))


AFTER = time_machine.travel("2026-04-20 09:00+07:00", tick=False)


@pytest.mark.parametrize(
    ("gone", "back", "until", "lacks"),
    [
        ("2026-03-09", "2026-03-11", date(2026, 3, 16), True),  # in the middle: 3 + 3 working days
        ("2026-03-02", "2026-03-02", date(2026, 3, 16), False),  # gone and back on the first day
        ("2026-03-09", "2026-03-11", date(2026, 3, 25), False),  # ten working days after it came back
        ("2026-03-09", "2026-03-11", date(2026, 3, 24), True),
        ("2026-03-17", "2026-03-18", date(2026, 3, 16), False),  # after the period
    ],
)
def test_days_on_show_are_counted_without_a_break(world, gone, back, until, lacks):
    with MARCH:
        case = named(world)
        published(world, case, until_on=until)
    found(world, case, "find_ineligible", gone)
    found(world, case, "find_eligible", back)

    with AFTER:
        assert unposted(case.dossier) == ([case] if lacks else [])


def test_a_dossier_that_was_returned_meanwhile_is_posted_anew(client, world):
    with MARCH:
        case, other = named(world), case_of(sent_dossier(world, cases=0), "Người Còn Lại", "cstd-toan-quoc")
        row = published(world, case, other)
    sent_back(world, case, "2026-03-05", "2026-03-10")

    with time_machine.travel("2026-03-11 09:00+07:00", tick=False):
        assert [each.nomination for each in broken_off([row])] == [case]
        client.force_login(world.person("standing"))
        page = " ".join(lxml.html.fromstring(client.get(row.get_absolute_url()).content).text_content().split())
        todo = next(each for each in todos_for(world.person("standing")) if "đăng lại" in each.text.lower())
        assert (todo.text, todo.url, todo.about) == (
            "Cần đăng lại 1 trường hợp: công khai bị gián đoạn", row.get_absolute_url(), "Danh sách đề nghị",
        )  # fmt: skip
        assert (
            "Cần đăng lại Vũ Thị Công Khai: không hiện trên trang công khai từ 05/03/2026 đến 10/03/2026 nên chỉ công "
            "khai liên tục được 4 ngày làm việc, phải ít nhất 10 ngày làm việc (Nghị định 152/2025/NĐ-CP, Điều 44 "
            "khoản 2). Hãy lập danh sách công khai mới cho trường hợp này."
        ) in page
        again = published(world, case, title="Đăng lại", from_on=date(2026, 3, 11), until_on=date(2026, 3, 25))
        assert list(broken_off([row])) == []
        assert not [each for each in todos_for(world.person("standing")) if "đăng lại" in each.text.lower()]
    with AFTER:
        assert unposted(case.dossier) == []
        withdraw_posting(again, reason="Nhầm.", actor=world.person("standing"))
        assert "(Vũ Thị Công Khai)" in " ".join(open_questions(Dossier.objects.get(pk=case.dossier_id)))


def test_makers_are_not_told_why_a_nominee_was_hidden(client, world):
    with MARCH:
        case = named(world)
        row = published(world, case)
    found(world, case, "find_ineligible", "2026-03-05")
    found(world, case, "find_eligible", "2026-03-06")
    client.force_login(world.person("officer"))

    with AFTER:
        page = client.get(row.get_absolute_url()).content.decode()
        client.force_login(world.person("standing"))
        told = client.get(row.get_absolute_url()).content.decode()

    assert "Cần đăng lại" not in page
    assert "Cần đăng lại" in told


def test_a_posting_that_ended_with_comments_waiting_is_on_the_home_page(world):
    with MARCH:
        row, quiet = published(world, named(world)), published(world, named(world), title="Không có ý kiến")
        for text in ("Một", "Hai"):
            PostingComment.objects.create(posting=row, received_on=date(2026, 3, 2), text=text)
        PostingComment.objects.create(posting=quiet, received_on=date(2026, 3, 2), text="Ba", outcome="noted")

    with AFTER:
        told = [(each.text, each.about) for each in todos_for(world.person("standing")) if "công khai" in each.text]

    assert told == [("Xử lý 2 ý kiến nhận được trong thời gian công khai", "Danh sách đề nghị")]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_broken_off_is_found_in_constant_queries(world, django_assert_num_queries, rows):
    with MARCH:
        cases = [named(world) for _ in range(rows)]
        row = published(world, *cases)
    for case in cases:
        found(world, case, "find_ineligible", "2026-03-05")
        found(world, case, "find_eligible", "2026-03-06")

    with AFTER, django_assert_num_queries(5):
        assert len(list(broken_off([row]))) == rows
