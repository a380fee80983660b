"""Saving what was typed into a sheet: the whole page by its button, a single line while one types."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from khoithidua.web.numbers import plain_number
from scoring.domain.agreeing import take_rest
from scoring.domain.autosaving import Saved, saved_line, stored_lines
from scoring.domain.cells import AGREEMENT, APPRAISAL, SELF, Step
from scoring.domain.criteria import load_tree
from scoring.domain.sheets import save_agreed, save_appraisal, save_self
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.writing import entry_faults
from scoring.enums import SheetState
from scoring.forms.sheets import SheetInput, seen_of
from scoring.models import ScoreSheet
from scoring.views.fetching import visible_sheet
from scoring.views.sheet_page import sheet_page

VERBS: dict[str, Any] = {SELF.column: save_self, APPRAISAL.column: save_appraisal, AGREEMENT.column: save_agreed}
NO_STEP = "Phiếu không sửa được ở bước hiện tại. Hãy tải lại trang."
SAVED = 200
CONFLICT = 409
REFUSED = 422


def step_of(request: HttpRequest, sheet: ScoreSheet) -> Step | None:
    """Which columns this person may write now."""
    if request.user.has_perm("scoring.edit_sheet", sheet):
        return SELF
    if not request.user.has_perm("scoring.appraise_sheet", sheet):
        return None
    return AGREEMENT if sheet.state == SheetState.APPRAISED else APPRAISAL


def read_posted(request: HttpRequest, sheet: ScoreSheet, step: Step, data: Mapping[str, str]) -> SheetInput:
    is_fresh = data.get("version", "") == str(sheet.version)
    return SheetInput(load_tree(sheet.criteria_set), step, stored_lines(sheet), data, is_fresh=is_fresh)


def save(request: HttpRequest, sheet: ScoreSheet, step: Step) -> HttpResponse:
    """The whole page, by its button."""
    posted = read_posted(request, sheet, step, request.POST)
    try:
        done = press(request, sheet, step, posted)
    except StaleSheet as stale:
        messages.error(request, str(stale))
        told = posted.differences(stale.codes)
        return sheet_page(request, sheet, step, posted=posted, faults=told, status=CONFLICT)
    except ScoreFaults as wrong:
        messages.error(request, f"Chưa lưu: {len(wrong.faults)} tiêu chí cần sửa, xem câu nhắc ở từng dòng.")
        return sheet_page(request, sheet, step, posted=posted, faults=wrong.faults)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return sheet_page(request, sheet, step, posted=posted)
    messages.success(request, done)
    return redirect(sheet)


def press(request: HttpRequest, sheet: ScoreSheet, step: Step, posted: SheetInput) -> str:
    """Do what the pressed button says; the sentence to show."""
    if step is not AGREEMENT or request.POST.get("lam") != "lay-diem":
        write(request, sheet, step, posted)
        return "Đã lưu phiếu chấm điểm."
    refuse_unread(step, posted)
    actor: Any = request.user
    count = take_rest(sheet, entries=posted.entries, actor=actor, expected=posted.expected)
    return f"Đã lấy điểm thẩm định cho {count} dòng còn lại."


def write(request: HttpRequest, sheet: ScoreSheet, step: Step, posted: SheetInput) -> None:
    """The verb of this step on what was typed; what cannot be read is told together with what is refused."""
    refuse_unread(step, posted)
    VERBS[step.column](sheet, entries=posted.entries, actor=request.user, expected=posted.expected)


def refuse_unread(step: Step, posted: SheetInput) -> None:
    """ScoreFaults while a cell cannot be read."""
    if posted.faults:
        refused = entry_faults(step, posted.tree.leaf_by_id, posted.entries)
        raise ScoreFaults(
            {
                code: " ".join(faults[code] for faults in (posted.faults, refused) if code in faults)
                for code in posted.faults | refused
            }
        )


@require_POST
def line(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """One line, saved while one types: what stands now, or the sentence to show beside it."""
    sheet = visible_sheet(request, pk)
    step = step_of(request, sheet)
    if step is None:
        require(request.user, "scoring.edit_sheet", sheet)
        return JsonResponse({"fault": NO_STEP}, status=REFUSED)
    data = {name: str(value) for name, value in request.POST.items() if is_of_line(str(name), criterion_pk)}
    posted = read_posted(request, sheet, step, data | {f"c{criterion_pk}": "1", "version": str(sheet.version)})
    if criterion_pk not in posted.tree.leaf_by_id:
        raise Http404
    told, status = attempt(request, sheet, step, posted)
    if status in (SAVED, CONFLICT):
        told |= renewed(saved_line(sheet, criterion_pk), criterion_pk)
    return JsonResponse(told, status=status)


def attempt(request: HttpRequest, sheet: ScoreSheet, step: Step, posted: SheetInput) -> tuple[dict[str, Any], int]:
    """Write one line: the words for beside it, and the status of the answer."""
    try:
        write(request, sheet, step, posted)
    except StaleSheet as stale:
        return {"fault": f"{stale} {' '.join(posted.differences(stale.codes).values())}"}, CONFLICT
    except ScoreFaults as wrong:
        return {"fault": " ".join(wrong.faults.values())}, REFUSED
    except TransitionRefused as refusal:
        return {"fault": str(refusal)}, REFUSED
    return {"saved": f"Đã lưu lúc {timezone.localtime():%H:%M}"}, SAVED


def is_of_line(name: str, criterion_pk: int) -> bool:
    return name.startswith(f"c{criterion_pk}-")


def renewed(saved: Saved, criterion_pk: int) -> dict[str, Any]:
    """What the page renews: the seen line, its computed points and what cannot be computed, the sheet's figures."""
    node = saved.row.tree.leaf_by_id[criterion_pk]
    cell = saved.row.cells[node.code]
    standing = saved.row.standing
    return {
        "seen": seen_of(saved.line),
        "points": "–" if cell.computed is None else plain_number(cell.computed),
        "note": cell.fault,
        "progress": str(saved.progress),
        "total": "chưa đủ" if standing.total is None else plain_number(standing.total),
        "base": "chưa đủ" if standing.base is None else plain_number(standing.base),
        "bonus": plain_number(standing.bonus),
        "deduction": plain_number(standing.deduction),
        "percent": "chưa đủ" if standing.percent is None else f"{plain_number(standing.percent)}%",
    }
