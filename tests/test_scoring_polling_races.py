"""Many casts at once on PostgreSQL: one ballot each, none lost, none after the count."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from scoring.domain.polling.ballots import cast_ballot, urn_name
from scoring.domain.polling.urn import unseal
from scoring.domain.polling.workflow import POLL
from scoring.models import Poll, PollVoter, Urn
from tests.polling_world import build_electorate, options_of, votes_of

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]

VOTERS, TRIES, AT_ONCE = 40, 5, 20


def test_two_hundred_casts_of_forty_voters_leave_forty_ballots() -> None:
    bloc = build_electorate(VOTERS)
    poll = bloc.opened(options=4)
    keys = [option.pk for option in options_of(poll)]
    voters = dict(PollVoter.objects.filter(poll=poll).values_list("agency_id", "pk"))
    jobs = [(number, attempt) for attempt in range(TRIES) for number in range(VOTERS)]
    start = Barrier(AT_ONCE)

    def cast(place: int) -> Counter[str]:
        start.wait(timeout=30)
        found: Counter[str] = Counter()
        try:
            for number, attempt in jobs[place::AT_ONCE]:
                actor = User.objects.get(pk=bloc.leaders[number].pk)
                # Each try of a voter names another unit: only the first that gets through may count.
                choice = keys[(number + attempt) % len(keys)]
                try:
                    cast_ballot(poll, voter=voters[bloc.agencies[number].pk], choices=[choice], actor=actor)
                except TransitionRefused as refusal:
                    found["refused" if "đã bỏ phiếu" in str(refusal) else str(refusal)] += 1
                else:
                    found["cast"] += 1
        finally:
            connection.close()
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = sum(pool.map(cast, range(AT_ONCE)), Counter())

    held = unseal(Urn.objects.get(poll=poll).sealed, name=urn_name(poll))
    assert told == {"cast": VOTERS, "refused": VOTERS * (TRIES - 1)}
    assert (len(held.ballots), len(set(held.receipts))) == (VOTERS, VOTERS)
    assert PollVoter.objects.filter(poll=poll, has_voted=True).count() == VOTERS
    bloc.close(poll)
    assert (poll.cast, poll.invalid, sum(votes_of(poll).values())) == (VOTERS, 0, VOTERS)


def test_casts_that_race_with_closing_are_counted_or_refused() -> None:
    bloc = build_electorate(13)
    poll = bloc.opened(options=2)
    for number in range(3):
        bloc.cast(poll, number, 0)
    choice = options_of(poll)[0].pk
    voters = dict(PollVoter.objects.filter(poll=poll).values_list("agency_id", "pk"))
    start = Barrier(10)

    def act(number: int) -> str:
        actor = User.objects.get(pk=bloc.leaders[number].pk)
        start.wait(timeout=30)
        try:
            if number == 0:
                POLL.perform(Poll.objects.get(pk=poll.pk), "close_early", actor=actor, reason="Hết giờ")
                return "closed"
            cast_ballot(poll, voter=voters[bloc.agencies[number].pk], choices=[choice], actor=actor)
            return "cast"
        except TransitionRefused as refusal:
            return "late" if "đã kết thúc" in str(refusal) else str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        told = Counter(pool.map(act, [0, *range(3, 12)]))

    poll.refresh_from_db()
    assert (poll.state, told["closed"], told["cast"] + told["late"]) == ("closed", 1, 9)
    assert poll.cast == 3 + told["cast"]
    assert PollVoter.objects.filter(poll=poll, has_voted=True).count() == poll.cast
