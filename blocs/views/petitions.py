"""Petitions of a bloc-year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.domain import petitions as acts
from blocs.domain.editing import version_of
from blocs.forms.petitions import PetitionForm
from blocs.models import Petition
from blocs.views.attempts import attempt, attempt_told
from blocs.views.fetching import actor_of, year_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing

COLUMNS = (
    Column("ngay", "Ngày tiếp nhận", lambda row: row.received_on, ("received_on",)),
    Column("don-vi", "Đơn vị", lambda row: row.agency.name, ("agency__sort_key",)),
    Column("noi-dung", "Nội dung", lambda row: row.subject),
    Column("tinh-trang", "Tình trạng", lambda row: row.get_status_display(), ("status",)),
)


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    rows = Petition.objects.visible_to(request.user).filter(bloc_year=year).select_related("agency")
    search = ("search_key", "agency__search_key")
    listing = build_listing(request, rows, title=f"Đơn thư {year}", columns=COLUMNS, search=search)
    if not isinstance(listing, Listing):
        return listing
    context = {
        "year": year,
        "nav": "years",
        "listing": listing,
        "may_manage": request.user.has_perm("blocs.manage_petitions", year),
        "stated_none": acts.is_stated_none(year),
    }
    return render(request, "blocs/petitions.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "blocs.manage_petitions", year)
    members = year.memberships.values_list("agency", flat=True)
    form = PetitionForm(request.POST or None, bloc_year=year, agency_ids=members)
    if request.method == "POST" and form.is_valid():
        acts.add_petition(year, fields=form.cleaned_data, actor=actor_of(request))
        messages.success(request, "Đã ghi nhận đơn thư.")
        return redirect("blocs:petitions", pk)
    return form_page(request, form, pk, "Ghi nhận đơn thư")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Petition.objects.visible_to(request.user).select_related("bloc_year__bloc__council")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, "blocs.manage_petitions", row)
    members = row.bloc_year.memberships.values_list("agency", flat=True)
    known = {row.agency_id, *members}
    form = PetitionForm(request.POST or None, instance=row, bloc_year=row.bloc_year, agency_ids=known)
    form.remember(version_of(row))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "fields": form.cleaned_data,
            "reason": form.cleaned_data["reason"],
            "seen": form.seen_version(),
        }
        if attempt(form, lambda: acts.change_petition(row, actor=actor_of(request), **given)):
            messages.success(request, "Đã lưu đơn thư.")
            return redirect("blocs:petitions", row.bloc_year_id)
        form.renew(version_of(row))
    return form_page(request, form, row.bloc_year_id, "Sửa đơn thư")


@require_POST
def declare_none(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "blocs.manage_petitions", year)
    verb = acts.declare_no_petitions
    attempt_told(request, lambda: verb(year, actor=actor_of(request)), done="Đã khai không có đơn thư trong kỳ.")
    return redirect("blocs:petitions", pk)


def form_page(request: HttpRequest, form: PetitionForm, year_pk: int, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": reverse("blocs:petitions", args=[year_pk]), "nav": "years"}
    return render(request, "web/form_page.html", context)
