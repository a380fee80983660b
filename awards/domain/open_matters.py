"""Whose matters are open today: nobody with one is found eligible (NĐ 152/2025, Điều 4 khoản 4)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from awards.domain.facts_bloc import OPEN
from awards.models import Freeze, Nomination, Subject


def frozen_subjects(nominations: Iterable[Nomination]) -> set[int]:
    """Subjects with a matter that is open today, also one that began after the day that picks the law. Two queries.

    What the register says of the subject, and for an agency itself the petitions that a bloc keeps about it.
    """
    ids = {each.subject_id for each in nominations}
    return {*open_freezes(ids).values_list("subject", flat=True), *petitioned(ids).values_list("pk", flat=True)}


def open_freezes(subject_ids: Iterable[int]) -> Any:
    """What the register holds against these subjects today."""
    today = timezone.localdate()
    rows = Freeze.objects.filter(subject__in={*subject_ids}, since__lte=today)
    return rows.exclude(cleared_on__lte=today)


def petitioned(subject_ids: Iterable[int]) -> QuerySet[Subject]:
    """Agencies among these subjects with an open petition; one without its day has been open since its year began."""
    today = timezone.localdate()
    undated = Q(agency__petitions__received_on=None, agency__petitions__bloc_year__year__lte=today.year)
    begun = Q(agency__petitions__received_on__lte=today) | undated
    return Subject.objects.filter(
        begun, pk__in={*subject_ids}, is_agency=True, agency__petitions__status__in=OPEN
    ).distinct()
