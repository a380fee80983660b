"""Conferences of a bloc-year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.workflow import TransitionRefused
from blocs.domain import conferences as acts
from blocs.domain.editing import version_of
from blocs.forms.conferences import ConferenceForm
from blocs.models import Agency, BlocYear, Conference
from blocs.views.fetching import actor_of, year_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls


def attendance_words(row: Conference) -> str:
    """How many came, as far as the record tells."""
    if not row.attendance_listed:
        return "chưa ghi danh sách dự"
    levels = [each.level for each in row.attendances.all()]
    absent = levels.count("absent")
    return f"{len(levels) - absent} đơn vị dự" + (f", {absent} vắng" if absent else "")


COLUMNS = (
    Column("loai", "Hội nghị", lambda row: row.get_kind_display(), ("kind",)),
    Column("ngay", "Ngày", lambda row: row.held_on, ("held_on",)),
    Column("dia-diem", "Địa điểm", lambda row: row.place),
    Column("chu-tri", "Chủ trì", lambda row: ", ".join(part for part in (row.chair_name, row.chair_title) if part)),
    Column("du", "Đơn vị dự", attendance_words),
)


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    rows = year.conferences.prefetch_related("attendances")
    listing = build_listing(request, rows, title=f"Hội nghị {year}", columns=COLUMNS)
    if not isinstance(listing, Listing):
        return listing
    context = {
        "year": year,
        "nav": "years",
        "listing": listing,
        "lines": [(row, attendance_words(row)) for row in listing.page],
        "may_run": request.user.has_perm("blocs.run_conferences", year),
    }
    return render(request, "blocs/conferences.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    conference = conference_or_404(request, pk)
    context = {
        "year": conference.bloc_year,
        "nav": "years",
        "conference": conference,
        "attendances": conference.attendances.select_related("agency"),
        "may_run": request.user.has_perm("blocs.run_conferences", conference),
    }
    return render(request, "blocs/conference.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "blocs.run_conferences", year)
    form = ConferenceForm(request.POST or None, bloc_year=year, agencies=agencies_of(year), levels={})
    if request.method == "POST" and form.is_valid() and (saved := save(request, form, year)):
        return redirect(saved)
    return form_page(request, form, year, "Thêm hội nghị", back=reverse("blocs:conferences", args=[pk]))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    conference = conference_or_404(request, pk)
    require(request.user, "blocs.run_conferences", conference)
    levels = dict(conference.attendances.values_list("agency", "level"))
    agencies = agencies_of(conference.bloc_year, conference)
    form = ConferenceForm(
        request.POST or None, instance=conference, bloc_year=conference.bloc_year, agencies=agencies, levels=levels
    )
    form.remember(version_of(conference))
    if request.method == "POST" and form.is_valid():
        if saved := save(request, form, conference):
            return redirect(saved)
        form.renew(version_of(conference))
    return form_page(request, form, conference.bloc_year, "Sửa hội nghị", back=conference.get_absolute_url())


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    conference = conference_or_404(request, pk)
    require(request.user, "blocs.run_conferences", conference)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        acts.remove_conference(conference, reason=reason, actor=actor_of(request))
        messages.success(request, "Đã xóa hội nghị.")
        return redirect("blocs:conferences", conference.bloc_year_id)
    context = {
        "heading": "Xóa hội nghị",
        "lead": f"Xóa «{conference}» của {conference.bloc_year} cùng danh sách dự và kết luận.",
        "submit": "Xóa hội nghị",
        "cancel": "Không xóa",
        "back": conference.get_absolute_url(),
    }
    return render(request, "web/confirm_page.html", context)


def save(request: HttpRequest, form: ConferenceForm, target: BlocYear | Conference) -> Conference | None:
    """Write the form; a refusal becomes a sentence on it."""
    given: dict[str, Any] = {"fields": form.cleaned_data, "levels": form.levels(), "actor": actor_of(request)}
    try:
        if isinstance(target, BlocYear):
            saved = acts.add_conference(target, **given)
        else:
            saved = acts.change_conference(target, seen=form.seen_version(), **given)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, "Đã lưu hội nghị.")
    return saved


def conference_or_404(request: HttpRequest, pk: int) -> Conference:
    rows = Conference.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("bloc_year__bloc__council", "chair_agency"), pk=pk)


def agencies_of(year: BlocYear, conference: Conference | None = None) -> list[Agency]:
    """Members in order, then agencies that the record already names."""
    found = [member.agency for member in year.memberships.select_related("agency").in_order()]
    if conference is not None:
        named = [row.agency for row in conference.attendances.select_related("agency")]
        named += [conference.chair_agency] if conference.chair_agency else []
        found += [agency for agency in named if agency not in found]
    return list(dict.fromkeys(found))


def form_page(request: HttpRequest, form: ConferenceForm, year: BlocYear, heading: str, *, back: str) -> HttpResponse:
    context = {"form": form, "year": year, "heading": heading, "back": back, "nav": "years"}
    return render(request, "blocs/conference_form.html", context)
