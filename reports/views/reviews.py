"""The bloc's six-month and annual review: written parts beside what is computed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from reports.documents.registry import KINDS, paper_of
from reports.domain.compilation import changes_of, last_changes
from reports.domain.compiling import MemberText, told_texts, withdrawn
from reports.domain.consulting import is_consulted_on
from reports.domain.drafts import PAPER_OF_REVIEW, may_see_draft
from reports.domain.workflow import BLOC_REVIEW
from reports.enums import ReviewKind, ReviewState, Section
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
def review_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or reopen. Issuing needs a number and a signer, so it has its own page."""
    found = review_or_404(request, pk)
    if request.POST.get("transition") == "issue":
        return redirect("reports:review-issue", pk=pk)
    return perform_posted(request, BLOC_REVIEW, found)


def review_page(request: HttpRequest, found: BlocReview, editor: Editor | None = None) -> HttpResponse:
    user: Any = request.user
    can_edit = editor is not None or user.has_perm("reports.edit_review", found)
    context = {
        "review": found,
        "year": found.bloc_year,
        "can_edit": can_edit,
        "can_issue": found.state == ReviewState.APPROVED and user.has_perm("reports.issue", found),
        "options": buttons_of(found, user),
        "next_hand": who_approves(found, user),
        "nav": "reports",
    }
    context |= compiling_context(found, editor, writes=user.has_perm("reports.compile_review", found))
    context |= consulting_context(found, user)
    reads = not can_edit or "xem-truoc" in request.GET
    return render(request, "reports/review.html", context | paper_context(request, found, drawn=reads))


def compiling_context(found: BlocReview, editor: Editor | None, *, writes: bool) -> dict[str, Any]:
    """The sections; for its writers beside the members' texts and what has changed since the last compilation."""
    members = told_texts(found) if writes else None
    return {
        "writes": writes,
        "editors": editors_of(found, members=members, instead=editor),
        "changes": changes_of(found) if writes and found.state == ReviewState.DRAFT else [],
        "last_changes": last_changes(found) if writes else [],
        "withdrawn": gone(found, members) if members is not None else [],
    }


def gone(found: BlocReview, members: dict[str, list[MemberText]]) -> list[str]:
    """Sections that hold a text whose agency has its report back."""
    return [f"{Section(key).label}" for key, texts in members.items() if withdrawn(found, key, texts)]


def consulting_context(found: BlocReview, user: Any) -> dict[str, Any]:
    return {
        "lasts": is_consulted_on(found),
        "consults": user.has_perm("reports.consult_review", found),
        "comments_may": user.has_perm("reports.comment_review", found),
        "comments": found.comments.count() if found.consulting_since else 0,
        "reads_words": user.has_perm("reports.read_words", found.bloc_year),
    }


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
