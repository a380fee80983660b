"""Imports: send a file, look at what it says, confirm, watch, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.domain.workflow import TransitionRefused
from awards.domain.importing import workflow
from awards.domain.importing.answers import merged_answers
from awards.domain.importing.desk import desk_of, listed_names
from awards.domain.importing.undoing import undo
from awards.enums import ImportKind
from awards.forms.imports import ImportFilter
from awards.imports.examining import examined
from awards.imports.jobs import confirm_import
from awards.imports.sheets import rejects_bytes, template_bytes, template_name
from awards.models import ImportBatch
from awards.views.import_pages import page_of, questions_on
from khoithidua.web.downloads import XLSX, attachment, file_name
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls
from scoring.imports.workbook import FileRefused

PERMISSION = "awards.import_files"
COLUMNS = (
    Column("luc", "Gửi lúc", lambda row: row.requested_at, ("requested_at",)),
    Column("noi-dung", "Nội dung", lambda row: row.get_kind_display(), ("kind",)),
    Column("tep", "Tệp", lambda row: row.file_name, ("file_name",)),
    Column("nhap-cho", "Nhập cho", lambda row: row.agency.label if row.agency else "Cơ quan thường trực"),
    Column("nguoi-gui", "Người gửi", lambda row: str(row.requested_by)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state",)),
)
ALREADY = "Lần nhập này đã được xác nhận trước đó; không nhập lần thứ hai."


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    require(request.user, PERMISSION)
    rows = ImportBatch.objects.visible_to(request.user).defer("findings", "answers")
    rows = rows.select_related("agency", "requested_by")
    given: dict[str, Any] = {"title": "Các lần nhập dữ liệu", "columns": COLUMNS, "filterset": ImportFilter}
    listing = build_listing(request, rows, search=("file_name",), default_sort="-luc", **given)
    if not isinstance(listing, Listing):
        return listing
    return render(request, "awards/imports.html", {"nav": "awards", "listing": listing, "kinds": kinds_for(request)})


def kinds_for(request: HttpRequest) -> list[tuple[str, str]]:
    """Kinds this person may import: matters under examination are the standing body's."""
    stands = request.user.has_perm("awards.see_inbox")
    return [(kind.value, kind.label) for kind in ImportKind if stands or kind != ImportKind.FREEZES]


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty form of a kind."""
    require(request.user, PERMISSION)
    if kind not in ImportKind.values:
        kind = ImportKind.SUBJECTS
    return attachment(
        template_bytes(kind, listed_names()), name=file_name(template_name(kind), "xlsx"), content_type=XLSX
    )


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One import in whatever state it is; under way it renews itself."""
    batch = batch_or_404(request, pk)
    part = "awards/import_progress.html" if getattr(request, "htmx", False) else "awards/import.html"
    context = page_of(request, batch)
    if getattr(request, "htmx", False) and not context["under_way"]:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
    else:
        response = render(request, part, context)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was chosen on one page of questions, and read the file again with it."""
    batch = batch_or_404(request, pk)
    asked = questions_on(batch)
    batch.answers = merged_answers(batch.answers, asked, {key: str(value) for key, value in request.POST.items()})
    if read_again(request, batch):
        messages.success(request, "Đã lưu lựa chọn.")
    return redirect(batch)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """After a failure: look at the file again as the register stands now."""
    batch = batch_or_404(request, pk)
    user: Any = request.user
    try:
        workflow.reopen(batch, actor=user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(batch)
    read_again(request, batch)
    return redirect(batch)


def read_again(request: HttpRequest, batch: ImportBatch) -> bool:
    """Examine the held file with the batch's answers and keep what was found; a refusal is told."""
    user: Any = request.user
    try:
        found = examined(workflow.content_of(batch), desk_of(batch, actor=user))
        workflow.keep_findings(batch, found.findings, batch.answers)
    except (TransitionRefused, FileRefused) as refusal:
        messages.error(request, str(refusal))
        return False
    return True


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the file to the worker, once."""
    batch = batch_or_404(request, pk)
    user: Any = request.user
    try:
        if not confirm_import(batch, actor=user):
            messages.info(request, ALREADY)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(batch)


@require_GET
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The file in the form of the template, with its faults in the column «Lỗi»."""
    batch = batch_or_404(request, pk)
    user: Any = request.user
    try:
        found = examined(workflow.content_of(batch), desk_of(batch, actor=user))
    except (TransitionRefused, FileRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect(batch)
    content = rejects_bytes(batch.kind, found.rows, listed_names())
    return attachment(content, name=file_name(f"Cần sửa {batch.file_name}", "xlsx"), content_type=XLSX)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then undo the whole import."""
    batch = batch_or_404(request, pk)
    user: Any = request.user
    if request.method == "POST":
        try:
            undo(batch, actor=user, reason=without_controls(request.POST.get("reason", "")))
            messages.success(request, "Đã hoàn tác lần nhập.")
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(batch)
    at = timezone.localtime(batch.requested_at)
    lead = f"Gỡ mọi dòng đã nhập từ tệp «{batch.file_name}» (gửi lúc {at:%H:%M ngày %d/%m/%Y})."
    context = {"heading": "Hoàn tác lần nhập", "lead": lead, "back": batch.get_absolute_url(), "nav": "awards"}
    return render(request, "web/confirm_page.html", context | {"submit": "Hoàn tác", "cancel": "Không hoàn tác"})


def batch_or_404(request: HttpRequest, pk: int) -> ImportBatch:
    """A visible import that this person may act on."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("agency", "council", "dossier", "requested_by")
    batch = get_object_or_404(rows, pk=pk)
    require(request.user, PERMISSION)
    require(request.user, "awards.undo_import", batch)
    return batch
