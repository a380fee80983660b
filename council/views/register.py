"""Sổ khen thưởng: every award that was decided, and the history of one recipient."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from awards.enums import AwardLevel
from awards.models import AwardRecord
from council.domain.register.history import recipient_of
from council.domain.register.reading import entry_of, matching, register_of, with_papers
from council.filters_register import RegisterFilter
from council.views.fetching import actor_of
from khoithidua.web.labels import label_of
from khoithidua.web.listing import Column, build_listing


def agency_of(row: AwardRecord) -> str:
    agency = entry_of(row).agency
    return agency.label if agency else ""


def revoked_by(row: AwardRecord) -> str:
    found = entry_of(row).revocation
    return found.full_number if found else ""


BY_AGENCY = ("decision_line__agency__sort_key", "subject__agency__sort_key", "-year")
COLUMNS = (
    Column("ten", "Họ tên, tên tập thể, hộ", lambda row: entry_of(row).name, ("subject__person_sort_key", "-year")),
    Column("chuc-vu", "Chức vụ", lambda row: entry_of(row).post),
    Column("noi", "Đơn vị công tác, địa chỉ", lambda row: entry_of(row).unit),
    Column("don-vi", "Đơn vị trình, quản lý", agency_of, BY_AGENCY),
    Column("hinh-thuc", "Danh hiệu, hình thức", lambda row: row.award.name, ("award__position", "-year")),
    Column("cap", "Cấp", lambda row: label_of(row.award, "level"), ("award__level", "-year")),
    Column("loai", "Loại hình", lambda row: label_of(row, "category"), ("category", "-year")),
    Column("nam", "Năm thành tích", lambda row: row.year, ("year", "decided_on")),
    Column("so", "Số quyết định", lambda row: row.decision_number, ("decision_number", "decided_on")),
    Column("ngay", "Ngày quyết định", lambda row: row.decided_on, ("decided_on", "year")),
    Column("ban-hanh", "Cơ quan, người quyết định", lambda row: row.issuer),
    Column("nguon", "Nguồn", lambda row: label_of(row, "source")),
    Column("huy", "Hủy bỏ, thu hồi ngày", lambda row: row.revoked_on, ("revoked_on", "-year")),
    Column("huy-theo", "Theo quyết định", revoked_by),
)
# What the page shows; the file holds all.
SHOWN = ("ten", "don-vi", "hinh-thuc", "nam", "so", "ngay")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = matching(with_papers(register_of(request.user)), request.user, request.GET.get("q", ""))
    listing = build_listing(
        request, rows, title="Sổ khen thưởng", columns=COLUMNS, filterset=RegisterFilter, default_sort="-nam"
    )
    if isinstance(listing, HttpResponse):
        return listing
    entries = [entry_of(row) for row in listing.page]
    shown = replace(listing, columns=[column for column in COLUMNS if column.key in SHOWN])
    context = {"listing": shown, "entries": entries, "nav": "council"}
    return render(request, "council/register/index.html", context)


@require_GET
def recipient(request: HttpRequest, pk: int) -> HttpResponse:
    """Awards of one subject in order of time; a merged subject leads to the one kept."""
    found = recipient_of(actor_of(request), pk)
    if found is None:
        raise Http404
    if found.subject.pk != pk:
        return redirect("council:recipient", found.subject.pk)
    context = {"recipient": found, "levels": AwardLevel.labels, "nav": "council"}
    return render(request, "council/register/recipient.html", context)
