"""Sessions of the council in a year file: seats, items, counted rounds. Totals, never a ballot."""

from collections.abc import Iterable
from typing import Any

from awards.models import AwardForm, Dossier, Subject
from council.enums import Attendance, ItemOutcome, VoteMode
from council.models import AgendaItem, Ballot, BallotItem, CouncilSession, Recusal, Seat
from reports.yearfile.columns import read_columns
from reports.yearfile.known import Known, once
from reports.yearfile.reading_ballots import read_counter
from reports.yearfile.rows import bare
from reports.yearfile.schema_awards import DossierPart
from reports.yearfile.schema_council import (
    BallotVoterPart,
    Case,
    CouncilBallotPart,
    ItemPart,
    RecusalPart,
    RoundPart,
    SeatPart,
    SessionPart,
)
from reports.yearfile.spots import BIG, Fields, Spot, limit_of

COLUMNS = (
    *("title", "kind", "held_on", "starts", "ends", "place", "answers_due", "clerk", "guests"),
    *("opening", "conclusion", "invitation_number", "called_at"),
)
SEAT_COLUMNS = (*("name", "post", "role", "votes", "attendance", "substitute_name", "authorisation", "absence_reason"),)
ITEM_COLUMNS = ("position", "note", "outcome", "reason", "settled_by")
RECUSAL_COLUMNS = ("reason", "automatic")
BALLOT_COLUMNS = (
    *("round", "mode", "channel", "percent", "more_than", "base", "recused_in_base", "written_counts", "legal_basis"),
    *("places", "places_basis", "eligible", "present", "written", "issued", "cast", "invalid"),
    *("opened_on", "closed_on", "note"),
)
ROUND_COLUMNS = (
    *("position", "paper_yes", "paper_no", "yes", "no", "blank", "recused", "base_count", "needed", "fate"),
)
# What may not pass what, with the words for both.
BOUNDS = (
    ("cast", "issued", "số phiếu thu về", "số phiếu phát ra"),
    ("invalid", "cast", "số phiếu không hợp lệ", "số phiếu thu về"),
    ("present", "eligible", "số người có mặt", "tổng số thành viên"),
    ("issued", "eligible", "số phiếu phát ra", "tổng số thành viên"),
)


def cases_of(dossiers: Iterable[DossierPart]) -> frozenset[Case]:
    """All nominations of the file."""
    return frozenset((part.code, each.subject, each.award) for part in dossiers for each in part.nominations)


def read_case(spot: Spot, cases: frozenset[Case]) -> Case:
    """A nomination of the file, by its dossier, subject and award."""
    fields = spot.fields(("dossier", "subject", "award"))
    return case_in(spot, fields, cases)


def case_in(spot: Spot, fields: Fields, cases: frozenset[Case]) -> Case:
    limits = {"dossier": limit_of(Dossier, "code"), "subject": limit_of(Subject, "code")}
    dossier, subject = (fields[name].text(limit) for name, limit in limits.items())
    case = (dossier, subject, fields["award"].text(limit_of(AwardForm, "code")))
    if all(case) and case not in cases:
        spot.fault("Các hồ sơ của tệp không có trường hợp đề nghị này.")
    return case


def read_sessions(spot: Spot, known: Known, dossiers: Iterable[DossierPart]) -> tuple[SessionPart, ...]:
    cases = cases_of(dossiers)
    spots = spot.items()
    parts = tuple(read_session(each, known, cases) for each in spots)
    once(spots, ((part.year, part.number) for part in parts), "Phiên họp này đã có ở trên.", key="number")
    return parts


