"""Bloc-years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def years(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def year_new(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def year(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def year_edit(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def year_act(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def quotas(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")
