"""Nominees in short for the tests of the law."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from awards.law.checks import Check, Judgement
from awards.law.engine import judge
from awards.law.facts import Category, Given, Grade, Initiative, Nominee, Scope, SubjectKind, Use

HTXS, HTT, HT, KHT = Grade.HTXS, Grade.HTT, Grade.HT, Grade.KHT


def person(award: str, on: str, **facts: Any) -> Nominee:
    """An individual proposed for ``award`` on the day ``on`` (ISO)."""
    facts.setdefault("kind", SubjectKind.INDIVIDUAL)
    return Nominee(id="n", award=award, on=date.fromisoformat(on), **facts)


def yearly(award: str, *years: int) -> tuple[Given, ...]:
    """The title of each year, decided on 20 December of it."""
    return tuple(Given(award, year, date(year, 12, 20)) for year in years)


def given(award: str, decided_on: str, **more: Any) -> Given:
    day = date.fromisoformat(decided_on)
    return Given(award, more.pop("year", day.year), day, **more)


def grades(since: int, until: int, grade: Grade = HTT, **other: Grade) -> dict[int, Grade]:
    """Every year with one grade; ``y2020=HT`` for another."""
    found = dict.fromkeys(range(since, until + 1), grade)
    return found | {int(year.removeprefix("y")): value for year, value in other.items()}


def idea(
    id_: str = "sk1",
    scope: Scope | None = Scope.BASE,
    year: int | None = 2024,
    used: Iterable[Use] = (),
    kind: str = "initiative",
) -> Initiative:
    return Initiative(id_, scope, year, kind, tuple(used))


def thematic(one: Given) -> Given:
    return Given(one.award, one.year, one.decided_on, one.achieved_until, Category.MOVEMENT)


def verdict(nominee: Nominee) -> str:
    return judge(nominee).verdict.value


def texts(found: Judgement) -> list[str]:
    return [check.text for check in found.checks]


def answers(found: Judgement) -> list[tuple[bool | None, str]]:
    return [(check.passed, check.text) for check in found.checks]


def of_rule(found: Judgement, rule: str) -> tuple[Check, ...]:
    return tuple(check for check in found.checks if check.rule == rule)
