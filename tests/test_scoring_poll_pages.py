"""Votes on the page: preparing, attendance, casting on a phone without a script, counting, results."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.domain import audit
from accounts.domain.todo import todos_for
from blocs.domain.succession import succession_of
from scoring.domain.polling.workflow import POLL
from scoring.models import Poll, PollVoter, Urn
from tests.factories import AppointmentFactory, UserFactory
from tests.polling_world import Electorate, build_electorate, options_of, voter_of, votes_of


@pytest.fixture
def seven(db: None) -> Electorate:
    return build_electorate(7)


def words(response: Any) -> str:
    """The text of a page with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def plan(seven: Electorate, **changes: Any) -> dict[str, Any]:
    return {
        "about": "co-tinh",
        "options": [agency.pk for agency in seven.agencies[:3]],
        "way": "electronic",
        "threshold": "80",
        "base": "members",
        "max_choices": "1",
        "recused_in_base": "on",
    } | changes


def ballot_url(poll: Poll, seven: Electorate, number: int) -> str:
    return f"/bo-phieu/{poll.pk}/phieu/{voter_of(poll, seven.agencies[number]).pk}/"


# Those who run the poll


def test_the_secretariat_prepares_and_opens_a_poll(client: Client, seven: Electorate) -> None:
    client.force_login(seven.leader(0))

    made = client.post(f"/khoi/{seven.year.pk}/bo-phieu/chuan-bi/", plan(seven))
    poll = Poll.objects.get()
    opened = client.post(f"/bo-phieu/{poll.pk}/thuc-hien/", {"transition": "open"}, follow=True)

    assert made.url == f"/bo-phieu/{poll.pk}/"
    assert (poll.mode, poll.channel, poll.threshold, poll.max_choices) == ("secret", "electronic", 80, 1)
    assert "Đã thực hiện: mở bỏ phiếu." in words(opened)
    assert "Đã bỏ: 0 trên 7 phiếu." in words(opened)


def test_a_fault_of_the_plan_stands_at_its_field_and_keeps_what_was_typed(client: Client, seven: Electorate) -> None:
    client.force_login(seven.leader(0))

    page = client.post(f"/khoi/{seven.year.pk}/bo-phieu/chuan-bi/", plan(seven, max_choices="4", question="Chọn cờ"))

    assert page.context["form"].errors == {"max_choices": ["Số lựa chọn tối đa trên một phiếu phải từ 1 đến 3."]}
    assert "Chọn cờ" in page.content.decode()
    assert not Poll.objects.exists()


def test_a_poll_about_people_names_no_award(client: Client, seven: Electorate) -> None:
    client.force_login(seven.leader(0))

    client.post(f"/khoi/{seven.year.pk}/bo-phieu/chuan-bi/", plan(seven, about="head", way="hands", max_choices=""))

    poll = Poll.objects.get()
    assert (poll.purpose, poll.award, poll.mode, poll.channel) == ("head", "", "show-of-hands", "counted")


def test_the_plan_is_changed_until_the_poll_opens(client: Client, seven: Electorate) -> None:
    poll = seven.prepared()
    client.force_login(seven.leader(0))

    drawn = client.get(f"/bo-phieu/{poll.pk}/sua/").context["form"]
    client.post(f"/bo-phieu/{poll.pk}/sua/", plan(seven, threshold="66", about="co-chinh-phu"))
    POLL.perform(poll, "open", actor=seven.leader(0))
    late = client.get(f"/bo-phieu/{poll.pk}/sua/", follow=True)

    assert (drawn["way"].value(), drawn["threshold"].value()) == ("electronic", 80)
    assert (poll.threshold, poll.award) == (66, "co-tinh")
    assert "Cuộc bỏ phiếu đã mở hoặc đã kết thúc nên không đổi được." in words(late)


