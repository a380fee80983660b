"""Objects of scoring, fetched through their scopes with what the rules read."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from blocs.models import BlocYear
from scoring.models import CriteriaSet, Poll, ScoreSheet


def visible_year(request: HttpRequest, pk: int) -> BlocYear:
    """The bloc-year, or 404 for who may not see it."""
    return get_object_or_404(BlocYear.objects.visible_to(request.user).select_related("bloc"), pk=pk)


def visible_set(request: HttpRequest, pk: int) -> CriteriaSet:
    sets = CriteriaSet.objects.visible_to(request.user).select_related("bloc_year__bloc")
    return get_object_or_404(sets, pk=pk)


def newest_set(request: HttpRequest, year: BlocYear) -> CriteriaSet | None:
    """The newest criteria set of the year that this reader may see."""
    return CriteriaSet.objects.visible_to(request.user).filter(bloc_year=year).order_by("-version").first()


def visible_sheet(request: HttpRequest, pk: int) -> ScoreSheet:
    sheets = ScoreSheet.objects.visible_to(request.user)
    return get_object_or_404(sheets.select_related("bloc_year__bloc", "agency", "criteria_set"), pk=pk)


def visible_poll(request: HttpRequest, pk: int) -> Poll:
    polls = Poll.objects.visible_to(request.user)
    return get_object_or_404(polls.select_related("bloc_year__bloc__council"), pk=pk)
