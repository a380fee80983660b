"""The computed parts of a review as short labelled words: what a compilation keeps to tell later what has changed."""

from collections.abc import Iterator
from typing import Any

from blocs.domain.commendations import count_sentence
from blocs.domain.targets import AgencySummary
from reports.documents import annual_review, mid_year_review
from reports.documents.annual_review import AnnualFacts, proposal_lines
from reports.documents.ranking import StandingFacts, rank_word
from reports.documents.review import CommendationLine, ReviewFacts
from reports.documents.review_text import STATUS_WORDS, movement_line
from reports.documents.words import counted, listed_apart, long_date, points
from reports.enums import ReviewKind
from reports.models import BlocReview

Figure = tuple[str, str]
UNKNOWN = "chưa có thông tin"


def figures_of(review: BlocReview) -> list[Figure]:
    """Label and words of each computed part, in the order of the paper; as many queries as collecting the paper."""
    if review.kind == ReviewKind.MID_YEAR:
        return list(review_figures(mid_year_review.collect(review.bloc_year)))
    facts = annual_review.collect(review.bloc_year)
    return [*review_figures(facts.review), *annual_figures(facts)]


def review_figures(facts: ReviewFacts) -> Iterator[Figure]:
    bloc = facts.bloc
    yield "Số đơn vị thành viên", counted(len(bloc.members)) if bloc.members else UNKNOWN
    yield f"Trưởng {bloc.unit_name}", bloc.head.name if bloc.head else UNKNOWN
    yield f"Phó {bloc.unit_name}", listed_apart(each.name for each in bloc.deputies) or UNKNOWN
    yield "Phong trào, đợt thi đua", listed_apart(movement_line(each) for each in facts.movements) or UNKNOWN
    held = facts.conference.held_on if facts.conference else None
    yield "Hội nghị", long_date(held) if held else UNKNOWN
    for each in facts.pledge.summaries if facts.pledge else ():
        yield f"Chỉ tiêu giao ước của {each.agency}", target_words(each)
    yield "Tổng số đã được khen thưởng", count_sentence(facts.totals.awarded) or UNKNOWN
    yield "Tổng số đã đề nghị khen thưởng", count_sentence(facts.totals.proposed) or UNKNOWN
    yield from commendation_figures(facts)
    yield "Đơn thư", petition_words(facts)


def target_words(each: AgencySummary) -> str:
    return f"đăng ký {each.total}, đạt và vượt {each.reached}, chưa có đủ số liệu {each.unknown}"


def commendation_figures(facts: ReviewFacts) -> Iterator[Figure]:
    agencies = dict.fromkeys(line.agency for line in facts.commendations)
    for agency in agencies:
        words = listed_apart(commendation_words(line) for line in facts.commendations if line.agency == agency)
        yield f"Khen thưởng của {agency}", words


def commendation_words(line: CommendationLine) -> str:
    return f"{line.award}: {line.recipients or 'chưa rõ'} ({STATUS_WORDS[line.status].lower()})"


def petition_words(facts: ReviewFacts) -> str:
    if not facts.petitions_known:
        return UNKNOWN
    return counted(len(facts.petitions)) if facts.petitions else "không có"


def annual_figures(facts: AnnualFacts) -> Iterator[Figure]:
    for row in facts.standings:
        yield f"Điểm, xếp hạng của {row.agency}", standing_words(row)
    yield "Đề nghị khen thưởng", listed_apart(proposal_lines(facts.proposals)) or UNKNOWN
    yield "Trưởng khối năm sau", facts.next_head or UNKNOWN


def standing_words(row: StandingFacts) -> str:
    if row.total is None:
        return "chưa đủ điểm"
    return f"{points(row.total)} điểm, xếp hạng: {rank_word(row).lower()}"


def stored(figures: list[Figure]) -> list[dict[str, Any]]:
    return [{"label": label, "words": words} for label, words in figures]
