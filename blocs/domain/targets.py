"""How far the targets of a pledge are reached. Pure: numbers in, percentages and words out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from blocs.enums import Direction
from blocs.models import Target
from khoithidua.web.numbers import plain_number

TENTH = Decimal("0.1")
HALF = Decimal(50)

NO_PLAN = "Chưa có kế hoạch nên chưa tính được tỷ lệ."
ZERO_PLAN = "Kế hoạch bằng 0 nên không tính được tỷ lệ; khối xem xét cụ thể."
NO_FIGURE = "Chưa có số liệu thực hiện."


class Outcome(StrEnum):
    REACHED = "reached"
    EXCEEDED = "exceeded"
    NOT_REACHED = "not_reached"
    UNDER_WAY = "under_way"  # half of the year is left
    UNKNOWN = "unknown"


OUTCOME_WORDS = {
    Outcome.REACHED: "Đạt",
    Outcome.EXCEEDED: "Vượt",
    Outcome.NOT_REACHED: "Chưa đạt",
    Outcome.UNKNOWN: "Chưa xác định",
}


@dataclass(frozen=True)
class Measure:
    """One figure against the year's plan, and how every page and paper says it.

    ``percent`` has one decimal; None: cannot be told.
    """

    percent: Decimal | None
    outcome: Outcome
    note: str = ""
    words: str = field(default=OUTCOME_WORDS[Outcome.UNKNOWN], compare=False)


@dataclass(frozen=True)
class Progress:
    """Both figures of a target against the plan of the whole year."""

    mid_year: Measure
    year: Measure


def progress(target: Target) -> Progress:
    """Half-year and year figures against the plan; for a target to lower, plan against actual."""
    return Progress(mid_year=measure(target, target.mid_year, mid_year=True), year=measure(target, target.actual))


def latest(target: Target) -> Measure:
    """How the target stands: by the year's figure, until then by the half-year's."""
    found = progress(target)
    return found.mid_year if target.actual is None and target.mid_year is not None else found.year


def measure(target: Target, figure: Decimal | None, *, mid_year: bool = False) -> Measure:
    """One figure against the plan. A missing plan or figure, or a plan of 0, is unknown with a sentence.

    At mid-year nothing has failed yet: what is below the year's plan is under way.
    """
    if target.plan is None:
        return Measure(None, Outcome.UNKNOWN, NO_PLAN)
    if target.plan <= 0:
        return Measure(None, Outcome.UNKNOWN, ZERO_PLAN)
    if figure is None:
        return Measure(None, Outcome.UNKNOWN, NO_FIGURE)
    part, whole = (target.plan, figure) if target.direction == Direction.DOWN else (figure, target.plan)
    percent, outcome = percent_of(part, whole), outcome_of(part, whole)
    if not mid_year:
        return Measure(percent, outcome, words=OUTCOME_WORDS[outcome])
    if outcome == Outcome.NOT_REACHED:
        return Measure(percent, Outcome.UNDER_WAY, words=under_way_words(target, figure, percent))
    return Measure(percent, outcome, words=f"Đã {OUTCOME_WORDS[outcome].lower()} kế hoạch năm")


def under_way_words(target: Target, figure: Decimal, percent: Decimal | None) -> str:
    """A share of what is to be done by December; a figure to lower says where it stands."""
    if target.direction == Direction.UP and percent is not None:
        return f"Đạt {plain_number(percent)}% kế hoạch năm"
    unit = target.unit if target.unit in ("", "%") else f" {target.unit}"
    return f"Đang ở mức {plain_number(figure)}{unit}"


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
        found = progress(target)
        measures.setdefault(target.agency_id, []).append(found.mid_year if mid_year else found.year)
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
