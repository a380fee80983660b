"""Báo cáo sơ kết 6 tháng đầu năm (domain.md C6)."""

from blocs.models import BlocYear
from reports.documents import review_text
from reports.documents.bloc import IssueFacts, letterhead, recipients, signature, symbol_of
from reports.documents.blocks import Paper, Paragraph
from reports.documents.outline import Outline
from reports.documents.review import ReviewFacts, collect_review
from reports.enums import ReviewKind, Section

ABBREVIATION = "BC"


def collect(bloc_year: BlocYear) -> ReviewFacts:
    return collect_review(bloc_year, ReviewKind.MID_YEAR)


def compose(facts: ReviewFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    subject = (
        f"Sơ kết phong trào thi đua, công tác khen thưởng 6 tháng đầu năm và phương hướng, "
        f"nhiệm vụ 6 tháng cuối năm {bloc.year} của {bloc.name}"
    )
    reference = review_text.reference("Báo cáo", issue, symbol_of(bloc, ABBREVIATION))
    return Paper(
        name=f"Báo cáo {subject[0].lower()}{subject[1:]}",
        letterhead=letterhead(bloc, ABBREVIATION, issue, draft_year=bloc.year),
        kind="BÁO CÁO",
        summary=subject,
        blocks=(
            *body(facts).blocks(),
            Paragraph(f"Trên đây là báo cáo sơ kết 6 tháng đầu năm {bloc.year} của {bloc.name}./."),
        ),
        signature=signature(bloc, issue),
        recipients=recipients(bloc),
        annexes=review_text.labelled(review_text.targets_annex(facts, reference)),
    )


def body(facts: ReviewFacts) -> Outline:
    text = Outline()
    opening(text, facts)
    review_text.results(text, facts)
    review_text.assessment(text, facts)
    text.section(f"Phương hướng, nhiệm vụ 6 tháng cuối năm {facts.bloc.year}")
    text.written(facts.written(Section.DIRECTIONS))
    return text


def opening(text: Outline, facts: ReviewFacts) -> None:
    bloc = facts.bloc
    text.say(
        f"{bloc.name} báo cáo sơ kết phong trào thi đua, công tác khen thưởng 6 tháng đầu năm và phương hướng, "
        f"nhiệm vụ 6 tháng cuối năm {bloc.year} như sau:"
    )
    text.section("Đặc điểm, tình hình")
    text.part(f"Tổ chức của {bloc.unit}")
    review_text.composition(text, bloc)
    text.part("Hội nghị sơ kết")
    review_text.conference(text, facts.conference)
    review_text.conclusions(text, facts.conference)
