"""What the system computes from a bloc-year, for exports. An import never reads it."""

from typing import Any

from blocs.domain.commendations import totals
from blocs.models import BlocYear, Commendation
from khoithidua.web.text import tidy
from reports.yearfile.emitting import Row
from scoring.domain.outcome import warnings
from scoring.domain.polls import Outcome, outcomes
from scoring.domain.ranking import Standing, standings


def dump_results(bloc_year: BlocYear) -> dict[str, Any]:
    rows = Commendation.objects.filter(bloc_year=bloc_year).select_related("agency").prefetch_related("recipients")
    counted = totals(rows)
    return {
        "standings": [dump_standing(row) for row in standings(bloc_year)],
        "ballots": [dump_outcome(row) for row in outcomes(bloc_year)],
        "commendation_totals": {
            "awarded": Row(counted.awarded),
            "proposed": Row(counted.proposed),
            "uncounted": [Row(agency=row.agency, award=row.award, kind=row.kind) for row in counted.uncounted],
        },
        "warnings": [tidy(sentence) for sentence in warnings(bloc_year)],
    }


def dump_standing(row: Standing) -> Row:
    """One line of the ranking; ``provisional`` and ``missing`` only where they say something."""
    standing = Row(
        agency=row.agency.code,
        total=row.total,
        base=row.base,
        bonus=row.bonus,
        deduction=row.deduction,
        assigned_max=row.assigned_max,
        percent=row.percent,
        rank=row.rank,
        tie_broken_by=row.tie_broken_by,
        disqualified=row.disqualified,
    )
    if row.provisional:
        standing["provisional"] = True
    if row.missing:
        standing["missing"] = list(row.missing)
    return standing


def dump_outcome(row: Outcome) -> Row:
    return Row(
        award=row.award,
        round=row.round,
        agency=row.agency.code,
        votes=row.votes,
        needed=row.needed,
        passed=row.passed,
    )
