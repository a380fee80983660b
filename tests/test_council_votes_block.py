"""Rounds with many items: one choice for all with exceptions, lists page by page, constant queries."""

import re
from typing import Any

import pytest
from django.test import Client

from council.domain.votes.block_paper import packed, unpacked
from council.domain.votes.settling import conclusions_of, prospect_of
from council.models import Ballot, BallotVoter
from tests.council_votes_world import Room, build_room, counts_of, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def from_three_items_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("council.views.votes_cast.MANY", 2)


def big_room(items: int = 5) -> Room:
    room = build_room(items=items)
    for number, item in enumerate(room.items(), start=1):
        item.nomination.name = f"Trần Văn Số {number:03d}"
        item.nomination.save()
    return room


def vote_url(room: Room, ballot: Ballot, number: int) -> str:
    return f"/bieu-quyet/{ballot.pk}/phieu/{room.voter(ballot, number).pk}/"


def text_in(response: Any) -> str:
    (found,) = re.findall(r'name="packed" value="([^"]*)"', response.content.decode())
    return str(found)


def fields_in(response: Any) -> set[str]:
    return set(re.findall(r'name="(mark-[0-9]+)"', response.content.decode()))


def test_all_are_agreed_to_but_one_that_is_found_by_name(client: Client) -> None:
    room = big_room()
    ballot = room.opened()
    client.force_login(room.person(0))
    url, third = vote_url(room, ballot, 0), rows_of(ballot)[2].pk

    opened = client.get(url)
    agreed = client.post(url, {"packed": text_in(opened), "every": "yes"})
    found = client.post(url, {"packed": text_in(agreed), "q": "so 003", "find": "1"})
    asked = client.post(url, {"packed": text_in(found), "q": "so 003", f"mark-{third}": "no", "go": "1"})
    back = client.post(url, {"packed": text_in(asked), "back": "1"})
    done = client.post(url, {"packed": text_in(asked), "confirmed": "1"})

    assert (text_in(opened), text_in(agreed), text_in(back)) == ("-----", "yyyyy", "yynyy")
    assert fields_in(found) == {f"mark-{third}"}
    assert "Không đồng ý: 1" in asked.content.decode()
    assert "Trần Văn Số 003" in asked.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert "Mã biên nhận" in done.content.decode()
    for number in (1, 2):
        room.cast(ballot, number, "yyyyy")
    room.close(ballot)
    assert [row[:2] for row in counts_of(ballot)] == [(3, 0), (3, 0), (2, 1), (3, 0), (3, 0)]


def test_one_choice_for_what_was_found_leaves_the_rest(client: Client) -> None:
    room = big_room(12)
    ballot = room.opened()
    client.force_login(room.person(0))

    page = client.post(vote_url(room, ballot, 0), {"packed": "y" * 12, "q": "so 01", "every": "no"})

    assert text_in(page) == "nyyyyyyyynnn"


def test_own_items_are_left_out_of_every_choice_and_of_forged_texts(client: Client) -> None:
    room = big_room()
    room.recuse(0, room.items()[1])
    ballot = room.opened()
    client.force_login(room.person(0))
    url = vote_url(room, ballot, 0)

    page = client.post(url, {"packed": "-----", "every": "yes"})
    forged = client.post(url, {"packed": "yyyyy", "confirmed": "1"})

    assert text_in(page) == "y-yyy"
    assert "Bạn không tham gia biểu quyết 1 nội dung" in page.content.decode()
    assert forged.status_code == 409
    assert not BallotVoter.objects.filter(has_voted=True).exists()


@pytest.mark.parametrize("text", ["", "yyyy", "yyyyyy", "yyxyy", "ыыыыы"])
def test_texts_of_another_round_answer_409(client: Client, text: str) -> None:
    room = big_room()
    ballot = room.opened()
    client.force_login(room.person(0))

    answer = client.post(vote_url(room, ballot, 0), {"packed": text, "confirmed": "1"})

    assert answer.status_code == 409
    assert not BallotVoter.objects.filter(has_voted=True).exists()


def test_requests_have_one_length_whatever_is_chosen(client: Client) -> None:
    room = big_room()
    ballot = room.opened()
    client.force_login(room.person(0))
    url = vote_url(room, ballot, 0)

    texts = [text_in(client.post(url, {"packed": start, "go": "1"})) for start in ("yyyyy", "n-n-n", "-----")]

    assert {len(text) for text in texts} == {5}
    assert unpacked([7, 8, 9], packed([7, 8, 9], {7: "yes", 9: "no"})) == {7: "yes", 8: "", 9: "no"}


@pytest.mark.parametrize("items", [3, 40])
def test_pages_ask_the_same_number_of_queries_for_any_round(
    client: Client, items: int, django_assert_num_queries: Any
) -> None:
    room = big_room(items)
    ballot = room.opened()
    client.force_login(room.person(0))
    url = vote_url(room, ballot, 0)
    with django_assert_num_queries(QUERIES_OF_VOTE):
        client.get(url)
    client.force_login(room.secretary)
    with django_assert_num_queries(QUERIES_OF_OPEN_ROUND):
        client.get(f"/bieu-quyet/{ballot.pk}/")
    room.cast_all(ballot, *["y" * (items - 1) + "n"] * 13)
    room.close(ballot)
    with django_assert_num_queries(QUERIES_OF_CLOSED_ROUND):
        client.get(f"/bieu-quyet/{ballot.pk}/")
    with django_assert_num_queries(QUERIES_OF_RESULTS):
        client.get(f"/phien-hop/{room.session.pk}/ket-qua/")


QUERIES_OF_VOTE = 10
QUERIES_OF_OPEN_ROUND = 18
QUERIES_OF_CLOSED_ROUND = 24
QUERIES_OF_RESULTS = 9


def test_what_not_everybody_agreed_to_is_found_among_many(client: Client) -> None:
    room = big_room(40)
    ballot = room.opened()
    room.cast_all(ballot, *["y" * 39 + "n"] * 13)
    room.close(ballot)
    client.force_login(room.secretary)

    first = client.get(f"/bieu-quyet/{ballot.pk}/").content.decode()
    differing = client.get(f"/bieu-quyet/{ballot.pk}/?khac=co").content.decode()
    failed = client.get(f"/phien-hop/{room.session.pk}/ket-qua/?ket_qua=failed&q=so 040").content.decode()

    assert "Trần Văn Số 025" in first
    assert "Trần Văn Số 026" not in first
    assert "Trang 1 / 2" in first
    assert re.findall(r"Trần Văn Số \d+", differing) == ["Trần Văn Số 040"]
    assert re.findall(r"Trần Văn Số \d+", failed) == ["Trần Văn Số 040"]
    assert "Thông qua 39, không thông qua 1" in failed


def test_what_would_be_concluded_is_told_as_it_will_be(client: Client) -> None:
    room = big_room(6)
    items = room.items()
    ballot = room.opened(*items[:4])
    room.cast_all(ballot, *["yyn-"] * 13)
    room.close(ballot)

    told, found = prospect_of(room.session), conclusions_of(room.session)

    assert (told.passed, told.failed, told.tied, told.left) == (2, 2, 0, 2)
    assert (len(found.passed), len(found.failed), len(found.tied), len(found.left)) == (2, 2, 0, 2)
