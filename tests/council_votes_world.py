"""A council of thirteen with an open session, and its rounds of votes, for the tests of voting."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from council.domain.votes.casting import cast_marks
from council.domain.votes.preparing import Plan, prepare_ballots
from council.domain.votes.workflow import BALLOT, votes_missing
from council.models import AgendaItem, Ballot, BallotItem, BallotVoter, CouncilSession, Recusal, Seat
from tests.council_world import (
    appraised_dossier,
    council_session,
    full_council,
    practice,
    roll,
    vote_setting,
)
from tests.world import World, build_world


@dataclass
class Room:
    """A session with everybody's seats; the secretary is the persona ``standing``."""

    world: World
    session: CouncilSession

    @property
    def secretary(self) -> User:
        return self.world.person("standing")

    def seat(self, number: int) -> Seat:
        return self.session.seats.order_by("position", "pk")[number]

    def items(self) -> list[AgendaItem]:
        return list(self.session.items.order_by("position", "pk"))

    def prepared(self, *items: AgendaItem, **plan: Any) -> Ballot:
        chosen = items or self.items()
        return prepare_ballots(self.session, items=chosen, plan=Plan(**plan), actor=self.secretary)[0]

    def opened(self, *items: AgendaItem, **plan: Any) -> Ballot:
        ballot = self.prepared(*items, **plan)
        BALLOT.perform(ballot, "open", actor=self.secretary)
        return ballot

    def voter(self, ballot: Ballot, number: int) -> BallotVoter:
        return BallotVoter.objects.get(ballot=ballot, seat=self.seat(number))

    def person(self, number: int) -> User:
        """The member of seat ``number`` fetched anew, as a request does."""
        return User.objects.get(pk=self.seat(number).user_id)

    def cast(self, ballot: Ballot, number: int, marks: str) -> str:
        """Cast the marks of seat ``number``: a letter an item in order, y, n or - (no opinion)."""
        words = {"y": "yes", "n": "no", "-": ""}
        chosen = {row.pk: words[mark] for row, mark in zip(rows_of(ballot), marks, strict=True)}
        voter = self.voter(ballot, number)
        return cast_marks(ballot, voter=voter.pk, marks=chosen, actor=self.person(number))

    def cast_all(self, ballot: Ballot, *marks: str) -> None:
        for number, each in enumerate(marks):
            self.cast(ballot, number, each)

    def close(self, ballot: Ballot) -> Ballot:
        early = bool(votes_missing(ballot))
        reason = "Hết giờ bỏ phiếu" if early else ""
        BALLOT.perform(ballot, "close_early" if early else "close", actor=self.secretary, reason=reason)
        return ballot

    def recuse(self, number: int, item: AgendaItem) -> None:
        Recusal.objects.create(session=self.session, seat=self.seat(number), item=item, reason="Người thân được xét")


def rows_of(ballot: Ballot) -> list[BallotItem]:
    return list(ballot.rows.order_by("position", "pk"))


def counts_of(ballot: Ballot) -> list[tuple[int | None, ...]]:
    """(for, against, no opinion, kept out, base, needed) by item."""
    return [(r.yes, r.no, r.blank, r.recused, r.base_count, r.needed) for r in rows_of(ballot)]


def fates_of(ballot: Ballot) -> list[str]:
    return [row.fate for row in rows_of(ballot)]


def build_room(
    *, members: int = 13, items: int = 3, code: str = "cstd-tinh", present: int | None = None, **rules: Any
) -> Room:
    """An open session on ``items`` nominations for ``code``, all members (or ``present`` of them) in the room."""
    world = build_world()
    full_council(world, members)
    practice(world, **rules)
    vote_setting(world, None, 80)
    session = council_session(world, appraised_dossier(world, items, code), state="open")
    roll(session, members if present is None else present)
    return Room(world, session)
