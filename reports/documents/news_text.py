"""Tin hội nghị: a short news item of the conference that hears a review, drafted from the records.

Every number is one of the records or their sum; what is not known is left out; «nhiều» stays a word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reports.documents.annual_review import AnnualFacts
from reports.documents.award_tallies import GROUPS
from reports.documents.bloc import BlocFacts
from reports.documents.ranking import ProposalFacts, StandingFacts
from reports.documents.review import CommendationLine, ConferenceFacts, ReviewFacts
from reports.documents.review_text import STATUS_WORDS, movement_line, people_first, period_of
from reports.documents.rich_text import plain
from reports.documents.words import clock, counted, listed, listed_apart, lower_first, points, sentence_end, unnumbered
from reports.enums import ReviewKind, Section

FEWEST, MOST = 200, 400  # words of a news item
ROOM = 380  # words up to which what is not needed is added
AWARDED, PROPOSED = STATUS_WORDS
BEST = 3  # ranks that are told


@dataclass(frozen=True)
class NewsFacts:
    """What a news item is drafted from. ``own`` is the secretariat's own text, empty for none."""

    review: ReviewFacts
    annual: AnnualFacts | None
    scores_are_public: bool
    own: str = ""


@dataclass(frozen=True)
class Piece:
    """A paragraph; those with a higher ``rank`` are taken only while there is room."""

    text: str
    rank: int = 0


def title_of(facts: NewsFacts) -> str:
    verb = "sơ kết" if facts.review.kind == ReviewKind.MID_YEAR else "tổng kết"
    return f"{facts.review.bloc.name} {verb} công tác thi đua, khen thưởng {period_of(facts.review)}"


def draft(facts: NewsFacts) -> str:
    """The item's paragraphs, a line each; about ``ROOM`` words, if there is enough to tell."""
    pieces = [piece for piece in pieces_of(facts) if piece.text]
    taken = [piece for piece in pieces if piece.rank == 0]
    for piece in sorted((each for each in pieces if each.rank), key=lambda each: each.rank):
        if word_count("\n".join(each.text for each in (*taken, piece))) <= ROOM:
            taken.append(piece)
    return "\n".join(piece.text for piece in pieces if piece in taken)


def word_count(text: str) -> int:
    return len(plain(text).split())


def pieces_of(facts: NewsFacts) -> Iterator[Piece]:
    review = facts.review
    yield Piece(opening(review))
    yield Piece(composition(review.bloc))
    yield Piece(movements(review))
    for line in written(review, Section.ACHIEVEMENTS):
        yield Piece(line, rank=2)
    yield Piece(targets(review))
    yield Piece(" ".join(part for part in (awarded(review), proposed(review)) if part))
    yield Piece(by_agency(review), rank=1)
    yield Piece(petitions(review))
    if facts.annual is not None:
        yield Piece(scores(facts.annual.standings) if facts.scores_are_public else "")
        yield Piece(proposals(review.bloc, facts.annual.proposals))
    yield Piece(said("Về khó khăn, hạn chế", written(review, Section.DIFFICULTIES)), rank=4)
    yield Piece(conclusions(facts))
    yield Piece(said("Về phương hướng, nhiệm vụ", written(review, Section.DIRECTIONS)), rank=3)
    yield Piece(next_head(facts.annual))


def opening(review: ReviewFacts) -> str:
    verb = "sơ kết" if review.kind == ReviewKind.MID_YEAR else "tổng kết"
    subject = f"hội nghị {verb} công tác thi đua, khen thưởng {period_of(review)}"
    found, name = review.conference, review.bloc.name
    if found is None:
        return ""
    return " ".join([f"{when_and_where(found, name)} tổ chức {subject}.", *attendance(found, review.bloc)])


def said(lead: str, lines: list[str]) -> str:
    return f"{lead}: {' '.join(lines)}" if lines else ""


def when_and_where(found: ConferenceFacts, name: str) -> str:
    parts = [short_day(found.held_on)] if found.held_on else []
    parts += [f"lúc {clock(found.starts)}"] if found.starts else []
    parts += [f"tại {found.place}"] if found.place else []
    return upper(", ".join([*parts, name]))


