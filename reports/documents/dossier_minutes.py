"""Biên bản bình xét, xét khen thưởng of the unit that proposes (NĐ 30/2020, Mẫu 1.9; domain-2.md part 4).

What the dossier does not know stays open for the pen: when, where, who came, how the vote went.
"""

from reports.documents.blocks import Block, Heading, Paper, Paragraph, Signature
from reports.documents.dossier import DossierFacts, agency_letterhead, dossier_recipients, kind_counts
from reports.documents.dossier_list import list_blocks
from reports.documents.laws import grounds_on
from reports.documents.words import NBSP, dashes, lower_first

ABBREVIATION = "BB"
PEN = "……"
DAY = f"ngày{NBSP * 3}{PEN}{NBSP}tháng{NBSP}{PEN}{NBSP}năm{NBSP}{PEN}"


def compose(facts: DossierFacts) -> Paper:
    subject = f"Họp bình xét, xét khen thưởng năm {facts.year}"
    return Paper(
        name=f"Biên bản {lower_first(subject)}",
        letterhead=agency_letterhead(facts, ABBREVIATION, dated=False),
        kind="BIÊN BẢN",
        summary=subject,
        blocks=tuple(body(facts)),
        signatories=(Signature(lines=("THƯ KÝ",)), Signature(lines=("CHỦ TỌA",))),
        abreast=2,
        recipients=dossier_recipients(facts),
    )


def body(facts: DossierFacts) -> list[Block]:
    return [
        Paragraph(f"Thời gian bắt đầu: {PEN} giờ {PEN}, {DAY}."),
        Paragraph(f"Địa điểm: {PEN}"),
        Paragraph(f"Thành phần tham dự: {PEN} Có mặt: {PEN}/{PEN}; vắng: {PEN}, lý do: {PEN}"),
        Paragraph(f"Chủ trì (Chủ tọa): {PEN}"),
        Paragraph(f"Thư ký (người ghi biên bản): {PEN}"),
        Heading("NỘI DUNG (theo diễn biến cuộc họp)"),
        Heading("1. Tiêu chuẩn, quy định làm căn cứ bình xét", level=2),
        *[Paragraph(line) for line in dashes(line.removeprefix("Căn cứ ") for line in grounds_on(facts.on))],
        Heading("2. Báo cáo thành tích, thảo luận", level=2),
        Paragraph(
            f"Cuộc họp nghe báo cáo thành tích của {kind_counts(facts.nominees) or PEN}. Ý kiến thảo luận: {PEN}"
        ),
        Heading("3. Kết quả bình xét", level=2),
        *list_blocks(facts),
        Paragraph(
            f"Kết quả biểu quyết (bỏ phiếu kín): {PEN}/{PEN} người dự họp nhất trí, đạt {PEN}%. "
            f"{facts.proposer} thống nhất đề nghị {facts.council} xem xét."
        ),
        Paragraph(f"Cuộc họp kết thúc vào {PEN} giờ {PEN}, {DAY}./."),
    ]
