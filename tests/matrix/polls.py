"""Votes: those who run the bloc's scores prepare and count; each unit's signer casts its own ballot."""

from collections.abc import Iterator
from typing import Any

from scoring.models import Poll, PollOption, PollVoter, Urn
from tests.matrix.base import MEMBERS, RUN, STANDING, YEAR, Row, pk_of, year

SEE_DRAFT = RUN
WATCH = frozenset({"observer"})


def furnish(scene: Any) -> None:
    """A poll in preparation and an open electronic one, both with every member as a voter."""
    scene.draft_poll = voters_added(scene, award="co-chinh-phu", state="draft")
    scene.open_poll = voters_added(scene, award="bk-tinh", state="open")
    Urn.objects.create(poll=scene.open_poll)
    scene.voter = PollVoter.objects.get(poll=scene.open_poll, agency=scene.world.syt)


def voters_added(scene: Any, *, award: str, state: str) -> Poll:
    poll = Poll.objects.create(
        bloc_year=scene.year,
        award=award,
        state=state,
        mode="secret",
        channel="electronic",
        base="members",
        threshold=80,
        max_choices=1,
    )
    PollOption.objects.create(poll=poll, agency=scene.world.syt)
    for member in scene.year.memberships.in_order():
        PollVoter.objects.create(poll=poll, agency_id=member.agency_id)
    return poll


def rows() -> Iterator[Row]:
    yield Row("scoring:polls", YEAR, args=year)
    yield Row("scoring:poll-prepare", RUN, YEAR - RUN, year)
    yield Row("scoring:poll", MEMBERS | STANDING | WATCH, args=pk_of("open_poll"))
    for name in ("poll-edit", "poll-attendance", "poll-committee"):
        yield Row(f"scoring:{name}", RUN, args=pk_of("draft_poll"))
    yield Row("scoring:poll-act", RUN, args=pk_of("draft_poll"), method="post", data={"transition": "open"})
    yield Row("scoring:poll-count", RUN, WATCH, pk_of("poll"))
    for name in ("poll-next-round", "poll-adopt"):
        yield Row(f"scoring:{name}", RUN, WATCH, pk_of("poll"), "post")
    leaders = frozenset({"leader"})
    yield Row("scoring:ballot", leaders, YEAR - leaders, lambda s: (s.open_poll.pk, s.voter.pk))
