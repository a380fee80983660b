"""Words of papers: templates are the standing body's, a year's own words the secretariat's; number books."""

from collections.abc import Iterator
from typing import Any

from tests.matrix.base import EVERYONE, RUN, SECRETARIAT, STANDING, YEAR, Row

TEXT = {"text": "{ten_khoi} xây dựng kế hoạch.", "seen": "0", "version": "0"}


def part(scene: Any) -> tuple[Any, ...]:
    return (scene.world.council.pk, "activity-plan", "opening")


def plan(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk, "activity-plan")


def plan_part(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk, "activity-plan", "opening")


def sheet(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk, "score-sheet")


def book(scene: Any) -> tuple[Any, ...]:
    return (scene.world.stttt.pk, 2020)


def furnish(scene: Any) -> None:
    """A version of one part."""
    scene.world.council.wordings.create(kind="activity-plan", part="opening", number=1, text="{ten_khoi} làm việc.")


def rows() -> Iterator[Row]:
    yield Row("reports:wording", STANDING, EVERYONE - STANDING)
    yield Row("reports:wording-of", STANDING, args=lambda scene: (scene.world.council.pk,))
    yield Row("reports:wording-part", STANDING, args=part)
    yield Row("reports:wording-part", STANDING, args=part, method="post", data=TEXT | {"seen": "1"})
    yield Row("reports:wording-version", STANDING, args=lambda scene: (*part(scene), 1))
    yield Row("reports:wording-version", STANDING, args=lambda scene: (*part(scene), 1), method="post")
    yield Row("reports:paper-words", RUN, YEAR - RUN, plan)
    yield Row("reports:paper-words-part", SECRETARIAT, YEAR - SECRETARIAT, plan_part, "post", TEXT)
    yield Row("reports:paper-words-template", SECRETARIAT, YEAR - SECRETARIAT, plan_part)
    yield Row("reports:paper-words-template", SECRETARIAT, YEAR - SECRETARIAT, plan_part, "post")
    yield Row("reports:paper-draft", RUN, YEAR - RUN, plan)
    yield Row("reports:paper-issue", SECRETARIAT, YEAR - SECRETARIAT, plan)
    yield Row("reports:number-books", EVERYONE)
    yield Row("reports:number-book", SECRETARIAT | STANDING, args=book)
