"""Papers made in the background: as readable as their drafts, the file for who asked alone."""

from collections.abc import Iterator
from typing import Any

from tests.matrix.base import YEAR, Row


def score_table(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk, "score-summary")


def rows() -> Iterator[Row]:
    watched = YEAR & {"secretary", "head_leader", "standing", "observer"}
    yield Row("reports:paper-job", watched, YEAR - watched, score_table)
    yield Row("reports:paper-job", watched, YEAR - watched, score_table, "post")
    yield Row("reports:paper-job-file", frozenset(), YEAR - watched, score_table)
