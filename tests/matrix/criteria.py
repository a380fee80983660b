"""Addresses of criteria sets: a draft of the bloc's year, which only those who run it see."""

from collections.abc import Iterator

from tests.matrix.base import RUN, YEAR, Row, pk_of, year


def rows() -> Iterator[Row]:
    yield Row("scoring:year-rules", RUN, YEAR - RUN, year)
    for name in ("criteria-version", "criteria-amend", "criteria-discard", "criteria-compare", "criteria-share"):
        yield Row(f"scoring:{name}", RUN, args=pk_of("criteria_set"))
    move = {"huong": "len"}
    yield Row("scoring:criterion-move", RUN, frozenset(), lambda s: (s.criteria_set.pk, s.criterion.pk), "post", move)
