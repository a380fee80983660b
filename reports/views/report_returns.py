"""Returning an agency's report with remarks per section, and settling them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from reports.domain.passages import PassageRefused, sections_of
from reports.domain.returning import return_with_remarks, settle
from reports.forms_asked import ReturnForm
from reports.models import Remark
from reports.views.fetching import report_or_404


@require_http_methods(["GET", "POST"])
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The receiver writes beside each section what is to be mended; the report goes back with it."""
    report = report_or_404(request, pk)
    require(request.user, "reports.receive_report", report)
    sections = sections_of(report)
    form = ReturnForm(request.POST or None, sections=[(each.section, each.label) for each in sections])
    user: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            return_with_remarks(report, form.remarks, form.cleaned_data["reason"], actor=user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã trả lại báo cáo; đơn vị được thông báo và đọc yêu cầu ở từng mục.")
            return redirect(report)
    pairs = [(each, form[f"muc-{each.section}"]) for each in sections]
    context = {"report": report, "year": report.bloc_year, "form": form, "pairs": pairs, "nav": "reports"}
    return render(request, "reports/report_return.html", context, status=422 if form.errors else 200)


@require_POST
def remark_settle(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """The agency marks a remark as settled, or takes it back."""
    report = report_or_404(request, pk)
    require(request.user, "reports.edit_report", report)
    found: Remark = get_object_or_404(report.remarks.all(), pk=remark)
    user: Any = request.user
    try:
        settle(found, actor=user, done=request.POST.get("done") == "1")
    except PassageRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{report.get_absolute_url()}#muc-{found.section}")
