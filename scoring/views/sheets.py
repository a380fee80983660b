"""Score sheets: the list of all that a person sees, and the one page on which a sheet is worked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from scoring.domain.board import load_sheet
from scoring.domain.cells import AGREEMENT, APPRAISAL, SELF, Step
from scoring.domain.criteria import load_tree
from scoring.domain.ranking import row_of
from scoring.domain.sheets import disqualify, entry_faults, save_agreed, save_appraisal, save_self, undisqualify
from scoring.domain.totals import due_codes
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.workflow import SCORE_SHEET, return_reason
from scoring.enums import SheetState
from scoring.filters import SheetFilter
from scoring.forms.outcome import DisqualifyForm
from scoring.forms.sheets import SheetInput, rows_of
from scoring.models import ScoreSheet
from scoring.views.fetching import visible_sheet

VERBS: dict[str, Any] = {SELF.column: save_self, APPRAISAL.column: save_appraisal, AGREEMENT.column: save_agreed}
COLUMNS = (
    Column("khoi", "Khối, cụm", lambda row: row.bloc_year.bloc.name, ("bloc_year__bloc__sort_key",)),
    Column("nam", "Năm", lambda row: row.bloc_year.year, ("bloc_year__year",)),
    Column("don-vi", "Đơn vị", lambda row: row.agency.name, ("agency__sort_key",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state",)),
    Column("gui-luc", "Gửi lúc", lambda row: row.submitted_at, ("submitted_at",)),
)


@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    rows = ScoreSheet.objects.visible_to(request.user).select_related("bloc_year__bloc", "agency")
    listing = build_listing(
        request,
        rows,
        title="Phiếu chấm điểm",
        columns=COLUMNS,
        search=("agency__search_key", "bloc_year__bloc__search_key"),
        filterset=SheetFilter,
        default_sort="-nam",
    )
    if not isinstance(listing, Listing):
        return listing
    return render(request, "scoring/sheets.html", {"listing": listing, "nav": "sheets"})


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet; for who may write the present step, a form."""
    current = visible_sheet(request, pk)
    step = step_of(request, current)
    if request.method == "POST":
        if step is None:
            require(request.user, "scoring.edit_sheet", current)
            messages.error(request, "Phiếu không sửa được ở bước hiện tại. Hãy tải lại trang.")
            return redirect(current)
        return save(request, current, step)
    return sheet_page(request, current, step)


def step_of(request: HttpRequest, sheet: ScoreSheet) -> Step | None:
    """Which columns this person may write now."""
    if request.user.has_perm("scoring.edit_sheet", sheet):
        return SELF
    if not request.user.has_perm("scoring.appraise_sheet", sheet):
        return None
    return AGREEMENT if sheet.state == SheetState.APPRAISED else APPRAISAL


def save(request: HttpRequest, sheet: ScoreSheet, step: Step) -> HttpResponse:
    tree = load_tree(sheet.criteria_set)
    posted = SheetInput(tree, step, {line.criterion_id: line for line in sheet.lines.all()}, request.POST)
    try:
        write(request, sheet, step, posted)
    except StaleSheet as stale:
        messages.error(request, str(stale))
        return sheet_page(request, sheet, step, posted=posted, faults=posted.differences(), status=409)
    except ScoreFaults as wrong:
        messages.error(request, f"Chưa lưu: {len(wrong.faults)} tiêu chí cần sửa, xem câu nhắc ở từng dòng.")
        return sheet_page(request, sheet, step, posted=posted, faults=wrong.faults)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return sheet_page(request, sheet, step, posted=posted)
    messages.success(request, "Đã lưu phiếu chấm điểm.")
    return redirect(sheet)


def write(request: HttpRequest, sheet: ScoreSheet, step: Step, posted: SheetInput) -> None:
    """The verb of this step on what was typed; what cannot be read is told together with what is refused."""
    if posted.faults:
        refused = entry_faults(step, posted.tree.leaf_by_id, posted.entries)
        raise ScoreFaults(
            {
                code: " ".join(faults[code] for faults in (posted.faults, refused) if code in faults)
                for code in posted.faults | refused
            }
        )
    version = request.POST.get("version", "")
    expected = int(version) if version.isdecimal() else -1
    VERBS[step.column](sheet, entries=posted.entries, actor=request.user, expected=expected)


def sheet_page(
    request: HttpRequest,
    sheet: ScoreSheet,
    step: Step | None,
    *,
    posted: SheetInput | None = None,
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    tree, board = load_sheet(sheet)
    row = row_of(tree, board, None)
    rows = rows_of(tree, board.lines, row.cells, posted=posted, faults=faults)
    context: dict[str, Any] = {"row": row, "rows": rows, "step": step, "column": step.column if step else ""}
    context["all"] = len(due_codes(tree.outline, board.settled))
    context["done"] = context["all"] - len(board.totals.missing)
    context["return_reason"] = return_reason(sheet)
    return render(request, "scoring/sheet.html", frame_of(request, sheet) | context, status=status)


def frame_of(request: HttpRequest, sheet: ScoreSheet) -> dict[str, Any]:
    """What surrounds the table: where we are, what may be done, why the unit is not considered."""
    return {
        "sheet": sheet,
        "year": sheet.bloc_year,
        "tab": "board",
        "nav": "sheets",
        "options": SCORE_SHEET.options(sheet, request.user),  # type: ignore[arg-type]
        "may_disqualify": request.user.has_perm("scoring.decide_sheet", sheet),
    }


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    return perform_posted(request, SCORE_SHEET, visible_sheet(request, pk))


@require_http_methods(["GET", "POST"])
def disqualification(request: HttpRequest, pk: int) -> HttpResponse:
    """Record why a unit is not considered for flags, or lift such a reason."""
    current = visible_sheet(request, pk)
    require(request.user, "scoring.decide_sheet", current)
    form = DisqualifyForm(request.POST or None)
    lifted = request.GET.get("bo", "")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if lifted:
                undisqualify(current, ground=lifted, reason=reason, actor=request.user)  # type: ignore[arg-type]
            else:
                disqualify(current, reason=reason, actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(current)
    heading = "Xét lại đơn vị" if lifted else f"Không xét suy tôn: {current.agency}"
    context = {"form": form, "heading": heading, "lead": lifted, "back": reverse("scoring:sheet", args=[pk])}
    return render(request, "web/form_page.html", context)
