"""What the assigned specialist decides: the result of each nomination, the return of a dossier."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.checking import recheck_nominations, renew
from awards.domain.open_matters import frozen_subjects
from awards.domain.open_questions import OPEN_SUPPLEMENTS
from awards.domain.supplement.workflow import SUPPLEMENT
from awards.domain.workflow import DOSSIER, NOMINATION
from awards.enums import NominationState, VerdictKind
from awards.models import Dossier, Nomination
from blocs.domain.editing import Stale

ELIGIBLE, INELIGIBLE, NEEDS_DECISION = "find_eligible", "find_ineligible", "find_needs_decision"
RESULTS = {
    ELIGIBLE: NominationState.ELIGIBLE,
    INELIGIBLE: NominationState.INELIGIBLE,
    NEEDS_DECISION: NominationState.NEEDS_DECISION,
}


@dataclass(frozen=True)
class Ruling:
    """A result (name of a transition of NOMINATION), why, by which article; ``branch`` None keeps the branch."""

    result: str
    reason: str = ""
    article: str = ""
    branch: str | None = None

    @property
    def words(self) -> str:
        """Reason and article as the nomination keeps them."""
        ground = f"Căn cứ: {self.article.strip()}." if self.article.strip() else ""
        return " ".join(part for part in (self.reason.strip(), ground) if part)


def seen_of(nomination: Nomination) -> str:
    """What a page remembers of a nomination: edited or judged since, it differs."""
    at = nomination.appraised_at.isoformat() if nomination.appraised_at else ""
    return f"{nomination.version}|{nomination.state}|{at}"


FROZEN = (
    "Đối tượng đang có việc xem xét, xác minh chưa kết luận nên chưa kết luận đủ điều kiện được "
    "(Nghị định 152/2025/NĐ-CP, Điều 4 khoản 4). Hãy ghi «Không đủ điều kiện» hoặc «Cần Hội đồng xem xét», "
    "hoặc đợi kết luận."
)


def ruling_obstacle(nomination: Nomination, ruling: Ruling, frozen: Collection[int] = ()) -> str:
    """Why ``ruling`` cannot be recorded for this nomination, as a sentence; empty when it can.

    ``frozen`` are the subjects with an open matter (``frozen_subjects``).
    """
    if ruling.result not in RESULTS:
        return "Hãy chọn kết quả thẩm định."
    if ruling.result == ELIGIBLE and nomination.subject_id in frozen:
        return FROZEN
    if ruling.result != ELIGIBLE and not ruling.reason.strip():
        return "Hãy ghi lý do của kết quả này."
    if ruling.result == INELIGIBLE and not ruling.article.strip():
        return "Hãy ghi điều, khoản làm căn cứ kết luận không đủ điều kiện."
    if (
        ruling.result == ELIGIBLE
        and nomination.verdict == VerdictKind.INELIGIBLE
        and not ruling.reason.strip()
        and ruling.branch in (None, nomination.branch)
    ):
        return (
            "Hệ thống kiểm tra thấy chưa đủ điều kiện. Nếu vẫn kết luận đủ điều kiện, hãy ghi lý do "
            "(giấy tờ, dữ kiện hệ thống chưa có)."
        )
    return ""


@transaction.atomic
def judge_nomination(nomination: Nomination, ruling: Ruling, *, actor: User, seen: str | None = None) -> Nomination:
    """Record the result of one nomination, and the branch it relies on when that changes.

    Only the assigned specialist while the dossier is received or being supplied. ``seen`` is what ``seen_of`` said
    when the page was opened: another result or edit since then raises Stale with both. Raises PermissionDenied, or
    TransitionRefused with a sentence; then nothing has changed.
    """
    dossier = Dossier.objects.select_for_update().get(pk=nomination.dossier_id)
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("award", "subject", "appraised_by")
    row = rows.get(pk=nomination.pk)
    row.dossier = dossier
    if not actor.has_perm("awards.write_appraisal", row):
        raise PermissionDenied("awards.write_appraisal")
    if seen is not None and seen != seen_of(row):
        raise Stale(who_was_first(row))
    renew([row])
    if obstacle := ruling_obstacle(row, ruling, frozen_subjects([row])):
        raise TransitionRefused(obstacle)
    write_rulings([row], ruling, actor=actor)
    nomination.refresh_from_db()
    return row


@transaction.atomic
def write_rulings(rows: Sequence[Nomination], ruling: Ruling, *, actor: User) -> None:
    """Record ``ruling`` for rows that are locked and that nothing stands against (``ruling_obstacle``).

    All or none; raises what the lifecycle raises. Statements do not grow with the rows.
    """
    change_branch(rows, ruling.branch, actor=actor)
    NOMINATION.perform_all(rows, ruling.result, actor=actor, reason=ruling.words)
    keep(rows, reason=ruling.words, by=actor, at=timezone.now())


def keep(rows: Iterable[Nomination], *, reason: str, by: User | None, at: datetime | None) -> None:
    """Write what was said, by whom and when; one statement."""
    for row in rows:
        row.appraisal_reason, row.appraised_by, row.appraised_at = reason, by, at
    keys = [row.pk for row in rows]
    Nomination.objects.filter(pk__in=keys).update(appraisal_reason=reason, appraised_by=by, appraised_at=at)


def who_was_first(row: Nomination) -> str:
    """What stands now and who wrote it, for the person who came second."""
    last = audit.entries_of(row).first()
    who, at = (last.actor_name, f" lúc {timezone.localtime(last.at):%H:%M ngày %d/%m/%Y}") if last else ("Có người", "")
    stands = f"«{row.get_state_display()}»" + (f" ({row.appraisal_reason})" if row.appraisal_reason else "")
    return (
        f"{who} đã thay đổi trường hợp này{at}, sau khi bạn mở trang. Kết quả đang lưu: {stands}. Nội dung bạn ghi vẫn "
        "còn trên trang; hãy đối chiếu rồi bấm Lưu lần nữa nếu muốn ghi theo nội dung của bạn."
    )


def change_branch(rows: Iterable[Nomination], branch: str | None, *, actor: User) -> None:
    """Note that these rely on another branch of the law, and check them by that one."""
    other = [row for row in rows if branch not in (None, row.branch)]
    if not other:
        return
    notes = [audit.Note(row, "Đổi căn cứ xét", {"branch": branch}, {"branch": row.branch}) for row in other]
    Nomination.objects.filter(pk__in=[row.pk for row in other]).update(branch=branch)
    audit.record_all(notes, actor=actor)
    for row in other:
        row.branch = branch or ""
    recheck_nominations(row.pk for row in other)


@transaction.atomic
def return_dossier(dossier: Dossier, *, ground: str, reason: str, actor: User) -> None:
    """Send the dossier back to its makers with the legal ground (NĐ 152/2025, Điều 35 khoản 4 điểm a).

    An assigned dossier: the specialist alone. Results are taken back, open supplements are withdrawn: the makers may
    change everything. Raises PermissionDenied or TransitionRefused.
    """
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    permission = "awards.appraise_dossier" if row.assigned_to_id else "awards.receive_dossier"
    if not actor.has_perm(permission, row):
        raise PermissionDenied(permission)
    if not ground.strip() or not reason.strip():
        raise TransitionRefused("Hãy ghi căn cứ pháp lý và lý do trả lại hồ sơ.")
    waiting = row.supplements.select_for_update().filter(state__in=OPEN_SUPPLEMENTS).order_by("pk")
    SUPPLEMENT.perform_all(list(waiting), "withdraw", actor=None, reason="Hồ sơ được trả lại.")
    take_back(row)
    words = f"Căn cứ: {ground.strip().rstrip('.')}. Lý do: {reason.strip()}"
    DOSSIER.perform(row, "give_back", actor=actor, reason=words)
    dossier.refresh_from_db()


def take_back(dossier: Dossier) -> None:
    """Take every result of a locked dossier back; statements do not grow with the nominations."""
    rows = Nomination.objects.select_for_update(of=("self",)).filter(dossier=dossier).select_related("award")
    judged = list(rows.exclude(state=NominationState.PENDING).order_by("pk"))
    NOMINATION.perform_all(judged, "reset", actor=None, reason="Hồ sơ được trả lại.")
    keep(judged, reason="", by=None, at=None)
