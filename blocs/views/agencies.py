"""The directory of agencies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def agencies(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def agency_new(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def agency(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def agency_edit(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")
