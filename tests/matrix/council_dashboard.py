"""Toàn cảnh khen thưởng: the standing body and the members of the council."""

from collections.abc import Iterator

from tests.matrix.base import EVERYONE, STANDING, Row

READERS = STANDING | {"council_member", "observer"}


def rows() -> Iterator[Row]:
    yield Row("council:dashboard", READERS, EVERYONE - READERS)
