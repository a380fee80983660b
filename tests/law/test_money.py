"""Reward money: NĐ 152/2025, Điều 49-55, and the oracle table B6 with oracle G.7."""

from datetime import date
from decimal import Decimal

import pytest

from awards.law.facts import SubjectKind
from awards.law.money import Group, Won, decimal_words, dong, payable, reward, round_up
from awards.law.money_tables import BASE_SALARIES, COEFFICIENTS, BaseSalary, Coefficient

PERSON, GROUP, HOME = SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE, SubjectKind.HOUSEHOLD
IN_2020, IN_2025, IN_2026 = date(2020, 6, 1), date(2025, 8, 1), date(2026, 8, 1)
DAYS = {1_490_000: IN_2020, 2_340_000: IN_2025, 2_530_000: IN_2026}

B6 = [
    ("0.3", 1_490_000, 447_000, 450_000),
    ("0.3", 2_340_000, 702_000, 710_000),
    ("0.3", 2_530_000, 759_000, 760_000),
    ("0.6", 1_490_000, 894_000, 900_000),
    ("0.6", 2_340_000, 1_404_000, 1_410_000),
    ("0.6", 2_530_000, 1_518_000, 1_520_000),
    ("0.8", 1_490_000, 1_192_000, 1_200_000),
    ("0.8", 2_340_000, 1_872_000, 1_880_000),
    ("0.8", 2_530_000, 2_024_000, 2_030_000),
    ("1.0", 1_490_000, 1_490_000, 1_490_000),
    ("1.0", 2_340_000, 2_340_000, 2_340_000),
    ("1.0", 2_530_000, 2_530_000, 2_530_000),
    ("1.5", 1_490_000, 2_235_000, 2_240_000),
    ("1.5", 2_340_000, 3_510_000, 3_510_000),
    ("1.5", 2_530_000, 3_795_000, 3_800_000),
    ("3.0", 1_490_000, 4_470_000, 4_470_000),
    ("3.0", 2_340_000, 7_020_000, 7_020_000),
    ("3.0", 2_530_000, 7_590_000, 7_590_000),
    ("4.5", 1_490_000, 6_705_000, 6_710_000),
    ("4.5", 2_340_000, 10_530_000, 10_530_000),
    ("4.5", 2_530_000, 11_385_000, 11_390_000),
    ("8.0", 1_490_000, 11_920_000, 11_920_000),
    ("8.0", 2_340_000, 18_720_000, 18_720_000),
    ("8.0", 2_530_000, 20_240_000, 20_240_000),
]


@pytest.mark.parametrize(("coefficient", "base", "raw", "rounded"), B6)
def test_table_b6_article_49_2_rounds_the_product_up_to_ten_thousand(coefficient, base, raw, rounded):
    rows = (Coefficient("x", PERSON, Decimal(coefficient), date(2017, 10, 1), None, "Điều X", True),)
    found = reward("x", PERSON, DAYS[base], coefficients=rows)
    assert (found.coefficient, found.base, found.raw, found.rounded) == (Decimal(coefficient), base, raw, rounded)


