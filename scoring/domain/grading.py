"""What the totals are worth: grades (xếp loại) by the bands of a criteria set. Pure but for ``grades_of``.

A set's ``grading`` is ``{bands: [{name, from, below?, floor?}], of, cap: {band, percent, tie_break}}``,
the best band first. Sources: domain.md C5.2 T4 and T6; Thanh Hóa's framework, Điều 6 (domain-2.md 3.4).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from khoithidua.web.numbers import plain_number
from scoring.domain.board import SheetBoard
from scoring.domain.computing import BLANK, ZERO, half_up, is_lateness, number
from scoring.domain.ranking import Table, value_for
from scoring.domain.ties import TieBreak, Value, rank
from scoring.domain.totals import BASE, section_of
from scoring.domain.tree import Node, Tree

PERCENT, POINTS, CAPPED = "percent", "points", "capped"
MEASURES = {
    PERCENT: "tỷ lệ phần trăm so với điểm tối đa được giao",
    POINTS: "tổng điểm",
    CAPPED: "tổng điểm, không quá thang điểm",
}
SANCTIONS = {
    "noXS": "không xếp mức cao nhất",
    "noTot": "không xếp từ mức thứ hai trở lên",
    "down1": "hạ một mức",
    "repeat": "xếp mức thấp nhất",
}
ASK = "cần Hội đồng quyết định"

Unit = TypeVar("Unit", bound=Hashable)


@dataclass(frozen=True)
class Band:
    """One grade: from ``least`` (open where None) to just under ``below``; ``floor`` is a percent of each line."""

    name: str
    least: Decimal | None
    below: Decimal | None
    floor: Decimal | None

    def holds(self, value: Fraction) -> bool:
        return (self.least is None or value >= self.least) and (self.below is None or value < self.below)


@dataclass(frozen=True)
class Cap:
    """At most ``floor(units × percent / 100)`` units get ``band``."""

    band: str
    percent: Decimal
    tie_break: tuple[str, ...]


@dataclass(frozen=True)
class Scheme:
    """The bands, the best first, and what their numbers measure."""

    bands: tuple[Band, ...]
    of: str = POINTS
    cap: Cap | None = None


@dataclass(frozen=True)
class Marks:
    """What grading reads of one unit. ``shares``: of each assigned base line, by code, from 0 to 1."""

    total: Decimal | None
    assigned_max: Decimal
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    sanctions: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Grade:
    """A unit's grade; no name where the rules are silent (``needs_decision``) or points are missing."""

    name: str
    needs_decision: bool
    sentence: str


@dataclass(frozen=True)
class Placed(Generic[Unit]):
    """Units that got a band, by its index, with what moved them there."""

    index: dict[Unit, int]
    why: dict[Unit, list[str]]


def read_scheme(grading: Mapping[str, Any]) -> Scheme | None:
    """The bands that a criteria set states; None without any. ``grading_faults`` says what is wrong in them."""
    rows = [row for row in grading.get("bands") or [] if isinstance(row, Mapping)]
    if not rows:
        return None
    bands: list[Band] = []
    for row in rows:
        below = number(row, "below", bands[-1].least if bands else None)
        bands.append(Band(str(row.get("name", "")), number(row, "from"), below, number(row, "floor")))
    cap = grading.get("cap")
    cap = cap if isinstance(cap, Mapping) else {}
    percent = number(cap, "percent")
    limit = Cap(str(cap.get("band", "")), percent, tuple(cap.get("tie_break") or ())) if percent is not None else None
    return Scheme(tuple(bands), str(grading.get("of", POINTS)), limit)


def grade_units(scheme: Scheme, marks: Mapping[Unit, Marks], *, scale: Decimal) -> dict[Unit, Grade]:
    """The grade of every unit. What no band describes is left to the council, never guessed.

    First by points and floors (T4; G.8: 92 points with one line at 84 % fit no row), then sanctions in
    the order of Thanh Hóa's Điều 6 (khoản 3, 4, 5), then its limit on the best band (khoản 2). The
    limit counts all units of ``marks``.
    """
    grades: dict[Unit, Grade] = {}
    placed: Placed[Unit] = Placed({}, {})
    for unit, own in marks.items():
        found = band_of(scheme, own, scale=scale)
        if isinstance(found, Grade):
            grades[unit] = found
        else:
            placed.index[unit], placed.why[unit] = sanctioned(scheme, found, own.sanctions)
    grades |= limited(scheme, marks, placed)
    return {unit: grades[unit] for unit in marks}


