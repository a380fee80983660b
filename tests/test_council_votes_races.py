"""Many casts of one round at once on PostgreSQL: one ballot each, none lost, none after the count."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.domain.workflow import TransitionRefused
from council.domain.votes.casting import cast_marks
from council.domain.votes.settling import settle
from council.domain.votes.workflow import BALLOT
from council.models import Ballot, BallotVoter
from tests.council_votes_world import build_room, counts_of, rows_of

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


def at_once(acts: list[Callable[[], str]]) -> Counter[str]:
    """What each of ``acts`` answered, begun at the same moment."""
    start = Barrier(len(acts))

    def run(act: Callable[[], str]) -> str:
        start.wait(timeout=30)
        try:
            return act()
        except TransitionRefused as refusal:
            return "refused: " + str(refusal)[:30]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def test_fifteen_members_cast_at_once_and_all_are_counted() -> None:
    room = build_room(members=15, items=40)
    ballot = room.opened()
    marks = {row.pk: "yes" for row in rows_of(ballot)}
    jobs = [(room.voter(ballot, number).pk, room.person(number)) for number in range(15)]

    told = at_once(
        [lambda job=job: cast_marks(ballot, voter=job[0], marks=marks, actor=job[1]) and "cast" for job in jobs]
    )

    assert told == {"cast": 15}
    room.close(ballot)
    assert counts_of(ballot) == [(15, 0, 0, 0, 15, 12)] * 40


def test_ten_tries_of_one_member_leave_one_ballot() -> None:
    room = build_room(members=5, items=2)
    ballot = room.opened()
    first, second = (row.pk for row in rows_of(ballot))
    voter, actor = room.voter(ballot, 0).pk, room.person(0)
    tries = [{first: "yes", second: "no"}, {first: "no", second: "yes"}] * 5

    told = at_once(
        [lambda marks=marks: cast_marks(ballot, voter=voter, marks=marks, actor=actor) and "cast" for marks in tries]
    )

    assert (told["cast"], sum(told.values())) == (1, 10)
    for number in (1, 2, 3, 4):
        room.cast(ballot, number, "--")
    room.close(ballot)
    assert sum(yes + no for yes, no, *_ in counts_of(ballot)) == 2  # type: ignore[operator]


def test_casts_that_race_with_closing_are_counted_or_refused() -> None:
    room = build_room(members=13, items=3)
    ballot = room.opened()
    for number in range(3):
        room.cast(ballot, number, "yyy")
    marks = {row.pk: "yes" for row in rows_of(ballot)}
    secretary = room.secretary

    def close() -> str:
        BALLOT.perform(Ballot.objects.get(pk=ballot.pk), "close_early", actor=secretary, reason="Hết giờ")
        return "closed"

    jobs = [(room.voter(ballot, number).pk, room.person(number)) for number in range(3, 12)]
    casts = [lambda job=job: cast_marks(ballot, voter=job[0], marks=marks, actor=job[1]) and "cast" for job in jobs]
    told = at_once([close, *casts])

    ballot.refresh_from_db()
    assert (ballot.state, told["closed"], sum(told.values())) == ("closed", 1, 10)
    assert ballot.cast == 3 + told["cast"]
    assert {yes for yes, *_ in counts_of(ballot)} == {ballot.cast}
    assert BallotVoter.objects.filter(ballot=ballot, has_voted=True).count() == ballot.cast


def test_two_secretaries_conclude_once() -> None:
    room = build_room(members=5, items=3)
    ballot = room.opened()
    room.cast_all(ballot, *["yyy"] * 5)
    room.close(ballot)
    secretary = room.secretary

    told = at_once([lambda: str(len(settle(room.session, actor=secretary).passed))] * 4)

    assert (told["3"], sum(told.values())) == (1, 4)
