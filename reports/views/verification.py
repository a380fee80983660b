"""Public verification."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def verify_search(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/blank.html")


@require_GET
def verify_page(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "reports/blank.html")
