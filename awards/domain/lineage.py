"""Who continues whom: when a collective or its agency ended, who took over its task, whose task a collective took over.

Agencies tell it in the directory (hoạt động đến, đơn vị kế thừa), other collectives in lines of their history.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from awards.enums import SubjectKind
from awards.models import Reorganisation, Subject
from blocs.domain.directory import successors_in
from blocs.models import Agency

Agencies = Mapping[int, Agency]


@dataclass(frozen=True)
class Ending:
    """When a subject's unit ended, and the agencies that took over; no agency: nobody is recorded."""

    on: date
    agencies: frozenset[int]

    def is_proposed_by(self, agency_id: int | None) -> bool | None:
        """Whether this agency took over; None where it is not recorded who did, or who proposes is not known."""
        return None if agency_id is None or not self.agencies else agency_id in self.agencies


@dataclass(frozen=True)
class Before:
    """A collective whose task another one took over, and from when."""

    subject: Subject
    until: date


@dataclass
class Lineage:
    """By subject: its end, and everyone before it, the latest first."""

    endings: dict[int, Ending] = field(default_factory=dict)
    before: dict[int, tuple[Before, ...]] = field(default_factory=dict)


def lineage_of(subjects: Sequence[Subject]) -> Lineage:
    """Ends and predecessors of these subjects: two queries, and up to two for each generation that is on record."""
    agencies = {row.pk: row for row in Agency.objects.filter(council__in={each.council_id for each in subjects})}
    ended: dict[int, list[Reorganisation]] = defaultdict(list)
    parents: dict[int, list[Before]] = defaultdict(list)
    known = {each.pk: each for each in subjects}
    waiting: Collection[Subject] = list(subjects)
    while waiting:
        ids = {each.pk for each in waiting}
        found = [(row.successor_id, Before(row.subject, row.changed_on)) for row in lines_of(ids, ended)]
        found += before_agencies(waiting, agencies)
        for child, before in found:
            if child in ids:
                parents[child].append(before)
        fresh = {before.subject.pk: before.subject for child, before in found if child in ids}
        waiting = [each for pk, each in fresh.items() if pk not in known]
        known |= fresh
    endings = {each.pk: ending_of(each, ended[each.pk], agencies) for each in subjects}
    return Lineage(
        {pk: each for pk, each in endings.items() if each is not None},
        {each.pk: everyone_before(each.pk, parents) for each in subjects},
    )


def lines_of(ids: Collection[int], ended: dict[int, list[Reorganisation]]) -> list[Reorganisation]:
    """The lines that name one of these, on either side; noted once each at those that ended. One query."""
    near = Q(subject__in=ids) | Q(successor__in=ids)
    rows: list[Any] = list(Reorganisation._default_manager.filter(near).select_related("subject", "successor"))
    for row in rows:
        if row not in ended[row.subject_id]:
            ended[row.subject_id].append(row)
    return rows


def before_agencies(subjects: Collection[Subject], agencies: Agencies) -> list[tuple[int | None, Before]]:
    """The collectives of agencies whose successor is the agency of one of these. A query where there are any."""
    own = {each.agency_id: each.pk for each in subjects if each.is_agency}
    gone = {row.pk: row for row in agencies.values() if row.successor_id in own and row.valid_to is not None}
    if not gone:
        return []
    rows = Subject.objects.current().filter(is_agency=True, agency__in=gone)
    return [
        (own[gone[row.agency_id].successor_id], Before(row, gone[row.agency_id].valid_to))  # type: ignore[index, arg-type]
        for row in rows
    ]


def ending_of(subject: Subject, lines: Sequence[Reorganisation], agencies: Agencies) -> Ending | None:
    """The earliest end on record, of the subject or of the agency that it belongs to."""
    agency = agencies.get(subject.agency_id or 0)
    days = [row.changed_on for row in lines]
    heirs = {row.successor.agency_id for row in lines if row.successor and row.successor.agency_id in agencies}
    after = {each.pk for heir in heirs for each in successors_in(agencies, heir)}  # type: ignore[arg-type]
    if agency is not None and agency.valid_to is not None:
        days.append(agency.valid_to)
        after |= {each.pk for each in successors_in(agencies, agency.pk)}
    return Ending(min(days), frozenset(pk for pk in heirs | after if pk)) if days else None


def everyone_before(pk: int, parents: Mapping[int, Sequence[Before]]) -> tuple[Before, ...]:
    found: dict[int, Before] = {}
    waiting = [pk]
    while waiting:
        for each in parents.get(waiting.pop(), ()):
            if each.subject.pk not in found and each.subject.pk != pk:
                found[each.subject.pk] = each
                waiting.append(each.subject.pk)
    return tuple(sorted(found.values(), key=lambda each: (each.until, each.subject.pk), reverse=True))


def successors_for(subject: Subject, present: Sequence[int]) -> models.QuerySet[Subject]:
    """Whom a collective may have gone over to: others of its agency, and the agencies of the province themselves."""
    near = Q(agency=subject.agency_id) | Q(is_agency=True)
    others = Subject.objects.filter(kind=SubjectKind.COLLECTIVE, council=subject.council_id).exclude(pk=subject.pk)
    return others.filter(near & Q(merged_into__isnull=True) | Q(pk__in=present)).order_by("sort_key", "pk")


def carried_on(subject_ids: Collection[int]) -> set[int]:
    """Subjects whose judgement may rest on the history of these: those that took over, generation by generation."""
    found: set[int] = set()
    waiting = set(subject_ids)
    while waiting:
        heirs = Reorganisation.objects.filter(subject__in=waiting, successor__isnull=False)
        by_agency = Subject.objects.filter(
            is_agency=True, agency__predecessors__subjects__in=waiting, agency__predecessors__subjects__is_agency=True
        )
        rows = {*heirs.values_list("successor", flat=True), *by_agency.values_list("pk", flat=True)}
        waiting = rows - found - set(subject_ids)
        found |= waiting
    return found
