"""Who gets into the frozen ranking, ties, grounds and grading."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from scoring.domain.standing_content import digest
from scoring.models import LockedStanding
from tests.matrix.base import RUN, YEAR, Row, pk_of, year

SEEN = RUN | {"observer"}


def rows() -> Iterator[Row]:
    yield Row("scoring:standing", YEAR, args=year)
    yield Row("scoring:standing-lock", RUN, YEAR - RUN, year, "post")
    yield Row("scoring:grounds", RUN, YEAR - RUN, year)
    yield Row("scoring:standing-version", SEEN, args=pk_of("standing"))
    yield Row("scoring:standing-reopen", RUN, frozenset({"observer"}), pk_of("standing"))
    yield Row("scoring:women", frozenset(), frozenset({"officer", "leader"}), pk_of("sheet"))
    yield Row("scoring:criteria-grading", RUN, args=pk_of("criteria_set"))
    # A tie and a suggestion that are not there are 404 for who may decide them, after the 403 of the others.
    yield Row("scoring:tie-decide", frozenset(), YEAR - RUN, year)
    yield Row("scoring:ground-confirm", frozenset(), YEAR - RUN, year, "post")


def furnish(scene: Any) -> None:
    content = {
        "bloc": {"code": "tham-muu-iii", "name": "Khối tham mưu III", "year": 2020},
        "version": 1,
        "criteria_set": {"version": 1, "scale": "100.00", "tie_break": []},
        "criteria": [],
        "units": [],
        "not_sent": [],
    }
    scene.standing = LockedStanding.objects.create(
        bloc_year=scene.year,
        version=1,
        locked_at=timezone.now(),
        content=content,
        sha256=digest(content),
        reopened_at=timezone.now(),
    )
