"""Scores and proposals of a bloc-year, as papers tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.enums import Award
from blocs.models import BlocYear, Quota
from reports.documents.blocks import Align, Column, Row, Table, Width
from reports.documents.words import award_words, lower_first, points
from scoring.domain.departures import latest_votes, marks_of
from scoring.domain.grading import Grade, grades_of
from scoring.domain.polls import outcomes
from scoring.domain.ranking import Standing, consolidated
from scoring.domain.wording import tie_break_word
from scoring.models import Proposal

FLAGS_FIRST = {award.value: place for place, award in enumerate(Award)}


@dataclass(frozen=True)
class StandingFacts:
    agency: str
    label: str
    base: Decimal | None
    bonus: Decimal
    deduction: Decimal
    total: Decimal | None
    assigned_max: Decimal
    percent: Decimal | None
    rank: int | None
    tie_broken_by: str | None
    disqualifications: tuple[str, ...]
    provisional: bool
    grade: str = ""
    undecided: str = ""  # why the rules give no grade


@dataclass(frozen=True)
class ProposalFacts:
    award: str  # a value of ``Award``
    award_name: str
    agency: str
    reason: str
    notes: tuple[str, ...] = ()  # where it departs from scores, votes or quotas


@dataclass(frozen=True)
class RankingFacts:
    """The ranking, best first, and what the bloc proposes, higher awards first."""

    standings: tuple[StandingFacts, ...]
    proposals: tuple[ProposalFacts, ...]


def collect_ranking(bloc_year: BlocYear) -> RankingFacts:
    """Standings with their grades, proposals with what is to be marked in them; one ranking for both."""
    table = consolidated(bloc_year, texts=False)
    grades = grades_of(table)
    rows = [row.standing for row in table.rows]
    standings = tuple(standing_facts(row, grade=grades.get(row.sheet_id)) for row in rows)
    return RankingFacts(standings, collect_proposals(bloc_year, rows))


def grade_word(grade: Grade | None) -> str:
    """The grade by name; empty where the criteria set grades nobody or points are missing."""
    if grade is None:
        return ""
    return "Cần Hội đồng quyết định" if grade.needs_decision else grade.name


def standing_facts(found: Standing, *, grade: Grade | None = None) -> StandingFacts:
    return StandingFacts(
        agency=found.agency.name,
        label=found.agency.label,
        base=found.base,
        bonus=found.bonus,
        deduction=found.deduction,
        total=found.total,
        assigned_max=found.assigned_max,
        percent=found.percent,
        rank=found.rank,
        tie_broken_by=found.tie_broken_by,
        disqualifications=found.disqualifications,
        provisional=found.provisional,
        grade=grade_word(grade),
        undecided=grade.sentence if grade and grade.needs_decision else "",
    )


def collect_proposals(bloc_year: BlocYear, rows: Sequence[Standing]) -> tuple[ProposalFacts, ...]:
    """Higher awards first, then the bloc's own order."""
    stored = list(Proposal.objects.filter(bloc_year=bloc_year).select_related("agency"))
    marks = marks_of(
        stored,
        rows=rows,
        limits=dict(Quota.objects.filter(bloc_year=bloc_year).values_list("award", "limit")),
        votes=latest_votes(outcomes(bloc_year)),
    )
    stored.sort(key=lambda row: (FLAGS_FIRST.get(row.award, len(FLAGS_FIRST)), row.position, row.pk))
    return tuple(
        ProposalFacts(row.award, award_words(row), row.agency.name, row.reason, marks[row.pk]) for row in stored
    )


def note_lines(found: ProposalFacts) -> list[str]:
    """A departure with its reason, or that none is on record; a reason without a departure as it stands."""
    reason = found.reason.rstrip(" .")
    if not found.notes:
        return [f"{found.agency} được đề nghị vì: {reason}."] if reason else []
    why = f"Lý do: {reason}." if reason else "Chưa ghi lý do."
    return [f"{found.agency} ({found.award_name}): {' '.join(found.notes)} {why}"]


def standings_table(rows: tuple[StandingFacts, ...], year: int) -> Table:
    """Totals, ranks and grades if any; a dash where points are missing, «Không xét» where a unit is not ranked."""
    graded = any(each.grade for each in rows)
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Đơn vị", Width.WIDE, heads=True),
        Column("Điểm nội dung", Width.NARROW, Align.RIGHT),
        Column("Điểm thưởng", Width.NARROW, Align.RIGHT),
        Column("Điểm trừ", Width.NARROW, Align.RIGHT),
        Column("Tổng điểm", Width.NARROW, Align.RIGHT),
        Column("Tỷ lệ so với điểm tối đa được giao (%)", Width.MIDDLE, Align.RIGHT),
        Column("Xếp hạng", Width.NARROW, Align.CENTER),
        *([Column("Xếp loại", Width.MIDDLE, Align.CENTER)] if graded else []),
    )
    return Table(
        f"Kết quả chấm điểm thi đua năm {year}",
        columns,
        tuple(standing_row(place, each, graded=graded) for place, each in enumerate(rows, 1)),
    )


def standing_row(place: int, each: StandingFacts, *, graded: bool) -> Row:
    figures = [points(value) for value in (each.base, each.bonus, each.deduction, each.total, each.percent)]
    grade = [each.grade or "-"] if graded else []
    return Row((str(place), each.agency, *figures, rank_word(each), *grade))


def rank_word(each: StandingFacts) -> str:
    if each.disqualifications:
        return "Không xét"
    return str(each.rank) if each.rank else "-"


def remarks(rows: tuple[StandingFacts, ...]) -> list[str]:
    """Why somebody is not ranked, what broke a tie, and that points are not final yet."""
    lines = [f"{row.agency} không xét xếp hạng: {listed_reasons(row)}." for row in rows if row.disqualifications]
    ties = [row for row in rows if row.tie_broken_by]
    for word in dict.fromkeys(tie_break_word(row.tie_broken_by or "") for row in ties):
        tied = [row.agency for row in ties if tie_break_word(row.tie_broken_by or "") == word]
        lines.append(f"Bằng điểm, xếp hạng theo {word}: {'; '.join(tied)}.")
    lines += [f"Xếp loại của {row.agency}: {lower_first(row.undecided)}" for row in rows if row.undecided]
    unscored = [row.agency for row in rows if row.total is None]
    if unscored:
        lines.append(f"Chưa đủ điểm để tính tổng, xếp hạng: {'; '.join(unscored)}.")
    provisional = [row.agency for row in rows if row.provisional and row.total is not None]
    if provisional:
        lines.append(f"Điểm tạm tính, còn tiêu chí chưa được thẩm định: {'; '.join(provisional)}.")
    return lines


def listed_reasons(row: StandingFacts) -> str:
    return "; ".join(reason.rstrip(" .") for reason in row.disqualifications)
