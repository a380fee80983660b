"""Evidence of one line: its list, adding a file or a link, fetching, removing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.downloads import attachment
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.domain.criteria import Node, load_tree
from scoring.domain.evidence import PER_LINE, add_file, add_link, remove_evidence
from scoring.forms.evidence import EvidenceFileForm, EvidenceLinkForm
from scoring.models import Evidence, ScoreSheet
from scoring.views.fetching import visible_sheet

SANDBOX = "default-src 'none'; sandbox"


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """The evidence of one line; its unit adds to it while the sheet is a draft."""
    sheet = sheet_behind(request, pk, criterion_pk)
    node = node_or_404(sheet, criterion_pk)
    if request.method == "GET":
        return page(request, sheet, node)
    require(request.user, "scoring.edit_sheet", sheet)
    if "url" in request.POST:
        return added(request, sheet, node, link=EvidenceLinkForm(request.POST))
    return added(request, sheet, node, file=EvidenceFileForm(request.POST, request.FILES))


def sheet_behind(request: HttpRequest, pk: int, criterion_pk: int) -> ScoreSheet:
    """The sheet, for who sees it or the evidence of this one line (who appraises it, who checks the sheet)."""
    first = visible_rows(request).filter(sheet=pk, criterion=criterion_pk).first()
    return first.sheet if first else visible_sheet(request, pk)


def node_or_404(sheet: ScoreSheet, criterion_pk: int) -> Node:
    node = load_tree(sheet.criteria_set).leaf_by_id.get(criterion_pk)
    if node is None:
        raise Http404
    return node


def added(
    request: HttpRequest,
    sheet: ScoreSheet,
    node: Node,
    *,
    file: EvidenceFileForm | None = None,
    link: EvidenceLinkForm | None = None,
) -> HttpResponse:
    form: Any = file or link
    verb: Callable[..., Evidence] = add_file if file else add_link
    if form.is_valid():
        try:
            made = verb(sheet, criterion_id=node.id, actor=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã thêm minh chứng «{made.title}».")
            return redirect(reverse("scoring:evidence", args=[sheet.pk, node.id]))
    return page(request, sheet, node, file=file, link=link)


def page(
    request: HttpRequest,
    sheet: ScoreSheet,
    node: Node,
    *,
    file: EvidenceFileForm | None = None,
    link: EvidenceLinkForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "sheet": sheet,
        "node": node,
        "found": visible_rows(request).filter(sheet=sheet, criterion=node.id),
        "per_line": PER_LINE,
        "may_edit": request.user.has_perm("scoring.edit_sheet", sheet),
        "file_form": file or EvidenceFileForm(),
        "link_form": link or EvidenceLinkForm(),
        "nav": "sheets",
    }
    return render(request, "scoring/evidence.html", context)


def visible_evidence(request: HttpRequest, pk: int) -> Evidence:
    return get_object_or_404(visible_rows(request), pk=pk)


def visible_rows(request: HttpRequest) -> QuerySet[Evidence]:
    rows = Evidence.objects.visible_to(request.user)
    return rows.select_related(
        "sheet__bloc_year__bloc", "sheet__agency", "sheet__criteria_set", "criterion", "added_by"
    )


@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, to be saved and never shown inside a page of ours."""
    row = visible_evidence(request, pk)
    if not row.file or not row.file.storage.exists(str(row.file.name)):
        raise Http404
    response = attachment(row.file.read(), name=row.file_name, content_type=row.content_type)
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_http_methods(["GET", "POST"])
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_evidence(request, pk)
    require(request.user, "scoring.edit_sheet", row.sheet)
    back = reverse("scoring:evidence", args=[row.sheet_id, row.criterion_id])
    if request.method == "POST":
        try:
            remove_evidence(row, reason=without_controls(request.POST.get("reason", "")), actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã bỏ minh chứng «{row.title}».")
        return redirect(back)
    lead = f"Bỏ «{row.title}» khỏi tiêu chí {row.criterion.code}? Tên và mã băm của tệp được giữ trong lịch sử."
    context = {"heading": "Bỏ minh chứng", "lead": lead, "back": back, "submit": "Bỏ minh chứng"}
    return render(request, "web/confirm_page.html", context)
