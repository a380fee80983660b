"""Tờ trình of the standing agency to the chair of the people's committee: what the council concluded, and for whom."""

from council.enums import Fate, ItemOutcome
from reports.documents.blocks import Align, Annex, Block, Column, Paper, Paragraph, Table, Width
from reports.documents.council import standing_letterhead, standing_signature
from reports.documents.council_session import CountFacts, ItemFacts, SessionFacts
from reports.documents.council_voting import bulleted
from reports.documents.dossier import kind_counts, rows_by_kind
from reports.documents.laws import grounds_on
from reports.documents.words import counted, dashes, listed_apart, long_date, lower_first

ABBREVIATION = "TTr"


def compose(facts: SessionFacts) -> Paper:
    subject = f"Về việc {lower_first(facts.title)}"
    passed = facts.of_outcome(ItemOutcome.PASSED)
    return Paper(
        name=f"Tờ trình {lower_first(subject)}",
        letterhead=standing_letterhead(facts.council, ABBREVIATION, draft=not facts.is_over),
        kind="TỜ TRÌNH",
        summary=subject,
        addressees=(f"{facts.chair_of_committee}.",),
        grounds=tuple(grounds(facts)),
        blocks=tuple(body(facts, passed)),
        signature=standing_signature(facts.council),
        recipients=tuple(dashes(["Như trên", facts.council.name, "Lưu: VT, TĐKT"])),
        annexes=(annex(facts, passed),) if passed else (),
    )


def grounds(facts: SessionFacts) -> list[str]:
    day = f" {long_date(facts.held_on)}" if facts.held_on else ""
    minutes = "Biên bản họp" if facts.is_meeting else "Biên bản lấy ý kiến bằng văn bản"
    last = f"Căn cứ {minutes}{day} của {facts.council.name} (phiên thứ {counted(facts.number)} năm {facts.year})"
    lines = [*grounds_on(facts.on), last]
    return [f"{line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, 1)]


def body(facts: SessionFacts, passed: list[ItemFacts]) -> list[Block]:
    if not facts.considered:
        return [Paragraph("Phiên họp không có trường hợp xét khen thưởng nào để trình.")]
    proposers = {item.proposer for item in facts.considered}
    whom = facts.council.standing or facts.council.name
    blocks: list[Block] = [
        Paragraph(
            f"{facts.council.name} đã xét {kind_counts(item.nominee for item in facts.considered)} do "
            f"{counted(len(proposers))} cơ quan, đơn vị, khối, cụm thi đua đề nghị. Kết quả:"
        ),
        *[Paragraph(line) for line in award_lines(facts)],
    ]
    if not passed:
        return [*blocks, Paragraph("Không có trường hợp nào được thông qua để trình khen thưởng./.")]
    return [
        *blocks,
        Paragraph(
            f"{whom} kính trình {facts.chair_of_committee} xem xét, quyết định khen thưởng cho "
            f"{kind_counts(item.nominee for item in passed)} được Hội đồng thông qua (có danh sách kèm theo)."
        ),
        Paragraph("Hồ sơ kèm theo gồm:"),
        *bulleted(enclosures(facts)),
        Paragraph(f"{whom} kính trình {facts.chair_of_committee} xem xét, quyết định./."),
    ]


def award_lines(facts: SessionFacts) -> list[str]:
    """ "1. Bằng khen …: xét 10 trường hợp; thông qua 02 tập thể, 06 cá nhân, số phiếu …; không thông qua 02." """
    counts, lines = last_counts(facts), []
    for number, (award, items) in enumerate(facts.by_award(facts.considered).items(), 1):
        passed = [item for item in items if item.outcome == ItemOutcome.PASSED]
        parts = [f"xét {counted(len(items))} trường hợp"]
        parts.append(f"thông qua {kind_counts(item.nominee for item in passed)}" if passed else "không thông qua")
        parts += votes_words([counts.get(item.pk) for item in passed])
        for outcome, verb in ((ItemOutcome.FAILED, "không thông qua"), (ItemOutcome.OPEN, "chưa kết luận")):
            found = sum(item.outcome == outcome for item in items)
            parts += [f"{verb} {counted(found)}"] if found and passed else []
        lines.append(f"{number}. {award}: {listed_apart(parts)}.")
    return lines


def last_counts(facts: SessionFacts) -> dict[int, CountFacts]:
    """The last round's count of each item."""
    ordered = sorted(facts.rounds, key=lambda each: each.round)
    return {count.item.pk: count for each in ordered for count in each.counts}


def votes_words(found: list[CountFacts | None]) -> list[str]:
    """The fewest and the most votes among those who passed; nothing where a count is not known."""
    known = [(each.yes, each.base) for each in found if each is not None and None not in (each.yes, each.base)]
    if not known or len(known) < len(found):
        return []
    low, high = (f"{counted(yes or 0)}/{counted(base or 0)}" for yes, base in (min(known), max(known)))
    return [f"số phiếu đồng ý {low}" if low == high else f"số phiếu đồng ý từ {low} đến {high}"]


def enclosures(facts: SessionFacts) -> list[str]:
    lines = ["Biên bản họp Hội đồng" if facts.is_meeting else "Biên bản lấy ý kiến bằng văn bản"]
    secret = sum(each.secret for each in facts.rounds)
    lines += [f"Biên bản kiểm phiếu ({counted(secret)} lượt bỏ phiếu kín)"] if secret else []
    lines += ["Danh sách đề nghị khen thưởng"]
    lines += [f"Dự thảo Quyết định ({counted(facts.drafts)})"] if facts.drafts else []
    return [*lines, "Hồ sơ của các trường hợp đề nghị"]


def annex(facts: SessionFacts, passed: list[ItemFacts]) -> Annex:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Họ tên, tên tập thể, hộ gia đình", Width.WIDE, heads=True),
        Column("Chức vụ, đơn vị công tác, địa chỉ", Width.WIDE),
        Column("Hình thức đề nghị", Width.WIDE),
        Column("Phiếu đồng ý", Width.NARROW, Align.CENTER),
    )
    counts = last_counts(facts)

    def cells(place: int, item: ItemFacts) -> tuple[str, ...]:
        return (str(place), item.nominee.name, item.nominee.where, item.award, yes_words(counts.get(item.pk)))

    ordered = sorted(passed, key=lambda item: item.nominee.award_place)
    rows = rows_by_kind(ordered, kind=lambda item: item.kind, cells=cells)
    return Annex("Phụ lục", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", "(Kèm theo Tờ trình)", (Table("", columns, rows),))


def yes_words(count: CountFacts | None) -> str:
    if count is None or count.yes is None:
        return "-"
    part = f"{counted(count.yes)}/{counted(count.base)}" if count.base else counted(count.yes)
    return part if count.fate == Fate.PASSED else f"{part} (người có thẩm quyền quyết định)"
