"""Open rounds that wait for a member's vote, and counts that wait for the secretary. Nothing tells what was voted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.tables.access import access_of
from council.domain.votes.settling import waiting_to_settle
from council.domain.votes.viewing import own_votes
from council.enums import SessionState, VoteChannel
from council.models import BallotVoter, CouncilSession, Recusal
from scoring.enums import PollState


@provides_todos
def vote_todos(user: User) -> Iterable[Todo]:
    """«Bỏ phiếu …, còn … nội dung» for each round that this person may still vote in. One query."""
    open_rounds = Q(
        ballot__state=PollState.OPEN, ballot__channel=VoteChannel.ELECTRONIC, ballot__session__state=SessionState.OPEN
    )
    waiting = BallotVoter.objects.filter(open_rounds, has_voted=False, on_paper=False)
    out = Recusal.objects.filter(seat=OuterRef("seat"), item__rounds__ballot=OuterRef("ballot"))
    kept_out = Subquery(out.order_by().values("seat").annotate(count=Count("item", distinct=True)).values("count"))
    rows = waiting.annotate(items=Count("ballot__rows"), out=Coalesce(kept_out, 0))
    found: list[Any] = own_votes(user, rows)[:50]
    for voter in found:
        if voter.items > voter.out:
            left = f"còn {voter.items - voter.out} nội dung"
            yield Todo(
                text=f"Bỏ phiếu {voter.ballot.award}, vòng {voter.ballot.round}, {left}",
                url=reverse("council:vote", args=[voter.ballot_id, voter.pk]),
                about=str(voter.ballot.session),
                due=voter.ballot.session.answers_due,
            )


@provides_todos
def settle_todos(user: User) -> Iterable[Todo]:
    """Counted rounds whose items are not concluded. Two queries for the standing body, none for others."""
    standing = access_of(user).standing_ids
    if not standing:
        return
    sessions = {each.pk: each for each in CouncilSession.objects.filter(council__in=standing, state=SessionState.OPEN)}
    for pk in sorted(waiting_to_settle(sessions)) if sessions else ():
        yield Todo(
            text="Kết luận theo kết quả biểu quyết đã kiểm",
            url=reverse("council:results", args=[pk]),
            about=str(sessions[pk]),
        )