@pytest.mark.parametrize(
    ("award", "kind", "coefficient", "rounded", "article"),
    [
        ("cstd-toan-quoc", PERSON, "4.5", 11_390_000, "Điều 50 khoản 1 điểm a"),
        ("cstd-tinh", PERSON, "3.0", 7_590_000, "Điều 50 khoản 1 điểm b"),
        ("cstd-co-so", PERSON, "1.0", 2_530_000, "Điều 50 khoản 1 điểm c"),
        ("ld-tien-tien", PERSON, "0.3", 760_000, "Điều 50 khoản 1 điểm d"),
        ("tt-ld-xuat-sac", GROUP, "1.5", 3_800_000, "Điều 50 khoản 2 điểm a"),
        ("tt-ld-tien-tien", GROUP, "0.8", 2_030_000, "Điều 50 khoản 2 điểm b"),
        ("xa-tieu-bieu", GROUP, "2.0", 5_060_000, "Điều 50 khoản 2 điểm c"),
        ("thon-van-hoa", GROUP, "1.5", 3_800_000, "Điều 50 khoản 2 điểm d"),
        ("co-chinh-phu", GROUP, "12.0", 30_360_000, "Điều 50 khoản 2 điểm đ"),
        ("co-tinh", GROUP, "8.0", 20_240_000, "Điều 50 khoản 2 điểm e"),
        ("hc-sao-vang", PERSON, "46.0", 116_380_000, "Điều 51 khoản 1 điểm a"),
        ("hc-ho-chi-minh", PERSON, "30.5", 77_170_000, "Điều 51 khoản 1 điểm b"),
        ("hc-doc-lap-nhat", PERSON, "15.0", 37_950_000, "Điều 51 khoản 1 điểm c"),
        ("hc-doc-lap-nhi", PERSON, "12.5", 31_630_000, "Điều 51 khoản 1 điểm d"),
        ("hc-doc-lap-ba", PERSON, "10.5", 26_570_000, "Điều 51 khoản 1 điểm đ"),
        ("hc-lao-dong-nhat", PERSON, "9.0", 22_770_000, "Điều 51 khoản 1 điểm e"),
        ("hc-lao-dong-nhi", PERSON, "7.5", 18_980_000, "Điều 51 khoản 1 điểm g"),
        ("hc-lao-dong-ba", PERSON, "4.5", 11_390_000, "Điều 51 khoản 1 điểm h"),
        ("anh-hung-lao-dong", PERSON, "15.5", 39_220_000, "Điều 52"),
        ("bk-thu-tuong", PERSON, "3.5", 8_860_000, "Điều 54 khoản 1 điểm a"),
        ("bk-tinh", PERSON, "1.5", 3_800_000, "Điều 54 khoản 1 điểm b"),
        ("ky-niem-chuong", PERSON, "0.6", 1_520_000, "Điều 54 khoản 1 điểm d"),
        ("giay-khen", PERSON, "0.3", 760_000, "Điều 54 khoản 1 điểm e"),
        ("huy-chuong-huu-nghi", PERSON, "1.5", 3_800_000, "Điều 55"),
    ],
)
def test_decree_152_gives_each_award_its_coefficient(award, kind, coefficient, rounded, article):
    found = reward(award, kind, IN_2026)
    assert (found.coefficient, found.rounded, found.checked) == (Decimal(coefficient), rounded, True)
    assert found.citation.startswith(f"Nghị định 152/2025/NĐ-CP, {article}; ")
    assert found.citation.endswith("Nghị định 152/2025/NĐ-CP, Điều 49 khoản 1 và khoản 2")


@pytest.mark.parametrize(
    ("award", "coefficient", "rounded"),
    [("bk-tinh", "3.0", 7_590_000), ("bk-thu-tuong", "7.0", 17_710_000), ("giay-khen", "0.6", 1_520_000)],
)
def test_article_54_2_doubles_the_coefficient_for_collectives_and_not_the_rounded_money(award, coefficient, rounded):
    found = reward(award, GROUP, IN_2026)
    assert (found.coefficient, found.rounded) == (Decimal(coefficient), rounded)


def test_article_51_2_doubles_orders_for_collectives():
    assert reward("hc-lao-dong-ba", GROUP, IN_2025).coefficient == Decimal("9.0")
    assert reward("anh-hung-lao-dong", GROUP, IN_2025).coefficient == Decimal("31.0")


@pytest.mark.parametrize(
    ("award", "coefficient", "rounded"),
    [("giay-khen", "0.45", 1_140_000), ("bk-tinh", "2.25", 5_700_000), ("bk-thu-tuong", "5.25", 13_290_000)],
)
def test_article_54_3_gives_households_one_and_a_half_times(award, coefficient, rounded):
    found = reward(award, HOME, IN_2026)
    assert (found.coefficient, found.rounded) == (Decimal(coefficient), rounded)


