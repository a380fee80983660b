"""Soạn lời văn: what a bloc writes into its own papers of the year, instead of the template's words."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.models import BlocYear
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from reports.documents.registry import KINDS
from reports.documents.wording.fields import fields_of
from reports.documents.wording.parts import Part, part_of, worded_kinds
from reports.domain.wording import StaleWords, WordsRefused, own_parts, save_own
from reports.domain.wording import take_template as back_to_template
from reports.forms import OwnWordsForm
from reports.views.fetching import year_or_404

CONFLICT = 409


def worded_year(request: HttpRequest, pk: int, kind: str) -> BlocYear:
    year = year_or_404(request, pk)
    if kind not in worded_kinds() or kind not in KINDS:
        raise Http404
    return year


def own_part(kind: str, key: str) -> Part:
    found = part_of(kind, key)
    if found is None:
        raise Http404
    return found


@require_safe
def words(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All parts of one paper with the words in force; those who may write have a form for each."""
    year = worded_year(request, pk, kind)
    require(request.user, "reports.read_words", year)
    return page(request, year, kind)


def page(request: HttpRequest, year: BlocYear, kind: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """``typed`` and what stands in its way belong to the part named ``at``."""
    context = {
        "year": year,
        "kind": KINDS[kind],
        "parts": own_parts(year, kind),
        "fields": fields_of(kind).items(),
        "may_write": actor_of(request).has_perm("reports.write_words", year),
        "tab": "reports",
        "nav": "reports",
        **more,
    }
    return render(request, "reports/paper_words.html", context, status=status)


@require_POST
def save(request: HttpRequest, pk: int, kind: str, part: str) -> HttpResponse:
    """Save one part; what cannot be saved stays in its field, with the reason."""
    year = worded_year(request, pk, kind)
    require(request.user, "reports.write_words", year)
    found, form = own_part(kind, part), OwnWordsForm(request.POST)
    if not form.is_valid():
        raise Http404
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    kept = {"at": part, "typed": text, "typed_version": version}
    try:
        save_own(year, found, text, version=version, actor=actor_of(request))
    except WordsRefused as refusal:
        return page(request, year, kind, faults=refusal.faults, **kept)
    except StaleWords as stale:
        return page(request, year, kind, status=CONFLICT, stale=stale, **kept)
    messages.success(request, f"Đã lưu phần «{found.label}».")
    return redirect(f"{reverse('reports:paper-words', args=[pk, kind])}#phan-{part}")


@require_http_methods(["GET", "POST"])
def take_template(request: HttpRequest, pk: int, kind: str, part: str) -> HttpResponse:
    """Back to the template's words, asked first."""
    year = worded_year(request, pk, kind)
    require(request.user, "reports.write_words", year)
    found = own_part(kind, part)
    back = reverse("reports:paper-words", args=[pk, kind])
    if request.method == "POST":
        back_to_template(year, found, actor=actor_of(request))
        messages.success(request, f"Phần «{found.label}» trở lại theo mẫu.")
        return redirect(back)
    lead = f"Lời văn riêng của phần «{found.label}» được bỏ, phần này in theo mẫu. Lịch sử của năm vẫn giữ nội dung cũ."
    context = {"heading": "Lấy lại lời văn theo mẫu", "lead": lead, "submit": "Lấy lại theo mẫu", "back": back}
    return render(request, "web/confirm_page.html", context | {"nav": "reports"})
