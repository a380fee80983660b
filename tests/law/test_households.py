"""Households: Luật TĐKT 2022, Điều 31, 73.6, 74.5, 75.2; Luật TĐKT 2003 (sửa đổi 2013), Điều 29, 73.3, 76.4."""

from datetime import date

import pytest

from awards.law.engine import judge
from awards.law.facts import Category, Nominee, SubjectKind
from awards.law.households import FAMILY, OLD_FAMILY

IN_2023, IN_2024 = date(2023, 12, 31), date(2024, 12, 31)


def judged(award, on=IN_2024, **facts):
    return judge(Nominee("h", award, on, SubjectKind.HOUSEHOLD, **facts))


@pytest.mark.parametrize(("on", "standards", "article"), [(IN_2023, OLD_FAMILY, "29"), (IN_2024, FAMILY, "31 khoản 1")])
def test_articles_29_and_31_a_cultural_family_is_attested_in_each_standard(on, standards, article):
    whole = {code: True for code, _ in standards}
    found = judged("gia-dinh-van-hoa", on, attested=whole)
    assert found.verdict == "eligible"
    assert len(found.checks) == 3
    assert found.checks[0].citation.endswith(f"Điều {article}")
    for code in whole:
        assert judged("gia-dinh-van-hoa", on, attested={**whole, code: False}).verdict == "ineligible"
        without = {key: True for key in whole if key != code}
        assert judged("gia-dinh-van-hoa", on, attested=without).verdict == "needs-decision"


def test_articles_29_and_31_the_standards_have_the_codes_that_a_dossier_writes():
    assert [code for code, _ in FAMILY] == ["exemplary", "movement", "family-life"]
    assert [code for code, _ in OLD_FAMILY] == ["exemplary", "family-life", "production"]


def test_article_31_2_the_provinces_detail_is_noted():
    found = judged("gia-dinh-van-hoa", attested={code: True for code, _ in FAMILY})
    assert [note.text for note in found.notes if note.rule != "A4-4"] == [
        "Hồ sơ cần có xác nhận của đơn vị về việc đáp ứng tiêu chuẩn chi tiết do tỉnh quy định."
    ]


@pytest.mark.parametrize(
    ("award", "on", "code", "rule", "words"),
    [
        ("bk-thu-tuong", IN_2024, "73.6", "A3-H1", "đóng góp lớn về công sức, đất đai và tài sản"),
        ("bk-tinh", IN_2024, "74.5", "A3-H2", "nhiều đóng góp về công sức, đất đai và tài sản"),
        ("bk-bo", IN_2024, "74.5", "A3-H2", "nhiều đóng góp về công sức"),
        ("giay-khen", IN_2024, "75.2", "A3-H3", "tiêu chuẩn giấy khen do tỉnh quy định chi tiết"),
        ("bk-thu-tuong", IN_2023, "73.3", "A3-H1", "theo quy định của Chính phủ"),
        ("bk-tinh", IN_2023, "73.3", "A3-H2", "theo quy định của Chính phủ"),
        ("giay-khen", IN_2023, "76.4", "A3-H3", "giấy khen đối với gia đình theo quy định của Chính phủ"),
    ],
)
def test_what_a_household_gave_is_weighed_by_people(award, on, code, rule, words):
    found = judged(award, on)
    assert found.verdict == "needs-decision"
    (check,) = found.checks
    assert (check.branch, check.rule) == (code, rule)
    assert words in check.text


@pytest.mark.parametrize("category", [Category.MERIT, Category.MOVEMENT, Category.SURPRISE])
def test_a_household_may_be_honoured_in_every_kind_of_commendation(category):
    assert judged("bk-tinh", category=category).verdict == "needs-decision"


def test_denied_exemplary_conduct_fails_a_household():
    found = judged("bk-tinh", attested={"exemplary": False})
    assert found.verdict == "ineligible"


@pytest.mark.parametrize("award", ["co-tinh", "tt-ld-xuat-sac", "cstd-co-so", "hc-lao-dong-ba"])
def test_a_household_receives_no_award_of_collectives_or_persons(award):
    assert judged(award).verdict == "ineligible"
