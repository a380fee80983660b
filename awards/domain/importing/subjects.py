"""Rows that name subjects: read into the register, each once."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.domain.audit import Note
from awards.domain.identity import hash_id, tail
from awards.domain.importing.desk import Desk
from awards.domain.importing.making import Made
from awards.domain.importing.rows import Row
from awards.domain.importing.whom import settle
from awards.domain.subjects import settle as settle_fields
from awards.enums import SubjectKind
from awards.models import Subject, SubjectAlias
from khoithidua.web.text import search_key

PERSONS_ONLY = ("sex", "born_on", "id_number")
COLLECTIVES_ONLY = ("founded", "flag_eligible")
NOT_FOR_KIND = "chỉ ghi cho {kind}. Hãy để trống mục này hoặc ghi lại loại đối tượng."
SAME_ID = "trùng số định danh với dòng {row}. Hãy bỏ một dòng."
SAME_NAME = (
    "trùng với dòng {row} (cùng tên, cùng đơn vị công tác). Hãy bỏ một dòng; nếu là hai đối tượng khác nhau, "
    "hãy ghi thêm ngày sinh, số định danh hoặc đơn vị công tác để phân biệt."
)
NOT_YET = "ngày chưa tới. Hãy ghi lại."
YEAR_NOT_YET = "năm chưa tới. Hãy ghi lại."
ADDED = "Thêm vào sổ đối tượng từ tệp"


def examine(rows: Sequence[Row], desk: Desk) -> None:
    """Whom each row means or adds; what only one kind of subject has; the same subject twice."""
    for row in rows:
        row.kind = row.get("kind")
        desk.place_agency(row)
        refuse_other_kinds(row, desk)
        refuse_future(row, desk, "born_on")
    settle(rows, desk, may_add=True)
    refuse_twice(rows, desk)


def refuse_other_kinds(row: Row, desk: Desk) -> None:
    for keys, kind in ((PERSONS_ONLY, SubjectKind.INDIVIDUAL), (COLLECTIVES_ONLY, SubjectKind.COLLECTIVE)):
        for key in keys:
            if row.kind and row.kind != kind and row.get(key, None) is not None:
                row.fault(desk.headers[key], NOT_FOR_KIND.format(kind=str(kind.label).lower()))


def refuse_future(row: Row, desk: Desk, *keys: str) -> None:
    """Nothing that was recognised, decided or born lies ahead."""
    today = timezone.localdate()
    for key in keys:
        value = row.get(key, None)
        if isinstance(value, date) and value > today:
            row.fault(desk.headers[key], NOT_YET)
        elif isinstance(value, int) and value > today.year:
            row.fault(desk.headers[key], YEAR_NOT_YET)


def repeats(rows: Iterable[Row], key_of: Callable[[Row], Hashable | None]) -> Iterable[tuple[Row, Row]]:
    """Rows whose key came before, with the row that had it first; rows without a key are left out."""
    first: dict[Hashable, Row] = {}
    for row in rows:
        key = key_of(row)
        if key is None:
            continue
        if key in first:
            yield row, first[key]
        else:
            first[key] = row


def refuse_twice(rows: Sequence[Row], desk: Desk) -> None:
    header = desk.headers["name"]
    for row, first in repeats(rows, lambda row: row.get("id_number") or None):
        row.fault(desk.headers["id_number"], SAME_ID.format(row=first.number))
    for row, first in repeats(rows, lambda row: row.subject.pk if row.subject else None):
        row.fault(header, SAME_NAME.format(row=first.number))
    seen: dict[Hashable, list[Row]] = {}
    for row in rows:
        if not row.adds_subject or not row.get("name"):
            continue
        known = seen.setdefault(name_key(row), [])
        if (other := next((each for each in known if not told_apart(each, row)), None)) is not None:
            row.fault(header, SAME_NAME.format(row=other.number))
        known.append(row)


def name_key(row: Row) -> Hashable:
    return row.kind, search_key(row.get("name")), row.agency_id, search_key(row.get("unit"))


def told_apart(one: Row, other: Row) -> bool:
    """Both say when they were born, or who they are, and differ in it."""
    return any(
        one.get(key, None) and other.get(key, None) and one.get(key) != other.get(key)
        for key in ("born_on", "id_number")
    )


def write(rows: Sequence[Row], desk: Desk) -> Made:
    """Add the subjects that are new; those of the register stay as they are."""
    made = Made()
    fresh = add_subjects(rows, desk, made)
    aliases = [SubjectAlias(subject=row.subject, name=row.get("alias")) for row in fresh if row.get("alias")]
    made.add(aliases)
    kept = len(rows) - len(fresh)
    made.words = f"Đã thêm {len(fresh)} đối tượng vào sổ" + (f"; {kept} đối tượng đã có, giữ nguyên." if kept else ".")
    return made


def add_subjects(rows: Iterable[Row], desk: Desk, made: Made) -> list[Row]:
    """Write the new subjects of ``rows`` and hang each on its row; the rows that brought one."""
    fresh = [row for row in rows if row.adds_subject]
    for row in fresh:
        row.subject = subject_of(row, desk)
    made.add([row.subject for row in fresh if row.subject])
    for row in fresh:
        if row.subject:
            made.notes.append(Note(row.subject, ADDED, picture(row, desk)))
    return fresh


def subject_of(row: Row, desk: Desk) -> Subject:
    number = row.get("id_number")
    subject = Subject(
        council_id=desk.council_id,
        agency_id=row.agency_id,
        kind=row.kind,
        added_by=desk.actor,
        id_hash=hash_id(number) if number else "",
        id_tail=tail(number) if number else "",
        **{key: row.get(key) for key in ("name", "unit", "post", "sex", "group", "field", "note")},
        **{key: row.get(key, None) for key in ("born_on", "founded", "flag_eligible")},
    )
    settle_fields(subject)
    return subject


def picture(row: Row, desk: Desk) -> dict[str, Any]:
    """What the trail says: the row as it was shown (a national id masked) and the file it came from."""
    return {desk.headers[key]: text for key, text in row.shown.items() if text} | {"tệp": desk.file_name}
