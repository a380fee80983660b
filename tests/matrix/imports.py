"""Imports: people of an agency and of the standing body send files; each sees their own agency's alone."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from awards.models import ImportBatch
from tests.matrix.base import EVERYONE, OWN, SECRETARIAT, STANDING, Row, pk_of

SENDERS = OWN | SECRETARIAT | STANDING | {"deputy_officer", "stranger"}


def furnish(scene: Any) -> None:
    """A file of Sở Y tế that waits, and one that was imported."""
    scene.import_waiting = batch(scene, "checked")
    scene.import_done = batch(scene, "done")


def batch(scene: Any, state: str) -> ImportBatch:
    return ImportBatch.objects.create(
        kind="subjects",
        council=scene.world.council,
        agency=scene.world.syt,
        file=default_storage.save("nhap/mot.xlsx", ContentFile(b"PK")),
        file_name="danh-sach.xlsx",
        sha256="0" * 64,
        state=state,
        requested_by=scene.world.person("officer"),
    )


def rows() -> Iterator[Row]:
    yield Row("awards:imports", SENDERS, EVERYONE - SENDERS)
    yield Row("awards:import-new", SENDERS, EVERYONE - SENDERS)
    yield Row("awards:import-template", SENDERS, EVERYONE - SENDERS, lambda scene: ("subjects",))
    yield Row("awards:import", OWN, args=pk_of("import_waiting"))
    yield Row("awards:import-rejects", OWN, args=pk_of("import_waiting"))
    for name in ("import-answers", "import-confirm", "import-reopen"):
        yield Row(f"awards:{name}", OWN, args=pk_of("import_waiting"), method="post")
    yield Row("awards:import-undo", OWN, args=pk_of("import_done"))
