"""Who counts a vote or witnesses its count: named while it is prepared, at the latest before its minutes.

The committee signs the minutes, its chair first (TT 25/2025/TT-BKHCN, Điều 23).
"""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from scoring.domain.polling.preparing import locked_poll
from scoring.domain.wording import PollFaults
from scoring.enums import PollState
from scoring.models import Poll

# Rooms above say in a sentence why a poll's committee stands in a paper that no longer changes; "" where it does not.
Fixed = Callable[[Poll], str]
fixed_by: list[Fixed] = []


def fixes_committee(found: Fixed) -> Fixed:
    """Register ``found`` to be asked before a committee is changed."""
    fixed_by.append(found)
    return found


def committee_fault(poll: Poll) -> str:
    """Why the committee of ``poll`` cannot be changed, in a sentence; "" when it can."""
    if poll.state == PollState.CANCELLED:
        return "Cuộc bỏ phiếu đã bị hủy nên không ghi Ban kiểm phiếu được nữa."
    return next(filter(None, (found(poll) for found in fixed_by)), "")


@transaction.atomic
def name_committee(poll: Poll, *, committee: Sequence[Mapping[str, str]], actor: User | None) -> Poll:
    """Write the committee or the witnesses, [{name, title}], the chair first. Audited with what changed.

    PollFaults when nobody is named; TransitionRefused for a cancelled poll, or once its minutes are issued.
    """
    row = locked_poll(poll)
    if fault := committee_fault(row):
        raise TransitionRefused(fault)
    if not committee:
        raise PollFaults({"committee": "Hãy ghi ít nhất một người, trưởng ban ở dòng đầu."})
    before = {"committee": row.committee}
    row.committee = [dict(each) for each in committee]
    row.save(update_fields=["committee"])
    audit.record_change(row, "Ghi Ban kiểm phiếu", actor=actor, before=before, after={"committee": row.committee})
    return row
