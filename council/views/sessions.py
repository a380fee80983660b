"""Sessions of the council: the list, a new one, its page, its head, its steps."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from council.domain.practice.reading import councils_run_by
from council.domain.sessions.editing import EDITABLE, create_session, edit_session, next_number
from council.domain.sessions.overview import overview_of
from council.domain.sessions.workflow import SESSION
from council.domain.votes.viewing import session_panel
from council.filters import SessionFilter
from council.forms.sessions import SessionForm
from council.models import CouncilSession
from council.views.fetching import RUN, actor_of, runs, session_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing

CONFLICT = 409


def when(row: CouncilSession) -> Any:
    return row.held_on or row.answers_due


COLUMNS = (
    Column("phien", "Phiên", lambda row: f"{row.number}/{row.year}", ("year", "number")),
    Column("noi-dung", "Nội dung", lambda row: row.title, ("search_key",)),
    Column("hinh-thuc", "Hình thức", lambda row: row.get_kind_display(), ("kind", "-year", "-number")),
    Column("ngay", "Ngày họp hoặc hạn gửi ý kiến", when, ("held_on", "answers_due")),
    Column("so", "Trường hợp", lambda row: row.cases, ("cases",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "-year", "-number")),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = CouncilSession.objects.visible_to(request.user).annotate(cases=Count("items"))
    listing = build_listing(
        request,
        rows,
        title="Phiên họp Hội đồng",
        columns=COLUMNS,
        search=("search_key",),
        filterset=SessionFilter,
        default_sort="-phien",
    )
    if isinstance(listing, HttpResponse):
        return listing
    return render(request, "council/sessions/index.html", {"listing": listing, "nav": "council"})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A session of the council this person works for; of several, the one the address names (``?hoi-dong=``)."""
    require(request.user, "council.see_office")
    councils = councils_run_by(actor_of(request))
    council = next((each for each in councils if str(each.pk) == request.GET.get("hoi-dong")), councils[0])
    today = timezone.localdate()
    blank = CouncilSession(council=council, year=today.year, number=next_number(council.pk, today.year))
    form = SessionForm(request.POST or None, instance=blank)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_session(council, fields=form.values(), actor=actor_of(request))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lập phiên họp. Hãy đưa các hồ sơ đã thẩm định vào nội dung.")
            return redirect(made)
    context = {"councils": councils, "council": council, "form": form, "nav": "council"}
    return render(request, "council/sessions/new.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    context = {"session": session, "runs": runs(request, session), "nav": "council", "tab": "head"}
    context |= {"overview": overview_of(session, actor_of(request))} | session_panel(session, actor_of(request))
    context["options"] = SESSION.options(session, actor_of(request))
    context["may_edit"] = context["runs"] and bool(EDITABLE[session.state])
    return render(request, "council/sessions/session.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of a session; two people on it are told of each other (409 with both values)."""
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    form, status = SessionForm(request.POST or None, instance=copy(session)), 200
    form.remember(session, [name for name in form.fields if name != "base"])
    if request.method == "POST" and form.is_valid():
        try:
            edit_session(session, fields=form.values(), base=form.base(), actor=actor_of(request))
        except Conflict as conflict:
            form.tell(conflict)
            status = CONFLICT
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu phiên họp.")
            return redirect(session)
    context = {"form": form, "heading": f"Sửa {session}", "back": session.get_absolute_url(), "nav": "council"}
    return render(request, "web/form_page.html", context, status=status)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    return perform_posted(request, SESSION, session, to=reverse("council:session", args=[session.pk]))
