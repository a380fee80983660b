"""Points of one line: pure functions, Decimals in and out, exact integers between.

The formulas are those of interfaces.md ("Formulas of quantitative criteria"), which come from the
police table of Quảng Trị (domain.md C5.2 T5), Hưng Yên's guide of 2021 (domain-2.md 3.1) and
Thanh Hóa's framework of 2026 (domain-2.md 3.4). Points have two decimals, rounded half up.
Unknown is None, never zero.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from khoithidua.web.numbers import two_places
from scoring.enums import CriterionKind, Formula

Member = TypeVar("Member", bound=Hashable)

ZERO = Decimal(0)
CENT = Decimal("0.01")
DEFAULT_STEP = Decimal("0.25")
DEFAULT_SURPLUS_CAP = Decimal(10)
DEFAULT_SURPLUS_TOTAL = Decimal(20)

NO_PLAN = (
    "Kế hoạch còn trống hoặc không lớn hơn 0 nên không tính được điểm. "
    "Hãy ghi kế hoạch, hoặc đánh dấu tiêu chí là không được giao."
)
NEGATIVE_PLAN = "Kế hoạch không được là số âm. Hãy ghi lại kế hoạch."
NO_RESULTS = (
    "Không có kế hoạch và chưa đơn vị nào trong nhóm này có kết quả lớn hơn 0 nên không so sánh được. "
    "Hãy ghi kế hoạch, hoặc đánh dấu tiêu chí là không được giao."
)
NO_FORMULA = "Tiêu chí định lượng chưa có công thức. Hãy bổ sung công thức ở bảng tiêu chí."
NO_LEVEL = "Mức đã chọn không có trong tiêu chí. Hãy chọn lại mức."

# Read some 100,000 times a year end: an attribute of an enumeration is looked up each time.
QUANTITATIVE, CHOICE = CriterionKind.QUANTITATIVE.value, CriterionKind.CHOICE.value
JUDGED, MINUS, DEDUCTION = CriterionKind.JUDGED.value, CriterionKind.MINUS.value, CriterionKind.DEDUCTION.value
BONUS = CriterionKind.BONUS.value
RELATIVE = Formula.RELATIVE.value


@dataclass(frozen=True)
class Leaf:
    """A criterion that is scored. ``path`` holds the codes of its groups, the root first."""

    code: str
    kind: str
    max_points: Decimal
    formula: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[str, ...] = ()

    @cached_property
    def max_ratio(self) -> tuple[int, int]:
        """``max_points`` as numerator and denominator."""
        return self.max_points.as_integer_ratio()

    @cached_property
    def per(self) -> Decimal | None:
        """Points for each occurrence, where the options say so."""
        return number(self.options, "per")

    @cached_property
    def by_level(self) -> Mapping[str, "Computed"]:
        """What each level of a choice gives; of two levels with one name the first counts."""
        return {str(each.get("name")): of_level(self, each) for each in reversed(levels_of(self.options))}


class Entry(NamedTuple):
    """What a sheet says about one leaf. ``times`` of a lateness deduction are days late."""

    assigned: bool = True
    plan: Decimal | None = None
    actual: Decimal | None = None
    level: str = ""
    times: int | None = None
    self_points: Decimal | None = None
    cross_points: Decimal | None = None
    appraised_points: Decimal | None = None
    agreed_points: Decimal | None = None
    reason: str = ""
    explanation: str = ""
    cross_reason: str = ""
    appraisal_reason: str = ""


class Computed(NamedTuple):
    """The value of the self column. ``surplus`` goes to bonus; ``voids`` takes the criterion's other lines too.

    ``points`` None with a ``fault`` could not be computed, without one it is blank or not assigned.
    """

    points: Decimal | None = None
    surplus: Decimal = ZERO
    voids: bool = False
    fault: str = ""


BLANK = Entry()
NOTHING = Computed()


def half_up(value: Fraction | Decimal, step: Decimal = CENT) -> Decimal:
    """``value`` at the nearest multiple of ``step`` (default 0.01), halves upwards."""
    if isinstance(value, Decimal) and step == CENT and value >= 0:
        return two_places(value)
    steps = Fraction(value) / Fraction(step)
    return Decimal((2 * steps.numerator + steps.denominator) // (2 * steps.denominator)) * step


def held(points: Decimal, maximum: Decimal) -> Decimal:
    """``points`` held between 0 and ``maximum``."""
    if points > maximum:
        return maximum
    return points if points > ZERO else ZERO


def number(options: Mapping[str, Any], key: str, default: Decimal | None = None) -> Decimal | None:
    """The parameter ``key`` as a Decimal; ``default`` when it is absent or no number."""
    value = options.get(key)
    if value is None or isinstance(value, bool):
        return default
    try:
        parsed = Decimal(str(value))
    except InvalidOperation:
        return default
    return parsed if parsed.is_finite() else default


def compute_bloc(
    leaves: Iterable[Leaf], entries: Mapping[Member, Mapping[str, Entry]]
) -> dict[Member, dict[str, Computed]]:
    """Every line of every member of a bloc at once, by member and code.

    All members are needed because ``relative-to-leader`` compares them. The order of members
    and lines never matters. A missing entry is a blank line. Source: interfaces.md.
    """
    result: dict[Member, dict[str, Computed]] = {member: {} for member in entries}
    for leaf in leaves:
        lines = {member: own.get(leaf.code, BLANK) for member, own in entries.items()}
        for member, computed in compute_leaf(leaf, lines).items():
            result[member][leaf.code] = computed
    return result


def compute_leaf(leaf: Leaf, lines: Mapping[Member, Entry]) -> dict[Member, Computed]:
    """One leaf for all members, in points of the leaf. A line that is not assigned has nothing."""
    if leaf.kind == QUANTITATIVE and leaf.formula == RELATIVE:
        points = relative_to_leader(leaf, {member: line for member, line in lines.items() if line.assigned})
        return {member: points.get(member, NOTHING) for member in lines}
    return {member: compute_line(leaf, line) if line.assigned else NOTHING for member, line in lines.items()}


def compute_line(leaf: Leaf, line: Entry) -> Computed:
    """One assigned line that needs no other member, by its kind (interfaces.md, "Kinds of criterion")."""
    if leaf.kind == QUANTITATIVE:
        return quantitative(leaf, line)
    if leaf.kind == CHOICE:
        return choice(leaf, line)
    points = line.self_points if line.times is None else counted(leaf, line)
    if points is None:
        points = line.self_points
    return NOTHING if points is None else Computed(held(half_up(points), leaf.max_points))


def quantitative(leaf: Leaf, line: Entry) -> Computed:
    """Points from plan and actual. A blank actual is blank; a plan of nothing is a fault, never 0 or full.

    Source: interfaces.md "Formulas"; Hưng Yên's guide V.1; Thanh Hóa's framework for ``rate``.
    """
    if line.actual is None:
        return NOTHING
    if line.plan is None or line.plan <= ZERO:
        return Computed(fault=NO_PLAN)
    formula = FORMULAS.get(leaf.formula)
    return formula(leaf, line.plan, line.actual) if formula else Computed(fault=NO_FORMULA)


def proportional(leaf: Leaf, plan: Decimal, actual: Decimal) -> Computed:
    """min(A/T, 1)·M (Hưng Yên's guide V.1: actual over plan times điểm chuẩn)."""
    return Computed(share(leaf, *ratio(actual, plan)))


def with_surplus(leaf: Leaf, plan: Decimal, actual: Decimal) -> Computed:
    """``proportional``, and each 1 % above plan adds 1 % of M as bonus, at most ``surplus_cap`` percent of M.

    Source: Hưng Yên's guide V.2a (10 percent). A part of a percent counts in part, because V.1
    moves "phần cao hơn" to bonus. The bloc-wide ``surplus_total`` is held in ``totals``.
    """
    points = share(leaf, *ratio(actual, plan))
    if actual <= plan:
        return Computed(points)
    cap = number(leaf.options, "surplus_cap", DEFAULT_SURPLUS_CAP) or ZERO
    excess = min(Fraction(*ratio(actual, plan)) - 1, Fraction(cap) / 100)
    return Computed(points, surplus=half_up(excess * Fraction(*leaf.max_ratio)))


def inverse(leaf: Leaf, plan: Decimal, actual: Decimal) -> Computed:
    """min(T/A, 1)·M for targets to be brought down (Hưng Yên's guide V.1). Nothing left at all is full."""
    return Computed(share(leaf, *ratio(plan, actual)) if actual > ZERO else share(leaf, 1, 1))


def rate(leaf: Leaf, plan: Decimal, actual: Decimal) -> Computed:
    """rate·M at the nearest ``step`` (0.25), where rate is A/T, at most 1 (Thanh Hóa's framework)."""
    step = number(leaf.options, "step", DEFAULT_STEP) or DEFAULT_STEP
    reached = Fraction(*ratio(actual, plan)) if actual < plan else Fraction(1)
    return Computed(held(half_up(max(reached, Fraction(0)) * Fraction(*leaf.max_ratio), abs(step)), leaf.max_points))


FORMULAS = {
    Formula.PROPORTIONAL.value: proportional,
    Formula.SURPLUS.value: with_surplus,
    Formula.INVERSE.value: inverse,
    Formula.RATE.value: rate,
}


def ratio(part: Decimal, whole: Decimal) -> tuple[int, int]:
    """``part`` ÷ ``whole``, which is above 0, as exact numerator and denominator."""
    above, below = part.as_integer_ratio()
    numerator, denominator = whole.as_integer_ratio()
    return above * denominator, below * numerator


def share(leaf: Leaf, numerator: int, denominator: int) -> Decimal:
    """That fraction of the leaf's maximum to two decimals, half up, held between nothing and all of it.

    The denominator is above 0. Integers, because a Fraction costs ten times as much.
    """
    above, below = leaf.max_ratio
    whole = 2 * denominator * below
    return held(Decimal((200 * numerator * above + whole // 2) // whole).scaleb(-2), leaf.max_points)


def relative_to_leader(leaf: Leaf, lines: Mapping[Member, Entry]) -> dict[Member, Computed]:
    """The assigned members compared with each other (domain.md C5.2 T5, the percentage reading).

    Below plan 0.5·M·A/T; at plan 0.5·M; above it the leader, the highest (A−T)/T, gets M and the
    others 0.5·M plus their part of the leader's excess. Without a plan (T null or 0): A over the
    highest A of those, times M, apart from the others. A blank actual stays blank.
    """
    told = {member: line for member, line in lines.items() if line.actual is not None}
    planned = {member: line for member, line in told.items() if line.plan}
    excess = {
        member: Fraction(*ratio((line.actual or ZERO) - (line.plan or ZERO), line.plan or ZERO))
        for member, line in planned.items()
        if (line.plan or ZERO) > ZERO
    }
    lead = max(excess.values(), default=Fraction(0))
    result = {
        member: Computed(share(leaf, *standing_of(excess[member], lead)))
        if member in excess
        else Computed(fault=NEGATIVE_PLAN)
        for member in planned
    }
    unplanned = {member: line.actual or ZERO for member, line in told.items() if not line.plan}
    return result | without_plan(leaf, unplanned)


def standing_of(excess: Fraction, lead: Fraction) -> tuple[int, int]:
    """Numerator and denominator of the part of M for one whose (A−T)/T is ``excess``, the leader's being ``lead``."""
    if excess <= 0:
        return excess.denominator + excess.numerator, 2 * excess.denominator
    own, leaders = excess.numerator * lead.denominator, excess.denominator * lead.numerator
    return leaders + own, 2 * leaders


def without_plan(leaf: Leaf, actuals: Mapping[Member, Decimal]) -> dict[Member, Computed]:
    """A ÷ highest A · M among those without a plan; a fault while none of them has a result."""
    best = max(actuals.values(), default=ZERO)
    if best <= ZERO:
        return {member: Computed(fault=NO_RESULTS) for member in actuals}
    return {member: Computed(share(leaf, *ratio(actual, best))) for member, actual in actuals.items()}


def choice(leaf: Leaf, line: Entry) -> Computed:
    """The points of the chosen level; a level with ``voids`` gives none and takes the whole criterion.

    Options: ``levels: [{name, points, voids?}]``. Source: Hưng Yên's guide V.1b (A, B, C, D) and
    Thanh Hóa's framework ("mất điểm toàn tiêu chí").
    """
    if not line.level:
        return NOTHING
    return leaf.by_level.get(line.level) or Computed(fault=NO_LEVEL)


def of_level(leaf: Leaf, level: Mapping[str, Any]) -> Computed:
    """What one level of a choice gives: its points, none and a void, or a fault where it has no points."""
    if level.get("voids"):
        return Computed(ZERO, voids=True)
    points = number(level, "points")
    return Computed(fault=NO_LEVEL) if points is None else Computed(held(half_up(points), leaf.max_points))


def levels_of(options: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The levels of a choice in their order as ``{name, points, voids}``.

    Reads the year file's shorthand too: ``{A: 10, C: {points: 0, void: true}}``.
    """
    levels = options.get("levels")
    if isinstance(levels, Mapping):
        return [level_of(name, value) for name, value in levels.items()]
    return [each for each in levels if isinstance(each, Mapping)] if isinstance(levels, list) else []


def level_of(name: str, value: Any) -> dict[str, Any]:
    """One level of the shorthand: its points, or its points and whether it voids."""
    if not isinstance(value, Mapping):
        return {"name": name, "points": value}
    level = {"name": name, "points": value.get("points")}
    return level | {"voids": True} if value.get("void") or value.get("voids") else level


def counted(leaf: Leaf, line: Entry) -> Decimal | None:
    """Points from ``times`` and ``per``, before the clamp; None when they are not both known.

    count, bonus, deduction: per · times. minus: M − per · times (Thanh Hóa's framework). A
    deduction ``from: lateness`` takes its bands, and ``times`` are days.
    """
    if line.times is None:
        return None
    if is_lateness(leaf):
        return lateness_points(line.times, leaf.options.get("bands") or [])
    if leaf.per is None or leaf.kind == JUDGED:
        return None
    return leaf.max_points - leaf.per * line.times if leaf.kind == MINUS else leaf.per * line.times


def is_lateness(leaf: Leaf) -> bool:
    """True for a deduction that the rounds' records decide, not a person."""
    return leaf.kind == DEDUCTION and leaf.options.get("from") == "lateness"


def is_counted_claim(leaf: Leaf) -> bool:
    """A bonus or deduction of so many points each time: the unit says how often, the points follow."""
    return leaf.kind in (BONUS, DEDUCTION) and leaf.per is not None and not is_lateness(leaf)


def lateness_points(days_late: int, bands: Sequence[Sequence[Any]]) -> Decimal:
    """Points to deduct for ``days_late`` days: those of the highest band ``[days, points]`` reached, else 0.

    Source: Hưng Yên's guide V.2b: from 5 days 5 points, from 10 days 10, from 15 days 20.
    """
    reached = [(Decimal(str(days)), Decimal(str(points))) for days, points in bands if days_late >= Decimal(str(days))]
    return max(reached)[1] if reached else ZERO
