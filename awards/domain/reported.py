"""A violation that an asked agency reported becomes a matter that stops awards."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.history_lines import FREEZE, add_line
from awards.enums import FreezeKind, OpinionAnswer
from awards.models import Freeze, Opinion, Subject


@transaction.atomic
def record_reported(opinion: Opinion, *, nomination_ids: Collection[int], actor: User) -> list[Freeze]:
    """A freeze from today for the subjects of the chosen nominations, with the agency's words and document.

    NĐ 152/2025, Điều 4 khoản 4. Once for each subject and opinion. Raises PermissionDenied for who may not record
    freezes, TransitionRefused when no violation was reported or nobody new was chosen.
    """
    row = Opinion.objects.select_for_update(of=("self",)).select_related("asked").get(pk=opinion.pk)
    if row.answer != OpinionAnswer.VIOLATION:
        raise TransitionRefused("Cơ quan được hỏi không báo có vi phạm nên không có việc để ghi.")
    chosen = row.nominations.filter(pk__in=nomination_ids).values("subject")
    reason = f"Ý kiến của {row.asked.label}: {row.text}"
    subjects = Subject.objects.filter(pk__in=chosen).exclude(freezes__reason=reason)
    made = [freeze(subject, row, reason, actor) for subject in subjects]
    if not made:
        raise TransitionRefused("Hãy chọn trường hợp chưa được ghi việc đang xem xét, xác minh theo ý kiến này.")
    return made


def freeze(subject: Subject, row: Opinion, reason: str, actor: User) -> Freeze:
    if not actor.has_perm("awards.edit_freezes", subject):
        raise PermissionDenied("awards.edit_freezes")
    document = row.document or f"Ý kiến của {row.asked.label}"[:300]
    fields = {"kind": FreezeKind.INSPECTION, "reason": reason, "since": timezone.localdate(), "document": document}
    made: Freeze = add_line(subject, FREEZE, fields=fields, actor=actor)
    return made
