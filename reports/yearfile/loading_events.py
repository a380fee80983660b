"""Movements, the pledge, conferences, petitions, commendations and the handover from a year file."""

from collections.abc import Hashable, Sequence
from typing import Any, TypeVar

from blocs.domain.workflow import restore_state
from blocs.enums import PledgeState, SuccessionMode
from blocs.models import (
    Attendance,
    Commendation,
    Conference,
    Petition,
    Pledge,
    PledgeSignature,
    RecipientCount,
    Succession,
    Target,
)
from khoithidua.web.text import tidy
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.loading_movements import write_movements
from reports.yearfile.rows import Exactly, Ledger, first_of, queues
from reports.yearfile.schema import ConferencePart, PledgePart, SuccessionPart, YearFile

M = TypeVar("M")


def write_events(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    write_movements(year_file.movements, place, ledger)
    write_pledge(year_file.pledge, place, ledger)
    write_conferences(year_file.conferences, place, ledger)
    write_petitions(year_file, place, ledger)
    write_commendations(year_file, place, ledger)
    write_succession(year_file.next_year, place, ledger)


def write_pledge(part: PledgePart | None, place: Place, ledger: Ledger) -> None:
    row = Pledge.objects.filter(bloc_year=place.bloc_year).first()
    if part is None:
        ledger.drop([row] if row else [])
        return
    state = part.state or (PledgeState.SIGNED.value if part.signed_on else None)
    values = {"theme": part.theme, "signed_on": part.signed_on}
    born = {"state": state or PledgeState.DRAFT.value}
    pledge = ledger.write(row, Pledge, {"bloc_year": place.bloc_year}, values, born)
    wanted = state or (PledgeState.DRAFT.value if ledger.replace else pledge.state)
    if pledge.state != wanted:
        restore_state(pledge, wanted, source=SOURCE)
        ledger.updated["trạng thái"] += 1
    write_targets(part, pledge, place, ledger)
    write_signatures(part, pledge, place, ledger)


def write_targets(part: PledgePart, pledge: Pledge, place: Place, ledger: Ledger) -> None:
    rows = {(row.agency_id, tidy(row.name)): row for row in Target.objects.filter(pledge=pledge)}
    ordered = []
    for position, each in enumerate(part.targets):
        agency = place.agencies[each.agency]
        values = {name: getattr(each, name) for name in ("unit", "direction", "plan", "mid_year", "actual")}
        key = {"pledge": pledge, "agency": agency, "name": each.name}
        row = rows.pop((agency.pk, each.name), None)
        ordered.append(ledger.write(row, Target, key, values, {"position": position}))
    ledger.drop(rows.values())
    ledger.arrange(ordered)


def write_signatures(part: PledgePart, pledge: Pledge, place: Place, ledger: Ledger) -> None:
    rows = {row.agency_id: row for row in PledgeSignature.objects.filter(pledge=pledge)}
    for each in part.signatures:
        agency = place.agencies[each.agency]
        values = {"signer_name": each.name, "signer_title": each.title, "signed_on": each.signed_on}
        ledger.write(rows.pop(agency.pk, None), PledgeSignature, {"pledge": pledge, "agency": agency}, values)
    ledger.drop(rows.values())


def write_conferences(parts: Sequence[ConferencePart], place: Place, ledger: Ledger) -> None:
    """Kind and day name a conference; one whose day was unknown takes the day that the file now has."""
    rows = list(Conference.objects.filter(bloc_year=place.bloc_year).order_by("pk"))
    exact = [take(rows, part.kind, part.held_on) for part in parts]
    for part, row in zip(parts, exact, strict=True):
        write_conference(part, row or take(rows, part.kind, None), place, ledger)
    ledger.drop(rows)


def take(rows: list[Conference], kind: str, held_on: Any) -> Conference | None:
    """The first of ``rows`` with this kind and day, taken out of the list."""
    for row in rows:
        if (row.kind, row.held_on) == (kind, held_on):
            rows.remove(row)
            return row
    return None


def write_conference(part: ConferencePart, row: Conference | None, place: Place, ledger: Ledger) -> None:
    names = (
        *("held_on", "starts", "ends", "place", "agenda"),
        *("chair_name", "chair_title", "secretary_name", "secretary_title"),
    )
    values = {name: getattr(part, name) for name in names} | {
        "chair_agency": place.agencies.get(part.chair_agency),
        "guests": list(part.guests),
        "conclusions": list(part.conclusions),
        "attendance_listed": None if part.attended is None else Exactly(True),
    }
    key = {"bloc_year": place.bloc_year, "kind": part.kind}
    conference = ledger.write(row, Conference, key, values)
    rows = {row.agency_id: row for row in Attendance.objects.filter(conference=conference)}
    for code, level in part.attended or ():
        agency = place.agencies[code]
        ledger.write(
            rows.pop(agency.pk, None), Attendance, {"conference": conference, "agency": agency}, {"level": level}
        )
    ledger.drop(rows.values())


def write_petitions(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    found = Petition.objects.filter(bloc_year=place.bloc_year).order_by("pk")
    rows = queues(((row.agency_id, row.received_on, tidy(row.subject)), row) for row in found)
    for part in year_file.petitions:
        agency = place.agencies[part.agency]
        key = {"agency": agency, "received_on": part.received_on, "subject": part.subject}
        row = first_of(rows, (agency.pk, part.received_on, part.subject))
        ledger.write(row, Petition, key | {"bloc_year": place.bloc_year}, {"status": part.status})
    ledger.drop(row for queue in rows.values() for row in queue)


def write_commendations(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    found = Commendation.objects.filter(bloc_year=place.bloc_year)
    rows = queues((commendation_key(row), row) for row in found)
    ordered = []
    for position, part in enumerate(year_file.commendations):
        names = ("period", "award", "issuer", "status", "reason")
        own = {name: getattr(part, name) for name in names}
        agency = place.agencies[part.agency]
        key = {"bloc_year": place.bloc_year, "agency": agency, **own}
        row = ledger.write(first_of(rows, (agency.pk, *own.values())), Commendation, key, {}, {"position": position})
        write_recipients(row, dict(part.recipients), ledger)
        ordered.append(row)
    ledger.drop(row for queue in rows.values() for row in queue)
    ledger.arrange(ordered)


def commendation_key(row: Commendation) -> Hashable:
    return row.agency_id, row.period, row.award, tidy(row.issuer), row.status, tidy(row.reason)


def write_recipients(commendation: Commendation, counts: dict[str, int | None], ledger: Ledger) -> None:
    rows = {row.kind: row for row in RecipientCount.objects.filter(commendation=commendation)}
    for kind, count in counts.items():
        value = None if count is None else Exactly(count)
        ledger.write(
            rows.pop(kind, None), RecipientCount, {"commendation": commendation, "kind": kind}, {"count": value}
        )
    ledger.drop(rows.values())


def write_succession(part: SuccessionPart | None, place: Place, ledger: Ledger) -> None:
    row = Succession.objects.filter(bloc_year=place.bloc_year).first()
    if part is None:
        ledger.drop([row] if row else [])
        return
    head = place.agencies.get(part.head)
    values = {"head": head, "handed_over_on": part.handed_over_on, "mode": part.mode, "items": part.items}
    if not part.mode and (row is None or ledger.replace):
        values["mode"] = SuccessionMode.ROTATION.value
    succession = ledger.write(row, Succession, {"bloc_year": place.bloc_year}, values)
    deputies = {place.agencies[code] for code in part.deputies}
    if (deputies or ledger.replace) and deputies != set(succession.deputies.all()):
        succession.deputies.set(deputies)
        ledger.updated["phó khối năm sau"] += 1
