"""Runs of years and counts of awards, in three values: a year nobody stated is unknown, never zero.

``None`` for ``grades`` or ``awards`` means that the register was not given. A given register of awards is whole: what
it does not hold was not awarded. A given map of grades holds some years: the others are unknown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from awards.law.branches import Round
from awards.law.facts import Absence, Category, Given, Grade, Nominee

# Bằng khen of the province or of a ministry, a branch, a central union: one level in the statute.
PROVINCIAL_CERTIFICATES = ("bk-tinh", "bk-bo")
PROVINCIAL_FLAGS = ("co-tinh", "co-bo")
# A record that names only "Bằng khen" may be one of these.
AMBIGUOUS = {"bang-khen": frozenset({"bk-tinh", "bk-bo", "bk-thu-tuong"})}
# Awards for surprise achievements and thematic movements are no basis for merit (NĐ 152/2025, Điều 4 khoản 3).
NO_BASIS = frozenset({Category.SURPRISE, Category.MOVEMENT})

Status = Callable[[int], bool | None]


@dataclass(frozen=True)
class Run:
    """Consecutive years looked at backwards from the last year that counts.

    ``years`` are certain and ascending; ``possible`` are those and the years that could join them if the unknown
    ones turned out well. ``unknown`` are the years to be stated, ``broken`` the year that ends the run for certain.
    """

    value: bool | None
    wanted: int
    years: tuple[int, ...]
    possible: tuple[int, ...]
    unknown: tuple[int, ...]
    broken: int | None
    leave: tuple[int, ...]


@dataclass(frozen=True)
class Count:
    """How many awards are certain and how many there could be; ``years`` of the certain ones, where known."""

    certain: int
    possible: int
    years: tuple[int, ...] = ()

    def at_least(self, wanted: int) -> bool | None:
        if self.certain >= wanted:
            return True
        return None if self.possible >= wanted else False


@dataclass(frozen=True)
class Prior:
    """Whether an award is held, and the records of it that may open a window, oldest first."""

    value: bool | None
    records: tuple[Given, ...]


# --- years of one subject ---------------------------------------------------------------------------------------


def maternity_years(nominee: Nominee) -> frozenset[int]:
    return frozenset(away.year for away in nominee.aways if away.kind == Absence.MATERNITY)


def served_year(nominee: Nominee) -> int | None:
    """The year in which the last discipline was served: achievements count from then (NĐ 152/2025, Điều 4.4)."""
    served = [each.served_until.year for each in nominee.disciplines if each.served_until is not None]
    return max(served, default=None)


def _since_served(nominee: Nominee, status: Status) -> Status:
    """Years before the discipline was served are lost; of the year itself a part counts, so people decide."""
    served = served_year(nominee)
    if served is None:
        return status
    last = served

    def counted(year: int) -> bool | None:
        value = status(year)
        return False if year < last else None if year == last and value else value

    return counted


def grade_status(nominee: Nominee, at_least: Grade) -> Status:
    """Whether a year's grade reaches ``at_least``; None where no grade is stated."""

    def status(year: int) -> bool | None:
        grade = (nominee.grades or {}).get(year)
        return None if grade is None else grade >= at_least

    return status


def award_status(nominee: Nominee, codes: str | Iterable[str]) -> Status:
    """Whether one of the awards was given for a year; None where the register is not given or not dated."""
    wanted = _codes(codes)

    def status(year: int) -> bool | None:
        if nominee.awards is None:
            return None
        marks = [(given, _covers(given, year, year)) for given in _basis(nominee)]
        if any(inside is True and given.award in wanted for given, inside in marks):
            return True
        return None if any(inside is not False and _may_be(given, wanted) for given, inside in marks) else False

    return status


def excellent_status(nominee: Nominee) -> Status:
    """A collective's year: graded HTXS, or the title "Tập thể lao động xuất sắc" of that year."""
    graded, titled = grade_status(nominee, Grade.HTXS), award_status(nominee, "tt-ld-xuat-sac")

    def status(year: int) -> bool | None:
        values = (graded(year), titled(year))
        if True in values:
            return True
        # A stated lower grade ends the matter: the title is not given below HTXS.
        return False if graded(year) is False else None

    return status


# --- runs --------------------------------------------------------------------------------------------------------


