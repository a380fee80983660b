"""Sổ khen thưởng: names of issued decisions are read by the council, its members and its agencies."""

from collections.abc import Iterator
from typing import Any

import time_machine

from tests.council_decisions_world import empty_draft, issued
from tests.matrix.base import EVERYONE, Row, pk_of

# Administrators have neither a seat nor an agency.
READERS = EVERYONE - {"administrator"}


@time_machine.travel("2026-11-22 09:00+07:00", tick=False)
def furnish(scene: Any) -> None:
    """Somebody of Sở Y tế whom an issued decision names."""
    scene.recipient = issued(scene.world, empty_draft(scene.world, "Hoàng Văn Sổ")).lines.get().subject


def rows() -> Iterator[Row]:
    yield Row("council:register", EVERYONE)
    yield Row("council:recipient", READERS, args=pk_of("recipient"))
    for name in ("award-history", "award-history-docx"):
        yield Row(f"reports:{name}", READERS, args=pk_of("recipient"))
