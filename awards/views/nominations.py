"""Nominations: adding several, one page, editing, taking away."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.checking import renew
from awards.domain.conflicts import Conflict
from awards.domain.grounds import ground_of
from awards.domain.nominations import (
    FIELDS,
    add_nominations,
    choosable_subjects,
    names_of,
    relied_mark,
    remove_nomination,
    revise_nomination,
)
from awards.domain.opened import opened_targets
from awards.enums import SubjectKind
from awards.forms.dossiers import AddForm
from awards.forms.nominations import NominationForm
from awards.models import Dossier, Nomination
from awards.views.dossiers import CLOSED, CONFLICT
from awards.views.fetching import actor_of, nomination_or_404, own_dossier, own_nomination
from awards.views.nomination_page import context_of
from khoithidua.web.guards import require
from khoithidua.web.text import search_key, tidy, without_controls

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Several subjects of the register proposed for one award."""
    dossier = own_dossier(request, pk)
    require(request.user, "awards.edit_dossier", dossier)
    form = AddForm(request.POST or None, subjects=choosable_subjects(dossier))
    if request.method == "POST" and form.is_valid():
        try:
            done = add_nominations(dossier, actor=actor_of(request), **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_added(request, done)
            return redirect(dossier)
    return render(request, "awards/nominations_add.html", adding(request, dossier, form))


def tell_added(request: HttpRequest, done: Any) -> None:
    if done.made:
        messages.success(request, f"Đã thêm {len(done.made)} trường hợp.")
    if done.already:
        names = names_of(each.name for each in done.already)
        messages.warning(request, f"Đã có trong hồ sơ với hình thức này nên không thêm lại: {names}.")


def adding(request: HttpRequest, dossier: Dossier, form: AddForm) -> dict[str, Any]:
    """The page of subjects to choose from: searched by name, by kind."""
    query, kind = tidy(request.GET.get("q", ""))[:200], request.GET.get("loai", "")
    rows = choosable_subjects(dossier).select_related("agency").order_by("person_sort_key", "pk")
    for word in search_key(query).split():
        rows = rows.filter(search_key__contains=word)
    if kind in SubjectKind.values:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    chosen = set(request.POST.getlist("subjects"))
    context = {"dossier": dossier, "form": form, "page": page, "query": query, "kind": kind, "nav": "awards"}
    return context | {"kinds": SubjectKind.choices, "chosen": chosen}


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = nomination_or_404(request, pk)
    renew([nomination])
    return render(request, "awards/nomination.html", context_of(request, nomination))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The snapshot, branch, attestations and initiatives; while being supplemented what was asked for alone."""
    nomination = own_nomination(request, pk)
    form = form_of(request, nomination)
    if not [name for name in form.fields if name != "base"]:
        messages.warning(request, CLOSED)
        return redirect(nomination)
    if request.method == "POST" and form.is_valid():
        try:
            save(request, nomination, form)
        except Conflict as conflict:
            form.tell(conflict)
            return edit_page(request, nomination, form, CONFLICT)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lưu «{nomination.name}».")
            return redirect(nomination)
    return edit_page(request, nomination, form)


def form_of(request: HttpRequest, nomination: Nomination) -> NominationForm:
    opened = opened_targets(nomination.dossier)
    only = None if opened.everything else opened.of_kind("field", nomination.pk)
    form = NominationForm(request.POST or None, instance=copy(nomination), ground=ground_of(nomination), only=only)
    chosen = relied_mark(nomination.initiative_uses.values_list("initiative", flat=True))
    more = {"initiatives": chosen} if "initiatives" in form.fields else {}
    form.remember(nomination, [name for name in FIELDS if name in form.fields], more)
    return form


def save(request: HttpRequest, nomination: Nomination, form: NominationForm) -> None:
    given: dict[str, Any] = {"fields": form.values(), "initiatives": form.initiatives(), "base": form.base()}
    revise_nomination(nomination, actor=actor_of(request), **given)


def edit_page(request: HttpRequest, nomination: Nomination, form: NominationForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "nomination": nomination, "ground": form.ground, "nav": "awards"}
    return render(request, "awards/nomination_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = own_nomination(request, pk)
    dossier = nomination.dossier
    require(request.user, "awards.edit_dossier", dossier)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        try:
            remove_nomination(nomination, reason=reason, actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã bỏ «{nomination.name}» khỏi hồ sơ.")
        return redirect(dossier)
    lead = (
        f"Bỏ «{nomination.name}» ({nomination.award}) khỏi hồ sơ {dossier.code}? Báo cáo thành tích và giấy tờ của "
        "trường hợp này cũng bị bỏ; tên và mã băm của tệp được giữ trong lịch sử của hồ sơ."
    )
    context = {"heading": "Bỏ trường hợp đề nghị", "lead": lead, "back": nomination.get_absolute_url()}
    context |= {"submit": "Bỏ khỏi hồ sơ", "nav": "awards"}
    return render(request, "web/confirm_page.html", context)
