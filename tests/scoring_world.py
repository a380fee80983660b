"""A table of 100 points and its sheets, for the tests of scoring."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from blocs.models import Agency
from scoring.models import CriteriaSet, Criterion, ScoreLine, ScoreSheet
from tests.factories import CriteriaSetFactory, CriterionFactory, ScoreLineFactory, ScoreSheetFactory
from tests.world import World

D = Decimal
LEAVES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("A1", {"max_points": 50, "kind": "judged"}),
    ("A2", {"max_points": 10, "kind": "quantitative", "formula": "relative-to-leader"}),
    ("A3", {"max_points": 20, "kind": "choice", "options": {"levels": [{"name": "Tốt", "points": 20}]}}),
    ("A4", {"max_points": 20, "kind": "count", "options": {"per": 5}}),
)
EXTRAS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("T", {"max_points": 10, "kind": "bonus"}),
    ("P", {"max_points": 10, "kind": "deduction"}),
    (
        "L",
        {"max_points": 20, "kind": "deduction", "options": {"from": "lateness", "bands": [[5, 5], [10, 10]]}},
    ),
)


@dataclass
class Scores:
    """An open set (A: A1 50, A2 10 relative, A3 20 choice, A4 20 count; T, P, L) of the world's bloc-year."""

    world: World
    criteria_set: CriteriaSet
    criteria: dict[str, Criterion] = field(default_factory=dict)

    def sheet(self, agency: Agency, state: str = "agreed", **fields: Any) -> ScoreSheet:
        return ScoreSheetFactory(
            bloc_year=self.world.year, criteria_set=self.criteria_set, agency=agency, state=state, **fields
        )

    def line(self, sheet: ScoreSheet, code: str, **values: Any) -> ScoreLine:
        return ScoreLineFactory(sheet=sheet, criterion=self.criteria[code], **values)

    def filled(
        self, agency: Agency, points: Any, *, actual: Any = 100, state: str = "agreed", **fields: Any
    ) -> ScoreSheet:
        """A whole sheet: A1 agreed at ``points``, A2 ``actual`` of 100, A3 Tốt, A4 two of four."""
        sheet = self.sheet(agency, state, **fields)
        self.line(sheet, "A1", self_points=D(50), appraised_points=D(points), agreed_points=D(points))
        self.line(sheet, "A2", plan=D(100), actual=D(actual))
        self.line(sheet, "A3", level="Tốt")
        self.line(sheet, "A4", times=2)
        return sheet

    def ids(self, **values: Any) -> dict[int, Any]:
        """Entries by code as the verbs take them, by criterion id."""
        return {self.criteria[code].pk: cells for code, cells in values.items()}


def build_scores(world: World, **fields: Any) -> Scores:
    fields = {"scale": 100, "state": "open"} | fields
    made = CriteriaSetFactory(bloc_year=world.year, **fields)
    scores = Scores(world, made)
    group = CriterionFactory(criteria_set=made, code="A", kind="group", max_points=100, position=0)
    scores.criteria["A"] = group
    for position, (code, values) in enumerate(LEAVES):
        scores.criteria[code] = CriterionFactory(
            criteria_set=made, parent=group, code=code, position=position, **values
        )
    for position, (code, values) in enumerate(EXTRAS, start=1):
        scores.criteria[code] = CriterionFactory(criteria_set=made, code=code, position=position, **values)
    return scores
