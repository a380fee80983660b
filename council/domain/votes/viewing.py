"""What pages of votes show. Before the count nobody sees a mark or a total, whoever asks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from council.domain.votes.casting import NO, YES
from council.domain.votes.electorate import Electorate, Turnout, recusals_by_row, turnout_of
from council.domain.votes.flag_cap import flag_warnings
from council.domain.votes.rounds import next_round_fault
from council.domain.votes.settling import prospect_of
from council.domain.votes.workflow import BALLOT
from council.enums import Attendance, Fate, SessionKind, VoteMode
from council.models import AgendaItem, Ballot, BallotItem, BallotVoter, CouncilSession, OpenVote
from scoring.enums import PollState

SHOWN = (PollState.OPEN, PollState.CLOSED)
ITEM_PARTS = ("item__nomination__award", "item__nomination__dossier__agency")


def rounds_of(session: CouncilSession) -> QuerySet[Ballot]:
    """Rounds of a session with their numbers of items, voters and votes; one query."""
    rows = Ballot.objects.filter(session=session).select_related("award", "session")
    return rows.annotate(
        items=Count("rows", distinct=True),
        people=Count("voters", distinct=True),
        votes=Count("voters", filter=Q(voters__has_voted=True), distinct=True),
        passed=Count("rows", filter=Q(rows__fate=Fate.PASSED), distinct=True),
    ).order_by("award__position", "round", "pk")


def session_panel(session: CouncilSession, user: Any) -> dict[str, Any]:
    """What ``council/votes/session_panel.html`` shows on the page of a session; three queries at most."""
    may_run = user.has_perm("council.run_ballot", session)
    rounds = [each for each in rounds_of(session) if may_run or each.state in SHOWN]
    opened = [each.pk for each in rounds if each.state == PollState.OPEN and each.is_electronic]
    own = own_votes(user, BallotVoter.objects.filter(ballot__in=opened)) if opened else []
    return {
        "ballots": rounds,
        "own_votes": [each for each in own if not each.has_voted],
        "may_run_ballots": may_run,
        "counted": any(each.state == PollState.CLOSED for each in rounds),
        "minuted": any(has_minutes(each, session) for each in rounds),
        "voting_open": session.state in ("preparing", "called", "open"),
    }


def has_minutes(ballot: Ballot, session: CouncilSession) -> bool:
    """Whether somebody counted votes that have minutes of their own: a secret round, or one of a session in writing."""
    in_writing = session.kind == SessionKind.WRITTEN
    return ballot.state == PollState.CLOSED and (ballot.mode == VoteMode.SECRET or in_writing)


def own_votes(user: Any, voters: QuerySet[BallotVoter]) -> list[BallotVoter]:
    """Rows that this person casts, as the member or in the member's place. One query."""
    mine = voters.filter(Q(seat__user=user.pk) | Q(seat__substitute=user.pk))
    rows = mine.select_related("seat", "ballot__award", "ballot__session").order_by("ballot", "pk")
    return [row for row in rows if user.has_perm("council.cast_vote", row)]


def ballot_frame(ballot: Ballot, user: User | Any, rows: Sequence[BallotItem]) -> dict[str, Any]:
    """The page of a round: rule, people, fates after the count; ``rows``: the items shown. Constant queries."""
    people = turnout_of(ballot)
    may_run = user.has_perm("council.run_ballot", ballot)
    found: dict[str, Any] = {
        "ballot": ballot,
        "session": ballot.session,
        "people": people,
        "own": [each for each in own_votes(user, ballot.voters.all()) if not people.keeps_out(each)],
        "may_run": may_run,
        "options": BALLOT.options(ballot, user),
        "paper_due": paper_due(ballot, people) if may_run else [],
    }
    if ballot.state == PollState.CLOSED:
        found["next_round"] = next_round_fault(ballot) if may_run else ""
        found["fates"] = fate_numbers(ballot)
        found["tied"] = ballot.rows.filter(fate=Fate.TIED).exists()
        found["said"] = said_openly(ballot)
        shown = Electorate(tuple(rows), people.voters, (), recusals_by_row(ballot, rows))
        found["exceptions"] = exceptions_of(rows, shown, [vote for vote, _ in found["said"]])
        found["differing"] = ballot.rows.filter(DIFFERING).count()
        found["on_paper"] = [each for each in people.voters if each.on_paper]
    return found


def paper_due(ballot: Ballot, people: Electorate | Turnout) -> list[BallotVoter]:
    """Absentees whose written opinion has not come: it may come on paper while an electronic round is open."""
    if ballot.state != PollState.OPEN or not ballot.is_electronic:
        return []
    away = ballot.session.kind == "written"
    return [each for each in people.missing if away or each.seat.attendance == Attendance.WRITTEN]


# Not agreed to by everybody: somebody against, without an opinion or kept out.
DIFFERING = Q(no__gt=0) | Q(blank__gt=0) | Q(recused__gt=0)


