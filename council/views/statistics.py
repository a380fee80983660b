"""Biểu thống kê 0601.N to 0605.N: the form, the rows behind a number, and what the standing body types."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from awards.domain.conflicts import Conflict
from blocs.models import Council, Movement
from blocs.tables.access import access_of
from council.domain.practice.page import councils_seen_by
from council.domain.register.reading import entry_of, matching, with_papers
from council.domain.statistics.form_typed import TYPED
from council.domain.statistics.forms import TITLES
from council.domain.statistics.notes import CIRCULAR, DUE, UNVERIFIED
from council.domain.statistics.periods import Period, chosen, periods_of
from council.domain.statistics.reading import Behind, figures_of, read_form, rows_behind
from council.domain.statistics.structure import Form, head_rows, number_cells
from council.domain.statistics.typing_figures import WRITE, save_figures
from council.forms.statistics import FiguresForm
from council.views.fetching import actor_of
from council.views.register import COLUMNS, SHOWN
from khoithidua.web.guards import require
from khoithidua.web.labels import label_of
from khoithidua.web.listing import Column, Listing, build_listing

READ = "council.read_statistics"
CONFLICT = 409
YEARS_BACK = 15


def council_or_404(request: HttpRequest, pk: int, code: str) -> Council:
    """The council whose figures these are, for its standing body."""
    council = get_object_or_404(councils_seen_by(actor_of(request)), pk=pk)
    require(request.user, READ, council)
    if code not in TITLES:
        raise Http404
    return council


def period_of(request: HttpRequest) -> Period:
    return chosen(request.GET.get("nam", ""), request.GET.get("ky", ""), timezone.localdate())


def width_of(form: Form) -> int:
    """Columns of the table, with those of the labels."""
    return len(form.columns) + (3 if form.has_units else 2)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The councils whose standing body this person works in; a single one opens at once."""
    require(request.user, "council.see_office")
    actor = actor_of(request)
    councils = list(councils_seen_by(actor).filter(pk__in=access_of(actor).standing_ids))
    if len(councils) == 1:
        return redirect("council:statistics-form", councils[0].pk, "0601")
    return render(request, "council/statistics/choice.html", {"councils": councils, "nav": "council"})


@require_safe
def page(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    council = council_or_404(request, pk, code)
    today = timezone.localdate()
    found = read_form(council, code, period_of(request), reader=request.user, today=today)
    context = {
        "found": found,
        "heads": head_rows(found.form),
        "numbers": number_cells(found.form),
        "told": {"issued": CIRCULAR, "due": DUE, "unverified": UNVERIFIED},
        "choices": choices(found.period, today.year),
        "width": width_of(found.form),
    }
    return render(request, "council/statistics/form.html", context | frame(council, code, found.period))


def frame(council: Council, code: str, period: Period) -> dict[str, Any]:
    """What all pages of a form say of it."""
    return {
        "council": council,
        "code": code,
        "titles": TITLES,
        "period": period,
        "query": f"nam={period.year}&ky={period.key}",
        "nav": "council",
    }


def choices(period: Period, this_year: int) -> dict[str, Any]:
    """Years and periods on offer; a year outside the usual ones stays chosen."""
    years = {*range(this_year, this_year - YEARS_BACK, -1), period.year}
    return {"years": sorted(years, reverse=True), "periods": list(periods_of(period.year))}


@require_safe
def rows(request: HttpRequest, pk: int, code: str, year: int, key: str, row: str, column: str) -> HttpResponse:
    """The rows behind one number: as many as it says."""
    council = council_or_404(request, pk, code)
    period = chosen(str(year), key, timezone.localdate())
    behind = rows_behind(council, code, period, row, column, reader=request.user)
    if behind is None or (period.year, period.key) != (year, key):
        raise Http404
    listing = movement_list(request, behind) if code == "0601" else award_list(request, behind)
    if not isinstance(listing, Listing):
        return listing
    context = {"listing": listing, "behind": behind} | frame(council, code, period)
    if code == "0601":
        lines = [(each, span(each)) for each in listing.page]
        return render(request, "council/statistics/movements.html", context | {"lines": lines})
    entries = [entry_of(each) for each in listing.page]
    shown = replace(listing, columns=[each for each in COLUMNS if each.key in SHOWN])
    return render(request, "council/statistics/awards.html", context | {"listing": shown, "entries": entries})


def award_list(request: HttpRequest, behind: Behind) -> Listing | HttpResponse:
    found = matching(with_papers(behind.rows), request.user, request.GET.get("q", ""))
    return build_listing(request, found, title=behind.words, columns=COLUMNS, default_sort="ten")


def span(row: Movement) -> str:
    """ "2021 - 2025"; "…" for the end that is not known."""
    return f"{row.starts or '…'} - {row.ends or '…'}" if row.starts or row.ends else ""


MOVEMENT_COLUMNS = (
    Column("ten", "Phong trào", lambda row: row.name, ("search_key",)),
    Column("pham-vi", "Phạm vi", lambda row: label_of(row, "scope"), ("scope", "search_key")),
    Column("hinh-thuc", "Hình thức", lambda row: label_of(row, "kind"), ("kind", "search_key")),
    Column("thoi-gian", "Thời gian", span, ("starts", "ends")),
    Column("phat-dong", "Phát động", lambda row: row.launched_by),
    Column("ngay", "Ngày phát động", lambda row: row.launched_on, ("launched_on",)),
)


def movement_list(request: HttpRequest, behind: Behind) -> Listing | HttpResponse:
    found = behind.rows.prefetch_related("carried_out__bloc_year__bloc")
    return build_listing(
        request, found, title=behind.words, columns=MOVEMENT_COLUMNS, search=("search_key",), default_sort="ten"
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Figures of 0604 and 0605 of a year."""
    council = council_or_404(request, pk, code)
    require(request.user, WRITE, council)
    if code not in TYPED:
        raise Http404
    period, status = period_of(request), 200
    saved = figures_of(council, code, period.year, request.user)
    form = FiguresForm(request.POST or None, form=TYPED[code](), saved=saved)
    if request.method == "POST" and form.is_valid():
        status = save(request, form, council, period.year)
        if status == 302:
            here = reverse("council:statistics-form", args=[council.pk, code])
            return redirect(f"{here}?nam={period.year}")
    context = {"form": form, "of": form.of, "width": len(form.of.columns) + 2} | frame(council, code, period)
    return render(request, "council/statistics/figures.html", context, status=status)


def save(request: HttpRequest, form: FiguresForm, council: Council, year: int) -> int:
    """302 when the figures were written, 409 when somebody else changed the same ones."""
    given: dict[str, Any] = {"values": form.values(), "base": form.base(), "actor": actor_of(request)}
    try:
        count = save_figures(council, form.of.code, year, **given)
    except Conflict as conflict:
        form.tell(conflict)
        return CONFLICT
    messages.success(request, f"Đã lưu {count} số liệu." if count else "Không có số liệu nào thay đổi.")
    return 302
