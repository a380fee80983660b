"""Long papers: ask the worker for one, watch it being made, fetch the file. Of a bloc-year, a session, a decision."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods

from blocs.models import BlocYear
from khoithidua.web.downloads import attachment, file_name
from reports.documents.registry import KINDS
from reports.domain.drafts import may_see_draft
from reports.domain.paper_jobs import FIELDS, KEPT, Owner, ask_for_paper, error_of
from reports.enums import JobState
from reports.models import PaperJob
from reports.views.fetching import year_or_404


@dataclass(frozen=True)
class Desk:
    """One paper of one owner, fetched for a person who may read it, and where its pages are."""

    owner: Owner
    kind: str
    title: str
    back: str
    back_words: str
    nav: str
    prefix: str  # of the names of its addresses: "", "session-", "decision-"
    saved_as: str
    page: str = "paper-job"  # the name of its address

    def address(self, name: str = "") -> str:
        return reverse(f"reports:{self.prefix}{self.page}{name}", args=[self.owner.pk, self.kind])


@require_http_methods(["GET", "POST"])
def paper_job(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How far the paper is, refreshed by itself; a POST has it made (again)."""
    return progress_page(request, desk_of_year(request, pk, kind))


@require_GET
def paper_job_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The finished file, for the person who asked and still may read the draft."""
    return kept_file(request, desk_of_year(request, pk, kind))


def desk_of_year(request: HttpRequest, pk: int, kind: str) -> Desk:
    year, title = readable_year(request, pk, kind), KINDS[kind].title
    if KINDS[kind].subjects:
        raise Http404  # short papers of one of several: the worker would not know whose
    back = reverse("reports:year", args=[pk])
    return Desk(year, kind, title, back, "Về trang Báo cáo, văn bản", "reports", "", f"Dự thảo {title} {year}")


def progress_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page of a job, its moving part for htmx, or a redirect after asking for the paper."""
    user: Any = request.user
    if request.method == "POST":
        return redirect(ask_for_paper(desk.kind, desk.owner, actor=user))
    part = "reports/paper_job_progress.html" if getattr(request, "htmx", False) else "reports/paper_job.html"
    response = render(request, part, progress_of(request, desk))
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "private, no-store"
    return response


def progress_of(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """This person's job as the page tells it; without one the page offers to begin."""
    owned = {FIELDS[type(desk.owner)]: desk.owner}
    job = PaperJob.objects.visible_to(request.user).filter(**owned, kind=desk.kind).first()
    state = job.state_at(timezone.now()) if job else None
    return {
        "year": desk.owner if isinstance(desk.owner, BlocYear) else None,
        "desk": desk,
        "is_archive": desk.page == "archive",
        "title": desk.title,
        "job": job,
        "job_url": desk.address(),
        "file_url": desk.address("-file"),
        "state": state,
        "under_way": state in (JobState.QUEUED, JobState.WORKING),
        "error": error_of(job, state) if job and state else "",
        "kept_until": job.finished_at + KEPT if job and job.finished_at else None,
        "nav": desk.nav,
    }


def kept_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    owned = {FIELDS[type(desk.owner)]: desk.owner}
    jobs = PaperJob.objects.visible_to(request.user).exclude(file="")
    job = get_object_or_404(jobs, **owned, kind=desk.kind)
    try:
        with default_storage.open(str(job.file.name)) as file:
            content: bytes = file.read()
    except OSError as missing:
        raise Http404 from missing
    name = file_name(desk.saved_as, "pdf")
    return attachment(content, name=name, content_type="application/pdf", inline=True)


def readable_year(request: HttpRequest, pk: int, kind: str) -> BlocYear:
    """The bloc-year, if this person may read the draft of ``kind`` in it."""
    year = year_or_404(request, pk)
    if kind not in KINDS:
        raise Http404
    user: Any = request.user
    if not may_see_draft(user, year, kind):
        raise PermissionDenied
    return year
