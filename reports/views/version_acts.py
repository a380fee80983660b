"""What pages of versions do alike, for an agency's report and a bloc's review."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from khoithidua.web.guards import require
from reports.domain.passages import Owner, PassageRefused
from reports.domain.versions import VersionRefused, compare, content_of, go_back, keep_by_hand, versions_of
from reports.models import TextVersion

NOW = "hien-tai"


def picked(request: HttpRequest, owner: Owner) -> dict[str, Any]:
    """All versions, and the two that ``?cu=`` and ``?moi=`` name, None for the text of now."""
    user: Any = request.user
    rows = list(versions_of(owner, user))
    old = chosen(rows, request.GET.get("cu", ""), rows[0] if rows else None)
    new = chosen(rows, request.GET.get("moi", ""), None)
    return {"versions": rows, "old": old, "new": new}


def chosen(rows: list[TextVersion], number: str, otherwise: TextVersion | None) -> TextVersion | None:
    """The version of ``number``; None stands for the text of now."""
    if number == NOW:
        return None
    return next((each for each in rows if str(each.number) == number), otherwise)


def compared(owner: Owner, old: TextVersion | None, new: TextVersion | None) -> list[Any]:
    """The differences between the two."""
    before, after = (each.content if each else content_of(owner) for each in (old, new))
    return compare(owner, before, after)


def keep_as_asked(request: HttpRequest, owner: Owner, permission: str) -> None:
    """Keep what stands, and say so or why not."""
    require(request.user, permission, owner)
    user: Any = request.user
    try:
        kept = keep_by_hand(owner, actor=user)
    except (VersionRefused, PassageRefused) as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"Đã lưu phiên bản {kept.number}.")


def go_back_as_asked(request: HttpRequest, owner: Owner, permission: str, number: int) -> bool:
    """Go back to a version, as new text; what stands now is kept first. False where it was refused, which is said."""
    require(request.user, permission, owner)
    user: Any = request.user
    version = get_object_or_404(versions_of(owner, user), number=number)
    try:
        go_back(owner, version, actor=user)
    except (VersionRefused, PassageRefused) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, f"Đã quay lại phiên bản {number}. Nội dung trước đó được giữ thành một phiên bản.")
    return True
