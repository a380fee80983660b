"""Finishing a cross-check, and with the last of them the cross-checking of the sheet."""

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.cross_checking import load_check, locked_check
from scoring.domain.workflow import SCORE_SHEET
from scoring.enums import SheetState
from scoring.models import CrossCheck, ScoreSheet


@transaction.atomic
def finish_check(check: CrossCheck, *, actor: User | None) -> CrossCheck:
    """Say that the checker is done; refused while a due line has no points. Audited on the check.

    With the last check of a sheet the sheet is cross-checked, by the same person.
    """
    row = locked_check(check)
    missing = load_check(row).missing
    if missing:
        shown = ", ".join(missing[:8]) + (" …" if len(missing) > 8 else "")
        raise TransitionRefused(
            f"Còn {len(missing)} tiêu chí chưa chấm: {shown}. Hãy chấm nốt, hoặc bấm «Đồng ý tất cả các dòng còn lại»."
        )
    row.done_at, row.done_by = timezone.now(), actor
    row.save(update_fields=["done_at", "done_by"])
    audit.record(row, "Hoàn thành chấm chéo", actor=actor, before={"done": False}, after={"done": True})
    conclude_checks(row.sheet, actor=actor)
    check.refresh_from_db()
    return check


def conclude_checks(sheet: ScoreSheet, *, actor: User | None) -> None:
    """Take ``sheet`` on to cross-checked when it was dealt and every check of it is done."""
    moments = list(CrossCheck.objects.filter(sheet=sheet).values_list("done_at", flat=True))
    if moments and None not in moments and sheet.state == SheetState.SUBMITTED:
        SCORE_SHEET.perform(sheet, "cross_check", actor=actor)


@transaction.atomic
def conclude_dealt(bloc_year: BlocYear, *, actor: User) -> None:
    """After a dealing: sheets of which every check left is done go on, unless they are the actor's own."""
    waiting = ScoreSheet.objects.filter(bloc_year=bloc_year, state=SheetState.SUBMITTED)
    for sheet in waiting.filter(cross_checks__done_at__isnull=False).distinct().order_by("pk"):
        if actor.has_perm("scoring.conclude_checks", sheet):
            conclude_checks(sheet, actor=actor)
