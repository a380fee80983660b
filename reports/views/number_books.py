"""Sổ văn bản: the numbers of an issuer's papers in a year, in order, with gaps and doubles said in words."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from blocs.models import Agency
from blocs.views.fetching import actor_of
from khoithidua.web.listing import Column, build_listing
from reports.documents.registry import KINDS
from reports.domain.number_book import book_rows, books_of, doubles_in, series_of
from reports.filters import BookFilter
from reports.models import IssuedDocument
from reports.views.documents import kind_title

TITLES = {kind: each.title for kind, each in KINDS.items()}
COLUMNS = (
    Column("so", "Số", lambda row: row.number, ("number", "symbol")),
    Column("ky-hieu", "Số, ký hiệu", lambda row: row.full_number, ("symbol", "number")),
    Column("ngay", "Ngày ban hành", lambda row: row.issued_on, ("issued_on", "number")),
    Column("loai", "Loại văn bản", kind_title, ("kind", "number")),
    Column("trich-yeu", "Trích yếu", lambda row: row.title, ("search_key",)),
    Column("khoi", "Khối, cụm", lambda row: str(row.bloc_year), ("bloc_year__bloc__sort_key", "bloc_year__year")),
    Column("nguoi-ky", "Người ký", lambda row: row.signer_name),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every book that this person may open."""
    context = {"books": books_of(actor_of(request)), "nav": "documents"}
    return render(request, "reports/number_books.html", context)


@require_GET
def book(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One book; who keeps it sees all of it, everybody else none."""
    issuer, rows = kept_book(request, pk, year)
    listing = build_listing(
        request,
        rows.select_related("bloc_year__bloc"),
        title=f"Sổ văn bản {issuer.label} năm {year}",
        columns=COLUMNS,
        search=("search_key", "bloc_year__bloc__search_key"),
        filterset=BookFilter,
        default_sort="ky-hieu",
    )
    if isinstance(listing, HttpResponse):
        return listing
    kept = book_rows(issuer, year)
    context = {"issuer": issuer, "year_of_issue": year, "listing": listing, "nav": "documents"}
    context |= {"series": series_of(kept), "doubles": doubles_in(kept), "kinds": TITLES}
    return render(request, "reports/number_book.html", context)


def kept_book(request: HttpRequest, pk: int, year: int) -> tuple[Agency, QuerySet[IssuedDocument]]:
    """The issuer and its papers of the year, for who keeps the book."""
    issuer = get_object_or_404(Agency.objects.visible_to(request.user).select_related("council"), pk=pk)
    rows = IssuedDocument.objects.visible_to(request.user).filter(issuer=issuer, issued_year=year)
    if not request.user.has_perm("reports.see_number_book", issuer) or not rows.exists():
        raise Http404
    return issuer, rows
