"""The makers' side of supplements: what was asked counts as answered once they change it or say why not."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.opened import open_supplements
from awards.domain.supplement.workflow import SUPPLEMENT
from awards.domain.supplement_targets import label_of_target
from awards.enums import DossierState, SupplementState
from awards.models import Dossier, Nomination, Supplement
from khoithidua.web.text import nfc

REPLIED = "Trả lời yêu cầu bổ sung"
NO_ANSWER = "Hãy ghi nội dung trả lời cho yêu cầu bổ sung."


def answered(dossier: Dossier, target: str, *, actor: User | None, nomination: Nomination | None = None) -> None:
    """Mark the open request for ``target`` as answered; nothing where none is open. The dossier is locked."""
    if dossier.state != DossierState.SUPPLEMENT:
        return
    rows = Supplement.objects.filter(dossier=dossier, nomination=nomination, target=target, state=SupplementState.ASKED)
    for row in rows:
        mark(row, actor)


@transaction.atomic
def answer_in_words(supplement: Supplement, text: str, *, actor: User | None) -> None:
    """Answer a request with a sentence, where nothing is to be changed; each change until it is sent is recorded.

    TransitionRefused without one, for a request that was accepted or withdrawn or answered in an earlier round, and
    once the dossier was sent again.
    """
    dossier = Dossier.objects.select_for_update().get(pk=supplement.dossier_id)
    row = open_supplements(dossier).select_for_update().filter(pk=supplement.pk).first()
    if row is None:
        raise TransitionRefused("Yêu cầu này không còn chờ trả lời. Hãy tải lại trang hồ sơ.")
    if not (words := nfc(text).strip()):
        raise TransitionRefused(NO_ANSWER)
    before, row.answer = row.answer, words[:5000]
    row.save(update_fields=["answer"])
    label = label_of_target(dossier, row)
    audit.record_change(dossier, REPLIED, actor=actor, before={label: before}, after={label: row.answer})
    if row.state == SupplementState.ASKED:
        mark(row, actor)


def supplements_in(dossiers: Any) -> Any:
    """The requests about these dossiers, with what pages show of them."""
    return Supplement.objects.filter(dossier__in=dossiers).select_related("dossier", "nomination")


def mark(row: Supplement, actor: User | None) -> None:
    SUPPLEMENT.perform(row, "answer", actor=actor)
    row.answered_by, row.answered_at = actor, timezone.now()
    row.save(update_fields=["answered_by", "answered_at"])
