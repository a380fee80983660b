"""What a bloc brings forward: counted votes and proposals."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.domain.concluding import checks_of, meeting_of
from scoring.domain.departures import latest_votes, marks_of
from scoring.domain.outcome import late_warnings, propose, score_warnings, withdraw_proposal
from scoring.domain.polls import outcomes
from scoring.domain.ranking import standings
from scoring.domain.suggesting import suggestions
from scoring.enums import PollPurpose
from scoring.forms.outcome import ProposalForm
from scoring.models import Poll, Proposal
from scoring.views.board import sees_whole
from scoring.views.fetching import visible_year


@require_GET
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """What the bloc brings forward, the votes, and for who decides: who would be next, what is left to do."""
    year = visible_year(request, pk)
    stored = Proposal.objects.visible_to(request.user).filter(bloc_year=year).select_related("agency")
    found = list(stored.order_by("position", "pk"))
    polls = Poll.objects.visible_to(request.user).counted().filter(bloc_year=year, purpose=PollPurpose.AWARD)
    context: dict[str, Any] = {"year": year, "tab": "proposals", "nav": "years", "polls": list(polls)}
    seen = {(poll.award, poll.round) for poll in context["polls"]}
    context["outcomes"] = [each for each in outcomes(year) if (each.award, each.round) in seen] if seen else []
    context["quotas"] = list(year.quotas.all())
    context["may_propose"] = request.user.has_perm("scoring.propose", year)
    context["meeting"] = meeting_of(year)
    context |= judged(year, found, context) if sees_whole(request, year) else {"lines": [(row, ()) for row in found]}
    return render(request, "scoring/proposals.html", context)


def judged(year: BlocYear, found: list[Proposal], context: dict[str, Any]) -> dict[str, Any]:
    """What takes the ranking: marks of departures; for who proposes, warnings, suggestions and what is left too."""
    rows, votes = standings(year), latest_votes(context["outcomes"])
    limits = {quota.award: quota.limit for quota in context["quotas"]}
    marks = marks_of(found, rows=rows, limits=limits, votes=votes)
    lines = {"lines": [(row, marks[row.pk]) for row in found]}
    if not context["may_propose"]:
        return lines
    unexplained = [row for row in found if marks[row.pk] and not row.reason.strip()]
    return lines | {
        "warnings": [*late_warnings(year), *score_warnings(year, rows)],
        "suggestions": suggestions(year, rows=rows, proposals=found, limits=limits, votes=votes),
        "checks": checks_of(year, meeting=context["meeting"], proposals=found, unexplained=unexplained),
    }


@require_http_methods(["GET", "POST"])
def proposal_new(request: HttpRequest, pk: int) -> HttpResponse:
    year = visible_year(request, pk)
    require(request.user, "scoring.propose", year)
    chosen = {"award": request.GET.get("hinh-thuc"), "agency": request.GET.get("don-vi")}
    initial = {name: value for name, value in chosen.items() if value}
    form = ProposalForm(request.POST or None, bloc_year=year, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            propose(year, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi đề nghị của khối.")
            return redirect("scoring:proposals", year.pk)
    return outcome_form(request, form, year.pk, heading="Đề nghị khen thưởng")


@require_http_methods(["GET", "POST"])
def proposal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Proposal.objects.visible_to(request.user).select_related("bloc_year__bloc__council", "agency")
    proposal = get_object_or_404(rows, pk=pk)
    require(request.user, "scoring.propose", proposal)
    context = {"heading": "Rút đề nghị", "lead": f"Rút đề nghị {proposal.get_award_display()} cho {proposal.agency}?"}
    context["submit"] = "Rút đề nghị"
    act = partial(withdraw_proposal, proposal)
    return removal(request, act, context, year_pk=proposal.bloc_year_id, done="Đã rút đề nghị.")


def removal(
    request: HttpRequest, act: Callable[..., object], context: dict[str, str], *, year_pk: int, done: str
) -> HttpResponse:
    """Ask, then ``act`` with the reason that was given; a refusal is told and the question stays."""
    back = reverse("scoring:proposals", args=[year_pk])
    if request.method == "POST":
        try:
            act(reason=without_controls(request.POST.get("reason", "")), actor=request.user)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    return render(request, "web/confirm_page.html", context | {"back": back})


def outcome_form(request: HttpRequest, form: Any, year_pk: int, *, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": reverse("scoring:proposals", args=[year_pk])}
    return render(request, "web/form_page.html", context)
