"""Dossiers and what is in them, fetched through their scopes: what a person does not see is 404."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from awards.domain.answering import supplements_in
from awards.enums import PaperKind
from awards.models import Attachment, Dossier, Nomination, Supplement
from awards.rules import is_maker
from awards.tables.dossiers import WITH_STANDING
from khoithidua.web.guards import require

MAKE = "awards.submit_dossier"  # who makes this dossier, whatever its state: the verbs say what is closed
HEAD = ("agency", "bloc_year__bloc", "movement", "signed_off_by")


def dossier_or_404(request: HttpRequest, pk: int) -> Dossier:
    return get_object_or_404(Dossier.objects.visible_to(request.user).select_related(*HEAD), pk=pk)


def own_dossier(request: HttpRequest, pk: int) -> Dossier:
    """For its makers alone; who else sees it gets 403."""
    dossier = dossier_or_404(request, pk)
    require(request.user, MAKE, dossier)
    return dossier


def nomination_or_404(request: HttpRequest, pk: int) -> Nomination:
    rows = Nomination.objects.visible_to(request.user)
    related = ("award", "subject__agency", "edited_by", *(f"dossier__{name}" for name in HEAD))
    return get_object_or_404(rows.select_related(*related), pk=pk)


def own_nomination(request: HttpRequest, pk: int) -> Nomination:
    nomination = nomination_or_404(request, pk)
    require(request.user, MAKE, nomination)
    return nomination


def attachment_or_404(request: HttpRequest, pk: int) -> Attachment:
    rows = Attachment.objects.visible_to(request.user).select_related("dossier", "nomination__dossier", "added_by")
    return get_object_or_404(rows, pk=pk)


def own_supplement(request: HttpRequest, pk: int) -> Supplement:
    """A request of the standing body, for who answers it."""
    seen = Dossier.objects.visible_to(request.user).values("pk")
    row: Supplement = get_object_or_404(supplements_in(seen), pk=pk)
    require(request.user, MAKE, row.dossier)
    return row


def paper_kind_or_404(kind: str) -> PaperKind:
    try:
        return PaperKind(kind)
    except ValueError as error:
        raise Http404 from error


def makes(request: HttpRequest, dossier: Dossier) -> bool:
    return bool(is_maker(request.user, dossier))


def stands_for(request: HttpRequest, dossier: Dossier) -> bool:
    """Of the standing body that this dossier was sent to: pages lead such readers on to the appraisal."""
    return dossier.state in WITH_STANDING and request.user.has_perm("awards.receive_dossier", dossier)


def actor_of(request: HttpRequest) -> Any:
    """The signed-in person, as verbs name who acts."""
    return request.user
