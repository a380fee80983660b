"""Rounds of votes as the secretary prepares and runs them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from council.domain.votes.committee import name_committee
from council.domain.votes.electorate import electorate_of
from council.domain.votes.entering import add_latecomers, enter_count, enter_paper
from council.domain.votes.flag_cap import flag_warnings
from council.domain.votes.preparing import prepare_ballots, waiting_items
from council.domain.votes.rounds import break_tie, chair_of, prepare_next_round
from council.domain.votes.viewing import ballot_frame, paper_due
from council.domain.votes.workflow import BALLOT
from council.forms.votes import CommitteeForm, CountForm, PaperForm, PrepareForm, TieForm
from council.models import Ballot
from council.views.fetching import actor_of, session_or_404
from council.views.votes_listing import round_listing
from khoithidua.web.guards import require
from scoring.domain.wording import FieldFaults
from scoring.enums import PollState
from scoring.forms.polls import committee_lines, members_named

RUN = "council.run_ballot"


def ballot_or_404(request: HttpRequest, pk: int) -> Ballot:
    rows = Ballot.objects.visible_to(request.user).select_related("session", "award")
    return get_object_or_404(rows, pk=pk)


def run_ballot_or_403(request: HttpRequest, pk: int) -> Ballot:
    found = ballot_or_404(request, pk)
    require(request.user, RUN, found)
    return found


@require_GET
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its rule, who has voted in numbers, what may be done now, and after the count the result."""
    current = ballot_or_404(request, pk)
    listing = round_listing(request, current)
    if isinstance(listing, HttpResponse):
        return listing
    frame = ballot_frame(current, request.user, list(listing.page)) | {"listing": listing}
    return render(request, "council/votes/ballot.html", frame | {"nav": "council", "tab": "sessions"})


@require_POST
def ballot_act(request: HttpRequest, pk: int) -> HttpResponse:
    return perform_posted(request, BALLOT, ballot_or_404(request, pk))


@require_http_methods(["GET", "POST"])
def ballot_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose items and how they are voted; one round for each award, and for each item set apart."""
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    items = waiting_items(session)
    form = PrepareForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        prepare = partial(prepare_ballots, session, items=form.chosen(), plan=form.plan(), actor=actor_of(request))
        if (made := told(form, prepare)) is not None:
            messages.success(request, f"Đã chuẩn bị {len(made)} lượt biểu quyết. Hãy kiểm tra rồi mở từng lượt.")
            return redirect(made[0] if len(made) == 1 else session)
    context = {"form": form, "session": session, "warnings": flag_warnings(session, items), "nav": "council"}
    return render(request, "council/votes/prepare.html", context)


@require_http_methods(["GET", "POST"])
def ballot_count(request: HttpRequest, pk: int) -> HttpResponse:
    """What the committee counted, per item or for the block with exceptions."""
    current = run_ballot_or_403(request, pk)
    rows = list(current.rows.select_related("item__nomination").order_by("position", "pk"))
    form = CountForm(request.POST or None, ballot=current, rows=rows)
    if request.method == "POST" and form.is_valid():
        enter = partial(enter_count, current, figures=form.figures(), counts=form.counts(), actor=actor_of(request))
        if told(form, enter) is not None:
            messages.success(request, "Đã ghi kết quả kiểm phiếu.")
            return redirect(current)
    context = {"form": form, "ballot": current, "heading": f"Ghi kết quả kiểm phiếu: {current}", "nav": "council"}
    return render(request, "council/votes/totals.html", context)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def ballot_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Opinions that absentees sent on paper, as totals; of a secret round nothing of them is kept but the urn."""
    current = run_ballot_or_403(request, pk)
    rows = list(current.rows.select_related("item__nomination").order_by("position", "pk"))
    form = PaperForm(request.POST or None, ballot=current, rows=rows, due=paper_due(current, electorate_of(current)))
    if request.method == "POST" and form.is_valid():
        voters = [each.pk for each in form.cleaned_data["voters"]]
        enter = partial(enter_paper, current, voters=voters, counts=form.counts(), actor=actor_of(request))
        receipts = told(form, enter)
        if receipts:
            context = {"ballot": current, "receipts": receipts, "nav": "council"}
            return render(request, "council/votes/paper_done.html", context)
        if receipts is not None:
            messages.success(request, "Đã nhập ý kiến bằng văn bản.")
            return redirect(current)
    context = {"form": form, "ballot": current, "paper": True, "nav": "council"}
    context["heading"] = f"Nhập ý kiến bằng văn bản: {current}"
    return render(request, "council/votes/totals.html", context)


@require_http_methods(["GET", "POST"])
def ballot_committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Who counts or witnesses the count."""
    current = run_ballot_or_403(request, pk)
    form = CommitteeForm(request.POST or None, initial={"committee": committee_lines(current)})
    if request.method == "POST" and form.is_valid():
        name = partial(
            name_committee, current, members=members_named(form.cleaned_data["committee"]), actor=actor_of(request)
        )
        if told(form, name) is not None:
            messages.success(request, "Đã ghi Ban kiểm phiếu.")
            return redirect(current)
    return form_page(request, form, heading=f"Ban kiểm phiếu: {current}", back=current.get_absolute_url())


@require_POST
def ballot_next(request: HttpRequest, pk: int) -> HttpResponse:
    current = run_ballot_or_403(request, pk)
    try:
        made = prepare_next_round(current, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(current)
    messages.success(request, f"Đã chuẩn bị vòng {made.round}. Hãy kiểm tra rồi mở biểu quyết.")
    return redirect(made)


@require_POST
def ballot_voters(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a ballot to members who came after the round was opened."""
    current = run_ballot_or_403(request, pk)
    try:
        added = add_latecomers(current, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã thêm {added} người biểu quyết." if added else "Không có người đến thêm.")
    return redirect(current)


@require_http_methods(["GET", "POST"])
def ballot_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's decision on items tied at the last place."""
    current = run_ballot_or_403(request, pk)
    if current.state != PollState.CLOSED:
        messages.error(request, "Lượt này chưa kiểm phiếu.")
        return redirect(current)
    form = TieForm(request.POST or None, ballot=current, chair=chair_of(current.session))
    if request.method == "POST" and form.is_valid():
        values = {"by": form.cleaned_data["by"], "reason": form.cleaned_data["reason"]}
        chosen = [each.pk for each in form.cleaned_data["rows"]]
        decide = partial(break_tie, current, chosen=chosen, actor=actor_of(request), **values)
        if told(form, decide, done=True):
            messages.success(request, "Đã ghi quyết định của Chủ tịch Hội đồng.")
            return redirect(current)
    return form_page(request, form, heading=f"Bằng phiếu ở vị trí cuối: {current}", back=current.get_absolute_url())


@sensitive_variables()
def told(form: Any, act: Callable[[], Any], *, done: Any = None) -> Any:
    """What ``act`` answers (``done`` where it answers nothing); None when it refused, with sentences on the form."""
    try:
        answer = act()
    except FieldFaults as wrong:
        tell = getattr(form, "tell", None)
        for name, sentence in {} if tell else wrong.faults.items():
            form.add_error(name if name in form.fields else None, sentence)
        if tell:
            tell(wrong.faults)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return done if answer is None else answer
    return None


def form_page(request: HttpRequest, form: Any, *, heading: str, back: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back, "lead": lead, "nav": "council"}
    return render(request, "web/form_page.html", context)
