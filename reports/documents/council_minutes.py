"""Biên bản họp Hội đồng (NĐ 30/2020, Mẫu 1.9): no place-and-date line, the secretary left, the chair right.

The rate of votes has to stand in the minutes (NĐ 152/2025, Điều 33 khoản 5). What nobody recorded stays open for
the pen; nothing is made up.
"""

from council.enums import Attendance, ItemOutcome
from reports.documents.blocks import Block, Heading, Paper, Paragraph, Signature
from reports.documents.council import council_letterhead, council_recipients
from reports.documents.council_session import ItemFacts, SeatFacts, SessionFacts
from reports.documents.council_voting import bulleted, passed_words, round_blocks, round_title
from reports.documents.dossier import kind_counts
from reports.documents.meeting import PEN, moment_words
from reports.documents.words import (
    counted,
    listed_apart,
    long_date,
    lower_first,
    sentence_end,
    tally,
    unnumbered,
    upper_first,
)

ABBREVIATION = "BB"
NAMED_RECUSALS = 10


def compose(facts: SessionFacts) -> Paper:
    subject = subject_of(facts)
    secretary, chair = facts.secretary, facts.chair
    return Paper(
        name=f"Biên bản {lower_first(subject)}",
        letterhead=council_letterhead(facts.council, ABBREVIATION, dated=False, draft=not facts.is_over),
        kind="BIÊN BẢN",
        summary=subject,
        blocks=tuple(body(facts)),
        signatories=(
            Signature(lines=("THƯ KÝ",), name=secretary),
            Signature(lines=("CHỦ TỌA",), name=chair.name if chair else ""),
        ),
        abreast=2,
        recipients=council_recipients(facts.council, "Các thành viên Hội đồng"),
    )


def subject_of(facts: SessionFacts) -> str:
    if facts.is_meeting:
        return f"Họp {facts.council.name} phiên thứ {counted(facts.number)} năm {facts.year}"
    return f"Lấy ý kiến bằng văn bản của {facts.council.name}, phiên thứ {counted(facts.number)} năm {facts.year}"


def body(facts: SessionFacts) -> list[Block]:
    return [
        *(opening(facts) if facts.is_meeting else asking(facts)),
        Heading(f"NỘI DUNG: {facts.title.upper()}"),
        *considered(facts),
        *discussion(facts),
        *recusals(facts),
        *votes(facts),
        *outcomes(facts),
        *conclusion(facts),
        Paragraph(ending(facts)),
    ]


def opening(facts: SessionFacts) -> list[Block]:
    chair, secretary = facts.chair, facts.secretary
    return [
        Paragraph(f"Thời gian bắt đầu: {moment_words(facts.starts, facts.held_on)}."),
        Paragraph(f"Địa điểm: {sentence_end(facts.place or PEN)}"),
        Paragraph("Thành phần tham dự:"),
        *bulleted([f"Khách mời: {guest}" for guest in facts.guests] + present_lines(facts)),
        *[Paragraph(line) for line in presence(facts)],
        Paragraph(f"Chủ trì (Chủ tọa): {sentence_end(chair.presented if chair else PEN)}"),
        Paragraph(f"Thư ký (người ghi biên bản): {sentence_end(f'đồng chí {secretary}' if secretary else PEN)}"),
    ]


def asking(facts: SessionFacts) -> list[Block]:
    """A round of written opinions has neither place nor roll."""
    due = long_date(facts.answers_due) if facts.answers_due else PEN
    secretary = facts.secretary
    return [
        Paragraph("Hình thức: lấy ý kiến bằng văn bản của từng thành viên, không tổ chức họp."),
        Paragraph(f"Số thành viên được lấy ý kiến: {counted(len(facts.members))}. Hạn gửi ý kiến: {sentence_end(due)}"),
        *bulleted([upper_first(seat.presented) for seat in facts.members]),
        Paragraph(f"Thư ký (người tổng hợp): {sentence_end(f'đồng chí {secretary}' if secretary else PEN)}"),
    ]


def present_lines(facts: SessionFacts) -> list[str]:
    """Who was in the room, in person or by somebody else; those without a vote are told apart."""
    lines = [here_words(seat) for seat in facts.seats if seat.is_here]
    return lines or ["Chưa điểm danh"]


def here_words(seat: SeatFacts) -> str:
    words = upper_first(seat.presented)
    if seat.attendance == Attendance.SUBSTITUTE:
        words += f" (ủy quyền cho {seat.substitute} dự thay theo {seat.authorisation})"
    return words if seat.votes else f"{words} (không biểu quyết)"


def presence(facts: SessionFacts) -> list[str]:
    """ "Có mặt: 11/13; vắng: 02, trong đó 02 gửi ý kiến bằng văn bản." with names, reasons and the quorum."""
    members = facts.members
    if not any(seat.attendance for seat in members):
        return []
    came = [seat for seat in members if seat.is_here]
    wrote = [seat for seat in members if seat.attendance == Attendance.WRITTEN]
    away = [seat for seat in members if not seat.is_here]
    counts = f"Có mặt: {counted(len(came))}/{counted(len(members))}; vắng: {tally(len(away))}"
    if wrote:
        counts += f", trong đó {counted(len(wrote))} thành viên gửi ý kiến bằng văn bản"
    lines = [f"{counts}."]
    if away:
        lines.append(f"Vắng mặt: {listed_apart(away_words(seat) for seat in away)}.")
    return [*lines, *quorum_words(facts)]


