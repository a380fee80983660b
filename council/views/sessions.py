"""Sessions of the council: the list."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from council.filters import SessionFilter
from council.models import CouncilSession
from khoithidua.web.listing import Column, build_listing


def when(row: CouncilSession) -> Any:
    return row.held_on or row.answers_due


COLUMNS = (
    Column("phien", "Phiên", lambda row: f"{row.number}/{row.year}", ("year", "number")),
    Column("noi-dung", "Nội dung", lambda row: row.title, ("search_key",)),
    Column("hinh-thuc", "Hình thức", lambda row: row.get_kind_display(), ("kind", "-year", "-number")),
    Column("ngay", "Ngày họp hoặc hạn gửi ý kiến", when, ("held_on", "answers_due")),
    Column("so", "Trường hợp", lambda row: row.cases, ("cases",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "-year", "-number")),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = CouncilSession.objects.visible_to(request.user).annotate(cases=Count("items"))
    listing = build_listing(
        request,
        rows,
        title="Phiên họp Hội đồng",
        columns=COLUMNS,
        search=("search_key",),
        filterset=SessionFilter,
        default_sort="-phien",
    )
    if isinstance(listing, HttpResponse):
        return listing
    return render(request, "council/sessions/index.html", {"listing": listing, "nav": "council"})
