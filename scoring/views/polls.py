"""Votes of a bloc as those who run them and those who take part see them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.domain.polling.committee import committee_fault, name_committee
from scoring.domain.polling.counting import nobody_named, results_of
from scoring.domain.polling.preparing import change_poll, prepare_poll, record_attendance
from scoring.domain.polling.results import adopt_result, enter_count, prepare_next_round
from scoring.domain.polling.viewing import poll_frame, waiting_ballots
from scoring.domain.polling.workflow import POLL
from scoring.domain.polls import record_poll, remove_poll
from scoring.domain.wording import PollFaults
from scoring.enums import PollMode, PollState
from scoring.forms.polls import AttendanceForm, CommitteeForm, CountForm, PlanForm, PollForm
from scoring.models import Poll
from scoring.views.fetching import visible_poll, visible_year


@require_GET
def polls(request: HttpRequest, pk: int) -> HttpResponse:
    """All votes of the year with their states, and the ballots that wait for this reader."""
    year = visible_year(request, pk)
    rows = list(Poll.objects.visible_to(request.user).filter(bloc_year=year).prefetch_related("tallies__agency"))
    results = results_of([row for row in rows if row.state == PollState.CLOSED])
    context: dict[str, Any] = {"year": year, "tab": "polls", "nav": "years"}
    context["rows"] = [(row, found := results.get(row.pk, []), nobody_named(found)) for row in rows]
    context["minuted"] = any(row.state == PollState.CLOSED and row.mode == PollMode.SECRET for row in rows)
    context["waiting"] = waiting_ballots(request.user, rows)
    context["may_run"] = request.user.has_perm("scoring.run_polls", year)
    return render(request, "scoring/polls.html", context)


@require_GET
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """One vote: rules, attendance, what may be done now, and after the count the result."""
    current = visible_poll(request, pk)
    context = poll_frame(current, request.user)
    context["options"] = POLL.options(current, request.user)  # type: ignore[arg-type]
    return render(request, "scoring/poll.html", context | {"tab": "polls", "nav": "years"})


@require_POST
def poll_act(request: HttpRequest, pk: int) -> HttpResponse:
    return perform_posted(request, POLL, visible_poll(request, pk))


@require_http_methods(["GET", "POST"])
def poll_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    year = visible_year(request, pk)
    require(request.user, "scoring.run_polls", year)
    form = PlanForm(request.POST or None, bloc_year=year)
    if request.method == "POST" and form.is_valid():
        prepare = partial(prepare_poll, year, plan=form.plan(), agencies=form.on_ballot(), actor=actor_of(request))
        made = told(form, prepare)
        if made is not None:
            messages.success(request, "Đã chuẩn bị cuộc bỏ phiếu. Hãy ghi người có mặt rồi mở bỏ phiếu.")
            return redirect(made)
    return form_page(request, form, heading="Chuẩn bị bỏ phiếu", back=reverse("scoring:polls", args=[pk]))


@require_http_methods(["GET", "POST"])
def poll_edit(request: HttpRequest, pk: int) -> HttpResponse:
    current = visible_poll(request, pk)
    require(request.user, "scoring.run_polls", current)
    if current.state != PollState.DRAFT:
        messages.error(request, "Cuộc bỏ phiếu đã mở hoặc đã kết thúc nên không đổi được.")
        return redirect(current)
    form = PlanForm(request.POST or None, bloc_year=current.bloc_year, poll=current)
    if request.method == "POST" and form.is_valid():
        change = partial(change_poll, current, plan=form.plan(), agencies=form.on_ballot(), actor=actor_of(request))
        if told(form, change) is not None:
            messages.success(request, "Đã lưu cuộc bỏ phiếu.")
            return redirect(current)
    return form_page(request, form, heading="Sửa cuộc bỏ phiếu", back=current.get_absolute_url())


@require_http_methods(["GET", "POST"])
def poll_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there, and who keeps out of the vote with what reason."""
    current = visible_poll(request, pk)
    require(request.user, "scoring.run_polls", current)
    voters = list(current.voters.select_related("agency", "person").order_by("pk"))
    form = AttendanceForm(request.POST or None, voters=voters)
    if request.method == "POST" and form.is_valid() and attended(request, current, form):
        messages.success(request, "Đã ghi danh sách bỏ phiếu.")
        return redirect(current)
    return render(request, "scoring/poll_attendance.html", {"form": form, "poll": current, "year": current.bloc_year})


def attended(request: HttpRequest, poll: Poll, form: AttendanceForm) -> bool:
    """Write the list; a fault goes to the row of its voter."""
    try:
        record_attendance(poll, entries=form.entries(), actor=actor_of(request))
    except PollFaults as wrong:
        for key, sentence in wrong.faults.items():
            form.add_error(f"reason_{key}", sentence)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@require_http_methods(["GET", "POST"])