def test_attendance_is_noted_and_a_missing_reason_told_at_its_row(client: Client, seven: Electorate) -> None:
    poll = seven.prepared()
    client.force_login(seven.leader(0))
    url = f"/bo-phieu/{poll.pk}/co-mat/"
    keys = [voter_of(poll, agency).pk for agency in seven.agencies]
    data = {f"status_{key}": "present" for key in keys} | {
        f"status_{keys[5]}": "absent",
        f"status_{keys[6]}": "recused",
    }

    refused = client.post(url, data)
    client.post(url, data | {f"reason_{keys[6]}": "Có liên quan"})

    assert refused.context["form"].errors == {f"reason_{keys[6]}": ["Hãy ghi lý do không tham gia bỏ phiếu."]}
    rows = PollVoter.objects.filter(poll=poll).order_by("pk").values_list("is_present", "recused", "recusal_reason")
    assert list(rows)[4:] == [(True, False, ""), (False, False, ""), (True, True, "Có liên quan")]


def test_a_committee_s_count_is_entered(client: Client, seven: Electorate) -> None:
    poll = seven.opened(channel="paper", max_choices=2)
    client.force_login(seven.leader(0))
    votes = {f"votes_{agency.pk}": count for agency, count in zip(seven.agencies, (6, 5, 1), strict=False)}
    data = {
        "issued": "7",
        "cast": "7",
        "invalid": "1",
        "committee": "Nguyễn Thị Lan, Trưởng ban\nTrần Văn Bình",
    } | votes
    url = f"/bo-phieu/{poll.pk}/kiem-phieu/"

    wrong = client.post(url, data | {"issued": "9"})
    client.post(url, data)

    assert wrong.context["form"].errors == {"issued": ["Số phiếu phát ra (9) không được nhiều hơn có mặt (7)."]}
    poll.refresh_from_db()
    assert (poll.state, votes_of(poll)) == ("closed", {"dv00": 6, "dv01": 5, "dv02": 1})
    assert poll.committee == [{"name": "Nguyễn Thị Lan", "title": "Trưởng ban"}, {"name": "Trần Văn Bình", "title": ""}]
    page = words(client.get(f"/bo-phieu/{poll.pk}/"))
    assert "phát ra 7, thu về 7, hợp lệ 6, không hợp lệ 1" in page
    assert "80 % trên tổng số thành viên: 6 phiếu trên 7" in page


def test_a_forged_close_of_a_paper_poll_is_refused(client: Client, seven: Electorate) -> None:
    poll = seven.opened(channel="paper")
    client.force_login(seven.leader(0))

    page = client.post(f"/bo-phieu/{poll.pk}/thuc-hien/", {"transition": "enter"}, follow=True)

    assert "Thao tác không có trong quy trình." in words(page)
    assert Poll.objects.get().state == "open"


COMMITTEE = "Nguyễn Thị Lan, Trưởng ban\nTrần Văn Nam"
NAMED = [{"name": "Nguyễn Thị Lan", "title": "Trưởng ban"}, {"name": "Trần Văn Nam", "title": ""}]


def test_a_plan_names_the_committee_of_an_electronic_vote(client: Client, seven: Electorate) -> None:
    client.force_login(seven.leader(0))

    client.post(f"/khoi/{seven.year.pk}/bo-phieu/chuan-bi/", plan(seven, committee=COMMITTEE))
    poll = Poll.objects.get()
    drawn = client.get(f"/bo-phieu/{poll.pk}/sua/").context["form"]
    client.post(f"/bo-phieu/{poll.pk}/sua/", plan(seven, committee="Lê Thị Mai, Sở Y tế"))
    entry = audit.entries_of(poll).first()

    assert (poll.committee, drawn["committee"].value()) == (NAMED, COMMITTEE)
    assert entry is not None
    assert entry.after == {"committee": [{"name": "Lê Thị Mai", "title": "Sở Y tế"}]}


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_the_committee_is_named_until_the_minutes(client: Client, seven: Electorate, state: str) -> None:
    poll = seven.prepared()
    Poll.objects.filter(pk=poll.pk).update(state=state)
    url = f"/bo-phieu/{poll.pk}/ban-kiem-phieu/"
    client.force_login(seven.leader(0))

    nobody = client.post(url, {"committee": " "})
    client.post(url, {"committee": COMMITTEE})
    shown = words(client.get(f"/bo-phieu/{poll.pk}/"))
    client.force_login(seven.leader(1))
    poll.refresh_from_db()

    assert nobody.context["form"].errors == {"committee": ["Hãy ghi ít nhất một người, trưởng ban ở dòng đầu."]}
    assert poll.committee == NAMED
    assert "Nguyễn Thị Lan, Trưởng ban" in shown
    assert client.post(url, {"committee": "Ai đó"}).status_code == (404 if state == "draft" else 403)


