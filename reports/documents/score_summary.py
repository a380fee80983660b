"""Bảng tổng hợp điểm thi đua: the ranking, then criteria × members on A4 landscape pages."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, own_letterhead, recipients, signature
from reports.documents.blocks import Align, Block, Column, Heading, Note, Paper, Paragraph, Print, Row, Table, Width
from reports.documents.ranking import StandingFacts, rank_word, remarks, standing_facts, standings_table
from reports.documents.words import clock, long_date, points
from scoring.domain.grading import Grade, grades_of
from scoring.domain.ranking import Row as ScoredRow
from scoring.domain.ranking import consolidated
from scoring.domain.tree import Node
from scoring.models import LockedStanding

MEMBERS_A_TABLE = 20
NOT_ASSIGNED = "KG"


@dataclass(frozen=True)
class CriterionFacts:
    code: str
    name: str
    max_points: Decimal
    kind: str
    is_group: bool
    depth: int


@dataclass(frozen=True)
class ScoreRow:
    standing: StandingFacts
    points: dict[str, Decimal | None]  # by criterion code, groups too
    not_assigned: frozenset[str]


@dataclass(frozen=True)
class LockFacts:
    """The frozen ranking in force: which version, since when, and what its content hashes to."""

    version: int
    locked_at: datetime
    sha256: str


@dataclass(frozen=True)
class ScoreFacts:
    bloc: BlocFacts
    criteria: tuple[CriterionFacts, ...]
    rows: tuple[ScoreRow, ...]
    published_on: date | None
    lock: LockFacts | None


def collect(bloc_year: BlocYear) -> ScoreFacts:
    table = consolidated(bloc_year, texts=False)
    grades = grades_of(table)
    published = bloc_year.scores_published_at
    return ScoreFacts(
        bloc=collect_bloc(bloc_year),
        criteria=tuple(criterion_facts(node) for node in table.tree.nodes),
        rows=tuple(score_row(row, grades.get(row.standing.sheet_id)) for row in table.rows),
        published_on=timezone.localdate(published) if published else None,
        lock=collect_lock(bloc_year),
    )


def collect_lock(bloc_year: BlocYear) -> LockFacts | None:
    found = LockedStanding.objects.filter(bloc_year=bloc_year, reopened_at__isnull=True).defer("content").first()
    return LockFacts(found.version, timezone.localtime(found.locked_at), found.sha256) if found else None


def criterion_facts(node: Node) -> CriterionFacts:
    return CriterionFacts(node.code, node.name, node.max_points, node.kind, node.is_group, node.depth)


def score_row(row: ScoredRow, grade: Grade | None) -> ScoreRow:
    return ScoreRow(
        standing=standing_facts(row.standing, grade=grade),
        points={**row.groups, **{code: cell.official for code, cell in row.cells.items()}},
        not_assigned=frozenset(code for code, cell in row.cells.items() if not cell.assigned),
    )


def cells_in(facts: ScoreFacts) -> int:
    """How many points the paper shows: what its layout costs."""
    return len(facts.criteria) * len(facts.rows)


def compose(facts: ScoreFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    return Paper(
        name=f"Bảng tổng hợp điểm thi đua năm {bloc.year} của {bloc.name}",
        letterhead=own_letterhead(bloc, facts.published_on, draft=facts.published_on is None),
        kind="BẢNG TỔNG HỢP ĐIỂM THI ĐUA",
        summary=f"Năm {bloc.year} của {bloc.name}",
        blocks=tuple(body(facts)),
        signature=signature(bloc, issue),
        recipients=recipients(bloc),
        landscape=True,
    )


def body(facts: ScoreFacts) -> list[Block]:
    bloc = facts.bloc
    if not facts.rows:
        return [
            Paragraph(
                f"Chưa có phiếu chấm điểm nào của các đơn vị thành viên {bloc.name} trong năm {bloc.year} được gửi, "
                "nên chưa có điểm để tổng hợp."
            )
        ]
    standings = tuple(row.standing for row in facts.rows)
    return [
        Heading("I. TỔNG ĐIỂM VÀ XẾP HẠNG"),
        standings_table(standings, bloc.year),
        *[Note(line) for line in remarks(standings)],
        *lock_note(facts.lock),
        Heading("II. ĐIỂM TỪNG TIÊU CHÍ"),
        *score_tables(facts),
        assignment_note(facts),
    ]


def lock_note(lock: LockFacts | None) -> list[Block]:
    """Which frozen ranking the figures are; nothing while it is open."""
    if lock is None:
        return []
    when = f"{clock(lock.locked_at.time())}, {long_date(lock.locked_at.date())}"
    return [
        Note(
            f"Kết quả xếp hạng đã khóa, phiên bản {lock.version}, lúc {when}. "
            f"Mã băm SHA-256 của kết quả đã khóa: {grouped(lock.sha256)}."
        )
    ]


def grouped(digest: str) -> str:
    """A hash in groups of 16 letters, so that it can be compared by eye and broken between lines."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def score_tables(facts: ScoreFacts) -> list[Table]:
    """Criteria down, members across; as many tables of equal width as the members need."""
    parts = member_parts(facts.rows)
    return [
        Table(
            "Điểm theo tiêu chí" + (f" (bảng {place}/{len(parts)})" if len(parts) > 1 else ""),
            (
                Column("Mã", Width.SNUG),
                Column("Tiêu chí", Width.WIDE, heads=True),
                Column("Điểm tối đa", Width.SNUG, Align.RIGHT),
                *[member_column(row.standing.label, len(part)) for row in part],
            ),
            (*[criterion_row(each, part) for each in facts.criteria], *closing_rows(part)),
            print=print_for(len(part)),
        )
        for place, part in enumerate(parts, 1)
    ]


