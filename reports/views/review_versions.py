"""Versions of a bloc's review: kept, compared, gone back to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from khoithidua.web.guards import require
from reports.views.fetching import review_or_404
from reports.views.version_acts import compared, go_back_as_asked, keep_as_asked, picked


@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, and the differences between the two that ``?cu=`` and ``?moi=`` name; for who compiles."""
    found = review_or_404(request, pk)
    require(request.user, "reports.compile_review", found)
    user: Any = request.user
    two = picked(request, found)
    context = {
        "review": found,
        "year": found.bloc_year,
        **two,
        "compared": compared(found, two["old"], two["new"]) if two["versions"] else [],
        "can_edit": user.has_perm("reports.edit_review", found),
        "nav": "reports",
    }
    return render(request, "reports/review/versions.html", context)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    keep_as_asked(request, review_or_404(request, pk), "reports.edit_review")
    return redirect("reports:review-versions", pk)


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = review_or_404(request, pk)
    done = go_back_as_asked(request, found, "reports.edit_review", number)
    return redirect(found) if done else redirect("reports:review-versions", pk)
