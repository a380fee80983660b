"""Commendations that the agencies of a bloc-year report."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from blocs.domain import commending as acts
from blocs.domain.commendations import count_sentence, phrase, sentence, totals_in
from blocs.domain.editing import version_of
from blocs.enums import Award
from blocs.forms.commendations import CommendationFilter, CommendationForm
from blocs.models import BlocYear, Commendation, Membership
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of, year_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls

PERMISSION = "blocs.edit_commendations"
SEARCHED = ("search_key", "agency__search_key")
COLUMNS = (
    Column("don-vi", "Đơn vị", lambda row: row.agency.label, ("agency__sort_key", "position")),
    Column("ky", "Kỳ", lambda row: row.get_period_display(), ("period",)),
    Column("hinh-thuc", "Hình thức", lambda row: row.get_award_display(), ("award",)),
    Column("doi-tuong", "Đối tượng", sentence),
    Column("nguoi-khen", "Cơ quan, người khen", lambda row: row.issuer),
    Column("tinh-trang", "Tình trạng", lambda row: row.get_status_display(), ("status",)),
    Column("thanh-tich", "Thành tích", lambda row: row.reason),
)


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    rows = Commendation.objects.visible_to(request.user).filter(bloc_year=year)
    rows = rows.select_related("agency").prefetch_related("recipients")
    title = f"Khen thưởng {year}"
    listing = build_listing(request, rows, title=title, columns=COLUMNS, search=SEARCHED, filterset=CommendationFilter)
    if not isinstance(listing, Listing):
        return listing
    members = list(year.memberships.select_related("agency").in_order())
    editable = {member.agency_id for member in may_write(request, year, members)}
    context = {
        "year": year,
        "nav": "years",
        "listing": listing,
        "lines": [(row, sentence(row), row.agency_id in editable) for row in listing.page],
        "may_add": bool(editable),
    }
    found: Any = listing.page.paginator.object_list
    return render(request, "blocs/commendations.html", context | totals_of(found, members))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    members = {member.agency_id: member for member in editable_members(request, year)}
    if not members:
        require(request.user, PERMISSION)
    form = CommendationForm(request.POST or None, agency_ids=members, counts={})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"fields": form.cleaned_data, "counts": form.counts(), "actor": actor_of(request)}
        member = members[form.cleaned_data["agency"].pk]
        if attempt(form, lambda: acts.add_commendation(member, **given)):
            messages.success(request, "Đã ghi kết quả khen thưởng.")
            return redirect("blocs:commendations", pk)
    return form_page(request, form, year, "Thêm kết quả khen thưởng")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    members = {member.agency_id for member in editable_members(request, row.bloc_year)}
    counts = dict(row.recipients.values_list("kind", "count"))
    form = CommendationForm(request.POST or None, instance=row, agency_ids=members, counts=counts)
    form.remember(version_of(row))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"fields": form.cleaned_data, "counts": form.counts(), "seen": form.seen_version()}
        if attempt(form, lambda: acts.change_commendation(row, actor=actor_of(request), **given)):
            messages.success(request, "Đã lưu kết quả khen thưởng.")
            return redirect("blocs:commendations", row.bloc_year_id)
        form.renew(version_of(row))
    return form_page(request, form, row.bloc_year, "Sửa kết quả khen thưởng")


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    back = row.get_absolute_url()
    if request.method == "POST":
        acts.remove_commendation(row, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        messages.success(request, "Đã xóa kết quả khen thưởng.")
        return redirect(back)
    context = {"heading": "Xóa kết quả khen thưởng", "lead": f"Xóa «{row}: {sentence(row)}».", "back": back}
    context["cancel"] = "Không xóa"
    return render(request, "web/confirm_page.html", context)


def editable_members(request: HttpRequest, year: BlocYear) -> list[Membership]:
    """Members whose commendations this person may write: own agency's, or any for the secretariat."""
    return may_write(request, year, year.memberships.select_related("agency").in_order())


def may_write(request: HttpRequest, year: BlocYear, members: Iterable[Membership]) -> list[Membership]:
    for member in members:
        member.bloc_year = year
    return [member for member in members if request.user.has_perm(PERMISSION, member)]


def row_or_404(request: HttpRequest, pk: int) -> Commendation:
    """A visible commendation that this person may change."""
    rows = Commendation.objects.visible_to(request.user).select_related("agency", "bloc_year__bloc__council")
    row = get_object_or_404(rows, pk=pk)
    member = row.bloc_year.memberships.filter(agency=row.agency_id).first()
    require(request.user, PERMISSION, member)
    return row


def totals_of(rows: QuerySet[Commendation], members: list[Membership]) -> dict[str, object]:
    """Awarded and proposed apart over the whole filtered list; what has no number is named, not counted."""
    names = {member.agency.code: member.agency.label for member in members}
    counted = totals_in(rows)
    return {
        "awarded": count_sentence(counted.awarded),
        "proposed": count_sentence(counted.proposed),
        "uncounted": [
            f"{names.get(each.agency, each.agency)}: {phrase(each.kind, None)} ({Award(each.award).label})"
            for each in counted.uncounted
        ],
    }


def form_page(request: HttpRequest, form: CommendationForm, year: BlocYear, heading: str) -> HttpResponse:
    back = reverse("blocs:commendations", args=[year.pk])
    context = {"form": form, "year": year, "heading": heading, "back": back, "nav": "years"}
    return render(request, "blocs/commendation_form.html", context)
