"""Ballots of a year file: closed votes with their counts, never a single ballot."""

from typing import Any

from blocs.enums import Award
from reports.yearfile.known import Known, once
from reports.yearfile.schema import BallotPart, VoterPart
from reports.yearfile.spots import Fields, Spot, limit_of
from scoring.enums import PollBase, PollChannel, PollMode, PollPurpose
from scoring.models import Poll, PollVoter

COUNTS = ("eligible", "present", "recused", "issued", "cast", "invalid")
DETAILS = (
    *("question", "channel", "quorum", "max_choices", "recused_in_base", "committee"),
    *("opened_on", "closed_on", "receipts", "note"),
)
# Each count, and what it may not pass.
BOUNDS = (
    ("present", "eligible", "số người có mặt", "tổng số thành viên"),
    ("recused", "present", "số người không tham gia bỏ phiếu", "số người có mặt"),
    ("cast", "present", "số phiếu thu về", "số người có mặt"),
    ("cast", "eligible", "số phiếu thu về", "tổng số thành viên"),
    ("issued", "eligible", "số phiếu phát ra", "tổng số thành viên"),
    ("cast", "issued", "số phiếu thu về", "số phiếu phát ra"),
    ("invalid", "cast", "số phiếu không hợp lệ", "số phiếu thu về"),
)


def read_ballots(spot: Spot, known: Known) -> tuple[BallotPart, ...]:
    spots = spot.items()
    parts = tuple(read_ballot(each, known) for each in spots)
    keys = ((part.award or part.purpose, part.round) for part in parts)
    once(spots, keys, "Vòng bỏ phiếu này của hình thức này đã có ở trên.")
    return parts


def read_ballot(spot: Spot, known: Known) -> BallotPart:
    optional = ("purpose", "round", "base", "threshold", *COUNTS, "votes", "options", "voters", *DETAILS)
    by_award = not isinstance(spot.value, dict) or spot.value.get("purpose") in (None, PollPurpose.AWARD.value)
    fields = spot.fields(("award", "mode"), optional) if by_award else spot.fields(("mode",), ("award", *optional))
    purpose = fields["purpose"].choice(PollPurpose, PollPurpose.AWARD)
    numbers = {name: fields[name].whole() for name in COUNTS}
    for bound in BOUNDS:
        within(fields, numbers, *bound)
    details = read_details(fields) | {name: numbers.pop(name) for name in ("issued", "recused")}
    valid = None if numbers["cast"] is None else numbers["cast"] - min(numbers["invalid"] or 0, numbers["cast"])
    return BallotPart(
        award=read_award(fields["award"], by_award=by_award),
        purpose=purpose,
        round=(fields["round"].whole(low=1) if fields["round"].given else 1) or 1,
        mode=fields["mode"].choice(PollMode) if fields["mode"].stated else "",
        base=fields["base"].choice(PollBase, PollBase.MEMBERS),
        threshold=fields["threshold"].whole(low=1, high=100),
        votes=read_votes(fields["votes"], known, valid),
        options=tuple(known.member(each) for each in fields["options"].items()),
        voters=read_voters(fields["voters"], known),
        details=details,
        **numbers,
    )


def read_award(spot: Spot, *, by_award: bool) -> str:
    """The award that is voted on; a vote on the next head or deputy has none."""
    if by_award:
        return spot.choice(Award) if spot.stated else ""
    if spot.given:
        spot.fault("Bỏ phiếu chọn trưởng khối, phó khối thì không ghi hình thức khen thưởng.")
    return ""


def read_details(fields: Fields) -> dict[str, Any]:
    """Columns of Poll beside the counts."""
    return {
        "question": fields["question"].optional_text(limit_of(Poll, "question")),
        "channel": fields["channel"].maybe_choice(PollChannel),
        "quorum": fields["quorum"].whole(low=1, high=100),
        "max_choices": fields["max_choices"].whole(low=1),
        "recused_in_base": fields["recused_in_base"].flag(),
        "committee": [read_counter(each) for each in fields["committee"].items()],
        "opened_on": fields["opened_on"].day(),
        "closed_on": fields["closed_on"].day(),
        "receipts": [each.text(80) for each in fields["receipts"].items()],
        "note": fields["note"].optional_text(lines=True),
    }


def read_counter(spot: Spot) -> dict[str, str]:
    """One member of the committee that counted."""
    fields = spot.fields(("name",), ("title",))
    return {"name": fields["name"].text(150), "title": fields["title"].optional_text(150)}


def read_voters(spot: Spot, known: Known) -> tuple[VoterPart, ...]:
    spots = spot.items()
    parts = tuple(read_voter(each, known) for each in spots)
    once(spots, (part.agency for part in parts), "Đơn vị này đã có ở trên.", key="agency")
    return parts


def read_voter(spot: Spot, known: Known) -> VoterPart:
    """A unit that could vote and whether it did; what it voted is nowhere."""
    fields = spot.fields(("agency",), ("present", "recused", "reason", "voted"))
    return VoterPart(
        agency=known.member(fields["agency"]),
        present=fields["present"].flag(),
        recused=fields["recused"].flag(),
        reason=fields["reason"].optional_text(limit_of(PollVoter, "recusal_reason")),
        voted=fields["voted"].flag(),
    )


def within(fields: Fields, numbers: dict[str, int | None], small: str, big: str, name: str, whole: str) -> None:
    part, total = numbers[small], numbers[big]
    if part is not None and total is not None and part > total:
        fields[small].fault(f"{name.capitalize()} ({part}) lớn hơn {whole} ({total}).")


def read_votes(spot: Spot, known: Known, valid: int | None) -> tuple[tuple[str, int], ...]:
    """Votes of each agency; none can have more than the valid ballots."""
    found = []
    for code, votes in spot.pairs():
        count = votes.whole()
        if code not in known.agencies:
            votes.fault("Không có đơn vị với mã này trong danh sách agencies của tệp.")
        elif code not in known.members:
            votes.fault(f"«{code}» không phải thành viên của khối trong năm.")
        elif votes.value is None:
            votes.fault("Hãy ghi số phiếu; chưa rõ số phiếu thì bỏ dòng này.")
        elif count is not None and valid is not None and count > valid:
            votes.fault(f"{count} phiếu lớn hơn số phiếu hợp lệ thu về ({valid}).")
        elif count is not None:
            found.append((code, count))
    return tuple(found)
