"""Cross-checking: who checks whose sheet, the draw, and the page on which a checker works."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from scoring.domain.cross_checking import CheckedSheet, agree_rest, load_check, save_check
from scoring.domain.cross_finishing import conclude_dealt, finish_check
from scoring.domain.dealing import deal_by_hand, deal_by_lot, dealt_sheets, members_of, own_agencies
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.forms.checking import (
    FRESH,
    UNTOUCHED,
    Attempt,
    DealForm,
    HandDealForm,
    LineRow,
    TypedLine,
    check_cells,
    read_line,
    row_of_line,
)
from scoring.models import CrossCheck, CrossDeal
from scoring.views.evidence_lists import evidence_by_line
from scoring.views.fetching import visible_year

Typed = Mapping[int, TypedLine]
UNREADABLE = "Chưa lưu: có ô không đọc được, xem câu nhắc ở từng dòng."


@require_GET
def cross_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Who checks whose sheet, how far they are, and the seed of the latest draw."""
    year = visible_year(request, pk)
    return deals_page(request, year, DealForm())


def deals_page(request: HttpRequest, year: Any, form: DealForm) -> HttpResponse:
    deals = CrossDeal.objects.visible_to(request.user).filter(bloc_year=year)
    mine = CrossCheck.objects.visible_to(request.user).filter(sheet__bloc_year=year)
    context: dict[str, Any] = {"year": year, "tab": "board", "nav": "years", "form": form}
    context["deals"] = list(deals.order_by("-pk"))
    context["rows"] = dealt_sheets(year)
    context["visible"] = set(mine.values_list("pk", flat=True))
    context["may_deal"] = request.user.has_perm("scoring.deal_checks", year)
    return render(request, "scoring/cross_checks.html", context)


@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the checkers of all sheets that wait for it."""
    year = visible_year(request, pk)
    require(request.user, "scoring.deal_checks", year)
    form = DealForm(request.POST)
    if form.is_valid():
        try:
            deal_by_lot(year, **form.cleaned_data, actor=request.user)  # type: ignore[arg-type]
            conclude_dealt(year, actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã bốc thăm chấm chéo; các đơn vị được báo.")
            return redirect("scoring:cross-checks", year.pk)
    return deals_page(request, year, form)


@require_http_methods(["GET", "POST"])
def hand_deal(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the checkers of each sheet by hand."""
    year = visible_year(request, pk)
    require(request.user, "scoring.deal_checks", year)
    members = [(code, agency.label) for code, agency in members_of(year).items()]
    own = own_agencies(request.user)  # type: ignore[arg-type]
    sheets = [each for each in dealt_sheets(year) if each.sheet.agency_id not in own]
    form = HandDealForm(request.POST or None, sheets=sheets, members=members)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("due", "reason")}
        try:
            deal_by_hand(year, wanted=form.wanted, **given, actor=request.user)  # type: ignore[arg-type]
            conclude_dealt(year, actor=request.user)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi phân công chấm chéo; các đơn vị mới được báo.")
            return redirect("scoring:cross-checks", year.pk)
    context = {"form": form, "year": year, "nav": "years"}
    return render(request, "scoring/cross_deal.html", context)


@require_http_methods(["GET", "POST"])
def cross_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The dealt sheet: its checker scores or agrees line by line; who runs the bloc reads."""
    related = ("sheet__bloc_year__bloc", "sheet__agency", "sheet__criteria_set", "checker")
    check = get_object_or_404(CrossCheck.objects.visible_to(request.user).select_related(*related), pk=pk)
    if request.method == "POST":
        require(request.user, "scoring.write_check", check)
        return save(request, check)
    return check_page(request, check, load_check(check))


def save(request: HttpRequest, check: CrossCheck) -> HttpResponse:
    """Store what was typed, then do what the pressed button says besides."""
    seen = load_check(check)
    typed = {line.node.id: read_line(request.POST, f"c{line.node.id}", check_cells(line)) for line in seen.lines}
    refusal = attempt(request, check, typed)
    if refusal is None:
        messages.success(request, press(request, check))
        return redirect(check)
    messages.error(request, told(refusal))
    faults = refusal.faults if isinstance(refusal, ScoreFaults) else {}
    status = 409 if isinstance(refusal, StaleSheet) else 200
    check.refresh_from_db()
    return check_page(request, check, load_check(check), Attempt(typed, faults, status))


def attempt(request: HttpRequest, check: CrossCheck, typed: Typed) -> TransitionRefused | None:
    try:
        write(request, check, typed)
    except TransitionRefused as refusal:
        return refusal
    return None


def told(refusal: TransitionRefused) -> str:
    if isinstance(refusal, ScoreFaults):
        return f"Chưa lưu: {len(refusal.faults)} tiêu chí cần sửa, xem câu nhắc ở từng dòng."
    return str(refusal)


def write(request: HttpRequest, check: CrossCheck, typed: Typed) -> None:
    if any(line.fault for line in typed.values()):
        raise TransitionRefused(UNREADABLE)
    version = request.POST.get("version", "")
    entries = {pk: line.changed for pk, line in typed.items() if line.changed}
    expected = int(version) if version.isdecimal() and len(version) < 10 else -1
    if entries:
        save_check(check, entries=entries, actor=request.user, expected_version=expected)  # type: ignore[arg-type]


def press(request: HttpRequest, check: CrossCheck) -> str:
    """What the button does after saving, and the sentence to show."""
    actor: Any = request.user
    button = BUTTONS.get(request.POST.get("lam", ""))
    try:
        return button(check, actor) if button else "Đã lưu phần chấm chéo."
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return "Đã lưu phần chấm chéo."


def agree(check: CrossCheck, actor: Any) -> str:
    count = agree_rest(check, actor=actor)
    return f"Đã đồng ý với điểm tự chấm ở {count} dòng còn lại."


def finish(check: CrossCheck, actor: Any) -> str:
    finish_check(check, actor=actor)
    return "Đã hoàn thành chấm chéo phiếu này."


BUTTONS: dict[str, Callable[[CrossCheck, Any], str]] = {"dong-y": agree, "hoan-thanh": finish}


def check_page(request: HttpRequest, check: CrossCheck, seen: CheckedSheet, tried: Attempt = FRESH) -> HttpResponse:
    lines = rows_of(request.user, check, seen, tried)
    context: dict[str, Any] = {"check": check, "sheet": check.sheet, "year": check.bloc_year, "tab": "board"}
    context["rows"] = [(node, lines.get(node.id)) for node in seen.tree.nodes]
    context["missing"] = seen.missing
    context["may_write"] = request.user.has_perm("scoring.write_check", check)
    context["due"] = deal_due(request, check)
    return render(request, "scoring/cross_check.html", context | {"nav": "sheets"}, status=tried.status)


def rows_of(user: Any, check: CrossCheck, seen: CheckedSheet, tried: Attempt) -> dict[int, LineRow]:
    """By criterion id; groups have none."""
    files = evidence_by_line(user, [check.sheet_id])
    return {
        line.node.id: row_of_line(
            line,
            f"c{line.node.id}",
            check_cells(line),
            typed=tried.typed.get(line.node.id, UNTOUCHED),
            fault=tried.faults.get(line.node.code, ""),
            evidence=files.get((check.sheet_id, line.node.id), ()),
        )
        for line in seen.lines
    }


def deal_due(request: HttpRequest, check: CrossCheck) -> Any:
    deals = CrossDeal.objects.visible_to(request.user).filter(bloc_year=check.bloc_year, due__isnull=False)
    return deals.order_by("-pk").values_list("due", flat=True).first()
