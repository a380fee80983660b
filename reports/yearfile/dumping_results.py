"""What the system computes from a bloc-year, for exports. An import never reads it."""

from typing import Any

from blocs.domain.commendations import totals
from blocs.models import BlocYear, Commendation
from khoithidua.web.text import tidy
from reports.yearfile.dumping_decisions import scan_sentences
from reports.yearfile.dumping_sessions import waiting_sentences
from reports.yearfile.emitting import Row
from scoring.domain.grading import Grade, grades_of
from scoring.domain.outcome import warnings
from scoring.domain.polls import Outcome, outcomes
from scoring.domain.ranking import Standing, consolidated
from scoring.enums import PollState
from scoring.models import Evidence, Poll


def dump_results(bloc_year: BlocYear) -> dict[str, Any]:
    rows = Commendation.objects.filter(bloc_year=bloc_year).select_related("agency").prefetch_related("recipients")
    counted = totals(rows)
    table = consolidated(bloc_year)
    grades = grades_of(table)
    return {
        "standings": [dump_standing(row.standing, grades.get(row.standing.sheet_id)) for row in table.rows],
        "ballots": [dump_outcome(row) for row in outcomes(bloc_year, purpose=None)],
        "commendation_totals": {
            "awarded": Row(counted.awarded),
            "proposed": Row(counted.proposed),
            "uncounted": [Row(agency=row.agency, award=row.award, kind=row.kind) for row in counted.uncounted],
        },
        "warnings": [tidy(sentence) for sentence in warnings(bloc_year)],
    }


def left_out(bloc_year: BlocYear) -> list[str]:
    """Sentences on what the file does not carry: votes not counted, sessions not ended, and the bytes of files.

    Said by who exports, not in the file: an import of it could not say the same.
    """
    polls = Poll.objects.filter(bloc_year=bloc_year, state__in=[PollState.DRAFT, PollState.OPEN])
    sentences = [f"{poll} chưa kiểm phiếu nên không có trong tệp." for poll in polls.order_by("pk")]
    files = Evidence.objects.filter(sheet__bloc_year=bloc_year).exclude(sha256="").count()
    if files:
        sentences.append(f"{files} tệp minh chứng chỉ có tên và mã băm trong tệp năm; hãy chép thư mục tệp kèm theo.")
    return sentences + waiting_sentences(bloc_year) + scan_sentences(bloc_year)


def dump_standing(row: Standing, grade: Grade | None) -> Row:
    """One line of the ranking; ``grade``, ``provisional`` and ``missing`` only where they say something."""
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
    if grade is not None:
        standing["grade"] = grade.name or None
    if row.provisional:
        standing["provisional"] = True
    if row.missing:
        standing["missing"] = list(row.missing)
    return standing


def dump_outcome(row: Outcome) -> Row:
    about = {"award": row.award} if row.award else {"purpose": row.purpose}
    return Row(
        about,
        round=row.round,
        agency=row.agency.code,
        votes=row.votes,
        needed=row.needed,
        passed=row.passed,
    )