def poll_count(request: HttpRequest, pk: int) -> HttpResponse:
    """What a committee counted, entered or corrected."""
    current = visible_poll(request, pk)
    require(request.user, "scoring.enter_count", current)
    form = CountForm(request.POST or None, poll=current)
    if request.method == "POST" and form.is_valid():
        enter = partial(enter_count, current, figures=form.figures(), votes=form.votes(), actor=actor_of(request))
        if told(form, enter) is not None:
            messages.success(request, "Đã ghi kết quả kiểm phiếu.")
            return redirect(current)
    heading = f"Ghi kết quả kiểm phiếu: {current.about}, vòng {current.round}"
    return form_page(request, form, heading=heading, back=current.get_absolute_url())


@require_http_methods(["GET", "POST"])
def poll_committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Who counts or witnesses the count, until the minutes are issued."""
    current = visible_poll(request, pk)
    require(request.user, "scoring.run_polls", current)
    if fault := committee_fault(current):
        messages.error(request, fault)
        return redirect(current)
    form = CommitteeForm(request.POST or None, poll=current)
    if request.method == "POST" and form.is_valid():
        name = partial(name_committee, current, committee=form.members(), actor=actor_of(request))
        if told(form, name) is not None:
            messages.success(request, "Đã ghi Ban kiểm phiếu.")
            return redirect(current)
    heading = f"Ghi Ban kiểm phiếu: {current.about}, vòng {current.round}"
    return form_page(request, form, heading=heading, back=current.get_absolute_url())


@require_POST
def poll_next_round(request: HttpRequest, pk: int) -> HttpResponse:
    current = visible_poll(request, pk)
    require(request.user, "scoring.run_polls", current)
    try:
        made = prepare_next_round(current, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(current)
    messages.success(request, f"Đã chuẩn bị vòng {made.round}. Hãy kiểm tra người có mặt rồi mở bỏ phiếu.")
    return redirect(made)


@require_POST
def poll_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Next year's head or deputies as the count says."""
    current = visible_poll(request, pk)
    require(request.user, "scoring.run_polls", current)
    require(request.user, "blocs.run_year", current.bloc_year)
    try:
        adopt_result(current, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(current)
    messages.success(request, "Đã ghi theo kết quả bỏ phiếu.")
    return redirect("blocs:succession", current.bloc_year_id)


@require_http_methods(["GET", "POST"])
def poll_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the result of a vote that was counted elsewhere, or correct the round that the address names."""
    year = visible_year(request, pk)
    require(request.user, "scoring.propose", year)
    row = named_poll(request, year)
    form = PollForm(request.POST or None, bloc_year=year, poll=row)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if not name.startswith("votes_")}
        record = partial(record_poll, year, votes=form.votes(), actor=actor_of(request), **values)
        recorded = told(form, record)
        if recorded is not None:
            messages.success(request, "Đã ghi kết quả bỏ phiếu.")
            return redirect(recorded)
    heading = "Sửa kết quả bỏ phiếu" if row else "Ghi kết quả bỏ phiếu"
    return form_page(request, form, heading=heading, back=reverse("scoring:polls", args=[pk]))


def named_poll(request: HttpRequest, year: BlocYear) -> Poll | None:
    """The round to correct: ``?hinh-thuc=co-tinh&vong=1``; 404 when it does not stand."""
    number = request.GET.get("vong", "")
    if "hinh-thuc" not in request.GET or not number.isdecimal():
        return None
    rows = Poll.objects.visible_to(request.user).counted().prefetch_related("tallies")
    return get_object_or_404(rows, bloc_year=year, award=request.GET["hinh-thuc"], round=int(number[:3]))


@require_http_methods(["GET", "POST"])
def poll_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a count that was entered, with a reason; a refusal is told and the question stays."""
    current = visible_poll(request, pk)
    require(request.user, "scoring.propose", current)
    back = reverse("scoring:polls", args=[current.bloc_year_id])
    if request.method == "POST":
        try:
            remove_poll(current, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã xóa kết quả bỏ phiếu.")
            return redirect(back)
    lead = f"Xóa kết quả «{current}» cùng số phiếu của các đơn vị?"
    return render(request, "web/confirm_page.html", {"heading": "Xóa kết quả bỏ phiếu", "lead": lead, "back": back})


def actor_of(request: HttpRequest) -> Any:
    return request.user


def told(form: Any, act: Any) -> Any:
    """What ``act`` answers; None when it refused, with its sentences on the form."""
    try:
        return act()
    except PollFaults as wrong:
        for name, sentence in wrong.faults.items():
            field = name if name in form.fields else votes_field(form, name)
            form.add_error(field, sentence)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def votes_field(form: Any, code: str) -> str | None:
    """The field of the unit ``code``, so that the sentence stands where the number is."""
    return next((f"votes_{each.pk}" for each in getattr(form, "agencies", ()) if each.code == code), None)


def form_page(request: HttpRequest, form: Any, *, heading: str, back: str) -> HttpResponse:
    return render(request, "web/form_page.html", {"form": form, "heading": heading, "back": back})
