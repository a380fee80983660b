"""Explanation: the unit answers line by line where the appraisal differs, once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from scoring.domain.explaining import Disputed, disputed_lines, is_over, save_answers
from scoring.domain.wording import StaleSheet
from scoring.domain.workflow import SCORE_SHEET
from scoring.forms.checking import FRESH, UNTOUCHED, Attempt, LineRow, answer_cells, read_line, row_of_line
from scoring.models import ScoreSheet
from scoring.views.evidence_lists import evidence_by_line
from scoring.views.fetching import visible_sheet

BUTTONS = ("ask", "explain", "end_explanation")


@require_http_methods(["GET", "POST"])
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that differ, side by side; the unit's own people write the answers."""
    sheet = visible_sheet(request, pk)
    if request.method == "POST":
        require(request.user, "scoring.explain_sheet", sheet)
        return save(request, sheet)
    return explanation_page(request, sheet, disputed_lines(sheet))


def save(request: HttpRequest, sheet: ScoreSheet) -> HttpResponse:
    lines = disputed_lines(sheet)
    typed = {each.node.id: read_line(request.POST, f"c{each.node.id}", answer_cells(each)) for each in lines}
    answers = {pk: line.changed["answer"] for pk, line in typed.items() if line.changed}
    versions = {pk: line.version for pk, line in typed.items()}
    try:
        save_answers(sheet, answers=answers, actor=request.user, expected=versions)  # type: ignore[arg-type]
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        status = 409 if isinstance(refusal, StaleSheet) else 200
        return explanation_page(request, sheet, disputed_lines(sheet), Attempt(typed, status=status))
    messages.success(request, "Đã lưu giải trình. Lãnh đạo đơn vị ký gửi khi đã đủ các dòng.")
    return redirect("scoring:explanation", sheet.pk)


def explanation_page(
    request: HttpRequest, sheet: ScoreSheet, lines: Sequence[Disputed], tried: Attempt = FRESH
) -> HttpResponse:
    options = SCORE_SHEET.options(sheet, request.user)  # type: ignore[arg-type]
    context: dict[str, Any] = {"sheet": sheet, "year": sheet.bloc_year, "tab": "board", "nav": "sheets"}
    context["rows"] = rows_of(request.user, sheet, lines, tried)
    context["options"] = [each for each in options if each.transition.name in BUTTONS]
    context["may_write"] = request.user.has_perm("scoring.explain_sheet", sheet) and not is_over(sheet)
    context["is_over"] = is_over(sheet)
    context["act_url"] = reverse("scoring:sheet-act", args=[sheet.pk])
    return render(request, "scoring/explanation.html", context, status=tried.status)


def rows_of(user: Any, sheet: ScoreSheet, lines: Sequence[Disputed], tried: Attempt) -> list[LineRow]:
    files = evidence_by_line(user, [sheet.pk])
    return [
        row_of_line(
            each,
            f"c{each.node.id}",
            answer_cells(each),
            typed=tried.typed.get(each.node.id, UNTOUCHED),
            version=each.line.version,
            evidence=files.get((sheet.pk, each.node.id), ()),
        )
        for each in lines
    ]
