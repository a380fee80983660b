"""Biên bản hội nghị tổng kết, bình xét (NĐ 30/2020, Mẫu 1.9; domain-2.md part 4).

No place-and-date line; secretary left, chair right. Open facts stay open for the pen, nothing is made up.
"""

from dataclasses import dataclass, replace

from blocs.models import BlocYear, Quota
from reports.documents.annual_review import proposal_lines
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, letterhead, recipients
from reports.documents.blocks import Block, Heading, Note, Paper, Paragraph, Signature
from reports.documents.meeting import PEN, MeetingFacts, attendance_lines, collect_meeting, moment_words
from reports.documents.ranking import (
    ProposalFacts,
    StandingFacts,
    collect_ranking,
    note_lines,
    remarks,
    standings_table,
)
from reports.documents.score_summary import LockFacts, collect_lock, lock_note
from reports.documents.voting import PollFacts, collect_polls, poll_title, result_line, threshold_words
from reports.documents.words import award_words, counted, dashes, listed_apart, points, sentence_end, unnumbered
from scoring.domain.criteria import effective_set
from scoring.domain.wording import tie_break_word

ABBREVIATION = "BB"


@dataclass(frozen=True)
class StandardFacts:
    """By what the bloc judged: the criteria set in force and what it may propose."""

    version: int | None
    scale: str
    tie_break: tuple[str, ...]
    quotas: tuple[str, ...]


@dataclass(frozen=True)
class MinutesFacts:
    bloc: BlocFacts
    meeting: MeetingFacts | None
    standard: StandardFacts
    standings: tuple[StandingFacts, ...]
    lock: LockFacts | None
    polls: tuple[PollFacts, ...]
    proposals: tuple[ProposalFacts, ...]
    next_head: str
    next_deputies: tuple[str, ...]


def collect(bloc_year: BlocYear) -> MinutesFacts:
    bloc = collect_bloc(bloc_year)
    succession = getattr(bloc_year, "succession", None)
    ranking = collect_ranking(bloc_year)
    return MinutesFacts(
        bloc=bloc,
        meeting=collect_meeting(bloc_year, bloc),
        standard=collect_standard(bloc_year),
        standings=ranking.standings,
        lock=collect_lock(bloc_year),
        polls=collect_polls(bloc_year),
        proposals=ranking.proposals,
        next_head=succession.head.name if succession and succession.head else "",
        next_deputies=tuple(agency.name for agency in succession.deputies.all()) if succession else (),
    )


def collect_standard(bloc_year: BlocYear) -> StandardFacts:
    criteria = effective_set(bloc_year)
    quotas = Quota.objects.filter(bloc_year=bloc_year).order_by("pk")
    return StandardFacts(
        version=criteria.version if criteria else None,
        scale=points(criteria.scale) if criteria else "",
        tie_break=tuple(tie_break_word(entry) for entry in criteria.tie_break) if criteria else (),
        quotas=tuple(f"{counted(row.limit)} {award_words(row)}" for row in quotas),
    )


