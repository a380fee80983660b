"""Deductions for lateness by themselves: every room says what it knows of a unit's delays.

A room registers with ``provides_lateness`` when its app is ready, and calls ``refresh_lateness``
when a paper of a unit has been sent. The points follow from the days by the bands of the criterion.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.computing import is_lateness
from scoring.domain.sheets import record_lateness
from scoring.domain.tree import Tree, load_tree
from scoring.enums import SheetState
from scoring.models import ScoreLine, ScoreSheet


@dataclass(frozen=True)
class Delay:
    """One paper of a unit that was sent, and how many days after its due date; 0 was in time."""

    source: str
    days: int

    def __str__(self) -> str:
        return f"{self.source} muộn {self.days} ngày" if self.days else f"{self.source} đúng hạn"


Provider = Callable[[BlocYear, int], Iterable[Delay]]
PROVIDERS: list[Provider] = []
# What was agreed or locked no longer changes by itself.
OPEN_STATES = tuple(state for state in SheetState if state not in (SheetState.AGREED, SheetState.LOCKED))


def provides_lateness(provider: Provider) -> Provider:
    """Register ``provider(bloc_year, agency_id)``; use as a decorator. Papers without a due date are left out."""
    PROVIDERS.append(provider)
    return provider


@provides_lateness
def delay_of_sheet(bloc_year: BlocYear, agency_id: int) -> Iterable[Delay]:
    """The unit's own sheet, once it has been sent against a due date."""
    rows = ScoreSheet.objects.filter(bloc_year=bloc_year, agency=agency_id).values_list("late_days", flat=True)
    return [Delay("phiếu tự chấm điểm", days) for days in rows if days is not None]


def delays_of(bloc_year: BlocYear, agency_id: int) -> list[Delay]:
    """All known delays of a unit in this bloc-year, the longest first."""
    found = [delay for provider in PROVIDERS for delay in provider(bloc_year, agency_id)]
    return sorted(found, key=lambda delay: -delay.days)


def lateness_codes(tree: Tree) -> list[str]:
    """Codes of the lines whose points follow from days late."""
    return [node.code for node in tree.leaves if is_lateness(node.leaf)]


def reckoned(bloc_year: BlocYear, agency_id: int) -> tuple[ScoreSheet | None, int | None]:
    """The unit's sheet that is still open, and its longest delay in days; None for what there is not."""
    sheet = (
        ScoreSheet.objects.filter(bloc_year=bloc_year, agency=agency_id, state__in=OPEN_STATES)
        .select_related("criteria_set")
        .first()
    )
    delays = delays_of(bloc_year, agency_id) if sheet else []
    return sheet, delays[0].days if delays else None


@transaction.atomic
def refresh_lateness(bloc_year: BlocYear, agency_id: int, *, actor: User | None) -> int | None:
    """Write the longest delay of a unit to its lateness lines; audited by ``record_lateness``.

    Answers the days, None when nothing is known or there is no sheet. Days that stood there before
    (from a year file) stay unless a record says more. An agreed or locked sheet stays as it is.
    """
    sheet, days = reckoned(bloc_year, agency_id)
    if sheet is None or days is None:
        return None
    stored = dict(ScoreLine.objects.filter(sheet=sheet).values_list("criterion__code", "times"))
    for code in lateness_codes(load_tree(sheet.criteria_set)):
        record_lateness(sheet, code=code, days=max(days, stored.get(code) or 0), actor=actor)
    return days


@transaction.atomic
def correct_lateness(bloc_year: BlocYear, agency_id: int, *, was: int, actor: User | None) -> int | None:
    """The due date of a paper was moved: lines that hold ``was``, the days reckoned before, take those reckoned now.

    Other days, typed or from a year file, stay, and so does an agreed or locked sheet. Answers the days now, None when
    nothing is known or there is no open sheet; audited by ``record_lateness``.
    """
    sheet, days = reckoned(bloc_year, agency_id)
    if sheet is None or days is None:
        return None
    stored = dict(ScoreLine.objects.filter(sheet=sheet).values_list("criterion__code", "times"))
    for code in lateness_codes(load_tree(sheet.criteria_set)):
        if stored.get(code) == was:
            record_lateness(sheet, code=code, days=days, actor=actor)
    return days
