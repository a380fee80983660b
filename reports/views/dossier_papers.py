"""Papers of award dossiers: made from the rows each time, to be printed and signed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from awards.domain.checking import renew_dossier
from awards.models import Dossier, Nomination
from khoithidua.web.downloads import XLSX, attachment, file_name
from reports.documents.dossier_registry import DOSSIER_KINDS, dossier_pdf, dossier_xlsx, report_pdf

PDF = "application/pdf"
# About four milliseconds a table row: more rows than this are for the workbook.
ROWS_IN_A_REQUEST = 600
NO_TABLE = "Văn bản này không có bảng số liệu nào để xuất ra Excel. Hãy tải bản PDF hoặc Word."


def visible_dossiers(request: HttpRequest) -> QuerySet[Dossier]:
    rows = Dossier.objects.visible_to(request.user)
    return rows.select_related(
        "agency", "council__standing_agency", "bloc_year__bloc__council__standing_agency", "movement"
    ).select_related("signed_off_by", "assigned_to")


@require_GET
def dossier_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a dossier as PDF."""
    dossier = dossier_behind(request, pk, kind)
    if dossier.nominations.count() > ROWS_IN_A_REQUEST:
        return render(request, "reports/dossier_too_long.html", {"dossier": dossier, "nav": "awards"}, status=422)
    name = file_name(f"{DOSSIER_KINDS[kind].title} {dossier.code}", "pdf")
    return attachment(dossier_pdf(kind, dossier), name=name, content_type=PDF, inline=True)


@require_GET
def dossier_table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The tables of one paper of a dossier as a workbook."""
    dossier = dossier_behind(request, pk, kind)
    content = dossier_xlsx(kind, dossier)
    if content is None:
        messages.info(request, NO_TABLE)
        return redirect(dossier)
    return attachment(content, name=file_name(f"{DOSSIER_KINDS[kind].title} {dossier.code}", "xlsx"), content_type=XLSX)


def dossier_behind(request: HttpRequest, pk: int, kind: str) -> Dossier:
    dossier = get_object_or_404(visible_dossiers(request), pk=pk)
    if kind not in DOSSIER_KINDS:
        raise Http404
    permission = DOSSIER_KINDS[kind].permission
    if permission and not request.user.has_perm(permission, dossier):
        raise PermissionDenied
    renew_dossier(dossier)
    return dossier


@require_GET
def nomination_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The achievement report of one nomination as PDF."""
    found = nomination_behind(request, pk)
    name = file_name(f"Báo cáo thành tích {found.name}", "pdf")
    return attachment(report_pdf(found), name=name, content_type=PDF, inline=True)


def nomination_behind(request: HttpRequest, pk: int) -> Nomination:
    rows = Nomination.objects.visible_to(request.user).select_related("subject", "award")
    found = get_object_or_404(rows, pk=pk)
    found.dossier = get_object_or_404(visible_dossiers(request), pk=found.dossier_id)
    return found
