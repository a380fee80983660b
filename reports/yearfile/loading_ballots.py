"""Votes from a year file: closed ones with their counts and voters."""

from typing import Any

from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import Place
from reports.yearfile.rows import Exactly, Ledger
from reports.yearfile.schema import BallotPart, YearFile
from scoring.enums import PollState
from scoring.models import Poll, PollOption, PollTally, PollVoter

COUNTS = ("threshold", "eligible", "present", "cast", "invalid")


def write_ballots(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    """Votes under way in the application are not the file's, and stay also when replacing."""
    polls = Poll.objects.filter(bloc_year=place.bloc_year).exclude(state=PollState.CANCELLED)
    found = {(row.purpose, row.award, row.round): row for row in polls}
    rows = {key: row for key, row in found.items() if row.state == PollState.CLOSED}
    for number, part in enumerate(year_file.ballots):
        under_way = found.get((part.purpose, part.award, part.round))
        if under_way is not None and under_way.state != PollState.CLOSED:
            sentence = f"{under_way} đang được chuẩn bị hoặc đang mở trong ứng dụng. Hãy kiểm phiếu hoặc hủy trước."
            ledger.faults.append(Fault(f"ballots[{number}]", sentence))
            continue
        key = {"bloc_year": place.bloc_year, "purpose": part.purpose, "award": part.award, "round": part.round}
        row = rows.pop((part.purpose, part.award, part.round), None)
        write_ballot(part, row, key, place, ledger)
    ledger.drop(rows.values())


def write_ballot(part: BallotPart, row: Poll | None, key: dict[str, Any], place: Place, ledger: Ledger) -> None:
    values: dict[str, Any] = {"mode": part.mode, "base": part.base}
    values |= {name: getattr(part, name) for name in COUNTS} | part.details
    if part.details["recused_in_base"] is False:
        values["recused_in_base"] = Exactly(False)
    poll = ledger.write(row, Poll, key, values)
    rows = {row.agency_id: row for row in PollTally.objects.filter(poll=poll)}
    for code, votes in part.votes:
        agency = place.agencies[code]
        ledger.write(rows.pop(agency.pk, None), PollTally, {"poll": poll, "agency": agency}, {"votes": Exactly(votes)})
    ledger.drop(rows.values())
    write_options(part, poll, place, ledger)
    write_voters(part, poll, place, ledger)


def write_options(part: BallotPart, poll: Poll, place: Place, ledger: Ledger) -> None:
    rows = {row.agency_id: row for row in PollOption.objects.filter(poll=poll)}
    ordered = []
    for position, code in enumerate(part.options):
        agency = place.agencies[code]
        key = {"poll": poll, "agency": agency}
        ordered.append(ledger.write(rows.pop(agency.pk, None), PollOption, key, {}, {"position": position}))
    ledger.drop(rows.values())
    ledger.arrange(ordered)


def write_voters(part: BallotPart, poll: Poll, place: Place, ledger: Ledger) -> None:
    rows = {row.agency_id: row for row in PollVoter.objects.filter(poll=poll, agency__isnull=False)}
    for each in part.voters:
        agency = place.agencies[each.agency]
        values = {
            "is_present": Exactly(each.present is not False),
            "recused": Exactly(bool(each.recused)),
            "recusal_reason": each.reason,
            "has_voted": Exactly(bool(each.voted)),
        }
        ledger.write(rows.pop(agency.pk, None), PollVoter, {"poll": poll, "agency": agency}, values)
    ledger.drop(rows.values())
