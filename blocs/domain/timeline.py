"""A bloc-year as a line of steps. Every app adds the steps that it knows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from blocs.enums import YearState
from blocs.models import BlocYear


@dataclass(frozen=True)
class Step:
    """One step: what, where, how far, until when. ``state`` is a key of ``STATES``."""

    order: int
    title: str
    url: str
    state: str
    words: str
    due: date | None = None

    @property
    def label(self) -> str:
        return STATES[self.state]


STATES = {
    "done": "Đã xong",
    "current": "Đang làm",
    "upcoming": "Chưa đến",
    "late": "Quá hạn",
    "unfinished": "Chưa hoàn thành",  # of a closed year: begun, never finished
    "absent": "Không có số liệu",  # of a closed year: no record of it
}
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


def is_closed(bloc_year: BlocYear) -> bool:
    """Concluded or handed over: what has not happened is not to come either."""
    return bloc_year.state in (YearState.CONCLUDED, YearState.HANDED_OVER)


def step_state(*, done: bool, started: bool, due: date | None, today: date, closed: bool = False) -> str:
    """The state of a step from a few facts; ``closed`` of its year."""
    if done:
        return "done"
    if closed:
        return "unfinished" if started else "absent"
    if due is not None and due < today:
        return "late"
    return "current" if started else "upcoming"