def test_a_cancelled_poll_names_nobody(client: Client, seven: Electorate) -> None:
    poll = seven.prepared()
    POLL.perform(poll, "cancel", actor=seven.leader(0), reason="Nhầm")
    client.force_login(seven.leader(0))

    told = client.post(f"/bo-phieu/{poll.pk}/ban-kiem-phieu/", {"committee": COMMITTEE}, follow=True)

    poll.refresh_from_db()
    assert "Cuộc bỏ phiếu đã bị hủy nên không ghi Ban kiểm phiếu được nữa." in words(told)
    assert poll.committee == []


def test_the_next_round_and_the_succession_follow_from_a_result(client: Client, seven: Electorate) -> None:
    poll = seven.prepared(purpose="head", award="", mode="show-of-hands", channel="counted", threshold=51)
    client.force_login(seven.leader(0))
    votes = [f"votes_{agency.pk}" for agency in seven.agencies[:3]]

    client.post(f"/bo-phieu/{poll.pk}/kiem-phieu/", dict(zip(votes, (3, 3, 1), strict=True)) | {"committee": ""})
    undecided = words(client.get(f"/bo-phieu/{poll.pk}/"))
    made = client.post(f"/bo-phieu/{poll.pk}/vong-sau/")
    second = Poll.objects.get(round=2)
    client.post(f"/bo-phieu/{second.pk}/kiem-phieu/", dict(zip(votes, (3, 4, 0), strict=True)) | {"committee": ""})
    page = words(client.get(f"/bo-phieu/{second.pk}/"))
    client.post(f"/bo-phieu/{second.pk}/ghi-ban-giao/")

    assert "Chuẩn bị vòng 2" in undecided
    assert made.url == f"/bo-phieu/{second.pk}/"
    assert "Ghi trưởng khối năm sau theo kết quả" in page
    agreed = succession_of(seven.year)
    assert agreed is not None
    assert agreed.head == seven.agencies[1]


# Voters


def test_a_voter_chooses_is_asked_back_and_gets_a_receipt_once(client: Client, seven: Electorate) -> None:
    poll = seven.opened()
    client.force_login(seven.leader(3))
    url, choice = ballot_url(poll, seven, 3), options_of(poll)[1].pk

    form = client.get(url)
    asked = client.post(url, {"choice": choice})
    assert not voter_of(poll, seven.agencies[3]).has_voted
    done = client.post(url, {"choice": choice, "confirmed": "1"})
    again = client.get(url)

    assert "Chọn một đơn vị" in words(form)
    assert "Bạn chọn: Đơn vị 01" in words(asked)
    receipt = done.context["receipt"]
    assert re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", receipt)
    assert "đã bỏ phiếu. Mỗi đơn vị, mỗi người chỉ bỏ một phiếu" in words(again)
    assert receipt not in words(again)
    assert ["no-store" in each["Cache-Control"] for each in (form, asked, done)] == [True, True, True]
    assert "Set-Cookie" not in done.headers or "messages" not in done.cookies


