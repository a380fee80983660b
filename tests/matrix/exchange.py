"""Rows for criteria tables as Excel files and for ready-made tables."""

from collections.abc import Iterator

from tests.matrix.base import EVERYONE, RUN, YEAR, Row, pk_of, year


def rows() -> Iterator[Row]:
    yield Row("scoring:criteria-template", EVERYONE)
    # The set of the scene is a draft: members and observers do not see it yet.
    for name in ("criteria-export", "criteria-import", "criteria-import-rejects"):
        yield Row(f"scoring:{name}", RUN, args=pk_of("criteria_set"))
    yield Row("scoring:criteria-import-commit", RUN, args=pk_of("criteria_set"), method="post", data={"token": "x"})
    yield Row("scoring:criteria-samples", RUN, YEAR - RUN, year)
    yield Row("scoring:criteria-sample", RUN, YEAR - RUN, lambda s: (s.year.pk, "hung-yen"))
