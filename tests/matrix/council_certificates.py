"""Layouts, the book and printing of certificates: the standing body's alone."""

from collections.abc import Iterator
from typing import Any

import time_machine
from django.core.files.base import ContentFile

from tests.council_certificates_world import printing, start_layout
from tests.council_decisions_world import empty_draft, issued
from tests.matrix.base import EVERYONE, STANDING, Row, pk_of

READERS = EVERYONE - {"administrator"}
COUNCIL = frozenset({"council_member", "observer", "administrator"})
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16


@time_machine.travel("2026-11-22 09:00+07:00", tick=False)
def furnish(scene: Any) -> None:
    """A layout with a scan, one that nothing was printed on, and a printing of an issued decision."""
    scene.layout = start_layout(scene.world)
    scene.layout.scan.save("phoi", ContentFile(PNG))
    scene.certified = issued(scene.world, empty_draft(scene.world, "Vũ Thị Bằng"))
    scene.printing = printing(scene.world, scene.certified, scene.layout)


def at_printing(scene: Any) -> tuple[Any, ...]:
    return (scene.certified.pk, scene.printing.pk)


def rows() -> Iterator[Row]:
    for name in ("layouts", "layout-new", "certificate-book", "certificate-book-begin"):
        yield Row(f"council:{name}", STANDING, EVERYONE - STANDING)
    yield Row("council:layout-start", STANDING, EVERYONE - STANDING, method="post", data={"mau": "giay-khen"})
    for name in ("layout", "layout-scan", "layout-scan-file", "layout-remove"):
        yield Row(f"council:{name}", STANDING, COUNCIL, pk_of("layout"))
    for name in ("layout-copy", "layout-use"):
        yield Row(f"council:{name}", STANDING, COUNCIL, pk_of("layout"), method="post", data={"dung": "1"})
    yield Row("reports:certificate-preview", STANDING, COUNCIL, pk_of("layout"))
    yield Row("reports:certificates", STANDING, READERS - STANDING, pk_of("certified"))
    yield Row("reports:certificate-file", STANDING, READERS - STANDING, at_printing)
