"""Answers of the rules: a sentence, its article, and three values put together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    NEEDS_DECISION = "needs-decision"


@dataclass(frozen=True)
class Check:
    """One condition looked at. ``passed`` None: a fact is missing or the text leaves it to the council."""

    rule: str  # "A3-I2"
    passed: bool | None
    text: str  # a Vietnamese sentence with the numbers it used
    citation: str  # "Luật TĐKT 2022, Điều 22 khoản 1"
    branch: str = ""  # "22", "74.1.d"; empty for gates


@dataclass(frozen=True)
class BranchResult:
    """One legal branch of an award, judged."""

    code: str
    title: str
    passed: bool | None
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Judgement:
    id: str
    award: str
    rule_set: str
    verdict: Verdict
    checks: tuple[Check, ...]
    # What must be attested or weighed by people and does not change the verdict.
    notes: tuple[Check, ...] = ()
    branches: tuple[BranchResult, ...] = ()
    banner: str = ""
    # Other branches the dossier could name, each a code and its words.
    open_branches: tuple[tuple[str, str], ...] = field(default=())


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Kleene's and: one False is False, else one unknown is unknown, else True."""
    found = tuple(values)
    if any(value is False for value in found):
        return False
    return None if any(value is None for value in found) else True


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Kleene's or: one True is True, else one unknown is unknown, else False."""
    found = tuple(values)
    if any(value is True for value in found):
        return True
    return None if any(value is None for value in found) else False


def verdict_of(value: bool | None) -> Verdict:
    return {True: Verdict.ELIGIBLE, False: Verdict.INELIGIBLE, None: Verdict.NEEDS_DECISION}[value]
