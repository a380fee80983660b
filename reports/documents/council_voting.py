"""Rounds of votes in the words of the council's minutes: method, share and its basis, counts, what followed."""

from council.enums import Fate, VoteBase
from reports.documents.blocks import Align, Block, Column, Note, Paragraph, Print, Row, Table, Width
from reports.documents.council_session import CountFacts, RoundFacts
from reports.documents.words import counted, dashes, listed_apart, long_date, sentence_end, share, tally

BASES = {
    VoteBase.MEMBERS.value: "tổng số thành viên Hội đồng",
    VoteBase.PRESENT.value: "số thành viên tham gia biểu quyết",
}
SHORT = {Fate.TIED.value: "Bằng phiếu", Fate.OVER_QUOTA.value: "Vượt số lượng"}


def method_words(found: RoundFacts) -> str:
    """ "bỏ phiếu kín bằng phiếu điện tử"."""
    mode = "bỏ phiếu kín" if found.secret else "biểu quyết công khai"
    if found.electronic:
        return f"{mode} bằng phiếu điện tử" if found.secret else f"{mode} trên hệ thống"
    return f"{mode} bằng phiếu giấy" if found.secret else f"{mode}, ghi theo kết quả đã kiểm"


def round_title(found: RoundFacts) -> str:
    return f"{found.award}, vòng {found.round}"


def demand_words(found: RoundFacts) -> str:
    """The share, of what, by which text, and how those who keep out and absentees count."""
    least = f"trên {found.percent}%" if found.more_than else f"ít nhất {found.percent}%"
    words = f"Tỷ lệ phiếu đồng ý phải đạt {least} {BASES[found.base]} ({found.legal_basis.rstrip(' .')})"
    if any(each.recused for each in found.counts):
        counts = "vẫn tính vào" if found.recused_in_base else "không tính vào"
        words += f"; người không tham gia biểu quyết {counts} tổng số để tính tỷ lệ"
    if found.written:
        counts = "được tính phiếu và" if found.written_counts else "không được tính phiếu nhưng"
        words += f"; thành viên vắng mặt gửi ý kiến bằng văn bản {counts} ở trong tổng số"
    return f"{words}."


def figures_words(found: RoundFacts) -> str:
    """Counts of the round in one sentence; what is not known is left out, never 0."""
    parts = [
        f"{word} {tally(number)}"
        for word, number in (
            ("tổng số thành viên", found.eligible),
            ("có mặt", found.present),
            ("gửi ý kiến bằng văn bản", found.written),
            ("số phiếu phát ra", found.issued),
            ("số phiếu thu về", found.cast),
            ("phiếu không hợp lệ", found.invalid),
        )
        if number is not None
    ]
    return sentence_end(f"Kết quả kiểm phiếu: {', '.join(parts)}") if parts else ""


def round_blocks(found: RoundFacts) -> list[Block]:
    """One round whole: how, by which rule, the counts of each item, what the quota or a tie made of them."""
    day = f", kiểm phiếu {long_date(found.closed_on)}" if found.closed_on else ""
    places = ""
    if found.places is not None:
        basis = f" ({found.places_basis})" if found.places_basis else ""
        places = f"Số lượng tối đa: {counted(found.places)}{basis}."
    sentences = [f"Hình thức: {method_words(found)}{day}.", demand_words(found), places, figures_words(found)]
    return [
        *[Paragraph(sentence) for sentence in sentences if sentence],
        counts_table(found),
        *[Paragraph(line) for line in aftermath(found)],
        *([Note(f"Ghi chú: {sentence_end(found.note)}")] if found.note else []),
    ]


def counts_table(found: RoundFacts) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Trường hợp", Width.WIDE, heads=True),
        Column("Đồng ý", Width.SNUG, Align.CENTER),
        Column("Không đồng ý", Width.SNUG, Align.CENTER),
        Column("Không có ý kiến", Width.SNUG, Align.CENTER),
        Column("Không tham gia", Width.SNUG, Align.CENTER),
        Column("Cần đạt", Width.NARROW, Align.CENTER),
        Column("Tỷ lệ", Width.NARROW, Align.CENTER),
        Column("Kết quả", Width.NARROW, Align.CENTER),
    )
    rows = tuple(Row(count_cells(place, each)) for place, each in enumerate(found.counts, 1))
    return Table(f"Kết quả {round_title(found)}", columns, rows, Print.SMALL)


def count_cells(place: int, each: CountFacts) -> tuple[str, ...]:
    numbers = ["-" if value is None else tally(value) for value in (each.yes, each.no, each.blank, each.recused)]
    needed = "-" if each.needed is None or each.base is None else f"{counted(each.needed)}/{counted(each.base)}"
    part = share(each.yes, each.base) if each.yes is not None and each.base else "-"
    return (str(place), each.item.named, *numbers, needed, part, SHORT.get(each.fate, each.fate_words))


def aftermath(found: RoundFacts) -> list[str]:
    """Who is over the quota, who is tied at its last place, and whom the chair chose of those."""
    lines = []
    over = [each for each in found.counts if each.fate == Fate.OVER_QUOTA and not each.item.settled_by]
    if over:
        lines.append(
            "Đạt tỷ lệ phiếu nhưng vượt số lượng tối đa, lấy theo số phiếu từ cao xuống thấp nên không được chọn: "
            f"{named(over)}."
        )
    if tied := [each for each in found.counts if each.fate == Fate.TIED]:
        lines.append(f"Bằng phiếu ở vị trí cuối: {named(tied)}.")
    chosen = [each for each in found.counts if each.item.settled_by and each.fate in (Fate.PASSED, Fate.OVER_QUOTA)]
    if chosen:
        taken = [each for each in chosen if each.fate == Fate.PASSED]
        lines.append(
            f"Bằng phiếu ở vị trí cuối: {named(chosen)}. {chosen[0].item.settled_by} quyết định chọn: {named(taken)}."
        )
    return lines


def named(rows: list[CountFacts]) -> str:
    return listed_apart(f"{each.item.nominee.name} ({tally(each.yes or 0)} phiếu)" for each in rows)


def passed_words(found: RoundFacts) -> str:
    """ "06/10 trường hợp đạt"."""
    passed = sum(each.fate == Fate.PASSED for each in found.counts)
    return f"{tally(passed)}/{counted(len(found.counts))} trường hợp đạt"


def bulleted(lines: list[str]) -> list[Block]:
    return [Paragraph(line) for line in dashes(lines)]
