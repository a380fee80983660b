"""Decisions: the list, and one of them with its names."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from council.domain.decisions.lines import ORDERS
from council.domain.decisions.page import context_of, lines_of, shown_lines
from council.filters_decisions import DecisionFilter, LineFilter, matching
from council.models import Decision
from council.views.decision_fetching import actor_of, decision_or_404
from khoithidua.web.listing import Column, Listing, build_listing

COLUMNS = (
    Column("so", "Số, ký hiệu", lambda row: row.full_number, ("issued_year", "number")),
    Column("ngay", "Ngày ban hành", lambda row: row.issued_on, ("issued_on", "number")),
    Column("trich-yeu", "Trích yếu", lambda row: row.title, ("search_key",)),
    Column("ban-hanh", "Ban hành", lambda row: row.issuer.name, ("issuer__name", "issued_on")),
    Column("loai", "Loại", lambda row: row.get_kind_display(), ("kind", "issued_on")),
    Column("truong-hop", "Trường hợp", lambda row: row.cases, ("cases",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "issued_on")),
)

NAMES = (
    Column("stt", "STT", lambda row: row.position, ("position",)),
    Column("ten", "Tên", lambda row: row.name, ("subject__person_sort_key", "position")),
    Column("chuc-vu", "Chức vụ", lambda row: row.post),
    Column("don-vi", "Đơn vị, địa chỉ", lambda row: row.unit),
    Column("hinh-thuc", "Danh hiệu, hình thức", lambda row: row.award.name, ("award__position", "position")),
    Column(
        "trinh", "Đơn vị trình", lambda row: row.agency.label if row.agency else "", ("agency__sort_key", "position")
    ),
)
MONEY = Column("tien", "Tiền thưởng (đồng)", lambda row: row.amount, ("amount", "position"))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = matching(Decision.objects.visible_to(request.user), request.GET.get("q", ""))
    listing = build_listing(
        request,
        rows.select_related("issuer").annotate(cases=Count("lines")),
        title="Quyết định khen thưởng",
        columns=COLUMNS,
        filterset=DecisionFilter,
        default_sort="-ngay",
    )
    if isinstance(listing, HttpResponse):
        return listing
    return render(request, "council/decisions/index.html", {"listing": listing, "nav": "council"})


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    context = context_of(decision, actor_of(request))
    listing = names_of(request, decision, may_write=context["may_write"])
    if not isinstance(listing, Listing):
        return listing
    in_order = listing.sort == "stt" and not listing.query
    shown = shown_lines(list(listing.page), in_order=in_order)
    context |= {"listing": listing, "shown": shown, "orders": ORDERS, "nav": "council"}
    return render(request, "council/decisions/decision.html", context)


def names_of(request: HttpRequest, decision: Decision, *, may_write: bool) -> Listing | HttpResponse:
    """The names, searched and paged; what they are paid is the standing body's to read."""
    return build_listing(
        request,
        lines_of(decision),
        title=f"Danh sách kèm theo {decision}",
        columns=(*NAMES, MONEY) if may_write else NAMES,
        search=("search_key",),
        filterset=LineFilter,
        default_sort="stt",
    )