def read_session(spot: Spot, known: Known, cases: frozenset[Case]) -> SessionPart:
    rest = (*(name for name in COLUMNS if name != "title"), "seats", "items", "ballots")
    fields = spot.fields(("year", "number", "title", "total"), rest)
    seats = tuple(read_seat(each, known) for each in fields["seats"].items())
    ballots = tuple(read_ballot(each, len(seats)) for each in fields["ballots"].items())
    items = read_items(fields["items"], cases, seats=len(seats), ballots=ballots)
    total = fields["total"].whole(high=BIG) or 0
    if total < len(items):
        fields["total"].fault(f"Tổng số nội dung của phiên ({total}) ít hơn số nội dung ghi ở items ({len(items)}).")
    return SessionPart(
        year=fields["year"].whole(low=1948, high=2100) or needed(fields["year"]),
        number=fields["number"].whole(low=1) or needed(fields["number"]),
        total=total,
        values=told(fields, CouncilSession, COLUMNS, ("title",)),
        seats=seats,
        items=items,
        ballots=ballots,
    )


def needed(spot: Spot) -> int:
    """Say that a number which may not be null is null."""
    if spot.stated and spot.value is None:
        spot.fault("Không được để trống.")
    return 0


def told(fields: Fields, model: Any, columns: Iterable[str], due: Iterable[str]) -> dict[str, Any]:
    """The columns, with a fault for each of ``due`` that is there and says nothing."""
    values = read_columns(fields, model, columns)
    for name in due:
        spot = fields[name]
        empty = spot.value is None or (isinstance(spot.value, str) and not spot.value.strip())
        if spot.stated and values[name] in (None, "") and empty:
            spot.fault("Không được để trống.")
    return values


def read_seat(spot: Spot, known: Known) -> SeatPart:
    fields = spot.fields(("name",), ("agency", *(name for name in SEAT_COLUMNS if name != "name")))
    values = told(fields, Seat, SEAT_COLUMNS, ("name",))
    if values["attendance"] == Attendance.SUBSTITUTE and not (values["authorisation"] and values["substitute_name"]):
        fields["attendance"].fault("Dự thay phải ghi tên người dự (substitute_name) và văn bản ủy quyền.")
    return SeatPart(known.maybe_agency(fields["agency"]), values)


def read_items(
    spot: Spot, cases: frozenset[Case], *, seats: int, ballots: tuple[CouncilBallotPart, ...]
) -> tuple[ItemPart, ...]:
    spots = spot.items()
    parts = tuple(read_item(each, cases, seats=seats, ballots=ballots) for each in spots)
    once(spots, (part.case for part in parts), "Trường hợp này đã có ở trên.")
    return parts


def read_item(spot: Spot, cases: frozenset[Case], *, seats: int, ballots: tuple[CouncilBallotPart, ...]) -> ItemPart:
    rest = [name for name in ITEM_COLUMNS if name != "outcome"]
    fields = spot.fields(("dossier", "subject", "award", "outcome"), (*rest, "recusals", "rounds"))
    case = case_in(spot, fields, cases)
    values = told(fields, AgendaItem, ITEM_COLUMNS, ("outcome",))
    if values["outcome"] == ItemOutcome.WITHDRAWN and not values["reason"]:
        fields["reason"].fault("Nội dung rút khỏi phiên họp phải ghi lý do.")
    return ItemPart(
        case=case,
        values=values,
        recusals=read_recusals(fields["recusals"], seats),
        rounds=read_rounds(fields["rounds"], case[2], seats=seats, ballots=ballots),
    )


def seat_number(spot: Spot, seats: int) -> int:
    """The place of a seat in the session's list, from 1; 0 and a fault where there is none."""
    found = spot.whole(low=1) or needed(spot)
    if found > seats:
        spot.fault(f"Danh sách seats của phiên chỉ có {seats} người.")
        return 0
    return found


def read_recusals(spot: Spot, seats: int) -> tuple[RecusalPart, ...]:
    spots = spot.items()
    parts = []
    for each in spots:
        fields = each.fields(("seat", "reason"), ("automatic",))
        number = seat_number(fields["seat"], seats)
        parts.append(RecusalPart(number, told(fields, Recusal, RECUSAL_COLUMNS, ("reason",))))
    once(spots, (part.seat for part in parts), "Thành viên này đã có ở trên.", key="seat")
    return tuple(parts)


