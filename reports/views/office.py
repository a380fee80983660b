"""Papers as Word documents to work on, and their tables as Excel workbooks. Whoever may read the PDF may have them.

A document of 5,000 rows takes under two seconds, so each is made in the request.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from blocs.views.fetching import actor_of
from council.domain.register.history import recipient_of
from council.models import CouncilSession
from khoithidua.web.downloads import XLSX, attachment, file_name
from reports.documents import award_history
from reports.documents.blocks import Paper
from reports.documents.council_registry import BALLOT_MINUTES, ballot_paper, session_title
from reports.documents.council_registry import decision_paper as paper_of_decision
from reports.documents.council_registry import session_paper as paper_of_session
from reports.documents.docx import DOCX, paper_docx
from reports.documents.dossier_registry import DOSSIER_KINDS, report_paper
from reports.documents.dossier_registry import dossier_paper as paper_of_dossier
from reports.documents.registry import KINDS, render_docx, render_xlsx
from reports.documents.workbook import paper_workbook
from reports.views.council_papers import decision_behind, saved_as, session_behind
from reports.views.dossier_papers import dossier_behind, nomination_behind
from reports.views.fetching import subject_or_404
from reports.views.paper_jobs import readable_year

NO_TABLE = "Văn bản này chưa có bảng số liệu nào để xuất ra Excel. Hãy nhập số liệu rồi tải lại."


@require_GET
def paper_docx_draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a bloc-year as a Word document marked DỰ THẢO."""
    year = readable_year(request, pk, kind)
    name = file_name(f"Dự thảo {KINDS[kind].title} {year}", "docx")
    return attachment(
        render_docx(kind, year, subject=subject_or_404(request, year, kind)), name=name, content_type=DOCX
    )


@require_GET
def paper_xlsx_draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The tables of one paper of a bloc-year as a workbook."""
    year = readable_year(request, pk, kind)
    if not KINDS[kind].tabular:
        raise Http404
    name = file_name(f"Dự thảo {KINDS[kind].title} {year}", "xlsx")
    content = render_xlsx(kind, year, subject=subject_or_404(request, year, kind))
    return workbook_or_back(request, content, name, back=reverse("reports:year", args=[pk]))


@require_GET
def dossier_docx(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a dossier as a Word document."""
    dossier = dossier_behind(request, pk, kind)
    return word(paper_of_dossier(kind, dossier), f"{DOSSIER_KINDS[kind].title} {dossier.code}")


@require_GET
def nomination_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The achievement report of one nomination as a Word document."""
    found = nomination_behind(request, pk)
    return word(report_paper(found), f"Báo cáo thành tích {found.name}")


@require_GET
def session_docx(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a session as a Word document; ``?luot=`` is one round of the count's minutes."""
    session = session_behind(request, pk, kind)
    return word(session_paper_asked(request, session, kind), session_name(session, kind))


@require_GET
def session_xlsx(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The tables of one paper of a session as a workbook."""
    session = session_behind(request, pk, kind)
    content = paper_workbook(session_paper_asked(request, session, kind))
    name = file_name(session_name(session, kind), "xlsx")
    return workbook_or_back(request, content, name, back=session.get_absolute_url())


@require_GET
def decision_docx(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a decision as a Word document: an issued one carries its number and its code."""
    decision = decision_behind(request, pk, kind)
    paper, code = paper_of_decision(kind, decision)
    return word(paper, saved_as(decision, kind), code=code)


@require_GET
def history_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The award history of one recipient as a Word document."""
    found = recipient_of(actor_of(request), pk)
    if found is None:
        raise Http404
    return word(award_history.compose(found), f"Lịch sử khen thưởng {found.name}")


def session_paper_asked(request: HttpRequest, session: CouncilSession, kind: str) -> Paper:
    ballot = request.GET.get("luot", "")
    if kind == BALLOT_MINUTES and ballot:
        found = get_object_or_404(session.ballots.filter(pk=int(ballot) if ballot.isdecimal() else 0))
        return ballot_paper(session, found.pk)
    return paper_of_session(kind, session)


def session_name(session: CouncilSession, kind: str) -> str:
    return f"{session_title(kind, session)} phiên {session.number} năm {session.year}"


def word(paper: Paper, title: str, *, code: str = "") -> HttpResponse:
    return attachment(paper_docx(paper, code=code), name=file_name(title, "docx"), content_type=DOCX)


def workbook_or_back(request: HttpRequest, content: bytes | None, name: str, *, back: str) -> HttpResponse:
    """The workbook; a paper that has no table yet leads back with a sentence."""
    if content is None:
        messages.info(request, NO_TABLE)
        return redirect(back)
    return attachment(content, name=name, content_type=XLSX)
