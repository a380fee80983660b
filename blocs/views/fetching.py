"""Fetching is the permission check: what a person does not see is 404."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from blocs.models import BlocYear


def year_or_404(request: HttpRequest, pk: int) -> BlocYear:
    """The bloc-year with what the rules read: its bloc, council and pledge."""
    years = BlocYear.objects.visible_to(request.user).select_related("bloc__council", "pledge")
    return get_object_or_404(years, pk=pk)


def actor_of(request: HttpRequest) -> Any:
    """The signed-in person, as verbs name who acts."""
    return request.user