def away_words(seat: SeatFacts) -> str:
    how = {
        Attendance.WRITTEN.value: "gửi ý kiến bằng văn bản",
        Attendance.UNKNOWN.value: "chưa điểm danh",
    }.get(seat.attendance, "")
    reason = f"lý do: {seat.reason.rstrip(' .')}" if seat.reason else ""
    rest = ", ".join(part for part in (how, reason) if part)
    return f"đồng chí {seat.name}{f' ({rest})' if rest else ''}"


def quorum_words(facts: SessionFacts) -> list[str]:
    """Whether that was enough, by the council's own rules."""
    found = facts.quorum
    if found.needed is None:
        return ["Chưa có quy chế của Hội đồng về số thành viên tối thiểu để họp."]
    least = f"phiên họp cần ít nhất {counted(found.needed)}/{counted(found.total)} thành viên"
    if found.considers_awards and found.award_needed is not None:
        least += f", phiên xét khen thưởng cần ít nhất {counted(found.award_needed)}/{counted(found.total)} thành viên"
    verdict = "đủ điều kiện họp" if found.holds else "chưa đủ điều kiện họp"
    basis = found.citation.rstrip(" .")
    return [f"Số thành viên có mặt {counted(found.present)}/{counted(found.total)}, {verdict} theo {basis}: {least}."]


def considered(facts: SessionFacts) -> list[Block]:
    heading = Heading("1. Các trường hợp xét khen thưởng", level=2)
    if not facts.items:
        return [heading, Paragraph("Phiên họp không có trường hợp xét khen thưởng nào.")]
    groups = facts.by_award(facts.items)
    lines = [f"{award}: {kind_counts(item.nominee for item in items)}" for award, items in groups.items()]
    dossiers = {item.dossier for item in facts.items}
    total = kind_counts(item.nominee for item in facts.items)
    intro = f"Hội đồng nghe báo cáo thẩm định {counted(len(dossiers))} hồ sơ với {total}, gồm:"
    return [heading, Paragraph(intro), *bulleted(lines)]


def discussion(facts: SessionFacts) -> list[Block]:
    lines = [unnumbered(line) for line in facts.opening] or [f"Ý kiến thảo luận: {PEN}"]
    return [Heading("2. Diễn biến, ý kiến thảo luận", level=2), *bulleted(lines)]


def recusals(facts: SessionFacts) -> list[Block]:
    """Who kept out of what, and why; many items of one member are counted instead of named."""
    heading = Heading("3. Thành viên không tham gia biểu quyết", level=2)
    if not facts.recusals:
        return [heading, Paragraph("Không có thành viên nào không tham gia biểu quyết.")]
    lines = []
    for each in facts.recusals:
        few = len(each.items) <= NAMED_RECUSALS
        what = listed_apart(each.items) if few else f"{counted(len(each.items))} trường hợp"
        lines.append(f"Đồng chí {each.name} không tham gia biểu quyết đối với: {what} (lý do: {each.reason})")
    return [heading, *bulleted(lines)]


def votes(facts: SessionFacts) -> list[Block]:
    heading = Heading("4. Kết quả biểu quyết", level=2)
    if not facts.rounds:
        return [heading, Paragraph("Chưa có kết quả biểu quyết.")]
    blocks: list[Block] = [heading]
    for place, found in enumerate(facts.rounds, 1):
        blocks.append(Heading(f"4.{place}. {round_title(found)}: {passed_words(found)}", level=2))
        blocks += round_blocks(found)
    return blocks


def outcomes(facts: SessionFacts) -> list[Block]:
    """What was passed by award; who was not, by name with the reason; who decided where the count did not."""
    heading = Heading("5. Kết luận của Hội đồng", level=2)
    if not facts.items:
        return []
    passed = facts.of_outcome(ItemOutcome.PASSED)
    blocks: list[Block] = [heading, *bulleted([award_line(*pair) for pair in facts.by_award(facts.items).items()])]
    parts = (
        ("Thông qua theo quyết định của người có thẩm quyền:", [item for item in passed if item.settled_by]),
        ("Không thông qua:", facts.of_outcome(ItemOutcome.FAILED)),
        ("Rút khỏi phiên họp:", facts.of_outcome(ItemOutcome.WITHDRAWN)),
    )
    for words, items in parts:
        if items:
            blocks += [Paragraph(words), *bulleted([reason_line(item) for item in items])]
    return blocks


def award_line(award: str, items: list[ItemFacts]) -> str:
    """ "Bằng khen …: thông qua 02 tập thể, 01 cá nhân, không thông qua 01"; what did not happen is not told."""
    passed = [item.nominee for item in items if item.outcome == ItemOutcome.PASSED]
    words = [f"thông qua {kind_counts(passed) or 0}"]
    for outcome, verb in (
        (ItemOutcome.FAILED, "không thông qua"),
        (ItemOutcome.WITHDRAWN, "rút khỏi phiên họp"),
        (ItemOutcome.OPEN, "chưa kết luận"),
    ):
        if found := sum(item.outcome == outcome for item in items):
            words.append(f"{verb} {counted(found)}")
    return f"{award}: {', '.join(words)}"


def reason_line(item: ItemFacts) -> str:
    by = f"{item.settled_by} quyết định. " if item.settled_by else ""
    return f"{item.named} ({item.award}): {by}{item.reason or 'chưa ghi lý do'}"


def conclusion(facts: SessionFacts) -> list[Block]:
    lines = [unnumbered(line) for line in facts.conclusion]
    if not lines:
        return []
    return [Heading("6. Kết luận của Chủ tọa", level=2), *bulleted(lines)]


def ending(facts: SessionFacts) -> str:
    if not facts.is_meeting:
        return "Biên bản tổng hợp được gửi các thành viên Hội đồng./."
    return f"Phiên họp kết thúc vào {moment_words(facts.ends, facts.held_on)}./."
