"""Reporting rounds: the list, one round with its board, setting one up, its steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from blocs.models import BlocYear, Council
from blocs.tables.access import access_of
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls
from reports.domain.rounding.founding import FIELDS, create_province_round, create_round, edit_round, remove_round
from reports.domain.rounding.workflow import REPORT_ROUND
from reports.domain.wording import councils_kept_by
from reports.enums import RoundKind, RoundState
from reports.filters_rounds import RoundFilter
from reports.forms_rounds import RoundForm, starting
from reports.models import ReportRound
from reports.views.fetching import year_or_404
from reports.views.round_boards import board_of

CONFLICT = 409


def scope_words(row: ReportRound) -> str:
    return row.bloc_year.bloc.name if row.bloc_year is not None else "Toàn tỉnh"


LIST_COLUMNS = (
    Column("nam", "Năm", lambda row: row.year, ("year", "due")),
    Column("ten", "Đợt báo cáo", lambda row: row.title),
    Column("khoi", "Phạm vi", scope_words, ("bloc_year__bloc__sort_key", "-year")),
    Column("ky", "Kỳ báo cáo", lambda row: row.get_kind_display(), ("kind", "-year")),
    Column("han", "Hạn gửi", lambda row: row.due, ("due",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "-year")),
)


def round_or_404(request: HttpRequest, pk: int) -> ReportRound:
    """The round with what rules and pages read of it."""
    rows = ReportRound.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("bloc_year__bloc__council", "council", "parent"), pk=pk)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every round that this person sees."""
    rows = ReportRound.objects.visible_to(request.user).select_related("bloc_year__bloc")
    return listed(request, rows, None)


@require_safe
def of_year(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    rows = ReportRound.objects.visible_to(request.user).filter(bloc_year=year).select_related("bloc_year__bloc")
    return listed(request, rows, year)


def listed(request: HttpRequest, rows: Any, year: BlocYear | None) -> HttpResponse:
    listing = build_listing(
        request,
        rows,
        title="Đợt báo cáo",
        columns=LIST_COLUMNS,
        search=("bloc_year__bloc__search_key",),
        filterset=RoundFilter,
        default_sort="-nam",
    )
    if not isinstance(listing, Listing):
        return listing
    context: dict[str, Any] = {"listing": listing, "year": year, "kinds": kinds_to_add(request, year), "nav": "reports"}
    if year is None:
        context |= {"tab": "rounds", "has_board": bool(access_of(request.user).standing_ids)}
        context["councils"] = councils_of(request)
    return render(request, "reports/rounds/list.html", context)


def kinds_to_add(request: HttpRequest, year: BlocYear | None) -> list[tuple[str, str]]:
    """Kinds of rounds that this person may set up in the year: six-month and annual ones once."""
    if year is None or not request.user.has_perm("reports.create_round", year):
        return []
    there = {row.kind for row in year.report_rounds.all()}
    return [(kind, label) for kind, label in RoundKind.choices if kind == RoundKind.AD_HOC or kind not in there]


def councils_of(request: HttpRequest) -> list[Council]:
    """Councils for which this person opens rounds of the province."""
    standing = access_of(request.user).standing_ids
    return list(councils_kept_by(actor_of(request))) if standing else []


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: what it asks and until when, and how far its members are."""
    found = round_or_404(request, pk)
    user = actor_of(request)
    context: dict[str, Any] = {"round": found, "year": found.bloc_year, "nav": "reports", "tab": "reports"}
    context |= {"options": options_of(found, user), "may_edit": user.has_perm("reports.edit_round", found)}
    context["may_press"] = found.state == RoundState.OPEN and user.has_perm("reports.press_round", found)
    if found.state != RoundState.DRAFT:
        board = board_of(request, found)
        if isinstance(board, HttpResponse):
            return board
        context |= board
    return render(request, "reports/rounds/round.html", context)


def options_of(found: ReportRound, user: Any) -> list[Any]:
    """Buttons; a province's round is opened from the page that chooses its blocs."""
    options = REPORT_ROUND.options(found, user)
    return [each for each in options if found.bloc_year_id is not None or each.transition.name != "open"]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "reports.create_round", year)
    kind = request.GET.get("ky", "")
    due = {"mid-year": year.mid_year_due, "annual": year.annual_due}.get(kind)
    form = RoundForm(request.POST or None, asks_kind=True, initial=starting(kind, year.year, due))
    actor = actor_of(request)
    if request.method == "POST" and (made := attempt(form, lambda: founded(year, form, actor))):
        messages.success(request, "Đã lập đợt báo cáo. Hãy soạn đề cương rồi mở nhận báo cáo.")
        return redirect("reports:round-outline", made.pk)
    return form_page(request, form, f"Lập đợt báo cáo, {year}", reverse("reports:year-rounds", args=[pk]))


