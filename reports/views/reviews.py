"""Reviews of blocs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from reports.models import BlocReview


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocReview.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def review_passage(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    get_object_or_404(BlocReview.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def review_compile(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocReview.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_POST
def review_act(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BlocReview.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")
