"""The Party committee's opinion on a draft: when it was asked, and what it answered."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.snapshots import snapshot
from council.domain.decisions.drafts import drafted
from council.models import Decision, PartyOpinion

ASKED = ("body", "asked_on", "question")
ANSWERED = ("answered_on", "document", "agreed", "note")


@transaction.atomic
def ask_party(decision: Decision, *, body: str, asked_on: date, question: str, actor: User | None) -> PartyOpinion:
    """Record that the Party committee was asked. TransitionRefused while an earlier question has no answer."""
    row = drafted(decision)
    refuse_future(asked_on)
    if row.party_opinions.filter(agreed__isnull=True).exists():
        raise TransitionRefused("Lần xin ý kiến trước chưa có trả lời. Hãy ghi ý kiến trả lời trước.")
    made = PartyOpinion.objects.create(decision=row, body=body, asked_on=asked_on, question=question, recorded_by=actor)
    audit.record(row, "Xin ý kiến cấp ủy", actor=actor, after=snapshot(made, ASKED))
    return made


@transaction.atomic
def answer_party(
    decision: Decision, *, answered_on: date, document: str, agreed: bool, note: str, actor: User | None
) -> PartyOpinion:
    """Record the answer to the question that waits. TransitionRefused when none waits, or the days do not fit."""
    row = drafted(decision)
    refuse_future(answered_on)
    opinion: PartyOpinion | None = row.party_opinions.filter(agreed__isnull=True).last()
    if opinion is None:
        raise TransitionRefused("Không có lần xin ý kiến nào đang chờ trả lời. Hãy ghi việc xin ý kiến trước.")
    if answered_on < opinion.asked_on:
        raise TransitionRefused(f"Ngày trả lời không được trước ngày xin ý kiến ({opinion.asked_on:%d/%m/%Y}).")
    opinion.answered_on, opinion.document, opinion.agreed, opinion.note = answered_on, document, agreed, note
    opinion.save(update_fields=[*ANSWERED])
    audit.record(row, "Ghi ý kiến cấp ủy", actor=actor, after=snapshot(opinion, ANSWERED))
    return opinion


def refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise TransitionRefused("Ngày không được ở tương lai. Hãy ghi ngày trên văn bản.")
