"""The audit trail: one append-only, hash-chained entry for each act on an object."""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AuditChain, AuditEntry, User
from khoithidua.web.bulk import update_rows

SYSTEM = "Hệ thống"
CHUNK = 500


@dataclass(frozen=True)
class Note:
    """An entry to be written into the trail of ``obj``."""

    obj: models.Model
    action: str
    after: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def record(
    obj: models.Model,
    action: str,
    *,
    actor: User | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append one entry to the chain of ``obj`` in the caller's transaction.

    ``before`` and ``after`` hold the changed fields only; values must be JSON-able as Django
    encodes them. ``actor`` is None for what a command does. Raises nothing of its own: two
    writers on one object wait for each other at the chain's head.
    """
    chain = locked_chain(obj)
    entry = next_entry(chain, Note(obj, action, after or {}, before or {}), actor=actor, reason=reason)
    entry.save(force_insert=True)
    chain.save(update_fields=["length", "tip"])
    return entry


def next_entry(chain: AuditChain, note: Note, *, actor: User | None, reason: str) -> AuditEntry:
    """The entry that follows in ``chain``, which grows by it; neither is saved."""
    entry = AuditEntry(
        object_type=chain.object_type,
        object_id=chain.object_id,
        object_label=str(note.obj)[:400],
        sequence=chain.length + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor)[:150] if actor else SYSTEM,
        action=note.action[:200],
        before=plain(note.before),
        after=plain(note.after),
        reason=reason,
        previous_hash=chain.tip,
    )
    entry.hash = hash_of(entry)
    chain.length, chain.tip = entry.sequence, entry.hash
    return entry


def record_all(notes: Sequence[Note], *, actor: User | None, reason: str = "") -> None:
    """``record`` for many objects: the same entries and hashes, in a statement for each chunk.

    A chain that somebody else begins at the same moment makes the whole act fail, and it may be tried again.
    """
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        groups[note.obj._meta.label_lower].append(note)
    for label, group in groups.items():
        keys = {str(note.obj.pk) for note in group}
        known = locked_chains(label, keys)
        begun = {key: AuditChain(object_type=label, object_id=key) for key in sorted(keys - known.keys())}
        chains = known | begun
        entries = [next_entry(chains[str(note.obj.pk)], note, actor=actor, reason=reason) for note in group]
        AuditEntry.objects.bulk_create(entries, batch_size=CHUNK)
        AuditChain.objects.bulk_create(begun.values(), batch_size=CHUNK)
        update_rows(list(known.values()), ("length", "tip"))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parts of two states that differ, as the pair ``(before, after)``."""
    keys = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in sorted(keys)}, {key: after.get(key) for key in sorted(keys)}


def record_change(
    obj: models.Model,
    action: str,
    *,
    actor: User | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> AuditEntry | None:
    """``record`` what differs between two states; nothing when nothing does."""
    old, new = changes(before, after)
    if not old and not new:
        return None
    return record(obj, action, actor=actor, before=old, after=new, reason=reason)


def entries_of(obj: models.Model) -> models.QuerySet[AuditEntry]:
    """The history of one object, newest first. The caller has checked that it is visible."""
    return AuditEntry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).order_by("-sequence")


def locked_chain(obj: models.Model) -> AuditChain:
    key: dict[str, Any] = {"object_type": obj._meta.label_lower, "object_id": str(obj.pk)}
    AuditChain.objects.get_or_create(**key)
    return AuditChain.objects.select_for_update().get(**key)


def locked_chains(label: str, keys: Iterable[str]) -> dict[str, AuditChain]:
    """The heads of these objects' chains that exist, locked in one order until the transaction ends."""
    found = AuditChain.objects.select_for_update().filter(object_type=label, object_id__in=keys).order_by("object_id")
    return {chain.object_id: chain for chain in found}


def plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """``values`` as the database will give them back, so that the hash can be checked later."""
    encoded = json.dumps(dict(values or {}), cls=DjangoJSONEncoder)
    return dict(json.loads(encoded))


def hash_of(entry: AuditEntry) -> str:
    """HMAC-SHA-256 over every field of the entry and the hash of the one before it.

    Keyed with ``AUDIT_KEY``: someone who can write to the database alone cannot forge a link.
    """
    content = [
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.before,
        entry.after,
        entry.reason,
        entry.previous_hash,
    ]
    message = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(settings.AUDIT_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def faults() -> Iterator[str]:
    """Every changed, missing or inserted entry of the whole trail, as a Vietnamese sentence."""
    chains = {(chain.object_type, chain.object_id): chain for chain in AuditChain.objects.all()}
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    for entry in AuditEntry.objects.order_by("object_type", "object_id", "sequence").iterator(chunk_size=2000):
        key = (entry.object_type, entry.object_id)
        length, tip = seen.get(key, (0, ""))
        yield from entry_faults(entry, expected=length + 1, tip=tip)
        seen[key] = (entry.sequence, entry.hash)
    for key, chain in sorted(chains.items()):
        yield from chain_faults(chain, *seen.get(key, (0, "")))
    for key in sorted(seen.keys() - chains.keys()):
        yield f"{key[0]} {key[1]}: có mục nhật ký nhưng không có đầu chuỗi (mục bị chèn hoặc đầu chuỗi bị xóa)."


def entry_faults(entry: AuditEntry, *, expected: int, tip: str) -> Iterator[str]:
    name = f"{entry.object_type} {entry.object_id}, mục {entry.sequence}"
    if entry.sequence != expected:
        yield f"{name}: thiếu mục {expected} trước mục này."
    elif entry.previous_hash != tip:
        yield f"{name}: không nối với mục trước (mục bị chèn hoặc bị thay)."
    if not hmac.compare_digest(entry.hash, hash_of(entry)):
        yield f"{name}: nội dung đã bị sửa hoặc mục bị chèn từ bên ngoài."


def chain_faults(chain: AuditChain, length: int, tip: str) -> Iterator[str]:
    if (chain.length, chain.tip) == (length, tip):
        return
    name = f"{chain.object_type} {chain.object_id}"
    if length < chain.length:
        yield f"{name}: thiếu mục cuối (còn {length} trong {chain.length} mục)."
    else:
        yield f"{name}: đầu chuỗi không khớp với mục cuối (mục bị chèn hoặc bị thay)."