def band_of(scheme: Scheme, own: Marks, *, scale: Decimal) -> int | Grade:
    """The index of the band that points and floors give, or why there is none."""
    value = measured(scheme.of, own, scale=scale)
    if value is None:
        return Grade("", False, "Chưa xếp loại vì còn thiếu điểm.")
    shown = f"{plain_number(half_up(value))}{'%' if scheme.of == PERCENT else ' điểm'}"
    index = next((at for at, band in enumerate(scheme.bands) if band.holds(value)), None)
    if index is None:
        return Grade("", True, f"Kết quả {shown} không thuộc mức xếp loại nào; {ASK}.")
    band = scheme.bands[index]
    low = lowest_below(band.floor, own.shares)
    if low is None or band.floor is None:
        return index
    code, share = low
    return Grade(
        "",
        True,
        f"Kết quả {shown} ứng với mức «{band.name}» nhưng tiêu chí {code} mới đạt "
        f"{plain_number(half_up(share * 100))}% điểm tối đa, dưới mức sàn {plain_number(band.floor)}%; {ASK}.",
    )


def measured(of: str, own: Marks, *, scale: Decimal) -> Fraction | None:
    """The exact value that the bands compare; None while it is unknown. T6: the total, at most 100."""
    if own.total is None:
        return None
    if of == PERCENT:
        return Fraction(own.total) * 100 / Fraction(own.assigned_max) if own.assigned_max > 0 else None
    return Fraction(min(own.total, scale) if of == CAPPED else own.total)


def lowest_below(floor: Decimal | None, shares: Mapping[str, Fraction]) -> tuple[str, Fraction] | None:
    """The line with the smallest share under ``floor`` percent of its maximum, if any (domain.md C5.2 T4)."""
    if floor is None:
        return None
    short = [(share, code) for code, share in shares.items() if share * 100 < floor]
    if not short:
        return None
    share, code = min(short)
    return code, share


def sanctioned(scheme: Scheme, index: int, sanctions: Sequence[tuple[str, str]]) -> tuple[int, list[str]]:
    """The band after sanctions, and a clause for each that moved it (Thanh Hóa, Điều 6 khoản 3, 4, 5)."""
    last, why = len(scheme.bands) - 1, []
    for word in SANCTIONS:
        codes = [code for code, sanction in sanctions if sanction == word]
        moved = {"noXS": max(index, 1), "noTot": max(index, 2), "down1": index + 1, "repeat": last}[word]
        moved = min(moved, last)
        if codes and moved != index:
            index = moved
            why.append(f"{SANCTIONS[word]} do {', '.join(codes)}")
    return index, why


def limited(scheme: Scheme, marks: Mapping[Unit, Marks], placed: Placed[Unit]) -> dict[Unit, Grade]:
    """Grades with the limit on the best band: highest total first, then the cap's tie-breaks."""
    grades = {
        unit: Grade(scheme.bands[index].name, False, "; ".join(placed.why[unit]))
        for unit, index in placed.index.items()
    }
    names = [band.name for band in scheme.bands]
    cap = scheme.cap
    if cap is None or cap.band not in names[:-1]:
        return {unit: worded(grade) for unit, grade in grades.items()}
    next_name = names[names.index(cap.band) + 1]
    candidates = {unit: marks[unit].total or ZERO for unit, grade in grades.items() if grade.name == cap.band}
    room = int(len(marks) * Fraction(cap.percent) / 100)
    breaks = [TieBreak(entry, values_of(entry, marks, candidates)) for entry in cap.tie_break]
    places = {unit: place.rank for unit, place in rank(candidates, breaks).items()}
    for unit, place in places.items():
        last = place + sum(1 for other in places.values() if other == place) - 1
        if place > room:
            grades[unit] = over_the_limit(cap, room, next_name)
        elif last > room:
            grades[unit] = Grade("", True, f"Bằng nhau ở vị trí cuối trong {room} đơn vị được xếp «{cap.band}»; {ASK}")
    return {unit: worded(grade) for unit, grade in grades.items()}


