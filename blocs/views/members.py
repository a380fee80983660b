"""Composition of a bloc-year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def members(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def member_add(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def member_edit(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def member_remove(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def delegations(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def observer_add(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def observer_remove(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")
