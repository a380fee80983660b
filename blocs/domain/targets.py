"""How far the targets of a pledge are reached. Pure: numbers in, percentages and words out."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from blocs.enums import Direction
from blocs.models import Target

TENTH = Decimal("0.1")
HALF = Decimal(50)

NO_PLAN = "Chưa có kế hoạch nên chưa tính được tỷ lệ."
ZERO_PLAN = "Kế hoạch bằng 0 nên không tính được tỷ lệ; khối xem xét cụ thể."
NO_FIGURE = "Chưa có số liệu thực hiện."


class Outcome(StrEnum):
    REACHED = "reached"
    EXCEEDED = "exceeded"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


OUTCOME_WORDS = {
    Outcome.REACHED: "Đạt",
    Outcome.EXCEEDED: "Vượt",
    Outcome.NOT_REACHED: "Chưa đạt",
    Outcome.UNKNOWN: "Chưa xác định",
}


@dataclass(frozen=True)
class Measure:
    """One figure against the year's plan. ``percent`` has one decimal; None: cannot be told."""

    percent: Decimal | None
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True)
class Progress:
    """Both figures of a target against the plan of the whole year."""

    mid_year: Measure
    year: Measure


def progress(target: Target) -> Progress:
    """Half-year and year figures against the plan; for a target to lower, plan against actual."""
    return Progress(mid_year=measure(target, target.mid_year), year=measure(target, target.actual))


def measure(target: Target, figure: Decimal | None) -> Measure:
    """One figure against the plan. A missing plan or figure, or a plan of 0, is unknown with a sentence."""
    if target.plan is None:
        return Measure(None, Outcome.UNKNOWN, NO_PLAN)
    if target.plan <= 0:
        return Measure(None, Outcome.UNKNOWN, ZERO_PLAN)
    if figure is None:
        return Measure(None, Outcome.UNKNOWN, NO_FIGURE)
    if target.direction == Direction.DOWN:
        return Measure(percent_of(target.plan, figure), outcome_of(target.plan, figure))
    return Measure(percent_of(figure, target.plan), outcome_of(figure, target.plan))


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """``part`` in percent of ``whole``, one decimal, half up; None when ``whole`` is not above zero."""
    if whole <= 0:
        return None
    return (part * 100 / whole).quantize(TENTH, rounding=ROUND_HALF_UP)


def outcome_of(figure: Decimal, bar: Decimal) -> Outcome:
    if figure > bar:
        return Outcome.EXCEEDED
    return Outcome.REACHED if figure == bar else Outcome.NOT_REACHED


@dataclass(frozen=True)
class AgencySummary:
    """Targets of one agency. ``reached`` holds ``exceeded`` too; ``unknown`` is in neither."""

    agency_id: int
    agency: str
    total: int
    reached: int
    exceeded: int
    halfway: int  # at 50 % of the plan or above
    unknown: int


def summary(targets: Iterable[Target], *, mid_year: bool = False) -> list[AgencySummary]:
    """Counts per agency in the order of first appearance (agencies prefetched); the year unless ``mid_year``."""
    measures: dict[int, list[Measure]] = {}
    names: dict[int, str] = {}
    for target in targets:
        names.setdefault(target.agency_id, target.agency.name)
        figure = target.mid_year if mid_year else target.actual
        measures.setdefault(target.agency_id, []).append(measure(target, figure))
    return [summed(pk, names[pk], found) for pk, found in measures.items()]


def summed(agency_id: int, agency: str, measures: list[Measure]) -> AgencySummary:
    outcomes = [each.outcome for each in measures]
    exceeded = outcomes.count(Outcome.EXCEEDED)
    return AgencySummary(
        agency_id=agency_id,
        agency=agency,
        total=len(measures),
        reached=outcomes.count(Outcome.REACHED) + exceeded,
        exceeded=exceeded,
        halfway=sum(1 for each in measures if is_halfway(each)),
        unknown=outcomes.count(Outcome.UNKNOWN),
    )


def is_halfway(found: Measure) -> bool:
    """At least half of the year's plan; a lowered figure of 0 has no percentage and exceeds."""
    return found.outcome == Outcome.EXCEEDED or (found.percent is not None and found.percent >= HALF)
