"""Tài liệu phiên họp: what is to be considered, award by award, each case with its finding and open checks."""

from awards.enums import NominationState
from reports.documents.blocks import Align, Annex, Block, Column, Paper, Paragraph, Print, Row, Table, Width
from reports.documents.council import council_letterhead
from reports.documents.council_session import ItemFacts, SessionFacts
from reports.documents.dossier import kind_counts, rows_by_kind
from reports.documents.words import ROMAN, counted, long_date, lower_first, sentence_end

COLUMNS = (
    Column("TT", Width.TINY, Align.CENTER),
    Column("Họ tên, tên tập thể, hộ gia đình; đơn vị", Width.WIDE, heads=True),
    Column("Đơn vị trình", Width.MIDDLE),
    Column("Tóm tắt thành tích", Width.WIDE),
    Column("Kết quả thẩm định, kiểm tra điều kiện", Width.WIDE),
)

# What appraisal found; later states tell what the council made of it.
APPRAISED = (NominationState.ELIGIBLE, NominationState.INELIGIBLE, NominationState.NEEDS_DECISION)


def compose(facts: SessionFacts) -> Paper:
    return Paper(
        name=f"Tài liệu phiên {facts.number} năm {facts.year} của {facts.council.name}",
        letterhead=council_letterhead(facts.council, "", on=facts.held_on, dated=True, draft=False),
        kind="TÀI LIỆU PHIÊN HỌP",
        summary=f"Phiên họp thứ {counted(facts.number)} năm {facts.year}: {facts.title}",
        blocks=tuple(body(facts)),
        annexes=tuple(annexes(facts)),
    )


def body(facts: SessionFacts) -> list[Block]:
    day = f"Ngày họp: {long_date(facts.held_on)}." if facts.held_on else "Ngày họp: chưa xác định."
    due = f"Hạn gửi ý kiến: {long_date(facts.answers_due)}." if facts.answers_due else "Hạn gửi ý kiến: chưa xác định."
    first: list[Block] = [Paragraph(day if facts.is_meeting else due)]
    if not facts.considered:
        return [*first, Paragraph("Phiên họp chưa có trường hợp xét khen thưởng nào.")]
    proposers = {item.proposer for item in facts.considered}
    return [
        *first,
        Paragraph(
            f"Phiên họp xét {kind_counts(item.nominee for item in facts.considered)} do {counted(len(proposers))} "
            "cơ quan, đơn vị, khối, cụm thi đua đề nghị:"
        ),
        overview(facts),
    ]


def overview(facts: SessionFacts) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Danh hiệu, hình thức", Width.WIDE, heads=True),
        Column("Tập thể", Width.NARROW, Align.CENTER),
        Column("Cá nhân", Width.NARROW, Align.CENTER),
        Column("Hộ gia đình", Width.NARROW, Align.CENTER),
        Column("Phụ lục", Width.NARROW, Align.CENTER),
    )
    rows = []
    for place, (award, items) in enumerate(facts.by_award(facts.considered).items(), 1):
        kinds = [sum(item.kind == kind for item in items) for kind in ("collective", "individual", "household")]
        rows.append(Row((str(place), award, *map(str, kinds), label_of(place).removeprefix("Phụ lục "))))
    return Table("Nội dung xét khen thưởng", columns, tuple(rows))


def label_of(place: int) -> str:
    return f"Phụ lục {ROMAN[place - 1] if place <= len(ROMAN) else place}"


def annexes(facts: SessionFacts) -> list[Annex]:
    groups = facts.by_award(facts.considered)
    return [
        Annex(
            label=label_of(place),
            title=f"CÁC TRƯỜNG HỢP ĐỀ NGHỊ {award.upper()}",
            reference=f"({kind_counts(item.nominee for item in items)})",
            blocks=(Table("", COLUMNS, rows_by_kind(items, kind=kind_of, cells=cells_of), Print.SMALL),),
            landscape=True,
        )
        for place, (award, items) in enumerate(groups.items(), 1)
    ]


def kind_of(item: ItemFacts) -> str:
    return item.kind


def cells_of(place: int, item: ItemFacts) -> tuple[str, ...]:
    summary = " ".join(item.nominee.summary.split()) or "chưa có thông tin"
    return (str(place), item.named, item.proposer, summary, finding(item))


def finding(item: ItemFacts) -> str:
    """What appraisal found, the rules' open points, and what the standing agency says of it."""
    nominee = item.nominee
    appraised = f"Thẩm định: {lower_first(nominee.state_words)}" if nominee.state in APPRAISED else ""
    parts = [appraised, f"Kiểm tra điều kiện: {lower_first(nominee.verdict_words)}", nominee.reason, *nominee.findings]
    parts += [f"Ý kiến của cơ quan thường trực: {item.note}"] if item.note else []
    return " ".join(sentence_end(part) for part in parts if part)
