"""Who may run sessions, vote, decide, pay and count.

Predicates get the object that was fetched with ``visible_to``; without an object they answer False.
"""

from typing import Any

import rules

from blocs.tables.access import access_of
from council.enums import Attendance
from council.models import BallotVoter, Seat


def council_id_of(obj: Any) -> int | None:
    """The council of ``obj``: its own, or that of its session, decision, issuer or fund."""
    for way in ("council_id", "session", "decision", "issuer", "fund", "ballot", "layout"):
        found = getattr(obj, way, None)
        if found is not None:
            return found if isinstance(found, int) else council_id_of(found)
    return obj.pk if obj is not None and obj._meta.label == "blocs.Council" else None


@rules.predicate
def is_standing_body(user: Any, obj: Any) -> bool:
    """Works in the standing agency of the council this object belongs to."""
    return obj is not None and council_id_of(obj) in access_of(user).standing_ids


@rules.predicate
def is_any_standing_body(user: Any) -> bool:
    """For pages and tabs that are the standing body's own."""
    return bool(access_of(user).standing_ids)


@rules.predicate
def sits_or_runs(user: Any) -> bool:
    """Whose council's rules and members are readable: the standing body, members, and administrators (reading only)."""
    access = access_of(user)
    return bool(access.standing_ids or access.seat_ids) or bool(user.is_active and user.is_staff)


@rules.predicate
def sits_or_stands(user: Any) -> bool:
    """Works for a council: in its standing body or as its member."""
    access = access_of(user)
    return bool(access.standing_ids or access.seat_ids)


@rules.predicate
def is_voter(user: Any, voter: Any) -> bool:
    """The member, or the authorised substitute where one came, of this row of voters."""
    if not isinstance(voter, BallotVoter) or voter.on_paper:
        return False
    seat = voter.seat
    if seat.attendance == Attendance.SUBSTITUTE:
        return seat.substitute_id is not None and seat.substitute_id == user.pk
    return seat.user_id is not None and seat.user_id == user.pk


@rules.predicate
def is_own_seat(user: Any, seat: Any) -> bool:
    """The member of this seat, or who stands in for the member."""
    if not isinstance(seat, Seat) or user.pk is None:
        return False
    return user.pk in (seat.user_id, seat.substitute_id)


for verb in (
    "write_practice",
    "run_session",
    "run_ballot",
    "write_decision",
    "issue_decision",
    "pay_rewards",
    "write_layout",
    "write_statistics",
    "read_statistics",
):
    rules.add_perm(f"council.{verb}", is_standing_body)
rules.add_perm("council.declare_recusal", is_standing_body | is_own_seat)
rules.add_perm("council.see_office", is_any_standing_body)
rules.add_perm("council.see_council", sits_or_runs)
rules.add_perm("council.see_dashboard", sits_or_stands)
rules.add_perm("council.cast_vote", is_voter)
