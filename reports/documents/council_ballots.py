"""Biên bản kiểm phiếu of the council's secret rounds and written opinions; the law gives no form (domain-2.md part 4).

One round alone, or all of a session in one paper. Totals only.
"""

from collections.abc import Iterable

from reports.documents.ballot_minutes import committee, committee_signatures, figures_table, receipt_note
from reports.documents.blocks import Block, Heading, Note, Paper, Paragraph
from reports.documents.council import council_letterhead, council_recipients
from reports.documents.council_session import RoundFacts, SessionFacts
from reports.documents.council_voting import aftermath, counts_table, demand_words, method_words, round_title
from reports.documents.words import counted, long_date, lower_first, sentence_end

ABBREVIATION = "BB"


def rounds_with_votes(facts: SessionFacts, only: int | None) -> list[RoundFacts]:
    """Rounds whose votes somebody counted: secret ones, and all of a session in writing; ``only``: that one."""
    found = [each for each in facts.rounds if each.secret or not facts.is_meeting]
    return found if only is None else [each for each in found if each.pk == only]


def compose(facts: SessionFacts, only: int | None = None) -> Paper:
    """``only``: the key of one round; a key that is no such round gives a paper that says so."""
    rounds = rounds_with_votes(facts, only)
    what = f" {round_title(rounds[0])}," if only is not None and rounds else ""
    subject = f"Kiểm phiếu{what} {facts.council.name} phiên thứ {counted(facts.number)} năm {facts.year}".replace(
        ",  ", ", "
    )
    return Paper(
        name=f"Biên bản {lower_first(subject)}",
        letterhead=council_letterhead(facts.council, ABBREVIATION, dated=False, draft=False),
        kind="BIÊN BẢN",
        summary=subject,
        blocks=tuple(body(facts, rounds)),
        signatories=committee_signatures(people_of(rounds)),
        abreast=2,
        recipients=council_recipients(facts.council),
    )


def people_of(rounds: Iterable[RoundFacts]) -> tuple[tuple[str, str], ...]:
    """Everybody who counted, each once; the head of the first count first."""
    return tuple(dict.fromkeys(person for each in rounds for person in each.committee))


def body(facts: SessionFacts, rounds: list[RoundFacts]) -> list[Block]:
    if not rounds:
        return [Paragraph("Chưa có kết quả kiểm phiếu nào của phiên họp.")]
    electronic = all(each.electronic for each in rounds)
    blocks: list[Block] = [
        Paragraph(f"Nội dung phiên họp: {sentence_end(facts.title)}"),
        Paragraph("Ban kiểm phiếu gồm:"),
        *committee(people_of(rounds), electronic=electronic),
    ]
    for place, each in enumerate(rounds, 1):
        blocks += [Heading(f"{place}. {round_title(each).upper()}"), *counting(each)]
    blocks.append(Paragraph("Biên bản được thông qua và công bố tại phiên họp./."))
    return blocks


def counting(found: RoundFacts) -> list[Block]:
    day = f", {long_date(found.closed_on)}" if found.closed_on else ""
    return [
        Paragraph(f"Hình thức: {method_words(found)}{day}."),
        Paragraph(demand_words(found)),
        figures_table(
            ("Tổng số thành viên Hội đồng có quyền biểu quyết", found.eligible),
            ("Số thành viên có mặt", found.present),
            ("Số thành viên vắng mặt gửi ý kiến bằng văn bản", found.written),
            ("Số phiếu phát ra", found.issued),
            ("Số phiếu thu về", found.cast),
            ("Số phiếu hợp lệ", found.valid),
            ("Số phiếu không hợp lệ", found.invalid),
        ),
        counts_table(found),
        *[Paragraph(line) for line in aftermath(found)],
        *([Note(receipt_note(found.receipts))] if found.secret and found.electronic else []),
        *([Note(f"Ghi chú: {sentence_end(found.note)}")] if found.note else []),
    ]