def member_parts(rows: tuple[ScoreRow, ...]) -> list[tuple[ScoreRow, ...]]:
    """The members in tables of at most twenty, about equally many in each."""
    tables = -(-len(rows) // MEMBERS_A_TABLE)
    size = -(-len(rows) // tables)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def print_for(members: int) -> Print:
    return Print.SMALL if members <= 14 else Print.DENSE


def member_column(label: str, members: int) -> Column:
    """Wide enough for «1012,75»; upright labels where the column is narrower than a name."""
    if members <= 7:
        return Column(label, Width.NARROW, Align.RIGHT)
    return Column(label, Width.SNUG if members <= 14 else Width.SLIM, Align.RIGHT, turned=True)


def criterion_row(each: CriterionFacts, part: tuple[ScoreRow, ...]) -> Row:
    cells = [NOT_ASSIGNED if each.code in row.not_assigned else points(row.points.get(each.code)) for row in part]
    return Row((each.code, each.name, points(each.max_points), *cells), strong=each.is_group)


def closing_rows(part: tuple[ScoreRow, ...]) -> list[Row]:
    """What the lines add up to, and where it puts each member."""
    standings = [row.standing for row in part]
    lines = [
        ("Điểm nội dung", [points(each.base) for each in standings]),
        ("Điểm thưởng", [points(each.bonus) for each in standings]),
        ("Điểm trừ", [points(each.deduction) for each in standings]),
        ("Tổng điểm", [points(each.total) for each in standings]),
        ("Điểm tối đa được giao", [points(each.assigned_max) for each in standings]),
        ("Tỷ lệ so với điểm tối đa được giao (%)", [points(each.percent) for each in standings]),
        ("Xếp hạng", [rank_word(each) for each in standings]),
    ]
    if any(each.grade for each in standings):
        lines.append(("Xếp loại", [each.grade or "-" for each in standings]))
    return [Row(("", label, "", *cells), strong=True) for label, cells in lines]


def assignment_note(facts: ScoreFacts) -> Note:
    """What the short marks mean, where they are used."""
    marks = ["dấu “-” là chưa chấm"]
    if any(row.not_assigned for row in facts.rows):
        marks.append(f"“{NOT_ASSIGNED}” là tiêu chí không được giao, không tính vào điểm tối đa của đơn vị")
    return Note(f"Ghi chú: {'; '.join(marks)}.")
