"""A session of the council as its papers tell it: who sat, what was considered, how each round of votes went.

Totals only: nothing here knows who voted for what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.utils import timezone

from blocs.enums import SeatRole
from council.domain.sessions.attending import Quorum, quorum_of
from council.enums import Attendance, ItemOutcome, SessionKind, SessionState
from council.models import AgendaItem, Ballot, BallotItem, CouncilSession, Recusal, Seat
from reports.documents.council import CouncilFacts, council_facts
from reports.documents.dossier import NomineeFacts, nominee_facts
from scoring.enums import PollState


@dataclass(frozen=True)
class SeatFacts:
    name: str
    post: str
    title: str  # the person's post in the own agency
    role: str
    votes: bool
    attendance: str
    substitute: str
    authorisation: str
    reason: str

    @property
    def is_here(self) -> bool:
        return self.attendance in (Attendance.PRESENT, Attendance.SUBSTITUTE)

    @property
    def presented(self) -> str:
        """ "đồng chí A, Phó Chủ tịch Hội đồng"."""
        return f"đồng chí {self.name}, {self.post or SeatRole(self.role).label}"


@dataclass(frozen=True)
class ItemFacts:
    """One case on the agenda and what the council concluded of it."""

    pk: int
    nominee: NomineeFacts
    proposer: str
    dossier: str
    note: str
    outcome: str
    reason: str
    settled_by: str

    @property
    def award(self) -> str:
        return self.nominee.award

    @property
    def kind(self) -> str:
        return self.nominee.kind

    @property
    def named(self) -> str:
        """Name, post and unit in one cell."""
        return ", ".join(part for part in (self.nominee.name, self.nominee.where) if part)


@dataclass(frozen=True)
class CountFacts:
    """What one round said of one item; counts are None until it was counted."""

    item: ItemFacts
    yes: int | None
    no: int | None
    blank: int | None
    recused: int | None
    base: int | None
    needed: int | None
    fate: str
    fate_words: str


@dataclass(frozen=True)
class RoundFacts:
    """One counted round: how it was held, by which rule, and its totals."""

    pk: int
    award: str
    round: int
    secret: bool
    electronic: bool
    percent: int
    more_than: bool
    base: str
    recused_in_base: bool
    written_counts: bool
    legal_basis: str
    places: int | None
    places_basis: str
    eligible: int | None
    present: int | None
    written: int | None
    issued: int | None
    cast: int | None
    invalid: int | None
    committee: tuple[tuple[str, str], ...]
    closed_on: date | None
    receipts: int
    note: str
    counts: tuple[CountFacts, ...]

    @property
    def valid(self) -> int | None:
        return None if self.cast is None or self.invalid is None else self.cast - self.invalid


@dataclass(frozen=True)
class RecusalFacts:
    name: str
    reason: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class SessionFacts:
    council: CouncilFacts
    chair_of_committee: str  # whom the tờ trình is addressed to
    number: int
    year: int
    title: str
    is_meeting: bool
    state: str
    held_on: date | None
    starts: time | None
    ends: time | None
    place: str
    answers_due: date | None
    clerk: str
    guests: tuple[str, ...]
    opening: tuple[str, ...]
    conclusion: tuple[str, ...]
    invitation_number: str
    called_on: date | None
    quorum: Quorum
    seats: tuple[SeatFacts, ...]
    items: tuple[ItemFacts, ...]
    rounds: tuple[RoundFacts, ...]
    recusals: tuple[RecusalFacts, ...]
    drafts: int  # decisions drafted or issued from it

    @property
    def members(self) -> list[SeatFacts]:
        """Those with a vote."""
        return [seat for seat in self.seats if seat.votes]

    @property
    def chair(self) -> SeatFacts | None:
        """Who is in the chair: the chair, or the first vice chair, who came in person; before the roll is called, who
        is expected to."""
        expected = not self.is_meeting or self.state in (SessionState.PREPARING, SessionState.CALLED)
        fit = (Attendance.PRESENT, Attendance.UNKNOWN) if expected else (Attendance.PRESENT,)
        came = [seat for seat in self.seats if seat.attendance in fit]
        for role in (SeatRole.CHAIR, SeatRole.VICE):
            if found := next((seat for seat in came if seat.role == role), None):
                return found
        return None

    @property
    def secretary(self) -> str:
        named = next((seat.name for seat in self.seats if seat.role == SeatRole.SECRETARY), "")
        return self.clerk or named

    @property
    def on(self) -> date:
        """The day whose law is cited."""
        return self.held_on or self.answers_due or date(self.year, 12, 31)

    @property
    def is_over(self) -> bool:
        return self.state == SessionState.CLOSED

    @property
    def considered(self) -> list[ItemFacts]:
        return [item for item in self.items if item.outcome != ItemOutcome.WITHDRAWN]

    def of_outcome(self, outcome: str) -> list[ItemFacts]:
        return [item for item in self.items if item.outcome == outcome]

    def by_award(self, items: Iterable[ItemFacts]) -> dict[str, list[ItemFacts]]:
        """``items`` under their awards, the higher award first, otherwise in the agenda's order."""
        found: dict[str, list[ItemFacts]] = {}
        for item in sorted(items, key=lambda each: each.nominee.award_place):
            found.setdefault(item.award, []).append(item)
        return found


