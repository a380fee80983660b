"""Who keeps out of what: the list for the minutes, declaring, taking back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs.views.attempts import attempt, attempt_told
from council.domain.sessions.recusals import DECLARE, OPEN_STATES, declarable_items, declare, withdraw
from council.forms.sessions import RecusalForm
from council.models import Recusal, Seat
from council.views.fetching import actor_of, recusal_or_404, runs, seat_or_404, session_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing

COLUMNS = (
    Column("thanh-vien", "Thành viên", lambda row: row.seat.name, ("seat__position", "item__position")),
    Column("noi-dung", "Nội dung", lambda row: str(row.item.nomination), ("item__position", "seat__position")),
    Column("ly-do", "Lý do", lambda row: row.reason, ("reason", "seat__position")),
    Column("nguon", "Nguồn", lambda row: "Hệ thống xác định" if row.automatic else "Tự khai"),
)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    rows = Recusal.objects.visible_to(request.user).filter(session=session)
    listing = build_listing(
        request,
        rows.select_related("seat", "item__nomination__award"),
        title="Thành viên không tham gia biểu quyết",
        columns=COLUMNS,
        search=("item__nomination__search_key",),
        default_sort="thanh-vien",
    )
    if isinstance(listing, HttpResponse):
        return listing
    user, is_open = actor_of(request), session.state in OPEN_STATES
    seats = [each for each in session.seats.filter(votes=True) if is_open and user.has_perm(DECLARE, each)]
    context = {"session": session, "listing": listing, "seats": seats, "nav": "council", "tab": "recusals"}
    return render(request, "council/sessions/recusals.html", context | {"user_pk": user.pk, "is_open": is_open})


@require_http_methods(["GET", "POST"])
def declare_for(request: HttpRequest, pk: int) -> HttpResponse:
    """The member for himself, or the secretary for a member."""
    seat = seat_or_404(request, pk)
    require(request.user, DECLARE, seat)
    items = declarable_items(seat, request.GET.get("q", ""))
    form = RecusalForm(request.POST or None, items=items)
    if request.method == "POST" and attempt(form, lambda: declared(request, seat, form)) is not None:
        messages.success(request, "Đã ghi; sẽ đưa vào biên bản.")
        return redirect("council:recusals", seat.session_id)
    context = {"form": form, "seat": seat, "query": request.GET.get("q", ""), "nav": "council"}
    context |= {"back": reverse("council:recusals", args=[seat.session_id]), "runs": runs(request, seat)}
    return render(request, "council/sessions/recusal_new.html", context)


def declared(request: HttpRequest, seat: Seat, form: RecusalForm) -> int:
    given = {"reason": form.cleaned_data["reason"], "actor": actor_of(request)}
    return declare(seat, form.cleaned_data["items"], **given)


@require_POST
def withdraw_one(request: HttpRequest, pk: int) -> HttpResponse:
    recusal = recusal_or_404(request, pk)
    require(request.user, DECLARE, recusal.seat)
    session_id = recusal.session_id
    attempt_told(request, lambda: withdraw(recusal, actor=actor_of(request)), done="Đã bỏ khai.")
    return redirect("council:recusals", session_id)
