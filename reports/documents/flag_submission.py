"""Tờ trình đề nghị tặng cờ thi đua (domain-2.md part 4): grounds, proposals, list."""

from dataclasses import dataclass
from datetime import date

from blocs.enums import FLAGS, ConferenceKind
from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, letterhead, recipients, signature, symbol_of
from reports.documents.blocks import Align, Annex, Block, Column, Note, Paper, Paragraph, Row, Table, Width
from reports.documents.laws import grounds_on
from reports.documents.ranking import ProposalFacts, collect_ranking, note_lines
from reports.documents.review_text import reference
from reports.documents.voting import PollFacts, collect_polls, poll_lines
from reports.documents.words import counted, dashes, listed_apart, long_date

ABBREVIATION = "TTr"


@dataclass(frozen=True)
class FlagFacts:
    bloc: BlocFacts
    held_on: date | None  # of the annual conference
    proposals: tuple[ProposalFacts, ...]
    polls: tuple[PollFacts, ...]


def collect(bloc_year: BlocYear) -> FlagFacts:
    meeting = bloc_year.conferences.filter(kind=ConferenceKind.ANNUAL_REVIEW).first()
    flags = {award.value for award in FLAGS}
    flag_names = {award.label for award in FLAGS}
    return FlagFacts(
        bloc=collect_bloc(bloc_year),
        held_on=meeting.held_on if meeting else None,
        proposals=tuple(each for each in collect_ranking(bloc_year).proposals if each.award in flags),
        polls=tuple(each for each in collect_polls(bloc_year) if each.award_name in flag_names),
    )


def compose(facts: FlagFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    subject = f"Về việc đề nghị tặng Cờ thi đua năm {bloc.year} của {bloc.name}"
    annex = list_annex(facts, reference("Tờ trình", issue, symbol_of(bloc, ABBREVIATION)))
    return Paper(
        name=f"Tờ trình {subject[0].lower()}{subject[1:]}",
        letterhead=letterhead(bloc, ABBREVIATION, issue, draft_year=facts.held_on.year if facts.held_on else None),
        kind="TỜ TRÌNH",
        summary=subject,
        addressees=addressees(bloc),
        grounds=grounds(facts, issue),
        blocks=tuple(body(facts)),
        signature=signature(bloc, issue),
        recipients=recipients(bloc),
        annexes=(annex,) if annex else (),
    )


def addressees(bloc: BlocFacts) -> tuple[str, ...]:
    """The council, through its standing body where that is known."""
    if not bloc.standing:
        return (f"{bloc.council}.",)
    return tuple(dashes([bloc.council, f"{bloc.standing} (Thường trực Hội đồng)"]))


def grounds(facts: FlagFacts, issue: IssueFacts | None) -> tuple[str, ...]:
    """Căn cứ by the day of the paper, of the conference, or the year's last day."""
    bloc = facts.bloc
    on = (issue.issued_on if issue else None) or facts.held_on or date(bloc.year, 12, 31)
    lines = list(grounds_on(on))
    if facts.held_on:
        lines.append(
            f"Căn cứ kết quả Hội nghị tổng kết công tác thi đua, khen thưởng năm {bloc.year} của {bloc.name} "
            f"{long_date(facts.held_on)}"
        )
    return tuple(f"{line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, 1))


def body(facts: FlagFacts) -> list[Block]:
    bloc = facts.bloc
    if not facts.proposals:
        return [Paragraph(f"{bloc.name} chưa có đề nghị tặng Cờ thi đua nào được ghi nhận cho năm {bloc.year}.")]
    found: list[Block] = [
        Paragraph(
            f"Trên cơ sở kết quả bình xét thi đua năm {bloc.year}, {bloc.name} kính đề nghị {bloc.council} "
            f"xem xét, trình cấp có thẩm quyền tặng Cờ thi đua cho {counted(len(facts.proposals))} đơn vị, gồm:"
        )
    ]
    for place, name in enumerate(dict.fromkeys(each.award_name for each in facts.proposals), 1):
        agencies = [each.agency for each in facts.proposals if each.award_name == name]
        found.append(Paragraph(f"{place}. {name}: {counted(len(agencies))} đơn vị ({listed_apart(agencies)})."))
    found += departures(facts)
    if facts.polls:
        found.append(Paragraph("Kết quả bỏ phiếu, biểu quyết:"))
        found += [Paragraph(f"- {line}") for poll in facts.polls for line in poll_lines(poll)]
    found.append(Paragraph("(Có danh sách kèm theo)"))
    found.append(Paragraph(f"{bloc.name} kính trình {bloc.council} xem xét, quyết định./."))
    return found


def departures(facts: FlagFacts) -> list[Block]:
    """Proposals that leave the order of scores, the votes or the quota, each with its reason."""
    marked = [line for each in facts.proposals if each.notes for line in note_lines(each)]
    plain = [line for each in facts.proposals if not each.notes for line in note_lines(each)]
    found: list[Block] = [Paragraph(line) for line in plain]
    if marked:
        found.append(
            Paragraph(
                f"{facts.bloc.unit} báo cáo rõ các trường hợp khác thứ tự điểm, kết quả phiếu hoặc vượt chỉ tiêu:"
            )
        )
        found += [Note(line) for line in dashes(marked)]
    return found


def note_of(each: ProposalFacts) -> str:
    """What the list says beside a unit: (*) where it departs, and the reason."""
    return " ".join(part for part in (f"(*) {' '.join(each.notes)}" if each.notes else "", each.reason) if part)


def list_annex(facts: FlagFacts, kept_with: str) -> Annex | None:
    """Danh sách kèm theo; none without proposals."""
    if not facts.proposals:
        return None
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Tên đơn vị", Width.WIDE, heads=True),
        Column("Hình thức đề nghị", Width.WIDE),
        Column("Ghi chú", Width.MIDDLE),
    )
    rows = tuple(
        Row((str(place), each.agency, each.award_name, note_of(each))) for place, each in enumerate(facts.proposals, 1)
    )
    table = Table("", columns, rows)
    return Annex("Phụ lục", f"DANH SÁCH ĐƠN VỊ ĐỀ NGHỊ TẶNG CỜ THI ĐUA NĂM {facts.bloc.year}", kept_with, (table,))
