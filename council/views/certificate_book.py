"""Sổ bằng: every certificate that has a number, and the numbers of books begun on paper."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from blocs.views.attempts import attempt
from council.domain.certificates.book import begin_book
from council.domain.decisions.corrections import CORRECTIONS, now_of
from council.filters_certificates import BookFilter, in_book
from council.forms.certificates import BeginBookForm
from council.models import DecisionLine
from council.views.decision_fetching import actor_of, council_of, issuers_of
from khoithidua.web.listing import Column, Listing, build_listing


def where_of(row: DecisionLine) -> str:
    now = now_of(row)
    return ", ".join(part for part in (now.post, now.unit) if part)


COLUMNS = (
    Column("so", "Số vào sổ", lambda row: row.book_number, ("book_year", "book_number")),
    Column("nam", "Năm", lambda row: row.book_year, ("book_year", "book_number")),
    Column("hinh-thuc", "Danh hiệu, hình thức", lambda row: row.award.name, ("award__position", "book_number")),
    Column("ten", "Người, tập thể, hộ được tặng", lambda row: now_of(row).name, ("subject__person_sort_key",)),
    Column("don-vi", "Chức vụ, đơn vị, địa chỉ", where_of),
    Column("quyet-dinh", "Quyết định", lambda row: row.decision.full_number, ("decision__number", "position")),
    Column("ngay", "Ngày", lambda row: row.decision.issued_on, ("decision__issued_on", "position")),
    Column("ban-hanh", "Cơ quan ban hành", lambda row: row.decision.issuer.name, ("decision__issuer__name",)),
    Column("huy", "Hủy bỏ ngày", lambda row: row.revoked_on, ("revoked_on", "book_number")),
)


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    council = council_of(request)
    rows: Any = DecisionLine.objects.visible_to(request.user).filter(decision__council=council)
    rows = rows.filter(book_number__isnull=False).select_related("decision__issuer", "award")
    listing = build_listing(
        request,
        in_book(rows.prefetch_related(Prefetch("later", CORRECTIONS, to_attr="corrections")), request.GET.get("q", "")),
        title="Sổ bằng",
        columns=COLUMNS,
        filterset=BookFilter,
        default_sort="-so",
    )
    if not isinstance(listing, Listing):
        return listing
    shown = [(row, now_of(row)) for row in listing.page]
    return render(request, "council/certificates/book.html", {"listing": listing, "shown": shown, "nav": "council"})


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The last number of a book that was kept before the system."""
    council = council_of(request)
    form, made = BeginBookForm(request.POST or None, issuers=issuers_of(request, council.pk)), None
    if request.method == "POST":
        made = attempt(form, lambda: begin_book(**form.cleaned_data, actor=actor_of(request)))
    if made is not None:
        messages.success(request, f"Đã đặt. Bằng tiếp theo của sổ này lấy số {made.last + 1}.")
        return redirect("council:certificate-book")
    lead = "Dành cho sổ đã có bằng được cấp số trước khi dùng hệ thống; số mới nối tiếp số cũ."
    context = {"form": form, "heading": "Đặt số bắt đầu của sổ bằng", "lead": lead, "nav": "council", "tab": "layouts"}
    return render(
        request, "council/decisions/form.html", context | {"back": reverse("council:certificate-book"), "submit": "Đặt"}
    )