def grade_run(nominee: Nominee, at_least: Grade, end: int, wanted: int, since: int | None = None) -> Run:
    """The run of years graded ``at_least``, back from ``end`` and not before ``since``.

    A maternity year without a grade counts as a year at HTT and below. Above that it is passed over, and it may
    still turn out to be a year of the run: the leave counts as time (NĐ 152/2025, Điều 4 khoản 5) and nobody stated
    the grade, so it is among the possible years and among those to be stated, and ends nothing that is certain.
    """
    return run(
        _since_served(nominee, grade_status(nominee, at_least)),
        end,
        wanted,
        since=since,
        leave=maternity_years(nominee),
        leave_counts=at_least <= Grade.HTT,
        earliest=_earliest(nominee),
    )


def award_run(nominee: Nominee, codes: str | Iterable[str], end: int, wanted: int, since: int | None = None) -> Run:
    """The run of years with one of the awards; maternity years without it are passed over, not counted."""
    held, leave = award_status(nominee, codes), maternity_years(nominee)

    walk = _Walk(_since_served(nominee, held), leave, leave_ends=False)
    return _walked(walk, end, wanted, since, _earliest(nominee))


def excellent_run(nominee: Nominee, end: int, wanted: int, since: int | None = None) -> Run:
    """A collective's run of years HTXS or "Tập thể lao động xuất sắc"."""
    return run(_since_served(nominee, excellent_status(nominee)), end, wanted, since=since, earliest=_earliest(nominee))


def run(
    status: Status,
    end: int,
    wanted: int,
    *,
    since: int | None = None,
    leave: frozenset[int] = frozenset(),
    leave_counts: bool = False,
    earliest: int | None = None,
) -> Run:
    """Walk back from ``end`` year by year until a year fails or ``since`` is passed."""
    return _walked(_Walk(status, leave, leave_counts), end, wanted, since, earliest)


def _walked(walk: "_Walk", end: int, wanted: int, since: int | None, earliest: int | None) -> Run:
    floor = since if since is not None else min(end - wanted + 1 - len(walk.leave), earliest or end)
    for year in range(end, floor - 1, -1):
        walk.step(year)
        if walk.broken is not None:
            break
    return walk.result(wanted)


class _Walk:
    """One walk back through the years. ``leave_ends``: a leave year that is known to fail ends the run."""

    def __init__(
        self, status: Status, leave: frozenset[int], leave_counts: bool = False, leave_ends: bool = True
    ) -> None:
        self.status, self.leave, self.leave_counts, self.leave_ends = status, leave, leave_counts, leave_ends
        self.certain: list[int] = []
        self.possible: list[int] = []
        self.unknown: list[int] = []
        self.split = False  # a year that is no leave is unknown: nothing before it is certain
        self.used_leave: list[int] = []
        self.broken: int | None = None

    def step(self, year: int) -> None:
        value = self.status(year)
        if year in self.leave and self._passes(year, value):
            return
        if value is False:
            self.broken = year
            return
        self.possible.append(year)
        if value is None and not (year in self.leave and self.leave_counts):
            self.unknown.append(year)
            self.split = True
        elif not self.split:
            self.certain.append(year)

    def _passes(self, year: int, value: bool | None) -> bool:
        """Whether this leave year is passed over; without a stated value it may yet belong to the run."""
        if value is True or (value is False and self.leave_ends):
            return False
        self.used_leave.append(year)
        if self.leave_counts:
            return False
        if value is None:
            self.possible.append(year)
            self.unknown.append(year)
        return True

    def result(self, wanted: int) -> Run:
        value = True if len(self.certain) >= wanted else None if len(self.possible) >= wanted else False
        return Run(
            value=value,
            wanted=wanted,
            years=tuple(reversed(self.certain)),
            possible=tuple(reversed(self.possible)),
            unknown=tuple(reversed(self.unknown)),
            broken=self.broken,
            leave=tuple(reversed(self.used_leave)),
        )


# --- awards ------------------------------------------------------------------------------------------------------


def counted_awards(nominee: Nominee, codes: str | Iterable[str], since: int, until: int) -> Count:
    """How many of the awards lie in the years ``since`` to ``until``; a yearly title counts once a year."""
    if nominee.awards is None:
        return Count(0, until - since + 1 if until >= since else 0)
    wanted = _codes(codes)
    marks = [(given, _covers(given, since, until)) for given in _basis(nominee)]
    hoped = [given for given, inside in marks if inside is not False and _may_be(given, wanted)]
    certain = _distinct(given for given, inside in marks if inside is True and given.award in wanted)
    years = tuple(sorted(given.year for given in certain if given.year is not None))
    return Count(len(certain), len(_distinct(hoped)), years)


