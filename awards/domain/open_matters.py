"""Whose matters are open today: nobody with one is found eligible (NĐ 152/2025, Điều 4 khoản 4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from awards.domain.facts_bloc import OPEN
from awards.models import Freeze, Nomination, Subject


def frozen_subjects(nominations: Iterable[Nomination]) -> set[int]:
    """Subjects with a matter that is open today, also one that began after the day that picks the law. Two queries."""
    return with_open_matters({each.subject_id for each in nominations}, timezone.localdate())


def with_open_matters(subject_ids: Iterable[int], on: date) -> set[int]:
    """Of these subjects those with a matter that is open on the day ``on``. Two queries.

    What the register says of the subject, and for an agency itself the petitions that a bloc keeps about it.
    """
    ids = {*subject_ids}
    freezes = open_freezes(ids, on).values_list("subject", flat=True)
    return {*freezes, *petitioned(ids, on).values_list("pk", flat=True)}


def open_freezes(subject_ids: Iterable[int], on: date) -> Any:
    """What the register holds against these subjects on the day ``on``."""
    return Freeze.objects.filter(running(on), subject__in={*subject_ids})


def running(on: date) -> Q:
    """Which freezes hold on the day ``on``."""
    return Q(since__lte=on) & (Q(cleared_on__isnull=True) | Q(cleared_on__gt=on))


def petitioned(subject_ids: Iterable[int], on: date) -> QuerySet[Subject]:
    """Agencies among these subjects with an open petition; one without its day has been open since its year began."""
    undated = Q(agency__petitions__received_on=None, agency__petitions__bloc_year__year__lte=on.year)
    begun = Q(agency__petitions__received_on__lte=on) | undated
    return Subject.objects.filter(
        begun, pk__in={*subject_ids}, is_agency=True, agency__petitions__status__in=OPEN
    ).distinct()
