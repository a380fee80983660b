"""Marking rewards paid, and taking a mark back: many lines at once, all or none, never twice.

Amounts were fixed at issuing (NĐ 152/2025, Điều 49) and are not reckoned again.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from council.domain.decisions.checking import names
from council.domain.decisions.drafts import last_writer
from council.domain.decisions.lines import CHUNK
from council.domain.money.reading import reward_lines, state_of
from council.enums import PaymentState
from council.models import DecisionLine

PAID, UNPAID, RETURNED = "Ghi đã chi tiền thưởng", "Bỏ ghi đã chi tiền thưởng", "Ghi đã thu hồi tiền thưởng"
ACTIONS = (PAID, UNPAID, RETURNED)
WHY_NOT: dict[PaymentState, str] = {
    PaymentState.PAID: "đã được ghi chi",
    PaymentState.DUE_BACK: "đã bị hủy bỏ, đang phải thu hồi",
    PaymentState.REVOKED: "đã bị hủy bỏ, không chi",
    PaymentState.UNKNOWN: "chưa xác định mức tiền thưởng",
    PaymentState.NOTHING: "không phải chi (mức 0 đồng)",
    PaymentState.WAITING: "chưa ghi chi",
}


class Changed(TransitionRefused):
    """The chosen lines are not as the page showed them; nothing was written. ``keys``: those that still fit."""

    def __init__(self, sentence: str, keys: Collection[int]) -> None:
        super().__init__(sentence)
        self.keys = keys


@transaction.atomic
def pay(keys: Collection[int], *, paid_on: date, note: str, actor: User) -> int:
    """Mark these lines paid on a day by a voucher; how many were marked now.

    Rows are locked in one order. Sent twice, the second time marks nothing and is no fault. Raises Changed when a line
    was revoked or paid otherwise meanwhile, TransitionRefused for a day in the future or before a decision's own,
    PermissionDenied for lines of others: nothing has changed.
    """
    refuse_wrong_words(paid_on, note)
    lines = locked(keys, actor)
    fresh = [line for line in lines if (line.paid_on, line.paid_note) != (paid_on, note) or line.revoked_on]
    fit = [line for line in fresh if state_of(line) == PaymentState.WAITING]
    if len(fit) < len(fresh):
        left = {line.pk for line in fit}
        raise Changed(left_out([line for line in fresh if line.pk not in left]), left)
    refuse_early(fit, paid_on)
    write(fit, paid_on, note)
    after = {"paid_on": paid_on, "paid_note": note}
    audit.record_all([audit.Note(line, PAID, after, told(None, "")) for line in fit], actor=actor)
    return len(fit)


@transaction.atomic
def unpay(keys: Collection[int], *, seen: str, reason: str, actor: User) -> int:
    """Take the mark of these lines back; how many were marked until now.

    ``seen`` is ``stamp_of`` the lines as the page showed them. Of a revoked line this says that the money came back
    (NĐ 152/2025, Điều 58). Sent twice, the second time changes nothing and is no fault. Raises Changed when a mark is
    not the one that was seen, TransitionRefused without a reason, PermissionDenied for lines of others.
    """
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do: ghi nhầm thì nhầm ở đâu, đã thu hồi thì ngày và chứng từ nộp lại.")
    lines = locked(keys, actor)
    held = [line for line in lines if line.paid_on is not None]
    if not held:
        return 0
    if stamp_of(lines) != seen:
        raise Changed(
            "Có người vừa thay đổi việc chi của một số trường hợp này sau khi bạn mở trang. Chưa thay đổi gì. "
            "Hãy kiểm tra lại danh sách rồi gửi lần nữa.",
            {line.pk for line in held},
        )
    write(held, None, "")
    notes = [
        audit.Note(line, RETURNED if line.revoked_on else UNPAID, told(None, ""), told(line.paid_on, line.paid_note))
        for line in held
    ]
    audit.record_all(notes, actor=actor, reason=reason.strip())
    return len(held)


def refuse_wrong_words(paid_on: date, note: str) -> None:
    if not note.strip():
        raise TransitionRefused("Hãy ghi chứng từ chi: số, ngày, ví dụ «UNC 125 ngày 20/11/2026».")
    if paid_on > timezone.localdate():
        raise TransitionRefused("Ngày chi không được ở tương lai. Hãy ghi ngày đã chi trên chứng từ.")


def refuse_early(lines: Sequence[DecisionLine], paid_on: date) -> None:
    """Nothing is paid before the decision that awards it."""
    days = {line.decision.issued_on: line.decision for line in lines if line.decision.issued_on}
    if days and max(days) > paid_on:
        raise TransitionRefused(
            f"Ngày chi {paid_on:%d/%m/%Y} trước ngày ban hành của {days[max(days)]} ({max(days):%d/%m/%Y}). "
            "Hãy sửa ngày chi, hoặc chi riêng các trường hợp của quyết định đó."
        )


def locked(keys: Collection[int], actor: User) -> list[DecisionLine]:
    """These lines, locked in the order of their keys until the transaction ends."""
    wanted = sorted(set(keys))
    found: list[DecisionLine] = []
    for start in range(0, len(wanted), CHUNK):
        rows = reward_lines(actor).filter(pk__in=wanted[start : start + CHUNK]).select_related("decision", "award")
        found += rows.select_for_update(of=("self",)).order_by("pk")
    if len(found) < len(wanted):
        raise PermissionDenied("council.pay_rewards")
    return found


def write(lines: Sequence[DecisionLine], paid_on: date | None, note: str) -> None:
    for start in range(0, len(lines), CHUNK):
        keys = [line.pk for line in lines[start : start + CHUNK]]
        DecisionLine.objects.filter(pk__in=keys).update(paid_on=paid_on, paid_note=note)


def told(paid_on: date | None, note: str) -> dict[str, date | str | None]:
    return {"paid_on": paid_on, "paid_note": note}


def stamp_of(lines: Sequence[DecisionLine]) -> str:
    """A mark of which lines are paid, when and by which voucher: equal for equal payments."""
    told = sorted((line.pk, str(line.paid_on), line.paid_note, str(line.revoked_on)) for line in lines)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def left_out(lines: Sequence[DecisionLine]) -> str:
    """Why these cannot be marked paid now, counted by reason, the first names told."""
    counted = Counter(state_of(line) for line in lines)
    parts = []
    for state, count in counted.items():
        own = [line for line in lines if state_of(line) == state]
        parts.append(f"{count} trường hợp {WHY_NOT[state]} ({names(own)}{paid_by(own[0])})")
    return (
        f"Chưa ghi chi trường hợp nào: {'; '.join(parts)}. Các trường hợp này đã được bỏ khỏi danh sách ở dưới. "
        "Hãy đối chiếu số còn lại với chứng từ rồi bấm «Ghi đã chi» lần nữa."
    )


def paid_by(line: DecisionLine) -> str:
    """Of a paid line: by whom, on which day, by which voucher."""
    if line.paid_on is None:
        return ""
    who, _ = last_writer(line)
    return f"; {who} ghi ngày chi {line.paid_on:%d/%m/%Y}, chứng từ {line.paid_note}"
