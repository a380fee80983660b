"""Score sheets: the list of all that a person sees, and the one page on which a sheet is worked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from scoring.domain.progress import progress_of
from scoring.domain.workflow import SCORE_SHEET
from scoring.filters import SheetFilter
from scoring.models import ScoreSheet
from scoring.views.fetching import visible_sheet
from scoring.views.sheet_page import sheet_page
from scoring.views.sheet_saving import NO_STEP, save, step_of

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
    found = progress_of(listing.page.object_list)
    shown = [(row, found[row.pk]) for row in listing.page.object_list]
    return render(request, "scoring/sheets.html", {"listing": listing, "shown": shown, "nav": "sheets"})


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet; for who may write the present step, a form."""
    current = visible_sheet(request, pk)
    step = step_of(request, current)
    if request.method == "POST":
        if step is None:
            require(request.user, "scoring.edit_sheet", current)
            messages.error(request, NO_STEP)
            return redirect(current)
        return save(request, current, step)
    return sheet_page(request, current, step)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    return perform_posted(request, SCORE_SHEET, visible_sheet(request, pk))
