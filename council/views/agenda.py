"""The agenda of a session: its items page by page, and what may be added."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from council.domain.from_files import missing_words
from council.domain.sessions.agenda import BEFORE_MEETING, RUNNING, add_items
from council.domain.sessions.offering import award_offers, chosen_nominations, dossier_offers
from council.domain.sessions.page_lines import item_lines
from council.enums import SessionState
from council.filters import AgendaFilter
from council.forms.sessions import AgendaAddForm
from council.models import AgendaItem, CouncilSession
from council.views.fetching import RUN, actor_of, runs, session_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing

ORDER = ("nomination__award__position", "nomination__award", "position")
COLUMNS = (
    Column("tt", "Thứ tự", lambda row: row.position, ORDER),
    Column("ten", "Đối tượng", lambda row: row.nomination.name, ("nomination__search_key", "position")),
    Column("hinh-thuc", "Hình thức", lambda row: row.nomination.award.name),
    Column("don-vi", "Đơn vị đề nghị", lambda row: row.nomination.dossier.agency.label, ("agency_key", "position")),
    Column("ho-so", "Hồ sơ", lambda row: row.nomination.dossier.code, ("nomination__dossier__code", "position")),
    Column("kiem-tra", "Kiểm tra điều kiện", lambda row: row.nomination.get_verdict_display()),
    Column("y-kien", "Ý kiến cơ quan thường trực", lambda row: row.note),
    Column("ket-luan", "Kết luận", lambda row: row.get_outcome_display(), ("outcome", "position")),
)
SEARCHED = ("nomination__search_key", "nomination__dossier__search_key", "agency_key")


def agenda_rows(session: CouncilSession, request: HttpRequest) -> Any:
    rows = AgendaItem.objects.visible_to(request.user).filter(session=session)
    found = rows.select_related("nomination__award", "nomination__dossier__agency")
    return found.annotate(agency_key=F("nomination__dossier__agency__search_key"))


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    listing = build_listing(
        request,
        agenda_rows(session, request),
        title=f"Nội dung phiên {session.number}-{session.year}",
        columns=COLUMNS,
        search=SEARCHED,
        filterset=AgendaFilter,
        default_sort="tt",
    )
    if isinstance(listing, HttpResponse):
        return listing
    may_run = runs(request, session)
    context = {"session": session, "listing": listing, "lines": item_lines(session, list(listing.page))}
    context |= {"runs": may_run, "may_add": may_run and session.state in BEFORE_MEETING}
    context["missing"] = missing_items(session)
    context |= {"may_change": may_run and session.state in RUNNING, "nav": "council", "tab": "agenda"}
    return render(request, "council/sessions/agenda.html", context)


def missing_items(session: CouncilSession) -> str:
    """A sentence where the session came by files with a part of its agenda. Nobody of this system made such a one."""
    if session.created_by_id is not None or session.state != SessionState.CLOSED:
        return ""
    return missing_words(session, session.items.count(), "phiên họp")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything ready, whole awards or whole dossiers; what may not come is told with its reason."""
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    awards, dossiers = award_offers(session), list(dossier_offers(session))
    form = AgendaAddForm(request.POST or None, offers=awards, dossiers=dossiers)
    if request.method == "POST" and form.is_valid():
        try:
            done = add_items(session, chosen_nominations(session, **form.cleaned_data), actor=actor_of(request))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_added(request, done)
            return redirect("council:agenda", session.pk)
    context = {"session": session, "form": form, "awards": awards, "dossiers": dossiers, "nav": "council"}
    context["is_open"] = session.state in BEFORE_MEETING
    return render(request, "council/sessions/agenda_add.html", context)


SHOWN = 5


def tell_added(request: HttpRequest, done: Any) -> None:
    if done.count:
        messages.success(request, f"Đã đưa {done.count} trường hợp vào nội dung phiên họp.")
    for nomination, sentence in done.left[:SHOWN]:
        messages.warning(request, f"{nomination.name}: {sentence}")
    if len(done.left) > SHOWN:
        messages.warning(request, f"Còn {len(done.left) - SHOWN} trường hợp khác không đưa vào được.")
    if not done.count and not done.left:
        messages.warning(request, "Không còn trường hợp nào để đưa vào nội dung.")
