"""Bloc-years: the list, one year as a line of steps, its information and quotas."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from blocs.domain.composition import edit_year, set_quotas
from blocs.domain.foundation import NewYear, found_year
from blocs.domain.succession import next_year_of
from blocs.domain.timeline import is_closed, steps_of
from blocs.domain.warned import year_options
from blocs.domain.workflow import BLOC_YEAR
from blocs.enums import BlocKind, Role, Tier
from blocs.filters import YearFilter, with_head, years_matching
from blocs.forms.years import QuotaForm, YearForm, YearNewForm
from blocs.models import BlocYear
from blocs.tables.access import access_of
from blocs.tables.years import COMPOSITION
from blocs.views.attempts import attempt
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing

YEAR_COLUMNS = (
    Column("ten", "Khối, cụm", lambda row: row.bloc.name, ("bloc__sort_key", "-year")),
    Column("nam", "Năm", lambda row: row.year, ("year", "-bloc__sort_key")),
    Column("loai", "Loại", lambda row: row.bloc.get_kind_display(), ("bloc__kind", "bloc__sort_key")),
    Column("cap", "Cấp", lambda row: row.bloc.get_tier_display(), ("bloc__tier", "bloc__sort_key")),
    Column("truong", "Trưởng khối", lambda row: row.head_label),
    Column("so", "Số đơn vị", lambda row: row.size, ("size",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "bloc__sort_key")),
)

OUTSIDE = "Đơn vị của bạn chưa thuộc khối, cụm nào. Thường trực Hội đồng đưa đơn vị vào khối ở trang Thành viên."
NOT_FOLLOWING = (
    "Bạn chưa được phân công theo dõi khối nào. Thường trực Hội đồng phân công ở trang Thành viên của từng khối."
)
ADMINISTRATOR = (
    "Tài khoản quản trị không xem nghiệp vụ của khối. Việc của quản trị viên là người dùng, đơn vị và phân công "
    "nhiệm vụ, ở trang Quản trị."
)
NO_DUTY = "Bạn chưa có nhiệm vụ tại đơn vị nào nên chưa thấy khối, cụm. Quản trị viên phân công nhiệm vụ cho bạn."


def fetched(request: HttpRequest, pk: int) -> BlocYear:
    """The bloc-year with what rules and templates read of it; 404 for who may not see it."""
    rows = BlocYear.objects.visible_to(request.user).select_related("bloc__council")
    return get_object_or_404(rows, pk=pk)


@require_GET
def years(request: HttpRequest) -> HttpResponse:
    rows = with_head(BlocYear.objects.visible_to(request.user).select_related("bloc"))
    listing = build_listing(
        request,
        years_matching(rows, request.GET.get("q", "")),
        title="Khối, cụm thi đua",
        columns=YEAR_COLUMNS,
        filterset=YearFilter,
        default_sort="-nam",
    )
    if isinstance(listing, HttpResponse):
        return listing
    may_add = request.user.has_perm("blocs.see_directory_tools")
    context = {"listing": listing, "may_add": may_add, "kinds": dict(BlocKind.choices), "tiers": dict(Tier.choices)}
    return render(request, "blocs/years.html", context | {"nav": "years", "why_none": why_none(request.user)})


def why_none(user: Any) -> str:
    """Why a person sees no bloc, and who can change it."""
    access = access_of(user)
    if access.agency_ids:
        return OUTSIDE
    if access.seat_ids:
        return NOT_FOLLOWING
    return ADMINISTRATOR if user.is_staff else NO_DUTY


@require_http_methods(["GET", "POST"])
def year_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    require(user, "blocs.see_directory_tools")
    form = YearNewForm(request.POST or None, councils=access_of(user).standing_ids)
    if made := attempt(form, lambda: founded(user, NewYear(**form.cleaned_data))):
        messages.success(request, f"Đã lập {made}. Hãy kiểm tra thành viên và trưởng khối.")
        return redirect("blocs:members", made.pk)
    return render(request, "blocs/year_form.html", {"form": form, "heading": "Lập năm thi đua", "nav": "years"})


def founded(user: Any, wanted: NewYear) -> BlocYear:
    require(user, "blocs.create_year", wanted.bloc or wanted.council)
    return found_year(wanted, actor=user)


OBSERVER = ("bloc_year", "member__post", "member__user__full_name", "member__user__email")


@require_GET
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """Tổng quan."""
    user: Any = request.user
    rows = BlocYear.objects.visible_to(user).select_related("bloc", "succession__head", "pledge")
    bloc_year = get_object_or_404(rows.prefetch_related(COMPOSITION, "conferences"), pk=pk)
    members = bloc_year.memberships.all()
    steps = steps_of(bloc_year, user)
    context = {
        "year": bloc_year,
        "steps": steps,
        "leaders": sorted((row for row in members if row.role != Role.MEMBER), key=lambda row: row.role != Role.HEAD),
        "size": len(members),
        "observers": bloc_year.observers.select_related("member__user").only(*OBSERVER),
        "quotas": bloc_year.quotas.order_by("pk"),
        "options": year_options(bloc_year, user, steps),
        "may_edit": user.has_perm("blocs.run_year", bloc_year),
        "may_compose": user.has_perm("blocs.compose_year", bloc_year),
        "next_year": next_year_of(bloc_year) if is_closed(bloc_year) else None,
    }
    return render(request, "blocs/year.html", context | {"nav": "years"})


@require_http_methods(["GET", "POST"])
def year_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    bloc_year = fetched(request, pk)
    require(user, "blocs.run_year", bloc_year)
    form = YearForm(request.POST or None, instance=fetched(request, pk))
    if attempt(form, lambda: edit_year(bloc_year=bloc_year, values=form.cleaned_data, actor=user)):
        messages.success(request, "Đã lưu thông tin năm thi đua.")
        return redirect(bloc_year)
    context = {"form": form, "year": bloc_year, "heading": "Thông tin năm thi đua", "nav": "years"}
    return render(request, "blocs/year_form.html", context)


@require_POST
def year_act(request: HttpRequest, pk: int) -> HttpResponse:
    bloc_year = fetched(request, pk)
    if request.POST.get("transition") == "hand_over":
        messages.info(request, "Hãy kiểm tra trưởng khối năm sau, ngày và hồ sơ bàn giao rồi bấm nút bàn giao ở đây.")
        return redirect("blocs:succession", pk)
    return perform_posted(request, BLOC_YEAR, bloc_year)


@require_http_methods(["GET", "POST"])
def quotas(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    bloc_year = fetched(request, pk)
    require(user, "blocs.compose_year", bloc_year)
    form = QuotaForm(request.POST or None, limits=dict(bloc_year.quotas.values_list("award", "limit")))
    if attempt(form, lambda: set_quotas(bloc_year=bloc_year, limits=form.limits(), actor=user)):
        messages.success(request, "Đã lưu chỉ tiêu khen thưởng.")
        return redirect(bloc_year)
    lead = "Số lượng tối đa khối được đề nghị trong năm. Ô để trống nghĩa là chưa có chỉ tiêu, không phải bằng 0."
    context = {"form": form, "year": bloc_year, "heading": "Chỉ tiêu khen thưởng", "lead": lead, "nav": "years"}
    return render(request, "blocs/year_form.html", context)
