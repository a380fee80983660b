"""Ended sessions of the council from a year file. Never deleted by a file, and never rewritten where they were held."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from awards.models import AwardForm, Nomination
from council.domain.from_files import came_by_file, record_brought
from council.enums import SessionState, VoteChannel, VoteMode
from council.models import AgendaItem, Ballot, BallotItem, BallotVoter, CouncilSession, OpenVote, Recusal, Seat
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import Place
from reports.yearfile.loading_subjects import Named
from reports.yearfile.rows import Exactly, Ledger, bare, same, says
from reports.yearfile.schema import YearFile
from reports.yearfile.schema_council import Case, CouncilBallotPart, ItemPart, RoundPart, SeatPart, SessionPart
from reports.yearfile.sealed import at, sealed
from scoring.enums import PollState

HELD_HERE = "Phiên họp này đã kết thúc trong hệ thống nên tệp không sửa được."
UNDER_WAY = "{session} đang được chuẩn bị, đang họp hoặc đã hủy trong ứng dụng. Hãy kết thúc phiên đó, hoặc bỏ mục này."
TOO_MANY = "Phiên họp này có {total} nội dung, hệ thống đã có {here}. Hãy xem lại total và items."
Cases = dict[Case, Nomination]
Votes = list[tuple[AgendaItem, RoundPart, str]]


def nominations_of(year_file: YearFile, named: Named) -> Cases:
    """The rows of the nominations that the file names. One query."""
    codes = [part.code for part in year_file.dossiers]
    rows = Nomination.objects.filter(dossier__code__in=codes).select_related("dossier", "award")
    found = {(row.dossier.code, row.subject_id, row.award.code): row for row in rows}
    cases = ((part.code, each.subject, each.award) for part in year_file.dossiers for each in part.nominations)
    return {
        (code, subject, award): found[key]
        for code, subject, award in cases
        if subject in named.subjects and (key := (code, named.subjects[subject].pk, award)) in found
    }


def write_sessions(year_file: YearFile, place: Place, named: Named, cases: Cases, ledger: Ledger) -> None:
    calm = replace(ledger, replace=False)
    for number, part in enumerate(year_file.sessions):
        write_session(part, SessionDesk(place, named, cases, calm, f"sessions[{number}]"))


@dataclass(frozen=True)
class SessionDesk:
    """Where the parts of one session go, and how their faults are told."""

    place: Place
    named: Named
    cases: Cases
    ledger: Ledger
    path: str

    def within(self, path: str) -> Ledger:
        return at(self.ledger, f"{self.path}.{path}")

    def award(self, code: str, path: str) -> AwardForm | None:
        found = self.named.awards.get(code)
        if found is None:
            sentence = f"Danh mục khen thưởng không có mã «{code}»."
            self.ledger.faults.append(Fault(f"{self.path}.{path}", sentence))
        return found


def write_session(part: SessionPart, desk: SessionDesk) -> None:
    key = {"council": desk.place.council, "year": part.year, "number": part.number}
    row = CouncilSession.objects.select_for_update().filter(**key).first()
    if row is not None and row.state != SessionState.CLOSED:
        desk.ledger.faults.append(Fault(desk.path, UNDER_WAY.format(session=row)))
        return
    if row is not None and not came_by_file(row):
        desk = replace(desk, ledger=sealed(desk.ledger, desk.path, HELD_HERE))
    before = desk.ledger.count
    session = desk.ledger.write(row, CouncilSession, key, part.values, {"state": SessionState.CLOSED.value})
    seats = write_seats(part.seats, session, desk)
    items = write_items(part.items, session, seats, desk)
    write_ballots(part, session, seats, items, desk)
    here = session.items.count()
    if here > part.total:
        desk.ledger.faults.append(Fault(f"{desk.path}.total", TOO_MANY.format(total=part.total, here=here)))
    if desk.ledger.count != before:
        record_brought(session, count=len(part.items), whole=part.total)


def write_seats(parts: Iterable[SeatPart], session: CouncilSession, desk: SessionDesk) -> dict[int, Seat]:
    """Seats by their number in the file: the whole table sits in every file of the session, in one order."""
    rows = list(session.seats.order_by("position", "pk"))
    seats: dict[int, Seat] = {}
    for number, part in enumerate(parts, start=1):
        row = rows[number - 1] if number <= len(rows) else None
        values = part.values | {"agency": desk.place.agencies.get(part.agency)}
        ledger = desk.within(f"seats[{number - 1}]")
        seats[number] = ledger.write(row, Seat, {"session": session}, values, {"position": number - 1})
    return {number: seat for number, seat in seats.items() if seat.pk}


def write_items(
    parts: Iterable[ItemPart], session: CouncilSession, seats: dict[int, Seat], desk: SessionDesk
) -> dict[Case, AgendaItem]:
    rows = {row.nomination_id: row for row in session.items.all()}
    items: dict[Case, AgendaItem] = {}
    for number, part in enumerate(parts):
        nomination = desk.cases.get(part.case)
        if nomination is None:
            continue  # its dossier is at fault, which has been said
        path = f"items[{number}]"
        key = {"session": session, "nomination": nomination}
        item = desk.within(path).write(rows.get(nomination.pk), AgendaItem, key, part.values)
        if item.pk:
            write_recusals(part, item, seats, desk, path)
            items[part.case] = item
    return items


def write_recusals(part: ItemPart, item: AgendaItem, seats: dict[int, Seat], desk: SessionDesk, path: str) -> None:
    rows = {row.seat_id: row for row in Recusal.objects.filter(item=item)}
    for number, each in enumerate(part.recusals):
        if each.seat in seats:
            seat = seats[each.seat]
            key = {"session": item.session, "seat": seat, "item": item}
            desk.within(f"{path}.recusals[{number}]").write(rows.get(seat.pk), Recusal, key, each.values)


def write_ballots(
    part: SessionPart, session: CouncilSession, seats: dict[int, Seat], items: dict[Case, AgendaItem], desk: SessionDesk
) -> None:
    """Counted rounds; files of other blocs may have brought the same round for other items."""
    if session.pk is None:
        return
    free = list(Ballot.objects.filter(session=session, state=PollState.CLOSED).order_by("pk"))
    ours = {item.pk for item in items.values()}
    for place, each in enumerate(part.ballots):
        path = f"ballots[{place}]"
        award = desk.award(each.award, f"{path}.award")
        if award is None:
            continue
        votes = votes_on(part, place + 1, items)
        row = known_ballot(free, award, each, {item.pk for item, _, _ in votes}, ours)
        if row is not None:
            free.remove(row)
        born = {"state": PollState.CLOSED.value}
        ballot = desk.within(path).write(row, Ballot, {"session": session, "award": award}, each.values, born)
        if ballot.pk:
            write_voters(each, ballot, seats, desk, path)
            write_rounds(votes, ballot, desk)
            write_open_votes(each, ballot, votes, seats, desk)


def votes_on(part: SessionPart, number: int, items: dict[Case, AgendaItem]) -> Votes:
    """Items on which the ballot of this number in the file voted, with what it said and where that stands."""
    return [
        (items[item.case], told, f"items[{place}].rounds[{at_round}]")
        for place, item in enumerate(part.items)
        for at_round, told in enumerate(item.rounds)
        if told.ballot == number and item.case in items
    ]


def known_ballot(
    free: Iterable[Ballot], award: AwardForm, part: CouncilBallotPart, voted: set[int], ours: set[int]
) -> Ballot | None:
    """The round that holds one of these items; else one of equal figures that another bloc's file brought."""
    round_number = bare(part.values["round"]) or 1
    rows = [row for row in free if row.award_id == award.pk and row.round == round_number]
    held = {row.pk: set(row.rows.values_list("item", flat=True)) for row in rows}
    for row in rows:
        if held[row.pk] & voted:
            return row
    return next((row for row in rows if not held[row.pk] & ours and equal(row, part)), None)


