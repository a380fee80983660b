"""Why units are not considered: what was recorded, what the records suggest, and lifting it again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from scoring.domain.disqualifying import disqualify, sheets_with_grounds, undisqualify
from scoring.domain.frozen import frozen_sentence
from scoring.domain.ranking import consolidated
from scoring.domain.sheets import set_women_70
from scoring.domain.suspecting import confirm_suggestion, suggestions
from scoring.forms.standing import GroundForm, LiftForm, WomenForm
from scoring.models import ScoreSheet
from scoring.views.fetching import visible_sheet, visible_year


@require_GET
def grounds(request: HttpRequest, pk: int) -> HttpResponse:
    """All grounds of the bloc, and what the records suggest, for who runs the scores."""
    year = visible_year(request, pk)
    require(request.user, "scoring.see_board", year)
    sheets = sheets_with_grounds(year)
    mine = {sheet.pk for sheet in sheets if request.user.has_perm("scoring.decide_sheet", sheet)}
    found = suggestions(year, consolidated(year, texts=False), today=timezone.localdate())
    context: dict[str, Any] = {"year": year, "tab": "standing", "nav": "years", "sheets": sheets, "mine": mine}
    context["suggestions"], context["frozen"] = found, frozen_sentence(year)
    return render(request, "scoring/standing_grounds.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion becomes a ground: ``phieu`` is the sheet, ``goi-y`` its code."""
    year = visible_year(request, pk)
    require(request.user, "scoring.see_board", year)
    named = request.POST.get("phieu", "")
    sheet = next((each for each in sheets_with_grounds(year) if str(each.pk) == named), None)
    if sheet is None:
        raise Http404
    require(request.user, "scoring.decide_sheet", sheet)
    code, today, actor = request.POST.get("goi-y", ""), timezone.localdate(), request.user
    try:
        confirm_suggestion(year, sheet=sheet, code=code, today=today, actor=actor)  # type: ignore[arg-type]
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã ghi lý do không xét.")
    return redirect("scoring:grounds", pk)


@require_http_methods(["GET", "POST"])
def disqualification(request: HttpRequest, pk: int) -> HttpResponse:
    """Record why a unit is not considered, or lift the ground that the address names (``?bo=``)."""
    current = visible_sheet(request, pk)
    require(request.user, "scoring.decide_sheet", current)
    lifted = request.GET.get("bo", "")
    form = (LiftForm if lifted else GroundForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and written(request, form, current, lifted):
        return redirect(current)
    heading = "Xét lại đơn vị" if lifted else f"Không xét suy tôn: {current.agency}"
    context = {"form": form, "heading": heading, "lead": lifted, "back": reverse("scoring:sheet", args=[pk])}
    return render(request, "web/form_page.html", context)


@require_http_methods(["GET", "POST"])
def women(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether most of the unit are women: a tie-break, told by who judges the sheet, never by the unit."""
    current = visible_sheet(request, pk)
    require(request.user, "scoring.decide_sheet", current)
    form = WomenForm(request.POST or None, value=current.women_70)
    if request.method == "POST" and form.is_valid():
        try:
            set_women_70(current, value=form.value(), actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi tỷ lệ nữ.")
            return redirect(current)
    context = {"form": form, "heading": f"Tỷ lệ nữ: {current.agency}", "back": reverse("scoring:sheet", args=[pk])}
    return render(request, "web/form_page.html", context)


def written(request: HttpRequest, form: Any, sheet: ScoreSheet, lifted: str) -> bool:
    actor: Any = request.user
    try:
        if lifted:
            undisqualify(sheet, ground=lifted, reason=form.cleaned_data["reason"], actor=actor)
        else:
            disqualify(sheet, actor=actor, **form.values())
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "Đã bỏ lý do không xét." if lifted else "Đã ghi lý do không xét.")
    return True
