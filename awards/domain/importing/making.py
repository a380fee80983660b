"""What an import makes: rows in few statements, what an undo needs, and the audit trail of all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.domain.audit import hash_of, plain
from accounts.models import AuditChain, AuditEntry, User
from awards.models import ImportBatch, ImportedRow

CHUNK = 500


@dataclass(frozen=True)
class Note:
    """An entry to be written into the trail of ``obj``."""

    obj: models.Model
    action: str
    after: Mapping[str, Any]


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


def record_all(notes: Sequence[Note], *, actor: User | None, reason: str = "") -> None:
    """``audit.record`` for many objects: the same entries and hashes, in a statement for each chunk.

    A chain that somebody else begins at the same moment makes the whole act fail, and it may be tried again.
    """
    for label, group in grouped(notes).items():
        keys = {str(note.obj.pk) for note in group}
        known = locked_chains(label, keys)
        begun = {key: AuditChain(object_type=label, object_id=key) for key in sorted(keys - known.keys())}
        chains = known | begun
        entries = [entry_of(chains[str(note.obj.pk)], note, actor, reason) for note in group]
        AuditEntry.objects.bulk_create(entries, batch_size=CHUNK)
        AuditChain.objects.bulk_create(begun.values(), batch_size=CHUNK)
        AuditChain.objects.bulk_update(known.values(), ["length", "tip"], batch_size=CHUNK)


def grouped(notes: Iterable[Note]) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        found[note.obj._meta.label_lower].append(note)
    return found


def locked_chains(label: str, keys: set[str]) -> dict[str, AuditChain]:
    """The heads of these objects' chains that exist, locked in one order until the transaction ends."""
    found = AuditChain.objects.select_for_update().filter(object_type=label, object_id__in=keys).order_by("object_id")
    return {chain.object_id: chain for chain in found}


def entry_of(chain: AuditChain, note: Note, actor: User | None, reason: str) -> AuditEntry:
    """The next entry of the chain, which grows by it."""
    entry = AuditEntry(
        object_type=chain.object_type,
        object_id=chain.object_id,
        object_label=str(note.obj)[:400],
        sequence=chain.length + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor)[:150] if actor else "Hệ thống",
        action=note.action[:200],
        before={},
        after=plain(note.after),
        reason=reason,
        previous_hash=chain.tip,
    )
    entry.hash = hash_of(entry)
    chain.length, chain.tip = entry.sequence, entry.hash
    return entry
