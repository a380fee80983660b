"""What of the history of a round is not for everybody who sees it."""

from typing import Any

from accounts.domain.history import Entries, limits_history, since_first_state
from accounts.models import User
from reports.domain.rounding.acting import EXTENDED, REMINDED
from reports.enums import RoundState


@limits_history("reports.ReportRound")
def entries_of_round(a_round: Any, user: User, entries: Entries) -> Entries:
    """Who watches the round reads everything; members what came since its opening, not who was late or missing."""
    if user.has_perm("reports.watch_round", a_round):
        return entries
    since = since_first_state(entries, RoundState.OPEN.value)
    return entries.none() if since is None else since.exclude(action__in=[REMINDED, EXTENDED])
