"""Reports of agencies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from reports.models import AgencyReport


@require_GET
def agency_report(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(AgencyReport.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def report_passage(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    get_object_or_404(AgencyReport.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def report_act(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(AgencyReport.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")
