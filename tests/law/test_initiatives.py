"""One initiative is used once; kinds, scopes and years of initiatives."""

import pytest

from awards.law.facts import Scope, Use
from awards.law.initiatives import Reuse, bar_of, condition, joined, named, reuse, usable, warning_of
from tests.law.nominees import idea, person

DAY = "2024-12-31"


@pytest.mark.parametrize(
    ("before", "now", "meaning"),
    [
        ("cstd-co-so", "cstd-tinh", Reuse.WARNED),
        ("cstd-tinh", "cstd-toan-quoc", Reuse.WARNED),
        ("cstd-co-so", "bk-tinh", Reuse.BARRED),
        ("bk-tinh", "cstd-tinh", Reuse.BARRED),
        ("bk-tinh", "bk-thu-tuong", Reuse.BARRED),
        ("bk-tinh", "bk-tinh", Reuse.BARRED),
    ],
)
def test_official_letter_5007_title_and_form(before, now, meaning) -> None:
    assert reuse(Use(before), now) is meaning


def test_only_initiatives_of_the_kind_scope_and_years_are_usable() -> None:
    ideas = (
        idea("good", Scope.PROVINCE, 2023),
        idea("narrow", Scope.BASE, 2023),
        idea("old", Scope.PROVINCE, 2020),
        idea("study", Scope.PROVINCE, 2023, kind="research"),
        idea("unscoped", None, 2023),
        idea("undated", Scope.NATION, None),
        idea("undated and narrow", Scope.BASE, None),
    )
    nominee = person("cstd-tinh", DAY, initiatives=ideas)
    found = usable(nominee, kinds=("initiative",), scope=Scope.PROVINCE, years=(2022, 2024))
    assert [each.id for each in found.certain] == ["good"]
    assert [each.id for each in found.possible] == ["unscoped", "undated"]
    assert [found.at_least(wanted) for wanted in (1, 2, 3, 4)] == [True, None, None, False]


def test_without_scope_or_years_every_initiative_of_the_kind_is_usable() -> None:
    found = usable(person("cstd-tinh", DAY, initiatives=(idea(scope=None, year=None),)), kinds=("initiative",))
    assert (found.at_least(1), found.at_least(2)) == (True, False)


def test_initiatives_not_told_are_unknown() -> None:
    found = usable(person("cstd-tinh", DAY), kinds=("initiative",))
    assert (found.known, found.at_least(1)) == (False, None)
    assert usable(person("cstd-tinh", DAY, initiatives=()), kinds=("initiative",)).at_least(1) is False


def test_both_ends_of_the_years_belong() -> None:
    ideas = (idea("a", year=2021), idea("b", year=2022), idea("c", year=2024), idea("d", year=2025))
    found = usable(person("cstd-tinh", DAY, initiatives=ideas), kinds=("initiative",), years=(2022, 2024))
    assert [each.id for each in found.certain] == ["b", "c"]


def test_a_barred_initiative_is_told_only_where_it_would_have_done() -> None:
    ideas = (idea("a", year=2023, used=(Use("bk-tinh", 2022),)), idea("b", year=2019, used=(Use("bk-tinh", 2018),)))
    found = usable(person("cstd-tinh", DAY, initiatives=ideas), kinds=("initiative",), years=(2022, 2024))
    assert [(each.id, use.year) for each, use in found.barred] == [("a", 2022)]
    assert (found.certain, found.possible) == ((), ())


def test_one_barring_use_is_enough_and_the_first_is_told() -> None:
    used = idea(used=(Use("cstd-co-so", 2021), Use("bk-tinh", 2022), Use("bk-tinh", 2023)))
    assert bar_of(used, "cstd-tinh") == Use("bk-tinh", 2022)
    assert warning_of(used, "cstd-tinh") == Use("cstd-co-so", 2021)
    assert warning_of(used, "bk-thu-tuong") is None
    assert bar_of(idea(), "bk-tinh") is None


def test_two_kinds_are_joined() -> None:
    nominee = person("cstd-tinh", DAY, initiatives=(idea("a"), idea("b", kind="research"), idea("c", None)))
    both = joined(
        usable(nominee, kinds=("initiative",), scope=Scope.BASE), usable(nominee, kinds=("research",), scope=Scope.BASE)
    )
    assert ([each.id for each in both.certain], [each.id for each in both.possible]) == (["a", "b"], ["c"])
    assert both.known


def test_initiatives_are_named_by_kind_name_and_year() -> None:
    assert named(idea("sk1", year=2024)) == "Sáng kiến “sk1” năm 2024"
    assert named(idea("dt1", year=None, kind="research")) == "Đề tài, đề án “dt1”"
    assert named(idea("mt", year=2023, kind="ingenuity")) == "Mưu trí, sáng tạo “mt” năm 2023"


def checked(wanted: int, *ideas, award: str = "bk-tinh"):
    nominee = person(award, DAY, initiatives=ideas)
    return condition(usable(nominee, kinds=("initiative",), scope=Scope.BASE), wanted, "sáng kiến cơ sở", award, "Luật")


def test_the_condition_in_words() -> None:
    two = checked(2, idea("a"), idea("b"))
    text = "Có 2 sáng kiến cơ sở: Sáng kiến “a” năm 2024; Sáng kiến “b” năm 2024."
    assert (two.passed, two.text, two.citation) == (True, text, "Luật")
    one = checked(2, idea("a"))
    assert (one.passed, one.text, one.rule) == (False, "Chỉ có 1/2 sáng kiến cơ sở.", "")
    none = checked(2)
    assert (none.passed, none.text) == (False, "Chưa có sáng kiến cơ sở (cần 2).")
    vague = checked(2, idea("a"), idea("b", None))
    text = "Cần 2 sáng kiến cơ sở; hãy bổ sung năm, phạm vi công nhận của: Sáng kiến “b” năm 2024."
    assert (vague.passed, vague.text) == (None, text)


def test_the_condition_is_of_rule_a4_7_only_where_the_earlier_use_decides() -> None:
    used = idea("a", used=(Use("cstd-co-so"),))
    one_wanted, two_wanted = checked(1, used), checked(2, used)
    assert (one_wanted.rule, one_wanted.citation) == ("A4-7", "Công văn 5007/BNV-TĐKT năm 2023, mục III.5c")
    assert (two_wanted.rule, two_wanted.citation) == ("", "Luật")
    assert "đã dùng để xét Chiến sĩ thi đua cơ sở; một sáng kiến chỉ được dùng một lần" in two_wanted.text
    assert checked(2, used, idea("b")).rule == "A4-7"
