"""An uploaded file against the register: read, checked, and in the end written by the module of its kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from awards.domain.importing import history, nominees, subjects
from awards.domain.importing.desk import Desk
from awards.domain.importing.findings import findings_of
from awards.domain.importing.making import Made
from awards.domain.importing.rows import Row
from awards.enums import ImportKind
from awards.imports.table import Table, read_table

Examine = Callable[[Sequence[Row], Desk], None]
Write = Callable[[Sequence[Row], Desk], Made]
HISTORY = (ImportKind.GRADES, ImportKind.INITIATIVES, ImportKind.FREEZES, ImportKind.RECORDS, ImportKind.CHANGES)
KINDS: dict[str, tuple[Examine, Write]] = {
    ImportKind.SUBJECTS: (subjects.examine, subjects.write),
    ImportKind.NOMINEES: (nominees.examine, nominees.write),
    **dict.fromkeys(HISTORY, (history.examine, history.write)),
}


@dataclass(frozen=True)
class Examined:
    """A file's rows with faults, questions and whom they mean, and the same as a batch keeps it."""

    table: Table
    findings: dict[str, Any]

    @property
    def rows(self) -> list[Row]:
        return self.table.rows


def examined(content: bytes, desk: Desk) -> Examined:
    """Read and check a file; nothing is written. FileRefused when it cannot be read as a table at all."""
    return examined_table(read_table(content, desk.kind), desk)


def examined_table(table: Table, desk: Desk) -> Examined:
    """Check rows that were read, once: whom they mean is written on them."""
    examine, _ = KINDS[desk.kind]
    examine(table.rows, desk)
    return Examined(table, findings_of(table.rows, table.columns, table.unread))
