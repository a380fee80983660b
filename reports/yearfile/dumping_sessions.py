"""Ended sessions of the council in which nominations of a bloc-year stood, for a year file."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from blocs.models import BlocYear
from council.domain.from_files import whole_of
from council.enums import SessionState
from council.models import AgendaItem, Ballot, BallotItem, CouncilSession, OpenVote, Recusal, Seat
from khoithidua.web.text import tidy
from reports.yearfile import reading_sessions as keys
from reports.yearfile.columns import dump_columns
from reports.yearfile.dumping_awards import dossiers_of
from reports.yearfile.dumping_ballots import dump_counter
from reports.yearfile.dumping_decisions import decisions_of
from reports.yearfile.emitting import Codes, Row, held
from reports.yearfile.roster import Roster
from scoring.enums import PollState


def sessions_of(bloc_year: BlocYear) -> QuerySet[CouncilSession]:
    """Sessions of any state on the bloc-year's dossiers, and those that its decisions name."""
    items = AgendaItem.objects.filter(nomination__dossier__in=dossiers_of(bloc_year).values("pk"))
    named = [row.session_id for row in decisions_of(bloc_year) if row.session_id]
    return CouncilSession.objects.filter(Q(pk__in=items.values("session")) | Q(pk__in=named))


def dump_sessions(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    """Ended ones alone: what is under way is no result. Items are those of the bloc-year's dossiers."""
    rows = sessions_of(bloc_year).filter(state=SessionState.CLOSED).order_by("year", "number")
    return [dump_session(row, bloc_year, roster) for row in rows]


def dump_session(row: CouncilSession, bloc_year: BlocYear, roster: Roster) -> dict[str, Any]:
    seats = {seat.pk: number for number, seat in enumerate(row.seats.order_by("position", "pk"), start=1)}
    items = items_of(row, bloc_year)
    ballots = ballots_of(items)
    rounds = Rounds(seats, {ballot.pk: number for number, ballot in enumerate(ballots, start=1)}, ballots, items)
    head = {"year": row.year, "number": row.number, "total": whole_of(row, row.items.count())}
    sitting = row.seats.select_related("agency").order_by("position", "pk")
    return dict(
        held(
            head
            | dump_columns(row, keys.COLUMNS)
            | {
                "seats": [dump_seat(each, roster) for each in sitting],
                "items": [dump_item(each, rounds) for each in items],
                "ballots": [dump_ballot(each, seats) for each in ballots],
            }
        )
    )


def items_of(session: CouncilSession, bloc_year: BlocYear) -> list[AgendaItem]:
    """In the order of the agenda; places of items that are not the bloc-year's stay free."""
    rows = session.items.filter(nomination__dossier__in=dossiers_of(bloc_year).values("pk"))
    related = rows.select_related("nomination__dossier", "nomination__subject", "nomination__award")
    return sorted(related, key=lambda item: (item.position, case_of(item)))


def case_of(item: AgendaItem) -> tuple[str, str, str]:
    nomination = item.nomination
    return nomination.dossier.code, nomination.subject.code, nomination.award.code


def ballots_of(items: list[AgendaItem]) -> list[Ballot]:
    """Counted rounds on these items, by award and round, then by the first of these items they voted on."""
    order = {item.pk: number for number, item in enumerate(items)}
    first: dict[int, int] = {}
    for ballot_id, item_id in BallotItem.objects.filter(item__in=order).values_list("ballot", "item"):
        first[ballot_id] = min(order[item_id], first.get(ballot_id, len(order)))
    rows = Ballot.objects.filter(pk__in=first, state=PollState.CLOSED).select_related("award")
    found = rows.prefetch_related("voters", "open_votes")
    return sorted(found, key=lambda row: (row.award.code, row.round, first[row.pk]))


def dump_seat(row: Seat, roster: Roster) -> Row:
    told = dump_columns(row, keys.SEAT_COLUMNS) | {"votes": None if row.votes else False}
    return held({"name": told.pop("name"), "agency": roster.code(row.agency)} | told)


def dump_ballot(row: Ballot, seats: dict[int, int]) -> Row:
    """One round: its rule, its figures, who could vote; what a single member said only where minutes name it."""
    voters = sorted(row.voters.all(), key=lambda voter: seats[voter.seat_id])
    told = {"award": row.award.code} | dump_columns(row, keys.BALLOT_COLUMNS)
    told |= {"recused_in_base": None if row.recused_in_base else False}
    return held(
        told
        | {
            "committee": [dump_counter(each) for each in row.committee],
            "receipts": Codes(row.receipts),
            "voters": [
                held({"seat": seats[each.seat_id], "on_paper": each.on_paper or None, "voted": each.has_voted or None})
                for each in voters
            ],
        }
    )


class Rounds:
    """What the counted rounds said of each item, and who kept out."""

    def __init__(
        self, seats: dict[int, int], numbers: dict[int, int], ballots: Iterable[Ballot], items: Iterable[AgendaItem]
    ) -> None:
        self.seats, self.numbers = seats, numbers
        self.ballots = {ballot.pk: ballot for ballot in ballots}
        keys_of_items = [item.pk for item in items]
        self.rows: dict[int, list[BallotItem]] = {}
        for row in BallotItem.objects.filter(item__in=keys_of_items, ballot__in=self.ballots):
            self.rows.setdefault(row.item_id, []).append(row)
        self.recusals: dict[int, list[Recusal]] = {}
        for recusal in Recusal.objects.filter(item__in=keys_of_items):
            self.recusals.setdefault(recusal.item_id, []).append(recusal)

    def recused(self, item: AgendaItem) -> list[Row]:
        rows = sorted(self.recusals.get(item.pk, ()), key=lambda row: self.seats[row.seat_id])
        return [held({"seat": self.seats[row.seat_id]} | dump_columns(row, keys.RECUSAL_COLUMNS)) for row in rows]

    def said(self, item: AgendaItem) -> list[Row]:
        rows = sorted(self.rows.get(item.pk, ()), key=lambda row: self.numbers[row.ballot_id])
        return [self.round(row) for row in rows]

    def round(self, row: BallotItem) -> Row:
        out = {recusal.seat_id for recusal in self.recusals.get(row.item_id, ())}
        votes = [vote for vote in self.ballots[row.ballot_id].open_votes.all() if vote.seat_id not in out]
        return held(
            {"ballot": self.numbers[row.ballot_id]}
            | dump_columns(row, keys.ROUND_COLUMNS)
            | {"against": self.who(votes, row, "no"), "silent": self.who(votes, row, "")}
        )

    def who(self, votes: Iterable[OpenVote], row: BallotItem, mark: str) -> Codes:
        """Numbers of the seats that marked this item so, of an open vote."""
        if self.ballots[row.ballot_id].is_secret:
            return Codes()
        return Codes(sorted(self.seats[vote.seat_id] for vote in votes if vote.marks.get(str(row.item_id), "") == mark))


def dump_item(row: AgendaItem, rounds: Rounds) -> dict[str, Any]:
    dossier, subject, award = case_of(row)
    case = {"dossier": dossier, "subject": subject, "award": award}
    return dict(
        held(
            case | dump_columns(row, keys.ITEM_COLUMNS) | {"recusals": rounds.recused(row), "rounds": rounds.said(row)}
        )
    )


def waiting_sentences(bloc_year: BlocYear) -> list[str]:
    """What the file does not carry: sessions that have not ended."""
    rows = sessions_of(bloc_year).exclude(state__in=(SessionState.CLOSED, SessionState.CANCELLED))
    return [f"{tidy(str(row))} chưa kết thúc nên không có trong tệp." for row in rows.order_by("year", "number")]
