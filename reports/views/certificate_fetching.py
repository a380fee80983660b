"""Certificates, fetched for who keeps and prints them: the standing body. Who else sees the decision gets 403."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from council.domain.certificates.book import has_certificates
from council.domain.certificates.printing import KIND_PREFIX
from council.models import CertificateLayout, CertificatePrint, Decision
from khoithidua.web.guards import require
from reports.views.paper_jobs import Desk

PRINT = "council.write_layout"


def decision_to_print(request: HttpRequest, pk: int) -> Decision:
    rows = Decision.objects.visible_to(request.user).select_related("issuer", "council")
    decision = get_object_or_404(rows, pk=pk)
    require(request.user, PRINT, decision)
    if not has_certificates(decision):
        raise Http404
    return decision


def printing_or_404(request: HttpRequest, pk: int, kind: str) -> CertificatePrint:
    """The printing behind a background job of this kind."""
    number = kind.removeprefix(KIND_PREFIX)
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        raise Http404
    return printing_of(decision_to_print(request, pk), int(number))


def printing_of(decision: Decision, pk: int) -> CertificatePrint:
    rows = decision.certificate_prints.select_related("layout", "decision__issuer", "decision__council")
    return get_object_or_404(rows, pk=pk)


def layout_to_preview(request: HttpRequest, pk: int) -> CertificateLayout:
    rows = CertificateLayout.objects.visible_to(request.user).select_related("council")
    layout: CertificateLayout = get_object_or_404(rows, pk=pk)
    require(request.user, PRINT, layout)
    return layout


def desk_of_printing(printing: CertificatePrint) -> Desk:
    decision = printing.decision
    title = f"In {len(printing.lines)} bằng theo {decision}"
    back = reverse("reports:certificates", args=[decision.pk])
    kind, saved = f"{KIND_PREFIX}{printing.pk}", f"Bằng theo {decision} lần in {printing.pk}"
    return Desk(decision, kind, title, back, "Về trang in bằng", "council", "decision-", saved)
