"""The signed paper of a decision: attaching, fetching, taking away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from awards.domain.scanning import is_on
from blocs.views.attempts import attempt, attempt_told
from council.domain.decisions.scans import add_scan, remove_scan
from council.forms.decisions import ScanForm
from council.models import Decision, DecisionScan
from council.views.decision_fetching import WRITE, actor_of, own_decision
from khoithidua.web.downloads import attachment
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from khoithidua.web.uploads import PDF

SANDBOX = "default-src 'none'; sandbox"


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    decision = own_decision(request, pk)
    form = ScanForm(request.POST or None, request.FILES or None)
    made = None
    if request.method == "POST":
        made = attempt(form, lambda: add_scan(decision, file=form.cleaned_data["file"], actor=actor_of(request)))
    if made is not None:
        messages.success(request, f"Đã đính kèm «{made.file_name}». {made.get_scan_display()}.")
        return redirect(decision)
    lead = "Hệ thống đọc chữ ký số trong tệp và ghi lại kết quả." + (
        "" if is_on() else " Chức năng quét vi-rút đang tắt."
    )
    context = {"form": form, "heading": f"Đính kèm bản ký: {decision}", "lead": lead, "submit": "Đính kèm"}
    return render(
        request, "council/decisions/form.html", context | {"back": decision.get_absolute_url(), "nav": "council"}
    )


def scan_or_404(request: HttpRequest, pk: int) -> DecisionScan:
    """Who sees the decision sees its signed paper."""
    seen = Decision.objects.visible_to(request.user)
    found: DecisionScan = get_object_or_404(DecisionScan, pk=pk, decision__in=seen)
    return found


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, to be saved and never shown inside a page of ours."""
    row = scan_or_404(request, pk)
    if not row.file or not row.file.storage.exists(str(row.file.name)):
        raise Http404
    response = attachment(row.file.read(), name=row.file_name, content_type=PDF.content_type)
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = scan_or_404(request, pk)
    require(request.user, WRITE, row.decision)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        attempt_told(
            request, lambda: remove_scan(row, reason=reason, actor=actor_of(request)), done=f"Đã bỏ «{row.file_name}»."
        )
        return redirect(row.decision)
    lead = f"Bỏ tệp «{row.file_name}»? Tên và mã băm của tệp được giữ trong lịch sử của quyết định."
    context = {"heading": "Bỏ bản ký", "lead": lead, "back": row.decision.get_absolute_url(), "submit": "Bỏ bản ký"}
    return render(request, "web/confirm_page.html", context | {"nav": "council"})
