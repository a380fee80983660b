"""Who may read which entries of an object's history: every app says what is not for all who see the object."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from accounts.domain.audit import entries_of
from accounts.models import AuditEntry, User

Entries = QuerySet[AuditEntry]
Limit = Callable[[Any, User, Entries], Entries]
LIMITS: dict[str, Limit] = {}


def limits_history(label: str) -> Callable[[Limit], Limit]:
    """Decorator: ``limit(obj, user, entries)`` keeps what ``user`` may read of such an object."""

    def register(limit: Limit) -> Limit:
        LIMITS[label.lower()] = limit
        return limit

    return register


def readable_entries(obj: Any, user: User) -> Entries:
    """The history of ``obj`` for ``user``, newest first; all of it where no app limits it. The object is visible."""
    entries = entries_of(obj)
    limit = LIMITS.get(obj._meta.label_lower)
    return entries if limit is None else limit(obj, user, entries)


def since_first_state(entries: Entries, *states: str) -> Entries | None:
    """What was recorded since one of ``states`` was entered for the first time; None when that is not recorded."""
    entered = entries.filter(after__state__in=[*states]).order_by("sequence")
    first = entered.values_list("sequence", flat=True).first()
    return None if first is None else entries.filter(sequence__gte=first)