def collect_session(session: CouncilSession) -> SessionFacts:
    """A constant number of queries, whatever the number of items and members."""
    council = session.council
    issuer = council.issuers.filter(kind="chair", active=True).order_by("pk").first()
    facts, items = council_facts(council), items_of(session)
    return SessionFacts(
        council=facts,
        chair_of_committee=issuer.name if issuer else f"Chủ tịch Ủy ban nhân dân {facts.where}",
        number=session.number,
        year=session.year,
        title=session.title,
        is_meeting=session.kind == SessionKind.MEETING,
        state=session.state,
        held_on=session.held_on,
        starts=session.starts,
        ends=session.ends,
        place=session.place,
        answers_due=session.answers_due,
        clerk=session.clerk,
        guests=lines_of(session.guests),
        opening=lines_of(session.opening),
        conclusion=lines_of(session.conclusion),
        invitation_number=session.invitation_number,
        called_on=timezone.localdate(session.called_at) if session.called_at else None,
        quorum=quorum_of(session),
        seats=tuple(seat_facts(row) for row in session.seats.select_related("user").order_by("position", "pk")),
        items=tuple(items.values()),
        rounds=rounds_of(session, items),
        recusals=recusals_of(session, items),
        drafts=session.decisions.count(),
    )


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def seat_facts(row: Seat) -> SeatFacts:
    return SeatFacts(
        name=row.name,
        post=row.post,
        title=row.user.post_title if row.user else "",
        role=row.role,
        votes=row.votes,
        attendance=row.attendance,
        substitute=row.substitute_name,
        authorisation=row.authorisation,
        reason=row.absence_reason,
    )


def items_of(session: CouncilSession) -> dict[int, ItemFacts]:
    """Items of the agenda by key, in its order; one query."""
    rows = AgendaItem.objects.filter(session=session).select_related("nomination__subject", "nomination__award")
    rows = rows.select_related("nomination__dossier__agency", "nomination__dossier__bloc_year__bloc")
    return {row.pk: item_facts(row) for row in rows.order_by("position", "pk")}


def item_facts(row: AgendaItem) -> ItemFacts:
    dossier = row.nomination.dossier
    bloc_year = dossier.bloc_year if dossier.proposer == "bloc" else None
    return ItemFacts(
        pk=row.pk,
        nominee=nominee_facts(row.nomination, discreetly=True),
        proposer=bloc_year.bloc.name if bloc_year else dossier.agency.name,
        dossier=dossier.code,
        note=row.note,
        outcome=row.outcome,
        reason=row.reason,
        settled_by=row.settled_by,
    )


def rounds_of(session: CouncilSession, items: Mapping[int, ItemFacts]) -> tuple[RoundFacts, ...]:
    """Rounds that are counted, by award and round; two queries. An open round gives nothing away."""
    rows = Ballot.objects.filter(session=session, state=PollState.CLOSED).select_related("award")
    ballots = list(rows.order_by("award__position", "round", "pk"))
    counts: dict[int, list[CountFacts]] = {ballot.pk: [] for ballot in ballots}
    for row in BallotItem.objects.filter(ballot__in=ballots).order_by("position", "pk") if ballots else ():
        counts[row.ballot_id].append(count_facts(row, items[row.item_id]))
    return tuple(round_facts(ballot, tuple(counts[ballot.pk])) for ballot in ballots)


def count_facts(row: BallotItem, item: ItemFacts) -> CountFacts:
    return CountFacts(
        item=item,
        yes=row.yes,
        no=row.no,
        blank=row.blank,
        recused=row.recused,
        base=row.base_count,
        needed=row.needed,
        fate=row.fate,
        fate_words=row.get_fate_display(),
    )


def round_facts(row: Ballot, counts: tuple[CountFacts, ...]) -> RoundFacts:
    return RoundFacts(
        pk=row.pk,
        award=row.award.name,
        round=row.round,
        secret=row.is_secret,
        electronic=row.is_electronic,
        percent=row.percent,
        more_than=row.more_than,
        base=row.base,
        recused_in_base=row.recused_in_base,
        written_counts=row.written_counts,
        legal_basis=row.legal_basis,
        places=row.places,
        places_basis=row.places_basis,
        eligible=row.eligible,
        present=row.present,
        written=row.written,
        issued=row.issued,
        cast=row.cast,
        invalid=row.invalid,
        committee=tuple((str(each.get("name", "")), str(each.get("title", ""))) for each in row.committee),
        closed_on=row.closed_on,
        receipts=len(row.receipts),
        note=row.note,
        counts=counts,
    )


def recusals_of(session: CouncilSession, items: Mapping[int, ItemFacts]) -> tuple[RecusalFacts, ...]:
    """Who kept out, of what and why: a line for each member and reason; one query."""
    rows = Recusal.objects.filter(session=session).select_related("seat")
    found: dict[tuple[int, str, str], list[str]] = {}
    for row in rows.order_by("seat__position", "seat", "item__position", "pk"):
        if items[row.item_id].outcome != ItemOutcome.WITHDRAWN:
            key = (row.seat_id, row.seat.name, row.reason)
            found.setdefault(key, []).append(items[row.item_id].nominee.name)
    return tuple(RecusalFacts(name, reason, tuple(names)) for (_, name, reason), names in found.items())
