"""Rounds of votes: the standing body runs them, each member casts the own ballot, members see the results."""

from collections.abc import Iterator
from typing import Any

from council.models import Ballot, BallotItem, BallotUrn, BallotVoter
from tests.awards_world import award
from tests.council_world import appraised_dossier, council_session, seat_everyone
from tests.matrix.base import STANDING, Row, pk_of

SEATED = frozenset({"council_member", "observer"})
SEEN = STANDING | SEATED


def furnish(scene: Any) -> None:
    """An open session with one round in preparation, an open one by device and a counted one on paper."""
    scene.vote_session = council_session(scene.world, appraised_dossier(scene.world, 3), state="open")
    if not scene.vote_session.seats.exists():
        seat_everyone(scene.vote_session)
    scene.vote_session.seats.update(attendance="present")
    scene.vote_item, *rest = scene.vote_session.items.all()
    scene.draft_ballot = round_of(scene, rest[0], "draft", "electronic")
    scene.open_ballot = round_of(scene, rest[1], "open", "electronic")
    scene.closed_ballot = round_of(scene, scene.vote_item, "closed", "counted")
    BallotUrn.objects.create(ballot=scene.open_ballot)
    seat = scene.vote_session.seats.get(user=scene.world.person("council_member"))
    scene.council_voter = BallotVoter.objects.create(ballot=scene.open_ballot, seat=seat)


def round_of(scene: Any, item: Any, state: str, channel: str) -> Ballot:
    values = {"session": scene.vote_session, "award": award("cstd-tinh"), "mode": "secret", "percent": 80}
    ballot = Ballot.objects.create(state=state, channel=channel, **values)
    BallotItem.objects.create(ballot=ballot, item=item)
    return ballot


def rows() -> Iterator[Row]:
    yield Row("council:ballot-prepare", STANDING, SEATED, pk_of("vote_session"))
    for name in ("results", "projector"):
        yield Row(f"council:{name}", SEEN, args=pk_of("vote_session"))
    yield Row("council:settle", STANDING, SEATED, pk_of("vote_session"), "post")
    yield Row("council:item-decide", STANDING, SEATED, pk_of("vote_item"))
    yield Row("council:ballot", SEEN, args=pk_of("open_ballot"))
    yield Row("council:ballot-act", STANDING, SEATED, pk_of("draft_ballot"), "post", {"transition": "open"})
    yield Row("council:ballot-count", STANDING, SEATED, pk_of("closed_ballot"))
    for name in ("ballot-paper", "ballot-committee"):
        yield Row(f"council:{name}", STANDING, SEATED, pk_of("open_ballot"))
    yield Row("council:ballot-tie", STANDING, SEATED, pk_of("closed_ballot"))
    for name in ("ballot-next", "ballot-voters"):
        yield Row(f"council:{name}", STANDING, SEATED, pk_of("draft_ballot"), "post")
    member = frozenset({"council_member"})
    yield Row("council:vote", member, SEEN - member, lambda s: (s.open_ballot.pk, s.council_voter.pk))
