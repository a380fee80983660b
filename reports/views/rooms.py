"""The reports' room of a bloc-year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from blocs.models import BlocYear


@require_GET
def year(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocYear.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def report_open(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocYear.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocYear.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def review_open(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocYear.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")