@require_http_methods(["GET", "POST"])
def new_province(request: HttpRequest, pk: int) -> HttpResponse:
    council = get_object_or_404(councils_kept_by(actor_of(request)), pk=pk)
    today, kind = timezone.localdate(), request.GET.get("ky", "")
    initial = starting(kind, today.year) | {"year": today.year}
    form = RoundForm(request.POST or None, asks_kind=True, asks_year=True, initial=initial)
    actor = actor_of(request)
    if request.method == "POST" and (made := attempt(form, lambda: founded(council, form, actor))):
        messages.success(request, "Đã lập đợt báo cáo của tỉnh. Hãy soạn đề cương rồi chọn khối để mở.")
        return redirect("reports:round-outline", made.pk)
    return form_page(request, form, "Lập đợt báo cáo toàn tỉnh", reverse("reports:rounds"))


def founded(owner: BlocYear | Council, form: RoundForm, actor: Any) -> ReportRound:
    kind = form.cleaned_data["kind"]
    if isinstance(owner, BlocYear):
        return create_round(owner, kind=kind, fields=form.values(), actor=actor)
    year = form.cleaned_data["year"]
    return create_province_round(owner, year=year, kind=kind, fields=form.values(), actor=actor)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = round_or_404(request, pk)
    require(request.user, "reports.edit_round", found)
    form, status = RoundForm(request.POST or None, instance=found), 200
    form.remember(found, FIELDS)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"fields": form.values(), "base": form.base(), "actor": actor_of(request)}
        refused = saved(form, lambda: edit_round(found, **given))
        if refused is None:
            messages.success(request, "Đã lưu thông tin đợt báo cáo.")
            return redirect(found)
        status = refused
    return form_page(request, form, "Sửa thông tin đợt báo cáo", found.get_absolute_url(), status)


def saved(form: Any, verb: Any) -> int | None:
    """None when ``verb`` went through, else the status of the page that says why not."""
    try:
        verb()
    except Conflict as conflict:
        form.tell(conflict)
        return CONFLICT
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return 200
    return None


def form_page(request: HttpRequest, form: Any, heading: str, back: str, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back, "nav": "reports", **more}
    return render(request, "web/form_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A round that was never opened, with its outline."""
    found = round_or_404(request, pk)
    require(request.user, "reports.edit_round", found)
    if request.method == "POST":
        try:
            remove_round(found, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(found)
        messages.success(request, "Đã xóa đợt báo cáo.")
        return redirect("reports:rounds")
    lead = f"Xóa «{found.title}» cùng đề cương của đợt."
    context = {"heading": "Xóa đợt báo cáo", "lead": lead, "back": found.get_absolute_url(), "nav": "reports"}
    return render(request, "web/confirm_page.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    found = round_or_404(request, pk)
    if found.bloc_year_id is None and request.POST.get("transition") == "open":
        return redirect("reports:round-blocs", pk)
    return perform_posted(request, REPORT_ROUND, found)
