"""Quotas of domain.md B5 (oracles G.2, G.9, G.10) and NĐ 152/2025, Điều 7 khoản 1."""

import pytest

from awards.law.quotas import (
    BlocLimits,
    Level,
    at_most_percent,
    base_fighters,
    bloc_quotas,
    capped,
    government_flags,
    government_flags_by_flags,
)
from awards.law.rule_sets import R2017, R2024, R2025, R2026


@pytest.mark.parametrize(
    ("whole", "percent", "most"),
    [(20, 15, 3), (7, 15, 1), (6, 15, 0), (34, 20, 6), (35, 20, 7), (4, 20, 0), (5, 20, 1)],
)
def test_a_percentage_of_people_is_rounded_down(whole, percent, most):
    assert at_most_percent(whole, percent) == most


@pytest.mark.parametrize(
    ("fighters", "advanced", "level", "limit"),
    [
        (3, 20, Level.OK, 3),
        (4, 20, Level.BLOCK, 3),
        (1, 7, Level.OK, 1),
        (2, 7, Level.BLOCK, 1),
        (2, 13, Level.BLOCK, 1),
        (2, 14, Level.OK, 2),
        (0, 0, Level.OK, 0),
    ],
)
def test_decree_91_article_9_3_caps_base_fighters_at_15_percent_of_advanced_workers(fighters, advanced, level, limit):
    quota = base_fighters(R2017, fighters, advanced)
    assert (quota.level, quota.limit, quota.used) == (level, limit, fighters)
    assert quota.citation == "Nghị định 91/2017/NĐ-CP, Điều 9 khoản 3"
    assert (
        f"{fighters} Chiến sĩ thi đua cơ sở trên {advanced} Lao động tiên tiến, nhiều nhất {limit} (15%)"
        in quota.sentence
    )


@pytest.mark.parametrize("rule_set", [R2024, R2025, R2026])
def test_from_2024_no_cap_on_base_fighters_is_left(rule_set):
    quota = base_fighters(rule_set, 20, 20)
    assert (quota.level, quota.limit, quota.used) == (Level.OK, None, 20)
    assert "không giới hạn" in quota.sentence
    assert quota.citation == "Luật TĐKT 2022"


def test_an_unknown_number_of_advanced_workers_warns():
    quota = base_fighters(R2017, 3, None)
    assert (quota.level, quota.limit) == (Level.WARN, None)
    assert "hãy bổ sung" in quota.sentence


def test_over_a_quota_the_sentence_says_how_many_to_leave_out():
    assert base_fighters(R2017, 5, 20).sentence.endswith("vượt 2, hãy bớt 2.")
    assert base_fighters(R2017, 3, 20).sentence.endswith("trong giới hạn.")
    assert government_flags(R2024, 9, 34).sentence.endswith("vượt 3, hãy xem lại, có thể phải bớt 3.")


@pytest.mark.parametrize(
    ("nominees", "leaders", "level", "limit"),
    [(6, 34, Level.OK, 6), (7, 34, Level.BLOCK, 6), (0, 4, Level.OK, 0), (1, 4, Level.BLOCK, 0), (1, 5, Level.OK, 1)],
)
def test_decree_152_article_7_1_caps_nominees_at_20_percent_of_qualified_leaders(nominees, leaders, level, limit):
    for rule_set in (R2025, R2026):
        quota = government_flags(rule_set, nominees, leaders)
        assert (quota.level, quota.limit, quota.used) == (level, limit, nominees)
        assert quota.citation == "Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1"
        assert f"trên {leaders} tập thể dẫn đầu" in quota.sentence


def test_before_2025_the_same_share_only_warns():
    assert government_flags(R2024, 7, 34).level is Level.WARN
    assert government_flags(R2024, 6, 34).level is Level.OK
    assert government_flags(R2024, 7, 34).citation == "Nghị định 98/2023/NĐ-CP (cần đối chiếu)"
    assert government_flags(R2017, 7, 34).citation == "Nghị định 91/2017/NĐ-CP, Điều 11 (cần đối chiếu)"


