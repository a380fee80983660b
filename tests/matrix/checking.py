"""Who gets into cross-checking, appraisal and explanation.

Sở Y tế (officer, leader) checks the sheet of Sở Lao động; no persona works for the checked agency.
"""

from collections.abc import Iterator
from typing import Any

from scoring.models import CrossCheck
from tests.factories import ScoreSheetFactory
from tests.matrix.base import OWN, RUN, YEAR, Row, pk_of, year

DEPUTY = frozenset({"deputy_officer"})


def rows() -> Iterator[Row]:
    yield Row("scoring:cross-checks", YEAR, args=year)
    yield Row("scoring:cross-draw", RUN, YEAR - RUN, year, "post", {"per_sheet": "0"})
    yield Row("scoring:cross-deal", RUN, YEAR - RUN, year)
    yield Row("scoring:cross-check", OWN | RUN | {"observer"}, args=pk_of("cross_check"))
    yield Row("scoring:appraisal", RUN | DEPUTY, YEAR - RUN - DEPUTY, year)
    # The criterion is the secretariat's: the standing body has no line of it here.
    lines = RUN - {"standing"}
    others = YEAR - RUN - DEPUTY
    yield Row("scoring:appraise-criterion", lines, others, lambda s: (s.year.pk, s.criterion.pk))
    yield Row("scoring:appraise-sheet", lines, others, lambda s: (s.year.pk, s.checked_sheet.pk))
    yield Row("scoring:explanation", OWN, args=pk_of("sheet"))


def furnish(scene: Any) -> None:
    scene.checked_sheet = ScoreSheetFactory(
        bloc_year=scene.year, criteria_set=scene.criteria_set, agency=scene.world.sldtbxh, state="submitted"
    )
    scene.cross_check = CrossCheck.objects.create(sheet=scene.checked_sheet, checker=scene.world.syt)
