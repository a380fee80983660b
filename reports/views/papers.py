"""Drafts of official papers, and issuing them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from blocs.enums import Role
from blocs.models import BlocYear
from khoithidua.web.downloads import attachment, file_name
from khoithidua.web.guards import require
from reports.documents.registry import KINDS, render_pdf
from reports.documents.wording.in_force import collect_words
from reports.domain.drafts import (
    ISSUED_FROM_RECORDS,
    PAPER_OF_REVIEW,
    awaits_lock,
    is_long,
    issue_once,
    issued_count,
    may_see_draft,
)
from reports.domain.issuing import IssueRefused, issue_review
from reports.domain.minutes import BALLOT_MINUTES, CHAIR_TITLE, chair_of_count, unwitnessed
from reports.domain.number_book import next_number_of
from reports.domain.paper_subjects import subjects_for
from reports.domain.readiness import HELD_BACK, missing_for
from reports.enums import ReviewKind, ReviewState
from reports.forms import IssueForm, SeenForm
from reports.models import IssuedDocument
from reports.views.fetching import review_or_404, subject_or_404, year_or_404

NOT_APPROVED = "Chỉ ban hành được báo cáo đã duyệt. Hãy duyệt báo cáo trước."


@require_GET
def paper_draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper as a PDF marked DỰ THẢO, shown in the browser; a long one is made by the worker."""
    year = year_or_404(request, pk)
    if kind not in KINDS:
        raise Http404
    user: Any = request.user
    if not may_see_draft(user, year, kind):
        raise PermissionDenied
    if is_long(year, kind):
        return redirect("reports:paper-job", pk, kind)
    name = file_name(f"Dự thảo {KINDS[kind].title} {year}", "pdf")
    content = render_pdf(kind, year, subject=subject_or_404(request, year, kind))
    return attachment(content, name=name, content_type="application/pdf", inline=True)


@require_http_methods(["GET", "POST"])
def review_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved review gets number, day and signer, and becomes a paper."""
    review = review_or_404(request, pk)
    require(request.user, "reports.issue", review)
    if review.state != ReviewState.APPROVED:
        messages.error(request, NOT_APPROVED)
        return redirect(review)
    user: Any = request.user
    kind = PAPER_OF_REVIEW[ReviewKind(review.kind)]
    form = issue_form(request, review.bloc_year, kind)
    if request.method == "POST" and form.is_valid():
        document = issued(form, lambda **facts: issue_review(review, actor=user, **facts))
        if document is not None:
            messages.success(request, f"Đã ban hành văn bản số {document}.")
            return redirect(document)
    return issue_page(request, form, review.bloc_year, kind, back=review.get_absolute_url())


@require_http_methods(["GET", "POST"])
def paper_issue(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A paper drawn from the records gets number, day and signer."""
    year = year_or_404(request, pk)
    if kind not in ISSUED_FROM_RECORDS:
        raise Http404
    require(request.user, "reports.issue", year)
    subject = subject_or_404(request, year, kind)
    form = issue_form(request, year, kind)
    document = issued_once(request, form, year, kind, subject) if request.method == "POST" else None
    if document is not None:
        messages.success(request, f"Đã ban hành văn bản số {document}.")
        return redirect(document)
    return issue_page(request, form, year, kind, back=reverse("reports:year", args=[pk]), subject=subject)


def issued_once(
    request: HttpRequest, form: IssueForm, year: BlocYear, kind: str, subject: str
) -> IssuedDocument | None:
    """The paper, or None with what stands in its way on the form."""
    page = SeenForm(request.POST)
    if not form.is_valid() or not page.is_valid():
        return None
    given: dict[str, Any] = {"actor": request.user, "subject": subject, "seen": page.cleaned_data["seen"]}
    return issued(form, lambda **facts: issue_once(kind, year, **given, **facts))


def issue_form(request: HttpRequest, year: BlocYear, kind: str) -> IssueForm:
    """The form, filled in with today and who is to sign."""
    today = timezone.localdate()
    name, title = signer_of(year, kind)
    initial = {"issued_on": today, "signer_name": name, "signer_title": title}
    return IssueForm(request.POST or None, today=today, unlocked=awaits_lock(year, kind), initial=initial)


def signer_of(year: BlocYear, kind: str) -> tuple[str, str]:
    """Name and title: the head's representative; of minutes of a count, the chair of the committee."""
    if kind == BALLOT_MINUTES:
        return chair_of_count(year), CHAIR_TITLE
    head = year.memberships.filter(role=Role.HEAD).select_related("agency").first()
    return (head.person, head.person_title or head.agency.leader_title) if head else ("", "")


def issued(form: IssueForm, issue: Callable[..., IssuedDocument]) -> IssuedDocument | None:
    """The paper, or None with the refusal as a sentence on the form."""
    names = ("number", "issued_on", "signer_name", "signer_title")
    try:
        return issue(**{name: form.cleaned_data[name] for name in names})
    except (IssueRefused, TransitionRefused) as refusal:
        form.add_error(None, str(refusal))
    return None


def issue_page(
    request: HttpRequest, form: IssueForm, year: BlocYear, kind: str, *, back: str, subject: str = ""
) -> HttpResponse:
    user: Any = request.user
    context = {
        "form": form,
        "year": year,
        "back": back,
        "subject": subject,
        "subjects": subjects_for(user, year, kind),
        "nav": "reports",
        **state_of_issue(form, year, kind),
    }
    return render(request, "reports/issue.html", context)


def state_of_issue(form: IssueForm, year: BlocYear, kind: str) -> dict[str, Any]:
    """What the page says of the paper before it is issued."""
    return {
        "kind": kind,
        "title": KINDS[kind].title,
        "seen": issued_count(year, kind),
        "unlocked": "unlocked" in form.fields,
        "objection": unwitnessed(year) if kind == BALLOT_MINUTES else "",
        "missing": missing_for(year, kind) if kind in HELD_BACK else None,
        "warnings": collect_words(kind, year).warnings,
        "next_number": next_number_of(year, kind),
        "unnumbered": not KINDS[kind].abbreviation,
    }
