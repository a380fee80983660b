"""The engine of every lifecycle: a readable table and one function that obeys it.

Each app lists its transitions in its own ``domain/workflow.py``; nothing else writes a state.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.models import User

# A guard looks at the object and answers a full sentence when it stands in the way.
Guard = Callable[[Any], str | None]
Effect = Callable[[Any, User | None, datetime], None]
Audience = Callable[[Any], Iterable[User]]


class TransitionRefused(Exception):
    """The act is not possible now; the message is a sentence for the person who tried."""


def nobody(obj: Any) -> Iterable[User]:
    return ()


@dataclass(frozen=True)
class Transition:
    """One row of a lifecycle's table."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    reason_due: bool = False
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    audience: Audience = nobody
    confirm: str = ""
    primary: bool = True
    # False: follows from another act of the domain, never from a button or a forged form.
    offered: bool = True


@dataclass(frozen=True)
class Option:
    """A transition that this person may make, and the sentence that blocks it now, if any."""

    transition: Transition
    blocked_by: str


@dataclass(frozen=True)
class Lifecycle:
    """All transitions of one kind of object."""

    transitions: tuple[Transition, ...]
    by_name: dict[str, Transition] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.transitions})

    def options(self, obj: Any, user: User) -> list[Option]:
        """What ``user`` may do with ``obj`` in its state; a failing guard comes as a sentence."""
        return [
            Option(each, first_objection(each, obj))
            for each in self.transitions
            if each.offered and obj.state in each.sources and user.has_perm(each.permission, obj)
        ]

    def perform(self, obj: models.Model, name: str, *, actor: User | None, reason: str = "") -> None:
        """Make the transition ``name`` on ``obj``: the only writer of a state.

        One transaction: row locked, permission, source, reason and guards checked, state and
        effect written, audit entry appended, notices queued. ``actor`` None is a command and
        skips the permission alone. Raises PermissionDenied, or TransitionRefused with a
        sentence. ``obj`` is refreshed; on refusal nothing has changed.
        """
        transition = self.by_name[name]
        with transaction.atomic():
            row: Any = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
            check(transition, row, actor, reason)
            before = row.state
            row.state = transition.target
            row.save(update_fields=["state"])
            if transition.effect is not None:
                transition.effect(row, actor, timezone.now())
            audit.record(
                row,
                transition.label,
                actor=actor,
                before={"state": before},
                after={"state": transition.target},
                reason=reason.strip(),
            )
            announce(transition, row, actor)
        obj.refresh_from_db()

    def refusals(
        self, rows: Iterable[Any], name: str, *, actor: User | None, reason: str = ""
    ) -> list[tuple[Any, PermissionDenied | TransitionRefused]]:
        """Those of ``rows`` (locked) for which ``perform`` would raise, each with what it would raise."""
        found: list[tuple[Any, PermissionDenied | TransitionRefused]] = []
        for row in rows:
            try:
                check(self.by_name[name], row, actor, reason)
            except (PermissionDenied, TransitionRefused) as refusal:
                found.append((row, refusal))
        return found

    def perform_all(self, rows: Sequence[Any], name: str, *, actor: User | None, reason: str = "") -> None:
        """``perform`` for many rows of one model that the caller has locked: all of them, or none.

        The same checks and audit entries; statements grow by chunks of 500, besides what guards ask. Only for a
        transition without effect and audience: both speak of one object. Raises the first refusal.
        """
        transition = self.by_name[name]
        if transition.effect is not None or transition.audience is not nobody:
            raise ValueError(f"«{name}» has an effect or an audience; perform it for each.")
        for _, refusal in self.refusals(rows, name, actor=actor, reason=reason):
            raise refusal
        with transaction.atomic():
            move(transition, rows, actor=actor, reason=reason.strip())


def move(transition: Transition, rows: Sequence[Any], *, actor: User | None, reason: str) -> None:
    """Write the target into checked rows and the step into their trails."""
    after = {"state": transition.target}
    notes = [audit.Note(row, transition.label, after, {"state": row.state}) for row in rows]
    for start in range(0, len(rows), audit.CHUNK):
        keys = [row.pk for row in rows[start : start + audit.CHUNK]]
        type(rows[0])._base_manager.filter(pk__in=keys).update(state=transition.target)
    for row in rows:
        row.state = transition.target
    audit.record_all(notes, actor=actor, reason=reason)


def check(transition: Transition, row: Any, actor: User | None, reason: str) -> None:
    if actor is not None and not actor.has_perm(transition.permission, row):
        raise PermissionDenied(transition.permission)
    if row.state not in transition.sources:
        raise TransitionRefused(
            f"Không thể «{transition.label}» khi đang ở trạng thái «{row.get_state_display()}». "
            "Có thể người khác vừa thực hiện; hãy tải lại trang."
        )
    if transition.reason_due and not reason.strip():
        raise TransitionRefused(f"Hãy ghi lý do khi «{transition.label}».")
    if objection := first_objection(transition, row):
        raise TransitionRefused(objection)


def first_objection(transition: Transition, row: Any) -> str:
    return next((sentence for guard in transition.guards if (sentence := guard(row))), "")


def announce(transition: Transition, row: Any, actor: User | None) -> None:
    people = [user for user in transition.audience(row) if actor is None or user.pk != actor.pk]
    url = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    notify(people, f"{row}: {row.get_state_display().lower()}.", url=url)
