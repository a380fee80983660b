"""Editing the catalogue: every change is dated, sourced and audited; two people never overwrite each other unseen."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.catalogue_checks import refuse_alias_of_another, refuse_in_use, refuse_overlap, refuse_twin_salary
from awards.domain.catalogue_parts import AWARD_FIELDS, Part, award_of, part_of
from awards.models import AwardForm
from blocs.domain.editing import Stale
from blocs.domain.snapshots import snapshot
from khoithidua.web.labels import labels_of


@transaction.atomic
def change_award(award: AwardForm, *, fields: Mapping[str, Any], seen: int | None, actor: User) -> AwardForm:
    """Change an award's own facts. Raises Stale, with both values, when someone saved since ``seen``."""
    row = AwardForm.objects.select_for_update().get(pk=award.pk)
    refuse_outrun(row, AWARD_FIELDS, fields, seen=seen)
    before = snapshot(row, AWARD_FIELDS)
    write(row, AWARD_FIELDS, fields, more=("search_key", "sort_key"))
    audit.record_change(row, "Sửa danh mục", actor=actor, before=before, after=snapshot(row, AWARD_FIELDS))
    return row


@transaction.atomic
def remove_award(award: AwardForm, *, reason: str, actor: User) -> None:
    """Remove an award that nothing uses. TransitionRefused when a record, nomination or registration names it."""
    audit.record(award, "Xóa khỏi danh mục", actor=actor, before=snapshot(award, AWARD_FIELDS), reason=reason.strip())
    try:
        award.delete()
    except ProtectedError as error:
        raise TransitionRefused(
            f"«{award}» đã được dùng trong hồ sơ, thành tích hoặc đăng ký thi đua nên không xóa được. "
            "Hãy bỏ chọn «Đang dùng» để không đề nghị mới."
        ) from error


@transaction.atomic
def add_part(part: Part, *, award: AwardForm | None, fields: Mapping[str, Any], actor: User) -> models.Model:
    """Add a row of the catalogue. TransitionRefused when it would overlap a row that says the same."""
    values = {name: fields[name] for name in part.fields}
    if part.of_award != "never":
        values["award"] = award
    row = part.model(**values)
    refuse_clash(row)
    row.save()
    tell(row, f"Thêm {part.words}", actor=actor, after=picture(row))
    return row  # type: ignore[no-any-return]


@transaction.atomic
def change_part(row: Any, *, fields: Mapping[str, Any], seen: int | None, actor: User) -> models.Model:
    """Change a row. Raises Stale when outrun, TransitionRefused when it would overlap another."""
    part = part_of(row)
    locked = part.model.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if part.has_version:
        refuse_outrun(locked, part.fields, fields, seen=seen)
    before = picture(locked)
    write(locked, part.fields, fields, more=("search_key",) if hasattr(locked, "search_key") else ())
    refuse_clash(locked)
    old, new = audit.changes(before, picture(locked))
    if old or new:
        tell(locked, f"Sửa {part.words}", actor=actor, before=old, after=new)
    return locked  # type: ignore[no-any-return]


@transaction.atomic
def remove_part(row: Any, *, reason: str, actor: User) -> None:
    """Remove a row that nothing was decided by. TransitionRefused with what to do instead."""
    refuse_in_use(row)
    tell(row, f"Xóa {part_of(row).words}", actor=actor, before=picture(row), reason=reason.strip())
    row.delete()


@transaction.atomic
def set_verified(entry: Any, *, verified: bool, actor: User) -> None:
    """Say whether an entry was compared with the signed text of the law; twice the same changes nothing."""
    row = type(entry).objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if row.verified == verified:
        return
    row.verified = verified
    row.version += 1
    row.save(update_fields=["verified", "version"])
    action = "Đã đối chiếu bản ký" if verified else "Bỏ xác nhận đã đối chiếu bản ký"
    audit.record(row, action, actor=actor, before={"verified": not verified}, after={"verified": verified})


def write(row: Any, names: tuple[str, ...], fields: Mapping[str, Any], *, more: tuple[str, ...] = ()) -> None:
    for name in names:
        setattr(row, name, fields[name])
    kept = [*names, *more]
    if hasattr(row, "version"):
        row.version += 1
        kept.append("version")
    row.save(update_fields=kept)


def refuse_clash(row: Any) -> None:
    refuse_overlap(row)
    refuse_alias_of_another(row)
    refuse_twin_salary(row)


def refuse_outrun(row: Any, names: tuple[str, ...], fields: Mapping[str, Any], *, seen: int | None) -> None:
    """Raise Stale with the stored and the typed value of every field that differs."""
    if seen is None or row.version == seen:
        return
    last = audit.entries_of(award_of(row) or row).first()
    who = last.actor_name if last else "Người khác"
    differing = [both_values(row, name, fields[name]) for name in names if getattr(row, name) != fields[name]]
    raise Stale(
        f"{who} đã lưu trong khi bạn đang sửa. {'; '.join(differing)}. Nội dung bạn gõ vẫn còn nguyên; "
        "bấm Lưu lần nữa nếu muốn ghi theo nội dung của bạn."
    )


def both_values(row: Any, name: str, typed: Any) -> str:
    field = str(row._meta.get_field(name).verbose_name)
    return f"{field}: đang lưu «{said(row, name, getattr(row, name))}», bạn gõ «{said(row, name, typed)}»"


def said(row: Any, name: str, value: Any) -> str:
    model: Any = type(row)
    if row._meta.get_field(name).choices:
        return labels_of(model, name).get(value, str(value))
    if isinstance(value, bool):
        return "có" if value else "không"
    return "" if value is None else f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)


def picture(row: Any) -> dict[str, Any]:
    return {name: said(row, name, getattr(row, name)) for name in part_of(row).fields}


def tell(row: Any, action: str, *, actor: User, reason: str = "", **states: dict[str, Any]) -> None:
    """Record on the award that the row belongs to, else on the row itself; keys say which row it was."""
    award = award_of(row)
    if award is None:
        audit.record(row, action, actor=actor, reason=reason, **states)
        return
    named = {side: {f"{row}.{name}": value for name, value in state.items()} for side, state in states.items()}
    audit.record(award, action, actor=actor, reason=reason, **named)
