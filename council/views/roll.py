"""Roll call, made for a phone: who is here, one touch each; the rest through a small form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs.views.attempts import attempt, attempt_told
from council.domain.sessions.attending import ROLL_STATES, record_attendance, rest_is_present
from council.domain.sessions.overview import overview_of
from council.domain.sessions.seats import update_seats
from council.domain.sessions.substitutes import possible_substitutes
from council.enums import Attendance, SessionKind
from council.forms.sessions import SeatForm
from council.models import Seat
from council.views.fetching import RUN, actor_of, runs, seat_or_404, session_or_404
from khoithidua.web.guards import require
from khoithidua.web.partials import partial


def roll_context(request: HttpRequest, session: Any) -> dict[str, Any]:
    is_open = session.state in ROLL_STATES and session.kind == SessionKind.MEETING
    context = {"session": session, "overview": overview_of(session, actor_of(request)), "nav": "council"}
    return context | {"runs": runs(request, session), "is_open": is_open, "tab": "roll"}


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    return render(request, partial("council/sessions/roll.html", "roll", request), roll_context(request, session))


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: present, by a substitute, in writing, absent with a reason."""
    row = seat_or_404(request, pk)
    require(request.user, RUN, row)
    form = SeatForm(request.POST or None, seat=row, people=possible_substitutes(row))
    back = reverse("council:roll", args=[row.session_id])
    if request.method == "POST" and attempt(form, lambda: recorded(request, row, form)) is not None:
        messages.success(request, f"Đã ghi: {row.name}.")
        return redirect(back)
    context = {"form": form, "heading": f"Điểm danh: {row.name}", "lead": row.post, "back": back, "nav": "council"}
    return render(request, "web/form_page.html", context)


def recorded(request: HttpRequest, row: Seat, form: SeatForm) -> Seat:
    return record_attendance(row, actor=actor_of(request), **form.cleaned_data)


@require_POST
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """One touch: present."""
    row = seat_or_404(request, pk)
    require(request.user, RUN, row)
    verb = lambda: record_attendance(row, attendance=Attendance.PRESENT, actor=actor_of(request))  # noqa: E731
    attempt_told(request, verb, done=f"{row.name}: có mặt.")
    return redirect("council:roll", row.session_id)


@require_POST
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    verb = lambda: rest_is_present(session, actor=actor_of(request))  # noqa: E731
    attempt_told(request, verb, done="Đã ghi những người còn lại có mặt.")
    return redirect("council:roll", session.pk)


@require_POST
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Seats brought up to the council's list while the session is called."""
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    verb = lambda: update_seats(session, actor=actor_of(request))  # noqa: E731
    attempt_told(request, verb, done="Đã cập nhật theo danh sách thành viên hiện hành.")
    return redirect("council:roll", session.pk)