def test_choosing_again_keeps_the_choice(client: Client, seven: Electorate) -> None:
    poll = seven.opened(max_choices=2)
    client.force_login(seven.leader(3))
    keys = [option.pk for option in options_of(poll)]

    page = client.post(ballot_url(poll, seven, 3), {"choice": keys[:2], "back": "1"})

    assert [ticked for _, ticked in page.context["options"]] == [True, True, False]
    assert "Chọn tối đa 2 đơn vị" in words(page)


def test_a_blank_ballot_is_asked_back_as_invalid(client: Client, seven: Electorate) -> None:
    poll = seven.opened()
    client.force_login(seven.leader(3))

    page = client.post(ballot_url(poll, seven, 3), {"choice": ""})

    assert "Phiếu này sẽ là phiếu không hợp lệ." in words(page)


@pytest.mark.parametrize("choice", ["0", "-1", "abc", "9999999999999999999999", "١"])
def test_a_forged_option_is_refused_in_a_sentence(client: Client, seven: Electorate, choice: str) -> None:
    poll = seven.opened()
    client.force_login(seven.leader(3))

    page = client.post(ballot_url(poll, seven, 3), {"choice": choice, "confirmed": "1"})

    assert (page.status_code, voter_of(poll, seven.agencies[3]).has_voted) == (409, False)
    assert "Phiếu có lựa chọn không thuộc cuộc bỏ phiếu này." in words(page)


def test_nobody_casts_for_another_unit(client: Client, seven: Electorate) -> None:
    poll = seven.opened()
    other = seven.opened(award="co-chinh-phu")
    officer = UserFactory(email="can-bo@example.vn")
    AppointmentFactory(user=officer, agency=seven.agencies[3], duty="officer")
    data = {"choice": options_of(poll)[0].pk, "confirmed": "1"}

    client.force_login(seven.leader(4))
    assert client.post(ballot_url(poll, seven, 3), data).status_code == 403
    client.force_login(officer)
    assert client.get(f"/bo-phieu/{poll.pk}/").status_code == 200
    assert client.post(ballot_url(poll, seven, 3), data).status_code == 403
    client.force_login(seven.leader(3))
    strange = voter_of(other, seven.agencies[3]).pk
    assert client.post(f"/bo-phieu/{poll.pk}/phieu/{strange}/", data).status_code == 404
    client.force_login(UserFactory(email="nguoi-la@example.vn"))
    assert client.post(ballot_url(poll, seven, 3), data).status_code == 404
    assert not PollVoter.objects.filter(has_voted=True).exists()


def test_before_the_count_nobody_sees_a_result(client: Client, seven: Electorate) -> None:
    poll = seven.opened()
    for number in range(5):
        seven.cast(poll, number, 0)
    administrator = UserFactory(email="quan-tri@example.vn", is_staff=True, is_superuser=True)

    client.force_login(seven.leader(0))
    page = client.get(f"/bo-phieu/{poll.pk}/")
    client.force_login(administrator)
    admin = client.get("/quan-tri/").content.decode()

    assert "results" not in page.context
    assert "Đã bỏ: 5 trên 7 phiếu." in words(page)
    assert client.get(f"/bo-phieu/{poll.pk}/").status_code == 404
    assert [word for word in ("urn", "pollvoter", "polltally") if word in admin.lower()] == []
    assert "Đơn vị 00: 5 phiếu" not in words(page)


def test_after_the_count_voters_see_the_result_and_all_receipts_sorted(client: Client, seven: Electorate) -> None:
    poll = seven.opened()
    receipts = [seven.cast(poll, number, 0) for number in range(6)]
    client.force_login(seven.leader(0))
    client.post(f"/bo-phieu/{poll.pk}/thuc-hien/", {"transition": "close_early", "reason": "Hết giờ"})

    client.force_login(seven.leader(5))
    page = client.get(f"/bo-phieu/{poll.pk}/")

    shown = re.findall(r"<code>([A-Z2-9-]+)</code>", page.content.decode())
    assert shown == sorted(receipts)
    assert "được chọn" in words(page)
    assert "đã bỏ" not in words(page).replace("đã bỏ phiếu", "")


