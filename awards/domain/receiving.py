"""What stands in the way of finishing an appraisal, and what receiving and appraising record."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from awards.domain.deadlines import appraisal_due
from awards.domain.open_matters import frozen_subjects
from awards.domain.open_questions import open_questions
from awards.enums import NominationState
from awards.models import Dossier

SHOWN = 3  # names in a sentence


def needs_all_appraised(dossier: Dossier) -> str | None:
    """A sentence while some nomination has no result."""
    left = dossier.nominations.filter(state=NominationState.PENDING).count()
    if left:
        return f"Còn {left} trường hợp chưa thẩm định. Hãy ghi kết quả cho từng trường hợp rồi kết thúc."
    return None


def needs_no_open_question(dossier: Dossier) -> str | None:
    """A sentence for every question without an answer (supplements, opinions, public comments, postings)."""
    return " ".join(open_questions(dossier)) or None


def needs_no_open_matter(dossier: Dossier) -> str | None:
    """A sentence while somebody who was found eligible has an open matter (NĐ 152/2025, Điều 4 khoản 4)."""
    found = list(dossier.nominations.filter(state=NominationState.ELIGIBLE).only("subject", "name"))
    frozen = frozen_subjects(found)
    names = [each.name for each in found if each.subject_id in frozen]
    if not names:
        return None
    more = f" và {len(names) - SHOWN} trường hợp khác" if len(names) > SHOWN else ""
    return (
        f"Đã ghi «Đủ điều kiện» nhưng nay đang có việc phải xem xét: {', '.join(names[:SHOWN])}{more}. "
        "Hãy thẩm định lại các trường hợp này."
    )


def record_receipt(dossier: Dossier, actor: User | None, now: datetime) -> None:
    """The day that picks the law, and until when the appraisal is due."""
    dossier.received_on = dossier.complete_on = timezone.localdate(now)
    dossier.appraisal_due = appraisal_due(dossier, dossier.complete_on)
    dossier.save(update_fields=["received_on", "complete_on", "appraisal_due"])
    recheck(dossier)


def record_supplied(dossier: Dossier, actor: User | None, now: datetime) -> None:
    """The term counts from the day the dossier is complete (NĐ 152/2025, Điều 35 khoản 3); it is judged anew."""
    dossier.complete_on = timezone.localdate(now)
    dossier.appraisal_due = appraisal_due(dossier, dossier.complete_on)
    dossier.save(update_fields=["complete_on", "appraisal_due"])
    recheck(dossier)


def record_appraised(dossier: Dossier, actor: User | None, now: datetime) -> None:
    dossier.appraised_at = now
    dossier.save(update_fields=["appraised_at"])


def recheck(dossier: Dossier) -> None:
    """Judge all nominations by the law of the day of receipt. Imported late: checking stands above this table."""
    from awards.domain.checking import recheck_dossier

    recheck_dossier(dossier)
