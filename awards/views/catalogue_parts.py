"""Adding, changing and removing the parts of the catalogue: periods, rates, papers, names, salaries, entries."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain import catalogue_editing as acts
from awards.domain.catalogue_parts import ENTRY, PARTS, Part, award_of
from awards.forms.catalogue import PART_FORMS
from awards.models import AwardForm
from awards.views.catalogue import PERMISSION
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """A further part of the award ``code``."""
    award = get_object_or_404(AwardForm.objects.visible_to(request.user), code=code)
    found = part_or_404(part)
    if found.of_award == "never":
        raise Http404
    return add(request, found, award)


@require_http_methods(["GET", "POST"])
def new_common(request: HttpRequest, part: str) -> HttpResponse:
    """A further part that belongs to no single award."""
    found = part_or_404(part)
    if found.of_award == "always":
        raise Http404
    return add(request, found, None)


def add(request: HttpRequest, part: Part, award: AwardForm | None) -> HttpResponse:
    require(request.user, PERMISSION)
    form: Any = PART_FORMS[part.code](request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"award": award, "fields": form.cleaned_data, "actor": actor_of(request)}
        if attempt(form, lambda: acts.add_part(part, **given)):
            messages.success(request, f"Đã thêm {part.words}.")
            return redirect(place_of(part, award))
    return page(request, form, f"Thêm {part.words}", part, award)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    found = part_or_404(part)
    row = row_or_404(request, found, pk)
    require(request.user, PERMISSION)
    form: Any = PART_FORMS[found.code](request.POST or None, instance=row)
    form.remember(getattr(row, "version", 0))
    if request.method == "POST" and form.is_valid():
        given = {"fields": form.cleaned_data, "seen": form.seen_version(), "actor": actor_of(request)}
        if attempt(form, lambda: acts.change_part(row, **given)):
            messages.success(request, f"Đã lưu {found.words}.")
            return redirect(place_of(found, award_of(row)))
        form.renew(getattr(row_or_404(request, found, pk), "version", 0))
    return page(request, form, f"Sửa {found.words}", found, award_of(row))


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    found = part_or_404(part)
    row = row_or_404(request, found, pk)
    require(request.user, PERMISSION)
    back = place_of(found, award_of(row))
    if request.method == "POST":
        try:
            acts.remove_part(row, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã xóa {found.words}.")
        return redirect(back)
    context = {"heading": f"Xóa {found.words}", "lead": f"Xóa «{row}».", "back": back, "nav": "awards"}
    return render(request, "web/confirm_page.html", context)


def part_or_404(code: str) -> Part:
    if code not in PARTS:
        raise Http404
    return PARTS[code]


def row_or_404(request: HttpRequest, part: Part, pk: int) -> Any:
    return get_object_or_404(part.model.objects.visible_to(request.user), pk=pk)


def place_of(part: Part, award: AwardForm | None) -> str:
    """The page that shows such rows."""
    if award is not None:
        return award.get_absolute_url()
    return reverse("awards:rule-entries" if part is ENTRY else "awards:catalogue-common")


def page(request: HttpRequest, form: Any, heading: str, part: Part, award: AwardForm | None) -> HttpResponse:
    lead = str(award) if award is not None else ""
    context = {"form": form, "heading": heading, "lead": lead, "back": place_of(part, award), "nav": "awards"}
    return render(request, "web/form_page.html", context)
