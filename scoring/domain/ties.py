"""Ranks with shared places and the criteria set's own order of tie-breaks (domain.md C5.5)."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Generic, TypeVar

Unit = TypeVar("Unit", bound=Hashable)
Value = Fraction | Decimal | int


@dataclass(frozen=True)
class TieBreak(Generic[Unit]):
    """One way to tell tied units apart: the higher value stands first. A missing unit is unknown."""

    name: str
    values: Mapping[Unit, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    rank: int
    tie_broken_by: str | None


def rank(scores: Mapping[Unit, Value], breaks: Sequence[TieBreak[Unit]]) -> dict[Unit, Place]:
    """The place of every unit, best first; equal after all tie-breaks share one: 1, 1, 3.

    A tie-break that is unknown for one of the tied is passed over. ``tie_broken_by`` is the last
    one that set a unit apart from units with the same score.
    """
    places: dict[Unit, Place] = {}
    for _, tied in tiers(list(scores), scores):
        for units, name in split(tied, breaks, None):
            here = len(places) + 1
            places |= {unit: Place(here, name) for unit in units}
    return places


def split(units: list[Unit], breaks: Sequence[TieBreak[Unit]], name: str | None) -> list[tuple[list[Unit], str | None]]:
    """``units``, all equal so far, as tiers in order, each with the tie-break that made it."""
    if len(units) == 1 or not breaks:
        return [(units, name)]
    first, rest = breaks[0], breaks[1:]
    if any(unit not in first.values for unit in units):
        return split(units, rest, name)
    parts = tiers(units, first.values)
    if len(parts) == 1:
        return split(units, rest, name)
    return [tier for _, part in parts for tier in split(part, rest, first.name)]


def tiers(units: list[Unit], values: Mapping[Unit, Value]) -> list[tuple[Value, list[Unit]]]:
    """Units with equal values together, the highest value first."""
    ordered = sorted(units, key=lambda unit: values[unit], reverse=True)
    return [(value, list(part)) for value, part in groupby(ordered, key=lambda unit: values[unit])]
