"""Movements, the pledge, conferences, petitions, commendations and the handover for a year file."""

from datetime import date
from typing import Any

from blocs.domain.commendations import in_order
from blocs.models import (
    BlocMovement,
    BlocYear,
    Commendation,
    Conference,
    Petition,
    Pledge,
    Succession,
)
from khoithidua.web.text import tidy
from reports.yearfile.emitting import Codes, Row, held
from reports.yearfile.roster import Roster
from reports.yearfile.spots import tidy_lines


def dump_movements(bloc_year: BlocYear, roster: Roster) -> list[Row]:
    rows = BlocMovement.objects.filter(bloc_year=bloc_year).select_related("movement")
    return [dump_movement(row, roster) for row in rows.prefetch_related("participations__agency")]


def dump_movement(row: BlocMovement, roster: Roster) -> Row:
    movement = row.movement
    agencies = sorted((each.agency for each in row.participations.all()), key=roster.place)
    return held(
        {
            "name": tidy(movement.name),
            "scope": movement.scope,
            "kind": movement.kind,
            "starts": movement.starts,
            "ends": movement.ends,
            "launched_by": tidy(movement.launched_by),
            "launched_on": movement.launched_on,
            "participants": [roster.code(agency) for agency in agencies],
        }
    )


def dump_pledge(bloc_year: BlocYear, roster: Roster) -> dict[str, Any] | None:
    pledge = Pledge.objects.filter(bloc_year=bloc_year).first()
    if pledge is None:
        return None
    targets = pledge.targets.select_related("agency")
    signatures = sorted(pledge.signatures.select_related("agency"), key=lambda row: roster.place(row.agency))
    content: dict[str, Any] = {
        "signed_on": pledge.signed_on,
        "theme": tidy_lines(pledge.theme),
        "state": pledge.state,
        "targets": [dump_target(row) for row in targets if roster.has(row.agency_id)],
        "signatures": [dump_signature(row) for row in signatures if roster.has(row.agency_id)],
    }
    always = ("signed_on", "state", "targets")
    return {key: value for key, value in content.items() if value or key in always}


def dump_target(row: Any) -> Row:
    return Row(
        agency=row.agency.code,
        name=tidy(row.name),
        unit=tidy(row.unit),
        direction=row.direction,
        plan=row.plan,
        mid_year=row.mid_year,
        actual=row.actual,
    )


def dump_signature(row: Any) -> Row:
    return held(
        {
            "agency": row.agency.code,
            "name": tidy(row.signer_name),
            "title": tidy(row.signer_title),
            "signed_on": row.signed_on,
        }
    )


def dump_conferences(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    rows = Conference.objects.filter(bloc_year=bloc_year).select_related("chair_agency")
    found = list(rows.prefetch_related("attendances__agency"))
    return [dump_conference(row, roster) for row in sorted(found, key=lambda row: (row.held_on or date.max, row.pk))]


def dump_conference(row: Conference, roster: Roster) -> dict[str, Any]:
    chair = held(
        {
            "name": tidy(row.chair_name),
            "title": tidy(row.chair_title),
            "agency": roster.code(row.chair_agency),
        }
    )
    secretary = held({"name": tidy(row.secretary_name), "title": tidy(row.secretary_title)})
    content: dict[str, Any] = {
        "kind": row.kind,
        "held_on": row.held_on,
        "starts": row.starts,
        "ends": row.ends,
        "place": tidy(row.place) or None,
        "chair": chair or None,
        "secretary": secretary or None,
        "agenda": tidy_lines(row.agenda) or None,
        "attended": dump_attended(row, roster) if row.attendance_listed else None,
        "guests": lines_of(row.guests),
        "conclusions": lines_of(row.conclusions),
    }
    optional = ("ends", "chair", "secretary", "agenda", "attended")
    return {key: value for key, value in content.items() if value is not None or key not in optional}


def lines_of(lines: list[Any]) -> list[str]:
    return [text for line in lines if (text := tidy(str(line)))]


def dump_attended(row: Conference, roster: Roster) -> Codes:
    rows = sorted(row.attendances.all(), key=lambda each: roster.place(each.agency))
    return Codes(
        Row(agency=roster.code(each.agency), level=each.level) if each.level else roster.code(each.agency)
        for each in rows
    )


def dump_petitions(bloc_year: BlocYear, roster: Roster) -> list[Row]:
    rows = list(Petition.objects.filter(bloc_year=bloc_year).select_related("agency"))
    rows.sort(key=lambda row: (row.received_on or date.max, row.pk))
    return [
        Row(
            received_on=row.received_on,
            agency=roster.code(row.agency),
            subject=tidy(row.subject),
            status=row.status,
        )
        for row in rows
    ]


def dump_commendations(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    rows = Commendation.objects.filter(bloc_year=bloc_year).select_related("agency").prefetch_related("recipients")
    return [
        {
            "agency": roster.code(row.agency),
            "period": row.period,
            "award": row.award,
            "issuer": tidy(row.issuer) or None,
            "status": row.status,
            "reason": tidy(row.reason) or None,
            "recipients": Row({each.kind: each.count for each in in_order(row)}),
        }
        for row in rows
    ]


def dump_succession(bloc_year: BlocYear, roster: Roster) -> Row | None:
    row = Succession.objects.filter(bloc_year=bloc_year).select_related("head").first()
    if row is None:
        return None
    deputies = sorted(row.deputies.all(), key=roster.place)
    content = Row(
        head=roster.code(row.head),
        deputies=[roster.code(agency) for agency in deputies],
        mode=row.mode,
    )
    return Row(content, **held({"handed_over_on": row.handed_over_on, "items": tidy_lines(row.items)}))
