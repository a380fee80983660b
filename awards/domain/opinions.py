"""Asking other agencies about nominations (hiệp y, xác nhận vi phạm) and what they answer.

What is asked is a sentence and names; the dossier itself, its checks and files stay with the standing body.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.deadlines import opinion_due
from awards.domain.workflow import standing_people
from awards.enums import DossierState, OpinionAnswer, OpinionKind
from awards.models import Dossier, Nomination, Opinion
from blocs.domain.editing import Stale
from blocs.enums import Duty
from blocs.models import Agency
from blocs.tables.agencies import people_of
from khoithidua.web.text import nfc

A = OpinionAnswer
ANSWERS = {
    OpinionKind.CONSULTATION: (A.AGREED, A.DISAGREED),
    OpinionKind.VIOLATION: (A.NO_VIOLATION, A.VIOLATION),
}
# These stand in the way of somebody, so they are explained.
EXPLAINED = (A.DISAGREED, A.VIOLATION)
OPEN_STATES = (DossierState.RECEIVED, DossierState.SUPPLEMENT)
ASKED, ANSWERED, WAIVED, REMINDED = "Xin ý kiến", "Trả lời ý kiến", "Không chờ ý kiến", "Nhắc trả lời ý kiến"


@dataclass(frozen=True)
class Question:
    """What is asked of every chosen agency."""

    kind: str
    text: str
    agencies: Sequence[Agency]
    nominations: Sequence[Nomination]


@transaction.atomic
def ask_opinions(dossier: Dossier, question: Question, *, actor: User, on: date) -> list[Opinion]:
    """One question to each agency, due as ``opinion_term`` says (NĐ 152/2025, Điều 34 khoản 6); its people are told.

    Raises PermissionDenied for who is not the assigned specialist, TransitionRefused without agency, nomination or
    question, or where the agency that made the dossier would be asked about itself.
    """
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not actor.has_perm("awards.write_appraisal", row):
        raise PermissionDenied("awards.write_appraisal")
    refuse_unfit(row, question)
    due = opinion_due(row.council_id, on)
    made = [ask(row, agency, question, actor, on, due) for agency in question.agencies]
    # The makers read the dossier's history: who was asked, and what was answered, stands in the opinion's own.
    after = {"số cơ quan": len(made), "số trường hợp": len(question.nominations), "hạn trả lời": due}
    audit.record(row, ASKED, actor=actor, after=after)
    return made


def refuse_unfit(row: Dossier, question: Question) -> None:
    if not question.agencies or not question.nominations or not question.text.strip():
        raise TransitionRefused("Hãy chọn cơ quan, chọn trường hợp và ghi nội dung xin ý kiến.")
    if any(each.dossier_id != row.pk for each in question.nominations):
        raise TransitionRefused("Có trường hợp không thuộc hồ sơ này. Hãy tải lại trang.")
    if any(agency.pk == row.agency_id for agency in question.agencies):
        raise TransitionRefused("Không xin ý kiến chính đơn vị đề nghị. Hãy chọn cơ quan khác.")


def ask(row: Dossier, agency: Agency, question: Question, actor: User, on: date, due: date) -> Opinion:
    made = Opinion.objects.create(
        dossier=row,
        asked=agency,
        kind=question.kind,
        question=nfc(question.text).strip(),
        asked_by=actor,
        asked_on=on,
        due=due,
    )
    made.nominations.set(question.nominations)
    audit.record(made, ASKED, actor=actor, after={"question": made.question, "due": due})
    words = f"Xin ý kiến về {len(question.nominations)} trường hợp khen thưởng, hạn trả lời {due:%d/%m/%Y}."
    notify(people_of([agency.pk], Duty.OFFICER, Duty.LEADER, on=on), words, url=made.get_absolute_url())
    return made


def locked(opinion: Opinion) -> Opinion:
    rows = Opinion.objects.select_for_update(of=("self",)).select_related("dossier", "asked")
    return rows.get(pk=opinion.pk)


@transaction.atomic
def answer_opinion(
    opinion: Opinion, *, answer: str, text: str, document: str, actor: User, seen: int | None = None
) -> Opinion:
    """Record what the asked agency answers; until the appraisal ends it may be corrected.

    ``seen`` is the version that was on the page: Stale tells who answered meanwhile, and what. Raises
    PermissionDenied, TransitionRefused (kind of answer, no explanation, appraisal over).
    """
    row = locked(opinion)
    if not actor.has_perm("awards.answer_opinion", row):
        raise PermissionDenied("awards.answer_opinion")
    refuse_closed(row)
    if seen is not None and seen != row.version:
        raise Stale(told_first(row))
    if answer not in ANSWERS[OpinionKind(row.kind)]:
        raise TransitionRefused("Hãy chọn ý kiến trả lời.")
    if answer in EXPLAINED and not text.strip():
        raise TransitionRefused("Hãy ghi rõ nội dung không nhất trí hoặc vi phạm.")
    before = {"answer": row.get_answer_display(), "text": row.text, "document": row.document}
    row.answer, row.text, row.document = answer, nfc(text).strip(), nfc(document).strip()[:300]
    row.answered_by, row.answered_at, row.version = actor, timezone.now(), row.version + 1
    row.save(update_fields=["answer", "text", "document", "answered_by", "answered_at", "version"])
    after = {"answer": row.get_answer_display(), "text": row.text, "document": row.document}
    audit.record_change(row, ANSWERED, actor=actor, before=before, after=after)
    words = f"{row.asked.label} trả lời ý kiến: {row.get_answer_display().lower()}."
    notify(standing_people(row.dossier), words, url=row.get_absolute_url())
    return row


def refuse_closed(row: Opinion) -> None:
    if row.dossier.state not in OPEN_STATES:
        raise TransitionRefused("Việc thẩm định đã kết thúc nên không trả lời ở đây được nữa. Hãy gửi văn bản.")
    if row.answer == A.WAIVED:
        raise TransitionRefused("Cơ quan thẩm định đã thôi chờ ý kiến này. Hãy liên hệ cơ quan thường trực.")


def told_first(row: Opinion) -> str:
    return (
        f"{row.answered_by or 'Có người'} vừa trả lời: «{row.get_answer_display()}» {row.text}".strip()
        + " – Nội dung bạn gõ vẫn còn; hãy đối chiếu rồi bấm Gửi lần nữa nếu muốn thay bằng nội dung của bạn."
    )


@transaction.atomic
def waive_opinion(opinion: Opinion, *, reason: str, actor: User) -> Opinion:
    """Go on without this answer, with the reason recorded: the answer is «Không chờ trả lời».

    Raises PermissionDenied for who is not the assigned specialist, TransitionRefused when answered or without reason.
    """
    row = locked(opinion)
    if not actor.has_perm("awards.write_appraisal", row):
        raise PermissionDenied("awards.write_appraisal")
    if row.answered_at is not None:
        raise TransitionRefused("Ý kiến này đã được trả lời hoặc đã thôi chờ. Hãy tải lại trang.")
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do không chờ ý kiến này.")
    row.answered_by, row.answered_at, row.version = actor, timezone.now(), row.version + 1
    row.answer, row.text = A.WAIVED, nfc(reason).strip()
    row.save(update_fields=["answer", "answered_by", "answered_at", "text", "version"])
    audit.record(row, WAIVED, actor=actor, reason=reason.strip())
    return row


@transaction.atomic
def remind(opinion: Opinion, *, actor: User) -> None:
    """Tell the asked agency's people once more. Raises PermissionDenied, TransitionRefused when answered."""
    row = locked(opinion)
    if not actor.has_perm("awards.write_appraisal", row):
        raise PermissionDenied("awards.write_appraisal")
    if row.answered_at is not None:
        raise TransitionRefused("Ý kiến này đã được trả lời hoặc đã thôi chờ nên không cần nhắc.")
    people = people_of([row.asked_id], Duty.OFFICER, Duty.LEADER, on=timezone.localdate())
    notify(people, f"Nhắc trả lời ý kiến khen thưởng, hạn {row.due:%d/%m/%Y}.", url=row.get_absolute_url())
    audit.record(row, REMINDED, actor=actor)


def is_waiting(opinion: Opinion) -> bool:
    return opinion.answered_at is None


def reported_violations(dossier: Dossier) -> Iterable[Opinion]:
    """Answers that report a violation, with the nominations they were asked about."""
    rows = dossier.opinions.filter(answer=OpinionAnswer.VIOLATION).select_related("asked")
    return rows.prefetch_related("nominations__subject").order_by("pk")
