"""Issuing: a draft gets its number, day and codes; records, money and what follows are written at once, or nothing."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.rechecking import recheck
from council.domain.decisions.drafts import drafted
from council.domain.decisions.numbering import take_number
from council.domain.decisions.recording import revoke_records, write_records
from council.domain.decisions.rewards import fix_rewards
from council.domain.decisions.settling import grant
from council.domain.decisions.workflow import DECISION
from council.enums import DecisionKind, DecisionState
from council.models import Decision
from khoithidua.web.bulk import update_rows

NUMBERED = ("number", "symbol", "issued_on", "issued_year")
SEALED = ["code", "record", "amount", "formula"]


@transaction.atomic
def issue(decision: Decision, *, actor: User | None, issued_on: date, number: int | None = None) -> None:
    """Issue a draft: one transaction, all or nothing, and never again.

    Promises the next number of the series (``number``: the one that the paper got elsewhere), a code for the decision
    and for every line; for awards a record of the register and the reward of each line, the nominations granted, the
    settled dossiers concluded, the proposers told; for a revocation the earlier lines and records revoked. Statements
    grow by chunks of 500 lines. Raises PermissionDenied, or TransitionRefused with a sentence: nothing has changed.
    """
    row = drafted(decision)
    refuse_wrong_day(row, issued_on)
    row.issued_on, row.issued_year = issued_on, issued_on.year
    row.number = take_number(row.issuer, issued_on.year, row.symbol, number)
    row.save(update_fields=[*NUMBERED, "search_key"])
    DECISION.perform(row, "issue", actor=actor)
    seal(row, actor)
    follow(row, actor)
    facts = {"number": row.full_number, "issued_on": row.issued_on, "cases": row.lines.count()}
    audit.record(row, "Ghi số, ngày ban hành", actor=actor, after=facts)
    decision.refresh_from_db()


def refuse_wrong_day(decision: Decision, issued_on: date) -> None:
    if issued_on > timezone.localdate():
        raise TransitionRefused("Ngày ban hành không được ở tương lai. Hãy chọn ngày hôm nay hoặc trước đó.")
    earlier = decision.corrects
    if earlier is not None and earlier.issued_on is not None and issued_on < earlier.issued_on:
        raise TransitionRefused(
            f"Ngày ban hành không được trước ngày của quyết định được sửa, hủy ({earlier.issued_on:%d/%m/%Y})."
        )


def seal(decision: Decision, actor: User | None) -> None:
    """Codes for the decision and its lines; records and money of awards. From here the database refuses changes."""
    lines = list(decision.lines.select_related("award", "subject").order_by("position", "pk"))
    decision.issued_by, decision.issued_at = actor, timezone.now()
    if decision.kind == DecisionKind.AWARD:
        write_records(decision, lines)
        fix_rewards(decision, lines)
    for line in lines:
        line.code = new_code()
    update_rows(lines, SEALED)
    decision.code = new_code()
    decision.save(update_fields=["code", "issued_at", "issued_by"])


def new_code() -> str:
    """What a QR code leads to: 128 random bits."""
    return secrets.token_urlsafe(16)


def follow(decision: Decision, actor: User | None) -> None:
    if decision.kind == DecisionKind.AWARD:
        grant(decision, actor=actor)
        recheck(list(decision.lines.order_by().values_list("subject", flat=True).distinct()))
    elif decision.kind == DecisionKind.REVOCATION:
        revoke_records(decision)
        revoke_whole(decision, actor)


def revoke_whole(decision: Decision, actor: User | None) -> None:
    """An earlier decision without a line in force is revoked itself."""
    earlier = decision.corrects
    if earlier is None or earlier.lines.filter(revoked_on__isnull=True).exists():
        return
    if earlier.state == DecisionState.ISSUED:
        DECISION.perform(earlier, "revoke", actor=actor, reason=f"{decision}: {decision.reason}")
