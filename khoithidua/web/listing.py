"""One list for all pages: search without accents, filters, sorting, paging, export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from khoithidua.web.downloads import xlsx_response
from khoithidua.web.text import search_key, tidy

PER_PAGE = 25
EXPORT_LIMIT = 20_000
TOO_LONG = "Hãy lọc bớt, ví dụ theo năm, rồi xuất từng phần."
CHUNK = 2_000  # rows read at a time for an export


@dataclass(frozen=True)
class Column:
    """A column: its header, the value for the export, and the order it sorts by, if any."""

    key: str
    label: str
    value: Callable[[Any], Any]
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """What a list page shows; templates read it, ``web/listing.html`` draws its controls."""

    page: Page[Any]
    columns: Sequence[Column]
    filter: Any
    query: str
    sort: str
    total: int
    filtered: bool

    def next_sort(self, key: str) -> str:
        return f"-{key}" if self.sort == key else key


def build_listing(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    title: str,
    columns: Sequence[Column],
    search: Sequence[str] = (),
    filterset: Any = None,
    default_sort: str = "",
) -> Listing | HttpResponse:
    """The page of ``rows`` that the request asks for, or the whole filtered list as XLSX.

    ``search`` names columns that hold search keys; ``filterset`` is a django-filter class.
    ``?q=``, ``?sap=``, ``?trang=`` and ``?xuat=xlsx`` are read from the address. An export is whole or none: beyond
    ``EXPORT_LIMIT`` rows the list comes back with a sentence.
    """
    narrowed = narrow(request, rows, columns=columns, search=search, filterset=filterset, default_sort=default_sort)
    found, chosen = narrowed.rows, narrowed.filter
    if request.GET.get("xuat") == "xlsx":
        return exported(request, found, title, columns)
    paginator = Paginator(found, PER_PAGE)
    page = paginator.get_page(request.GET.get("trang"))
    used = bool(narrowed.query) or (chosen is not None and any(request.GET.get(name) for name in chosen.filters))
    return Listing(page, columns, chosen, narrowed.query, narrowed.sort, paginator.count, used)


def exported(request: HttpRequest, found: QuerySet[Any], title: str, columns: Sequence[Column]) -> HttpResponse:
    if (total := found.count()) > EXPORT_LIMIT:
        messages.error(request, f"Danh sách có {total} dòng, một tệp Excel chứa tối đa {EXPORT_LIMIT}. {TOO_LONG}")
        query = request.GET.copy()
        del query["xuat"]
        return redirect(f"{request.path}?{query.urlencode()}")
    rows = found.iterator(chunk_size=CHUNK)
    return xlsx_response(
        title, [each.label for each in columns], ([each.value(row) for each in columns] for row in rows)
    )


@dataclass(frozen=True)
class Narrowed:
    """Rows as the address asks for them, and what it asked."""

    rows: QuerySet[Any]
    filter: Any
    query: str
    sort: str


def narrow(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    columns: Sequence[Column],
    search: Sequence[str] = (),
    filterset: Any = None,
    default_sort: str = "",
) -> Narrowed:
    """``rows`` searched, filtered and sorted as ``build_listing`` does; no query."""
    query = tidy(request.GET.get("q", ""))[:200]
    chosen = filterset(request.GET, queryset=rows, request=request) if filterset else None
    found = chosen.qs if chosen is not None else rows
    for word in search_key(query).split():
        found = found.filter(any_of(search, word))
    sort = request.GET.get("sap", default_sort)
    return Narrowed(ordered(found, columns, sort, default_sort), chosen, query, sort)


def any_of(fields: Sequence[str], word: str) -> Q:
    condition = Q()
    for name in fields:
        condition |= Q(**{f"{name}__contains": word})
    return condition


def ordered(rows: QuerySet[Any], columns: Sequence[Column], sort: str, default: str) -> QuerySet[Any]:
    """``rows`` in the order asked for; an unknown order is the default one."""
    by_key = {column.key: column.order for column in columns if column.order}
    chosen = sort if sort.lstrip("-") in by_key else default
    if not chosen:
        return rows
    sign = "-" if chosen.startswith("-") else ""
    names = by_key.get(chosen.lstrip("-"), ())
    return rows.order_by(*(flip(name, sign) for name in names), "pk")


def flip(name: str, sign: str) -> str:
    if not sign:
        return name
    return name[1:] if name.startswith("-") else f"-{name}"
