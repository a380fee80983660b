"""Issued papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from reports.models import IssuedDocument


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/blank.html")


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")


@require_GET
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/blank.html")
