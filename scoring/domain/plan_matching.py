"""Which promise of a pledge a quantitative criterion measures: pure, a suggestion and never a decision."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from khoithidua.web.text import search_key


class Promise(Protocol):
    """What matching reads of a pledge's target."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...


Found = TypeVar("Found", bound=Promise)
# Half of all words in common: "Tỷ lệ hồ sơ đúng hạn" and "Tỷ lệ hồ sơ giải quyết đúng hạn".
ALIKE_FROM = 0.5
PERCENT = {"", "phan tram"}  # "%" has no letters


def suggested(name: str, unit: str, targets: Sequence[Found]) -> Found | None:
    """The target that the criterion ``name`` most likely measures; None where none is alike, or two are equally.

    Names are compared without accents and word by word, units must not contradict each other.
    """
    marks = [(likeness(name, target.name), target) for target in targets if units_agree(unit, target.unit)]
    marks = sorted((mark for mark in marks if mark[0] >= ALIKE_FROM), key=lambda mark: -mark[0])
    if not marks or (len(marks) > 1 and marks[0][0] == marks[1][0]):
        return None
    return marks[0][1]


def likeness(one: str, other: str) -> float:
    """The share of words that two names have in common: 1 for the same name, 0 for none."""
    first, second = words_of(one), words_of(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def words_of(name: str) -> set[str]:
    return set(search_key(name).split())


def units_agree(one: str, other: str) -> bool:
    """The same unit of measure without accents; one that is not stated contradicts nothing."""
    if not one.strip() or not other.strip():
        return True
    first, second = search_key(one), search_key(other)
    return first == second or {first, second} <= PERCENT


def by_agency(targets: Iterable[Found], agency_of: str = "agency_id") -> dict[int, list[Found]]:
    """Targets in their order under the agency that promised them."""
    found: dict[int, list[Found]] = {}
    for target in targets:
        found.setdefault(getattr(target, agency_of), []).append(target)
    return found
