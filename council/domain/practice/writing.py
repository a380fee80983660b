"""The standing body sets, changes and takes back the council's own rules; each needs its legal basis."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.catalogue_checks import after, before, spell
from awards.domain.conflicts import Base, settle
from awards.enums import Basis
from blocs.models import Council
from council.domain.practice.kinds import SOURCE, RuleKind, kind_of, subject_of

WRITE = "council.write_practice"


def locked_council(pk: int, actor: User) -> Council:
    """The council's row, locked: two rules of one day cannot pass side by side. Raises PermissionDenied."""
    council = Council.objects.select_for_update().get(pk=pk)
    if not actor.has_perm(WRITE, council):
        raise PermissionDenied(WRITE)
    return council


@transaction.atomic
def set_rule(
    council: Council,
    kind: RuleKind,
    *,
    fields: Mapping[str, Any],
    actor: User,
    row: Any = None,
    base: Base | None = None,
    basis: str = Basis.CHECKED,
) -> Any:
    """A new rule of ``kind``, or ``row`` changed; the council's history keeps before and after.

    ``basis`` «ours» marks an offered value until a person saves it. Raises Conflict with both values,
    TransitionRefused without a legal basis or when another of its kind holds on one of its days.
    """
    held = locked_council(council.pk, actor)
    kept = kind.model.objects.select_for_update(of=("self",)).get(pk=row.pk) if row else kind.model(council=held)
    old = told(kept) if row else {}
    wanted = {name: value for name, value in fields.items() if name in (*kind.fields, *SOURCE)}
    last = audit.entries_of(held).first() if row else None
    who, at = (last.actor_name, last.at) if last else ("", None)
    changed = settle(kept, wanted, base=base, who=who, at=at) if row else wanted
    for name, value in changed.items():
        setattr(kept, name, value)
    refuse_unfounded(kept, kind)
    kept.basis, kept.version = basis, kept.version + 1
    kept.save()
    audit.record_change(held, f"{kind.label}: {subject_of(kept)}", actor=actor, before=old, after=told(kept))
    return kept


@transaction.atomic
def take_back(row: Any, *, reason: str, actor: User) -> None:
    """Remove a rule: from then on it is «chưa quy định» in its period. The council's history keeps it."""
    held = locked_council(row.council_id, actor)
    action = f"Xóa {kind_of(row).label.lower()}: {subject_of(row)}"
    audit.record(held, action, actor=actor, before=told(row), reason=reason.strip())
    row.delete()


def told(row: Any) -> dict[str, str]:
    return {
        "nội dung": kind_of(row).words(row),
        "căn cứ": row.legal_basis,
        "áp dụng": spell(row.valid_from, row.valid_to),
        "ghi chú": row.note,
    }


def refuse_unfounded(row: Any, kind: RuleKind) -> None:
    if not row.legal_basis.strip():
        raise TransitionRefused("Hãy ghi căn cứ: số, ngày, cơ quan ban hành; điều, khoản.")
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise TransitionRefused("Ngày kết thúc không được trước ngày bắt đầu. Hãy sửa một trong hai ngày.")
    part, whole = getattr(row, "quorum_part", None), getattr(row, "quorum_whole", None)
    if part is not None and whole is not None and not 1 <= part <= whole:
        raise TransitionRefused("Tử số phải từ 1 đến mẫu số, ví dụ 2 trên 3.")
    same = {f"{name}_id": getattr(row, f"{name}_id") for name in kind.alike}
    others = kind.model.objects.filter(council=row.council_id, **same).exclude(pk=row.pk)
    met = others.filter(after(row.valid_from) & before(row.valid_to)).first()
    if met is not None:
        raise TransitionRefused(
            f"Đã có quy định cho {subject_of(row)} {spell(met.valid_from, met.valid_to)}. Hãy ghi ngày «đến» cho quy "
            "định đó, rồi ghi quy định mới từ ngày sau."
        )
