"""Plans of the quantitative criteria: the table, one criterion to fill in, locking and unlocking."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.domain.plans import FiguresDoubted, PlanFaults, PlanTable, lock_plans, plan_table, save_plans, unlock_plan
from scoring.domain.tree import Node
from scoring.forms.plans import PlanInput, read_rows, stored_rows
from scoring.forms.sheet_deadlines import UnlockPlanForm
from scoring.views.fetching import visible_year

CONFIRMED = "da-kiem-tra"


def opened(request: HttpRequest, pk: int) -> tuple[BlocYear, PlanTable]:
    year = visible_year(request, pk)
    require(request.user, "scoring.see_plans", year)
    return year, plan_table(year, request.user)


@require_GET
def plans(request: HttpRequest, pk: int) -> HttpResponse:
    year, table = opened(request, pk)
    return plans_page(request, year, table)


def plans_page(
    request: HttpRequest, year: BlocYear, table: PlanTable, doubts: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    context = {
        "year": year,
        "table": table,
        "doubts": doubts,
        "may_lock": any(member.is_open for member in table.members),
        "may_unlock": any(member.is_locked and member.is_settable for member in table.members),
        "tab": "board",
        "nav": "years",
    }
    return render(request, "scoring/plans.html", context, status=status)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """One criterion: each member's plan, beside what it promised."""
    year, table = opened(request, pk)
    node = next((node for node in table.criteria if node.id == criterion_pk), None)
    if node is None:
        raise Http404
    if request.method == "GET":
        return plan_page(request, year, node, stored_rows(table.lines_of(node)))
    return saved(request, year, table, node)


def saved(request: HttpRequest, year: BlocYear, table: PlanTable, node: Node) -> HttpResponse:
    posted = read_rows(table.lines_of(node), request.POST)
    if not posted.is_sound:
        return plan_page(request, year, node, posted)
    values: dict[str, Any] = {"reason": without_controls(request.POST.get("reason", "")), "actor": request.user}
    try:
        count = save_plans(table, node, entries=posted.entries, is_confirmed=CONFIRMED in request.POST, **values)
    except FiguresDoubted as doubt:
        return plan_page(request, year, node, posted, doubts=doubt.sentences)
    except PlanFaults as wrong:
        posted.tell(wrong.faults)
        return plan_page(request, year, node, posted)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return plan_page(request, year, node, posted, status=409)
    messages.success(request, f"Đã lưu kế hoạch của {count} đơn vị." if count else "Không có kế hoạch nào thay đổi.")
    return redirect("scoring:plans", year.pk)


def plan_page(
    request: HttpRequest,
    year: BlocYear,
    node: Node,
    form: PlanInput,
    *,
    doubts: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "year": year,
        "node": node,
        "form": form,
        "doubts": doubts,
        "reason": without_controls(request.POST.get("reason", "")),
        "may_save": any(row.line.member.is_open for row in form.rows),
        "tab": "board",
        "nav": "years",
    }
    return render(request, "scoring/plan.html", context, status=status)


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    year, table = opened(request, pk)
    try:
        done = lock_plans(table, actor=request.user, is_confirmed=CONFIRMED in request.POST)  # type: ignore[arg-type]
    except FiguresDoubted as doubt:
        return plans_page(request, year, table, doubts=doubt.sentences)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã khóa kế hoạch của {len(done)} đơn vị.")
    return redirect("scoring:plans", year.pk)


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the plans of one member again, with a reason."""
    _, table = opened(request, pk)
    form = UnlockPlanForm([each for each in table.members if each.is_locked and each.is_settable], request.POST or None)
    back = reverse("scoring:plans", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            unlock_plan(form.sheet, reason=form.cleaned_data["reason"], actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã mở khóa kế hoạch.")
            return redirect(back)
    context = {"form": form, "heading": "Mở khóa kế hoạch", "back": back, "submit": "Mở khóa"}
    return render(request, "web/form_page.html", context)
