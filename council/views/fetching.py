"""Fetching is the permission check: what a person does not see is 404."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from blocs.views.fetching import actor_of
from council.models import AgendaItem, CouncilSession, Recusal, Seat

__all__ = ["RUN", "actor_of", "item_or_404", "recusal_or_404", "runs", "seat_or_404", "session_or_404"]

RUN = "council.run_session"


def session_or_404(request: HttpRequest, pk: int) -> CouncilSession:
    rows = CouncilSession.objects.visible_to(request.user).select_related("council")
    return get_object_or_404(rows, pk=pk)


def seat_or_404(request: HttpRequest, pk: int) -> Seat:
    return get_object_or_404(Seat.objects.visible_to(request.user).select_related("session", "agency"), pk=pk)


def item_or_404(request: HttpRequest, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.visible_to(request.user).select_related(
        "session", "nomination__award", "nomination__subject", "nomination__dossier__agency"
    )
    return get_object_or_404(rows, pk=pk)


def recusal_or_404(request: HttpRequest, pk: int) -> Recusal:
    rows = Recusal.objects.visible_to(request.user).select_related("session", "seat", "item__nomination__award")
    return get_object_or_404(rows, pk=pk)


def runs(request: HttpRequest, obj: Any) -> bool:
    """Whether this person runs the session that ``obj`` is or belongs to."""
    return bool(actor_of(request).has_perm(RUN, obj))
