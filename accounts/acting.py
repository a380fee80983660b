"""From a posted button to a transition, and back to the page with a sentence."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.domain.workflow import Lifecycle, TransitionRefused
from khoithidua.web.text import without_controls


def perform_posted(request: HttpRequest, lifecycle: Lifecycle, obj: Any, *, to: str | None = None) -> HttpResponse:
    """Perform the transition named in the form on ``obj``; say what happened; go back.

    The object was fetched with ``visible_to``. A name that is not in the table is refused
    like a state that does not allow it; a missing permission is 403.
    """
    name = request.POST.get("transition", "")
    transition = lifecycle.by_name.get(name)
    if transition is None or not transition.offered:
        messages.error(request, "Thao tác không có trong quy trình. Hãy tải lại trang rồi thử lại.")
        return redirect(to or obj)
    try:
        lifecycle.perform(obj, name, actor=request.user, reason=without_controls(request.POST.get("reason", "")))  # type: ignore[arg-type]
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã thực hiện: {transition.label.lower()}.")
    return redirect(to or obj)
