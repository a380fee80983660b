"""Phiếu thẩm định hồ sơ khen thưởng of the standing body: each nominee with the finding and its grounds."""

from collections import Counter

from reports.documents.blocks import (
    Align,
    Block,
    Column,
    Heading,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    Width,
)
from reports.documents.dossier import DossierFacts, NomineeFacts, kind_counts
from reports.documents.words import NBSP, blank_date, counted, dashes, long_date, lower_first


def compose(facts: DossierFacts) -> Paper:
    subject = f"Hồ sơ {facts.code} của {facts.proposer}"
    return Paper(
        name=f"Phiếu thẩm định {lower_first(subject)}",
        letterhead=Letterhead(
            superior=facts.standing_superior.upper(),
            issuer=facts.standing.upper(),
            number="",
            place_date=f"{facts.place}, {blank_date(None)}",
            draft=any(each.state == "pending" for each in facts.nominees),
        ),
        kind="PHIẾU THẨM ĐỊNH",
        summary=subject,
        blocks=tuple(body(facts)),
        signatories=(
            Signature(lines=("NGƯỜI THẨM ĐỊNH",), name=facts.specialist),
            Signature(lines=("PHỤ TRÁCH BỘ PHẬN",)),
        ),
        abreast=2,
    )


def body(facts: DossierFacts) -> list[Block]:
    received = long_date(facts.received_on) if facts.received_on else "chưa tiếp nhận"
    due = long_date(facts.appraisal_due) if facts.appraisal_due else "chưa xác định"
    return [
        Heading("I. THÔNG TIN HỒ SƠ"),
        Paragraph(f"Nội dung đề nghị: {facts.title}."),
        Paragraph(f"Loại hình: {lower_first(facts.category)}; năm xét: {facts.year}."),
        Paragraph(f"Ngày tiếp nhận: {received}; hạn thẩm định: {due}."),
        Paragraph(f"Số trường hợp đề nghị: {kind_counts(facts.nominees) or 'chưa có'}."),
        Heading("II. KẾT QUẢ THẨM ĐỊNH"),
        *results(facts),
        Heading("III. Ý KIẾN ĐỀ XUẤT"),
        Paragraph(f"{NBSP}……"),
    ]


def results(facts: DossierFacts) -> list[Block]:
    if not facts.nominees:
        return [Note("Hồ sơ chưa có trường hợp đề nghị nào.")]
    counts = Counter(each.state_words for each in facts.nominees)
    lines = [f"{words}: {counted(number)}" for words, number in sorted(counts.items())]
    return [*[Paragraph(line) for line in dashes(lines)], table(facts)]


def table(facts: DossierFacts) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Đối tượng, hình thức đề nghị", Width.WIDE, heads=True),
        Column("Kết quả", Width.NARROW),
        Column("Căn cứ, lý do", Width.WIDE),
    )
    rows = tuple(
        Row((str(place), named(each), each.state_words, grounds(each))) for place, each in enumerate(facts.nominees, 1)
    )
    return Table("", columns, rows)


def named(each: NomineeFacts) -> str:
    """Name, where from, and what for, in one cell."""
    return "; ".join(part for part in (each.name, each.where, each.award) if part)


def grounds(each: NomineeFacts) -> str:
    """The specialist's reason first, then what the rules found open or missing."""
    branch = f"Theo điều khoản {each.branch}." if each.branch else ""
    return " ".join(part for part in (each.reason, branch, *each.findings) if part) or "-"
