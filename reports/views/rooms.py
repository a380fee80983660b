"""The reports' room of a bloc-year: who has sent, the two reviews, papers to draw up, issued papers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from blocs.tables.access import access_of
from khoithidua.web.guards import require
from reports.domain.compiling import open_review
from reports.domain.drafts import paper_options
from reports.domain.rounding.acting import begin_report, remind_kind
from reports.domain.rounds import ReminderRefused, Round, board, follows_all, rounds_of
from reports.enums import ReviewKind
from reports.forms import KindForm
from reports.models import AgencyReport, BlocReview, IssuedDocument
from reports.views.archives import archives_for
from reports.views.fetching import year_or_404

SHOWN_DOCUMENTS = 10


@require_GET
def year(request: HttpRequest, pk: int) -> HttpResponse:
    found = year_or_404(request, pk)
    user: Any = request.user
    lines = board(found, user, today=timezone.localdate())
    documents = IssuedDocument.objects.visible_to(user).filter(bloc_year=found).select_related("issuer")
    context = {
        "year": found,
        "lines": lines,
        "follows_all": follows_all(found, user),
        "rounds": review_rows(request, found, rounds_of(found, lines)),
        "may_set_due": user.has_perm("blocs.run_year", found),
        "can_remind": user.has_perm("reports.receive_report", found),
        "papers": paper_options(user, found),
        "archives": archives_for(user, found),
        "documents": documents[:SHOWN_DOCUMENTS],
        "nav": "reports",
    }
    return render(request, "reports/year.html", context)


def review_rows(request: HttpRequest, found: BlocYear, rounds: list[Round]) -> list[dict[str, Any]]:
    """Each round with its review, where the reader sees one or may open it."""
    user: Any = request.user
    reviews = {row.kind: row for row in BlocReview.objects.visible_to(user).filter(bloc_year=found)}
    opens = user.has_perm("reports.compile_review", found)
    return [{"round": each, "review": reviews.get(each.kind), "opens": opens} for each in rounds]


@require_POST
def report_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The agency's own report of a kind; made when it is not there yet."""
    found = year_or_404(request, pk)
    form = kind_or_404(request)
    user: Any = request.user
    own = found.memberships.filter(agency__in=access_of(user).agency_ids).in_order()
    if form.cleaned_data["agency"]:
        own = own.filter(agency=form.cleaned_data["agency"])
    membership = own.first()
    kind = form.cleaned_data["kind"]
    draft = AgencyReport(bloc_year=found, agency_id=membership.agency_id if membership else 0, kind=kind)
    require(user, "reports.edit_report", draft)
    try:
        return redirect(begin_report(found, draft.agency_id, kind, actor=user))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:year", pk)


@require_POST
def review_open(request: HttpRequest, pk: int) -> HttpResponse:
    found = year_or_404(request, pk)
    require(request.user, "reports.compile_review", found)
    user: Any = request.user
    return redirect(open_review(found, kind_or_404(request).cleaned_data["kind"], actor=user))


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """One click tells the missing members."""
    found = year_or_404(request, pk)
    require(request.user, "reports.receive_report", found)
    kind = ReviewKind(kind_or_404(request).cleaned_data["kind"])
    user: Any = request.user
    try:
        agencies = remind_kind(found, kind, actor=user, today=timezone.localdate())
    except (ReminderRefused, TransitionRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        names = ", ".join(agency.label for agency in agencies)
        messages.success(request, f"Đã nhắc {len(agencies)} đơn vị: {names}.")
    return redirect("reports:year", pk=pk)


def kind_or_404(request: HttpRequest) -> KindForm:
    """The round named in the form; a name that is none is a page that does not exist."""
    form = KindForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form
