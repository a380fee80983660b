"""The seeded catalogue: complete, sourced, and found by the ways in which people write an award."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from awards.domain.catalogue import award_by_name, names_of_catalogue, papers_for, period_of, periods_on, reward_tables
from awards.domain.holidays import due_after, holidays, is_complete
from awards.law.facts import SubjectKind
from awards.law.money import reward
from awards.law.money_tables import COEFFICIENTS
from awards.models import (
    AwardAlias,
    AwardForm,
    AwardPeriod,
    BaseSalary,
    Holiday,
    RequiredPaper,
    RewardCoefficient,
    RuleEntry,
)
from awards.seeds import sow
from blocs.enums import Award

pytestmark = pytest.mark.django_db
# Words of old reports that name no award one could propose.
NOT_PROPOSED = {"bang-khen", "khen-thuong"}


def form(code: str) -> AwardForm:
    return AwardForm.objects.get(code=code)


def test_every_award_of_the_year_file_can_be_proposed_except_the_two_words_that_name_none() -> None:
    codes = set(AwardForm.objects.values_list("code", flat=True))

    assert {each.value for each in Award} - codes == NOT_PROPOSED
    assert not codes & NOT_PROPOSED


def test_names_of_the_catalogue_are_those_of_the_running_text() -> None:
    differing = [
        row.code for row in AwardForm.objects.all() if row.code in Award.values and row.name != Award(row.code).label
    ]

    assert differing == []


def test_sowing_twice_adds_nothing_and_changes_nothing_that_people_changed() -> None:
    BaseSalary.objects.filter(since=date(2024, 7, 1)).update(amount=1)
    models = (AwardForm, AwardPeriod, AwardAlias, RewardCoefficient, BaseSalary, RequiredPaper, RuleEntry, Holiday)
    before = [model.objects.count() for model in models]

    sow(lambda name: apps.get_model("awards", name))

    assert [model.objects.count() for model in models] == before
    assert BaseSalary.objects.get(since=date(2024, 7, 1)).amount == 1


def test_sowing_puts_back_what_is_missing() -> None:
    AwardAlias.objects.filter(name="CSTĐCS").delete()

    sow(lambda name: apps.get_model("awards", name))

    assert AwardAlias.objects.get(name="CSTĐCS").award.code == "cstd-co-so"


@pytest.mark.parametrize(
    ("code", "day", "authority"),
    [
        ("co-chinh-phu", date(2025, 6, 30), "Chính phủ"),
        ("co-chinh-phu", date(2025, 7, 1), "Thủ tướng Chính phủ (theo ủy quyền của Chính phủ)"),
        ("thon-van-hoa", date(2025, 6, 30), "Chủ tịch Ủy ban nhân dân cấp huyện"),
        ("thon-van-hoa", date(2025, 7, 1), "Chủ tịch Ủy ban nhân dân cấp xã"),
        ("cstd-tinh", date(2020, 3, 2), "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("gia-dinh-van-hoa", date(2024, 1, 1), "Chủ tịch Ủy ban nhân dân cấp xã"),
        ("hc-lao-dong-ba", date(2026, 11, 21), "Chủ tịch nước"),
    ],
)
def test_who_decides_follows_the_day(code: str, day: date, authority: str) -> None:
    period = period_of(form(code), day)

    assert period is not None
    assert period.authority == authority


def test_from_july_2025_the_commune_chair_decides_base_titles_and_the_district_no_longer() -> None:
    for code in ("cstd-co-so", "tt-ld-tien-tien", "ld-tien-tien", "giay-khen"):
        before, after = period_of(form(code), date(2025, 6, 30)), period_of(form(code), date(2025, 7, 1))
        assert before
        assert after
        assert "cấp huyện" in before.authority
        assert "cấp xã" in after.authority
        assert "cấp huyện" not in after.authority
        assert "129/2025" in after.legal_basis


def test_the_exemplary_commune_had_no_title_before_2024_and_changed_its_name_in_2025() -> None:
    row = form("xa-tieu-bieu")
    names = [period_of(row, day) for day in (date(2023, 12, 31), date(2024, 1, 1), date(2025, 7, 1))]

    assert names[0] is None
    assert [each.name for each in names[1:] if each] == [
        "Xã, phường, thị trấn tiêu biểu",
        "Xã, phường, đặc khu tiêu biểu",
    ]


def test_what_holds_from_october_2026_is_to_be_compared_with_the_new_law() -> None:
    rows = periods_on(AwardForm.objects.values_list("pk", flat=True), date(2026, 10, 1)).values()

    assert len(rows) == AwardForm.objects.count()
    assert {row.basis for row in rows} == {"to-check"}
    assert all("06/2026/QH16" in row.note for row in rows)


def test_no_two_periods_of_an_award_overlap() -> None:
    for award in AwardForm.objects.all():
        rows = list(award.periods.order_by("valid_from"))
        for earlier, later in itertools.pairwise(rows):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to < later.valid_from


def test_periods_of_many_awards_cost_one_query(django_assert_num_queries: Any) -> None:
    ids = list(AwardForm.objects.values_list("pk", flat=True))
    for some in (ids[:1], ids):
        with django_assert_num_queries(1):
            periods_on(some, date(2025, 12, 1))


def test_coefficients_agree_with_the_tables_of_the_law() -> None:
    stored = {
        (row.award.code, row.kind, row.valid_from): row.coefficient
        for row in RewardCoefficient.objects.select_related("award")
    }
    factors = {SubjectKind.COLLECTIVE: Decimal(2), SubjectKind.HOUSEHOLD: Decimal("1.5")}

    for row in COEFFICIENTS:
        assert stored[(row.award, str(row.kind), row.starts)] == row.value
        for kind in row.multiplies:
            assert stored[(row.award, str(kind), row.starts)] == row.value * factors[kind]


@pytest.mark.parametrize(
    ("code", "kind", "amount"),
    [
        ("ld-tien-tien", "individual", 760_000),
        ("cstd-tinh", "individual", 7_590_000),
        ("co-tinh", "collective", 20_240_000),
        ("bk-tinh", "collective", 7_590_000),
        ("bk-tinh", "household", 5_700_000),
        ("hc-lao-dong-ba", "collective", 22_770_000),
    ],
)
def test_the_catalogue_and_the_law_reckon_the_same_money(code: str, kind: str, amount: int) -> None:
    coefficients, salaries = reward_tables()
    day, who = date(2026, 11, 21), SubjectKind(kind)
    by_catalogue = reward(code, who, day, coefficients=coefficients, base_salaries=salaries)

    assert by_catalogue.rounded == reward(code, who, day).rounded == amount


def test_a_rate_without_a_coefficient_brings_no_money_rather_than_none_at_all() -> None:
    RewardCoefficient.objects.filter(award__code="cstd-co-so").update(coefficient=None)
    coefficients, salaries = reward_tables()

    found = reward(
        "cstd-co-so", SubjectKind.INDIVIDUAL, date(2026, 1, 5), coefficients=coefficients, base_salaries=salaries
    )

    assert found.rounded is None


def test_what_is_common_knowledge_only_says_so() -> None:
    doubtful = BaseSalary.objects.filter(basis="to-check").values_list("amount", flat=True)
    old = RewardCoefficient.objects.filter(valid_to__lt=date(2025, 7, 1))

    assert set(doubtful) == {1_490_000, 1_800_000}
    assert set(old.values_list("basis", flat=True)) == {"to-check"}


def test_every_line_that_was_checked_names_its_source() -> None:
    for model in (AwardPeriod, RewardCoefficient, RequiredPaper, BaseSalary):
        assert not model.objects.filter(basis="checked", legal_basis="").exists()


def test_nothing_of_the_new_law_is_called_checked_and_drafts_are_flagged() -> None:
    assert not RuleEntry.objects.filter(verified=True).exists()
    assert RuleEntry.objects.filter(is_draft=True).count() == 5
    assert not RuleEntry.objects.filter(source="").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chiến sĩ thi đua cơ sở", "cstd-co-so"),
        ("CSTĐCS", "cstd-co-so"),
        ("cstđ cơ sở", "cstd-co-so"),
        ("CHIEN SI THI DUA CAP TINH", "cstd-tinh"),
        ("Chiến sỹ thi đua cấp tỉnh", "cstd-tinh"),
        ("  Lao   động tiên  tiến ", "ld-tien-tien"),
        ("laođộngtiêntiến", "ld-tien-tien"),
        ("LĐTT", "ld-tien-tien"),
        ("TTLĐXS", "tt-ld-xuat-sac"),
        ("TT lao động tiên tiến", "tt-ld-tien-tien"),
        ("BKTTg", "bk-thu-tuong"),
        ("Bằng khen Thủ tướng Chính phủ", "bk-thu-tuong"),
        ("BK Chủ tịch UBND tỉnh", "bk-tinh"),
        ("Bằng khen của UBND tỉnh", "bk-tinh"),
        ("Bằng khen của Chủ tịch UBND tỉnh Quảng Nam", "bk-tinh"),
        ("Bằng khen của UBND thành phố Đà Nẵng", "bk-tinh"),
        ("Huân chương Lao động hạng Ba", "hc-lao-dong-ba"),
        ("HCLĐ hạng III", "hc-lao-dong-ba"),
        ("huân chương lao động hạng 2", "hc-lao-dong-nhi"),
        ("Cờ thi đua của Chính phủ", "co-chinh-phu"),
        ("Cờ thi đua của UBND tỉnh", "co-tinh"),
        ("Xã, phường, thị trấn tiêu biểu", "xa-tieu-bieu"),
        ("Danh hiệu Gia đình văn hóa", "gia-dinh-van-hoa"),
    ],
)
def test_ways_of_writing_an_award_are_understood(text: str, code: str) -> None:
    matched = award_by_name(text)

    assert matched.award is not None
    assert matched.award.code == code
    assert matched.candidates == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bằng khen", ["bk-thu-tuong", "bk-tinh", "bk-bo", "bk-quan-khu"]),
        ("bang  KHEN", ["bk-thu-tuong", "bk-tinh", "bk-bo", "bk-quan-khu"]),
        ("Huân chương Lao động", ["hc-lao-dong-nhat", "hc-lao-dong-nhi", "hc-lao-dong-ba"]),
        ("Cờ thi đua", ["co-chinh-phu", "co-tinh", "co-bo"]),
        ("CSTĐ", ["cstd-toan-quoc", "cstd-tinh", "cstd-co-so"]),
        ("Giấy khen của Giám đốc Sở Y tế", ["giay-khen"]),
        ("Danh hiệu không có thật", []),
        ("", []),
        ("???", []),
    ],
)
def test_what_is_ambiguous_or_unknown_is_asked_back(text: str, codes: list[str]) -> None:
    matched = award_by_name(text)

    assert matched.award is None
    assert [award.code for award in matched.candidates] == codes


def test_no_way_of_writing_means_two_awards() -> None:
    names = names_of_catalogue()
    shared = {name for name, awards in names.by_name.items() if len(awards) > 1}

    # Before 2024 the law had one name for the flag of a province and of a ministry.
    assert shared == {"cothiduabonganhtinhdoanthetrunguong"}


def test_an_award_out_of_use_is_not_offered() -> None:
    AwardForm.objects.filter(code="bk-quan-khu").update(active=False)

    assert "bk-quan-khu" not in [award.code for award in award_by_name("Bằng khen").candidates]


def kinds(rows: tuple[RequiredPaper, ...]) -> set[tuple[str, str, bool]]:
    return {(row.kind, row.per, row.required) for row in rows}


def test_the_checklist_of_a_provincial_fighter() -> None:
    (found,) = papers_for([form("cstd-tinh")], "cong-trang", [""], date(2025, 12, 1))

    assert kinds(found) == {
        ("to-trinh", "dossier", True),
        ("bien-ban", "dossier", True),
        ("bao-cao", "nomination", True),
        ("ket-qua-phieu", "dossier", True),
        ("chung-nhan-sang-kien", "nomination", True),
    }
    assert {row.basis for row in found if row.award_id} == {"ours"}


def test_a_certificate_asks_for_proof_only_where_the_branch_needs_it() -> None:
    bk = form("bk-tinh")
    by_merit, by_surprise = papers_for([bk, bk], "cong-trang", ["74.1.d", "74.1.b"], date(2025, 12, 1))

    assert "chung-nhan-thanh-tich" not in {row.kind for row in by_merit}
    assert "chung-nhan-thanh-tich" in {row.kind for row in by_surprise}


def test_a_paper_of_another_category_is_not_asked_for() -> None:
    RequiredPaper.objects.create(award=form("giay-khen"), category="dot-xuat", kind="khac", name="Xác nhận của công an")
    merit, surprise = (
        papers_for([form("giay-khen")], category, [""], date(2025, 12, 1))[0] for category in ("cong-trang", "dot-xuat")
    )

    assert [row.name for row in surprise if row not in merit] == ["Xác nhận của công an"]


def test_the_checklists_of_many_nominations_cost_one_query(django_assert_num_queries: Any) -> None:
    ids = list(AwardForm.objects.values_list("pk", flat=True))
    for some in (ids[:1], ids * 8):
        with django_assert_num_queries(1):
            assert len(papers_for(some, "cong-trang", [""] * len(some), date(2026, 1, 5))) == len(some)


def test_every_award_has_a_submission_minutes_and_a_report_in_each_period() -> None:
    awards = list(AwardForm.objects.all())
    for day in (date(2020, 1, 1), date(2024, 6, 1), date(2025, 12, 1), date(2026, 11, 1)):
        for award, rows in zip(awards, papers_for(awards, "cong-trang", [""] * len(awards), day), strict=True):
            assert {"to-trinh", "bien-ban", "bao-cao"} <= {row.kind for row in rows}, (award.code, day)


def test_working_days_skip_the_days_off_that_are_known() -> None:
    off, worked = holidays()

    assert date(2025, 9, 2) in off
    assert date(2025, 4, 26) in worked
    # Friday 29/08/2025; 01 and 02/09 are off.
    assert due_after(date(2025, 8, 29), 1) == date(2025, 9, 3)
    # Friday 25/04/2025; Saturday 26/04 is worked in exchange for 02/05.
    assert due_after(date(2025, 4, 25), 1) == date(2025, 4, 26)


def test_a_year_without_all_its_days_off_is_known_to_be_incomplete() -> None:
    assert is_complete(2025)
    assert is_complete(2026)
    assert not is_complete(2027)
