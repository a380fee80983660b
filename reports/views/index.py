"""Lists of reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/blank.html")


@require_GET
def index_reviews(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/blank.html")


@require_GET
def index_board(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/blank.html")
