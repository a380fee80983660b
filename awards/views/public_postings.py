"""What anyone reads without signing in: names, units, awards, the period and where to send opinions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.domain.postings import public_lines, shown_posting, shown_postings
from khoithidua.web.limiting import limited
from khoithidua.web.text import without_controls


@require_GET
@limited("postings")
def index(request: HttpRequest) -> HttpResponse:
    """Lists in their period today."""
    rows = shown_postings(timezone.localdate())
    return unindexed(render(request, "awards/public_postings.html", {"postings": rows}))


@require_GET
@limited("postings")
def posting(request: HttpRequest, code: str) -> HttpResponse:
    """One list while its period runs; afterwards, withdrawn or unknown: a sentence and no names."""
    row = shown_posting(without_controls(code), timezone.localdate())
    context = {"posting": row, "lines": public_lines(row) if row else []}
    return unindexed(render(request, "awards/public_posting.html", context, status=200 if row else 404))


def unindexed(response: HttpResponse) -> HttpResponse:
    """People's names do not belong in search engines once the period is over, nor in caches."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
