"""Papers made in the background: as readable as their drafts, the file for who asked alone."""

from collections.abc import Iterator

from tests.matrix.base import YEAR, Row


def rows() -> Iterator[Row]:
    watched = YEAR & {"secretary", "head_leader", "standing", "observer"}
    table = {"args": lambda scene: (scene.year.pk, "score-summary")}
    yield Row("reports:paper-job", watched, YEAR - watched, **table)
    yield Row("reports:paper-job", watched, YEAR - watched, method="post", **table)
    yield Row("reports:paper-job-file", frozenset(), YEAR - watched, **table)
