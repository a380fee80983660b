"""The council's page: itself, its members, and the rules it sets where the decrees leave them to it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.audit import entries_of
from accounts.domain.wording import changed_rows
from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from blocs.models import Council
from blocs.views.attempts import attempt
from council.domain.practice.example import apply_example, offers_of
from council.domain.practice.kinds import BY_SLUG, SOURCE, kind_of, subject_of
from council.domain.practice.members import edit_council
from council.domain.practice.page import councils_seen_by, practice_page
from council.domain.practice.writing import WRITE, set_rule, take_back
from council.forms.practice import CouncilForm, ExampleForm, RuleForm
from council.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls

CONFLICT = 409


def council_or_404(request: HttpRequest, pk: int) -> Council:
    return get_object_or_404(councils_seen_by(actor_of(request)), pk=pk)


def rule_or_404(request: HttpRequest, slug: str, pk: int) -> Any:
    if slug not in BY_SLUG:
        raise Http404
    rows = BY_SLUG[slug].model.objects.visible_to(request.user).select_related("council")
    return get_object_or_404(rows, pk=pk)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The councils whose rules this person may read; a single one opens at once."""
    require(request.user, "council.see_council")
    councils = list(councils_seen_by(actor_of(request)))
    if len(councils) == 1:
        return redirect("council:practice-of", councils[0].pk)
    return render(request, "council/practice/choice.html", {"councils": councils, "nav": "council"})


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    council = council_or_404(request, pk)
    context = {"council": council, "may_edit": actor_of(request).has_perm(WRITE, council), "nav": "council"}
    return render(request, "council/practice/page.html", context | practice_page(council))


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who set what, also of rules that were taken back."""
    council = council_or_404(request, pk)
    shown = Paginator(entries_of(council), 50).get_page(request.GET.get("trang"))
    entries = [(entry, changed_rows(entry, council)) for entry in shown]
    context = {"council": council, "page": shown, "entries": entries, "nav": "council"}
    return render(request, "council/practice/history.html", context)


def saved(form: Any, verb: Any) -> int | None:
    """None when ``verb`` went through, else the status of the page that says why not."""
    try:
        verb()
    except Conflict as conflict:
        form.tell(conflict)
        return CONFLICT
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return 200
    return None


def form_page(request: HttpRequest, form: Any, heading: str, council_id: int, status: int = 200) -> HttpResponse:
    back = reverse("council:practice-of", args=[council_id])
    context = {"form": form, "heading": heading, "back": back, "nav": "council"}
    return render(request, "web/form_page.html", context, status=status)


def done(request: HttpRequest, text: str, council_id: int) -> HttpResponse:
    messages.success(request, text)
    return redirect("council:practice-of", council_id)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    council = council_or_404(request, pk)
    require(request.user, WRITE, council)
    form, status = CouncilForm(request.POST or None, instance=copy(council)), 200
    form.remember(council, ("level", "symbol", "seal"))
    if request.method == "POST" and form.is_valid():
        given = {"fields": form.cleaned_data, "base": form.base(), "actor": actor_of(request)}
        refused = saved(form, lambda: edit_council(council, **given))
        if refused is None:
            return done(request, "Đã lưu thông tin Hội đồng.", council.pk)
        status = refused
    return form_page(request, form, "Thông tin Hội đồng", council.pk, status)


@require_http_methods(["GET", "POST"])
def rule_new(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    council = council_or_404(request, pk)
    require(request.user, WRITE, council)
    if slug not in BY_SLUG:
        raise Http404
    kind = BY_SLUG[slug]
    form = RuleForm(request.POST or None, kind=kind)
    if request.method == "POST" and attempt(
        form, lambda: set_rule(council, kind, fields=form.values(), actor=actor_of(request))
    ):
        return done(request, f"Đã lưu: {kind.label.lower()}.", council.pk)
    return form_page(request, form, kind.label, council.pk)


@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = rule_or_404(request, slug, pk)
    require(request.user, WRITE, row)
    kind = kind_of(row)
    form, status = RuleForm(request.POST or None, kind=kind, row=row), 200
    if request.method == "POST" and form.is_valid():
        given = {"fields": form.values(), "row": row, "base": form.base(), "actor": actor_of(request)}
        refused = saved(form, lambda: set_rule(row.council, kind, **given))
        if refused is None:
            return done(request, f"Đã lưu: {kind.label.lower()}.", row.council_id)
        status = refused
    return form_page(request, form, f"{kind.label}: {subject_of(row)}", row.council_id, status)


@require_http_methods(["GET", "POST"])
def rule_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = rule_or_404(request, slug, pk)
    require(request.user, WRITE, row)
    if request.method == "POST":
        council_id = row.council_id
        take_back(row, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        return done(request, "Đã xóa; mục này trở lại «chưa quy định».", council_id)
    lead = f"Xóa «{subject_of(row)}: {kind_of(row).words(row)}». Các phiên đã họp không thay đổi."
    context = {"heading": f"Xóa {kind_of(row).label.lower()}", "lead": lead, "nav": "council"}
    context["back"] = reverse("council:practice-of", args=[row.council_id])
    return render(request, "web/confirm_page.html", context)


@require_http_methods(["GET", "POST"])
def example(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview the example; with the province's own basis write what is not set yet, marked as suggested."""
    council = council_or_404(request, pk)
    require(request.user, WRITE, council)
    form = ExampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = apply_example(council, legal_basis=form.cleaned_data["legal_basis"], actor=actor_of(request))
        return done(request, f"Đã ghi {count} giá trị gợi ý. Hãy mở từng dòng, đối chiếu rồi lưu.", council.pk)
    context = {"council": council, "offers": offers_of(council), "form": form, "source": SOURCE, "nav": "council"}
    return render(request, "council/practice/example.html", context)
