"""Versions of a bloc's review: kept, compared, gone back to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from khoithidua.web.guards import require
from reports.domain.passages import PassageRefused
from reports.domain.versions import VersionRefused, compare, content_of, go_back, keep_by_hand, versions_of
from reports.models import BlocReview, TextVersion
from reports.views.fetching import review_or_404

NOW = "hien-tai"


@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, and the differences between the two that ``?cu=`` and ``?moi=`` name; for who compiles."""
    found = review_or_404(request, pk)
    require(request.user, "reports.compile_review", found)
    user: Any = request.user
    rows = list(versions_of(found, user))
    old = chosen(rows, request.GET.get("cu", ""), rows[0] if rows else None)
    new = chosen(rows, request.GET.get("moi", ""), None)
    context = {
        "review": found,
        "year": found.bloc_year,
        "versions": rows,
        "old": old,
        "new": new,
        "compared": compared(found, old, new) if rows else [],
        "can_edit": user.has_perm("reports.edit_review", found),
        "nav": "reports",
    }
    return render(request, "reports/review/versions.html", context)


def chosen(rows: list[TextVersion], number: str, otherwise: TextVersion | None) -> TextVersion | None:
    """The version of ``number``; None stands for the text of now."""
    if number == NOW:
        return None
    return next((each for each in rows if str(each.number) == number), otherwise)


def compared(review: BlocReview, old: TextVersion | None, new: TextVersion | None) -> list[Any]:
    before, after = (each.content if each else content_of(review) for each in (old, new))
    return compare(review, before, after)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the review as it stands."""
    found = review_or_404(request, pk)
    require(request.user, "reports.edit_review", found)
    user: Any = request.user
    try:
        kept = keep_by_hand(found, actor=user)
    except (VersionRefused, PassageRefused) as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"Đã lưu phiên bản {kept.number}.")
    return redirect("reports:review-versions", pk)


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Go back to a version, as new text; what stands now is kept first."""
    found = review_or_404(request, pk)
    require(request.user, "reports.edit_review", found)
    user: Any = request.user
    version = get_object_or_404(versions_of(found, user), number=number)
    try:
        go_back(found, version, actor=user)
    except (VersionRefused, PassageRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:review-versions", pk)
    messages.success(request, f"Đã quay lại phiên bản {number}. Nội dung trước đó được giữ thành một phiên bản.")
    return redirect(found)
