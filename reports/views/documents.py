"""Issued papers: the list, one paper, its file."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khoithidua.web.downloads import attachment, file_name
from khoithidua.web.listing import Column, build_listing
from reports.documents.registry import KINDS
from reports.domain.issuing import DamagedFile, read_issued
from reports.filters import DocumentFilter
from reports.models import IssuedDocument

log = logging.getLogger(__name__)


def kind_title(row: IssuedDocument) -> str:
    """The kind in words, also for a paper of a kind that is no longer made."""
    return KINDS[row.kind].title if row.kind in KINDS else row.kind


COLUMNS = (
    Column("so", "Số, ký hiệu", lambda row: row.full_number, ("issued_year", "number", "symbol")),
    Column("ngay", "Ngày ban hành", lambda row: row.issued_on, ("issued_on", "number")),
    Column("loai", "Loại văn bản", kind_title, ("kind", "-issued_on")),
    Column("trich-yeu", "Trích yếu", lambda row: row.title, ("search_key",)),
    Column("co-quan", "Cơ quan ban hành", lambda row: row.issuer.name, ("issuer__sort_key", "-issued_on")),
    Column("nguoi-ky", "Người ký", lambda row: row.signer_name),
)


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    listing = build_listing(
        request,
        IssuedDocument.objects.visible_to(request.user).select_related("issuer"),
        title="Văn bản đã ban hành",
        columns=COLUMNS,
        search=("search_key", "issuer__search_key", "bloc_year__bloc__search_key"),
        filterset=DocumentFilter,
        default_sort="-ngay",
    )
    if isinstance(listing, HttpResponse):
        return listing
    kinds = {kind: each.title for kind, each in KINDS.items()}
    return render(request, "reports/documents.html", {"listing": listing, "kinds": kinds, "nav": "documents"})


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    found = document_or_404(request, pk)
    context = {"document": found, "kind": kind_title(found), "year": found.bloc_year, "nav": "documents"}
    return render(request, "reports/document.html", context)


@require_GET
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was issued, or nothing: a file that no longer has its hash is not handed out."""
    found = document_or_404(request, pk)
    try:
        content = read_issued(found)
    except DamagedFile:
        log.exception("The file of issued document %s is damaged or missing", found.pk)
        return render(request, "reports/damaged.html", {"document": found, "nav": "documents"}, status=500)
    name = file_name(f"{found.full_number} {kind_title(found)}", "pdf")
    return attachment(content, name=name, content_type="application/pdf", inline="xem" in request.GET)


def document_or_404(request: HttpRequest, pk: int) -> IssuedDocument:
    rows = IssuedDocument.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("issuer", "bloc_year__bloc", "issued_by"), pk=pk)
