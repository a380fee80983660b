"""The archive of a bloc-year: asked for, watched, fetched."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from blocs.models import BlocYear
from khoithidua.web.downloads import file_name
from reports.domain.paper_making import ARCHIVES
from reports.models import PaperJob
from reports.views.fetching import year_or_404
from reports.views.paper_jobs import Desk, progress_page

TITLES = {"archive": "Lưu trữ đầy đủ của năm thi đua", "bloc-archive": "Lưu trữ của khối"}


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How far the archive is, refreshed by itself; a POST has it made (again)."""
    return progress_page(request, desk_of(request, pk, kind))


@require_GET
def archive_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The finished ZIP, for the person who asked and still may have it."""
    desk = desk_of(request, pk, kind)
    jobs = PaperJob.objects.visible_to(request.user).exclude(file="")
    job = get_object_or_404(jobs, bloc_year=pk, kind=kind)
    try:
        content = default_storage.open(str(job.file.name))
    except OSError as missing:
        raise Http404 from missing
    name = file_name(desk.saved_as, "zip")
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def desk_of(request: HttpRequest, pk: int, kind: str) -> Desk:
    """The desk of one archive, for whoever may have it: 404 for a year or kind unseen, 403 for others."""
    year = year_or_404(request, pk)
    if kind not in ARCHIVES:
        raise Http404
    if kind not in dict(archives_for(request.user, year)):
        raise PermissionDenied
    title = TITLES[kind]
    back = reverse("reports:year", args=[pk])
    return Desk(year, kind, title, back, "Về trang Báo cáo, văn bản", "reports", "", f"{title} {year}", "archive")


def archives_for(user: Any, year: BlocYear) -> list[tuple[str, str]]:
    """Which archives of ``year`` this person may have made: kind and title."""
    needed = {"archive": "reports.archive_year", "bloc-archive": "reports.archive_bloc"}
    return [(kind, TITLES[kind]) for kind in ARCHIVES if user.has_perm(needed[kind], year)]
