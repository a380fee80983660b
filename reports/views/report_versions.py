"""Versions of an agency's report: kept, compared, gone back to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from khoithidua.web.guards import require
from reports.domain.passages import PassageRefused
from reports.domain.versions import VersionRefused, compare, content_of, go_back, keep_by_hand, versions_of
from reports.models import AgencyReport, TextVersion
from reports.views.fetching import report_or_404

NOW = "hien-tai"


@require_GET
def report_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, and the differences between the two that ``?cu=`` and ``?moi=`` name."""
    report = report_or_404(request, pk)
    user: Any = request.user
    versions = list(versions_of(report, user))
    old = chosen(versions, request.GET.get("cu", ""), versions[0] if versions else None)
    new = chosen(versions, request.GET.get("moi", ""), None)
    context = {
        "report": report,
        "year": report.bloc_year,
        "versions": versions,
        "old": old,
        "new": new,
        "compared": compared(report, old, new),
        "can_edit": user.has_perm("reports.edit_report", report),
        "nav": "reports",
    }
    return render(request, "reports/versions.html", context)


def chosen(versions: list[TextVersion], number: str, otherwise: TextVersion | None) -> TextVersion | None:
    """The version of ``number``; None stands for the text of now."""
    if number == NOW:
        return None
    return next((each for each in versions if str(each.number) == number), otherwise)


def compared(report: AgencyReport, old: TextVersion | None, new: TextVersion | None) -> list[Any]:
    if old is None and new is None:
        return []
    contents = [each.content if each else content_of(report) for each in (old, new)]
    return compare(report, contents[0], contents[1])


@require_POST
def version_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the report as it stands."""
    report = report_or_404(request, pk)
    require(request.user, "reports.edit_report", report)
    user: Any = request.user
    try:
        kept = keep_by_hand(report, actor=user)
    except (VersionRefused, PassageRefused) as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"Đã lưu phiên bản {kept.number}.")
    return redirect("reports:report-versions", pk=pk)


@require_POST
def version_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Go back to a version, as new text; what stands now is kept first."""
    report = report_or_404(request, pk)
    require(request.user, "reports.edit_report", report)
    user: Any = request.user
    version = get_object_or_404(versions_of(report, user), number=number)
    try:
        go_back(report, version, actor=user)
    except (VersionRefused, PassageRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:report-versions", pk=pk)
    messages.success(request, f"Đã quay lại phiên bản {number}. Nội dung trước đó được giữ thành một phiên bản.")
    return redirect(report)