def read_rounds(spot: Spot, award: str, *, seats: int, ballots: tuple[CouncilBallotPart, ...]) -> tuple[RoundPart, ...]:
    spots = spot.items()
    parts = tuple(read_round(each, award, seats=seats, ballots=ballots) for each in spots)
    once(spots, (part.ballot for part in parts), "Lượt biểu quyết này đã có ở trên.", key="ballot")
    return parts


def read_round(spot: Spot, award: str, *, seats: int, ballots: tuple[CouncilBallotPart, ...]) -> RoundPart:
    fields = spot.fields(("ballot",), (*ROUND_COLUMNS, "against", "silent"))
    number = fields["ballot"].whole(low=1) or needed(fields["ballot"])
    ballot = ballots[number - 1] if 0 < number <= len(ballots) else None
    if number and ballot is None:
        fields["ballot"].fault(f"Danh sách ballots của phiên chỉ có {len(ballots)} lượt.")
    elif ballot is not None and award and ballot.award and ballot.award != award:
        fields["ballot"].fault(f"Lượt này biểu quyết «{ballot.award}», không phải «{award}».")
    values = read_columns(fields, BallotItem, ROUND_COLUMNS)
    names = {name: read_names(fields[name], seats) for name in ("against", "silent")}
    if ballot is not None:
        refuse_odd_counts(fields, values, ballot)
        for name, named in names.items():
            if named and ballot.values["mode"] == VoteMode.SECRET:
                fields[name].fault("Bỏ phiếu kín không có tên người biểu quyết.")
    if set(names["against"]) & set(names["silent"]):
        fields["silent"].fault("Một thành viên không thể vừa không đồng ý vừa không có ý kiến.")
    return RoundPart(number, values, **names)


def read_names(spot: Spot, seats: int) -> tuple[int, ...]:
    spots = spot.items()
    found = tuple(seat_number(each, seats) for each in spots)
    once(spots, found, "Thành viên này đã có ở trên.")
    return tuple(number for number in found if number)


def refuse_odd_counts(fields: Fields, values: dict[str, Any], ballot: CouncilBallotPart) -> None:
    """Votes for and against together are no more than the valid ones."""
    said = [bare(values[name]) for name in ("yes", "no", "blank") if values[name] is not None]
    cast, invalid = (bare(ballot.values[name]) for name in ("cast", "invalid"))
    if said and cast is not None and sum(said) > cast - (invalid or 0):
        fields["yes"].fault(f"Tổng số phiếu ({sum(said)}) lớn hơn số phiếu hợp lệ thu về ({cast - (invalid or 0)}).")


def read_ballot(spot: Spot, seats: int) -> CouncilBallotPart:
    due = ("mode", "percent", "legal_basis")
    rest = (*(name for name in BALLOT_COLUMNS if name not in due), "committee", "receipts", "voters")
    fields = spot.fields(("award", *due), rest)
    values = told(fields, Ballot, BALLOT_COLUMNS, due)
    percent = bare(values["percent"])
    if percent is not None and not 1 <= percent <= 100:
        fields["percent"].fault("Phải từ 1 đến 100.")
    for name, limit, word, whole in BOUNDS:
        part, most = bare(values[name]), bare(values[limit])
        if part is not None and most is not None and part > most:
            fields[name].fault(f"{word.capitalize()} ({part}) lớn hơn {whole} ({most}).")
    values["committee"] = [read_counter(each) for each in fields["committee"].items()]
    values["receipts"] = [each.text(80) for each in fields["receipts"].items()]
    return CouncilBallotPart(
        award=fields["award"].code(limit_of(AwardForm, "code")),
        values=values,
        voters=read_voters(fields["voters"], seats),
    )


def read_voters(spot: Spot, seats: int) -> tuple[BallotVoterPart, ...]:
    """Who could vote and whether they did; what they said is nowhere."""
    spots = spot.items()
    parts = []
    for each in spots:
        fields = each.fields(("seat",), ("on_paper", "voted"))
        parts.append(
            BallotVoterPart(seat_number(fields["seat"], seats), fields["on_paper"].flag(), fields["voted"].flag())
        )
    once(spots, (part.seat for part in parts), "Thành viên này đã có ở trên.", key="seat")
    return tuple(parts)
