"""What a session's votes came to: results, conclusions, the view for the hall."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from council.domain.sessions.attending import quorum_of
from council.domain.votes.rounds import decide_item, last_round
from council.domain.votes.settling import settle, told
from council.domain.votes.viewing import projector_frame, results_frame
from council.forms.votes import DecideForm
from council.models import AgendaItem
from council.views.fetching import actor_of, session_or_404
from council.views.votes import form_page
from council.views.votes import told as tell
from council.views.votes_listing import SHOWN, results_listing
from khoithidua.web.guards import require
from khoithidua.web.partials import partial as part


@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Counted rounds by award and item, and what can be concluded; ``?xuat=xlsx`` as a table."""
    session = session_or_404(request, pk)
    listing = results_listing(request, session)
    if isinstance(listing, HttpResponse):
        return listing
    context = results_frame(session) | {"may_run": request.user.has_perm("council.run_ballot", session)}
    context |= {"listing": listing, "heads": SHOWN}
    return render(request, "council/votes/results.html", context | {"nav": "council", "tab": "sessions"})


@require_POST
def settle_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    require(request.user, "council.run_ballot", session)
    back = reverse("council:results", args=[pk])
    try:
        found = settle(session, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    left = f" Còn {len(found.left)} nội dung chưa biểu quyết." if found.left else ""
    messages.success(request, f"Đã kết luận: {len(found.passed)} thông qua, {len(found.failed)} không thông qua.{left}")
    return redirect(back)


@require_http_methods(["GET", "POST"])
def item_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The competent person's decision on an item that the last round left undecided."""
    rows = AgendaItem.objects.visible_to(request.user).select_related("session", "nomination__award")
    item: Any = get_object_or_404(rows, pk=pk)
    require(request.user, "council.run_ballot", item)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        values = {"passed": held["outcome"] == "passed", "by": held["by"], "reason": held["reason"]}
        if tell(form, partial(decide_item, item, actor=actor_of(request), **values), done=True):
            messages.success(request, "Đã ghi quyết định của người có thẩm quyền.")
            return redirect("council:results", item.session_id)
    last = last_round(item)
    lead = f"{item.nomination.name}: {told(last)}" if last else ""
    heading = "Người có thẩm quyền quyết định"
    return form_page(request, form, heading=heading, back=reverse("council:results", args=[item.session_id]), lead=lead)


@never_cache
@require_GET
def projector(request: HttpRequest, pk: int) -> HttpResponse:
    """Big letters for the hall: progress in numbers, never who; it asks again by itself."""
    session = session_or_404(request, pk)
    context = projector_frame(session) | {"quorum": quorum_of(session)}
    return render(request, part("council/votes/projector.html", "board", request), context)
