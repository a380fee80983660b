"""Sending a file to be imported."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.importing.desk import Desk
from awards.domain.importing.workflow import hold
from awards.domain.scanning import scanned
from awards.enums import DossierState, ImportKind, Proposer
from awards.forms.imports import ImportForm
from awards.imports.examining import examined
from awards.models import Dossier, ImportBatch
from awards.views.imports import PERMISSION, kinds_for
from blocs.enums import Area
from blocs.models import Agency
from blocs.tables.access import access_of
from khoithidua.web.guards import require
from khoithidua.web.uploads import digest_of
from scoring.imports.workbook import FileRefused


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is read at once, and kept only when it can be read."""
    require(request.user, PERMISSION)
    form = form_for(request)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(held(request, form.cleaned_data))
        except (FileRefused, TransitionRefused) as refusal:
            form.add_error("file", str(refusal))
    context = {"nav": "awards", "form": form, "kinds": kinds_for(request)}
    return render(request, "awards/import_new.html", context)


def form_for(request: HttpRequest) -> ImportForm:
    access = access_of(request.user)
    own = Q(proposer=Proposer.AGENCY, agency__in=access.agency_ids)
    blocs = Q(proposer=Proposer.BLOC, bloc_year__in=access.runs(Area.SCORES))
    dossiers = Dossier.objects.visible_to(request.user).filter(own | blocs, state=DossierState.DRAFT)
    choices: dict[str, Any] = {"kinds": kinds_for(request), "owners": owners_for(request), "dossiers": dossiers}
    if request.method == "POST":
        return ImportForm(request.POST, request.FILES, **choices)
    chosen = {"kind": request.GET.get("loai", ""), "dossier": request.GET.get("ho-so", "")}
    if chosen["dossier"].isascii() and chosen["dossier"].isdecimal():
        chosen["kind"] = ImportKind.NOMINEES
    else:
        chosen["dossier"] = ""
    return ImportForm(initial=chosen, **choices)


def owners_for(request: HttpRequest) -> list[tuple[str, str]]:
    """For whom this person may import: own agencies, and the province whose standing body they work in."""
    access = access_of(request.user)
    agencies = Agency.objects.visible_to(request.user).filter(pk__in=access.agency_ids)
    owners = [(f"agency:{agency.pk}", agency.name) for agency in agencies]
    councils = Agency.objects.visible_to(request.user).filter(standing_for__in=access.standing_ids)
    for council_id, name in councils.values_list("standing_for", "name"):
        owners.append((f"council:{council_id}", f"Cơ quan thường trực ({name}), cho mọi đơn vị"))
    return owners


def held(request: HttpRequest, data: dict[str, Any]) -> ImportBatch:
    """Read the file and keep it. FileRefused or TransitionRefused with a sentence; then nothing is kept."""
    user: Any = request.user
    scanned(data["file"])
    data["file"].seek(0)
    content = data["file"].read()
    agency, council_id = owner_of(request, data)
    given: dict[str, Any] = {"kind": data["kind"], "council_id": council_id, "agency": agency, "actor": user}
    given |= {"dossier": data["dossier"], "file_name": data["file"].name}
    found = examined(content, Desk(**given))
    return hold(content=content, sha256=digest_of(data["file"]), findings=found.findings, **given)


def owner_of(request: HttpRequest, data: dict[str, Any]) -> tuple[Agency | None, int]:
    """The agency, or none for the standing body, and the province. The form offered own ones alone."""
    if data["dossier"] is not None:
        return data["dossier"].agency, data["dossier"].council_id
    kind, _, key = data["owner"].partition(":")
    if kind == "council":
        return None, int(key)
    agency = Agency.objects.visible_to(request.user).get(pk=key)
    return agency, agency.council_id
