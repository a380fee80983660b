"""Who takes part in a round of votes, item by item: seats, recusals and what they make the base."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from awards.law.votes import MEMBERS
from council.domain.sessions.recusals import recused_seats
from council.enums import Attendance, SessionKind
from council.models import Ballot, BallotItem, BallotVoter, Recusal, Seat

HERE = (Attendance.PRESENT, Attendance.SUBSTITUTE)


@dataclass(frozen=True)
class Electorate:
    """A round's people. ``recused``: seats that keep out, by key of the round's row."""

    rows: tuple[BallotItem, ...]
    voters: tuple[BallotVoter, ...]
    seats: tuple[Seat, ...]  # all members with a vote, there or not
    recused: Mapping[int, frozenset[int]]

    @property
    def may_cast(self) -> list[BallotVoter]:
        """Voters with something to vote on."""
        return [each for each in self.voters if not self.keeps_out(each)]

    @property
    def missing(self) -> list[BallotVoter]:
        return [each for each in self.may_cast if not each.has_voted]

    @property
    def voted(self) -> list[BallotVoter]:
        return [each for each in self.voters if each.has_voted]

    @property
    def present(self) -> int:
        return sum(seat.attendance in HERE for seat in self.seats)

    @property
    def written(self) -> int:
        """Those who are not in the room and vote in writing."""
        return sum(each.seat.attendance not in HERE for each in self.voters)

    def keeps_out(self, voter: BallotVoter) -> bool:
        """Recused from every item of the round."""
        return bool(self.rows) and all(voter.seat_id in self.recused[row.pk] for row in self.rows)

    def recused_of(self, row: BallotItem, among: Iterable[BallotVoter] | None = None) -> int:
        """How many voters keep out of this item."""
        voters = self.voters if among is None else among
        return sum(each.seat_id in self.recused[row.pk] for each in voters)

    def on(self, row: BallotItem, among: Iterable[BallotVoter]) -> int:
        """How many of ``among`` vote on this item."""
        return sum(each.seat_id not in self.recused[row.pk] for each in among)

    def fewest_to_come(self, ballot: Ballot, *, substitutes_vote: bool) -> int:
        """Before opening: on the item with the fewest, how many will vote as the roll call stands."""
        coming = [
            BallotVoter(ballot=ballot, seat=seat)
            for seat in self.seats
            if takes_part(ballot, seat, substitutes_vote=substitutes_vote)
        ]
        return min((self.on(row, coming) for row in self.rows), default=0)

    def base_of(self, ballot: Ballot, row: BallotItem) -> int:
        """Of how many the share is taken: all members, or those who take part; less the recused where the rule says."""
        whole = [seat.pk for seat in self.seats] if ballot.base == MEMBERS else [v.seat_id for v in self.voters]
        if ballot.recused_in_base:
            return len(whole)
        return sum(pk not in self.recused[row.pk] for pk in whole)


@dataclass(frozen=True)
class Turnout:
    """A round's voters without its items. ``kept_out``: on how many items a seat does not vote, by its key."""

    voters: tuple[BallotVoter, ...]
    items: int
    kept_out: Mapping[int, int]

    def keeps_out(self, voter: BallotVoter) -> bool:
        """Recused from every item of the round."""
        return bool(self.items) and self.kept_out.get(voter.seat_id, 0) >= self.items

    @property
    def may_cast(self) -> list[BallotVoter]:
        return [each for each in self.voters if not self.keeps_out(each)]

    @property
    def missing(self) -> list[BallotVoter]:
        return [each for each in self.may_cast if not each.has_voted]

    @property
    def voted(self) -> list[BallotVoter]:
        return [each for each in self.voters if each.has_voted]


def turnout_of(ballot: Ballot) -> Turnout:
    """Three queries, none of which reads the items: they may be a thousand."""
    voters = tuple(ballot.voters.select_related("seat").order_by("seat__position", "pk"))
    kept_out = kept_out_of(ballot).values("seat").annotate(found=Count("pk")).values_list("seat", "found")
    return Turnout(voters, ballot.rows.count(), dict(kept_out))


def kept_out_of(ballot: Ballot) -> QuerySet[Recusal]:
    """Recusals from items of this round."""
    return Recusal.objects.filter(session=ballot.session_id, item__in=ballot.rows.values("item")).order_by()


def fewest_votes(ballot: Ballot) -> int:
    """How many votes came in on the item that has the fewest; 0 for a round without items. Three queries."""
    voted = list(ballot.voters.filter(has_voted=True).values_list("seat", flat=True))
    if not ballot.rows.exists():
        return 0
    out = kept_out_of(ballot).filter(seat__in=voted).values("item").annotate(found=Count("pk"))
    return len(voted) - (out.order_by("-found").values_list("found", flat=True).first() or 0)


def electorate_of(ballot: Ballot) -> Electorate:
    """Four queries, whatever the number of items."""
    rows = tuple(ballot.rows.order_by("position", "pk"))
    voters = tuple(ballot.voters.select_related("seat").order_by("seat__position", "pk"))
    seats = tuple(Seat.objects.filter(session=ballot.session_id, votes=True))
    return Electorate(rows, voters, seats, recusals_by_row(ballot, rows))


def recusals_by_row(ballot: Ballot, rows: Iterable[BallotItem]) -> dict[int, frozenset[int]]:
    found = recused_seats(ballot.session)
    return {row.pk: frozenset(found.get(row.item_id, ())) for row in rows}


def takes_part(ballot: Ballot, seat: Seat, *, substitutes_vote: bool) -> bool:
    """Whether this member votes in the round: in the room, by a substitute, or in writing where that counts.

    TT 25/2025/TT-BKHCN, Điều 23: a substitute with written authorisation votes; where no meeting is held, every
    member is asked in writing.
    """
    if not seat.votes:
        return False
    if ballot.session.kind == SessionKind.WRITTEN:
        return seat.attendance != Attendance.ABSENT
    if seat.attendance == Attendance.SUBSTITUTE:
        return substitutes_vote
    return seat.attendance == Attendance.PRESENT or (ballot.written_counts and seat.attendance == Attendance.WRITTEN)


def seat_voters(ballot: Ballot, *, substitutes_vote: bool, known: Collection[int] = ()) -> list[BallotVoter]:
    """Rows for members who take part and are not ``known`` yet (keys of seats); none leaves the list."""
    seats = Seat.objects.filter(session=ballot.session_id).order_by("position", "pk")
    made = [
        BallotVoter(ballot=ballot, seat=seat)
        for seat in seats
        if seat.pk not in known and takes_part(ballot, seat, substitutes_vote=substitutes_vote)
    ]
    return BallotVoter.objects.bulk_create(made)
