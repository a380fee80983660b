"""The movements room of a bloc-year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from blocs.views.fetching import year_or_404


def index(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def new(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def adopt(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def edit(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def remove(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))


def participants(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
    return redirect(year_or_404(request, pk))
