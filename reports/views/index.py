"""All reports and reviews that a person sees, over the years; the council's board of rounds."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from blocs.models import BlocYear
from blocs.tables.access import access_of
from khoithidua.web.listing import Column, Listing, build_listing
from reports.domain.rounds import round_of
from reports.enums import ReviewKind
from reports.filters import AgencyReportFilter, BlocReviewFilter, BoardFilter
from reports.models import AgencyReport, BlocReview

YEAR = Column("nam", "Năm", lambda row: row.bloc_year.year, ("bloc_year__year", "bloc_year__bloc__sort_key"))
BLOC = Column(
    "khoi", "Khối, cụm", lambda row: row.bloc_year.bloc.name, ("bloc_year__bloc__sort_key", "-bloc_year__year")
)
KIND = Column("ky", "Kỳ báo cáo", lambda row: row.get_kind_display(), ("-kind", "-bloc_year__year"))
STATE = Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "-bloc_year__year"))
REPORT_COLUMNS = (
    YEAR,
    BLOC,
    Column("don-vi", "Đơn vị", lambda row: row.agency.name, ("agency__sort_key", "-bloc_year__year")),
    KIND,
    STATE,
    Column("gui", "Gửi lúc", lambda row: row.sent_at, ("sent_at",)),
)
REVIEW_COLUMNS = (YEAR, BLOC, KIND, STATE)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Agencies' reports."""
    rows = AgencyReport.objects.visible_to(request.user).select_related("agency", "bloc_year__bloc")
    listing = build_listing(
        request,
        rows,
        title="Báo cáo của đơn vị",
        columns=REPORT_COLUMNS,
        search=("agency__search_key", "bloc_year__bloc__search_key"),
        filterset=AgencyReportFilter,
        default_sort="-nam",
    )
    return listed(request, listing, "reports/index.html", "reports")


@require_GET
def index_reviews(request: HttpRequest) -> HttpResponse:
    """Blocs' reviews."""
    rows = BlocReview.objects.visible_to(request.user).select_related("bloc_year__bloc")
    listing = build_listing(
        request,
        rows,
        title="Báo cáo của khối",
        columns=REVIEW_COLUMNS,
        search=("bloc_year__bloc__search_key",),
        filterset=BlocReviewFilter,
        default_sort="-nam",
    )
    return listed(request, listing, "reports/index_reviews.html", "reviews")


@require_GET
def index_board(request: HttpRequest) -> HttpResponse:
    """Both rounds of every bloc of the council, for its standing body."""
    standing = access_of(request.user).standing_ids
    if not standing:
        raise PermissionDenied
    listing = build_listing(
        request,
        board_rows(request).filter(bloc__council__in=standing),
        title="Tình hình báo cáo của các khối",
        columns=BOARD_COLUMNS,
        search=("bloc__search_key",),
        filterset=BoardFilter,
        default_sort="-nam",
    )
    return listed(request, listing, "reports/board.html", "board")


def board_rows(request: HttpRequest) -> Any:
    """Bloc-years with members counted, and with the reports and reviews that the reader sees."""
    user: Any = request.user
    return (
        BlocYear.objects.visible_to(user)
        .select_related("bloc")
        .annotate(members=Count("memberships"))
        .prefetch_related(
            "report_rounds__extensions",
            Prefetch("agency_reports", AgencyReport.objects.visible_to(user), to_attr="sent_reports"),
            Prefetch("reviews", BlocReview.objects.visible_to(user), to_attr="open_reviews"),
        )
    )


def round_words(row: Any, kind: ReviewKind) -> str:
    """ "3/4 đã gửi, 01 muộn"; said so when the deadline has passed."""
    found = round_of(row, kind, row.members, row.sent_reports)
    words = f"{found.sent}/{found.members} đã gửi"
    if found.late:
        words += f", {found.late} gửi muộn"
    if found.missing and found.due is not None and found.due < timezone.localdate():
        words += f", {found.missing} quá hạn"
    return words


def review_words(row: Any, kind: ReviewKind) -> str:
    review = next((each for each in row.open_reviews if each.kind == kind), None)
    return review.get_state_display() if review else "Chưa duyệt"


def board_column(key: str, label: str, words: Any, kind: ReviewKind) -> Column:
    return Column(key, label, lambda row: words(row, kind))


BOARD_COLUMNS = (
    Column("nam", "Năm", lambda row: row.year, ("year", "bloc__sort_key")),
    Column("khoi", "Khối, cụm", lambda row: row.bloc.name, ("bloc__sort_key", "-year")),
    board_column("bao-cao-6-thang", "Báo cáo 6 tháng của đơn vị", round_words, ReviewKind.MID_YEAR),
    board_column("so-ket", "Báo cáo sơ kết của khối", review_words, ReviewKind.MID_YEAR),
    board_column("bao-cao-nam", "Báo cáo năm của đơn vị", round_words, ReviewKind.ANNUAL),
    board_column("tong-ket", "Báo cáo tổng kết của khối", review_words, ReviewKind.ANNUAL),
)


def listed(request: HttpRequest, listing: Any, template: str, tab: str) -> HttpResponse:
    if isinstance(listing, HttpResponse):
        return listing
    context = {
        "listing": listing,
        "rows": board_lines(listing) if tab == "board" else [],
        "has_board": bool(access_of(request.user).standing_ids),
        "tab": tab,
        "nav": "reports",
    }
    return render(request, template, context)


def board_lines(listing: Listing) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Each bloc-year of the page with the columns after its year and name."""
    return [(row, [(column.label, column.value(row)) for column in BOARD_COLUMNS[2:]]) for row in listing.page]
