"""Lines of the register that an issued decision writes, one for each case, in the same transaction."""

from collections.abc import Sequence
from typing import Any

from awards.domain.rechecking import recheck
from awards.enums import RecordSource
from awards.models import AwardRecord
from council.domain.decisions.lines import CHUNK
from council.models import Decision, DecisionLine
from khoithidua.web.bulk import update_rows

ADOPTED = ["source", "nomination", "achievement_from", "achievement_until", "issuer", "category"]


def write_records(decision: Decision, lines: Sequence[DecisionLine]) -> None:
    """An ``AwardRecord`` for each line, linked to it; the lines are not saved.

    A line that somebody had entered by hand from the same paper is taken over instead of written twice.
    """
    held = entered_before(decision)
    fresh: list[AwardRecord] = []
    adopted: list[AwardRecord] = []
    for line in lines:
        known = held.get((line.subject_id, line.award_id))
        record = known or AwardRecord(
            subject_id=line.subject_id,
            award_id=line.award_id,
            year=decision.year,
            decision_number=decision.full_number,
            decided_on=decision.issued_on,
            added_by=decision.issued_by,
        )
        record.category = decision.category
        record.issuer = decision.issuer.name
        record.achievement_from, record.achievement_until = decision.achievement_from, decision.achievement_until
        record.source, record.nomination_id = RecordSource.DECISION, line.nomination_id
        line.record = record
        (adopted if known else fresh).append(record)
    AwardRecord.objects.bulk_create(fresh, batch_size=CHUNK)
    update_rows(adopted, ADOPTED)
    for line in lines:
        line.record = line.record  # its key is known now


def entered_before(decision: Decision) -> dict[tuple[int, int], AwardRecord]:
    """Lines of the same number, day and year that no decision of this system wrote. One query."""
    rows: Any = AwardRecord.objects.filter(
        decision_number=decision.full_number,
        decided_on=decision.issued_on,
        year=decision.year,
        subject__in=decision.lines.order_by().values("subject"),
        decision_line__isnull=True,
    )
    return {(row.subject_id, row.award_id): row for row in rows}


def revoke_records(decision: Decision) -> None:
    """Lines that this decision takes back, and their records, bear its day. Two queries and the rechecking."""
    taken = DecisionLine.objects.filter(later__decision=decision)
    subjects = list(taken.order_by().values_list("subject", flat=True).distinct())
    AwardRecord.objects.filter(decision_line__in=taken).update(revoked_on=decision.issued_on)
    DecisionLine.objects.filter(pk__in=list(taken.values_list("pk", flat=True))).update(revoked_on=decision.issued_on)
    recheck(subjects)
