"""Short ways to write a collective's facts and to read its judgement, for the tests of this folder."""

from datetime import date

from awards.law.checks import Judgement
from awards.law.engine import judge
from awards.law.facts import BlocResult, Given, Grade, Nominee, People, SubjectKind

# The last day of each rule set that ends, and a day in the open one.
LAST_2017, FIRST_2024 = date(2023, 12, 31), date(2024, 1, 1)
IN_2024, IN_2025 = date(2024, 12, 31), date(2025, 12, 31)


def collective(award, on, **facts):
    return Nominee(**{"id": "n", "award": award, "on": on, "kind": SubjectKind.COLLECTIVE, **facts})


def judged(award, on, **facts) -> Judgement:
    return judge(collective(award, on, **facts))


def verdict(award, on, **facts) -> str:
    return judged(award, on, **facts).verdict.value


def texts(judgement: Judgement) -> str:
    return "\n".join(check.text for check in judgement.checks)


def failed(judgement: Judgement) -> list[str]:
    return [check.text for check in judgement.checks if check.passed is False]


def members(**counts) -> People:
    base = {"total": 10, "completed": 10, "ld_tien_tien": 7, "cstd_co_so": 1, "disciplined": 0}
    return People(**{**base, **counts})


def graded(years, grade=Grade.HTXS, **others):
    """Grades of the years given; others by name: ``y2021=Grade.HTT``; None takes a year out."""
    changed = {int(name[1:]): value for name, value in others.items()}
    return {year: value for year, value in (dict.fromkeys(years, grade) | changed).items() if value is not None}


def bloc(rank=1, targets_exceeded=True, **facts) -> BlocResult:
    return BlocResult(rank=rank, targets_exceeded=targets_exceeded, **facts)


def given(award, year, **facts) -> Given:
    """An award of one year, decided on 20 December of it."""
    return Given(award, year, **{"decided_on": date(year, 12, 20), **facts})
