"""Council rules and sessions: the standing body prepares; members read what they are called to."""

from collections.abc import Iterator

from tests.matrix.base import EVERYONE, Row


def rows() -> Iterator[Row]:
    yield Row("council:index", EVERYONE)
