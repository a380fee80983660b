"""Who leads next year, the handover, and next year's bloc made from this one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.workflow import Option, TransitionRefused
from blocs.domain import succession as domain
from blocs.domain.foundation import copy_forward as copy_year_forward
from blocs.domain.timeline import steps_of
from blocs.domain.warned import open_things
from blocs.domain.workflow import BLOC_YEAR
from blocs.enums import Role
from blocs.forms.succession import SuccessionForm
from blocs.models import BlocYear
from blocs.views.attempts import attempt
from blocs.views.years import fetched
from khoithidua.web.guards import require


@require_http_methods(["GET", "POST"])
def succession(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Any = request.user
    bloc_year = fetched(request, pk)
    agreed = domain.succession_of(bloc_year)
    data = request.POST if request.method == "POST" else None
    members = list(bloc_year.memberships.select_related("agency__successor").in_order())
    suggested = domain.suggested_head(members)
    choices = domain.choices_for(members)
    form = SuccessionForm(data, bloc_year=bloc_year, agreed=agreed, choices=choices, suggested=suggested)
    if request.method == "POST":
        require(actor, "blocs.run_year", bloc_year)
        if saved(request, form, bloc_year):
            return redirect("blocs:succession", pk)
    context = page(bloc_year, actor) | {"form": form, "agreed": agreed, "suggested": suggested, "year": bloc_year}
    return render(request, "blocs/succession.html", context | {"nav": "years"})


def saved(request: HttpRequest, form: SuccessionForm, bloc_year: BlocYear) -> bool:
    """Save what was agreed, or save and hand over, as the button says."""
    verb, done = domain.agree, "Đã lưu trưởng khối năm sau."
    if request.POST.get("act") == "hand_over":
        verb, done = domain.hand_over, "Đã bàn giao. Năm thi đua khép lại."
    actor: Any = request.user
    if not attempt(form, lambda: verb(bloc_year=bloc_year, agreement=form.agreement(), actor=actor)):
        return False
    messages.success(request, done)
    return True


def page(bloc_year: BlocYear, user: Any) -> dict[str, Any]:
    """What the page says besides the form."""
    following = domain.next_year_of(bloc_year)
    hand_over = hand_over_option(bloc_year, user)
    next_head = following.memberships.filter(role=Role.HEAD).select_related("agency").first() if following else None
    return {
        "may_run": user.has_perm("blocs.run_year", bloc_year),
        "may_create": user.has_perm("blocs.create_year", bloc_year),
        "hand_over": hand_over,
        "still_open": open_things(steps_of(bloc_year, user)) if hand_over else (),
        "next_year": following,
        "next_head": next_head,
    }


def hand_over_option(bloc_year: BlocYear, user: Any) -> Option | None:
    return next((each for each in BLOC_YEAR.options(bloc_year, user) if each.transition.name == "hand_over"), None)


@require_POST
def copy_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Next year's bloc, once: a second click leads to the same year."""
    actor: Any = request.user
    bloc_year = fetched(request, pk)
    require(actor, "blocs.create_year", bloc_year)
    existed = domain.next_year_of(bloc_year) is not None
    try:
        made = copy_year_forward(bloc_year, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("blocs:succession", pk)
    if existed:
        messages.info(request, f"Khối đã có năm {made.year} từ trước; không lập thêm.")
    else:
        messages.success(request, f"Đã lập {made}. Hãy kiểm tra thành viên và trưởng khối.")
    return redirect("blocs:members", made.pk)
