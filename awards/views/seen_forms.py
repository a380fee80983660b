"""Saving a form that remembers which version it was opened with."""

from collections.abc import Callable
from typing import Any, TypeVar

from awards.domain.conflicts import Conflict
from blocs.views.attempts import attempt

T = TypeVar("T")


def attempt_seen(form: Any, verb: Callable[[], T]) -> T | None:
    """What ``verb`` answers; when somebody was first, the form says who and shows both values.

    The form then holds the new version: saving again is a decision.
    """

    def tried() -> T:
        try:
            return verb()
        except Conflict as conflict:
            form.conflict = conflict
            raise

    found = attempt(form, tried)
    if (conflict := getattr(form, "conflict", None)) is not None:
        form.renew(conflict.version)
    return found
