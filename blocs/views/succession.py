"""Handover to next year's head."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def succession(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")


@require_safe
def copy_forward(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")