@pytest.mark.parametrize("rule_set", [R2017, R2024, R2025])
def test_an_unknown_number_of_leaders_warns_and_does_not_block(rule_set):
    quota = government_flags(rule_set, 7, None)
    assert (quota.level, quota.limit, quota.used) == (Level.WARN, None, 7)
    assert "hãy bổ sung" in quota.sentence


@pytest.mark.parametrize("rule_set", [R2017, R2024])
def test_oracle_g9_the_old_proxy_passes_12_of_66_and_warns_at_11_of_42(rule_set):
    held = government_flags_by_flags(rule_set, 12, 54)
    assert (held.level, held.limit, held.used) == (Level.OK, 13, 12)
    over = government_flags_by_flags(rule_set, 11, 31)
    assert (over.level, over.limit) == (Level.WARN, 8)
    assert "trên tổng số 42 cờ" in over.sentence


def test_the_proxy_stands_on_exactly_20_percent():
    assert government_flags_by_flags(R2017, 2, 8).level is Level.OK
    assert government_flags_by_flags(R2017, 2, 7).level is Level.WARN
    assert government_flags_by_flags(R2025, 2, 7).citation == "Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1"


def test_oracle_g10_seven_units_with_one_government_and_two_provincial_flags_are_lawful():
    limits = BlocLimits(government_flags=1, provincial_flags=2)
    quotas = bloc_quotas(limits, members=7, government=1, provincial=2, certificates=0)
    assert [each.level for each in quotas] == [Level.OK, Level.OK, Level.OK]
    assert quotas[1].sentence == "Cờ thi đua của tỉnh: 2, nhiều nhất 2: trong giới hạn."


def test_a_third_provincial_flag_is_over_the_bloc_limit():
    limits = BlocLimits(1, 2, basis="Quyết định 1174/QĐ-UBND")
    quota = bloc_quotas(limits, members=7, government=1, provincial=3, certificates=0)[1]
    assert (quota.level, quota.citation) == (Level.BLOCK, "Quyết định 1174/QĐ-UBND")


@pytest.mark.parametrize(("certificates", "level"), [(4, Level.OK), (5, Level.BLOCK)])
def test_certificates_are_at_most_half_of_the_members_without_a_flag_rounded_down(certificates, level):
    limits = BlocLimits(1, 1, certificate_percent=50, basis="Quyết định 1174/QĐ-UBND")
    quota = bloc_quotas(limits, members=11, government=1, provincial=1, certificates=certificates)[2]
    assert (quota.level, quota.limit, quota.used) == (level, 4, certificates)
    assert "trong 9 đơn vị không nhận cờ" in quota.sentence


def test_more_flags_than_members_leave_no_room_for_certificates():
    limits = BlocLimits(certificate_percent=100, basis="Quy chế khối")
    quota = bloc_quotas(limits, members=2, government=1, provincial=2, certificates=1)[2]
    assert (quota.level, quota.limit) == (Level.BLOCK, 0)


def test_a_limit_nobody_set_is_told_as_not_set():
    quota = bloc_quotas(BlocLimits(), members=7, government=3, provincial=3, certificates=7)[0]
    assert (quota.level, quota.limit, quota.used) == (Level.OK, None, 3)
    assert "chưa đặt giới hạn" in quota.sentence


def test_a_cap_without_its_paper_only_warns():
    assert capped("Bằng khen", 5, 4, "").level is Level.WARN
    assert capped("Bằng khen", 5, 4, "").citation == "quy định của tỉnh về cụm, khối thi đua"
    assert capped("Bằng khen", 5, 4, "Quyết định 10/QĐ-UBND").level is Level.BLOCK
    assert capped("Bằng khen", 4, 4, "").level is Level.OK
