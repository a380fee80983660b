"""Objects of appraisal, fetched through their scopes: what a person does not see is 404, makers get 403.

What the standing body fetches to appraise comes with the answers of now: older ones are checked anew on the way.
"""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from awards.domain.checking import renew, renew_dossier
from awards.models import Dossier, Nomination, Opinion, Posting
from khoithidua.web.guards import require

READ = "awards.receive_dossier"
WRITE = "awards.write_appraisal"
DOSSIER_ROWS = ("agency", "council", "assigned_to", "bloc_year__bloc", "favourable_by")


def seen_dossier(request: HttpRequest, pk: int) -> Dossier:
    """A dossier for who sees it: makers and standing body."""
    return get_object_or_404(Dossier.objects.visible_to(request.user).select_related(*DOSSIER_ROWS), pk=pk)


def standing_dossier(request: HttpRequest, pk: int, permission: str = READ) -> Dossier:
    """A dossier for the standing body; with ``permission`` WRITE for its specialist alone."""
    dossier = seen_dossier(request, pk)
    require(request.user, READ, dossier)
    require(request.user, permission, dossier)
    renew_dossier(dossier)
    return dossier


def standing_nomination(request: HttpRequest, pk: int, permission: str = READ) -> Nomination:
    rows = Nomination.objects.visible_to(request.user).select_related(
        "award", "subject__agency", "appraised_by", *(f"dossier__{name}" for name in DOSSIER_ROWS)
    )
    found = get_object_or_404(rows, pk=pk)
    require(request.user, READ, found.dossier)
    require(request.user, permission, found)
    renew([found])
    return found


def seen_opinion(request: HttpRequest, pk: int) -> Opinion:
    rows = Opinion.objects.visible_to(request.user).select_related("asked", "answered_by", "dossier__agency")
    return get_object_or_404(rows, pk=pk)


def seen_posting(request: HttpRequest, pk: int) -> Posting:
    return get_object_or_404(Posting.objects.visible_to(request.user).select_related("council"), pk=pk)


def standing_posting(request: HttpRequest, pk: int) -> Posting:
    posting = seen_posting(request, pk)
    require(request.user, "awards.post_publicly", posting)
    return posting


def actor_of(request: HttpRequest) -> Any:
    """The signed-in person, as verbs name who acts."""
    return request.user


def chosen_ids(request: HttpRequest, name: str = "chon") -> list[int]:
    """The numbers of the ticked rows; what is no number is left out."""
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 12]
