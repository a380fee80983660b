"""Bảng tổng hợp điểm thi đua: members × criteria in blocks of columns that fit the page, then the ranking."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, own_letterhead, recipients, signature
from reports.documents.blocks import Align, Block, Column, Heading, Note, Paper, Paragraph, Row, Table, Width
from reports.documents.ranking import StandingFacts, remarks, standing_facts, standings_table
from reports.documents.words import points
from scoring.domain.ranking import Row as ScoredRow
from scoring.domain.ranking import consolidated
from scoring.domain.tree import Node

COLUMNS_A_TABLE = 10
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
class ScoreFacts:
    bloc: BlocFacts
    criteria: tuple[CriterionFacts, ...]
    rows: tuple[ScoreRow, ...]
    published_on: date | None


def collect(bloc_year: BlocYear) -> ScoreFacts:
    table = consolidated(bloc_year)
    published = bloc_year.scores_published_at
    return ScoreFacts(
        bloc=collect_bloc(bloc_year),
        criteria=tuple(criterion_facts(node) for node in table.tree.nodes),
        rows=tuple(score_row(row) for row in table.rows),
        published_on=timezone.localdate(published) if published else None,
    )


def criterion_facts(node: Node) -> CriterionFacts:
    return CriterionFacts(node.code, node.name, node.max_points, node.kind, node.is_group, node.depth)


def score_row(row: ScoredRow) -> ScoreRow:
    return ScoreRow(
        standing=standing_facts(row.standing),
        points={**row.groups, **{code: cell.official for code, cell in row.cells.items()}},
        not_assigned=frozenset(code for code, cell in row.cells.items() if not cell.assigned),
    )


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
        Heading("II. ĐIỂM TỪNG TIÊU CHÍ"),
        *score_tables(facts),
        *assignment_note(facts),
        Heading("III. DANH MỤC TIÊU CHÍ"),
        legend(facts.criteria),
    ]


def score_tables(facts: ScoreFacts) -> list[Table]:
    """As many tables as the criteria need; each one repeats the members."""
    parts = [
        facts.criteria[start : start + COLUMNS_A_TABLE] for start in range(0, len(facts.criteria), COLUMNS_A_TABLE)
    ]
    return [
        Table(
            "Điểm theo tiêu chí" + (f" (bảng {place}/{len(parts)})" if len(parts) > 1 else ""),
            (
                Column("TT", Width.TINY, Align.CENTER),
                Column("Đơn vị", Width.WIDE, heads=True),
                *[Column(f"{each.code} ({points(each.max_points)})", Width.NARROW, Align.RIGHT) for each in part],
            ),
            tuple(points_row(number, row, part) for number, row in enumerate(facts.rows, 1)),
        )
        for place, part in enumerate(parts, 1)
    ]


def points_row(number: int, row: ScoreRow, part: tuple[CriterionFacts, ...]) -> Row:
    cells = [NOT_ASSIGNED if each.code in row.not_assigned else points(row.points.get(each.code)) for each in part]
    return Row((str(number), row.standing.agency, *cells))


def assignment_note(facts: ScoreFacts) -> list[Block]:
    """What the short marks mean, where they are used."""
    marks = ["Số trong ngoặc là điểm tối đa", "dấu “-” là chưa chấm"]
    if any(row.not_assigned for row in facts.rows):
        marks.append(f"“{NOT_ASSIGNED}” là tiêu chí không được giao, không tính vào điểm tối đa của đơn vị")
    return [Note(f"Ghi chú: {'; '.join(marks)}.")]


def legend(criteria: tuple[CriterionFacts, ...]) -> Table:
    columns = (
        Column("Mã", Width.MIDDLE),
        Column("Tiêu chí", Width.WIDE, heads=True),
        Column("Điểm tối đa", Width.MIDDLE, Align.RIGHT),
    )
    rows = tuple(Row((each.code, each.name, points(each.max_points)), strong=each.is_group) for each in criteria)
    return Table("Danh mục tiêu chí", columns, rows)
