"""Rows of somebody's history: task grades, initiatives, matters under examination, awards held."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from django.db import models

from accounts.domain.audit import Note
from awards.domain.importing.changes import change_key, change_of, known_changes, place_changes
from awards.domain.importing.desk import Desk
from awards.domain.importing.making import Made
from awards.domain.importing.rows import Row
from awards.domain.importing.subjects import refuse_future, repeats
from awards.domain.importing.whom import settle
from awards.enums import Category, GradeSource, ImportKind, InitiativeKind, RecordSource, SubjectKind
from awards.models import AwardRecord, Discipline, Freeze, Initiative, InitiativeUse, TaskGrade
from khoithidua.web.text import search_key

AHEAD = ("born_on", "year", "decided_on", "recognised_on", "used_year", "since", "until", "day")
HAS_GRADE = "đã có mức độ hoàn thành nhiệm vụ năm {year} trong sổ. Hãy bỏ dòng này, hoặc sửa dòng trong sổ."
HAS_LINE = "đã có trong sổ với cùng nội dung. Hãy bỏ dòng này."
REPEATED = "trùng với dòng {row}. Hãy bỏ một dòng."
BACKWARDS = "trước ngày đầu. Hãy ghi lại hai ngày."
BOTH_USED = "hãy ghi cả danh hiệu, hình thức đã dùng và năm đã dùng, hoặc để trống cả hai."
NOTED: dict[str, str] = {
    ImportKind.GRADES: "Nhập mức độ hoàn thành nhiệm vụ từ tệp",
    ImportKind.INITIATIVES: "Nhập sáng kiến, đề tài từ tệp",
    ImportKind.FREEZES: "Nhập việc đang xem xét, kỷ luật từ tệp",
    ImportKind.RECORDS: "Nhập thành tích khen thưởng từ tệp",
    ImportKind.CHANGES: "Nhập chuyển công tác, sắp xếp tổ chức từ tệp",
}
# What all who see the subject's history may read: never why somebody is examined.
TOLD = (
    *("year", "grade", "title", "scope", "award", "decision_number", "decided_on", "since", "until"),
    *("change", "day", "old_unit", "new_unit"),
)
PERIODS = (("since", "until"), ("achievement_from", "achievement_until"))


def examine(rows: Sequence[Row], desk: Desk) -> None:
    """Whom each line belongs to, which award it names, and whether the register holds it already."""
    for row in rows:
        row.kind = row.get("kind") or SubjectKind.INDIVIDUAL
        if not row.get("code"):
            desk.place_agency(row)
        refuse_future(row, desk, *(key for key in AHEAD if key in desk.headers))
        refuse_backwards(row, desk)
    settle(rows, desk, may_add=False)
    for row in rows:
        row.kind = row.subject.kind if row.subject else row.kind
        desk.place_award(row)
        if "used_year" in desk.headers and bool(row.get("award")) != bool(row.get("used_year", None)):
            row.fault(desk.headers["used_year"], BOTH_USED)
    if desk.kind == ImportKind.CHANGES:
        place_changes(rows, desk)
    refuse_known(rows, desk)


def refuse_backwards(row: Row, desk: Desk) -> None:
    for first, last in PERIODS:
        start, end = row.get(first, None), row.get(last, None)
        if start and end and end < start:
            row.fault(desk.headers[last], BACKWARDS)


def refuse_known(rows: Sequence[Row], desk: Desk) -> None:
    """The same line twice in the file, or already in the register. One query."""
    header = desk.headers[MAIN[desk.kind]]
    key_of = KEYS[desk.kind]
    placed = [row for row in rows if row.subject is not None and not row.faults]
    for row, first in repeats(placed, key_of):
        row.fault(header, REPEATED.format(row=first.number))
    known = KNOWN[desk.kind]({row.subject.pk for row in placed if row.subject})
    for row in placed:
        if key_of(row) in known:
            sentence = HAS_GRADE if desk.kind == ImportKind.GRADES else HAS_LINE
            row.fault(header, sentence.format(year=row.get("year")))


def subject_key(row: Row) -> int:
    return row.subject.pk if row.subject else 0


def award_key(row: Row) -> Hashable | None:
    """Nothing to compare while the award is still asked."""
    if row.award is None:
        return None
    return (subject_key(row), row.award.pk, row.get("year"), row.get("decision_number"), row.get("decided_on", None))


MAIN: dict[str, str] = {
    ImportKind.GRADES: "year",
    ImportKind.INITIATIVES: "title",
    ImportKind.FREEZES: "freeze",
    ImportKind.RECORDS: "award",
    ImportKind.CHANGES: "change",
}
KEYS: dict[str, Callable[[Row], Hashable | None]] = {
    ImportKind.GRADES: lambda row: (subject_key(row), row.get("year")),
    ImportKind.INITIATIVES: lambda row: (subject_key(row), search_key(row.get("title")), row.get("year")),
    ImportKind.FREEZES: lambda row: (subject_key(row), row.get("freeze"), row.get("since", None)),
    ImportKind.RECORDS: award_key,
    ImportKind.CHANGES: lambda row: (subject_key(row), *change_key(row)),
}


def known_freezes(subject_ids: Iterable[int]) -> set[Hashable]:
    ids = [*subject_ids]
    freezes = Freeze.objects.filter(subject__in=ids).values_list("subject_id", "kind", "since")
    punished = Discipline.objects.filter(subject__in=ids).values_list("subject_id", "sanction", "decided_on")
    return {*freezes, *((subject, f"sanction:{sanction}", day) for subject, sanction, day in punished)}


def known_rows(model: Any, *names: str) -> Callable[[Iterable[int]], set[Hashable]]:
    return lambda ids: set(model.objects.filter(subject__in=[*ids]).values_list("subject_id", *names))


KNOWN: dict[str, Callable[[Iterable[int]], set[Hashable]]] = {
    ImportKind.GRADES: known_rows(TaskGrade, "year"),
    ImportKind.INITIATIVES: known_rows(Initiative, "search_key", "year"),
    ImportKind.FREEZES: known_freezes,
    ImportKind.RECORDS: known_rows(AwardRecord, "award_id", "year", "decision_number", "decided_on"),
    ImportKind.CHANGES: known_changes,
}


def write(rows: Sequence[Row], desk: Desk) -> Made:
    """Add every line; each is told in the history of its subject."""
    made = Made()
    found = [BUILDERS[desk.kind](row, common(row, desk)) for row in rows]
    for model in dict.fromkeys(type(each) for each in found):
        made.add([each for each in found if type(each) is model])
    if desk.kind == ImportKind.INITIATIVES:
        made.add([*uses_of(rows, found)])
    for row in rows:
        if row.subject is not None:
            made.subject_ids.add(row.subject.pk)
            made.notes.append(Note(row.subject, NOTED[desk.kind], told(row, desk)))
    made.words = f"Đã nhập {len(found)} dòng cho {len(made.subject_ids)} đối tượng."
    return made


def told(row: Row, desk: Desk) -> dict[str, str]:
    shown = {desk.headers[key]: row.shown[key] for key in TOLD if row.shown.get(key)}
    return shown | {"tệp": desk.file_name}


def common(row: Row, desk: Desk) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "document": row.get("document"),
        "note": row.get("note"),
        "added_by": desk.actor,
    }


def grade_of(row: Row, base: dict[str, Any]) -> models.Model:
    return TaskGrade(
        year=row.get("year"),
        grade=row.get("grade"),
        source=row.get("source") or GradeSource.ASSESSMENT,
        decided_on=row.get("decided_on", None),
        **base,
    )


def initiative_of(row: Row, base: dict[str, Any]) -> models.Model:
    return Initiative(
        name=row.get("title"),
        kind=row.get("initiative_kind") or InitiativeKind.INITIATIVE,
        scope=row.get("scope"),
        year=row.get("year"),
        recognised_on=row.get("recognised_on", None),
        recognised_by=row.get("recognised_by"),
        **base,
    )


def uses_of(rows: Sequence[Row], initiatives: Sequence[Any]) -> Iterable[InitiativeUse]:
    for row, each in zip(rows, initiatives, strict=True):
        if row.award is not None:
            yield InitiativeUse(initiative=each, award=row.award, year=row.get("used_year"))


def freeze_of(row: Row, base: dict[str, Any]) -> models.Model:
    """A matter under examination, or a sanction that was decided."""
    kind = row.get("freeze")
    since, until = row.get("since", None), row.get("until", None)
    if kind.startswith("sanction:"):
        return Discipline(sanction=kind.removeprefix("sanction:"), decided_on=since, served_until=until, **base)
    upheld = bool(row.get("upheld", False))
    return Freeze(kind=kind, reason=row.get("reason"), since=since, cleared_on=until, upheld=upheld, **base)


def record_of(row: Row, base: dict[str, Any]) -> models.Model:
    return AwardRecord(
        award=row.award,
        year=row.get("year"),
        category=row.get("category") or Category.MERIT,
        decision_number=row.get("decision_number"),
        decided_on=row.get("decided_on", None),
        issuer=row.get("issuer"),
        achievement_from=row.get("achievement_from", None),
        achievement_until=row.get("achievement_until", None),
        achievement=row.get("achievement"),
        source=RecordSource.IMPORTED,
        **base,
    )


BUILDERS: dict[str, Callable[[Row, dict[str, Any]], models.Model]] = {
    ImportKind.GRADES: grade_of,
    ImportKind.INITIATIVES: initiative_of,
    ImportKind.FREEZES: freeze_of,
    ImportKind.RECORDS: record_of,
    ImportKind.CHANGES: change_of,
}
