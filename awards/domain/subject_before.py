"""What the page of a collective shows of those whose task it took over: only what may count, never open matters."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from awards.domain.lineage import lineage_of
from awards.enums import SubjectKind
from awards.models import AwardRecord, Subject, TaskGrade


@dataclass(frozen=True)
class Year:
    year: int
    grade: str
    awards: tuple[str, ...]


@dataclass(frozen=True)
class Predecessor:
    """One collective that ended; ``url`` only for those who see it in the register."""

    name: str
    until: date
    url: str
    years: tuple[Year, ...]  # the newest first


def predecessors_of(subject: Subject, user: User) -> list[Predecessor]:
    """Everyone before a collective, the latest first. Two queries, five and one a generation where there are any."""
    if subject.kind != SubjectKind.COLLECTIVE:
        return []
    before = lineage_of([subject]).before[subject.pk]
    if not before:
        return []
    ids = {each.subject.pk for each in before}
    seen = set(Subject.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    years = years_of(ids)
    return [
        Predecessor(
            each.subject.name,
            each.until,
            each.subject.get_absolute_url() if each.subject.pk in seen else "",
            tuple(years[each.subject.pk]),
        )
        for each in before
    ]


def years_of(ids: set[int]) -> dict[int, list[Year]]:
    """Grades and awards that stand, by subject and year. Two queries."""
    graded: Any = TaskGrade.objects.filter(subject__in=ids)
    grades = {(row.subject_id, row.year): row.get_grade_display() for row in graded}
    held: dict[tuple[int, int], list[str]] = defaultdict(list)
    records: Any = AwardRecord.objects.filter(subject__in=ids, revoked_on__isnull=True).select_related("award")
    for row in records.order_by("award__position", "pk"):
        held[row.subject_id, row.year].append(row.award.name)
    found: dict[int, list[Year]] = defaultdict(list)
    for subject, year in sorted({*grades, *held}, key=lambda key: -key[1]):
        key = (subject, year)
        found[subject].append(Year(year, grades.get(key, ""), tuple(held.get(key, ()))))
    return found
