"""The ranking as it is locked: the way there, every version, and reopening."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.downloads import attachment, file_name
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.domain.deciding_ties import decide_tie, ties_of
from scoring.domain.grading import grades_of
from scoring.domain.ranking import DECISION, Row, Table, consolidated
from scoring.domain.standing import is_intact, lock_objections, lock_standing, reopen_standing
from scoring.domain.standing_content import canonical
from scoring.forms.standing import TieForm
from scoring.models import LockedStanding, ScoreSheet
from scoring.views.fetching import visible_year


@require_GET
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of the year; for who may lock, what still stands in the way."""
    year = visible_year(request, pk)
    rows = LockedStanding.objects.visible_to(request.user).filter(bloc_year=year).defer("content")
    versions = list(rows.select_related("locked_by", "reopened_by").order_by("-version"))
    context: dict[str, Any] = {"year": year, "tab": "standing", "nav": "years", "versions": versions}
    context["in_force"] = next((each for each in versions if each.reopened_at is None), None)
    context["may_lock"] = context["may_reopen"] = request.user.has_perm("scoring.lock_standing", year)
    if context["may_lock"] and context["in_force"] is None:
        table = consolidated(year, texts=False)
        context["objections"] = lock_objections(year, table, confirm_ties=True)
        context |= live_part(table)
    return render(request, "scoring/standing.html", context)


def live_part(table: Table) -> dict[str, Any]:
    """The ranks that locking would freeze now, with grades, and the shared ones among them."""
    grades = grades_of(table)
    decides = table.criteria_set is not None and DECISION in table.criteria_set.tie_break
    rows = [(row.standing, grades.get(row.standing.sheet_id)) for row in table.rows]
    ties = [(tied[0].standing.rank, [row.standing.agency.label for row in tied]) for tied in ties_of(table)]
    return {"rows": rows, "has_grades": bool(grades), "ties": ties, "decides": decides}


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    year = visible_year(request, pk)
    require(request.user, "scoring.lock_standing", year)
    actor: Any = request.user
    try:
        made = lock_standing(year, actor=actor, confirm_ties="van-dong-hang" in request.POST)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("scoring:standing", pk)
    messages.success(request, f"Đã khóa kết quả xếp hạng, phiên bản {made.version}.")
    return redirect(made)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The order of the units that share the rank ``?hang=``; 404 when none do any more."""
    year = visible_year(request, pk)
    require(request.user, "scoring.lock_standing", year)
    tied = shared_rank(consolidated(year, texts=False), request.GET.get("hang", ""))
    form = TieForm(request.POST or None, tied=tied)
    back = reverse("scoring:standing", args=[pk])
    if request.method == "POST" and form.is_valid():
        sheets = {sheet.pk: sheet for sheet in ScoreSheet.objects.visible_to(request.user).filter(pk__in=form.ids)}
        order, actor = [sheets[each] for each in form.order() if each in sheets], request.user
        try:
            decide_tie(year, sheets=order, reason=form.cleaned_data["reason"], actor=actor)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi thứ tự của các đơn vị bằng nhau.")
            return redirect(back)
    return render(request, "scoring/standing_tie.html", {"form": form, "tied": tied, "back": back})


def shared_rank(table: Table, rank: str) -> list[Row]:
    for tied in ties_of(table):
        if str(tied[0].standing.rank) == rank:
            return tied
    raise Http404


@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """What was locked, and nothing else: the page reads no score of today."""
    current = visible_standing(request, pk)
    if request.GET.get("xuat") == "json":
        name = file_name(f"{current}", "json")
        return attachment(canonical(current.content), name=name, content_type="application/json")
    context: dict[str, Any] = {"standing": current, "year": current.bloc_year, "tab": "standing", "nav": "years"}
    context["content"], context["intact"] = current.content, is_intact(current)
    context["has_grades"] = any(unit.get("grade") for unit in current.content["units"])
    context["lines"] = lines_of(current.content) if "chi-tiet" in request.GET else []
    context["may_reopen"] = current.reopened_at is None and request.user.has_perm("scoring.lock_standing", current)
    return render(request, "scoring/standing_version.html", context)


def lines_of(content: dict[str, Any]) -> list[tuple[dict[str, Any], list[str | None]]]:
    """Each criterion with the official points of every unit, as they were frozen."""
    return [
        (
            node,
            [
                unit["groups"].get(node["code"])
                if node["kind"] == "group"
                else unit["lines"][node["code"]].get("official")
                for unit in content["units"]
            ],
        )
        for node in content["criteria"]
    ]


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    current = visible_standing(request, pk)
    require(request.user, "scoring.lock_standing", current)
    if request.method == "POST":
        try:
            reopen_standing(current, reason=without_controls(request.POST.get("reason", "")), actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã mở lại kết quả xếp hạng. Phiên bản cũ vẫn xem được.")
            return redirect("scoring:standing", current.bloc_year_id)
    lead = f"Mở lại «{current}»? Các phiếu trở về trạng thái đã thống nhất; lần khóa sau là phiên bản mới."
    context = {"heading": "Mở lại kết quả xếp hạng", "lead": lead, "submit": "Mở lại"}
    return render(request, "web/confirm_page.html", context | {"back": current.get_absolute_url()})


def visible_standing(request: HttpRequest, pk: int) -> LockedStanding:
    rows = LockedStanding.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("bloc_year__bloc", "locked_by", "reopened_by"), pk=pk)
