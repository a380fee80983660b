"""Sheets, their evidence, plans and deadlines: who gets in."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile

from scoring.models import Evidence
from tests.factories import CriterionFactory
from tests.matrix.base import OWN, RUN, YEAR, Row, pk_of, year

# The table of plans is for who may write some of them: the secretariat, a deputy for the head, the standing body.
PLANNERS = RUN | {"deputy_officer"}


def furnish(scene: Any) -> None:
    """A figure to plan, and a file on the draft of Sở Y tế."""
    made = scene.criteria_set
    scene.figure = CriterionFactory(criteria_set=made, code="B", kind="quantitative", formula="proportional")
    scene.evidence = Evidence(
        sheet=scene.sheet,
        criterion=scene.criterion,
        title="Báo cáo",
        file_name="bao-cao.pdf",
        size=4,
        content_type="application/pdf",
        sha256="0" * 64,
    )
    scene.evidence.file.save("bao-cao", ContentFile(b"%PDF"))


def rows() -> Iterator[Row]:
    """A draft is its unit's alone, and so is what hangs on it."""
    line = {"args": lambda s: (s.sheet.pk, s.criterion.pk)}
    yield Row("scoring:sheet-line", OWN, method="post", **line)
    yield Row("scoring:evidence", OWN, **line)
    yield Row("scoring:evidence-file", OWN, args=pk_of("evidence"))
    yield Row("scoring:evidence-remove", OWN, args=pk_of("evidence"))
    for name in ("deadlines", "plans", "plans-unlock"):
        yield Row(f"scoring:{name}", PLANNERS, YEAR - PLANNERS, year)
    yield Row("scoring:plans-lock", PLANNERS, YEAR - PLANNERS, year, "post")
    yield Row("scoring:plan", PLANNERS, YEAR - PLANNERS, lambda s: (s.year.pk, s.figure.pk))
