"""The bloc's six-month and annual review: written parts beside what is computed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from khoithidua.web.guards import require
from reports.documents.registry import KINDS, paper_of
from reports.domain.compiling import compile_section, member_texts
from reports.domain.drafts import PAPER_OF_REVIEW, may_see_draft
from reports.domain.passages import PassageRefused
from reports.domain.workflow import BLOC_REVIEW
from reports.enums import ReviewKind, ReviewState
from reports.models import BlocReview, IssuedDocument
from reports.views.editing import Editor, buttons_of, editors_of, save_posted, section_or_404, who_approves
from reports.views.fetching import review_or_404


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    return review_page(request, review_or_404(request, pk))


@require_http_methods(["GET", "POST"])
def review_passage(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Saves one section. GET is where a lost session comes back to after signing in."""
    found = review_or_404(request, pk)
    name = section_or_404(section)
    if request.method == "GET":
        return redirect(f"{found.get_absolute_url()}#muc-{name}")
    return save_posted(request, found, name, lambda editor: review_page(request, found, editor))


@require_POST
def review_compile(request: HttpRequest, pk: int) -> HttpResponse:
    """Appends the members' texts of one section."""
    found = review_or_404(request, pk)
    require(request.user, "reports.compile_review", found)
    section = section_or_404(request.POST.get("section", ""))
    user: Any = request.user
    try:
        passage, names = compile_section(found, section, actor=user)
    except PassageRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ", ".join(names)
        messages.success(request, f"Đã ghép vào cuối mục «{passage.label}» nội dung của: {words}.")
    return redirect(f"{found.get_absolute_url()}#muc-{section}")


@require_POST
def review_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or reopen. Issuing needs a number and a signer, so it has its own page."""
    found = review_or_404(request, pk)
    if request.POST.get("transition") == "issue":
        return redirect("reports:review-issue", pk=pk)
    return perform_posted(request, BLOC_REVIEW, found)


def review_page(request: HttpRequest, found: BlocReview, editor: Editor | None = None) -> HttpResponse:
    user: Any = request.user
    writes = user.has_perm("reports.compile_review", found)
    members = member_texts(found.bloc_year, found.kind) if writes else None
    context = {
        "review": found,
        "year": found.bloc_year,
        "editors": editors_of(found, members=members, instead=editor),
        "can_edit": editor is not None or user.has_perm("reports.edit_review", found),
        "writes": writes,
        "can_issue": found.state == ReviewState.APPROVED and user.has_perm("reports.issue", found),
        "options": buttons_of(found, user),
        "next_hand": who_approves(found, user),
        "nav": "reports",
    }
    reads = not context["can_edit"] or "xem-truoc" in request.GET
    return render(request, "reports/review.html", context | paper_context(request, found, drawn=reads))


def paper_context(request: HttpRequest, found: BlocReview, *, drawn: bool) -> dict[str, Any]:
    """The paper that this review becomes: its text as of now where it is ``drawn``, its draft, its issued copies."""
    user: Any = request.user
    kind = PAPER_OF_REVIEW[ReviewKind(found.kind)]
    issued = IssuedDocument.objects.visible_to(user).filter(bloc_year=found.bloc_year, kind=kind)
    shown = kind in KINDS and may_see_draft(user, found.bloc_year, kind)
    return {
        "paper_kind": kind,
        "may_see_paper": shown,
        "paper": paper_of(kind, found.bloc_year) if shown and drawn else None,
        "issued": list(issued) if found.state == ReviewState.ISSUED else [],
    }
