"""Long papers: ask the worker for one, watch it being made, fetch the file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods

from blocs.models import BlocYear
from khoithidua.web.downloads import attachment, file_name
from reports.documents.registry import KINDS
from reports.domain.drafts import may_see_draft
from reports.domain.paper_jobs import KEPT, ask_for_paper, error_of
from reports.enums import JobState
from reports.models import PaperJob
from reports.views.fetching import year_or_404


@require_http_methods(["GET", "POST"])
def paper_job(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How far the paper is, refreshed by itself; a POST has it made (again)."""
    year = readable_year(request, pk, kind)
    user: Any = request.user
    if request.method == "POST":
        return redirect(ask_for_paper(kind, year, actor=user))
    part = "reports/paper_job_progress.html" if getattr(request, "htmx", False) else "reports/paper_job.html"
    response = render(request, part, progress_of(request, year, kind))
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "private, no-store"
    return response


def progress_of(request: HttpRequest, year: BlocYear, kind: str) -> dict[str, Any]:
    """This person's job as the page tells it; without one the page offers to begin."""
    job = PaperJob.objects.visible_to(request.user).filter(bloc_year=year, kind=kind).first()
    state = job.state_at(timezone.now()) if job else None
    return {
        "year": year,
        "kind": kind,
        "title": KINDS[kind].title,
        "job": job,
        "state": state,
        "under_way": state in (JobState.QUEUED, JobState.WORKING),
        "error": error_of(job, state) if job and state else "",
        "kept_until": job.finished_at + KEPT if job and job.finished_at else None,
        "nav": "reports",
    }


@require_GET
def paper_job_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The finished file, for the person who asked and still may read the draft."""
    year = readable_year(request, pk, kind)
    jobs = PaperJob.objects.visible_to(request.user).exclude(file="")
    job = get_object_or_404(jobs, bloc_year=year, kind=kind)
    try:
        with default_storage.open(str(job.file.name)) as file:
            content: bytes = file.read()
    except OSError as missing:
        raise Http404 from missing
    name = file_name(f"Dự thảo {KINDS[kind].title} {year}", "pdf")
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
