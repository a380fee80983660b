"""Votes of the council on pages: preparing, a member's ballot, paper, results, the hall, to-dos."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.domain.todo import todos_for
from council.domain.votes.entering import enter_paper
from council.domain.votes.viewing import session_panel
from council.models import Ballot, CouncilSession, VoteSetting
from tests.council_votes_world import Room, build_room, counts_of, fates_of, rows_of
from tests.council_world import roll, vote_setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db: None) -> Room:
    return build_room()


def secretary(client: Client, room: Room) -> Client:
    client.force_login(room.secretary)
    return client


def vote_url(room: Room, ballot: Ballot, number: int) -> str:
    return f"/bieu-quyet/{ballot.pk}/phieu/{room.voter(ballot, number).pk}/"


def test_the_secretary_prepares_opens_counts_and_concludes_on_pages(client: Client, room: Room) -> None:
    secretary(client, room)
    keys = [each.pk for each in room.items()]
    page = f"/phien-hop/{room.session.pk}/bieu-quyet/chuan-bi/"

    client.get(page)
    client.post(page, {"items": keys, "mode": "", "channel": "electronic", "committee": ""})
    ballot = Ballot.objects.get()
    client.post(f"/bieu-quyet/{ballot.pk}/thuc-hien/", {"transition": "open"})
    room.cast_all(ballot, *["yyn"] * 13)
    client.post(f"/bieu-quyet/{ballot.pk}/thuc-hien/", {"transition": "close"})
    shown = client.get(f"/bieu-quyet/{ballot.pk}/").content.decode()
    results = client.get(f"/phien-hop/{room.session.pk}/ket-qua/").content.decode()
    client.post(f"/phien-hop/{room.session.pk}/ket-luan/")

    assert "Mã biên nhận của 13 phiếu" in shown
    assert "Thông qua 2, không thông qua 1" in results
    assert [each.outcome for each in room.items()] == ["passed", "passed", "failed"]


def test_a_wrong_plan_comes_back_with_sentences_at_its_fields(client: Client, room: Room) -> None:
    secretary(client, room)
    page = f"/phien-hop/{room.session.pk}/bieu-quyet/chuan-bi/"
    values = {"items": [each.pk for each in room.items()], "mode": "open", "channel": "electronic", "places": "2"}

    answer = client.post(page, values)

    assert "phải bỏ phiếu kín" in str(answer.context["form"].errors["mode"])
    assert "căn cứ" in str(answer.context["form"].errors["places_basis"])
    assert not Ballot.objects.exists()


# A member's ballot


def test_a_member_agrees_to_all_takes_one_out_sees_it_read_back_and_gets_a_receipt_once(
    client: Client, room: Room
) -> None:
    room.recuse(4, room.items()[2])
    ballot = room.opened()
    client.force_login(room.person(4))
    url = vote_url(room, ballot, 4)
    first, second, third = (row.pk for row in rows_of(ballot))

    opened = client.get(url)
    everything = client.post(url, {"every": "yes"})
    asked = client.post(url, {f"mark-{first}": "yes", f"mark-{second}": "no", "go": "1"})
    done = client.post(url, {f"mark-{first}": "yes", f"mark-{second}": "no", "confirmed": "1"})
    again = client.get(url)

    assert f"mark-{third}" not in opened.content.decode()
    assert "Bạn không tham gia biểu quyết nội dung này" in opened.content.decode()
    assert everything.content.decode().count('value="yes" checked') == 2
    assert asked.context["agreed"] == 1
    assert [line.row.pk for line in asked.context["against"]] == [second]
    assert "no-store" in opened["Cache-Control"]
    assert done.context["receipt"] in done.content.decode()
    assert "đã bỏ" in again.content.decode()
    for number in (0, 1, 2):
        room.cast(ballot, number, "yyy")
    room.close(ballot)
    assert [row[:2] for row in counts_of(ballot)] == [(4, 0), (3, 1), (3, 0)]


def test_choosing_again_keeps_what_was_marked(client: Client, room: Room) -> None:
    ballot = room.opened()
    client.force_login(room.person(0))
    first = rows_of(ballot)[0].pk

    page = client.post(vote_url(room, ballot, 0), {f"mark-{first}": "no", "back": "1"}).content.decode()

    assert f'name="mark-{first}" value="no" checked' in page
    assert not ballot.voters.filter(has_voted=True).exists()


def test_forged_marks_answer_409_and_a_second_ballot_too(client: Client, room: Room) -> None:
    room.recuse(0, room.items()[0])
    ballot = room.opened()
    client.force_login(room.person(0))
    url = vote_url(room, ballot, 0)
    out, own, _ = (row.pk for row in rows_of(ballot))

    forged = [{f"mark-{out}": "yes"}, {"mark-x": "yes"}, {f"mark-{own}": "maybe"}, {"every": "maybe"}]
    told = [client.post(url, each | {"confirmed": "1"}).status_code for each in forged]
    cast = client.post(url, {f"mark-{own}": "yes", "confirmed": "1"}).status_code
    again = client.post(url, {f"mark-{own}": "yes", "confirmed": "1"}).status_code

    assert (told, cast, again) == ([409] * 4, 200, 409)


def test_after_a_cast_the_page_leads_to_the_next_round_of_the_session(client: Client, room: Room) -> None:
    first = room.opened(room.items()[0])
    second = room.opened(room.items()[1])
    client.force_login(room.person(0))

    done = client.post(vote_url(room, first, 0), {"every": "yes", "confirmed": "1"})

    assert vote_url(room, second, 0) in done.content.decode()


@pytest.mark.parametrize("items", [1, 4])
def test_a_ballot_takes_as_many_queries_for_many_items_as_for_few(
    client: Client, items: int, django_assert_num_queries: Any
) -> None:
    room = build_room(items=items)
    ballot = room.opened()
    client.force_login(room.person(0))
    url = vote_url(room, ballot, 0)

    with django_assert_num_queries(QUERIES_OF_BALLOT):
        client.get(url)


QUERIES_OF_BALLOT = 9


# Paper


def test_a_committee_enters_a_block_with_exceptions_and_faults_stand_where_the_numbers_are(
    client: Client, room: Room
) -> None:
    ballot = room.opened(channel="counted")
    secretary(client, room)
    page = f"/bieu-quyet/{ballot.pk}/kiem-phieu/"
    _first, second, _ = (row.pk for row in rows_of(ballot))
    values = {"issued": "13", "cast": "13", "invalid": "0", "committee": "Lê Văn Kiểm, Trưởng ban"}

    wrong = client.post(page, values | {"yes": "13", "no": "0", f"yes_{second}": "13", f"no_{second}": "1"})
    client.post(page, values | {"yes": "13", "no": "0", f"yes_{second}": "9", f"no_{second}": "4"})

    assert list(wrong.context["form"].errors) == [f"yes_{second}"]
    ballot.refresh_from_db()
    assert (ballot.state, fates_of(ballot)) == ("closed", ["passed", "failed", "passed"])
    assert ballot.committee == [{"name": "Lê Văn Kiểm", "title": "Trưởng ban"}]


@pytest.mark.parametrize(("typed", "fault"), [({"no_2": "2"}, "yes_2"), ({"yes_2": "9"}, "no_2"), ({"no": ""}, "no")])
def test_half_of_a_count_is_no_count(client: Client, room: Room, typed: dict[str, str], fault: str) -> None:
    ballot = room.opened(channel="counted")
    secretary(client, room)
    key = rows_of(ballot)[1].pk
    values = {
        "issued": "13",
        "cast": "13",
        "invalid": "0",
        "committee": "Lê Văn Kiểm, Trưởng ban",
        "yes": "13",
        "no": "0",
    }
    given = {name.replace("_2", f"_{key}"): value for name, value in typed.items()}

    page = client.post(f"/bieu-quyet/{ballot.pk}/kiem-phieu/", values | given)

    ballot.refresh_from_db()
    assert ballot.state == "open"
    assert list(page.context["form"].errors) == [fault.replace("_2", f"_{key}")]
    assert "Không có phiếu nào thì ghi 0" in page.content.decode()


def test_paper_opinions_without_numbers_are_not_taken_for_abstentions(client: Client, room: Room) -> None:
    room.session.seats.filter(pk=room.seat(12).pk).update(attendance="written")
    ballot = room.opened()
    secretary(client, room)

    page = client.post(f"/bieu-quyet/{ballot.pk}/y-kien-giay/", {"voters": [room.voter(ballot, 12).pk]})

    assert page.status_code == 200
    assert "Chưa ghi ý kiến" in page.content.decode()
    assert not ballot.voters.filter(on_paper=True).exists()


def test_opinions_on_paper_give_receipts_once_and_leave_no_numbers(client: Client, room: Room) -> None:
    room.session.seats.filter(pk=room.seat(12).pk).update(attendance="written")
    ballot = room.opened()
    secretary(client, room)
    values = {"voters": [room.voter(ballot, 12).pk], "yes": "1", "no": "0"}

    done = client.post(f"/bieu-quyet/{ballot.pk}/y-kien-giay/", values)

    assert len(done.context["receipts"]) == 1
    assert "no-store" in done["Cache-Control"]
    assert ballot.voters.get(on_paper=True).has_voted


# Results and the hall


def test_the_export_holds_every_item_with_its_counts(client: Client, room: Room) -> None:
    ballot = room.opened()
    room.cast_all(ballot, *["yyn"] * 13)
    room.close(ballot)
    secretary(client, room)

    answer = client.get(f"/phien-hop/{room.session.pk}/ket-qua/?xuat=xlsx")

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[4:10] for row in rows[1:]] == [(13, 0, 0, 0, 13, 11), (13, 0, 0, 0, 13, 11), (0, 13, 0, 0, 13, 11)]
    assert rows[3][10] == "Không đạt"


def test_the_hall_sees_how_many_have_voted_and_results_after_the_count_alone(client: Client, room: Room) -> None:
    ballot = room.opened()
    room.cast_all(ballot, "yyn", "yyn", "yyn")
    client.force_login(room.world.person("council_member"))
    page = f"/phien-hop/{room.session.pk}/trinh-chieu/"

    during = client.get(page).content.decode()
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    room.close(ballot)
    after = client.get(page).content.decode()

    assert 'max="13"' in during
    assert 'value="3"' in during
    assert 'hx-trigger="every 3s"' in part
    assert "<html" not in part
    assert all(name not in during for name in room.session.seats.values_list("name", flat=True))
    assert room.items()[0].nomination.name not in during
    assert room.items()[0].nomination.name in after
    assert "style=" not in after
    assert "<nav" not in after


def test_the_chair_decides_a_tie_on_a_page(client: Client, room: Room) -> None:
    ballot = room.opened(places=2, places_basis="Kế hoạch 12/KH-UBND")
    room.cast_all(ballot, *["yyy"] * 11, "ynn", "ynn")
    room.close(ballot)
    secretary(client, room)
    page = f"/bieu-quyet/{ballot.pk}/bang-phieu/"
    tied = rows_of(ballot)[1]

    asked = client.get(page)
    client.post(page, {"rows": [tied.pk], "by": "Ủy viên số 1", "reason": "Tiêu biểu hơn"})

    assert asked.context["form"].initial["by"] == room.seat(0).name
    assert fates_of(ballot) == ["passed", "passed", "over-quota"]


def test_a_second_round_and_the_competent_persons_decision_on_pages(client: Client) -> None:
    room = build_room(items=1)
    ballot = room.opened()
    room.cast_all(ballot, *["n"] * 13)
    room.close(ballot)
    secretary(client, room)
    client.post(f"/bieu-quyet/{ballot.pk}/vong-sau/")
    second = Ballot.objects.get(round=2)
    client.post(f"/bieu-quyet/{second.pk}/thuc-hien/", {"transition": "open"})
    room.cast_all(second, *["n"] * 13)
    room.close(second)
    item = room.items()[0]

    client.get(f"/noi-dung-xet/{item.pk}/quyet-dinh/")
    client.post(
        f"/noi-dung-xet/{item.pk}/quyet-dinh/", {"outcome": "failed", "by": "Ông A, Chủ tịch", "reason": "Chưa đủ"}
    )

    item.refresh_from_db()
    assert (item.outcome, item.settled_by) == ("failed", "Ông A, Chủ tịch")


# Panel and to-dos


def test_the_panel_of_a_session_shows_members_their_ballot_and_no_drafts(room: Room) -> None:
    opened = room.opened(room.items()[0])
    room.prepared(room.items()[1])
    session = CouncilSession.objects.get(pk=room.session.pk)

    own = session_panel(session, room.person(0))
    office = session_panel(session, room.secretary)

    assert [each.pk for each in own["ballots"]] == [opened.pk]
    assert [each.ballot_id for each in own["own_votes"]] == [opened.pk]
    assert len(office["ballots"]) == 2
    assert office["own_votes"] == []


def test_a_member_is_told_to_vote_until_it_is_done_and_the_secretary_to_conclude(room: Room) -> None:
    room.recuse(1, room.items()[0])
    for item in room.items()[1:]:
        room.recuse(2, item)
    room.recuse(2, room.items()[0])
    ballot = room.opened()

    def told(user: Any) -> list[str]:
        return [todo.text for todo in todos_for(user) if "iểu quyết" in todo.text or "Bỏ phiếu" in todo.text]

    assert told(room.person(0)) == [f"Bỏ phiếu {ballot.award}, vòng 1, còn 3 nội dung"]
    assert told(room.person(1)) == [f"Bỏ phiếu {ballot.award}, vòng 1, còn 2 nội dung"]
    assert told(room.person(2)) == []
    room.cast(ballot, 0, "yyy")
    assert told(room.person(0)) == []
    for number in (3, 4, 5):
        room.cast(ballot, number, "yyy")
    room.close(ballot)
    assert told(room.secretary) == ["Kết luận theo kết quả biểu quyết đã kiểm"]


def test_an_open_vote_names_members_on_its_page(client: Client, room: Room) -> None:
    vote_setting(room.world, "cstd-tinh", 50, more_than=True, mode="open")
    ballot = room.opened(mode="open")
    room.cast_all(ballot, *["yyn"] * 13)
    room.close(ballot)
    client.force_login(room.world.person("council_member"))

    page = client.get(f"/bieu-quyet/{ballot.pk}/").content.decode()

    assert "Biểu quyết công khai của 13 thành viên" in page
    assert room.seat(0).name in page


# An open vote by name


def test_a_counted_open_vote_names_who_did_not_agree_item_by_item(client: Client) -> None:
    room = build_room(items=3, code="bk-tinh")
    VoteSetting.objects.update(mode="open")
    room.recuse(3, room.items()[1])
    ballot = room.opened()
    marks = ["yyy", "ynn", "y-n", "y-y", *["yyy"] * 9]
    room.cast_all(ballot, *marks)
    client.force_login(room.person(5))

    before = client.get(f"/bieu-quyet/{ballot.pk}/")
    room.close(ballot)
    after = client.get(f"/bieu-quyet/{ballot.pk}/")

    second, third = rows_of(ballot)[1:]
    seats = [str(room.seat(number)) for number in range(4)]
    assert "exceptions" not in before.context
    assert seats[1] not in before.content.decode()
    assert [(line.row, line.sentence) for line in after.context["exceptions"]] == [
        (
            second,
            f"Không đồng ý: {seats[1]}; không có ý kiến: {seats[2]}; không tham gia biểu quyết: {seats[3]}",
        ),
        (third, f"Không đồng ý: {seats[1]}, {seats[2]}"),
    ]
    page = after.content.decode()
    assert all(line.sentence in page for line in after.context["exceptions"])


def test_an_open_vote_in_which_all_agree_says_so(client: Client) -> None:
    room = build_room(items=2, code="bk-tinh")
    VoteSetting.objects.update(mode="open")
    ballot = room.opened()
    room.cast_all(ballot, *["yy"] * 13)
    room.close(ballot)
    client.force_login(room.person(5))

    page = client.get(f"/bieu-quyet/{ballot.pk}/")

    assert page.context["exceptions"] == []
    assert "Mọi người đã biểu quyết đều đồng ý với tất cả nội dung." in page.content.decode()


def test_paper_of_an_open_vote_is_told_as_a_total_only(client: Client) -> None:
    room = build_room(items=1, code="bk-tinh", present=12)
    VoteSetting.objects.update(mode="open")
    roll(room.session, 12, others="written")
    ballot = room.opened()
    room.cast_all(ballot, *["y"] * 12)
    counts = {row.pk: (0, 1) for row in rows_of(ballot)}
    enter_paper(ballot, voters=[room.voter(ballot, 12).pk], counts=counts, actor=room.secretary)
    room.close(ballot)
    client.force_login(room.person(5))

    page = client.get(f"/bieu-quyet/{ballot.pk}/").content.decode()

    assert f"Ý kiến gửi trên giấy chỉ ghi tổng số: {room.seat(12)}." in page
    assert "Mọi người đã biểu quyết đều đồng ý" not in page


def test_a_secret_round_names_nobody(client: Client, room: Room) -> None:
    ballot = room.opened()
    room.cast_all(ballot, *["yyn"] * 13)
    room.close(ballot)
    client.force_login(room.secretary)

    page = client.get(f"/bieu-quyet/{ballot.pk}/")

    assert (page.context["said"], page.context["exceptions"]) == ([], [])
    assert "Không đồng ý:" not in page.content.decode()
