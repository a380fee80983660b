"""Papers of a dossier: its makers and, once it was sent, the standing body; the appraisal's own are the latter's."""

from collections.abc import Iterator
from typing import Any

from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.matrix.base import OWN, STANDING, Row


def furnish(scene: Any) -> None:
    scene.paper_dossier = DossierFactory(agency=scene.world.syt, state="received", code="hs-van-ban")
    scene.paper_nomination = nominate(scene.paper_dossier, SubjectFactory(agency=scene.world.syt))


def kind(name: str) -> Any:
    return lambda scene: (scene.paper_dossier.pk, name)


def rows() -> Iterator[Row]:
    seen = OWN | STANDING
    yield Row("reports:dossier-paper", seen, args=kind("to-trinh"))
    yield Row("reports:dossier-paper", STANDING, OWN, kind("phieu-tham-dinh"))
    yield Row("reports:dossier-table", seen, args=kind("danh-sach"))
    yield Row("reports:nomination-report", seen, args=lambda scene: (scene.paper_nomination.pk,))
