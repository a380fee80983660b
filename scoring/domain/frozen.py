"""While a ranking is locked, nothing that it was computed from may change."""

from typing import Any

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from scoring.models import LockedStanding


def refuse_frozen(bloc_year: BlocYear | int) -> None:
    """TransitionRefused while a locked ranking of ``bloc_year`` (or its id) is in force; one query.

    For verbs that would change scores, grounds of disqualification, ties or votes on flags. Call it
    after locking the row that the verb changes, so that a lock that came first is seen.
    """
    if sentence := frozen_sentence(bloc_year):
        raise TransitionRefused(sentence)


def needs_no_frozen_standing(obj: Any) -> str | None:
    """A guard for transitions of what belongs to a bloc-year."""
    return frozen_sentence(obj.bloc_year_id) or None


def frozen_sentence(bloc_year: BlocYear | int) -> str:
    """Why nothing may change now, or "": for guards and pages."""
    year_id = bloc_year if isinstance(bloc_year, int) else bloc_year.pk
    rows = LockedStanding.objects.in_force().filter(bloc_year=year_id)
    version = rows.values_list("version", flat=True).first()
    if version is None:
        return ""
    return (
        f"Kết quả xếp hạng của khối đã khóa (phiên bản {version}) nên không sửa được nữa. "
        "Nếu cần sửa, hãy mở lại kết quả xếp hạng và ghi lý do ở trang Xếp hạng."
    )