def test_the_list_tells_who_was_chosen_and_leads_to_the_minutes(client: Client, seven: Electorate) -> None:
    chosen, nobody = seven.opened(), seven.opened(award="co-chinh-phu")
    for number in range(6):
        seven.cast(chosen, number, 0)
        seven.cast(nobody, number, number % 3)
    seven.close(chosen)
    client.force_login(seven.leader(0))
    url = f"/khoi/{seven.year.pk}/bo-phieu/"

    during = words(client.get(url))
    seven.close(nobody)
    after = client.get(url)

    assert ("Đơn vị 00 : 6 phiếu" in during, "chưa đơn vị nào đạt" in during) == (True, False)
    assert "chưa đơn vị nào đạt" in words(after)
    assert f"/khoi/{seven.year.pk}/van-ban/ballot-minutes/" in after.content.decode()


def test_a_draft_is_seen_by_those_who_run_it_alone(client: Client, seven: Electorate) -> None:
    poll = seven.prepared()

    client.force_login(seven.leader(3))
    assert client.get(f"/bo-phieu/{poll.pk}/").status_code == 404
    client.force_login(seven.leader(0))
    assert client.get(f"/bo-phieu/{poll.pk}/").status_code == 200


def test_a_visitor_sees_no_poll(seven: Electorate) -> None:
    poll = seven.opened()

    assert set(Poll.objects.visible_to(AnonymousUser())) == set()
    assert set(Poll.objects.visible_to(UserFactory(email="nguoi-la@example.vn"))) == set()
    assert set(Poll.objects.visible_to(seven.leader(3))) == {poll}


def test_an_open_ballot_is_to_do_until_it_is_cast(seven: Electorate) -> None:
    poll = seven.opened()

    waiting = [each for each in todos_for(seven.leader(3)) if "Bỏ phiếu" in each.text]
    seven.cast(poll, 3, 0)

    assert [(each.text, each.url) for each in waiting] == [
        (
            "Bỏ phiếu đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh, vòng 1 (Đơn vị 03)",
            ballot_url(poll, seven, 3),
        )
    ]
    assert [each for each in todos_for(seven.leader(3)) if "Bỏ phiếu" in each.text] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_polls_takes_constant_queries(
    client: Client, seven: Electorate, django_assert_num_queries: Any, count: int
) -> None:
    for award in ("co-tinh", "co-chinh-phu", "bk-tinh")[:count]:
        poll = seven.opened(award=award)
        for number in range(3):
            seven.cast(poll, number, 0)
        seven.close(poll)
    client.force_login(seven.leader(0))
    client.get(f"/khoi/{seven.year.pk}/bo-phieu/")

    with django_assert_num_queries(10):
        client.get(f"/khoi/{seven.year.pk}/bo-phieu/")


@pytest.mark.parametrize("size", [4, 9])
def test_the_page_of_a_poll_takes_constant_queries(
    client: Client, db: None, django_assert_num_queries: Any, size: int
) -> None:
    bloc = build_electorate(size)
    poll = bloc.opened()
    client.force_login(bloc.leader(0))
    client.get(f"/bo-phieu/{poll.pk}/")

    with django_assert_num_queries(13):
        client.get(f"/bo-phieu/{poll.pk}/")


def test_the_urn_and_the_list_of_voters_have_no_page_of_their_own(client: Client, seven: Electorate) -> None:
    poll = seven.opened()
    client.force_login(seven.leader(0))

    for label, key in (("scoring.urn", poll.pk), ("scoring.pollvoter", voter_of(poll, seven.agencies[0]).pk)):
        assert client.get(f"/lich-su/{label}/{key}/").status_code == 404
    assert Urn.objects.count() == 1
