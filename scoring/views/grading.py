"""The bands by which a draft criteria set grades its units."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from scoring.domain.grading_checks import set_grading
from scoring.forms.standing import GradingForm
from scoring.views.fetching import visible_set


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    current = visible_set(request, pk)
    require(request.user, "scoring.edit_criteria", current)
    form = GradingForm(request.POST or None, criteria_set=current)
    if request.method == "POST" and form.is_valid():
        try:
            set_grading(current, grading=form.grading(), actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi mức xếp loại.")
            return redirect("scoring:criteria", current.bloc_year_id)
    back = reverse("scoring:criteria", args=[current.bloc_year_id])
    return render(request, "scoring/standing_grading.html", {"form": form, "set": current, "back": back})
