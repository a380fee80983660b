"""Biểu thống kê as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from blocs.views.fetching import actor_of
from council.domain.practice.page import councils_seen_by
from council.domain.statistics.forms import TITLES
from council.domain.statistics.periods import chosen
from council.domain.statistics.reading import Statistics, read_form
from khoithidua.web.downloads import XLSX, attachment, file_name
from khoithidua.web.guards import require
from reports.documents.statistics_form import statistics_pdf
from reports.documents.statistics_workbook import statistics_workbook

READ = "council.read_statistics"


def statistics_or_404(request: HttpRequest, pk: int, code: str) -> Statistics:
    """The form that the address asks for, for the council's standing body."""
    council = get_object_or_404(councils_seen_by(actor_of(request)), pk=pk)
    require(request.user, READ, council)
    if code not in TITLES:
        raise Http404
    today = timezone.localdate()
    period = chosen(request.GET.get("nam", ""), request.GET.get("ky", ""), today)
    return read_form(council, code, period, reader=request.user, today=today)


@require_GET
def form_pdf(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    found = statistics_or_404(request, pk, code)
    name = file_name(f"Biểu {found.form.code} {found.period.words}", "pdf")
    return attachment(statistics_pdf(found), name=name, content_type="application/pdf", inline=True)


@require_GET
def form_xlsx(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    found = statistics_or_404(request, pk, code)
    name = file_name(f"Biểu {found.form.code} {found.period.words}", "xlsx")
    return attachment(statistics_workbook(found), name=name, content_type=XLSX)
