"""A criteria set is amended at mid-year as a new version; the older one stays readable for ever."""

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.criteria import copy_set_to, effective_set, locked_draft
from scoring.domain.frozen import refuse_frozen
from scoring.enums import SetState
from scoring.models import CriteriaSet, ScoreSheet

NOTE_LIMIT = 5000


@transaction.atomic
def amend(criteria_set: CriteriaSet, *, note: str, actor: User | None) -> CriteriaSet:
    """A draft of the next version of a set in force, with ``note`` on what will change; audited.

    TransitionRefused without a note, for a draft, for a version that was already replaced, while
    another draft of the year waits, or once the ranking is locked.
    """
    year = BlocYear.objects.select_for_update().get(pk=criteria_set.bloc_year_id)
    row = CriteriaSet.objects.get(pk=criteria_set.pk)
    note = note.strip()
    if not note or len(note) > NOTE_LIMIT:
        raise TransitionRefused(f"Hãy ghi nội dung và căn cứ sửa đổi, không quá {NOTE_LIMIT} ký tự.")
    if row.state == SetState.DRAFT:
        raise TransitionRefused("Bộ tiêu chí còn là dự thảo. Hãy sửa trực tiếp, không cần lập phiên bản sửa đổi.")
    if (waiting := waiting_draft(row)) is not None:
        raise TransitionRefused(
            f"Đã có dự thảo phiên bản {waiting.version}. Hãy sửa tiếp dự thảo đó, hoặc bỏ dự thảo rồi lập lại."
        )
    if effective_set(year) != row:
        raise TransitionRefused("Phiên bản này đã được thay. Hãy sửa đổi từ phiên bản đang áp dụng.")
    refuse_frozen(year)
    return copy_set_to(row, bloc_year=year, actor=actor, note=note)


@transaction.atomic
def discard_draft(criteria_set: CriteriaSet, *, reason: str, actor: User | None) -> None:
    """Remove a draft by which nobody scored; audited on the bloc-year, with the reason.

    TransitionRefused when it is no draft or a sheet follows it.
    """
    row = locked_draft(criteria_set)
    if ScoreSheet.objects.filter(criteria_set=row).exists():
        raise TransitionRefused("Đã có phiếu chấm theo bộ tiêu chí này nên không bỏ được.")
    before = {"version": row.version, "criteria": row.criteria.count(), "note": row.note}
    row.delete()
    audit.record(row.bloc_year, "Bỏ bộ tiêu chí dự thảo", actor=actor, before=before, reason=reason.strip())


def waiting_draft(criteria_set: CriteriaSet) -> CriteriaSet | None:
    """A draft of the same year that is newer than ``criteria_set``."""
    newer = CriteriaSet.objects.filter(bloc_year=criteria_set.bloc_year_id, version__gt=criteria_set.version)
    return newer.filter(state=SetState.DRAFT).order_by("-version").first()


def in_force(bloc_year_id: int) -> list[CriteriaSet]:
    """The versions of the year that are or were in force, the newest first."""
    return list(CriteriaSet.objects.filter(bloc_year=bloc_year_id).exclude(state=SetState.DRAFT).order_by("-version"))


def needs_next_version(criteria_set: CriteriaSet) -> str | None:
    """Guard of opening: nothing newer is in force, and what replaces an older version says why."""
    others = [each for each in in_force(criteria_set.bloc_year_id) if each.pk != criteria_set.pk]
    if others and others[0].version > criteria_set.version:
        return f"Phiên bản {others[0].version} mới hơn đã được áp dụng. Hãy sửa đổi từ phiên bản đó."
    if others and not criteria_set.note.strip():
        return (
            f"Phiên bản này thay phiên bản {others[0].version} đang có. "
            "Hãy ghi nội dung sửa đổi ở «Thang điểm, phân hạng» trước."
        )
    return None


def needs_no_replaced_version(criteria_set: CriteriaSet) -> str | None:
    """Guard of withdrawing: once the sheets were moved to a version, only a further version replaces it."""
    older = [each for each in in_force(criteria_set.bloc_year_id) if each.version < criteria_set.version]
    if older and ScoreSheet.objects.filter(criteria_set=criteria_set).exists():
        return (
            f"Các phiếu chấm đã chuyển từ phiên bản {older[0].version} sang phiên bản này. "
            "Hãy lập phiên bản sửa đổi thay vì rút về dự thảo."
        )
    return None
