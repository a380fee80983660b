"""Open electronic polls that wait for a person's ballot. Nothing here tells what was voted."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.tables.access import access_of
from scoring.enums import PollChannel, PollState
from scoring.models import PollVoter


@provides_todos
def ballot_todos(user: User) -> Iterable[Todo]:
    """«Bỏ phiếu …» for each ballot that this person may still cast. One query, none for who cannot vote."""
    access = access_of(user)
    if not access.signs_for and not access.seat_ids:
        return
    mine = Q(person=user.pk) | Q(agency__in=access.signs_for)
    open_polls = Q(poll__state=PollState.OPEN, poll__channel=PollChannel.ELECTRONIC)
    may = Q(is_present=True, recused=False, has_voted=False)
    rows = PollVoter.objects.filter(mine & open_polls & may).select_related("poll__bloc_year__bloc", "agency", "person")
    for voter in rows.order_by("poll", "pk")[:50]:
        yield Todo(
            text=f"{voter.poll} ({voter})",
            url=f"/bo-phieu/{voter.poll_id}/phieu/{voter.pk}/",
            about=str(voter.poll.bloc_year),
        )