@pytest.mark.parametrize(
    ("award", "kind"),
    [
        ("gia-dinh-van-hoa", HOME),
        ("hc-lao-dong-ba", HOME),
        ("cstd-tinh", GROUP),
        ("co-tinh", PERSON),
        ("ky-niem-chuong", GROUP),
        ("khong-co", PERSON),
    ],
)
def test_an_unknown_coefficient_is_none_and_never_zero(award, kind):
    found = reward(award, kind, IN_2026)
    assert (found.coefficient, found.base, found.raw, found.rounded, found.checked) == (None, None, None, None, False)
    assert found.formula == "Chưa có hệ số tiền thưởng tại ngày 01/08/2026; hãy bổ sung vào danh mục."


@pytest.mark.parametrize(
    ("day", "base"),
    [
        (date(2019, 7, 1), 1_490_000),
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 6, 30), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_article_49_1_takes_the_salary_in_force_on_the_day_of_the_decision(day, base):
    assert reward("cstd-co-so", PERSON, day).base == base


def test_before_the_first_salary_held_the_amount_is_none():
    found = reward("cstd-co-so", PERSON, date(2019, 6, 30))
    assert (found.coefficient, found.base, found.rounded) == (Decimal("1.0"), None, None)
    assert found.formula == "Chưa có mức lương cơ sở tại ngày 30/06/2019; hãy bổ sung."
    assert found.citation == "Nghị định 91/2017/NĐ-CP (cần đối chiếu)"


@pytest.mark.parametrize(
    ("day", "coefficient", "checked"),
    [(date(2023, 12, 31), "1.0", False), (date(2024, 1, 1), "1.5", False), (date(2025, 7, 1), "1.5", True)],
)
def test_a_provincial_certificate_changes_with_the_rule_set_of_the_decision(day, coefficient, checked):
    found = reward("bk-tinh", PERSON, day)
    assert (found.coefficient, found.checked) == (Decimal(coefficient), checked)


def test_the_last_day_of_decree_98_is_not_checked_and_cites_it():
    found = reward("cstd-tinh", PERSON, date(2025, 6, 30))
    assert found.citation == "Nghị định 98/2023/NĐ-CP (cần đối chiếu)"
    assert not found.checked


def test_a_base_salary_that_was_not_read_makes_the_amount_unchecked():
    salaries = (BaseSalary(date(2026, 7, 1), 2_530_000, "thử", False),)
    assert not reward("cstd-co-so", PERSON, IN_2026, base_salaries=salaries).checked


def test_callers_pass_their_own_tables():
    rows = (
        Coefficient("giay-khen", GROUP, Decimal("0.5"), date(2026, 1, 1), date(2026, 12, 31), "Quy định tỉnh", True),
    )
    assert reward("giay-khen", GROUP, IN_2026, coefficients=rows).rounded == 1_270_000
    assert reward("giay-khen", GROUP, date(2027, 1, 1), coefficients=rows).rounded is None
    assert reward("giay-khen", GROUP, date(2026, 12, 31), coefficients=rows).coefficient == Decimal("0.5")
    assert reward("giay-khen", GROUP, IN_2026, coefficients=(*rows, *COEFFICIENTS)).coefficient == Decimal("0.5")


def test_the_formula_shows_the_raw_product_and_the_rounding():
    assert reward("ld-tien-tien", PERSON, IN_2025).formula == (
        "0,3 × 2.340.000 = 702.000 đồng, làm tròn lên 710.000 đồng"
    )
    assert reward("cstd-tinh", PERSON, IN_2025).formula == "3,0 × 2.340.000 = 7.020.000 đồng"


def test_article_54_1_d_is_a_ceiling_and_the_formula_says_so():
    assert reward("ky-niem-chuong", PERSON, IN_2026).formula.startswith("tối đa 0,6 × ")


@pytest.mark.parametrize(
    ("amount", "rounded"), [(0, 0), (1, 10_000), (9_999, 10_000), (10_000, 10_000), (10_001, 20_000)]
)
def test_rounding_goes_up_and_leaves_whole_tens_of_thousands(amount, rounded):
    assert round_up(amount) == rounded


def test_a_fraction_of_a_dong_still_rounds_up():
    assert round_up(Decimal("10000.5")) == 20_000
    assert dong(Decimal("1138500.50")) == "1.138.500,5"
    assert decimal_words(Decimal("12.50")) == "12,5"
    assert decimal_words(Decimal("30")) == "30,0"


def test_article_49_3_and_49_4_a_higher_award_never_pays_less():
    titles = [
        reward(code, PERSON, IN_2026).rounded for code in ("ld-tien-tien", "cstd-co-so", "cstd-tinh", "cstd-toan-quoc")
    ]
    assert titles == sorted(titles)
    for code in ("giay-khen", "bk-tinh", "bk-thu-tuong"):
        amounts = [reward(code, kind, IN_2026).rounded for kind in (PERSON, HOME, GROUP)]
        assert amounts == sorted(amounts)


def test_the_salary_table_is_in_order_and_names_its_decrees():
    assert [each.starts for each in BASE_SALARIES] == sorted(each.starts for each in BASE_SALARIES)
    assert [each.checked for each in BASE_SALARIES] == [False, False, True, True]


def won(award, period="2025", group=Group.TITLE, kind=PERSON, achievement=""):
    return Won(award, kind, period, group, reward(award, kind, IN_2026), achievement)


def paid(*items):
    return [each.paid for each in payable(items)]


def test_oracle_g7_of_two_titles_of_one_period_only_the_highest_is_paid():
    found = payable([won("cstd-co-so"), won("cstd-tinh")])
    assert [each.paid for each in found] == [False, True]
    assert found[1].won.reward.coefficient == Decimal("3.0")
    assert found[0].reason == "Không chi: các danh hiệu cùng thời gian được tính (2025) chỉ chi danh hiệu cao nhất."
    assert found[1].reason.startswith("Được chi: ")
    assert found[0].citation == "Nghị định 152/2025/NĐ-CP, Điều 49 khoản 5"


def test_oracle_g7_article_49_7_pays_a_title_and_a_form_both():
    found = payable([won("cstd-co-so"), won("bk-tinh", group=Group.FORM)])
    assert [each.paid for each in found] == [True, True]
    assert found[0].reason == "Được chi: danh hiệu và hình thức khen thưởng cùng được nhận tiền thưởng."
    assert found[1].citation == "Nghị định 152/2025/NĐ-CP, Điều 49 khoản 6"


def test_article_49_5_pays_titles_of_different_periods_each():
    found = payable([won("cstd-co-so", "2025"), won("cstd-tinh", "2023-2025")])
    assert [each.paid for each in found] == [True, True]
    assert found[0].reason == "Được chi: khác thời gian hoặc thành tích được tính."


def test_article_49_6_pays_forms_for_different_achievements_each():
    one = won("bk-tinh", group=Group.FORM, achievement="cứu nạn")
    other = won("giay-khen", group=Group.FORM, achievement="chuyển đổi số")
    assert paid(one, other) == [True, True]


def test_two_forms_for_one_achievement_pay_only_the_higher():
    one = won("bk-tinh", group=Group.FORM, achievement="cứu nạn")
    other = won("giay-khen", group=Group.FORM, achievement="cứu nạn")
    found = payable([other, one])
    assert [each.paid for each in found] == [False, True]
    assert "hãy xem lại hồ sơ" in found[0].reason


def test_two_equal_titles_of_one_period_pay_once():
    assert paid(won("cstd-co-so"), won("cstd-co-so")) == [True, False]


def test_a_single_award_is_paid():
    found = payable([won("cstd-co-so")])
    assert (found[0].paid, found[0].reason) == (True, "Được chi: chỉ có một mức thưởng.")


def test_an_unknown_amount_leaves_its_whole_group_open_but_not_the_others():
    unknown = won("gia-dinh-van-hoa")
    found = payable([unknown, won("cstd-co-so"), won("cstd-tinh", "2024")])
    assert [each.paid for each in found] == [None, None, True]
    assert "hãy bổ sung hệ số" in found[0].reason
