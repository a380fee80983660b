"""One dossier: its head, the live check, its papers, its nominations, what may be done with it."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.domain.workflow import Option
from awards.domain.bloc_papers import paper_lines
from awards.domain.checking import renew_dossier
from awards.domain.checklist import checklist_of
from awards.domain.history import results_hidden
from awards.domain.money_of import money_of
from awards.domain.opened import Opened, open_supplements, opened_targets
from awards.domain.panel import panel_of
from awards.domain.supplements import supplement_lines
from awards.domain.workflow import DOSSIER
from awards.enums import DossierState
from awards.filters import NominationFilter
from awards.law.branches import article_of
from awards.models import Dossier, Nomination
from awards.views.fetching import dossier_or_404, makes, stands_for
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.listing import Column, Listing, build_listing

PER_PAGE = 50
SHOWN = ("position", "name", "unit", "post", "branch", "verdict", "state", "dossier", "award__name")
TONES = {"eligible": "success", "ineligible": "danger", "needs-decision": "warning"}
COLUMNS = (
    Column("stt", "STT", lambda row: row.position, ("position",)),
    Column("ten", "Cá nhân, tập thể, hộ gia đình", lambda row: row.name, ("subject__person_sort_key",)),
    Column("don-vi", "Đơn vị công tác", lambda row: row.unit, ("unit", "position")),
    Column("hinh-thuc", "Hình thức đề nghị", lambda row: row.award.name, ("award__position", "position")),
    Column("can-cu", "Căn cứ", lambda row: article_of(row.branch), ("branch", "position")),
    Column("kiem-tra", "Kiểm tra điều kiện", lambda row: row.get_verdict_display(), ("verdict", "position")),
    Column("giay-to", "Giấy tờ còn thiếu", lambda row: "; ".join(row.missing)),
    Column("tham-dinh", "Kết quả thẩm định", lambda row: row.result),
)
# What stands only in the file: the table on the page is wide enough.
EXPORTED = (
    *COLUMNS[:3],
    Column("chuc-vu", "Chức vụ", lambda row: row.post),
    Column("phan-loai", "Phân loại đối tượng", lambda row: row.get_group_display() if row.group else ""),
    Column("linh-vuc", "Lĩnh vực hoạt động", lambda row: row.field),
    *COLUMNS[3:],
    Column("tom-tat", "Tóm tắt thành tích", lambda row: row.summary),
)
MONEY_HEADERS = (
    *("STT", "Tên", "Hình thức đề nghị", "Hệ số", "Mức lương cơ sở (đồng)", "Thành tiền (đồng)"),
    *("Làm tròn (đồng)", "Được chi (đồng)", "Cách tính", "Ghi chú"),
)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = dossier_or_404(request, pk)
    renew_dossier(dossier)
    listing = nominations_of(request, dossier)
    if not isinstance(listing, Listing):
        return listing
    return render(request, "awards/dossier.html", page_context(request, dossier, listing))


def page_context(request: HttpRequest, dossier: Dossier, listing: Listing) -> dict[str, Any]:
    user: Any = request.user
    is_own = makes(request, dossier)
    opened = opened_targets(dossier) if is_own else Opened()
    return {
        "dossier": dossier,
        "nav": "awards",
        "listing": listing,
        "rows": [told(row, dossier, is_own) for row in listing.page.object_list],
        "panel": panel_of(dossier),
        "options": options_of(dossier, user),
        "is_own": is_own,
        "stands": stands_for(request, dossier),
        "may_edit": user.has_perm("awards.edit_dossier", dossier),
        "may_edit_head": opened.everything or bool(opened.of_kind("dossier")),
        "open_papers": opened.of_kind("paper"),
        "bloc_papers": paper_lines(dossier) if is_own else [],
        "asked": asked_of(dossier),
        "versions": dossier.versions.select_related("sent_by").defer("content"),
    }


def options_of(dossier: Dossier, user: Any) -> list[Option]:
    """The buttons of both sides; what the specialist does has a page of its own."""
    return [option for option in DOSSIER.options(dossier, user) if option.transition.name != "appraise"]


def asked_of(dossier: Dossier) -> list[dict[str, Any]]:
    """Open requests while the dossier is being supplemented."""
    if dossier.state != DossierState.SUPPLEMENT:
        return []
    return supplement_lines(dossier, open_supplements(dossier))


def nominations_of(request: HttpRequest, dossier: Dossier) -> Listing | HttpResponse:
    """The table of nominations, fifty a page."""
    request.dossier = dossier  # type: ignore[attr-defined]
    found = build_listing(
        request,
        nomination_rows(request, dossier),
        title=f"Danh sách đề nghị {dossier.code}",
        columns=export_columns(request, dossier) if is_export(request) else COLUMNS,
        search=("search_key", "subject__search_key", "award__search_key"),
        filterset=NominationFilter,
        default_sort="stt",
    )
    if not isinstance(found, Listing):
        return found
    pages = Paginator(found.page.paginator.object_list, PER_PAGE)
    pages.count = found.total  # type: ignore[misc]
    return replace(found, page=pages.get_page(request.GET.get("trang")))


def nomination_rows(request: HttpRequest, dossier: Dossier) -> QuerySet[Nomination]:
    """Who sees the dossier sees its nominations. The page reads no more of them than it shows."""
    rows = dossier.nominations.select_related("award")
    return rows if is_export(request) else rows.only(*SHOWN)


def is_export(request: HttpRequest) -> bool:
    return request.GET.get("xuat") == "xlsx"


def export_columns(request: HttpRequest, dossier: Dossier) -> tuple[Column, ...]:
    """The columns of the file, reading each row as the page does."""
    is_own = makes(request, dossier)

    def reading(column: Column) -> Column:
        return replace(column, value=lambda row: column.value(told(row, dossier, is_own)))

    return tuple(reading(each) for each in EXPORTED)


def told(row: Nomination, dossier: Dossier, is_own: bool) -> Nomination:
    """The row with what is missing, and its result where that is this reader's to know."""
    row.dossier = dossier
    row.missing = checklist_of(dossier).missing.get(row.pk, [])  # type: ignore[attr-defined]
    hidden = is_own and results_hidden(row)
    row.tone = TONES.get(row.verdict, "secondary")  # type: ignore[attr-defined]
    row.result = "" if hidden or row.state == Nomination.State.PENDING else row.get_state_display()  # type: ignore[attr-defined]
    row.ground = article_of(row.branch) or "–"  # type: ignore[attr-defined]
    row.lacking = f"thiếu {len(row.missing)}" if row.missing else "đủ"  # type: ignore[attr-defined]
    row.outcome = row.result or "–"  # type: ignore[attr-defined]
    return row


@require_GET
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """What each nomination would be paid if it were decided today."""
    dossier = dossier_or_404(request, pk)
    found = money_of(dossier)
    if is_export(request):
        return xlsx_response(f"Tiền thưởng {dossier.code}", MONEY_HEADERS, [money_row(line) for line in found.lines])
    shown = Paginator(found.lines, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"dossier": dossier, "money": found, "page": shown, "nav": "awards"}
    return render(request, "awards/dossier_money.html", context)


def money_row(line: Any) -> tuple[Any, ...]:
    row, found = line.nomination, line.reward
    figures = (found.coefficient, found.base, found.raw, found.rounded, line.paid)
    return (row.position, row.name, row.award.name, *figures, found.formula, line.payment.reason)
