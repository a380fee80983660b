"""One agency's report to its bloc."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from reports.domain.deadlines import due_of_one
from reports.domain.facts import agency_facts, return_reason
from reports.domain.presence import others_at_work
from reports.domain.rounds import days_late
from reports.domain.workflow import AGENCY_REPORT
from reports.models import AgencyReport
from reports.views.editing import Editor, buttons_of, place_or_404, save_posted, who_signs_off
from reports.views.fetching import report_or_404
from reports.views.report_parts import Typed, parts_of


@require_GET
def agency_report(request: HttpRequest, pk: int) -> HttpResponse:
    return report_page(request, report_or_404(request, pk))


@require_http_methods(["GET", "POST"])
def report_passage(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Saves one section. GET is where a lost session comes back to after signing in."""
    report = report_or_404(request, pk)
    name = place_or_404(report, section).key
    if request.method == "GET":
        return redirect(f"{report.get_absolute_url()}#muc-{name}")
    return save_posted(request, report, name, lambda editor: report_page(request, report, editor))


@require_POST
def report_act(request: HttpRequest, pk: int) -> HttpResponse:
    return perform_posted(request, AGENCY_REPORT, report_or_404(request, pk))


def report_page(
    request: HttpRequest,
    report: AgencyReport,
    editor: Editor | None = None,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    context = page_context(request, report)
    context["parts"] = parts_of(report, instead=editor, typed=typed)
    context["can_edit"] = editor is not None or typed is not None or context["can_edit"]
    return render(request, "reports/agency_report.html", context, status=status)


def page_context(request: HttpRequest, report: AgencyReport) -> dict[str, Any]:
    user: Any = request.user
    writes = user.has_perm("reports.edit_report", report)
    due = due_of_one(report)
    return {
        "report": report,
        "year": report.bloc_year,
        "can_edit": writes,
        "options": buttons_of(report, user),
        "can_return": can_return(report, user),
        "others": others_at_work(report, user, now=timezone.now()) if writes else [],
        "next_hand": who_signs_off(report, user),
        "facts": agency_facts(report, user),
        "reason": return_reason(report),
        "due": due,
        "days_late": days_late(report, due),
        "nav": "reports",
    }


def can_return(report: AgencyReport, user: Any) -> bool:
    """Whether this person may send the report back now."""
    back = AGENCY_REPORT.by_name["return"]
    return report.state in back.sources and user.has_perm(back.permission, report)
