"""The deadline of self-scoring for every member of a bloc-year, and extensions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from scoring.domain.deadlines import extensions_of, grant_extension
from scoring.domain.plans import members_of
from scoring.domain.year_rules import rules_of
from scoring.enums import SheetState
from scoring.forms.sheet_deadlines import ExtensionForm
from scoring.views.fetching import visible_year


@require_http_methods(["GET", "POST"])
def deadlines(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has sent, who was given more time and why, and a form to give more."""
    year = visible_year(request, pk)
    require(request.user, "scoring.see_plans", year)
    members = members_of(year, request.user)
    open_to = [each for each in members if each.is_settable and each.sheet and each.sheet.state == SheetState.DRAFT]
    form = ExtensionForm(open_to, request.POST or None)
    if request.method == "POST" and form.is_valid() and extended(request, form):
        return redirect("scoring:deadlines", year.pk)
    context = {
        "year": year,
        "members": members,
        "extensions": extensions_of(year),
        "closes": rules_of(year).closes_on_due,
        "form": form if open_to and year.scores_due else None,
        "tab": "board",
        "nav": "years",
    }
    return render(request, "scoring/deadlines.html", context)


def extended(request: HttpRequest, form: ExtensionForm) -> bool:
    """Grant what the form asks; False when it was refused, which the form then says."""
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in ("until", "reason")}
    try:
        grant_extension(form.sheet, actor=request.user, today=timezone.localdate(), **values)  # type: ignore[arg-type]
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "Đã gia hạn và báo cho đơn vị.")
    return True
