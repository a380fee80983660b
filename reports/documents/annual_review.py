"""Báo cáo tổng kết năm (domain.md C6): the year's records, scores, polls and proposals."""

from dataclasses import dataclass
from datetime import date

from blocs.models import BlocYear
from reports.documents import review_charts, review_text
from reports.documents.bloc import IssueFacts, letterhead, recipients, signature, symbol_of
from reports.documents.blocks import Paper, Paragraph
from reports.documents.outline import Outline
from reports.documents.ranking import (
    ProposalFacts,
    StandingFacts,
    collect_ranking,
    note_lines,
    remarks,
    standings_table,
)
from reports.documents.review import ReviewFacts, collect_review
from reports.documents.voting import PollFacts, collect_polls, poll_lines
from reports.documents.words import counted, listed_apart
from reports.enums import ReviewKind, Section

ABBREVIATION = "BC"


@dataclass(frozen=True)
class AnnualFacts:
    review: ReviewFacts
    standings: tuple[StandingFacts, ...]
    polls: tuple[PollFacts, ...]
    proposals: tuple[ProposalFacts, ...]
    next_head: str
    next_deputies: tuple[str, ...]


def collect(bloc_year: BlocYear) -> AnnualFacts:
    succession = getattr(bloc_year, "succession", None)
    ranking = collect_ranking(bloc_year)
    return AnnualFacts(
        review=collect_review(bloc_year, ReviewKind.ANNUAL),
        standings=ranking.standings,
        polls=collect_polls(bloc_year),
        proposals=ranking.proposals,
        next_head=succession.head.name if succession and succession.head else "",
        next_deputies=tuple(agency.name for agency in succession.deputies.all()) if succession else (),
    )


def compose(facts: AnnualFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.review.bloc
    subject = (
        f"Tổng kết phong trào thi đua, công tác khen thưởng năm {bloc.year} và phương hướng, "
        f"nhiệm vụ năm {bloc.year + 1} của {bloc.name}"
    )
    reference = review_text.reference("Báo cáo", issue, symbol_of(bloc, ABBREVIATION))
    closing = f"Trên đây là báo cáo tổng kết năm {bloc.year} của {bloc.name}./."
    return Paper(
        name=f"Báo cáo {subject[0].lower()}{subject[1:]}",
        letterhead=letterhead(bloc, ABBREVIATION, issue, draft_year=draft_year(facts.review)),
        kind="BÁO CÁO",
        summary=subject,
        blocks=(*body(facts).blocks(), Paragraph(closing)),
        signature=signature(bloc, issue),
        recipients=recipients(bloc),
        annexes=review_text.labelled(review_text.targets_annex(facts.review, reference)),
    )


def draft_year(facts: ReviewFacts) -> int | None:
    """The year of the annual conference; not guessed while that is not known."""
    held_on: date | None = facts.conference.held_on if facts.conference else None
    return held_on.year if held_on else None


def body(facts: AnnualFacts) -> Outline:
    text = Outline()
    review = facts.review
    opening(text, review)
    review_text.results(text, review)
    rating(text, facts)
    review_text.assessment(text, review)
    text.section(f"Phương hướng, nhiệm vụ năm {review.bloc.year + 1}")
    text.written(review.written(Section.DIRECTIONS))
    next_year(text, facts)
    return text


def opening(text: Outline, facts: ReviewFacts) -> None:
    bloc = facts.bloc
    text.say(
        f"{bloc.name} báo cáo tổng kết phong trào thi đua, công tác khen thưởng năm {bloc.year} và phương hướng, "
        f"nhiệm vụ năm {bloc.year + 1} như sau:"
    )
    text.section("Đặc điểm, tình hình")
    text.part(f"Tổ chức của {bloc.unit}")
    review_text.composition(text, bloc)
    text.part("Hội nghị tổng kết")
    review_text.conference(text, facts.conference)
    review_text.conclusions(text, facts.conference)


def rating(text: Outline, facts: AnnualFacts) -> None:
    """Scores, votes and proposals. A proposal is never worded as an award."""
    bloc = facts.review.bloc
    text.section("Chấm điểm, bình xét và đề nghị khen thưởng")
    text.part("Kết quả chấm điểm, xếp hạng")
    if facts.standings:
        text.say("Kết quả chấm điểm thi đua của các đơn vị thành viên như sau:")
        text.table(standings_table(facts.standings, bloc.year))
        review_charts.draw(text, review_charts.scores(facts.standings, bloc.year))
        for line in remarks(facts.standings):
            text.note(line)
    else:
        text.say(f"Chưa có thông tin về điểm thi đua năm {bloc.year} của các đơn vị thành viên.")
    text.part("Kết quả bỏ phiếu, biểu quyết")
    for poll in facts.polls:
        text.items(poll_lines(poll))
    text.part("Đề nghị khen thưởng")
    proposals(text, facts.proposals, bloc.unit)


def proposals(text: Outline, found: tuple[ProposalFacts, ...], unit: str) -> None:
    if not found:
        text.say(f"Chưa có thông tin về đề nghị khen thưởng của {unit}.")
        return
    text.say(f"{unit} thống nhất đề nghị cấp có thẩm quyền xem xét, khen thưởng:")
    text.items(proposal_lines(found))
    for line in (line for each in found if each.notes for line in note_lines(each)):
        text.note(line)


def proposal_lines(found: tuple[ProposalFacts, ...]) -> list[str]:
    """ "Đề nghị tặng Cờ thi đua của Chính phủ cho 01 đơn vị: …", one line an award."""
    lines = []
    for name in dict.fromkeys(each.award_name for each in found):
        agencies = [each.agency for each in found if each.award_name == name]
        lines.append(f"Đề nghị tặng {name} cho {counted(len(agencies))} đơn vị: {listed_apart(agencies)}")
    return lines


def next_year(text: Outline, facts: AnnualFacts) -> None:
    if not facts.next_head:
        return
    bloc = facts.review.bloc
    deputies = f"; Phó {bloc.unit_name}: {listed_apart(facts.next_deputies)}" if facts.next_deputies else ""
    text.say(f"Trưởng {bloc.unit_name} năm {bloc.year + 1}: {facts.next_head}{deputies}.")
