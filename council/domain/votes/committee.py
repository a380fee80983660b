"""Who counts a round or witnesses its count: named at the latest before the count stands in minutes."""

from collections.abc import Sequence

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from council.enums import SessionState
from council.models import Ballot
from scoring.domain.wording import FieldFaults
from scoring.enums import PollState


@transaction.atomic
def name_committee(ballot: Ballot, *, members: Sequence[dict[str, str]], actor: User | None) -> Ballot:
    """Write the committee, [{name, title}], its head first. Audited with what changed.

    FieldFaults when nobody is named; TransitionRefused for a cancelled round or a session that is over.
    """
    row = Ballot.objects.select_for_update(of=("self",)).select_related("session").get(pk=ballot.pk)
    if row.state == PollState.CANCELLED or row.session.state == SessionState.CLOSED:
        raise TransitionRefused("Lượt biểu quyết đã hủy hoặc phiên họp đã kết thúc nên không sửa Ban kiểm phiếu nữa.")
    if not members:
        raise FieldFaults({"committee": "Hãy ghi ít nhất một người, trưởng ban ở dòng đầu."})
    before = {"committee": row.committee}
    row.committee = [dict(each) for each in members]
    row.save(update_fields=["committee"])
    audit.record_change(row, "Ghi Ban kiểm phiếu", actor=actor, before=before, after={"committee": row.committee})
    return row
