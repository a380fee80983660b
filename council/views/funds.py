"""Quỹ thi đua, khen thưởng: each year planned, spent, bound and left; its spendings beside rewards."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from blocs.models import Council
from council.domain.money.fund import Line, found_in, fund_of, funds_of, statement_of
from council.domain.money.fund_writing import PLAN, SPENDING, add_spending, edit_spending, remove_spending, set_plan
from council.filters_money import SpendingFilter
from council.forms.money import PlanForm, SpendingForm
from council.models import FundSpending, FundYear
from council.views.decision_fetching import council_of
from council.views.fetching import actor_of
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls

CONFLICT, FIRST_YEAR, LAST_YEAR = 409, 2000, 2100
UNKNOWN_PLAN = "chưa nhập dự toán"
YEARS = ("Năm", "Dự toán", "Đã chi tiền thưởng", "Chi khác", "Đã ban hành, chưa chi", "Còn lại so với dự toán")
SPENDINGS = (
    Column("ngay", "Ngày chi", lambda row: row.spent_on, ("spent_on",)),
    Column("khoan", "Khoản chi", lambda row: row.get_kind_display(), ("kind", "spent_on")),
    Column("noi-dung", "Nội dung", lambda row: row.content, ("content", "spent_on")),
    Column("chung-tu", "Chứng từ", lambda row: row.document),
    Column("tien", "Số tiền (đồng)", lambda row: row.amount, ("amount", "spent_on")),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every year of which something is known, as a page or a workbook."""
    council, today = council_of(request), timezone.localdate()
    funds = funds_of(actor_of(request), council.pk, with_year=today.year)
    if request.GET.get("xuat") == "xlsx":
        rows = [
            (each.year, shown(each.planned), each.rewards, each.other, each.due, shown(each.left))
            for each in funds.values()
        ]
        return xlsx_response("Quỹ thi đua, khen thưởng theo năm", YEARS, rows)
    context = {"funds": list(funds.values()), "headers": YEARS, "nav": "council"}
    return render(request, "council/money/funds.html", context)


def shown(amount: int | None) -> Any:
    return UNKNOWN_PLAN if amount is None else amount


@require_GET
def page(request: HttpRequest, year: int) -> HttpResponse:
    council = council_in(request, year)
    fund = fund_of(actor_of(request), council.pk, year)
    listing = build_listing(
        request,
        found_in(spendings_of(request, council, year), request.GET.get("q", "")),
        title=f"Khoản chi khác của quỹ năm {year}",
        columns=SPENDINGS,
        filterset=SpendingFilter,
        default_sort="ngay",
    )
    if not isinstance(listing, Listing):
        return listing
    context = {"fund": fund, "year": year, "statement": statement_of(fund), "listing": listing, "nav": "council"}
    return render(request, "council/money/fund.html", context)


@require_GET
def table(request: HttpRequest, year: int) -> HttpResponse:
    """The statement of a year and its other spendings as a workbook; amounts are numbers, unknown ones words."""
    council = council_in(request, year)
    fund = fund_of(actor_of(request), council.pk, year)
    rows = [*[told(line) for line in statement_of(fund)], ("", "", ""), ("Khoản chi khác", "", "")]
    rows += [
        (f"{each.spent_on:%d/%m/%Y} {each.get_kind_display()}: {each.content}", each.amount, each.document)
        for each in spendings_of(request, council, year)
    ]
    title = f"Tình hình sử dụng quỹ thi đua, khen thưởng năm {year}"
    return xlsx_response(title, ("Nội dung", "Số tiền (đồng)", "Ghi chú"), rows)


def told(line: Line) -> tuple[str, Any, str]:
    return (
        f"{'– ' if line.depth else ''}{line.words}",
        "chưa xác định" if line.amount is None else line.amount,
        line.note,
    )


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, year: int) -> HttpResponse:
    council = council_in(request, year)
    found = FundYear.objects.visible_to(request.user).filter(council=council, year=year).first()
    row = found or FundYear(council=council, year=year)
    form, status = PlanForm(request.POST or None, instance=row), 200
    form.remember(row, PLAN)
    if request.method == "POST" and form.is_valid():
        given = {"fields": form.values(), "base": form.base(), "actor": actor_of(request)}
        status = refusal_of(form, lambda: set_plan(council, year, **given))
        if not status:
            return done(request, "Đã lưu dự toán.", year)
    return form_page(request, form, f"Dự toán quỹ thi đua, khen thưởng năm {year}", year, status)


@require_http_methods(["GET", "POST"])
def spending_new(request: HttpRequest, year: int) -> HttpResponse:
    council = council_in(request, year)
    form, status = SpendingForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        given = {"fields": form.values(), "actor": actor_of(request)}
        status = refusal_of(form, lambda: add_spending(council, year, **given))
        if not status:
            return done(request, "Đã thêm khoản chi.", year)
    return form_page(request, form, f"Thêm khoản chi của quỹ năm {year}", year, status)


@require_http_methods(["GET", "POST"])
def spending_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = spending_or_404(request, pk)
    form, status = SpendingForm(request.POST or None, instance=spending_or_404(request, pk)), 200
    form.remember(row, SPENDING)
    if request.method == "POST" and form.is_valid():
        given = {"fields": form.values(), "base": form.base(), "actor": actor_of(request)}
        status = refusal_of(form, lambda: edit_spending(row, **given))
        if not status:
            return done(request, "Đã lưu khoản chi.", row.fund.year)
    return form_page(request, form, f"Sửa khoản chi của quỹ năm {row.fund.year}", row.fund.year, status)


@require_http_methods(["GET", "POST"])
def spending_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = spending_or_404(request, pk)
    year = row.fund.year
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        try:
            remove_spending(row, reason=reason, actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("council:fund", year)
        return done(request, "Đã xóa khoản chi. Lịch sử của quỹ vẫn giữ nội dung đã xóa.", year)
    lead = f"Xóa khoản chi «{row.content}», ngày {row.spent_on:%d/%m/%Y}? Số đã chi của năm {year} giảm tương ứng."
    context = {"heading": "Xóa khoản chi", "lead": lead, "back": reverse("council:fund", args=[year])}
    return render(request, "web/confirm_page.html", context | {"nav": "council"})


def council_in(request: HttpRequest, year: int) -> Council:
    """The council whose money this person keeps (403 for everybody else); years far away do not exist."""
    council = council_of(request)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return council


def spendings_of(request: HttpRequest, council: Council, year: int) -> QuerySet[FundSpending]:
    return FundSpending.objects.visible_to(request.user).filter(fund__council=council, fund__year=year)


def spending_or_404(request: HttpRequest, pk: int) -> FundSpending:
    return get_object_or_404(FundSpending.objects.visible_to(request.user).select_related("fund"), pk=pk)


def refusal_of(form: Any, verb: Any) -> int:
    """0 when ``verb`` went through, else the status of the page that says why not."""
    try:
        verb()
    except Conflict as conflict:
        form.tell(conflict)
        return CONFLICT
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return 200
    return 0


def done(request: HttpRequest, words: str, year: int) -> HttpResponse:
    messages.success(request, words)
    return redirect("council:fund", year)


def form_page(request: HttpRequest, form: Any, heading: str, year: int, status: int) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": reverse("council:fund", args=[year]), "nav": "council"}
    return render(request, "council/money/form.html", context, status=status)
