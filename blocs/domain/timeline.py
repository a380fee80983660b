"""A bloc-year as a line of steps. Every app adds the steps that it knows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from blocs.models import BlocYear


@dataclass(frozen=True)
class Step:
    """One step: what, where, how far, until when. ``state`` is done, current, upcoming or late."""

    order: int
    title: str
    url: str
    state: str
    words: str
    due: date | None = None


STATES = ("done", "current", "upcoming", "late")
Provider = Callable[[BlocYear, User], Iterable[Step]]
PROVIDERS: list[Provider] = []


def provides_steps(provider: Provider) -> Provider:
    """Decorator: ``provider`` answers its steps of a bloc-year with a constant number of queries."""
    PROVIDERS.append(provider)
    return provider


def steps_of(bloc_year: BlocYear, user: User) -> list[Step]:
    """All steps of the year in their order (10 composition, 20 pledge, 30 movements, 40 mid-year review,
    50 criteria, 60 scores, 70 annual conference, 80 proposals, 90 annual review, 95 handover)."""
    return sorted((step for provider in PROVIDERS for step in provider(bloc_year, user)), key=lambda step: step.order)


def step_state(*, done: bool, started: bool, due: date | None, today: date) -> str:
    """The state of a step from three facts."""
    if done:
        return "done"
    if due is not None and due < today:
        return "late"
    return "current" if started else "upcoming"
