"""What the decrees leave to the province, council by council."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.audit import entries_of
from accounts.domain.wording import changed_rows
from awards.domain import rule_writing as acts
from awards.domain.council_rule_keys import BY_KEY
from awards.domain.council_rules import councils_of, settings_place
from awards.domain.settings_page import settings_of
from awards.forms.settings import RuleForm
from awards.models import CouncilRule
from blocs.models import Council
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls

PERMISSION = "awards.edit_council_rules"


def council_or_404(request: HttpRequest, pk: int) -> Council:
    return get_object_or_404(councils_of(actor_of(request)), pk=pk)


def may_edit(request: HttpRequest, council: Council) -> bool:
    allowed: bool = actor_of(request).has_perm(PERMISSION, settings_place(council))
    return allowed


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The councils whose settings this person may read; a single one opens at once."""
    councils = list(councils_of(actor_of(request)))
    if len(councils) == 1:
        return redirect("awards:council-settings", councils[0].pk)
    return render(request, "awards/settings_choice.html", {"councils": councils, "nav": "awards"})


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    council = council_or_404(request, pk)
    groups = settings_of(council, timezone.localdate())
    context = {"council": council, "groups": groups, "may_edit": may_edit(request, council), "nav": "awards"}
    return render(request, "awards/settings.html", context)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who set what, also of values that were taken back."""
    council = council_or_404(request, pk)
    shown = Paginator(entries_of(council), 50).get_page(request.GET.get("trang"))
    entries = [(entry, changed_rows(entry, council)) for entry in shown]
    back = reverse("awards:council-settings", args=[council.pk])
    context = {"council": council, "page": shown, "entries": entries, "back": back, "nav": "awards"}
    return render(request, "awards/settings_history.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    council = council_or_404(request, pk)
    require(request.user, PERMISSION, settings_place(council))
    if key not in BY_KEY:
        raise Http404
    form = RuleForm(request.POST or None, rule=BY_KEY[key])
    if request.method == "POST" and form.is_valid():
        given = form.values() | {"actor": actor_of(request)}
        if attempt(form, lambda: acts.set_rule(council, key, **given)):
            messages.success(request, "Đã lưu quy định của tỉnh.")
            return redirect("awards:council-settings", council.pk)
    return form_page(request, form, council, key)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = rule_or_404(request, pk)
    require(request.user, PERMISSION, row)
    form = RuleForm(request.POST or None, rule=BY_KEY[row.key], row=row)
    if request.method == "POST" and form.is_valid():
        given = form.values() | {"row": row, "seen": form.seen_version(), "actor": actor_of(request)}
        if attempt(form, lambda: acts.set_rule(row.council, row.key, **given)):
            messages.success(request, "Đã lưu quy định của tỉnh.")
            return redirect("awards:council-settings", row.council_id)
        form.renew(rule_or_404(request, pk).version)
    return form_page(request, form, row.council, row.key)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = rule_or_404(request, pk)
    require(request.user, PERMISSION, row)
    back = reverse("awards:council-settings", args=[row.council_id])
    if request.method == "POST":
        acts.take_back_rule(row, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        messages.success(request, "Đã xóa; mục này trở lại «chưa quy định».")
        return redirect(back)
    lead = f"Xóa «{BY_KEY[row.key].label}: {acts.words_of(row)}»."
    context = {"heading": "Xóa quy định của tỉnh", "lead": lead, "back": back, "nav": "awards"}
    return render(request, "web/confirm_page.html", context)


def rule_or_404(request: HttpRequest, pk: int) -> CouncilRule:
    rows = CouncilRule.objects.visible_to(request.user).filter(key__in=BY_KEY).select_related("council")
    return get_object_or_404(rows.filter(council__in=councils_of(actor_of(request))), pk=pk)


def form_page(request: HttpRequest, form: RuleForm, council: Council, key: str) -> HttpResponse:
    rule = BY_KEY[key]
    back = reverse("awards:council-settings", args=[council.pk])
    lead = f"{council}. Luật giao cho tỉnh: {rule.delegated_by}."
    context = {"form": form, "heading": rule.label, "lead": lead, "back": back, "nav": "awards"}
    return render(request, "web/form_page.html", context)
