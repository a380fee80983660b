"""Composition of a bloc-year: members, what deputies may do, who follows the bloc."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs.domain.composition import (
    add_member,
    add_observer,
    as_initial,
    change_member,
    delegate,
    remove_member,
    remove_observer,
)
from blocs.enums import Role
from blocs.forms.members import DelegationForm, MemberAddForm, MemberForm, ObserverForm
from blocs.models import BlocYear, Membership
from blocs.views.attempts import attempt, attempt_told
from blocs.views.years import fetched
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls

HEADERS = ("TT", "Đơn vị", "Vai trò", "Người thay mặt", "Chức vụ", "Việc được ủy quyền")


def rows_of(bloc_year: BlocYear) -> list[Membership]:
    """Members in order, with what a table of them reads."""
    return list(bloc_year.memberships.select_related("agency").prefetch_related("delegations").in_order())


def composed(request: HttpRequest, pk: int) -> BlocYear:
    """The bloc-year, for who composes it."""
    bloc_year = fetched(request, pk)
    require(request.user, "blocs.compose_year", bloc_year)
    return bloc_year


@require_GET
def members(request: HttpRequest, pk: int) -> HttpResponse:
    bloc_year = fetched(request, pk)
    rows = rows_of(bloc_year)
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response(f"Thành viên {bloc_year}", HEADERS, map(exported, enumerate(rows, start=1)))
    may_compose = request.user.has_perm("blocs.compose_year", bloc_year)
    context = {
        "year": bloc_year,
        "members": rows,
        "observers": bloc_year.observers.select_related("member__user").order_by("pk"),
        "may_compose": may_compose,
        "may_delegate": request.user.has_perm("blocs.delegate", bloc_year),
        "has_deputies": any(row.role == Role.DEPUTY for row in rows),
        "observer_form": ObserverForm(bloc_year=bloc_year) if may_compose else None,
    }
    return render(request, "blocs/members.html", context | {"nav": "years"})


def exported(numbered: tuple[int, Membership]) -> list[Any]:
    number, row = numbered
    areas = "; ".join(each.get_area_display() for each in row.delegations.all())
    return [number, row.agency.name, row.get_role_display(), row.person, row.person_title, areas]


@require_http_methods(["GET", "POST"])
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Any = request.user
    bloc_year = composed(request, pk)
    form = MemberAddForm(request.POST or None, bloc_year=bloc_year)
    if made := attempt(form, lambda: add_member(bloc_year=bloc_year, **form.member(), actor=actor)):
        messages.success(request, f"Đã thêm {made.agency} vào khối.")
        return redirect("blocs:members", pk)
    context = {"form": form, "year": bloc_year, "heading": "Thêm thành viên", "submit": "Thêm"}
    return render(request, "blocs/members_form.html", context | {"nav": "years"})


@require_http_methods(["GET", "POST"])
def member_edit(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    actor: Any = request.user
    bloc_year = composed(request, pk)
    rows = bloc_year.memberships.select_related("agency", "bloc_year")
    row = get_object_or_404(rows, pk=member_pk)
    head = rows.filter(role=Role.HEAD).first()
    form = MemberForm(request.POST or None, initial=as_initial(row) | {"seen_head": head and head.pk})
    if attempt(form, lambda: change_member(membership=row, **form.change(), actor=actor)):
        messages.success(request, f"Đã lưu {row.agency}.")
        return redirect("blocs:members", pk)
    context = {"form": form, "year": bloc_year, "member": row, "head": head, "heading": str(row.agency)}
    return render(request, "blocs/members_form.html", context | {"nav": "years"})


@require_http_methods(["GET", "POST"])
def member_remove(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    actor: Any = request.user
    bloc_year = composed(request, pk)
    row = get_object_or_404(bloc_year.memberships.select_related("agency", "bloc_year"), pk=member_pk)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        done = f"Đã đưa {row.agency} ra khỏi khối."
        attempt_told(request, lambda: remove_member(membership=row, actor=actor, reason=reason), done=done)
        return redirect("blocs:members", pk)
    lead = f"{row.agency} sẽ không còn trong {bloc_year}. Các năm khác không thay đổi."
    return confirm(request, bloc_year, heading=f"Đưa {row.agency.label} ra khỏi khối?", lead=lead, submit="Đưa ra")


def confirm(request: HttpRequest, bloc_year: BlocYear, **context: str) -> HttpResponse:
    """The page that asks before something is taken away."""
    back = reverse("blocs:members", args=[bloc_year.pk])
    return render(request, "web/confirm_page.html", context | {"back": back, "nav": "years"})


@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Any = request.user
    bloc_year = fetched(request, pk)
    require(actor, "blocs.delegate", bloc_year)
    deputies = [row for row in rows_of(bloc_year) if row.role == Role.DEPUTY]
    form = DelegationForm(request.POST if request.method == "POST" else None, deputies=deputies)
    if attempt(form, lambda: delegate(bloc_year=bloc_year, areas=form.areas(), actor=actor)):
        messages.success(request, "Đã lưu ủy quyền cho phó khối.")
        return redirect("blocs:members", pk)
    context = {"form": form, "year": bloc_year, "deputies": deputies, "nav": "years"}
    return render(request, "blocs/members_delegations.html", context)


@require_POST
def observer_add(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Any = request.user
    bloc_year = composed(request, pk)
    form = ObserverForm(request.POST, bloc_year=bloc_year)
    if form.is_valid():
        member: Any = form.cleaned_data["member"]
        done = f"Đã giao {member.user} theo dõi khối."
        attempt_told(request, lambda: add_observer(bloc_year=bloc_year, member=member, actor=actor), done=done)
    else:
        messages.error(request, "Hãy chọn một thành viên Hội đồng chưa theo dõi khối này.")
    return redirect("blocs:members", pk)


@require_http_methods(["GET", "POST"])
def observer_remove(request: HttpRequest, pk: int, observer_pk: int) -> HttpResponse:
    actor: Any = request.user
    bloc_year = composed(request, pk)
    row = get_object_or_404(bloc_year.observers.select_related("member__user", "bloc_year"), pk=observer_pk)
    name = str(row.member.user)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        done = f"{name} không còn theo dõi khối."
        attempt_told(request, lambda: remove_observer(observer=row, actor=actor, reason=reason), done=done)
        return redirect("blocs:members", pk)
    lead = f"{name} sẽ không còn xem được các nội dung của {bloc_year}."
    return confirm(request, bloc_year, heading=f"Thôi giao {name} theo dõi khối?", lead=lead, submit="Thôi giao")
