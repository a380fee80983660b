"""Versions of an agency's report: kept, compared, gone back to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reports.views.fetching import report_or_404
from reports.views.version_acts import compared, go_back_as_asked, keep_as_asked, picked


@require_GET
def report_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, and the differences between the two that ``?cu=`` and ``?moi=`` name."""
    report = report_or_404(request, pk)
    user: Any = request.user
    two = picked(request, report)
    context = {
        "report": report,
        "year": report.bloc_year,
        **two,
        "compared": compared(report, two["old"], two["new"]) if two["old"] or two["new"] else [],
        "can_edit": user.has_perm("reports.edit_report", report),
        "nav": "reports",
    }
    return render(request, "reports/versions.html", context)


@require_POST
def version_keep(request: HttpRequest, pk: int) -> HttpResponse:
    keep_as_asked(request, report_or_404(request, pk), "reports.edit_report")
    return redirect("reports:report-versions", pk=pk)


@require_POST
def version_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    report = report_or_404(request, pk)
    done = go_back_as_asked(request, report, "reports.edit_report", number)
    return redirect(report) if done else redirect("reports:report-versions", pk=pk)