def compose(facts: MinutesFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    subject = f"Hội nghị tổng kết, bình xét thi đua năm {bloc.year} của {bloc.name}"
    return Paper(
        name=f"Biên bản {subject[0].lower()}{subject[1:]}",
        letterhead=replace(letterhead(bloc, ABBREVIATION, issue), place_date=""),
        kind="BIÊN BẢN",
        summary=subject,
        blocks=tuple(body(facts)),
        signatories=(
            Signature(lines=("THƯ KÝ",), name=facts.meeting.secretary_name if facts.meeting else ""),
            Signature(lines=("CHỦ TỌA",), name=chair_of(facts, issue)),
        ),
        abreast=2,
        recipients=recipients(bloc),
    )


def chair_of(facts: MinutesFacts, issue: IssueFacts | None) -> str:
    """Who signs as chair: the signer of an issued paper, else the chair on record."""
    if issue is not None:
        return issue.signer_name
    return facts.meeting.chair_name if facts.meeting else ""


def body(facts: MinutesFacts) -> list[Block]:
    bloc, meeting = facts.bloc, facts.meeting
    if meeting is None:
        return [Paragraph(f"Chưa có thông tin về hội nghị tổng kết, bình xét năm {bloc.year} của {bloc.name}.")]
    return [
        *opening(meeting, bloc),
        *standard(facts),
        *scores(facts),
        *votes(facts),
        *proposed(facts),
        *succession(facts),
        *conclusions(meeting),
        Paragraph(f"Hội nghị kết thúc vào {moment_words(meeting.ends, meeting.held_on)}./."),
    ]


def opening(meeting: MeetingFacts, bloc: BlocFacts) -> list[Block]:
    return [
        Paragraph(f"Thời gian bắt đầu: {moment_words(meeting.starts, meeting.held_on)}."),
        Paragraph(f"Địa điểm: {sentence_end(meeting.place or PEN)}"),
        Paragraph("Thành phần tham dự:"),
        *[Paragraph(line) for line in attendance_lines(meeting, bloc)],
        Paragraph(f"Chủ trì (Chủ tọa): {sentence_end(meeting.chair or PEN)}"),
        Paragraph(f"Thư ký (người ghi biên bản): {sentence_end(meeting.secretary or PEN)}"),
        Heading("NỘI DUNG (theo diễn biến hội nghị)"),
        *([Paragraph("Chương trình hội nghị:")] if meeting.agenda else []),
        *[Paragraph(line) for line in dashes(map(unnumbered, meeting.agenda))],
    ]


def standard(facts: MinutesFacts) -> list[Block]:
    found = facts.standard
    lines = []
    if found.version is not None:
        lines.append(f"Bộ tiêu chí năm {facts.bloc.year}, phiên bản {found.version}, thang {found.scale} điểm")
    if found.tie_break:
        lines.append(f"Khi bằng điểm, xếp hạng lần lượt theo: {listed_apart(found.tie_break)}")
    if found.quotas:
        lines.append(f"Số lượng {facts.bloc.unit_name} được đề nghị: {listed_apart(found.quotas)}")
    blocks: list[Block] = [Heading("1. Tiêu chuẩn, quy định làm căn cứ bình xét", level=2)]
    if not lines:
        return [*blocks, Paragraph("Chưa có thông tin về bộ tiêu chí và chỉ tiêu đề nghị.")]
    return [*blocks, *[Paragraph(line) for line in dashes(lines)]]


def scores(facts: MinutesFacts) -> list[Block]:
    bloc = facts.bloc
    heading = Heading("2. Kết quả thực hiện, điểm và xếp hạng của các đơn vị thành viên", level=2)
    if not facts.standings:
        return [heading, Paragraph(f"Chưa có thông tin về điểm thi đua năm {bloc.year} của các đơn vị thành viên.")]
    return [
        heading,
        Paragraph(
            f"Điểm thi đua của {counted(len(facts.standings))}/{counted(len(bloc.members))} đơn vị thành viên như sau:"
        ),
        standings_table(facts.standings, bloc.year),
        *[Note(line) for line in remarks(facts.standings)],
        *lock_note(facts.lock),
    ]


def votes(facts: MinutesFacts) -> list[Block]:
    heading = Heading("3. Thảo luận, bình xét và kết quả bỏ phiếu, biểu quyết", level=2)
    if not facts.polls:
        return [heading, Paragraph("Chưa có thông tin về kết quả bỏ phiếu, biểu quyết.")]
    blocks: list[Block] = [heading]
    for poll in facts.polls:
        blocks.append(Paragraph(f"{poll_title(poll)}. {threshold_words(poll)} Kết quả:".replace(".  ", ". ")))
        blocks += [Paragraph(line) for line in dashes(result_line(poll, each) for each in poll.results)]
    return blocks


def proposed(facts: MinutesFacts) -> list[Block]:
    heading = Heading("4. Đề nghị khen thưởng", level=2)
    if not facts.proposals:
        return [heading, Paragraph(f"Chưa có thông tin về đề nghị khen thưởng của {facts.bloc.unit_name}.")]
    return [
        heading,
        Paragraph(f"Hội nghị thống nhất đề nghị {facts.bloc.council} và cấp có thẩm quyền xem xét, khen thưởng:"),
        *[Paragraph(line) for line in dashes(proposal_lines(facts.proposals))],
        *[Note(line) for each in facts.proposals for line in note_lines(each)],
    ]


def succession(facts: MinutesFacts) -> list[Block]:
    bloc = facts.bloc
    if not facts.next_head:
        return []
    lines = [f"Trưởng {bloc.unit_name}: {facts.next_head}"]
    if facts.next_deputies:
        lines.append(f"Phó {bloc.unit_name}: {listed_apart(facts.next_deputies)}")
    return [
        Heading(f"5. Trưởng {bloc.unit_name}, Phó {bloc.unit_name} năm {bloc.year + 1}", level=2),
        *[Paragraph(line) for line in dashes(lines)],
    ]


def conclusions(meeting: MeetingFacts) -> list[Block]:
    if not meeting.conclusions:
        return []
    lines = dashes(map(unnumbered, meeting.conclusions))
    return [Heading("Kết luận của hội nghị", level=2), *[Paragraph(line) for line in lines]]
