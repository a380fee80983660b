"""Fetching is the permission check: what a person does not see is 404."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from blocs.models import BlocYear
from reports.documents.subjects import NoSubject
from reports.domain.paper_subjects import subject_of
from reports.models import AgencyReport, BlocReview


def year_or_404(request: HttpRequest, pk: int) -> BlocYear:
    """The bloc-year with what rules and papers read."""
    years = BlocYear.objects.visible_to(request.user).select_related("bloc__council__standing_agency", "pledge")
    return get_object_or_404(years, pk=pk)


def report_or_404(request: HttpRequest, pk: int) -> AgencyReport:
    reports = AgencyReport.objects.visible_to(request.user).select_related(
        "agency", "bloc_year__bloc__council", "round"
    )
    return get_object_or_404(reports, pk=pk)


def review_or_404(request: HttpRequest, pk: int) -> BlocReview:
    reviews = BlocReview.objects.visible_to(request.user).select_related(
        "bloc_year__bloc__council__standing_agency", "bloc_year__pledge"
    )
    return get_object_or_404(reviews, pk=pk)


def subject_or_404(request: HttpRequest, year: BlocYear, kind: str) -> str:
    """What the paper is about: ``?muc=`` where this person may have it, else the kind's own choice."""
    user: Any = request.user
    try:
        return subject_of(user, year, kind, request.GET.get("muc", ""))
    except NoSubject as unknown:
        raise Http404 from unknown
