"""Movements from a year file. A movement belongs to the council: several blocs and years share it."""

from collections.abc import Sequence
from typing import Any

from blocs.models import BlocMovement, Movement, Participation
from khoithidua.web.text import tidy
from reports.yearfile.loading_composition import Place
from reports.yearfile.rows import Ledger
from reports.yearfile.schema import MovementPart

IDENTITY = ("name", "scope", "kind", "starts", "ends")


def identity(movement: Movement | MovementPart) -> tuple[Any, ...]:
    return (tidy(movement.name), *(getattr(movement, name) for name in IDENTITY[1:]))


def write_movements(parts: Sequence[MovementPart], place: Place, ledger: Ledger) -> None:
    rows = list(BlocMovement.objects.filter(bloc_year=place.bloc_year).select_related("movement"))
    wanted = {identity(part) for part in parts}
    by_identity = {identity(row.movement): row for row in rows}
    spare = [row for row in rows if identity(row.movement) not in wanted]
    ordered = []
    for position, part in enumerate(parts):
        row = by_identity.get(identity(part)) or take_namesake(spare, part.name)
        ordered.append(write_movement(part, row, position, place, ledger))
    ledger.drop(spare)
    ledger.arrange(ordered)


def take_namesake(spare: list[BlocMovement], name: str) -> BlocMovement | None:
    """The one movement of this name that the file no longer describes: the same, corrected."""
    found = [row for row in spare if tidy(row.movement.name) == name]
    if len(found) != 1:
        return None
    spare.remove(found[0])
    return found[0]


def write_movement(
    part: MovementPart, row: BlocMovement | None, position: int, place: Place, ledger: Ledger
) -> BlocMovement:
    movement = movement_for(part, row, place, ledger)
    key = {"bloc_year": place.bloc_year}
    row = ledger.write(row, BlocMovement, key, {"movement": movement}, {"position": position})
    write_participants(part, row, place, ledger)
    return row


def movement_for(part: MovementPart, row: BlocMovement | None, place: Place, ledger: Ledger) -> Movement:
    """The council's movement; one that others carry out too is never changed under them."""
    own = {name: getattr(part, name) for name in IDENTITY}
    launch = {"launched_by": part.launched_by, "launched_on": part.launched_on}
    if row is not None and (identity(row.movement) == identity(part) or not is_shared(row)):
        quiet = Ledger(replace=ledger.replace and not is_shared(row), updated=ledger.updated)
        return quiet.write(row.movement, Movement, {}, own | launch)
    found = Movement.objects.filter(council=place.council, **own).order_by("pk").first()
    return ledger.write(found, Movement, {"council": place.council, **own}, launch)


def is_shared(row: BlocMovement) -> bool:
    return BlocMovement.objects.filter(movement=row.movement_id).exclude(pk=row.pk).exists()


def write_participants(part: MovementPart, row: BlocMovement, place: Place, ledger: Ledger) -> None:
    known = {each.agency_id: each for each in Participation.objects.filter(bloc_movement=row)}
    for code in part.participants:
        agency = place.agencies[code]
        ledger.write(known.pop(agency.pk, None), Participation, {"bloc_movement": row, "agency": agency}, {})
    ledger.drop(known.values())
