"""A voter's page. Nothing of a ballot is stored, logged, kept in a session or repeated in an address.

The choices travel in the body of two posts: the first asks back («Bạn chọn: …»), the second casts.
The receipt is in the answer to the second, which no browser keeps.
"""

import re
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.guards import require
from scoring.domain.polling.ballots import cast_ballot, refuse_choices, refuse_poll, refuse_voter
from scoring.models import Poll, PollVoter
from scoring.views.fetching import visible_poll

KEY = re.compile(r"[0-9]{1,18}")
FORGED = -1  # no option has this key


@never_cache
@sensitive_post_parameters("choice")
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, pk: int, voter: int) -> HttpResponse:
    """The ballot of one voter: choose, see it read back, cast, get the receipt once."""
    poll = visible_poll(request, pk)
    row = get_object_or_404(poll.voters.select_related("agency", "person"), pk=voter)
    require(request.user, "scoring.cast_ballot", row)
    choices = chosen(request)
    actor: Any = request.user
    try:
        refuse_poll(poll)
        refuse_voter(row, actor)
        if request.method == "POST" and "back" not in request.POST:
            refuse_choices(poll, choices)
            if "confirmed" in request.POST:
                receipt = cast_ballot(poll, voter=row.pk, choices=choices, actor=actor)
                return ballot_page(request, poll, row, step="done", receipt=receipt)
            return ballot_page(request, poll, row, step="question", choices=choices)
    except TransitionRefused as refusal:
        return ballot_page(request, poll, row, step="refused", refusal=str(refusal))
    return ballot_page(request, poll, row, step="form", choices=choices)


@sensitive_variables()
def chosen(request: HttpRequest) -> frozenset[int]:
    """The options that were ticked; what is no number is no option."""
    ticked = request.POST.getlist("choice")
    return frozenset(int(each) if KEY.fullmatch(each) else FORGED for each in ticked if each)


@sensitive_variables()
def ballot_page(
    request: HttpRequest, poll: Poll, voter: PollVoter, *, step: str, choices: Collection[int] = (), **extra: str
) -> HttpResponse:
    """One step on one page; a refused ballot answers 409."""
    context: dict[str, Any] = {"poll": poll, "voter": voter, "year": poll.bloc_year, "step": step} | extra
    if step in ("form", "question"):
        options = list(poll.options.select_related("agency"))
        context["options"] = [(option, option.pk in choices) for option in options]
        context["blank"] = not choices
        context["most"] = min(poll.max_choices or len(options), len(options))
    status = 409 if step == "refused" and request.method == "POST" else 200
    return render(request, "scoring/poll_ballot.html", context, status=status)
