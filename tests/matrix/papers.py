"""Papers made in the background: as readable as their drafts, the file for who asked alone."""

from collections.abc import Iterator
from typing import Any

from tests.matrix.base import STANDING, YEAR, Row


def score_table(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk, "score-summary")


def whole_archive(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk, "archive")


def own_archive(scene: Any) -> tuple[Any, ...]:
    """Of a year that is under way: nobody's yet."""
    return (scene.year.pk, "bloc-archive")


def rows() -> Iterator[Row]:
    watched = YEAR & {"secretary", "head_leader", "standing", "observer"}
    yield Row("reports:paper-job", watched, YEAR - watched, score_table)
    yield Row("reports:paper-job", watched, YEAR - watched, score_table, "post")
    yield Row("reports:paper-job-file", frozenset(), YEAR - watched, score_table)
    for method in ("get", "post"):
        yield Row("reports:archive", STANDING, YEAR - STANDING, whole_archive, method)
        yield Row("reports:archive", frozenset(), YEAR, own_archive, method)
    yield Row("reports:archive-file", frozenset(), YEAR - STANDING, whole_archive)
