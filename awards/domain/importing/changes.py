"""Rows of changes: a person moved to another unit, a collective ended and another one took over."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from django.db import models

from awards.domain.importing.desk import Desk
from awards.domain.importing.rows import Row
from awards.domain.lineage import successors_for
from awards.enums import SubjectKind
from awards.models import Reorganisation, Subject, UnitMove
from khoithidua.web.text import search_key

MOVE = "move"
FOR_PEOPLE = "chỉ ghi cho cá nhân. Hãy chọn nội dung khác hoặc ghi lại loại đối tượng."
FOR_TEAMS = "chỉ ghi cho tập thể. Hãy chọn «Chuyển công tác» hoặc ghi lại loại đối tượng."
BOTH_UNITS = "đang bỏ trống. Hãy ghi đơn vị cũ và đơn vị mới."
ONLY_MOVES = "chỉ ghi khi chuyển công tác. Hãy để trống mục này."
ITSELF = "là chính tập thể này. Hãy ghi tập thể kế thừa."
MANY = "có nhiều tập thể mang tên «{name}» trong sổ. Hãy ghi mã của tập thể."


def place_changes(rows: Sequence[Row], desk: Desk) -> None:
    """What each row may say by the kind of its subject, and which unit or collective it names.

    A collective that is not in the register stays as the name that was written. One query for each kind of subject's
    agency.
    """
    offered: dict[int | None, list[Subject]] = {}
    for row in rows:
        if row.get("change") and row.kind:
            refuse_wrong_kind(row, desk)
        if row.get("change") == MOVE:
            found = desk.agencies.get(search_key(row.get("new_unit")), ())
            row.values["agency_row"] = found[0] if len(found) == 1 else None
        elif row.subject is not None and row.get("new_unit"):
            if row.subject.agency_id not in offered:
                offered[row.subject.agency_id] = list(successors_for(row.subject, [row.subject.pk]))
            place_heir(row, desk, offered[row.subject.agency_id])


def refuse_wrong_kind(row: Row, desk: Desk) -> None:
    moves = row.get("change") == MOVE
    if moves != (row.kind == SubjectKind.INDIVIDUAL):
        row.fault(desk.headers["change"], FOR_PEOPLE if moves else FOR_TEAMS)
    for key in ("old_unit", "new_unit") if moves else ():
        if not row.get(key):
            row.fault(desk.headers[key], BOTH_UNITS)
    for key in () if moves else ("old_unit", "comment"):
        if row.get(key):
            row.fault(desk.headers[key], ONLY_MOVES)


def place_heir(row: Row, desk: Desk, offered: Iterable[Subject]) -> None:
    """The collective by its code, else by its name."""
    name = row.get("new_unit")
    known = [each for each in offered if row.subject is None or each.pk != row.subject.pk]
    found = [each for each in known if each.code == name] or [
        each for each in known if each.search_key == search_key(name)
    ]
    if row.subject is not None and name in (row.subject.code, row.subject.name):
        row.fault(desk.headers["new_unit"], ITSELF)
    elif len(found) > 1:
        row.fault(desk.headers["new_unit"], MANY.format(name=name[:80]))
    row.values["heir"] = found[0] if len(found) == 1 else None


def change_key(row: Row) -> tuple[Hashable, ...]:
    """What makes a line the same line, as the register's own constraints do."""
    if row.get("change") == MOVE:
        return (MOVE, row.get("day", None))
    heir = row.get("heir", None)
    return ("heir", heir.pk if heir else search_key(row.get("new_unit")))


def known_changes(subject_ids: Iterable[int]) -> set[Hashable]:
    """Keys of the lines that the register holds. Two queries."""
    ids = [*subject_ids]
    moves = UnitMove.objects.filter(subject__in=ids).values_list("subject_id", "moved_on")
    heirs = Reorganisation.objects.filter(subject__in=ids).values_list("subject_id", "successor_id", "successor_name")
    ended = {(subject, "heir", heir or search_key(name)) for subject, heir, name in heirs}
    return {*((subject, MOVE, day) for subject, day in moves), *ended}


def change_of(row: Row, base: dict[str, Any]) -> models.Model:
    day, name = row.get("day", None), row.get("new_unit")
    if row.get("change") == MOVE:
        return UnitMove(
            moved_on=day,
            old_unit=row.get("old_unit"),
            new_unit=name,
            new_agency=row.get("agency_row", None),
            comment=row.get("comment"),
            **base,
        )
    heir = row.get("heir", None)
    named = "" if heir else name
    return Reorganisation(kind=row.get("change"), changed_on=day, successor=heir, successor_name=named, **base)
