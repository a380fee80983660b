"""Tin hội nghị as a paper without a number, to be sent to a newspaper or put on a site (domain.md C4, C6)."""

from blocs.enums import ConferenceKind
from blocs.models import BlocYear
from reports.documents import annual_review, mid_year_review
from reports.documents.bloc import IssueFacts, own_letterhead
from reports.documents.blocks import Paper
from reports.documents.news_text import NewsFacts, draft, title_of
from reports.documents.outline import closed
from reports.documents.rich_text import parse
from reports.documents.subjects import NoSubject, Subject
from reports.enums import ReviewKind
from reports.models import PaperText

KIND = "news"
NOTHING = "Chưa có số liệu về hội nghị, thành viên của kỳ này để soạn tin."
TITLES = {
    ReviewKind.MID_YEAR.value: "Tin hội nghị sơ kết 6 tháng đầu năm",
    ReviewKind.ANNUAL.value: "Tin hội nghị tổng kết năm",
}
CONFERENCES = {
    ReviewKind.MID_YEAR.value: ConferenceKind.MID_YEAR_REVIEW,
    ReviewKind.ANNUAL.value: ConferenceKind.ANNUAL_REVIEW,
}


def part_of(kind: str) -> str:
    """Where the own text of a kind of review's item is kept in ``PaperText``."""
    return f"body-{kind}"


def subjects(bloc_year: BlocYear) -> list[Subject]:
    return [Subject(kind, title) for kind, title in TITLES.items()]


def collect(bloc_year: BlocYear, subject: str = "") -> NewsFacts:
    """The facts of one item; without ``subject`` of the last conference on record. Raises NoSubject."""
    kind = subject or latest(bloc_year)
    if kind not in TITLES:
        raise NoSubject(f"Không có mục «{kind}». Hãy chọn một trong: {', '.join(TITLES)}.")
    row = PaperText.objects.filter(bloc_year=bloc_year, kind=KIND, part=part_of(kind)).first()
    own = row.text if row else ""
    if kind == ReviewKind.MID_YEAR:
        return NewsFacts(mid_year_review.collect(bloc_year), None, False, own)
    annual = annual_review.collect(bloc_year)
    return NewsFacts(annual.review, annual, bloc_year.scores_published_at is not None, own)


def latest(bloc_year: BlocYear) -> str:
    held = set(bloc_year.conferences.values_list("kind", flat=True))
    annual = ReviewKind.ANNUAL.value
    return annual if CONFERENCES[annual] in held else ReviewKind.MID_YEAR.value


def text_of(facts: NewsFacts) -> str:
    """The own text where there is one, else the draft."""
    return facts.own or draft(facts) or NOTHING


def compose(facts: NewsFacts, issue: IssueFacts | None) -> Paper:
    bloc, title = facts.review.bloc, title_of(facts)
    return Paper(
        name=title,
        letterhead=own_letterhead(bloc, None, draft=False, draft_year=None),
        kind="TIN HỘI NGHỊ",
        summary=title,
        blocks=tuple(closed(piece) for piece in parse(text_of(facts))),
    )
