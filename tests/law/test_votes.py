"""Shares of a council's votes by date: the decrees, what they leave open, and the oracles of domain.md G.1."""

from datetime import date

import pytest

from awards.law.votes import Demand, national_demand, needed, passes, silence
from scoring.domain.polls import needed_votes, vote_passes

IN_2023, IN_2024, LAST_OF_2024 = date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 30)
IN_2025, IN_2026, LATE = date(2025, 7, 1), date(2026, 10, 1), date(2025, 11, 20)
LEFT = ("cstd-tinh", "cstd-co-so", "co-tinh", "co-bo")


def share(percent: int, *, more_than: bool = False) -> Demand:
    return Demand(percent, more_than, "members", True, None, "", "province")


# Oracle G.1


@pytest.mark.parametrize(
    ("members", "percent", "fewest"),
    [(13, 80, 11), (13, 90, 12), (9, 90, 9), (9, 80, 8), (15, 90, 14), (15, 80, 12)],
)
def test_oracle_g1_councils_of_13_9_and_15(members: int, percent: int, fewest: int) -> None:
    demand = share(percent)

    assert needed(members, demand) == fewest
    assert passes(fewest, members, demand)
    assert not passes(fewest - 1, members, demand)


def test_oracle_g1_ten_of_thirteen_is_below_eighty_percent_though_it_is_near() -> None:
    assert not passes(10, 13, share(80))
    assert passes(11, 13, share(80))


@pytest.mark.parametrize(("members", "fewest"), [(13, 7), (14, 8), (2, 2), (1, 1), (100, 51)])
def test_a_majority_is_more_than_half(members: int, fewest: int) -> None:
    demand = share(50, more_than=True)

    assert needed(members, demand) == fewest
    assert passes(fewest, members, demand)
    assert not passes(fewest - 1, members, demand)


def test_the_fewest_votes_and_the_comparison_agree_for_every_base_share_and_with_the_votes_of_blocs() -> None:
    for base in range(1, 41):
        for percent in range(1, 101):
            for more_than in (False, True):
                demand = share(percent, more_than=more_than)
                least = needed(base, demand)
                assert [passes(yes, base, demand) for yes in range(base + 1)] == [
                    yes >= least for yes in range(base + 1)
                ]
            assert needed(base, share(percent)) == needed_votes(base=base, percent=percent)
            assert passes(base, base, share(percent)) == vote_passes(yes=base, base=base, percent=percent)


def test_nothing_passes_where_nobody_may_vote() -> None:
    assert not passes(0, 0, share(80))


# The decree of 2023


@pytest.mark.parametrize("on", [IN_2024, LAST_OF_2024])
@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("anh-hung-lao-dong", 90),
        ("anh-hung-llvtnd", 90),
        ("cstd-toan-quoc", 90),
        ("cstd-tinh", 90),
        ("cstd-co-so", 80),
        ("co-tinh", 80),
        ("co-bo", 80),
        ("co-chinh-phu", 80),
    ],
)
def test_the_decree_of_2023_wants_a_ballot_of_all_members_and_hears_absentees(
    code: str, percent: int, on: date
) -> None:
    demand = national_demand(code, on)

    assert demand is not None
    assert (demand.percent, demand.more_than, demand.base) == (percent, False, "members")
    assert (demand.ballot_required, demand.written_allowed, demand.source) == (True, True, "national")
    assert demand.citation == "Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7"


@pytest.mark.parametrize("code", ["bk-tinh", "tt-ld-xuat-sac", "hc-lao-dong-ba", "tinh-anh-hung"])
def test_the_decree_of_2023_names_no_other_award(code: str) -> None:
    assert national_demand(code, IN_2024) is None


# The decree of 2025


@pytest.mark.parametrize("on", [IN_2025, IN_2026])
@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("tinh-anh-hung", 90),
        ("anh-hung-llvtnd", 90),
        ("anh-hung-lao-dong", 90),
        ("cstd-toan-quoc", 90),
        ("co-chinh-phu", 80),
    ],
)
def test_the_decree_of_2025_keeps_five_titles_and_is_silent_on_absentees(code: str, percent: int, on: date) -> None:
    demand = national_demand(code, on)

    assert demand is not None
    assert (demand.percent, demand.base, demand.ballot_required) == (percent, "members", True)
    assert demand.written_allowed is None
    assert demand.citation == "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 5"


@pytest.mark.parametrize("code", [*LEFT, "bk-tinh"])
def test_from_the_decree_of_2025_the_rest_is_the_provinces(code: str) -> None:
    assert national_demand(code, IN_2025) is None
    assert "tỉnh quy định" in silence(code, IN_2025)


@pytest.mark.parametrize("code", LEFT)
def test_a_dossier_sent_under_the_old_decree_is_voted_by_it_after_its_end(code: str) -> None:
    assert national_demand(code, LATE) is None
    assert national_demand(code, LATE, received=IN_2025) is None
    assert national_demand(code, LATE, received=LAST_OF_2024) == national_demand(code, LAST_OF_2024)


# Before


@pytest.mark.parametrize("code", [*LEFT, "co-chinh-phu", "cstd-toan-quoc"])
def test_before_2024_no_text_is_held_and_this_is_said(code: str) -> None:
    assert national_demand(code, IN_2023) is None
    assert "cần đối chiếu" in silence(code, IN_2023)
    assert national_demand(code, date(2017, 1, 1)) is None
    assert "trước" in silence(code, date(2017, 1, 1))
