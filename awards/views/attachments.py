"""Papers of a dossier and of its nominations: the list of one kind, adding, fetching, taking away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.attachments import PER_KIND, add_attachment, remove_attachment
from awards.domain.opened import opened_targets
from awards.domain.scanning import is_on
from awards.enums import PaperKind
from awards.forms.attachments import AttachmentForm
from awards.models import Attachment, Dossier, Nomination
from awards.views.fetching import (
    MAKE,
    actor_of,
    attachment_or_404,
    dossier_or_404,
    makes,
    nomination_or_404,
    paper_kind_or_404,
)
from khoithidua.web.downloads import attachment as download
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls

SANDBOX = "default-src 'none'; sandbox"


@require_http_methods(["GET", "POST"])
def of_dossier(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    return papers(request, dossier_or_404(request, pk), None, paper_kind_or_404(kind))


@require_http_methods(["GET", "POST"])
def of_nomination(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    nomination = nomination_or_404(request, pk)
    return papers(request, nomination.dossier, nomination, paper_kind_or_404(kind))


def papers(request: HttpRequest, dossier: Dossier, nomination: Nomination | None, kind: PaperKind) -> HttpResponse:
    """Files of one line of the checklist; its makers add while it is open."""
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(request.user, MAKE, dossier)
        if form.is_valid() and (made := attempt(request, form, dossier, nomination, kind)):
            messages.success(request, f"Đã thêm «{made.title}». {made.get_scan_display()}.")
            return redirect(request.path)
    context = papers_context(request, dossier, nomination, kind)
    return render(request, "awards/attachments.html", context | {"form": form})


def attempt(
    request: HttpRequest, form: AttachmentForm, dossier: Dossier, nomination: Nomination | None, kind: PaperKind
) -> Attachment | None:
    given: dict[str, Any] = {"nomination": nomination, "kind": kind.value, "actor": actor_of(request)}
    try:
        return add_attachment(dossier, **given, **form.cleaned_data)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def papers_context(
    request: HttpRequest, dossier: Dossier, nomination: Nomination | None, kind: PaperKind
) -> dict[str, Any]:
    seen = Attachment.objects.visible_to(request.user).filter(dossier=dossier, nomination=nomination, kind=kind)
    opened = opened_targets(dossier)
    target_pk = nomination.pk if nomination else None
    return {
        "dossier": dossier,
        "nomination": nomination,
        "back": (nomination or dossier).get_absolute_url(),
        "kind": kind,
        "found": seen.select_related("added_by"),
        "may_edit": makes(request, dossier) and opened.holds(f"paper:{kind.value}", target_pk),
        "per_kind": PER_KIND,
        "scans": is_on(),
        "nav": "awards",
    }


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, to be saved and never shown inside a page of ours."""
    row = attachment_or_404(request, pk)
    if not row.file or not row.file.storage.exists(str(row.file.name)):
        raise Http404
    response = download(row.file.read(), name=row.file_name, content_type=row.content_type)
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = attachment_or_404(request, pk)
    require(request.user, MAKE, row.dossier)
    back = (row.nomination or row.dossier).get_absolute_url()
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        try:
            remove_attachment(row, reason=reason, actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã bỏ «{row.title}».")
        return redirect(back)
    lead = f"Bỏ «{row.title}» ({row.file_name})? Tên và mã băm của tệp được giữ trong lịch sử."
    context = {"heading": "Bỏ giấy tờ", "lead": lead, "back": back, "submit": "Bỏ giấy tờ", "nav": "awards"}
    return render(request, "web/confirm_page.html", context)
