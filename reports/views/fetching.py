"""Fetching is the permission check: what a person does not see is 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from blocs.models import BlocYear
from reports.models import AgencyReport, BlocReview


def year_or_404(request: HttpRequest, pk: int) -> BlocYear:
    """The bloc-year with what rules and papers read."""
    years = BlocYear.objects.visible_to(request.user).select_related("bloc__council__standing_agency", "pledge")
    return get_object_or_404(years, pk=pk)


def report_or_404(request: HttpRequest, pk: int) -> AgencyReport:
    reports = AgencyReport.objects.visible_to(request.user).select_related("agency", "bloc_year__bloc__council")
    return get_object_or_404(reports, pk=pk)


def review_or_404(request: HttpRequest, pk: int) -> BlocReview:
    reviews = BlocReview.objects.visible_to(request.user).select_related(
        "bloc_year__bloc__council__standing_agency", "bloc_year__pledge"
    )
    return get_object_or_404(reviews, pk=pk)
