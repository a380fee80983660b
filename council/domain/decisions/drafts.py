"""A draft: the row that verbs lock, its words, and throwing it away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, settle
from blocs.domain.snapshots import snapshot
from council.enums import DecisionState
from council.models import Decision, Issuer

FIELDS = (
    *("issuer", "symbol", "title", "category", "year", "achievement_from", "achievement_until"),
    *("grounds", "proposed_by", "reason", "signer_name", "signer_title"),
)


def drafted(decision: Decision) -> Decision:
    """The row of a draft, locked. TransitionRefused with what to do instead when it is issued, or gone."""
    row = Decision.objects.select_for_update(of=("self",)).select_related("issuer").filter(pk=decision.pk).first()
    if row is None:
        raise TransitionRefused("Dự thảo này không còn: có người vừa xóa. Hãy quay lại danh sách quyết định.")
    if row.state != DecisionState.DRAFT:
        raise TransitionRefused(
            f"Quyết định đã ban hành, số {row.full_number} ngày {row.issued_on:%d/%m/%Y}, nên không sửa, không ban "
            "hành lại được. Hãy tải lại trang; cần thay đổi thì lập quyết định đính chính hoặc hủy bỏ."
        )
    return row


def begun(issuer: Issuer, *, actor: User | None, **fields: Any) -> Decision:
    """A new draft of this issuer, with its symbol and its signer."""
    made = Decision.objects.create(
        council_id=issuer.council_id,
        issuer=issuer,
        symbol=issuer.symbol,
        signer_name=issuer.signer_name,
        signer_title=issuer.signer_title,
        created_by=actor,
        **fields,
    )
    audit.record(made, "Lập dự thảo", actor=actor, after=snapshot(made, FIELDS))
    return made


@transaction.atomic
def edit_draft(decision: Decision, *, fields: Mapping[str, Any], base: Base | None, actor: User | None) -> Decision:
    """Write the words of a draft; what somebody else changed meanwhile stays.

    Raises Conflict with both values where both changed the same, TransitionRefused when it is no draft any more.
    """
    row = drafted(decision)
    who, at = last_writer(row)
    changed = settle(row, fields, base=base, who=who, at=at)
    before = snapshot(row, FIELDS)
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changed, "version", "search_key"])
    audit.record_change(row, "Sửa dự thảo", actor=actor, before=before, after=snapshot(row, FIELDS))
    return row


def last_writer(row: Any) -> tuple[str, Any]:
    """Who wrote last into the history of ``row``, and when."""
    entry = audit.entries_of(row).first()
    return (entry.actor_name, entry.at) if entry is not None else ("Người khác", None)


@transaction.atomic
def remove_draft(decision: Decision, *, reason: str, actor: User | None) -> None:
    """Throw a draft away; its cases wait for a decision again. The council's history keeps that it was there."""
    row = drafted(decision)
    before = {"title": row.title, "cases": row.lines.count()}
    audit.record(row.council, "Xóa dự thảo quyết định", actor=actor, before=before, after={}, reason=reason.strip())
    row.delete()