def values_of(entry: str, marks: Mapping[Unit, Marks], units: Mapping[Unit, Any]) -> dict[Unit, Value]:
    return {unit: marks[unit].values[entry] for unit in units if entry in marks[unit].values}


def over_the_limit(cap: Cap, room: int, next_name: str) -> Grade:
    return Grade(
        next_name,
        False,
        f"đủ điểm «{cap.band}» nhưng vượt giới hạn {plain_number(cap.percent)}% (tối đa {room} đơn vị) "
        f"nên xem xét xếp loại «{next_name}»",
    )


def worded(grade: Grade) -> Grade:
    """The same grade with its clauses as a sentence."""
    text = grade.sentence
    return Grade(grade.name, grade.needs_decision, f"{text[0].upper()}{text[1:].rstrip('.')}." if text else "")


def words_of_grading(grading: Mapping[str, Any]) -> str:
    """The bands as a clause: "theo tổng điểm: Tốt từ 80; Khá dưới 80; …"; empty without any."""
    scheme = read_scheme(grading)
    if scheme is None:
        return ""
    words = "; ".join(band_words(band) for band in scheme.bands)
    cap = scheme.cap
    limit = f"; tối đa {plain_number(cap.percent)}% số đơn vị được xếp «{cap.band}»" if cap else ""
    return f"theo {MEASURES.get(scheme.of, scheme.of)}: {words}{limit}"


def band_words(band: Band) -> str:
    if band.least is not None:
        reach = f"từ {plain_number(band.least)}"
    else:
        reach = f"dưới {plain_number(band.below)}" if band.below is not None else ""
    floor = f" và mỗi tiêu chí đạt ít nhất {plain_number(band.floor)}%" if band.floor is not None else ""
    return f"{band.name} {reach}{floor}".rstrip()


def grades_of(table: Table) -> dict[int, Grade]:
    """The grade of every sheet of ``table`` by sheet id; empty where the criteria set states no bands. No query."""
    criteria_set = table.criteria_set
    scheme = read_scheme(criteria_set.grading) if criteria_set is not None else None
    if criteria_set is None or scheme is None:
        return {}
    entries = scheme.cap.tie_break if scheme.cap else ()
    marks = {row.standing.sheet_id: marks_of(table.tree, row.source, entries) for row in table.rows}
    return grade_units(scheme, marks, scale=criteria_set.scale)


def marks_of(tree: Tree, each: SheetBoard, entries: Sequence[str] = ()) -> Marks:
    """What grading reads of one sheet: official points throughout."""
    known = {entry: value_for(entry, each) for entry in entries}
    return Marks(
        total=each.totals.total,
        assigned_max=each.totals.assigned_max,
        shares=shares_of(tree, each),
        sanctions=tuple(
            (node.code, str(node.options["sanction"]))
            for node in tree.leaves
            if "sanction" in node.options and is_incurred(node, each)
        ),
        values={entry: value for entry, value in known.items() if value is not None},
    )


def shares_of(tree: Tree, each: SheetBoard) -> dict[str, Fraction]:
    shares = {}
    for node in tree.leaves:
        points = each.settled[node.code].points
        if section_of(node.leaf) == BASE and points is not None and node.max_points > 0:
            shares[node.code] = Fraction(points) / Fraction(node.max_points)
    return shares


def is_incurred(node: Node, each: SheetBoard) -> bool:
    """A deduction happened: points are taken, or its times are one or more and nobody set them to no points."""
    settled, line = each.settled[node.code], each.lines.get(node.code, BLANK)
    if not line.assigned:
        return False
    if (settled.points or ZERO) > 0:
        return True
    undisputed = settled.column in ("", "self") or node.max_points == 0
    return undisputed and not is_lateness(node.leaf) and (line.times or 0) >= 1