def short_day(day: date) -> str:
    """ "ngày 17/7/2020", as news write it."""
    return f"ngày {day.day}/{day.month}/{day.year}"


def attendance(found: ConferenceFacts, bloc: BlocFacts) -> Iterator[str]:
    if found.chair:
        yield f"{upper(found.chair)} chủ trì hội nghị."
    if found.guests:
        yield f"Cùng dự có: {listed_apart(lower_guest(guest) for guest in found.guests)}."
    if found.present is not None:
        total = len(found.present) + len(found.absent)
        absent = f"; vắng: {listed_apart(found.absent)}" if found.absent else ""
        yield f"Có {counted(len(found.present))}/{counted(total)} đơn vị thành viên dự họp{absent}."


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_guest(text: str) -> str:
    """ "đại diện …", "đồng chí …" inside a sentence; names of bodies keep their capitals."""
    text = text.strip().rstrip(".;")
    return lower_first(text) if text.split(" ")[0] in ("Đại", "Đồng", "Lãnh", "Các", "Thành") else text


def composition(bloc: BlocFacts) -> str:
    if not bloc.members:
        return ""
    roles = [f"{bloc.head.name} làm trưởng {bloc.unit_name}"] if bloc.head else []
    if bloc.deputies:
        roles.append(f"{listed_apart(each.name for each in bloc.deputies)} làm phó {bloc.unit_name}")
    lead = f"Năm {bloc.year}, {bloc.unit} có {counted(len(bloc.members))} đơn vị thành viên"
    if roles:
        lead = f"{lead}, do {listed(roles)}"
    others = f"; các thành viên còn lại là: {listed_apart(each.name for each in bloc.others)}" if roles else ""
    return f"{lead}{others if bloc.others else ''}."


def movements(review: ReviewFacts) -> str:
    if not review.movements:
        return ""
    names = listed_apart(lower_first(movement_line(each)) for each in review.movements)
    number = counted(len(review.movements))
    return f"Trong {period_of(review)}, các đơn vị cùng hưởng ứng, thực hiện {number} phong trào, đợt thi đua: {names}."


def targets(review: ReviewFacts) -> str:
    if review.pledge is None or not review.pledge.summaries:
        return ""
    rows = review.pledge.summaries
    total, reached, unknown = (sum(getattr(row, name) for row in rows) for name in ("total", "reached", "unknown"))
    if not total or unknown == total:
        return ""
    rest = f"; {counted(unknown)} chỉ tiêu chưa có đủ số liệu" if unknown else ""
    what = "kế hoạch cả năm" if review.kind == ReviewKind.MID_YEAR else "kế hoạch"
    return f"Về giao ước thi đua, {counted(reached)}/{counted(total)} chỉ tiêu đăng ký đã đạt và vượt {what}{rest}."


def awarded(review: ReviewFacts) -> str:
    many = uncounted(review, AWARDED, "được tặng")
    if not review.totals.awarded:
        return f"Về khen thưởng, {many}." if many else ""
    rest = f"; ngoài ra {many}" if many else ""
    sums = people_first(review.totals.awarded)
    return f"Về khen thưởng, theo số liệu đã tổng hợp{counted_period(review)}, {sums} được khen thưởng{rest}."


def counted_period(review: ReviewFacts) -> str:
    """Said in a year's item whose records are all of its first half."""
    periods = {line.period for line in review.commendations}
    return f" của 6 tháng đầu năm {review.bloc.year}" if review.kind == ReviewKind.ANNUAL and periods == {"H1"} else ""


def proposed(review: ReviewFacts) -> str:
    many = uncounted(review, PROPOSED, "đã đề nghị")
    if not review.totals.proposed:
        return f"{upper(many)}." if many else ""
    rest = f". Riêng {many}" if many else ""
    sums = people_first(review.totals.proposed)
    return f"Các đơn vị đã đề nghị cấp có thẩm quyền xem xét, khen thưởng {sums}{rest}."


