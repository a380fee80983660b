"""Biên bản kiểm phiếu: what the committee counted in each secret ballot, round by round.

The law gives no form (domain-2.md part 4): the frame is NĐ 30/2020, Mẫu 1.9, the counts those of
TT 25/2025/TT-BKHCN, Điều 23.
"""

from dataclasses import dataclass, replace

from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, letterhead, recipients
from reports.documents.blocks import Align, Block, Column, Heading, Note, Paper, Paragraph, Row, Signature, Table, Width
from reports.documents.meeting import PEN
from reports.documents.voting import PollFacts, collect_polls, poll_title, threshold_words
from reports.documents.words import counted, dashes, long_date, share, tally
from scoring.enums import PollChannel, PollMode

ABBREVIATION = "BB"
VERDICTS = {True: "Đạt", False: "Không đạt", None: "Chưa xác định"}


@dataclass(frozen=True)
class CountFacts:
    bloc: BlocFacts
    polls: tuple[PollFacts, ...]

    @property
    def committee(self) -> tuple[tuple[str, str], ...]:
        """Everybody who counted, each once; the chair of the first count first."""
        return tuple(dict.fromkeys(person for poll in self.polls for person in poll.committee))


def collect(bloc_year: BlocYear) -> CountFacts:
    secret = tuple(each for each in collect_polls(bloc_year) if each.mode == PollMode.SECRET)
    return CountFacts(bloc=collect_bloc(bloc_year), polls=secret)


def compose(facts: CountFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    subject = f"Kiểm phiếu bình xét thi đua năm {bloc.year} của {bloc.name}"
    return Paper(
        name=f"Biên bản {subject[0].lower()}{subject[1:]}",
        letterhead=replace(letterhead(bloc, ABBREVIATION, issue), place_date=""),
        kind="BIÊN BẢN",
        summary=subject,
        blocks=tuple(body(facts)),
        signatories=committee_signatures(facts.committee),
        abreast=2,
        recipients=recipients(bloc),
    )


def committee_signatures(people: tuple[tuple[str, str], ...]) -> tuple[Signature, ...]:
    """Members left, the chair of the committee right; where nobody is named, names are left to the pen."""
    if not people:
        return (Signature(lines=("ỦY VIÊN BAN KIỂM PHIẾU",)), Signature(lines=("TRƯỞNG BAN KIỂM PHIẾU",)))
    chair, *members = people
    rest = [Signature(lines=("ỦY VIÊN BAN KIỂM PHIẾU",), name=name) for name, _ in members]
    first = rest[:1] or [Signature(lines=())]
    return (*first, Signature(lines=("TRƯỞNG BAN KIỂM PHIẾU",), name=chair[0]), *rest[1:])


def body(facts: CountFacts) -> list[Block]:
    bloc = facts.bloc
    if not facts.polls:
        return [Paragraph(f"Chưa có kết quả bỏ phiếu kín nào của {bloc.name} được ghi nhận cho năm {bloc.year}.")]
    blocks: list[Block] = [
        Paragraph(f"Ban kiểm phiếu của {bloc.name} gồm:"),
        *committee(facts.committee, electronic=all(poll.is_electronic for poll in facts.polls)),
    ]
    for place, poll in enumerate(facts.polls, 1):
        blocks += [Heading(f"{place}. {poll_title(poll).upper()}"), *counting(poll)]
    blocks.append(Paragraph("Biên bản được thông qua và công bố tại hội nghị./."))
    return blocks


def committee(people: tuple[tuple[str, str], ...], *, electronic: bool) -> list[Block]:
    """Who counted, by name and post in the committee; ``electronic``: the system did, with nobody named."""
    if not people:
        who = "Hệ thống kiểm phiếu tự động; chưa ghi người chứng kiến" if electronic else PEN
        return [Paragraph(line) for line in dashes([who])]
    posts = ["Trưởng ban", *["Ủy viên"] * (len(people) - 1)]
    lines = [
        ", ".join(part for part in (f"Đồng chí {name}", title, post) if part)
        for (name, title), post in zip(people, posts, strict=True)
    ]
    return [Paragraph(line) for line in dashes(lines)]


def counting(poll: PollFacts) -> list[Block]:
    """One round: how it was held, the counts, the threshold, the votes."""
    day = f", {long_date(poll.closed_on)}" if poll.closed_on else ""
    blocks: list[Block] = [Paragraph(f"Hình thức: {channel_words(poll)}{day}.")]
    if poll.question:
        blocks.append(Paragraph(f"Nội dung bỏ phiếu: {poll.question.rstrip(' .')}."))
    blocks.append(counts_table(poll))
    if threshold_words(poll):
        blocks.append(Paragraph(threshold_words(poll)))
    if poll.results:
        blocks.append(votes_table(poll))
    else:
        blocks.append(Paragraph("Không đơn vị nào được phiếu."))
    if poll.is_electronic:
        blocks.append(Note(receipt_note(poll.receipts)))
    if poll.note:
        blocks.append(Note(f"Ghi chú: {poll.note.rstrip(' .')}."))
    return blocks


def channel_words(poll: PollFacts) -> str:
    if poll.channel == PollChannel.ELECTRONIC:
        return "bỏ phiếu kín bằng phiếu điện tử; phiếu được niêm phong và chỉ mở để đếm sau khi kết thúc bỏ phiếu"
    if poll.channel == PollChannel.PAPER:
        return "bỏ phiếu kín bằng phiếu giấy, Ban kiểm phiếu mở hòm phiếu và đếm"
    return "bỏ phiếu kín, ghi theo kết quả đã kiểm"


def receipt_note(receipts: int) -> str:
    return (
        f"Hệ thống đã công bố {counted(receipts)} mã biên nhận để từng người đối chiếu phiếu của mình đã được "
        "đếm; không lưu mối liên hệ giữa người bỏ phiếu và nội dung phiếu."
    )


def counts_table(poll: PollFacts) -> Table:
    """Every count that this kind of ballot has."""
    return figures_table(
        ("Tổng số thành viên được quyền bỏ phiếu", poll.eligible),
        ("Số thành viên có mặt", poll.present),
        *([("Số thành viên không tham gia bỏ phiếu", poll.recused)] if poll.recused else []),
        ("Số phiếu phát ra", poll.issued),
        ("Số phiếu thu về", poll.cast),
        ("Số phiếu hợp lệ", poll.valid),
        ("Số phiếu không hợp lệ", poll.invalid),
    )


def figures_table(*lines: tuple[str, int | None]) -> Table:
    """Counts under each other; a dash where one is not known."""
    columns = (Column("Nội dung", Width.WIDE, heads=True), Column("Số lượng", Width.MIDDLE, Align.CENTER))
    return Table(
        "",
        columns,
        tuple(Row((label, "-" if number is None else tally(number))) for label, number in lines),
    )


def votes_table(poll: PollFacts) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Đơn vị", Width.WIDE, heads=True),
        Column("Số phiếu", Width.NARROW, Align.CENTER),
        Column("Tỷ lệ", Width.NARROW, Align.CENTER),
        Column("Số phiếu cần", Width.NARROW, Align.CENTER),
        Column("Kết quả", Width.MIDDLE, Align.CENTER),
    )
    rows = []
    for place, each in enumerate(poll.results, 1):
        part = share(each.votes, poll.whole) if poll.whole else "-"
        needed = "-" if each.needed is None else counted(each.needed)
        rows.append(Row((str(place), each.agency, counted(each.votes), part, needed, VERDICTS[each.passed])))
    return Table("Số phiếu của từng đơn vị", columns, tuple(rows))
