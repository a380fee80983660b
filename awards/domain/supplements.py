"""Asking the makers for single fields, sections and papers: only those open again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.supplement.workflow import SUPPLEMENT
from awards.domain.supplement_targets import label_of_target, targets_of
from awards.domain.workflow import DOSSIER, makers
from awards.enums import DossierState, SupplementState
from awards.models import Dossier, Nomination, Supplement

ASKED, MORE = "Yêu cầu bổ sung", "Yêu cầu bổ sung thêm"


@dataclass(frozen=True)
class Wanted:
    """One thing to ask for; without a nomination it is the dossier's own."""

    target: str
    request: str
    nomination: Nomination | None = None


@transaction.atomic
def ask_supplements(dossier: Dossier, wanted: Sequence[Wanted], *, due: date | None, actor: User) -> list[Supplement]:
    """Ask for each thing; the dossier waits for its makers, who can change exactly these until they send again.

    Raises PermissionDenied for who is not the assigned specialist; TransitionRefused without anything to ask, for a
    target that the nomination does not have, one asked already, a due day in the past, or a dossier in another state.
    """
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not actor.has_perm("awards.write_appraisal", row):
        raise PermissionDenied("awards.write_appraisal")
    refuse_unfit(row, wanted, due)
    made = [create(row, each, due, actor) for each in wanted]
    told = {label_of_target(row, each): each.request for each in made}
    audit.record(row, ASKED, actor=actor, after=told)
    if row.state == DossierState.RECEIVED:
        DOSSIER.perform(row, "ask_supplement", actor=actor, reason=f"{len(made)} nội dung cần bổ sung.")
    else:
        notify(makers(row), f"{row}: có thêm nội dung cần bổ sung.", url=row.get_absolute_url())
    dossier.refresh_from_db()
    return made


def create(row: Dossier, each: Wanted, due: date | None, actor: User) -> Supplement:
    return Supplement.objects.create(
        dossier=row,
        nomination=each.nomination,
        target=each.target,
        request=each.request.strip(),
        due=due,
        asked_by=actor,
    )


def refuse_unfit(row: Dossier, wanted: Sequence[Wanted], due: date | None) -> None:
    if not wanted:
        raise TransitionRefused("Hãy chọn ít nhất một nội dung cần bổ sung và ghi yêu cầu.")
    if due is not None and due < timezone.localdate():
        raise TransitionRefused("Hạn bổ sung không được trước hôm nay. Hãy chọn ngày khác.")
    asked = set(Supplement.objects.filter(dossier=row, state=SupplementState.ASKED).values_list("nomination", "target"))
    for each in wanted:
        pk = each.nomination.pk if each.nomination else None
        known = {target for target, _ in targets_of(row, each.nomination)}
        if each.target not in known or (each.nomination and each.nomination.dossier_id != row.pk):
            raise TransitionRefused("Nội dung cần bổ sung không có trong hồ sơ này. Hãy tải lại trang.")
        if (pk, each.target) in asked:
            raise TransitionRefused(f"«{dict(targets_of(row, each.nomination))[each.target]}» đã được yêu cầu bổ sung.")
        if not each.request.strip():
            raise TransitionRefused("Hãy ghi rõ yêu cầu cho từng nội dung cần bổ sung.")


def accept(supplement: Supplement, *, actor: User) -> None:
    """What was supplied will do. Raises PermissionDenied or TransitionRefused (not answered yet)."""
    if supplement.state == SupplementState.ASKED:
        raise TransitionRefused("Nội dung này chưa được bổ sung. Nếu không cần nữa, hãy rút yêu cầu.")
    refuse_while_supplying(supplement)
    SUPPLEMENT.perform(supplement, "accept", actor=actor)


@transaction.atomic
def ask_again(supplement: Supplement, *, request: str, due: date | None, actor: User) -> None:
    """What was supplied will not do: the same thing opens again, with a new request. The dossier goes back for it."""
    dossier = Dossier.objects.select_for_update().get(pk=supplement.dossier_id)
    if due is not None and due < timezone.localdate():
        raise TransitionRefused("Hạn bổ sung không được trước hôm nay. Hãy chọn ngày khác.")
    refuse_while_supplying(supplement)
    if not request.strip():
        raise TransitionRefused("Hãy ghi rõ nội dung cần bổ sung lại.")
    SUPPLEMENT.perform(supplement, "ask_again", actor=actor, reason=request)
    supplement.request, supplement.due = request.strip(), due
    supplement.answer, supplement.answered_by, supplement.answered_at = "", None, None
    supplement.save(update_fields=["request", "due", "answer", "answered_by", "answered_at"])
    DOSSIER.perform(dossier, "ask_supplement", actor=actor, reason=f"Bổ sung lại: {request.strip()}")


def refuse_while_supplying(supplement: Supplement) -> None:
    if supplement.dossier.state == DossierState.SUPPLEMENT:
        raise TransitionRefused(
            "Đơn vị đang bổ sung và chưa gửi lại hồ sơ. Hãy đợi đơn vị gửi, hoặc rút các yêu cầu còn lại."
        )


@transaction.atomic
def withdraw(supplements: Iterable[Supplement], *, reason: str, actor: User) -> None:
    """Nothing of this is wanted any more; when no request is left open the dossier comes back to the specialist."""
    rows = list(supplements)
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do rút yêu cầu bổ sung.")
    dossier = Dossier.objects.select_for_update().get(pk=rows[0].dossier_id)
    for row in rows:
        SUPPLEMENT.perform(row, "withdraw", actor=actor, reason=reason)
    told = {label_of_target(dossier, row): row.request for row in rows}
    audit.record(dossier, "Rút nội dung bổ sung", actor=actor, before=told, reason=reason.strip())
    left = Supplement.objects.filter(dossier=dossier, state=SupplementState.ASKED).exists()
    if dossier.state == DossierState.SUPPLEMENT and not left:
        give_back_to_specialist(dossier, actor, reason)


def give_back_to_specialist(dossier: Dossier, actor: User, reason: str) -> None:
    DOSSIER.perform(dossier, "withdraw_supplement", actor=actor, reason=reason)


def supplement_lines(dossier: Dossier, rows: QuerySet[Supplement] | None = None) -> list[dict[str, Any]]:
    """The requests of a dossier (or ``rows`` of them) in words, oldest first; one query."""
    found = Supplement.objects.filter(dossier=dossier) if rows is None else rows
    related = ("nomination__subject", "nomination__award", "nomination__dossier", "asked_by", "answered_by")
    return [
        {"row": row, "label": label_of_target(dossier, row)} for row in found.select_related(*related).order_by("pk")
    ]
