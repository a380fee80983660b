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
    for name in ("dossier-paper", "dossier-docx"):
        yield Row(f"reports:{name}", seen, args=kind("to-trinh"))
        yield Row(f"reports:{name}", STANDING, OWN, kind("phieu-tham-dinh"))
    yield Row("reports:dossier-table", seen, args=kind("danh-sach"))
    for name in ("nomination-report", "nomination-docx"):
        yield Row(f"reports:{name}", seen, args=lambda scene: (scene.paper_nomination.pk,))
