"""What the page of a poll shows. Before the count nobody sees votes, whoever asks."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from blocs.tables.access import access_of
from scoring.domain.polling.counting import CHOSEN, attendance_of
from scoring.domain.polling.results import next_round_fault, results_by_round
from scoring.domain.polls import needed_votes
from scoring.enums import PollPurpose, PollState
from scoring.models import Poll, PollVoter


def poll_frame(poll: Poll, user: Any) -> dict[str, Any]:
    """Rules, voters, own ballots, and after the count results and receipts; a constant number of queries."""
    voters = list(poll.voters.select_related("agency", "person").order_by("pk"))
    may_run = user.has_perm("scoring.run_polls", poll)
    found: dict[str, Any] = {
        "poll": poll,
        "year": poll.bloc_year,
        "voters": voters,
        "choices": list(poll.options.select_related("agency")),
        "attendance": attendance_of(poll, voters),
        "own": own_ballots(user, voters),
        "may_run": may_run,
        "may_count": user.has_perm("scoring.enter_count", poll) and poll.state != PollState.CANCELLED,
        "running": poll.state in (PollState.DRAFT, PollState.OPEN),
    }
    if poll.state == PollState.CLOSED:
        found |= outcome_of_round(poll, may_run=may_run)
    return found


def outcome_of_round(poll: Poll, *, may_run: bool) -> dict[str, Any]:
    results = results_by_round(poll)
    base = poll.base_count
    known = base is not None and poll.threshold is not None
    return {
        "results": results,
        "needed": needed_votes(base=base or 0, percent=poll.threshold or 0) if known else None,
        "valid": None if poll.cast is None else poll.cast - (poll.invalid or 0),
        "next_round": next_round_fault(poll, results) if may_run else "",
        "adoptable": may_run and poll.purpose != PollPurpose.AWARD and any(row.fate == CHOSEN for row in results),
    }


def own_ballots(user: Any, voters: Iterable[PollVoter]) -> list[PollVoter]:
    """The rows of ``voters`` whose ballot this person casts."""
    return [voter for voter in voters if user.has_perm("scoring.cast_ballot", voter)]


def waiting_ballots(user: User | Any, polls: Sequence[Poll]) -> list[PollVoter]:
    """Ballots that this person may still cast in ``polls``. One query, none without an open electronic poll."""
    opened = [poll.pk for poll in polls if poll.state == PollState.OPEN and poll.is_electronic]
    if not opened or not (access_of(user).signs_for or access_of(user).seat_ids):
        return []
    rows = PollVoter.objects.filter(poll__in=opened, is_present=True, recused=False, has_voted=False)
    return own_ballots(user, rows.select_related("poll", "agency", "person").order_by("poll", "pk"))
