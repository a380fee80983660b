"""Trích sổ khen thưởng: the awards of one recipient in order of time, to be printed and confirmed."""

from awards.enums import AwardLevel
from awards.models import Subject
from council.domain.register.history import Recipient, Stretch
from council.domain.register.reading import Entry
from khoithidua.web.labels import label_of
from reports.documents.blocks import (
    Align,
    Block,
    Column,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    Width,
)
from reports.documents.pdf import paper_pdf
from reports.documents.words import blank_date, counted, lower_first

COLUMNS = (
    Column("TT", Width.TINY, Align.CENTER),
    Column("Năm", Width.NARROW, Align.CENTER),
    Column("Danh hiệu, hình thức khen thưởng", Width.WIDE, heads=True),
    Column("Quyết định", Width.WIDE),
    Column("Ghi chú", Width.WIDE),
)


def history_pdf(recipient: Recipient) -> bytes:
    """The history as PDF; equal rows give equal bytes. Raises FontsMissing."""
    return paper_pdf(compose(recipient))


def compose(recipient: Recipient) -> Paper:
    """On the letterhead of the standing body, which keeps the register; it is valid when that body has signed it."""
    council, standing = recipient.subject.council, recipient.subject.council.standing_agency
    return Paper(
        name=f"Lịch sử khen thưởng {recipient.name}",
        letterhead=Letterhead(
            superior=standing.superior.upper() if standing else "",
            issuer=(standing.name if standing else council.name).upper(),
            number="",
            place_date=f"{council.place or council.province}, {blank_date(None)}",
            draft=False,
        ),
        kind="TRÍCH SỔ KHEN THƯỞNG",
        summary=f"Lịch sử khen thưởng của {recipient.name}",
        blocks=tuple(body(recipient)),
        signatories=(Signature(lines=("NGƯỜI LẬP",)), Signature(lines=("XÁC NHẬN CỦA CƠ QUAN THƯỜNG TRỰC",))),
        abreast=2,
    )


def body(recipient: Recipient) -> list[Block]:
    if not recipient.entries:
        return [Note("Sổ khen thưởng chưa có dòng nào của đối tượng này.")]
    return [
        Paragraph(f"{kind_words(recipient.subject)}: {recipient.name}."),
        *([Paragraph(f"Đơn vị công tác, địa chỉ: {recipient.unit}.")] if recipient.unit else []),
        Paragraph(f"Số lần được khen thưởng còn hiệu lực: {level_words(recipient)}."),
        Table("", COLUMNS, tuple(rows(recipient))),
    ]


def kind_words(subject: Subject) -> str:
    return label_of(subject, "kind")


def level_words(recipient: Recipient) -> str:
    """ "cấp Nhà nước: 01; cấp cơ sở: 03"; levels without an award are left out."""
    levels = zip(AwardLevel.labels, recipient.counts, strict=True)
    held = [f"{lower_first(str(level))}: {counted(count)}" for level, count in levels if count]
    return "; ".join(held) or "không còn"


def rows(recipient: Recipient) -> list[Row]:
    """A line for each five years, then its awards; the numbering runs on."""
    found: list[Row] = []
    place = 0
    for stretch in recipient.stretches:
        found.append(Row((heading(stretch),), strong=True, span=True))
        for entry in stretch.entries:
            place += 1
            found.append(row_of(place, entry, recipient.name))
    return found


def heading(stretch: Stretch) -> str:
    return f"Giai đoạn {stretch.words}: {counted(len(stretch.entries))}"


def row_of(place: int, entry: Entry, name: str) -> Row:
    award = entry.record.award
    named = "; ".join(part for part in (award.name, lower_first(label_of(award, "level")), entry.achievement) if part)
    return Row((str(place), str(entry.record.year), named, paper_words(entry), remarks(entry, name) or "-"))


def paper_words(entry: Entry) -> str:
    """ "Số 05/QĐ-UBND ngày 20/11/2026 của Chủ tịch …"; what is not known is said so."""
    record = entry.record
    number = f"Số {record.decision_number}" if record.decision_number else "Chưa có số quyết định"
    day = f" ngày {record.decided_on:%d/%m/%Y}" if record.decided_on else ""
    return f"{number}{day}{f' của {record.issuer}' if record.issuer else ''}"


def remarks(entry: Entry, name: str) -> str:
    """Revocation first, then correction, then another printed name."""
    parts = []
    if entry.record.revoked_on is not None:
        by = f" theo {entry.revocation}" if entry.revocation else ""
        parts.append(f"Đã hủy bỏ, thu hồi ngày {entry.record.revoked_on:%d/%m/%Y}{by}")
    if entry.correction is not None:
        parts.append(f"Đính chính theo {entry.correction}")
    if entry.now is not None and entry.now.name != name:
        parts.append(f"Tên ghi trong quyết định: {entry.now.name}")
    return "; ".join(parts)
