"""What of a line's history is told to whom: payments are the standing body's to know."""

from typing import Any

from accounts.domain.history import Entries, limits_history
from accounts.models import User
from council.domain.money.paying import ACTIONS


@limits_history("council.DecisionLine")
def line_entries(line: Any, user: User, entries: Entries) -> Entries:
    return entries if user.has_perm("council.pay_rewards", line) else entries.exclude(action__in=ACTIONS)
