"""Drafts and issuing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from blocs.models import BlocYear
from reports.models import BlocReview


@require_GET
def review_issue(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocReview.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_GET
def paper_draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    get_object_or_404(BlocYear.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_GET
def paper_issue(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    get_object_or_404(BlocYear.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")
