"""One agency's report to its bloc."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from reports.domain.facts import agency_facts, return_reason
from reports.domain.workflow import AGENCY_REPORT
from reports.models import AgencyReport
from reports.views.editing import Editor, buttons_of, editors_of, save_posted, section_or_404, who_signs_off
from reports.views.fetching import report_or_404


@require_GET
def agency_report(request: HttpRequest, pk: int) -> HttpResponse:
    return report_page(request, report_or_404(request, pk))


@require_http_methods(["GET", "POST"])
def report_passage(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Saves one section. GET is where a lost session comes back to after signing in."""
    report = report_or_404(request, pk)
    name = section_or_404(section)
    if request.method == "GET":
        return redirect(f"{report.get_absolute_url()}#muc-{name}")
    return save_posted(request, report, name, lambda editor: report_page(request, report, editor))


@require_POST
def report_act(request: HttpRequest, pk: int) -> HttpResponse:
    return perform_posted(request, AGENCY_REPORT, report_or_404(request, pk))


def report_page(request: HttpRequest, report: AgencyReport, editor: Editor | None = None) -> HttpResponse:
    user: Any = request.user
    context = {
        "report": report,
        "year": report.bloc_year,
        "editors": editors_of(report, instead=editor),
        "can_edit": editor is not None or user.has_perm("reports.edit_report", report),
        "options": buttons_of(report, user),
        "next_hand": who_signs_off(report, user),
        "facts": agency_facts(report, user),
        "reason": return_reason(report),
        "nav": "reports",
    }
    return render(request, "reports/agency_report.html", context)