def uncounted(review: ReviewFacts, status: str, verb: str) -> str:
    """ "Sở Y tế đã đề nghị Bằng khen của Thủ tướng Chính phủ cho nhiều tập thể, nhiều cá nhân"."""
    lines = [line for line in review.commendations if line.status == status and line.uncounted]
    return listed_apart(f"{line.agency} {verb} {line.award} cho {line.uncounted}" for line in lines)


def by_agency(review: ReviewFacts) -> str:
    """Collectives and persons commended, agency by agency; those whose numbers are not known are left out."""
    names = dict.fromkeys(line.agency for line in review.commendations if line.status == AWARDED)
    told = [f"{name}: {words}" for name in names if (words := sums_of(review.commendations, name))]
    return f"Số đã được khen thưởng của từng đơn vị: {listed_apart(told)}." if len(told) > 1 else ""


def sums_of(lines: Iterable[CommendationLine], agency: str) -> str:
    counts = [each for line in lines if line.agency == agency and line.status == AWARDED for each in line.counts]
    parts = []
    for group, word in zip(GROUPS, ("tập thể", "cá nhân"), strict=True):
        known = [count for kind, count in counts if kind in group and count is not None]
        if known:
            parts.append(f"{counted(sum(known))} {word}")
    return ", ".join(parts)


def petitions(review: ReviewFacts) -> str:
    about = "đơn thư khiếu nại, tố cáo về công tác thi đua, khen thưởng"
    if not review.petitions_known:
        return ""
    number = f"có {counted(len(review.petitions))}" if review.petitions else "không có"
    return f"{upper(period_of(review))}, {review.bloc.unit} {number} {about}."


def scores(rows: Iterable[StandingFacts]) -> str:
    """The first ranks with their points; nothing while a unit's points are missing."""
    rows = list(rows)
    best = sorted((row for row in rows if row.rank and row.rank <= BEST), key=lambda row: (row.rank or 0, row.agency))
    if not best or any(row.total is None for row in rows):
        return ""
    return f"Kết quả chấm điểm thi đua, các đơn vị dẫn đầu: {listed_apart(rank_words(row) for row in best)}."


def rank_words(row: StandingFacts) -> str:
    return f"{row.agency} (hạng {row.rank}, {points(row.total)} điểm)"


def proposals(bloc: BlocFacts, found: tuple[ProposalFacts, ...]) -> str:
    lines = []
    for name in dict.fromkeys(each.award_name for each in found):
        agencies = [each.agency for each in found if each.award_name == name]
        lines.append(f"{name} cho {counted(len(agencies))} đơn vị ({listed_apart(agencies)})")
    return f"{bloc.unit} thống nhất đề nghị tặng {'; '.join(lines)}." if lines else ""


def conclusions(facts: NewsFacts) -> str:
    """What the meeting decided; lines that only repeat the proposals are not said twice."""
    found = facts.review.conference
    if found is None:
        return ""
    proposed_to = {each.agency for each in facts.annual.proposals} if facts.annual else set()
    lines = [unnumbered(line).rstrip(" .;") for line in found.conclusions]
    lines = [line for line in lines if not repeats(line, proposed_to)]
    return f"Hội nghị kết luận: {'; '.join(lines)}." if lines else ""


def repeats(line: str, agencies: set[str]) -> bool:
    return "đề nghị tặng" in line and any(agency in line for agency in agencies)


def next_head(annual: AnnualFacts | None) -> str:
    if annual is None or not annual.next_head:
        return ""
    bloc = annual.review.bloc
    deputies = f", phó {bloc.unit_name} là {listed_apart(annual.next_deputies)}" if annual.next_deputies else ""
    return f"Năm {bloc.year + 1}, trưởng {bloc.unit_name} là {annual.next_head}{deputies}."


def written(review: ReviewFacts, section: str) -> list[str]:
    """What people wrote in a section, without marks; tables and lines that only announce are left out."""
    lines = [unnumbered(line) for line in plain("\n".join(review.written(section))).splitlines() if "|" not in line]
    return [sentence_end(line) for line in lines if line and not line.endswith(":")]
