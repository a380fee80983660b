"""Bảng tổng hợp ý kiến góp ý, tiếp thu, giải trình of a bloc's draft review."""

from dataclasses import dataclass
from datetime import date

from blocs.enums import Role
from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, own_letterhead, signature
from reports.documents.blocks import Align, Column, Paper, Row, Table, Width
from reports.documents.outline import Outline
from reports.documents.subjects import NoSubject, Subject
from reports.documents.words import counted, listed_apart, long_date, tally
from reports.enums import ReviewKind, Section
from reports.models import BlocReview

KIND = "review-comments"
ANSWERS = {True: "Tiếp thu.", False: "Không tiếp thu.", None: "Chưa trả lời."}


@dataclass(frozen=True)
class CommentFacts:
    section: str
    agency: str
    text: str
    taken: bool | None
    answer: str


@dataclass(frozen=True)
class SummaryFacts:
    """``silent`` are members that sent no comment; that is not consent and is not called so."""

    bloc: BlocFacts
    review_title: str
    since: date | None
    until: date | None
    comments: tuple[CommentFacts, ...]
    silent: tuple[str, ...]


def consulted(bloc_year: BlocYear) -> list[BlocReview]:
    return list(bloc_year.reviews.filter(consulting_since__isnull=False).order_by("-kind"))


def subjects(bloc_year: BlocYear) -> list[Subject]:
    return [Subject(row.kind, f"Báo cáo {row.get_kind_display().lower()}") for row in consulted(bloc_year)]


def collect(bloc_year: BlocYear, subject: str = "") -> SummaryFacts:
    """The comments on one review; without ``subject`` on the last one consulted on. Raises NoSubject."""
    rows = consulted(bloc_year)
    found = next((row for row in rows if row.kind == subject), None) if subject else next(iter(rows[-1:]), None)
    if subject and found is None:
        raise NoSubject(f"Chưa lấy ý kiến dự thảo báo cáo «{subject}» nào trong năm này.")
    bloc = collect_bloc(bloc_year)
    kind = ReviewKind(found.kind if found else ReviewKind.ANNUAL)
    comments = comments_of(found) if found else ()
    spoke = {each.agency for each in comments}
    members = [each.name for each in bloc.members if each.role != Role.HEAD]
    return SummaryFacts(
        bloc=bloc,
        review_title=f"báo cáo {kind.label.lower()} {bloc.year}",
        since=found.consulting_since if found else None,
        until=found.consulting_until if found else None,
        comments=comments,
        silent=tuple(name for name in members if name not in spoke) if found else (),
    )


def comments_of(review: BlocReview) -> tuple[CommentFacts, ...]:
    """By section in the review's order, comments on the whole of it first."""
    order = {"": 0} | {section: place for place, section in enumerate(Section.values, 1)}
    rows = sorted(review.comments.select_related("agency"), key=lambda row: (order.get(row.section, 0), row.pk))
    return tuple(CommentFacts(row.section_label, row.agency.name, row.text, row.taken, row.answer) for row in rows)


def compose(facts: SummaryFacts, issue: IssueFacts | None) -> Paper:
    bloc, about = facts.bloc, f"Ý kiến góp ý, tiếp thu, giải trình đối với dự thảo {facts.review_title}"
    return Paper(
        name=f"Bảng tổng hợp {about[0].lower()}{about[1:]} của {bloc.name}",
        letterhead=own_letterhead(bloc, None, draft=False, draft_year=None),
        kind="BẢNG TỔNG HỢP",
        summary=f"{about} của {bloc.name}",
        blocks=body(facts).blocks(),
        signature=signature(bloc, issue),
        landscape=True,
    )


def body(facts: SummaryFacts) -> Outline:
    text = Outline()
    if facts.since is None:
        return text.say(f"Chưa có thông tin về việc lấy ý kiến dự thảo {facts.review_title}.")
    until = f" đến hết {long_date(facts.until)}" if facts.until else ""
    text.say(f"Dự thảo được gửi lấy ý kiến các đơn vị thành viên từ {long_date(facts.since)}{until}.")
    if not facts.comments:
        return text.say("Chưa có đơn vị nào gửi ý kiến góp ý.")
    text.say(counts(facts)).table(table(facts))
    return text.note(f"Chưa gửi ý kiến góp ý: {listed_apart(facts.silent)}.") if facts.silent else text


def counts(facts: SummaryFacts) -> str:
    agencies = len({each.agency for each in facts.comments})
    taken, refused, open_ = (sum(each.taken is value for each in facts.comments) for value in (True, False, None))
    left = f", chưa trả lời {counted(open_)}" if open_ else ""
    return (
        f"Có {counted(len(facts.comments))} ý kiến của {counted(agencies)} đơn vị: tiếp thu {tally(taken)}, "
        f"không tiếp thu {tally(refused)}{left}."
    )


def table(facts: SummaryFacts) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Đơn vị góp ý", Width.MIDDLE, heads=True),
        Column("Nội dung góp ý", Width.WIDE),
        Column("Tiếp thu, giải trình", Width.WIDE),
    )
    rows: list[Row] = []
    section = ""
    for place, each in enumerate(facts.comments, 1):
        if each.section != section:
            section = each.section
            rows.append(Row((section,), strong=True, span=True))
        answer = " ".join(part for part in (ANSWERS[each.taken], each.answer) if part)
        rows.append(Row((str(place), each.agency, each.text, answer)))
    return Table("", columns, tuple(rows))
