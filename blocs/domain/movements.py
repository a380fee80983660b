"""Emulation movements of a bloc-year: added, taken over, changed, left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from accounts.domain import audit
from accounts.models import User
from blocs.domain.editing import refuse_stale
from blocs.domain.snapshots import snapshot
from blocs.enums import Scope
from blocs.models import Agency, BlocMovement, BlocYear, Movement, Participation

FIELDS = ("name", "scope", "kind", "starts", "ends", "launched_by", "launched_on")
PARTICIPANTS = "đơn vị tham gia"


def adoptable(bloc_year: BlocYear) -> QuerySet[Movement]:
    """Movements that this bloc-year may take over: the province's and nation's, and this bloc's of other years.

    Those whose period is over or not begun, and those already carried out, are left out.
    """
    year = bloc_year.year
    ours = Q(scope__in=[Scope.PROVINCE, Scope.NATION]) | Q(carried_out__bloc_year__bloc=bloc_year.bloc_id)
    current = (Q(ends__isnull=True) | Q(ends__gte=year)) & (Q(starts__isnull=True) | Q(starts__lte=year))
    rows = Movement.objects.filter(ours, current, council=bloc_year.bloc.council_id)
    return rows.exclude(carried_out__bloc_year=bloc_year).distinct().order_by("search_key", "pk")


@transaction.atomic
def add_movement(bloc_year: BlocYear, *, fields: Mapping[str, Any], actor: User) -> BlocMovement:
    """A movement that nobody has recorded yet, carried out in this bloc-year."""
    movement = Movement.objects.create(council_id=bloc_year.bloc.council_id, **chosen(fields))
    return adopt_movement(bloc_year, movement=movement, actor=actor)


@transaction.atomic
def adopt_movement(bloc_year: BlocYear, *, movement: Movement, actor: User) -> BlocMovement:
    """Carry out an existing movement; doing so twice changes nothing."""
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    last = bloc_year.movements.aggregate(last=Max("position"))["last"]
    row, made = BlocMovement.objects.get_or_create(
        bloc_year=bloc_year, movement=movement, defaults={"position": 0 if last is None else last + 1}
    )
    if made:
        audit.record(row, "Thêm phong trào", actor=actor, after=snapshot(movement, FIELDS))
    return row


def is_shared(row: BlocMovement) -> bool:
    """Whether other bloc-years carry out the same movement."""
    return BlocMovement.objects.filter(movement=row.movement_id).exclude(pk=row.pk).exists()


@transaction.atomic
def change_movement(
    row: BlocMovement, *, fields: Mapping[str, Any], actor: User, seen: int | None = None
) -> BlocMovement:
    """Change what is said of a movement.

    A movement that other bloc-years share is changed for all of them by the standing body alone;
    anyone else gets an own copy for this bloc-year, and the others keep what they had.
    Raises Stale when outrun.
    """
    movement = Movement.objects.select_for_update().get(pk=row.movement_id)
    refuse_stale(row, seen=seen)
    before = snapshot(movement, FIELDS)
    for name, value in chosen(fields).items():
        setattr(movement, name, value)
    after = snapshot(movement, FIELDS)
    if before == after:
        return row
    if is_shared(row) and not actor.has_perm("blocs.oversee_year", row):
        return take_copy(row, movement, before=before, after=after, actor=actor)
    movement.save(update_fields=[*FIELDS, "search_key"])
    for each in BlocMovement.objects.filter(movement=movement).select_related("movement"):
        audit.record_change(each, "Sửa phong trào", actor=actor, before=before, after=after)
    return row


def take_copy(
    row: BlocMovement, movement: Movement, *, before: dict[str, Any], after: dict[str, Any], actor: User
) -> BlocMovement:
    movement.pk = None
    movement._state.adding = True
    movement.save(force_insert=True)
    row.movement = movement
    row.save(update_fields=["movement"])
    audit.record_change(row, "Tách thành phong trào riêng của khối", actor=actor, before=before, after=after)
    return row


@transaction.atomic
def set_participants(row: BlocMovement, *, agencies: Iterable[Agency], actor: User) -> None:
    """Record who takes part. Nobody named means: not recorded."""
    BlocMovement.objects.select_for_update(of=("self",)).get(pk=row.pk)
    wanted = {agency.pk: agency for agency in agencies}
    before = {each.agency_id: each.agency for each in row.participations.select_related("agency")}
    row.participations.filter(agency__in=before.keys() - wanted.keys()).delete()
    Participation.objects.bulk_create(
        Participation(bloc_movement=row, agency_id=pk) for pk in wanted if pk not in before
    )
    audit.record_change(
        row,
        "Ghi đơn vị tham gia",
        actor=actor,
        before={PARTICIPANTS: names_of(before.values())},
        after={PARTICIPANTS: names_of(wanted.values())},
    )


@transaction.atomic
def remove_movement(row: BlocMovement, *, reason: str, actor: User) -> None:
    """Take a movement out of the bloc-year; the movement itself stays where others carry it out."""
    audit.record(
        row.bloc_year, "Bỏ phong trào", actor=actor, before=snapshot(row.movement, FIELDS), reason=reason.strip()
    )
    movement = row.movement
    row.delete()
    if movement.scope in (Scope.BLOC, Scope.AGENCY) and not movement.carried_out.exists():
        movement.delete()


def names_of(agencies: Iterable[Agency]) -> list[str]:
    return [agency.name for agency in sorted(agencies, key=lambda agency: (agency.sort_key, agency.pk))]


def chosen(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in FIELDS if name in fields}