def prior_award(nominee: Nominee, codes: str | Iterable[str], until: date) -> Prior:
    """The awards of these codes held on the day ``until``: "đã được tặng". Unknown register → None."""
    if nominee.awards is None:
        return Prior(None, ())
    wanted = _codes(codes)
    held = [given for given in _basis(nominee) if _before(given, until)]
    certain = sorted((given for given in held if given.award in wanted), key=_opened)
    if certain:
        return Prior(True, tuple(certain))
    return Prior(None if any(_may_be(given, wanted) for given in held) else False, ())


def last_award(nominee: Nominee, codes: str | Iterable[str], until: date) -> Given | None:
    """The latest certain award of these codes held on the day ``until``."""
    records = prior_award(nominee, codes, until).records
    return records[-1] if records else None


def window_start(given: Given, a_round: Round) -> int | None:
    """The first year of "sau đó": strictly after the decision; under NĐ 152/2025, Điều 33 khoản 7, after the end of
    the achievement written in the decision, or after the decision where none is written. None when not dated."""
    if a_round.counts_from_achievement and given.achieved_until is not None:
        return given.achieved_until.year + 1
    if given.decided_on is not None:
        return given.decided_on.year + 1
    return None if given.year is None else given.year + 1


def left_out(nominee: Nominee, codes: str | Iterable[str]) -> tuple[Given, ...]:
    """Awards of these codes that were given for surprise or thematic achievements and are no basis."""
    wanted = _codes(codes)
    return tuple(given for given in nominee.awards or () if given.category in NO_BASIS and given.award in wanted)


def decided_later(nominee: Nominee, codes: str | Iterable[str]) -> tuple[Given, ...]:
    """Awards of these codes whose decision is later than the day of the nomination: not yet given."""
    wanted = _codes(codes)
    return tuple(given for given in nominee.awards or () if given.award in wanted and not _decided(given, nominee))


# --- inside ------------------------------------------------------------------------------------------------------


def _codes(codes: str | Iterable[str]) -> frozenset[str]:
    return frozenset({codes}) if isinstance(codes, str) else frozenset(codes)


def _basis(nominee: Nominee) -> list[Given]:
    return [given for given in nominee.awards or () if _counts(given, nominee)]


def _counts(given: Given, nominee: Nominee) -> bool:
    return given.category not in NO_BASIS and not given.revoked and _decided(given, nominee)


def _decided(given: Given, nominee: Nominee) -> bool:
    return given.decided_on is None or given.decided_on <= nominee.on


def _may_be(given: Given, wanted: frozenset[str]) -> bool:
    return given.award in wanted or bool(AMBIGUOUS.get(given.award, frozenset()) & wanted)


def _covers(given: Given, since: int, until: int) -> bool | None:
    """Whether the award is of the years ``since`` to ``until``; None when its year is not stated plainly."""
    if given.year is not None:
        return since <= given.year <= until
    if given.decided_on is None:
        return None
    # A decision of one year is for that year or for the year before.
    years = (given.decided_on.year - 1, given.decided_on.year)
    inside = [since <= year <= until for year in years]
    return True if all(inside) else None if any(inside) else False


def _distinct(found: Iterable[Given]) -> list[Given]:
    """One title a year: records of the same title and year are one; certificates may come twice in a year."""
    seen: dict[tuple[str, int, bool], Given] = {}
    for place, given in enumerate(found):
        year = given.year if given.award in YEARLY else None
        seen.setdefault((given.award, place if year is None else year, year is None), given)
    return list(seen.values())


YEARLY = frozenset(
    {
        "cstd-toan-quoc",
        "cstd-tinh",
        "cstd-co-so",
        "ld-tien-tien",
        "co-chinh-phu",
        "co-tinh",
        "tt-ld-xuat-sac",
        "tt-ld-tien-tien",
    }
)


def _before(given: Given, until: date) -> bool:
    if given.decided_on is not None:
        return given.decided_on <= until
    return given.year is None or given.year <= until.year


def _opened(given: Given) -> tuple[int, int]:
    if given.decided_on is not None:
        return (given.decided_on.year, given.decided_on.timetuple().tm_yday)
    return (given.year or 0, 0)


def _earliest(nominee: Nominee) -> int | None:
    years = list(nominee.grades or ()) + [given.year for given in nominee.awards or () if given.year is not None]
    return min(years, default=None)