def fate_numbers(ballot: Ballot) -> list[tuple[str, int]]:
    """How many items met which fate, in the order of the words. One query."""
    numbers = dict(ballot.rows.order_by().values_list("fate").annotate(Count("pk")))
    return [(str(fate.label), numbers[fate.value]) for fate in Fate if numbers.get(fate.value)]


def said_openly(ballot: Ballot) -> list[tuple[OpenVote, dict[str, int]]]:
    """An open vote by member with the numbers of their marks; a secret one has none."""
    if ballot.is_secret:
        return []
    votes = ballot.open_votes.select_related("seat").order_by("seat__position", "pk")
    return [(vote, dict(Counter(mark or "blank" for mark in vote.marks.values()))) for vote in votes]


@dataclass(frozen=True)
class Exceptions:
    """Who did not agree to an item of an open vote."""

    row: BallotItem
    against: list[str]
    silent: list[str]
    out: list[str]

    @property
    def sentence(self) -> str:
        """«Không đồng ý: …; không có ý kiến: …; không tham gia biểu quyết: …», without what nobody did."""
        groups = (
            ("không đồng ý", self.against),
            ("không có ý kiến", self.silent),
            ("không tham gia biểu quyết", self.out),
        )
        told = "; ".join(f"{word}: {', '.join(names)}" for word, names in groups if names)
        return told[:1].upper() + told[1:]


def exceptions_of(rows: Iterable[BallotItem], people: Electorate, votes: Sequence[OpenVote]) -> list[Exceptions]:
    """Items of an open vote on which somebody did not agree, in the order of the round. No query."""
    found = []
    for row in rows if votes else ():
        kept_out = people.recused[row.pk]
        said = [(str(vote.seat), vote.marks.get(str(row.item_id))) for vote in votes if vote.seat_id not in kept_out]
        line = Exceptions(
            row,
            against=[name for name, mark in said if mark == NO],
            silent=[name for name, mark in said if mark not in (YES, NO)],
            out=[str(each.seat) for each in people.voters if each.seat_id in kept_out],
        )
        if line.sentence:
            found.append(line)
    return found


@dataclass(frozen=True)
class Line:
    """An item on a member's ballot; ``out``: the member keeps out of it. ``mark`` as chosen so far."""

    row: BallotItem
    out: bool
    mark: str = ""


def paper_lines(ballot: Ballot, recused: Iterable[int], marks: dict[int, str]) -> list[tuple[str, list[Line]]]:
    """A member's ballot in groups by proposing agency or bloc, in the order of the agenda. One query."""
    out = set(recused)
    groups: dict[str, list[Line]] = {}
    for row in ballot.rows.select_related(*ITEM_PARTS).order_by("position", "pk"):
        proposer = row.item.nomination.dossier.agency
        line = Line(row, row.item_id in out, marks.get(row.pk, ""))
        groups.setdefault(str(proposer) if proposer else "Hội đồng", []).append(line)
    return list(groups.items())


MOST_PROJECTED = 60  # rows on the screen of the hall


def projector_frame(session: CouncilSession) -> dict[str, Any]:
    """What the hall sees: quorum and progress as numbers, results by item after the count. Never who."""
    rounds: list[Any] = [each for each in rounds_of(session) if each.state in SHOWN]
    running = [each for each in rounds if each.state == PollState.OPEN]
    closed = sorted((each for each in rounds if each.state == PollState.CLOSED), key=lambda each: -each.pk)
    last = [] if running else closed[:1]
    rows = BallotItem.objects.filter(ballot__in=last).select_related("item__nomination").order_by("position", "pk")
    short = bool(last) and last[0].items > MOST_PROJECTED
    if short:
        rows = rows.exclude(fate=Fate.PASSED)[:MOST_PROJECTED]
    return {
        "session": session,
        "running": [(each, turnout_of(each)) for each in running],
        "last": last[0] if last else None,
        "rows": list(rows) if last else [],
        "short": short,
        "others": [each for each in closed if each not in last],
    }


def results_frame(session: CouncilSession) -> dict[str, Any]:
    """What can be concluded now, in numbers. Two queries, more where the government's flag is among it."""
    found = prospect_of(session)
    flags = AgendaItem.objects.filter(pk__in=found.flags).select_related("nomination__award", "nomination__dossier")
    return {"session": session, "found": found, "warnings": flag_warnings(session, flags) if found.flags else []}


RESULT_ORDER = ("ballot__award__position", "ballot__round", "ballot", "position")


def result_rows(session: CouncilSession) -> QuerySet[BallotItem]:
    rows = BallotItem.objects.filter(ballot__session=session, ballot__state=PollState.CLOSED)
    return rows.select_related("ballot__award", *ITEM_PARTS).order_by(*RESULT_ORDER, "pk")
