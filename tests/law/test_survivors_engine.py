"""What is told where the rules have no text, and money and terms at their edges."""

from decimal import Decimal

import pytest

from awards.law.checks import Verdict
from awards.law.engine import judge
from awards.law.facts import Category
from awards.law.initiatives import Reuse
from awards.law.money import Group, dong
from awards.law.quotas import Level
from awards.law.rule_sets import BY_CODE
from awards.law.working_days import appraisal_term
from tests.law.nominees import person


@pytest.mark.parametrize(
    ("on", "code"), [("2023-12-31", "R2017"), ("2024-12-31", "R2024"), ("2025-12-31", "R2025"), ("2026-12-31", "R2026")]
)
def test_an_award_without_text_is_told_with_the_law_of_its_day_and_its_banner(on: str, code: str) -> None:
    found = judge(person("khen-thuong", on))
    (check,) = found.checks
    assert (found.rule_set, found.banner) == (code, BY_CODE[code].banner)
    assert (found.id, found.award) == ("n", "khen-thuong")
    assert (check.rule, check.passed, check.citation) == ("A2", None, BY_CODE[code].law)


def test_a_day_before_every_rule_set_cites_no_law() -> None:
    found = judge(person("bk-tinh", "1990-01-01"))
    (check,) = found.checks
    assert (found.rule_set, found.banner, found.verdict.value) == ("", "", "needs-decision")
    assert (check.rule, check.citation) == ("A2", "")


def test_an_article_without_a_countable_point_stands_for_its_points_of_that_kind() -> None:
    found = judge(person("hc-doc-lap-nhat", "2024-12-31", branch="36.1"))
    assert [branch.code for branch in found.branches] == ["36.1.b"]
    long_service = judge(person("hc-doc-lap-nhat", "2024-12-31", branch="36.1", category=Category.CONTRIBUTION))
    assert [branch.code for branch in long_service.branches] == ["36.1.a"]


@pytest.mark.parametrize(
    ("asked", "category", "passed"), [("99", Category.MERIT, None), ("", Category.EXTERNAL, False)]
)
def test_a_point_that_the_award_has_not_is_told_as_the_choice_of_the_dossier(
    asked: str, category: Category, passed: bool | None
) -> None:
    found = judge(person("cstd-tinh", "2024-12-31", branch=asked, category=category))
    assert (found.checks[0].rule, found.checks[0].passed) == ("A2", passed)
    assert found.checks[0].citation == "Luật TĐKT 2022"


def test_the_levels_of_a_quota_and_the_uses_of_an_initiative_keep_their_words() -> None:
    assert [each.value for each in Level] == ["ok", "warn", "block"]
    assert [each.value for each in Reuse] == ["free", "warned", "barred"]
    assert [each.value for each in Group] == ["title", "form"]
    assert [each.value for each in Verdict] == ["eligible", "ineligible", "needs-decision"]


@pytest.mark.parametrize(
    ("amount", "words"), [("1234.50", "1.234,5"), ("1234.05", "1.234,05"), ("1000000", "1.000.000"), ("0.10", "0,1")]
)
def test_a_fraction_of_a_dong_keeps_the_decimals_that_count(amount: str, words: str) -> None:
    assert dong(Decimal(amount)) == words


@pytest.mark.parametrize(
    "award",
    [
        "hc-doc-lap-nhat",
        "hc-doc-lap-nhi",
        "hc-doc-lap-ba",
        "hc-ho-chi-minh",
        "hc-sao-vang",
        "anh-hung-lao-dong",
        "anh-hung-llvtnd",
        "tinh-anh-hung",
        "ba-me-viet-nam-anh-hung",
    ],
)
def test_decree_152_article_35_clause_3_forty_working_days_for_the_highest_awards(award: str) -> None:
    assert appraisal_term(award).days == 40


@pytest.mark.parametrize("award", ["hc-lao-dong-nhat", "hc-quan-cong-nhat", "bk-thu-tuong", "cstd-toan-quoc"])
def test_decree_152_article_35_clause_3_thirty_working_days_for_the_others(award: str) -> None:
    assert appraisal_term(award).days == 30
