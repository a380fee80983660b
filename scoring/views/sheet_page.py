"""The one page on which a sheet is worked: what surrounds the table, and its rows."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from scoring.domain.authority import foreign_ids
from scoring.domain.autosaving import stored_lines
from scoring.domain.board import load_sheet
from scoring.domain.cells import APPRAISAL, SELF, Step
from scoring.domain.deadlines import deadline_objection, deadline_of
from scoring.domain.lateness import delays_of, lateness_codes
from scoring.domain.plans import is_planned, reported_actuals
from scoring.domain.progress import progress_of
from scoring.domain.ranking import row_of
from scoring.domain.tree import Tree
from scoring.domain.workflow import SCORE_SHEET, return_reason
from scoring.enums import SheetState
from scoring.forms.sheets import Extras, SheetInput, rows_of
from scoring.models import ScoreSheet


def sheet_page(
    request: HttpRequest,
    sheet: ScoreSheet,
    step: Step | None,
    *,
    posted: SheetInput | None = None,
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; ``posted`` keeps what was typed, ``faults`` stand beside their lines."""
    tree, board = load_sheet(sheet)
    row = row_of(tree, board, None)
    extras = Extras(faults or {}, evidence_counts(sheet), reported_of(sheet, tree, step))
    context: dict[str, Any] = {"row": row, "step": step, "column": step.column if step else ""}
    context["rows"] = rows_of(tree, stored_lines(sheet), row.cells, posted=posted, extras=extras)
    context["foreign"] = foreign_ids(sheet, tree, request.user) if step is APPRAISAL else frozenset()
    context["progress"] = progress_of([sheet])[sheet.pk]
    context["return_reason"] = return_reason(sheet)
    context["delays"] = delays_of(sheet.bloc_year, sheet.agency_id) if lateness_codes(tree) else []
    return render(request, "scoring/sheet.html", frame_of(request, sheet) | context, status=status)


def evidence_counts(sheet: ScoreSheet) -> Counter[int]:
    """Files and links by criterion: who sees the sheet sees its evidence, so no scope is asked again."""
    return Counter(sheet.evidence.order_by().values_list("criterion_id", flat=True))


def reported_of(sheet: ScoreSheet, tree: Tree, step: Step | None) -> dict[int, Any]:
    """For who fills in the sheet: the year's figures that the unit has reported to the pledge already."""
    planned = [node for node in tree.leaves if is_planned(node)]
    return reported_actuals(sheet, planned) if step is SELF and planned else {}


def frame_of(request: HttpRequest, sheet: ScoreSheet) -> dict[str, Any]:
    """What surrounds the table: where we are, until when, what may be done, why the unit is not considered."""
    return {
        "sheet": sheet,
        "year": sheet.bloc_year,
        "tab": "board",
        "nav": "sheets",
        "options": SCORE_SHEET.options(sheet, request.user),  # type: ignore[arg-type]
        "may_appraise": request.user.has_perm("scoring.appraise_sheet", sheet),
        "may_disqualify": request.user.has_perm("scoring.decide_sheet", sheet),
        **deadline_words(sheet),
    }


def deadline_words(sheet: ScoreSheet) -> dict[str, Any]:
    """While the sheet is a draft: its last day, and what its passing means."""
    if sheet.state != SheetState.DRAFT:
        return {}
    today = timezone.localdate()
    deadline = deadline_of(sheet)
    return {
        "deadline": deadline,
        "deadline_objection": deadline_objection(sheet, today=today) if deadline.refuses(today) else "",
        "days_over": deadline.days_late(today) if deadline.is_over(today) else 0,
    }
