"""A bloc whose four sheets are agreed, ready to be locked."""

from typing import Any

from scoring.models import CriteriaSet, ScoreSheet
from tests.scoring_world import Scores, build_scores
from tests.world import World

POINTS = {"stttt": 40, "sgddt": 45, "syt": 50, "sldtbxh": 35}


def build_agreed(world: World, **points: int) -> Scores:
    """Every member with an agreed sheet: Sở Y tế first with 85, the others 80, 75 and 70 of 100."""
    scores = build_scores(world)
    for code, own in (POINTS | points).items():
        scores.filled(getattr(world, code), own)
    return scores


def sheet_of(scores: Scores, code: str) -> ScoreSheet:
    return ScoreSheet.objects.get(bloc_year=scores.world.year, agency__code=code)


def set_fields(scores: Scores, **fields: Any) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(**fields)
