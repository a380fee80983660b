"""Papers of the council: made from the rows each time; long ones by the worker."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from council.domain.certificates.printing import KIND_PREFIX
from council.models import CouncilSession, Decision
from khoithidua.web.downloads import XLSX, attachment, file_name
from reports.documents.council_registry import (
    BALLOT_MINUTES,
    DECISION_KINDS,
    SESSION_KINDS,
    ballot_pdf,
    decision_pdf,
    decision_xlsx,
    session_pdf,
    session_title,
)
from reports.views.certificate_fetching import desk_of_printing, printing_or_404
from reports.views.paper_jobs import Desk, kept_file, progress_page

PDF = "application/pdf"
RUN = "council.run_session"
# About four milliseconds a table row: more rows than this are the worker's.
ROWS_IN_A_REQUEST = 600


@require_GET
def session_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a session as PDF; ``?luot=`` is one round of the count's minutes."""
    session = session_behind(request, pk, kind)
    name = file_name(f"{session_title(kind, session)} phiên {session.number} năm {session.year}", "pdf")
    ballot = request.GET.get("luot", "")
    if kind == BALLOT_MINUTES and ballot:
        found = get_object_or_404(session.ballots.filter(pk=int(ballot) if ballot.isdecimal() else 0))
        return attachment(ballot_pdf(session, found.pk), name=name, content_type=PDF, inline=True)
    if session.items.count() > ROWS_IN_A_REQUEST:
        return redirect("reports:session-paper-job", pk, kind)
    return attachment(session_pdf(kind, session), name=name, content_type=PDF, inline=True)


@require_GET
def decision_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a decision as PDF: a draft says so, an issued one carries its number and its code."""
    decision = decision_behind(request, pk, kind)
    if decision.lines.count() > ROWS_IN_A_REQUEST:
        return redirect("reports:decision-paper-job", pk, kind)
    content = decision_pdf(kind, decision)
    return attachment(content, name=file_name(saved_as(decision, kind), "pdf"), content_type=PDF, inline=True)


@require_GET
def decision_table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The list of a decision as a workbook."""
    decision = decision_behind(request, pk, kind)
    name = file_name(f"{DECISION_KINDS[kind].xlsx_title} {decision.full_number}", "xlsx")
    return attachment(decision_xlsx(kind, decision), name=name, content_type=XLSX)


@require_http_methods(["GET", "POST"])
def session_paper_job(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How far a long paper of a session is; a POST has it made (again)."""
    return progress_page(request, desk_of_session(request, pk, kind))


@require_GET
def session_paper_job_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The finished file, for the person who asked and still may read it."""
    return kept_file(request, desk_of_session(request, pk, kind))


@require_http_methods(["GET", "POST"])
def decision_paper_job(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How far a long paper of a decision is; a POST has it made (again)."""
    return progress_page(request, desk_of_decision(request, pk, kind))


@require_GET
def decision_paper_job_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The finished file, for the person who asked and still may read it."""
    return kept_file(request, desk_of_decision(request, pk, kind))


def session_behind(request: HttpRequest, pk: int, kind: str) -> CouncilSession:
    """The session, if this person may read ``kind``: who has a seat, once it was called or is over."""
    rows = CouncilSession.objects.visible_to(request.user).select_related("council__standing_agency")
    session = get_object_or_404(rows, pk=pk)
    if kind not in SESSION_KINDS:
        raise Http404
    if session.state not in SESSION_KINDS[kind].readers and not request.user.has_perm(RUN, session):
        raise PermissionDenied
    return session


def decision_behind(request: HttpRequest, pk: int, kind: str) -> Decision:
    """The decision, if it has such a paper and this person may read it."""
    rows = Decision.objects.visible_to(request.user).select_related(
        "council__standing_agency", "issuer__agency", "corrects__issuer"
    )
    decision = get_object_or_404(rows, pk=pk)
    found = DECISION_KINDS.get(kind)
    if found is None or not found.offered(decision):
        raise Http404
    if found.permission and not request.user.has_perm(found.permission, decision):
        raise PermissionDenied
    return decision


def desk_of_session(request: HttpRequest, pk: int, kind: str) -> Desk:
    session = session_behind(request, pk, kind)
    title = session_title(kind, session)
    back, saved = session.get_absolute_url(), f"{title} phiên {session.number} năm {session.year}"
    return Desk(session, kind, f"{title}: {session}", back, "Về phiên họp", "council", "session-", saved)


def desk_of_decision(request: HttpRequest, pk: int, kind: str) -> Desk:
    if kind.startswith(KIND_PREFIX):
        return desk_of_printing(printing_or_404(request, pk, kind))
    decision = decision_behind(request, pk, kind)
    title = f"{DECISION_KINDS[kind].title}: {decision.title}"
    back, saved = decision.get_absolute_url(), saved_as(decision, kind)
    return Desk(decision, kind, title, back, "Về quyết định", "council", "decision-", saved)


def saved_as(decision: Decision, kind: str) -> str:
    draft = "" if decision.number is not None else "Dự thảo "
    return f"{draft}{DECISION_KINDS[kind].title} {decision.full_number}"