def equal(row: Ballot, part: CouncilBallotPart) -> bool:
    told = ((name, value) for name, value in part.values.items() if says(value))
    return all(same(getattr(row, name), bare(value)) for name, value in told)


def write_voters(part: CouncilBallotPart, ballot: Ballot, seats: dict[int, Seat], desk: SessionDesk, path: str) -> None:
    rows = {row.seat_id: row for row in BallotVoter.objects.filter(ballot=ballot)}
    for number, each in enumerate(part.voters):
        if each.seat in seats:
            seat = seats[each.seat]
            values = {"on_paper": Exactly(bool(each.on_paper)), "has_voted": Exactly(bool(each.voted))}
            ledger = desk.within(f"{path}.voters[{number}]")
            ledger.write(rows.get(seat.pk), BallotVoter, {"ballot": ballot, "seat": seat}, values)


def write_rounds(votes: Votes, ballot: Ballot, desk: SessionDesk) -> None:
    rows = {row.item_id: row for row in BallotItem.objects.filter(ballot=ballot)}
    for item, told, path in votes:
        desk.within(path).write(rows.get(item.pk), BallotItem, {"ballot": ballot, "item": item}, told.values)


def write_open_votes(
    part: CouncilBallotPart, ballot: Ballot, votes: Votes, seats: dict[int, Seat], desk: SessionDesk
) -> None:
    """What the minutes of an open vote name: who did not agree; all others who voted by device agreed."""
    if ballot.mode != VoteMode.OPEN or ballot.channel != VoteChannel.ELECTRONIC:
        return
    rows = {row.seat_id: row for row in OpenVote.objects.filter(ballot=ballot)}
    recused = set(Recusal.objects.filter(item__in=[item.pk for item, _, _ in votes]).values_list("seat", "item"))
    for voter in part.voters:
        if voter.seat not in seats or not voter.voted or voter.on_paper:
            continue
        seat = seats[voter.seat]
        row = rows.get(seat.pk)
        marks = dict(row.marks) if row is not None else {}
        for item, told, _ in votes:
            silent = voter.seat in told.silent or (seat.pk, item.pk) in recused
            marks[str(item.pk)] = "no" if voter.seat in told.against else "" if silent else "yes"
        desk.within("ballots").write(row, OpenVote, {"ballot": ballot, "seat": seat}, {"marks": Exactly(marks)})
