"""Two people on one form: the second is told, and nothing typed is lost."""

from typing import Any

from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused


class Stale(TransitionRefused):
    """The row changed after the form was opened; the message says who changed it and when."""


def version_of(obj: Any, *, action: str = "") -> int:
    """How often ``obj`` was changed, by one kind of act or by any: what an opened form remembers."""
    if obj is None or obj.pk is None:
        return 0
    rows = audit.entries_of(obj)
    return (rows.filter(action=action) if action else rows).count()


def refuse_stale(obj: Any, *, seen: int | None, action: str = "") -> None:
    """Raise Stale when ``obj`` was changed since version ``seen``; None asks for no check.

    Called with the row locked, so that two saves cannot pass together.
    """
    if seen is None or version_of(obj, action=action) == seen:
        return
    rows = audit.entries_of(obj)
    last = (rows.filter(action=action) if action else rows).first()
    who, when = (
        (last.actor_name, f" lúc {timezone.localtime(last.at):%H:%M ngày %d/%m/%Y}") if last else ("Có người", "")
    )
    raise Stale(
        f"{who} đã lưu{when}, trong khi bạn đang sửa. Nội dung bạn gõ vẫn còn nguyên. "
        "Hãy xem Lịch sử để đối chiếu, rồi bấm Lưu lần nữa nếu muốn ghi theo nội dung của bạn."
    )
