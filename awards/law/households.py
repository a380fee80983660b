"""Households: Luật TĐKT 2022, Điều 31, 73.6, 74.5, 75.2; Luật TĐKT 2003 (sửa đổi 2013), Điều 29, 73.3, 76.4."""

from awards.law.branches import HOUSEHOLD, Attestation, Branch, Round, cite
from awards.law.checks import Check
from awards.law.collectives_open import open_collectives
from awards.law.collectives_tests import attested
from awards.law.collectives_title_lists import DETAILED
from awards.law.facts import Category, Nominee
from awards.law.individuals_open import Open
from awards.law.individuals_titles import LAW_2003, LAW_2022, TITLE_CATEGORIES
from awards.law.runs import PROVINCIAL_CERTIFICATES

EXEMPLARY = Attestation("exemplary", "gương mẫu chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước")
FAMILY = (
    ("exemplary", "gương mẫu chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước"),
    ("movement", "tích cực tham gia các phong trào thi đua của địa phương"),
    ("family-life", "gia đình no ấm, tiến bộ, hạnh phúc, văn minh, gắn bó, đoàn kết, tương trợ trong cộng đồng"),
)
OLD_FAMILY = (
    (
        "exemplary",
        "gương mẫu chấp hành chủ trương, chính sách của Đảng, tích cực tham gia phong trào thi đua nơi cư trú",
    ),
    ("family-life", "gia đình hòa thuận, hạnh phúc, tiến bộ, tương trợ giúp đỡ mọi người trong cộng đồng"),
    ("production", "tổ chức lao động, sản xuất, kinh doanh, công tác, học tập đạt năng suất, chất lượng, hiệu quả"),
)
# A household is honoured for what it gave, whatever the dossier calls the kind of commendation.
_EVERY_KIND = frozenset(Category)


def cultural_family(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 31.1: three standards that the dossier attests."""
    return attested(nominee, FAMILY)


def old_cultural_family(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 29 of 2003: three standards that the dossier attests."""
    return attested(nominee, OLD_FAMILY)


_FAMILY_2022 = Branch(
    code="31.1",
    rule="A3-H4",
    award="gia-dinh-van-hoa",
    kinds=HOUSEHOLD,
    title="Gia đình văn hóa",
    citation=cite(LAW_2022, "31.1"),
    test=cultural_family,
    categories=TITLE_CATEGORIES,
    attestations=(DETAILED,),
)
_FAMILY_2003 = Branch(
    code="29",
    rule="A3-H4",
    award="gia-dinh-van-hoa",
    kinds=HOUSEHOLD,
    title="Gia đình văn hóa",
    citation=cite(LAW_2003, "29"),
    test=old_cultural_family,
    categories=TITLE_CATEGORIES,
)


def _left(
    law: str, rule: str, awards: tuple[str, ...], code: str, title: str, *attestations: Attestation
) -> tuple[Branch, ...]:
    return open_collectives(law, rule, awards, (Open(code, title, _EVERY_KIND),), attestations, HOUSEHOLD)


_LARGE = "Có đóng góp lớn về công sức, đất đai và tài sản cho địa phương, xã hội"
_MUCH = "Có nhiều đóng góp về công sức, đất đai và tài sản cho địa phương, xã hội"
_UNIT = "Có đóng góp hoặc thành tích được bình xét theo tiêu chuẩn giấy khen do tỉnh quy định chi tiết"
_OLD_CERTIFICATE = "Bằng khen đối với gia đình theo quy định của Chính phủ"
_OLD_UNIT = "Giấy khen đối với gia đình theo quy định của Chính phủ"

R2017 = (
    _FAMILY_2003,
    *_left(LAW_2003, "A3-H1", ("bk-thu-tuong",), "73.3", _OLD_CERTIFICATE),
    *_left(LAW_2003, "A3-H2", PROVINCIAL_CERTIFICATES, "73.3", _OLD_CERTIFICATE),
    *_left(LAW_2003, "A3-H3", ("giay-khen",), "76.4", _OLD_UNIT),
)
R2024 = (
    _FAMILY_2022,
    *_left(LAW_2022, "A3-H1", ("bk-thu-tuong",), "73.6", _LARGE, EXEMPLARY),
    *_left(LAW_2022, "A3-H2", PROVINCIAL_CERTIFICATES, "74.5", _MUCH, EXEMPLARY),
    *_left(LAW_2022, "A3-H3", ("giay-khen",), "75.2", _UNIT),
)
R2025 = R2024
