"""Registrations of titles aimed at: the year's list, one registration, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.workflow import TransitionRefused
from awards.domain import registrations as acts
from awards.domain.registration_page import DeadlineWords, deadline_words, line_columns
from awards.domain.workflow import REGISTRATION
from awards.filters_registrations import LineFilter
from awards.models import Registration, RegistrationLine
from blocs.models import Agency
from blocs.views.attempts import attempt_told
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls

EDIT = "awards.edit_registration"
DONE = {"send": "Đã gửi đăng ký thi đua.", "revise": "Đã rút đăng ký về. Sửa xong, lãnh đạo gửi lại."}
COLUMNS = (
    Column("don-vi", "Đơn vị", lambda row: row.agency.label, ("agency__sort_key",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state",)),
    Column("ca-nhan", "Cá nhân", lambda row: row.people),
    Column("tap-the", "Tập thể, hộ gia đình", lambda row: row.others),
    Column("gui-luc", "Gửi lúc", lambda row: row.sent_at, ("sent_at",)),
)


def year_asked(request: HttpRequest, otherwise: int) -> int:
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    return year if acts.FIRST_YEAR <= year <= 2100 else otherwise


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Registrations of one year that this person sees; the standing body sees who has not sent."""
    today, user = timezone.localdate(), actor_of(request)
    year = year_asked(request, acts.year_to_register(today))
    rows = acts.counted(Registration.objects.visible_to(user).filter(year=year))
    title = f"Đăng ký thi đua năm {year}"
    listing = build_listing(
        request, rows, title=title, columns=COLUMNS, search=("agency__search_key",), default_sort="don-vi"
    )
    if not isinstance(listing, Listing):
        return listing
    context = {
        "listing": listing,
        "year": year,
        "years": acts.years_known(user, today),
        "unopened": acts.unopened(user, year),
        "not_sent": acts.not_sent(user, year, today),
        "nav": "awards",
    }
    return render(request, "awards/registrations.html", context)


@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("agency", "")
    rows = Agency.objects.visible_to(request.user)
    agency = get_object_or_404(rows, pk=int(asked) if asked.isdecimal() and len(asked) < 12 else 0)
    require(request.user, "awards.register", agency)
    year = request.POST.get("year", "")
    try:
        given: dict[str, Any] = {"year": int(year) if year.isdecimal() and len(year) == 4 else 0}
        row = acts.open_registration(agency, today=timezone.localdate(), actor=actor_of(request), **given)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:registrations")
    return redirect(row.get_absolute_url())


def registration_or_404(request: HttpRequest, pk: int) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related("agency__council")
    return get_object_or_404(rows, pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    row = registration_or_404(request, pk)
    lines = row.lines.select_related("subject", "award").order_by("award__position", "subject__person_sort_key", "pk")
    search = ("subject__search_key",)
    listing = build_listing(request, lines, title=str(row), columns=line_columns(), search=search, filterset=LineFilter)
    if not isinstance(listing, Listing):
        return listing
    words: DeadlineWords = deadline_words(row, timezone.localdate())
    context = {
        "registration": row,
        "listing": listing,
        "may_edit": request.user.has_perm(EDIT, row),
        "options": REGISTRATION.options(row, actor_of(request)),
        "deadline": words,
        "nav": "awards",
    }
    return render(request, "awards/registration.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    row = registration_or_404(request, pk)
    require(request.user, "awards.send_registration", row)
    name, reason = request.POST.get("transition", ""), without_controls(request.POST.get("reason", ""))
    verb = acts.act
    done = DONE.get(name, "Đã ghi nhận.")
    attempt_told(request, lambda: verb(row, name, actor=actor_of(request), reason=reason), done=done)
    return redirect(row.get_absolute_url())


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    row = registration_or_404(request, pk)
    require(request.user, EDIT, row)
    try:
        added = acts.copy_last_year(row, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã chép {added.made} dòng; {added.known} dòng đã có từ trước.")
    return redirect(row.get_absolute_url())


@require_POST
def remove_line(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    row = registration_or_404(request, pk)
    line: RegistrationLine = get_object_or_404(row.lines.select_related("subject", "award"), pk=line_pk)
    require(request.user, EDIT, row)
    verb = acts.remove_line
    attempt_told(request, lambda: verb(line, actor=actor_of(request)), done="Đã bỏ khỏi đăng ký.")
    return redirect(row.get_absolute_url())
