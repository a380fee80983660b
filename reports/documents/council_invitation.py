"""Giấy mời họp Hội đồng, or the letter that asks for opinions in writing (NĐ 30/2020, Phụ lục III)."""

from council.enums import SessionState
from reports.documents.blocks import Block, Heading, Paper, Paragraph, Signature
from reports.documents.council import council_letterhead, council_recipients
from reports.documents.council_session import SessionFacts
from reports.documents.dossier import kind_counts
from reports.documents.meeting import PEN
from reports.documents.words import clock, counted, dashes, long_date, lower_first, sentence_end

ABBREVIATION = "GM"


def compose(facts: SessionFacts) -> Paper:
    subject = f"Họp {facts.council.name}" if facts.is_meeting else f"Cho ý kiến về {lower_first(facts.title)}"
    return Paper(
        name=f"Giấy mời {lower_first(subject)}, phiên {facts.number} năm {facts.year}",
        letterhead=council_letterhead(
            facts.council,
            ABBREVIATION,
            number=facts.invitation_number,
            on=facts.called_on,
            dated=True,
            draft=facts.state == SessionState.PREPARING,
        ),
        kind="GIẤY MỜI",
        summary=subject,
        blocks=tuple(body(facts)),
        signature=chair_signature(facts),
        recipients=council_recipients(facts.council, "Như trên"),
    )


def chair_signature(facts: SessionFacts) -> Signature:
    """The chair signs for the council; both posts are shown (NĐ 30/2020, Phụ lục I)."""
    chair = facts.chair
    role = "CHỦ TỊCH" if chair is None or chair.role == "chair" else "KT. CHỦ TỊCH"
    lines = ("TM. HỘI ĐỒNG", role) if role == "CHỦ TỊCH" else ("TM. HỘI ĐỒNG", role, "PHÓ CHỦ TỊCH")
    return Signature(lines=lines, post=chair.title.upper() if chair else "", name=chair.name if chair else "")


def body(facts: SessionFacts) -> list[Block]:
    return [
        Paragraph(f"{facts.council.name} trân trọng kính mời:"),
        *[Paragraph(line) for line in invited(facts)],
        *(meeting(facts) if facts.is_meeting else in_writing(facts)),
        *agenda(facts),
        Paragraph(request_of(facts)),
    ]


def invited(facts: SessionFacts) -> list[str]:
    """Everybody with a seat by name, then the guests; before the call the members as a body."""
    seats = [f"Đồng chí {seat.presented.removeprefix('đồng chí ')}" for seat in facts.seats]
    return dashes([*(seats or [f"Các thành viên {facts.council.name}"]), *facts.guests])


def meeting(facts: SessionFacts) -> list[Block]:
    starts = f"{clock(facts.starts)}, " if facts.starts else ""
    when = f"{starts}{long_date(facts.held_on)}" if facts.held_on else PEN
    chair = facts.chair
    return [
        Paragraph(f"Tới dự phiên họp thứ {counted(facts.number)} năm {facts.year}: {sentence_end(facts.title)}"),
        Paragraph(f"Chủ trì: {sentence_end(chair.presented if chair else PEN)}"),
        Paragraph(f"Thời gian: {sentence_end(when)}"),
        Paragraph(f"Địa điểm: {sentence_end(facts.place or PEN)}"),
    ]


def in_writing(facts: SessionFacts) -> list[Block]:
    due = long_date(facts.answers_due) if facts.answers_due else PEN
    return [
        Paragraph(f"Cho ý kiến bằng văn bản, không tổ chức họp, về nội dung: {sentence_end(facts.title)}"),
        Paragraph(f"Ý kiến gửi về {facts.council.standing or facts.council.name} trước khi hết {due}."),
    ]


def agenda(facts: SessionFacts) -> list[Block]:
    if not facts.considered:
        return [Paragraph("Nội dung: phiên họp chưa có trường hợp xét khen thưởng nào.")]
    groups = facts.by_award(facts.considered)
    lines = [f"{award}: {kind_counts(item.nominee for item in items)}" for award, items in groups.items()]
    return [Heading("Nội dung xét khen thưởng", level=2), *[Paragraph(line) for line in dashes(lines)]]


def request_of(facts: SessionFacts) -> str:
    if not facts.is_meeting:
        return "Tài liệu gửi kèm trên hệ thống. Đề nghị các đồng chí nghiên cứu, cho ý kiến đúng hạn./."
    return (
        "Tài liệu gửi kèm trên hệ thống. Đề nghị các đồng chí nghiên cứu trước và dự họp đúng thành phần; trường hợp "
        "cử người dự thay phải có văn bản ủy quyền./."
    )
