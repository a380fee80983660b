"""Dossiers of an agency: while a draft it exists for its makers alone."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile

from awards.models import Attachment, Supplement
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.matrix.base import EVERYONE, MEMBERS, OWN, SECRETARIAT, YEAR, Row, pk_of, year

# Whoever works in an agency may make a dossier for it.
MAKERS = MEMBERS | {"stranger"}


def furnish(scene: Any) -> None:
    """A draft of Sở Y tế with a nomination, a file, and one that is being supplemented."""
    syt = scene.world.syt
    subject = SubjectFactory(agency=syt, council=syt.council)
    scene.own_dossier = DossierFactory(agency=syt, year=2020)
    scene.own_nomination = nominate(scene.own_dossier, subject)
    scene.own_paper = Attachment(dossier=scene.own_dossier, kind="to-trinh", title="Tờ trình", file_name="to-trinh.pdf")
    scene.own_paper.content_type = "application/pdf"
    scene.own_paper.file.save("to-trinh", ContentFile(b"%PDF-1.7"), save=True)
    world = scene.world
    scene.bloc_dossier = DossierFactory(agency=world.stttt, year=2020, proposer="bloc", bloc_year=world.year)
    asked = DossierFactory(agency=syt, year=2019, state="supplement")
    scene.own_request = Supplement.objects.create(dossier=asked, target="dossier:paper_number", request="Ghi số.")


def rows() -> Iterator[Row]:
    yield Row("awards:dossiers", EVERYONE)
    yield Row("awards:dossier-new", MAKERS, EVERYONE - MAKERS)
    yield Row("awards:dossier-from-bloc", SECRETARIAT, YEAR - SECRETARIAT, year)
    for name in ("dossier", "dossier-edit", "dossier-remove", "nominations-add", "dossier-money"):
        yield Row(f"awards:{name}", OWN, args=pk_of("own_dossier"))
    yield Row("awards:dossier-bloc-papers", SECRETARIAT, args=pk_of("bloc_dossier"), method="post")
    yield Row("awards:dossier-check", OWN, args=pk_of("own_dossier"), method="post")
    signs = frozenset({"leader"})
    yield Row("awards:dossier-act", signs, OWN - signs, pk_of("own_dossier"), "post", {"transition": "sign_off"})
    yield Row("awards:dossier-papers", OWN, args=lambda s: (s.own_dossier.pk, "to-trinh"))
    yield Row("awards:supplement-answer", OWN, frozenset({"standing"}), pk_of("own_request"))
    for name in ("nomination", "nomination-edit", "nomination-remove"):
        yield Row(f"awards:{name}", OWN, args=pk_of("own_nomination"))
    yield Row("awards:nomination-papers", OWN, args=lambda s: (s.own_nomination.pk, "bao-cao"))
    yield Row(
        "awards:nomination-text",
        OWN,
        args=lambda s: (s.own_nomination.pk, "ii-thanh-tich"),
        method="post",
        data={"text": "a", "version": "0"},
    )
    for name in ("attachment", "attachment-remove"):
        yield Row(f"awards:{name}", OWN, args=pk_of("own_paper"))
