"""The pledge room of a bloc-year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from blocs.views.fetching import year_or_404


def show(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def edit_theme(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def act(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def sign(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def edit_targets(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))
