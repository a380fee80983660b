"""A member's ballot. Nothing of it is stored, logged, kept in a session or repeated in an address.

The marks travel in the body of posts: one that marks everything, one that asks back, one that casts. Every item has
a field in each of them, so that not even the names of fields tell. The receipt is in the last answer alone, which no
browser keeps.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from council.domain.votes.block_paper import MANY, found_keys, packed, page_lines, shown_page, sums_of, unpacked
from council.domain.votes.casting import (
    BLANK,
    NO,
    YES,
    cast_marks,
    recused_items,
    refuse_ballot,
    refuse_marks,
    refuse_person,
)
from council.domain.votes.viewing import Line, own_votes, paper_lines
from council.models import Ballot, BallotVoter
from council.views.votes import ballot_or_404
from khoithidua.web.guards import require
from khoithidua.web.text import tidy

FIELD = re.compile(r"mark-([0-9]{1,18})")
FORGED = -1  # no row has this key


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, pk: int, voter: int) -> HttpResponse:
    """The ballot of one member: mark, see it read back, cast, get the receipt once."""
    ballot = ballot_or_404(request, pk)
    row = get_object_or_404(ballot.voters.select_related("seat"), pk=voter)
    require(request.user, "council.cast_vote", row)
    actor: Any = request.user
    try:
        refuse_ballot(ballot)
        refuse_person(row, actor)
        return step(request, ballot, row, actor)
    except TransitionRefused as refusal:
        return page(request, ballot, row, step="refused", refusal=str(refusal))


@sensitive_variables()
def step(request: HttpRequest, ballot: Ballot, voter: BallotVoter, actor: Any) -> HttpResponse:
    """The form, its question, or the cast, as the pressed button says. TransitionRefused as the domain does."""
    out = recused_items(ballot, voter)
    known = dict(ballot.rows.order_by("position", "pk").values_list("pk", "item"))
    if len(known) > MANY:
        return block_step(request, ballot, voter, actor, known=known, out=out)
    marks = marked(request)
    if every := request.POST.get("every"):
        marks = {key: every for key, item in known.items() if item not in out}
    refuse_marks(marks, known, out)
    if request.POST.get("confirmed"):
        receipt = cast_marks(ballot, voter=voter.pk, marks=marks, actor=actor)
        return page(request, ballot, voter, step="done", receipt=receipt, following=following(request, ballot))
    asked = bool(request.POST.get("go"))
    groups = paper_lines(ballot, out, marks)
    return page(request, ballot, voter, step="question" if asked else "form", groups=groups, **sums(groups))


@sensitive_variables()
def block_step(
    request: HttpRequest, ballot: Ballot, voter: BallotVoter, actor: Any, *, known: dict[int, int], out: frozenset[int]
) -> HttpResponse:
    """``step`` for a round with many items: the marks of all come as one text, those on the page as fields."""
    marks = block_marks(request, list(known))
    query = tidy(request.POST.get("q", ""))[:200]
    found = found_keys(ballot, query) if query else list(known)
    if every := request.POST.get("every"):
        chosen = BLANK if every == "blank" else every
        marks |= {key: chosen for key in found if known[key] not in out}
    refuse_marks(marks, known, out)
    if request.POST.get("confirmed"):
        receipt = cast_marks(ballot, voter=voter.pk, marks=marks, actor=actor)
        return page(request, ballot, voter, step="done", receipt=receipt, following=following(request, ballot))
    extra: dict[str, Any] = {"sums": sums_of(ballot, known, out, marks), "packed": packed(list(known), marks)}
    if request.POST.get("go"):
        return page(request, ballot, voter, step="block-question", **extra)
    shown = shown_page(found, request.POST.get("trang", "1"))
    extra |= {"groups": page_lines(ballot, list(shown), out, marks), "shown": shown, "query": query}
    return page(request, ballot, voter, step="block", **extra)


@sensitive_variables()
def block_marks(request: HttpRequest, keys: list[int]) -> dict[int, str]:
    """All marks so far, with those of the fields on the page. TransitionRefused for a text of another round."""
    text = request.POST.get("packed")
    held = {} if text is None else unpacked(keys, text)
    if held is None:
        raise TransitionRefused("Phiếu không khớp với lượt biểu quyết này. Hãy mở lại phiếu rồi chọn.")
    return held | marked(request)


@sensitive_variables()
def marked(request: HttpRequest) -> dict[int, str]:
    """Marks by key of a row. What is no number is no row; what was left open is left out."""
    found: dict[int, str] = {}
    for name, value in request.POST.items():
        if name.startswith("mark-") and value:
            match = FIELD.fullmatch(name)
            found[int(match[1]) if match else FORGED] = str(value)
    return {key: BLANK if mark == "blank" else mark for key, mark in found.items()}


@sensitive_variables()
def sums(groups: list[tuple[str, list[Line]]]) -> dict[str, Any]:
    """How many items have which mark, and those that are not agreed to by name."""
    lines = [line for _, group in groups for line in group if not line.out]
    return {
        "agreed": sum(line.mark == YES for line in lines),
        "against": [line for line in lines if line.mark == NO],
        "open_lines": [line for line in lines if not line.mark],
        "out": [line for _, group in groups for line in group if line.out],
        "number": len(lines),
    }


def following(request: HttpRequest, ballot: Ballot) -> BallotVoter | None:
    """The next open round of this session that waits for the same person."""
    rows = BallotVoter.objects.visible_to(request.user)
    waiting = rows.filter(ballot__session=ballot.session_id, ballot__state="open", ballot__channel="electronic")
    found = own_votes(request.user, waiting.filter(has_voted=False, on_paper=False))
    return found[0] if found else None


@sensitive_variables()
def page(request: HttpRequest, ballot: Ballot, voter: BallotVoter, *, step: str, **extra: Any) -> HttpResponse:
    """One step on one page; a refused ballot answers 409."""
    context = {"ballot": ballot, "voter": voter, "session": ballot.session, "step": step, "nav": "council"} | extra
    status = 409 if step == "refused" and request.method == "POST" else 200
    return render(request, "council/votes/vote.html", context, status=status)
