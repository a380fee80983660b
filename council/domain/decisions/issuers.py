"""Who signs decisions: kept by the standing body; what was issued keeps the words of its day."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, settle
from blocs.domain.snapshots import snapshot
from blocs.models import Council
from council.domain.decisions.drafts import last_writer
from council.models import Issuer

FIELDS = (*("kind", "name", "superior", "agency", "symbol", "place", "signer_name", "signer_title", "seal", "active"),)


@transaction.atomic
def add_issuer(council: Council, *, fields: Mapping[str, Any], actor: User | None) -> Issuer:
    """A new issuer. TransitionRefused when the same name and symbol are there already."""
    row = Issuer(council=council, **fields)
    refuse_double(row)
    row.save(force_insert=True)
    audit.record(row, "Thêm cơ quan ban hành", actor=actor, after=snapshot(row, FIELDS))
    return row


@transaction.atomic
def edit_issuer(issuer: Issuer, *, fields: Mapping[str, Any], base: Base | None, actor: User | None) -> Issuer:
    """Change an issuer; drafts and issued decisions keep their own words. Raises Conflict, TransitionRefused."""
    row = Issuer.objects.select_for_update(of=("self",)).get(pk=issuer.pk)
    who, at = last_writer(row)
    changed = settle(row, fields, base=base, who=who, at=at)
    before = snapshot(row, FIELDS)
    for name, value in changed.items():
        setattr(row, name, value)
    refuse_double(row)
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    audit.record_change(row, "Sửa cơ quan ban hành", actor=actor, before=before, after=snapshot(row, FIELDS))
    return row


def refuse_double(row: Issuer) -> None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise TransitionRefused("Đã có cơ quan ban hành cùng tên và ký hiệu. Hãy sửa dòng đã có.") from error
