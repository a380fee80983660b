"""Search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def search(request: HttpRequest, **kwargs: int) -> HttpResponse:
    return render(request, "base.html")
