"""What a certificate says of one recipient, by the keys of ``council.domain.certificates.keys``."""

from collections.abc import Mapping

from awards.enums import AwardGroup
from awards.models import AwardForm
from council.domain.certificates.keys import Key
from council.domain.certificates.printing import Printed
from council.models import Decision
from reports.documents.council_decided import ACHIEVED
from reports.documents.dossier import period_words
from reports.documents.fonts import printable
from reports.documents.words import counted, long_date

# These are named on the form by what they are; whose they are stands above.
NAMED_BY_GROUP = frozenset({AwardGroup.CERTIFICATE, AwardGroup.MERIT_PAPER})
LONG_SAMPLE: dict[str, str] = {
    Key.ISSUER: "Chủ tịch Ủy ban nhân dân tỉnh",
    Key.GIVING: "Tặng",
    Key.AWARD: "Bằng khen",
    Key.NAME: "Tập thể cán bộ, viên chức Trung tâm Kiểm soát bệnh tật và Phòng chống dịch",
    Key.POST: "Trưởng phòng Tổ chức – Hành chính kiêm Chủ tịch Công đoàn cơ sở",
    Key.UNIT: "Chi cục Trồng trọt, Bảo vệ thực vật và Quản lý chất lượng nông, lâm sản, Sở Nông nghiệp và Môi trường",
    Key.POST_UNIT: "Trưởng phòng Tổ chức – Hành chính, Chi cục Trồng trọt, Bảo vệ thực vật và Quản lý chất lượng nông, "
    "lâm sản, Sở Nông nghiệp và Môi trường",
    Key.CITATION: "Đã có thành tích xuất sắc trong chỉ đạo, tổ chức thực hiện phong trào thi đua “Cả nước chung sức "
    "xây dựng nông thôn mới” và “Vì người nghèo – Không để ai bị bỏ lại phía sau” giai đoạn 2021 – 2025, góp phần "
    "hoàn thành thắng lợi các mục tiêu phát triển kinh tế – xã hội của tỉnh",
    Key.DECISION: "Quyết định số 2024/QĐ-UBND ngày 28 tháng 12 năm 2025",
    Key.BOOK: "Vào sổ số: 1024",
    Key.BOOK_NUMBER: "1024",
    Key.GOLDEN_BOOK: "Số sổ vàng: 324",
    Key.PLACE_DATE: "Thành phố Hồ Chí Minh, ngày 28 tháng 12 năm 2025",
    Key.SIGNER_TITLE: "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC",
    Key.SIGNER_NAME: "Nguyễn Trần Phương Quỳnh Hương",
}
SAMPLE_CODE = "mau-thu-khong-co-that"


def texts_of(decision: Decision, printed: Printed) -> Mapping[str, str]:
    """All texts of one certificate; what is not known is empty. No query: issuer, council and award are fetched."""
    line, now, day = printed.line, printed.now, decision.issued_on
    number = line.book_number
    place = decision.issuer.place or decision.council.place or decision.council.province
    texts: dict[str, str] = {
        Key.ISSUER: decision.issuer.name,
        Key.GIVING: giving(line.award),
        Key.AWARD: award_words(line.award),
        Key.NAME: now.name,
        Key.POST: now.post,
        Key.UNIT: now.unit,
        Key.POST_UNIT: ", ".join(part for part in (now.post, now.unit) if part),
        Key.CITATION: now.citation or achieved(decision),
        Key.DECISION: f"Quyết định số {decision.full_number} {long_date(day)}" if day else "",
        Key.BOOK: f"Vào sổ số: {counted(number)}" if number is not None else "",
        Key.BOOK_NUMBER: counted(number) if number is not None else "",
        Key.GOLDEN_BOOK: f"Số sổ vàng: {counted(line.position)}",
        Key.PLACE_DATE: f"{place}, {long_date(day)}" if day else "",
        Key.SIGNER_TITLE: decision.signer_title,
        Key.SIGNER_NAME: decision.signer_name,
    }
    return {key: printable(text) for key, text in texts.items()}


def giving(award: AwardForm) -> str:
    """ "Tặng", before a title "Tặng danh hiệu"; a flag is a title that is given as it is."""
    return "Tặng danh hiệu" if award.is_title and "Cờ" not in award.name else "Tặng"


def award_words(award: AwardForm) -> str:
    return AwardGroup(award.group).label if award.group in NAMED_BY_GROUP else award.name


def achieved(decision: Decision) -> str:
    """What the decision says of all its names, where a line says nothing of its own."""
    words = ACHIEVED[decision.category].format(year=decision.year)
    period = period_words((decision.achievement_from, decision.achievement_until))
    sentence = f"{words}, thành tích tính {period}" if period else words
    return sentence[:1].upper() + sentence[1:]
