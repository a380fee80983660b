"""What an import makes: rows in few statements, what an undo needs, and the audit trail of all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models

from accounts.domain.audit import Note, record_all
from accounts.models import User
from awards.models import ImportBatch, ImportedRow

CHUNK = 500


@dataclass
class Made:
    """Everything one import wrote, and what the trail will say of it."""

    rows: list[models.Model] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    subject_ids: set[int] = field(default_factory=set)
    words: str = ""

    def add(self, rows: Sequence[models.Model]) -> None:
        """Insert rows of one model; they have their keys afterwards."""
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=CHUNK)
            self.rows += rows


def remember(batch: ImportBatch, made: Made, *, actor: User | None) -> None:
    """Write down what an undo takes away, and the trail's entries. Statements grow by chunks, not by rows."""
    ImportedRow.objects.bulk_create(
        [ImportedRow(batch=batch, label=row._meta.label_lower, key=row.pk) for row in made.rows], batch_size=CHUNK
    )
    record_all(made.notes, actor=actor)
