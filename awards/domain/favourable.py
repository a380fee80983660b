"""The recorded decision to judge a dossier by the new law because it is more favourable."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.receiving import recheck
from awards.law.rule_sets import R2026
from awards.models import Dossier

CITATION = "Luật số 06/2026/QH16, Điều 4 khoản 4"
FIELDS = ("favourable_rule_set", "favourable_reason", "favourable_by")


def favourable_obstacle(received_on: date | None) -> str:
    """Why nobody may choose the law for a dossier received then; empty when the new law may be chosen."""
    if received_on is None:
        return "Hồ sơ chưa được tiếp nhận. Hãy tiếp nhận trước: ngày tiếp nhận quyết định luật áp dụng."
    if received_on >= R2026.starts:
        return (
            f"Hồ sơ tiếp nhận ngày {received_on:%d/%m/%Y}, từ ngày luật mới có hiệu lực (01/10/2026), nên áp dụng luật "
            f"mới; chỉ hồ sơ tiếp nhận trước ngày đó mới được chọn quy định có lợi hơn ({CITATION})."
        )
    return ""


@transaction.atomic
def apply_favourable(dossier: Dossier, *, use_new_law: bool, reason: str, actor: User) -> Dossier:
    """Judge ``dossier`` by R2026 instead of the law of its receipt, or by the latter again; checks run anew.

    Only for dossiers received before 01/10/2026 (Luật 06/2026/QH16, Điều 4 khoản 4), by the assigned specialist, with
    a reason. Raises PermissionDenied or TransitionRefused.
    """
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not actor.has_perm("awards.write_appraisal", row):
        raise PermissionDenied("awards.write_appraisal")
    if use_new_law and (obstacle := favourable_obstacle(row.received_on)):
        raise TransitionRefused(obstacle)
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do áp dụng quy định có lợi hơn (hoặc lý do thôi áp dụng).")
    before = {"favourable_rule_set": row.favourable_rule_set, "favourable_reason": row.favourable_reason}
    row.favourable_rule_set = R2026.code if use_new_law else ""
    row.favourable_reason = reason.strip()[:500] if use_new_law else ""
    row.favourable_by = actor if use_new_law else None
    row.save(update_fields=FIELDS)
    after = {"favourable_rule_set": row.favourable_rule_set, "favourable_reason": row.favourable_reason}
    words = "Áp dụng quy định có lợi hơn" if use_new_law else "Thôi áp dụng quy định có lợi hơn"
    audit.record_change(row, words, actor=actor, before=before, after=after, reason=reason.strip())
    recheck(row)
    dossier.refresh_from_db()
    return row
