"""Chi tiền thưởng: rewards of issued decisions, paid or not; marking many paid, taking marks back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from council.domain.decisions.corrections import now_of
from council.domain.money.paying import Changed, pay, stamp_of, unpay
from council.domain.money.reading import (
    by_decision,
    matching,
    reward_lines,
    state_of,
    sum_of,
    totals_of,
    with_words,
)
from council.enums import PaymentState
from council.filters_money import RewardFilter
from council.forms.money import MOST_LINES, PayForm, UnpayForm
from council.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing, narrow

OFFICE, CONFLICT, NAMED = "council.see_office", 409, 25
BY_DECISION = ("decision__issued_on", "decision__number", "position")
# Turned round: decisions from the newest on, the names of each as its annex has them.
OLDEST_DECISION = ("decision__issued_on", "decision__number", "-position")
COLUMNS = (
    Column("ten", "Họ tên, tên tập thể, hộ", lambda row: now_of(row).name, ("subject__person_sort_key", "position")),
    Column("chuc-vu", "Chức vụ", lambda row: now_of(row).post),
    Column("noi", "Đơn vị công tác, địa chỉ", lambda row: now_of(row).unit),
    Column("hinh-thuc", "Danh hiệu, hình thức", lambda row: row.award.name, ("award__position", "position")),
    Column("so", "Quyết định", lambda row: row.decision.full_number, OLDEST_DECISION),
    Column("ngay", "Ngày quyết định", lambda row: row.decision.issued_on),
    Column("ban-hanh", "Ban hành", lambda row: row.decision.issuer.name),
    Column(
        "don-vi", "Đơn vị trình", lambda row: row.agency.label if row.agency else "", ("agency__sort_key", "position")
    ),
    Column("tien", "Số tiền (đồng)", lambda row: "chưa xác định" if row.amount is None else row.amount, ("amount",)),
    Column("cach-tinh", "Cách tính", lambda row: row.formula),
    Column("tinh-trang", "Tình trạng", lambda row: str(state_of(row).label), ("paid_on", "decision__issued_on")),
    Column("ngay-chi", "Ngày chi", lambda row: row.paid_on),
    Column("chung-tu", "Chứng từ", lambda row: row.paid_note),
    Column("huy", "Hủy bỏ ngày", lambda row: row.revoked_on),
)
# What the page shows; the file holds all.
SHOWN = ("ten", "hinh-thuc", "so", "don-vi", "tien", "tinh-trang")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    require(request.user, OFFICE)
    rows = with_words(matching(reward_lines(request.user), request.GET.get("q", "")))
    listing = build_listing(
        request, rows, title="Chi tiền thưởng", columns=COLUMNS, filterset=RewardFilter, default_sort="-so"
    )
    if not isinstance(listing, Listing):
        return listing
    every: Any = listing.page.paginator.object_list
    context = {
        "listing": listing,
        "shown": [column for column in COLUMNS if column.key in SHOWN],
        "lines": [(row, now_of(row), state_of(row)) for row in listing.page],
        "totals": totals_of(every),
        "states": PaymentState,
        "nav": "council",
    }
    return render(request, "council/money/index.html", context)


@require_http_methods(["GET", "POST"])
def mark_paid(request: HttpRequest) -> HttpResponse:
    """The chosen lines, to be marked paid with a day and a voucher; a second sending changes nothing."""
    require(request.user, OFFICE)
    form, status = PayForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        keys, given = form.cleaned_data["lines"], form.cleaned_data
        try:
            count = pay(keys, paid_on=given["paid_on"], note=given["paid_note"], actor=actor_of(request))
        except TransitionRefused as refusal:
            status = refused(form, refusal)
        else:
            return done(request, paid_words(count))
    return chosen_page(request, form, PaymentState.WAITING, status)


@require_http_methods(["GET", "POST"])
def mark_unpaid(request: HttpRequest) -> HttpResponse:
    """The chosen lines, whose mark is taken back with a reason: written by mistake, or the money came back."""
    require(request.user, OFFICE)
    form, status = UnpayForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        keys, given = form.cleaned_data["lines"], form.cleaned_data
        try:
            count = unpay(keys, seen=given["seen"], reason=given["reason"], actor=actor_of(request))
        except TransitionRefused as refusal:
            status = refused(form, refusal)
        else:
            return done(request, f"Đã bỏ ghi chi {count} trường hợp." if count else "Các trường hợp này không ghi chi.")
    return chosen_page(request, form, PaymentState.PAID, status)


def paid_words(count: int) -> str:
    if not count:
        return "Các trường hợp này đã được ghi chi với cùng ngày, cùng chứng từ từ trước; không ghi lần nữa."
    return f"Đã ghi chi {count} trường hợp."


def done(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("council:money")


def refused(form: Any, refusal: TransitionRefused) -> int:
    """The form says why; where lines have changed meanwhile it goes on with those that still fit (409)."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Changed):
        return 200
    form.data["lines"] = ",".join(str(key) for key in sorted(refusal.keys))
    return CONFLICT


def chosen_page(request: HttpRequest, form: Any, wanted: PaymentState, status: int) -> HttpResponse:
    """What the act is about: how many of which decisions, how much; and what was chosen and cannot be."""
    paying, chosen = wanted == PaymentState.WAITING, chosen_lines(request, form)
    if not chosen and request.method == "GET":
        messages.warning(request, "Chưa chọn trường hợp nào. Hãy đánh dấu trong danh sách, hoặc lọc rồi chọn tất cả.")
        return redirect("council:money")
    fits = {wanted} if paying else {PaymentState.PAID, PaymentState.DUE_BACK}
    lines = [line for line in chosen if state_of(line) in fits]
    others = [line.pk for line in chosen if state_of(line) not in fits]
    pin(form, lines)
    context = {"form": form, "lines": lines, "named": lines[:NAMED], "amount": sum_of(lines), "most": MOST_LINES}
    context["others"] = totals_of(reward_lines(request.user).filter(pk__in=others)) if others else []
    template = "council/money/pay.html" if paying else "council/money/unpay.html"
    context |= {"decisions": by_decision(lines), "nav": "council"}
    return render(request, template, context, status=status)


def pin(form: Any, lines: list[Any]) -> None:
    """The form holds the lines that the page shows, and how they were."""
    kept = {"lines": ",".join(str(line.pk) for line in lines), "seen": stamp_of(lines)}
    for name in kept.keys() & form.fields.keys():
        form.initial[name] = kept[name]
        if form.is_bound:
            form.data[name] = kept[name]


def chosen_lines(request: HttpRequest, form: Any) -> list[Any]:
    """The ticked lines, every line that the list's search and filters show, or those of the sent form."""
    rows = with_words(reward_lines(request.user)).order_by(*BY_DECISION, "pk")
    if form.is_bound:
        keys = form.data.get("lines", "").split(",")
        return list(rows.filter(pk__in=[int(key) for key in keys if key.isdecimal() and len(key) < 12]))
    if request.GET.get("tatca"):
        found = matching(rows, request.GET.get("q", ""))
        return list(narrow(request, found, columns=(), filterset=RewardFilter).rows[: MOST_LINES + 1])
    ticked = [int(each) for each in request.GET.getlist("chon") if each.isdecimal() and len(each) < 12]
    return list(rows.filter(pk__in=ticked))
