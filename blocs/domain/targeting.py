"""Targets of one agency, written as a whole: nobody's row is lost when two people type at once."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.models import AuditEntry, User
from blocs.domain.pledging import locked_draft, locked_pledge, plan_words
from blocs.models import Membership, Pledge, Target
from khoithidua.web.numbers import plain_number

FIGURES = ("plan", "mid_year", "actual")
WORDS = {"unit": "đơn vị tính", "plan": "kế hoạch", "mid_year": "6 tháng", "actual": "cả năm"}


class Outrun(Exception):
    """Someone else saved these targets first; the message says who and when."""


@dataclass(frozen=True)
class TargetRow:
    """One line as typed. ``pk`` is None for a new line."""

    pk: int | None
    name: str
    unit: str
    direction: str
    plan: Decimal | None
    mid_year: Decimal | None
    actual: Decimal | None
    remove: bool = False


def targets_of(pledge: Pledge | None, agency_id: int) -> list[Target]:
    if pledge is None or pledge.pk is None:
        return []
    return list(Target.objects.filter(pledge=pledge, agency=agency_id).order_by("position", "pk"))


def version_of(targets: Sequence[Target]) -> str:
    """A fingerprint of one agency's targets, carried by the form that edits them."""
    rows = [[each.pk, *(str(getattr(each, name)) for name in ("name", "unit", "direction"))] for each in targets]
    numbers = [[plan_words(each), figure_words(each.mid_year), figure_words(each.actual)] for each in targets]
    return hashlib.sha256(json.dumps([rows, numbers]).encode()).hexdigest()[:24]


def figure_words(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


@transaction.atomic
def save_targets(membership: Membership, *, rows: Sequence[TargetRow], version: str, actor: User) -> Pledge:
    """Write the plan of one member: new rows, changed rows, removed rows; audited per target.

    Rows that the form did not show stay. Raises TransitionRefused when the pledge is no longer
    a draft, Outrun when the targets are not those of ``version``.
    """
    pledge = locked_draft(membership.bloc_year)
    targets = current(pledge, membership, version)
    before = words_of(targets)
    by_pk = {target.pk: target for target in targets}
    Target.objects.filter(pk__in=[row.pk for row in rows if row.remove and row.pk in by_pk]).delete()
    kept = [row for row in rows if not row.remove]
    set_names_aside([by_pk[row.pk] for row in kept if row.pk in by_pk and by_pk[row.pk].name != row.name])
    for position, row in enumerate(kept):
        write(by_pk.get(row.pk or 0) or Target(pledge=pledge, agency_id=membership.agency_id), row, position)
    record(pledge, membership, before, actor)
    return pledge


@transaction.atomic
def save_figures(membership: Membership, *, rows: Sequence[TargetRow], version: str, actor: User) -> Pledge:
    """Write what was reached, half-year and year, whatever the state of the pledge.

    The promise itself is not touched. Raises Outrun as ``save_targets`` does.
    """
    pledge = locked_pledge(membership.bloc_year)
    targets = current(pledge, membership, version)
    before = words_of(targets)
    by_pk = {target.pk: target for target in targets}
    for row in rows:
        target = by_pk.get(row.pk or 0)
        if target is not None:
            target.mid_year, target.actual = row.mid_year, row.actual
            target.save(update_fields=["mid_year", "actual"])
    record(pledge, membership, before, actor)
    return pledge


def current(pledge: Pledge, membership: Membership, version: str) -> list[Target]:
    targets = targets_of(pledge, membership.agency_id)
    if version_of(targets) != version:
        raise Outrun(outrun_words(last_edit(pledge, membership)))
    return targets


def outrun_words(entry: AuditEntry | None) -> str:
    who = f"{entry.actor_name} vừa" if entry else "Người khác vừa"
    return (
        f"{who} lưu chỉ tiêu của đơn vị này trong lúc bạn đang sửa. Nội dung bạn gõ vẫn còn bên dưới, kèm giá trị "
        "đang lưu ở những ô khác nhau. Hãy đối chiếu rồi bấm Lưu lần nữa để ghi theo nội dung của bạn."
    )


def action_for(membership: Membership) -> str:
    return f"Cập nhật chỉ tiêu: {membership.agency.name}"[:200]


def last_edit(pledge: Pledge, membership: Membership) -> AuditEntry | None:
    return audit.entries_of(pledge).filter(action=action_for(membership)).first()


def set_names_aside(targets: Sequence[Target]) -> None:
    """Two rows may swap their names: the database would refuse the first of the two writes."""
    for target in targets:
        Target.objects.filter(pk=target.pk).update(name=f"~{target.pk}")


def write(target: Target, row: TargetRow, position: int) -> None:
    target.position = position
    for name in ("name", "unit", "direction", *FIGURES):
        setattr(target, name, getattr(row, name))
    target.save()


def record(pledge: Pledge, membership: Membership, before: dict[str, str], actor: User) -> None:
    after = words_of(targets_of(pledge, membership.agency_id))
    audit.record_change(pledge, action_for(membership), actor=actor, before=before, after=after)


def words_of(targets: Iterable[Target]) -> dict[str, str]:
    """One sentence per target, so that the history shows each target before and after."""
    return {target.name: sentence(target) for target in targets}


def sentence(target: Target) -> str:
    values = {name: getattr(target, name) for name in FIGURES}
    figures = [f"{WORDS[name]} {plain_number(value)}" for name, value in values.items() if value is not None]
    unit = [f"{WORDS['unit']} {target.unit}"] if target.unit else []
    return "; ".join([*unit, *figures, target.get_direction_display().lower()])


def as_row(target: Target) -> dict[str, Any]:
    """The values that a line of the form starts with."""
    return {"pk": target.pk} | {name: getattr(target, name) for name in ("name", "unit", "direction", *FIGURES)}
