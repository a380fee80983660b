"""A council sets, changes and takes back what the decrees leave to the province."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.catalogue_checks import after, before, spell
from awards.domain.council_rule_keys import BY_KEY, value_words
from awards.domain.council_rules import read_value
from awards.models import CouncilRule
from blocs.domain.editing import Stale
from blocs.models import Council


@transaction.atomic
def set_rule(
    council: Council,
    key: str,
    *,
    value: Any,
    legal_basis: str,
    valid_from: date | None,
    valid_to: date | None,
    note: str,
    actor: User,
    row: CouncilRule | None = None,
    seen: int | None = None,
) -> CouncilRule:
    """Set ``key`` for a period, or change ``row``. ``value`` as JSON: bool, int, "dd/mm" or a list of texts.

    Raises Stale when ``row`` was saved since ``seen``; TransitionRefused without a legal basis or when two values
    would hold on one day.
    """
    Council.objects.select_for_update().get(pk=council.pk)
    if not legal_basis.strip():
        raise TransitionRefused("Hãy ghi căn cứ: số, ngày, cơ quan ban hành quy định của tỉnh.")
    kept = CouncilRule.objects.get(pk=row.pk) if row else CouncilRule(council=council, key=key)
    old = said(kept) if row else {}
    if row is not None and seen is not None and kept.version != seen:
        raise Stale(
            f"Người khác đã lưu trong khi bạn đang sửa: đang lưu «{words_of(kept)}», căn cứ «{kept.legal_basis}». "
            "Nội dung bạn gõ vẫn còn nguyên; bấm Lưu lần nữa nếu muốn ghi theo nội dung của bạn."
        )
    refuse_overlap(kept, valid_from, valid_to)
    kept.value, kept.legal_basis, kept.note = value, legal_basis, note
    kept.valid_from, kept.valid_to, kept.basis = valid_from, valid_to, "checked"
    kept.version += 1
    kept.save()
    audit.record_change(council, f"Quy định của tỉnh: {BY_KEY[key].label}", actor=actor, before=old, after=said(kept))
    return kept


@transaction.atomic
def take_back_rule(row: CouncilRule, *, reason: str, actor: User) -> None:
    """Remove a value: from then on the key is "chưa quy định" in its period. The council's history keeps it."""
    label = BY_KEY[row.key].label if row.key in BY_KEY else row.key
    action = f"Xóa quy định của tỉnh: {label}"
    audit.record(row.council, action, actor=actor, before=said(row), reason=reason.strip())
    row.delete()


def refuse_overlap(row: CouncilRule, first: date | None, last: date | None) -> None:
    others = CouncilRule.objects.filter(council=row.council_id, key=row.key).exclude(pk=row.pk)
    met = others.filter(after(first) & before(last)).first()
    if met is not None:
        raise TransitionRefused(
            f"Đã có giá trị {spell(met.valid_from, met.valid_to)} ({words_of(met)}). "
            "Hãy ghi ngày «đến» cho giá trị đó, rồi ghi giá trị mới từ ngày sau."
        )


def words_of(row: CouncilRule) -> str:
    rule = BY_KEY.get(row.key)
    return value_words(rule, read_value(row)) if rule else str(row.value)


def said(row: CouncilRule) -> dict[str, Any]:
    """What the council's history says of a value."""
    return {
        "giá trị": words_of(row),
        "căn cứ": row.legal_basis,
        "áp dụng": spell(row.valid_from, row.valid_to),
        "ghi chú": row.note,
    }
