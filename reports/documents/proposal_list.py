"""Danh sách đề nghị khen thưởng of a bloc: every proposal, higher awards first; goes with the tờ trình, unnumbered."""

from dataclasses import dataclass
from decimal import Decimal

from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, own_letterhead, signature
from reports.documents.blocks import Align, Block, Column, Note, Paper, Paragraph, Row, Table, Width
from reports.documents.meeting import PEN
from reports.documents.ranking import ProposalFacts, collect_ranking, note_lines
from reports.documents.words import counted, dashes, points

KIND = "proposal-list"


@dataclass(frozen=True)
class ListFacts:
    bloc: BlocFacts
    proposals: tuple[ProposalFacts, ...]
    results: dict[str, tuple[Decimal | None, int | None]]  # total and rank by the unit's name


def collect(bloc_year: BlocYear) -> ListFacts:
    ranking = collect_ranking(bloc_year)
    results = {each.agency: (each.total, each.rank) for each in ranking.standings}
    return ListFacts(collect_bloc(bloc_year), ranking.proposals, results)


def compose(facts: ListFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    return Paper(
        name=f"Danh sách đề nghị khen thưởng năm {bloc.year} của {bloc.name}",
        letterhead=own_letterhead(bloc, None, draft=not facts.proposals),
        kind="DANH SÁCH",
        summary=f"Đề nghị khen thưởng năm {bloc.year} của {bloc.name}",
        blocks=tuple(body(facts)),
        signature=signature(bloc, issue),
    )


def body(facts: ListFacts) -> list[Block]:
    bloc = facts.bloc
    if not facts.proposals:
        return [Paragraph(f"{bloc.name} chưa có đề nghị khen thưởng nào được ghi nhận cho năm {bloc.year}.")]
    remarks = [line for each in facts.proposals for line in note_lines(each)]
    return [
        Note(f"(Kèm theo Tờ trình số {PEN} của {bloc.name})"),
        table(facts),
        Paragraph(f"Danh sách có {counted(len(facts.proposals))} đề nghị./."),
        *([Paragraph("Ghi chú:")] if remarks else []),
        *[Note(line) for line in dashes(remarks)],
    ]


def table(facts: ListFacts) -> Table:
    """Grouped by award; points and rank where they are known."""
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Tên đơn vị", Width.WIDE, heads=True),
        Column("Tổng điểm", Width.MIDDLE, Align.RIGHT),
        Column("Xếp hạng", Width.NARROW, Align.CENTER),
    )
    rows: list[Row] = []
    for name in dict.fromkeys(each.award_name for each in facts.proposals):
        group = [each for each in facts.proposals if each.award_name == name]
        rows.append(Row((f"{name}: {counted(len(group))} đơn vị",), strong=True, span=True))
        for place, each in enumerate(group, 1):
            total, rank = facts.results.get(each.agency, (None, None))
            rows.append(Row((str(place), each.agency, points(total), str(rank) if rank else "-")))
    return Table("", columns, tuple(rows))
