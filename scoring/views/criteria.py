"""The criteria table on the page: read by members, edited while it is a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from khoithidua.web.guards import require
from scoring.domain.arranging import move_criterion
from scoring.domain.criteria import add_criterion, change_criterion, change_set, remove_criterion
from scoring.domain.foreseeing import foresee_opening
from scoring.domain.starting import EXAMPLES_ARE_NO_RULES, start_set
from scoring.domain.table_page import table_page
from scoring.domain.workflow import CRITERIA_SET
from scoring.enums import SetState
from scoring.forms.criteria import CriteriaSetForm, CriterionForm, StartForm
from scoring.models import CriteriaSet, Criterion
from scoring.views.fetching import newest_set, visible_set, visible_year


@require_GET
def criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version that this reader may see."""
    year = visible_year(request, pk)
    return show(request, year, newest_set(request, year), is_newest=True)


@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Any one version, to be read."""
    current = visible_set(request, pk)
    year = visible_year(request, current.bloc_year_id)
    return show(request, year, current, is_newest=current == newest_set(request, year))


def show(request: HttpRequest, year: BlocYear, current: CriteriaSet | None, *, is_newest: bool) -> HttpResponse:
    may_edit = request.user.has_perm("scoring.edit_criteria", year)
    context: dict[str, Any] = {"year": year, "tab": "criteria", "nav": "years", "set": current}
    context |= {"may_edit": may_edit, "is_newest": is_newest}
    if current is not None:
        current.bloc_year = year
        context["page"] = table_page(current, opened=request.GET.get("mo", ""), checked=may_edit)
        context["versions"] = versions = versions_of(request, year)
        context["in_force"] = current == next((each for each in versions if each.state != SetState.DRAFT), None)
        context["editing"] = may_edit and is_newest and current.state == SetState.DRAFT
        context["foreseen"] = foresee_opening(current) if context["editing"] and len(versions) > 1 else None
        if is_newest:
            context["options"] = CRITERIA_SET.options(current, request.user)  # type: ignore[arg-type]
    return render(request, "scoring/criteria.html", context)


def versions_of(request: HttpRequest, year: BlocYear) -> list[CriteriaSet]:
    """The versions of the year that this reader may see, the newest first."""
    return list(CriteriaSet.objects.visible_to(request.user).filter(bloc_year=year).order_by("-version"))


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a set: from last year's, from an example, or empty."""
    year = visible_year(request, pk)
    require(request.user, "scoring.edit_criteria", year)
    form = StartForm(request.POST or None, bloc_year=year)
    if request.method == "POST" and form.is_valid():
        start_set(year, source=form.cleaned_data["source"], actor=request.user)  # type: ignore[arg-type]
        messages.success(request, "Đã lập bộ tiêu chí dự thảo. Hãy sửa rồi đưa vào áp dụng.")
        return redirect("scoring:criteria", year.pk)
    words: Any = {"heading": "Lập bộ tiêu chí", "submit": "Lập bộ tiêu chí", "lead": EXAMPLES_ARE_NO_RULES}
    return form_page(request, form, year_pk=year.pk, **words)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    year = visible_year(request, pk)
    require(request.user, "scoring.edit_criteria", year)
    current = newest_set(request, year)
    if current is None:
        messages.error(request, "Khối chưa có bộ tiêu chí. Hãy lập bộ tiêu chí trước.")
        return redirect("scoring:criteria", year.pk)
    return perform_posted(request, CRITERIA_SET, current)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Scale, order of tie-breaks, and the note of an amendment."""
    current = editable_set(request, pk)
    form = CriteriaSetForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        fresh = CriteriaSet.objects.visible_to(request.user).get(pk=pk)
        if saved(request, form, lambda: change_set(fresh, values=values, actor=request.user)):  # type: ignore[arg-type]
            return redirect("scoring:criteria", current.bloc_year_id)
    return form_page(request, form, heading="Thang điểm và thứ tự phân hạng", year_pk=current.bloc_year_id)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    current = editable_set(request, pk)
    form = CriterionForm(request.POST or None, criteria_set=current, initial={"parent": request.GET.get("nhom")})
    if request.method == "POST" and form.is_valid():
        values = form.values()
        made: list[Criterion] = []
        if saved(request, form, lambda: made.append(add_criterion(current, actor=request.user, **values))):  # type: ignore[arg-type]
            return redirect(row_url(current, made[0].pk))
    return criterion_page(request, form, current, heading="Thêm tiêu chí")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    current = editable_set(request, pk)
    criterion = get_object_or_404(current.criteria, pk=criterion_pk)
    form = CriterionForm(request.POST or None, criteria_set=current, criterion=criterion)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        act = lambda: change_criterion(criterion, values=values, actor=request.user)  # type: ignore[arg-type]  # noqa: E731
        if saved(request, form, act):
            return redirect(row_url(current, criterion.pk))
    return criterion_page(request, form, current, heading=f"Sửa tiêu chí {criterion.code}")


@require_POST
def move(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """One place up or down among its siblings: a button each, without a script."""
    current = editable_set(request, pk)
    criterion: Criterion = get_object_or_404(current.criteria, pk=criterion_pk)
    up = request.POST.get("huong") != "xuong"
    saved(request, None, lambda: move_criterion(criterion, up=up, actor=request.user))  # type: ignore[arg-type]
    return redirect(row_url(current, criterion.pk))


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    current = editable_set(request, pk)
    criterion: Criterion = get_object_or_404(current.criteria, pk=criterion_pk)
    back = reverse("scoring:criteria", args=[current.bloc_year_id])
    if request.method == "POST":
        if saved(request, None, lambda: remove_criterion(criterion, actor=request.user)):  # type: ignore[arg-type]
            messages.success(request, f"Đã xóa tiêu chí {criterion.code}.")
        return redirect(back)
    lead = f"Xóa «{criterion}» cùng mọi tiêu chí bên trong khỏi bộ tiêu chí dự thảo?"
    context = {"heading": f"Xóa tiêu chí {criterion.code}", "lead": lead, "back": back}
    return render(request, "web/confirm_page.html", context)


def editable_set(request: HttpRequest, pk: int) -> CriteriaSet:
    current = visible_set(request, pk)
    require(request.user, "scoring.edit_criteria", current)
    return current


def row_url(criteria_set: CriteriaSet, criterion_pk: int) -> str:
    """The table again, opened at one criterion."""
    return f"{criteria_set.get_absolute_url()}?mo={criterion_pk}#tc-{criterion_pk}"


def saved(request: HttpRequest, form: Any, verb: Any) -> bool:
    """Run a verb of the domain; its refusal becomes a sentence on the form, or at the top."""
    try:
        verb()
    except TransitionRefused as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            form.add_error(None, str(refusal))
        return False
    return True


def criterion_page(request: HttpRequest, form: CriterionForm, current: CriteriaSet, *, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": reverse("scoring:criteria", args=[current.bloc_year_id])}
    return render(request, "scoring/criterion_form.html", context)


def form_page(
    request: HttpRequest, form: Any, *, heading: str, year_pk: int, submit: str = "Lưu", lead: str = ""
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "lead": lead}
    context["back"] = reverse("scoring:criteria", args=[year_pk])
    return render(request, "web/form_page.html", context)
