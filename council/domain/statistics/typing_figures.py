"""Figures of forms 0604 and 0605, typed by the standing body."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.domain import audit
from accounts.models import AuditEntry, User
from awards.domain.conflicts import Base, Conflict, Difference, mark_of
from blocs.models import Council
from council.domain.statistics.form_typed import TYPED
from council.domain.statistics.structure import Form
from council.models import StaffFigure

WRITE = "council.write_statistics"
Typed = Mapping[str, int | None]  # by field_name


def field_name(row: str, column: str) -> str:
    return f"d{row}-{column}"


def typed_cells(form: Form) -> dict[str, tuple[str, str]]:
    """Cells that are typed, by field name; totals are added up instead."""
    totals = {split.total for split in form.splits}
    return {field_name(row, column): (row, column) for row in form.rows if row not in totals for column in form.by_key}


def cell_words(form: Form, name: str) -> str:
    row, column = typed_cells(form)[name]
    label = f"Dòng {row}, {lowered(form.rows[row].label)}"
    return label if len(form.columns) == 1 else f"{label}, {lowered(form.by_key[column].heads[-1])}"


def lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


@transaction.atomic
def save_figures(council: Council, code: str, year: int, *, values: Typed, base: Base, actor: User) -> int:
    """Write the figures of a form that ``actor`` changed, None for «chưa có số liệu»; how many changed.

    ``base``: what the page was opened on. Raises PermissionDenied, and Conflict with both values where somebody else
    changed the same figure meanwhile; then nothing is written.
    """
    form = TYPED[code]()
    locked = Council.objects.select_for_update().get(pk=council.pk)
    if not actor.has_perm(WRITE, locked):
        raise PermissionDenied(WRITE)
    cells = typed_cells(form)
    kept = {(each.row, each.column): each for each in StaffFigure.objects.filter(council=locked, year=year, form=code)}
    saved = {name: kept[cell].value if cell in kept else None for name, cell in cells.items()}
    mine = {
        name: value
        for name, value in values.items()
        if saved[name] != value and mark_of(value) != base.get(name, mark_of(saved[name]))
    }
    refuse_conflict(form, mine, saved, base, locked)
    for name, value in mine.items():
        row, column = cells[name]
        where: dict[str, Any] = {"council": locked, "year": year, "form": code, "row": row, "column": column}
        StaffFigure.objects.update_or_create(**where, defaults={"value": value})
    if mine:
        told = {cell_words(form, name): value for name, value in mine.items()}
        before = {cell_words(form, name): saved[name] for name in mine}
        audit.record(locked, action_of(form, year), actor=actor, before=before, after=told)
    return len(mine)


def action_of(form: Form, year: int) -> str:
    return f"Ghi số liệu biểu {form.number} năm {year}"


def refuse_conflict(form: Form, mine: Typed, saved: Typed, base: Base, council: Council) -> None:
    stale = [name for name in mine if name in base and mark_of(saved[name]) != base[name]]
    if not stale:
        return
    found = [Difference(name, cell_words(form, name), shown(saved[name]), shown(mine[name])) for name in stale]
    last = last_entry(form, council)
    who = last.actor_name if last else "Người khác"
    raise Conflict(who, last.at if last else None, found, {name: mark_of(saved[name]) for name in stale})


def last_entry(form: Form, council: Council) -> AuditEntry | None:
    entries = audit.entries_of(council).filter(action__startswith=f"Ghi số liệu biểu {form.number}")
    return entries.order_by("-sequence").first()


def shown(value: int | None) -> str:
    return "chưa có số liệu" if value is None else str(value)
