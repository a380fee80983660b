"""Movements of a bloc-year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from blocs.domain import movements as acts
from blocs.domain.editing import version_of
from blocs.forms.movements import AdoptForm, MovementForm, ParticipantsForm
from blocs.models import BlocMovement
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of, year_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls

SHARED = (
    "Phong trào này đang dùng chung với khối hoặc năm khác. "
    "Khi lưu, khối có bản ghi riêng; nơi khác giữ nguyên nội dung cũ."
)
SHARED_BY_STANDING = "Phong trào này dùng chung: nội dung sửa ở đây áp dụng cho mọi khối và năm đang dùng."


def period(row: BlocMovement) -> str:
    """ "2016 - 2020"; "từ 2016"; nothing when neither is known."""
    starts, ends = row.movement.starts, row.movement.ends
    if starts and ends:
        return str(starts) if starts == ends else f"{starts} - {ends}"
    return f"từ {starts}" if starts else (f"đến {ends}" if ends else "")


def participants_of(row: BlocMovement) -> str:
    return "; ".join(each.agency.label for each in row.participations.all())


COLUMNS = (
    Column("ten", "Phong trào", lambda row: row.movement.name, ("movement__search_key",)),
    Column("pham-vi", "Phạm vi", lambda row: row.movement.get_scope_display(), ("movement__scope",)),
    Column("hinh-thuc", "Hình thức", lambda row: row.movement.get_kind_display(), ("movement__kind",)),
    Column("thoi-gian", "Thời gian", period, ("movement__starts", "movement__ends")),
    Column("phat-dong", "Phát động", lambda row: row.movement.launched_by),
    Column("ngay", "Ngày phát động", lambda row: row.movement.launched_on, ("movement__launched_on",)),
    Column("don-vi", "Đơn vị tham gia", participants_of),
)


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    rows = year.movements.select_related("movement").prefetch_related("participations__agency")
    listing = build_listing(
        request, rows, title=f"Phong trào {year}", columns=COLUMNS, search=("movement__search_key",)
    )
    if not isinstance(listing, Listing):
        return listing
    lines = [(row, period(row)) for row in listing.page]
    may_run = request.user.has_perm("blocs.run_conferences", year)
    context = {"year": year, "nav": "years", "listing": listing, "lines": lines, "may_run": may_run}
    return render(request, "blocs/movements.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "blocs.run_conferences", year)
    form = MovementForm(request.POST or None, bloc_year=year)
    if request.method == "POST" and form.is_valid():
        row = acts.add_movement(year, fields=form.cleaned_data, actor=actor_of(request))
        messages.success(request, f"Đã thêm phong trào «{row.movement.name}».")
        return redirect(row)
    return form_page(request, form, pk, "Thêm phong trào")


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "blocs.run_conferences", year)
    form = AdoptForm(request.POST or None, movements=acts.adoptable(year))
    if request.method == "POST" and form.is_valid():
        row = acts.adopt_movement(year, movement=form.cleaned_data["movement"], actor=actor_of(request))
        messages.success(request, f"Đã thêm phong trào «{row.movement.name}».")
        return redirect(row)
    return form_page(request, form, pk, "Chọn phong trào đã có", submit="Thêm vào khối")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    form = MovementForm(request.POST or None, instance=row.movement, bloc_year=row.bloc_year)
    form.remember(version_of(row))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"fields": form.cleaned_data, "seen": form.seen_version()}
        if attempt(form, lambda: acts.change_movement(row, actor=actor_of(request), **given)):
            messages.success(request, "Đã lưu phong trào.")
            return redirect(row)
        form.renew(version_of(row))
    oversees = request.user.has_perm("blocs.oversee_year", row)
    lead = (SHARED_BY_STANDING if oversees else SHARED) if acts.is_shared(row) else ""
    return form_page(request, form, row.bloc_year_id, "Sửa phong trào", lead=lead)


@require_http_methods(["GET", "POST"])
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    chosen = list(row.participations.values_list("agency", flat=True))
    members = row.bloc_year.memberships.values_list("agency", flat=True)
    data = request.POST if request.method == "POST" else None
    form = ParticipantsForm(data, agency_ids={*chosen, *members}, initial={"agencies": chosen})
    if form.is_valid():
        acts.set_participants(row, agencies=form.cleaned_data["agencies"], actor=actor_of(request))
        messages.success(request, "Đã ghi đơn vị tham gia.")
        return redirect(row)
    return form_page(request, form, row.bloc_year_id, f"Đơn vị tham gia: {row.movement.name}")


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_or_404(request, pk)
    back = row.get_absolute_url()
    if request.method == "POST":
        acts.remove_movement(row, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        messages.success(request, "Đã bỏ phong trào khỏi năm thi đua của khối.")
        return redirect(back)
    context = {
        "heading": "Bỏ phong trào khỏi khối",
        "lead": f"Phong trào «{row.movement.name}» sẽ không còn trong {row.bloc_year}. Danh sách tham gia bị xóa.",
        "submit": "Bỏ phong trào",
        "back": back,
    }
    return render(request, "web/confirm_page.html", context)


def row_or_404(request: HttpRequest, pk: int) -> BlocMovement:
    """A visible movement that this person may change."""
    rows = BlocMovement.objects.visible_to(request.user).select_related("bloc_year__bloc", "movement")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, "blocs.run_conferences", row)
    return row


def form_page(request: HttpRequest, form: Any, year_pk: int, heading: str, **extra: str) -> HttpResponse:
    back = reverse("blocs:movements", args=[year_pk])
    context = {"form": form, "heading": heading, "back": back, "nav": "years", **extra}
    return render(request, "web/form_page.html", context)
