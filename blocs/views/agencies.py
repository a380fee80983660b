"""The directory of agencies."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from blocs.domain.directory import chain_of, create_agency, edit_agency, standing_councils
from blocs.enums import AgencyKind
from blocs.filters import AgencyFilter, agencies_matching, councils_of_directory
from blocs.forms.agencies import AgencyForm, AgencyNewForm
from blocs.models import Agency, BlocYear
from blocs.views.attempts import attempt
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing

AGENCY_COLUMNS = (
    Column("ten", "Tên đơn vị", lambda row: row.name, ("sort_key",)),
    Column("goi-tat", "Tên gọi tắt", lambda row: row.short_name),
    Column("loai", "Loại", lambda row: row.get_kind_display(), ("kind", "sort_key")),
    Column("ma", "Mã", lambda row: row.code, ("code",)),
    Column("tu", "Hoạt động từ", lambda row: row.valid_from, ("valid_from", "sort_key")),
    Column("den", "Hoạt động đến", lambda row: row.valid_to, ("valid_to", "sort_key")),
    Column("ke-thua", "Đơn vị kế thừa", lambda row: row.successor.label if row.successor else None),
)
COUNCIL_COLUMN = Column("hoi-dong", "Hội đồng", lambda row: row.council.province, ("council__sort_key", "sort_key"))


def is_ended(agency: Agency, today: date) -> bool:
    return agency.valid_to is not None and agency.valid_to < today


@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    rows = Agency.objects.visible_to(request.user).select_related("successor", "council")
    councils = councils_of_directory()
    listing = build_listing(
        request,
        agencies_matching(rows, request.GET.get("q", "")),
        title="Danh mục đơn vị",
        columns=(*AGENCY_COLUMNS, COUNCIL_COLUMN) if len(councils) > 1 else AGENCY_COLUMNS,
        filterset=partial(AgencyFilter, councils=councils),
        default_sort="ten",
    )
    if isinstance(listing, HttpResponse):
        return listing
    may_add = request.user.has_perm("blocs.see_directory_tools")
    context = {"listing": listing, "may_add": may_add, "several": len(councils) > 1, "nav": "agencies"}
    context |= {"today": timezone.localdate(), "kinds": dict(AgencyKind.choices)}
    return render(request, "blocs/agencies.html", context)


@require_GET
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Agency.objects.visible_to(request.user).select_related("council", "parent", "successor")
    found = get_object_or_404(rows, pk=pk)
    years = BlocYear.objects.visible_to(request.user).filter(memberships__agency=found)
    context = {
        "agency": found,
        "aliases": found.aliases.all(),
        "chain": chain_of(found),
        "children": found.children.all(),
        "years": years.select_related("bloc").order_by("-year", "bloc__sort_key"),
        "may_edit": request.user.has_perm("blocs.edit_agency", found),
        "is_ended": is_ended(found, timezone.localdate()),
    }
    return render(request, "blocs/agency.html", context | {"nav": "agencies"})


@require_http_methods(["GET", "POST"])
def agency_new(request: HttpRequest) -> HttpResponse:
    actor: Any = request.user
    require(actor, "blocs.see_directory_tools")
    councils = standing_councils(actor)
    council = get_object_or_404(councils, pk=request.GET["hoi-dong"]) if chosen(request) else councils[0]
    form = AgencyNewForm(request.POST or None, council=council)
    if made := attempt(form, lambda: create_agency(council=council, **form.new_agency(), actor=actor)):
        messages.success(request, f"Đã thêm {made} vào danh mục.")
        return redirect(made)
    context = {"form": form, "heading": "Thêm đơn vị", "council": council, "councils": councils, "nav": "agencies"}
    return render(request, "blocs/agency_form.html", context)


def chosen(request: HttpRequest) -> bool:
    """A council was named in the address (a person may serve several)."""
    return request.GET.get("hoi-dong", "").isdecimal()


@require_http_methods(["GET", "POST"])
def agency_edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Any = request.user
    rows = Agency.objects.visible_to(actor).select_related("council")
    found = get_object_or_404(rows, pk=pk)
    require(actor, "blocs.edit_agency", found)
    form = AgencyForm(request.POST or None, council=found.council, instance=get_object_or_404(rows, pk=pk))
    if attempt(form, lambda: edit_agency(agency=found, **form.values(), actor=actor)):
        messages.success(request, "Đã lưu đơn vị.")
        return redirect(found)
    context = {"form": form, "heading": f"Sửa {found}", "agency": found, "nav": "agencies"}
    return render(request, "blocs/agency_form.html", context)
