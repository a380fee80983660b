"""What holds for ranks of any numbers, whatever the ties and tie-breaks."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.domain.ties import TieBreak, rank

# The same examples on every run, on a slow machine too.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

# Few values, so that ties are the rule and not the exception.
UNITS = st.integers(0, 19)
SCORES = st.dictionaries(UNITS, st.integers(0, 4).map(lambda n: Fraction(n, 7)), max_size=20)
BREAKS = st.lists(
    st.builds(
        TieBreak,
        st.sampled_from(["ballot", "group:A", "bonus", "fewest_deductions"]),
        st.dictionaries(UNITS, st.integers(0, 2).map(Decimal), max_size=20),
    ),
    max_size=4,
)


@given(SCORES, BREAKS)
def test_ranks_are_a_permutation_with_shared_ties(scores: dict[int, Fraction], breaks: list[TieBreak[int]]) -> None:
    """domain.md C5.5: 1, 1, 3. The n that share a place take n places, so the next one follows after them."""
    ranks = [place.rank for place in rank(scores, breaks).values()]

    shared = Counter(ranks)
    assert len(ranks) == len(scores)
    assert sorted(place + extra for place, count in shared.items() for extra in range(count)) == list(
        range(1, len(scores) + 1)
    )


@given(SCORES, BREAKS)
def test_a_higher_score_always_stands_first(scores: dict[int, Fraction], breaks: list[TieBreak[int]]) -> None:
    places = rank(scores, breaks)

    assert all(
        places[one].rank < places[other].rank for one in scores for other in scores if scores[one] > scores[other]
    )


@given(SCORES, BREAKS, st.randoms(use_true_random=False))
def test_ranks_never_depend_on_the_order_of_the_units(
    scores: dict[int, Fraction], breaks: list[TieBreak[int]], order: object
) -> None:
    mixed = list(scores.items())
    order.shuffle(mixed)  # type: ignore[attr-defined]

    assert rank(dict(mixed), breaks) == rank(scores, breaks)


@given(SCORES, BREAKS)
def test_who_shares_a_rank_shares_the_score_and_what_told_them_apart(
    scores: dict[int, Fraction], breaks: list[TieBreak[int]]
) -> None:
    places = rank(scores, breaks)
    named = {each.name for each in breaks}

    for one, place in places.items():
        tied = [other for other in places if places[other].rank == place.rank]
        assert {scores[other] for other in tied} == {scores[one]}
        assert {places[other].tie_broken_by for other in tied} == {place.tie_broken_by}
        assert place.tie_broken_by is None or place.tie_broken_by in named


@given(SCORES)
def test_without_tie_breaks_equal_scores_share_one_rank(scores: dict[int, Fraction]) -> None:
    places = rank(scores, [])

    better = {unit: sum(1 for other in scores.values() if other > score) for unit, score in scores.items()}
    assert {unit: place.rank for unit, place in places.items()} == {unit: count + 1 for unit, count in better.items()}
