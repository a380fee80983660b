"""The board of a round on its page: members, counts, and for the province's the blocs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from blocs.models import Agency
from blocs.tables.access import access_of
from khoithidua.web.listing import Column, Listing, build_listing
from reports.domain.rounding.board import board_rows, counts_of, matrix_of, status_words, timing_words
from reports.domain.rounding.reporters import Excused, excused_in
from reports.filters_rounds import MembersFilter, ProvinceMembersFilter
from reports.models import ReportRound

BLOC = Column(
    "khoi", "Khối, cụm", lambda row: row.bloc_year.bloc.name, ("bloc_year__bloc__sort_key", "agency__sort_key")
)
COLUMNS = (
    Column("don-vi", "Đơn vị", lambda row: row.agency.name, ("agency__sort_key",)),
    Column("trang-thai", "Trạng thái", status_words, ("status", "agency__sort_key")),
    Column("gui", "Gửi lúc", lambda row: row.sent_at, ("sent_at",)),
    Column("han", "Hạn gửi", lambda row: row.due_on, ("due_on", "agency__sort_key")),
    Column("thoi-han", "Đúng hạn, muộn", timing_words, ("timing", "agency__sort_key")),
    Column("gia-han", "Lý do gia hạn", lambda row: row.extension_reason or ""),
)


def board_of(request: HttpRequest, found: ReportRound) -> dict[str, Any] | HttpResponse:
    """Members with their reports: all for who watches the round, one's own agencies' else. An export comes whole."""
    watches = request.user.has_perm("reports.watch_round", found)
    own = access_of(request.user).agency_ids
    excused = excused_in([found])
    rows = board_rows(found, today=timezone.localdate(), excused=excused)
    rows = rows if watches else rows.filter(agency__in=own)
    listing = listing_of(request, found, rows)
    if not isinstance(listing, Listing):
        return listing
    lines = [(row, status_words(row), timing_words(row), row.agency_id in own) for row in listing.page]
    elsewhere = [(agency, bloc) for (_, agency), bloc in excused_at(found, excused) if watches or agency in own]
    board = {"listing": listing, "lines": lines, "watches": watches, "elsewhere": names_of(request, elsewhere)}
    return board | totals_of(found, rows, excused, watches=watches)


def listing_of(request: HttpRequest, found: ReportRound, rows: Any) -> Listing | HttpResponse:
    is_province = found.bloc_year_id is None
    return build_listing(
        request,
        rows,
        title=found.title,
        columns=(BLOC, *COLUMNS) if is_province else COLUMNS,
        search=("agency__search_key",),
        filterset=ProvinceMembersFilter if is_province else MembersFilter,
        default_sort="khoi" if is_province else "don-vi",
    )


def excused_at(found: ReportRound, excused: Excused) -> list[tuple[tuple[int, int], str]]:
    """Of a bloc's round its own members alone."""
    return [each for each in excused.items() if found.bloc_year_id is None or each[0][0] == found.pk]


def totals_of(found: ReportRound, rows: Any, excused: Excused, *, watches: bool) -> dict[str, Any]:
    if found.bloc_year_id is None:
        matrix = matrix_of(found, today=timezone.localdate(), excused=excused)
        return {"matrix": matrix, "counts": matrix.total}
    return {"counts": counts_of(rows.order_by().values_list("status", "timing")) if watches else None}


def names_of(request: HttpRequest, pairs: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """Names of who reports in another bloc; no query where there is none."""
    if not pairs:
        return []
    rows = Agency.objects.visible_to(request.user).filter(pk__in=[pk for pk, _ in pairs])
    names = dict(rows.values_list("pk", "name"))
    return sorted({(names[pk], bloc) for pk, bloc in pairs if pk in names})
