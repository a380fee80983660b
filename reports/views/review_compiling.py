"""Compiling a review by click: its first draft, a section, and what an agency has changed since."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from reports.domain.compilation import Compiled, compile_review
from reports.domain.compiling import compile_section, take_over
from reports.domain.passages import PassageRefused
from reports.models import BlocReview
from reports.views.editing import section_or_404
from reports.views.fetching import review_or_404


def compiled_one(request: HttpRequest, pk: int) -> BlocReview:
    found = review_or_404(request, pk)
    require(request.user, "reports.compile_review", found)
    return found


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Compile the whole review: the first draft, or the computed parts anew."""
    found = compiled_one(request, pk)
    first = found.compiled_at is None
    try:
        result = compile_review(found, actor=actor_of(request))
    except PassageRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, first_words(result) if first else again_words(result))
    return redirect(f"{found.get_absolute_url()}#tong-hop")


def first_words(result: Compiled) -> str:
    names = list(dict.fromkeys(name for names in result.merged.values() for name in names))
    texts = f" Đã ghép nội dung của: {', '.join(names)}." if names else " Chưa có đơn vị nào gửi báo cáo để ghép."
    return f"Đã lập dự thảo: số liệu được tính và đặt vào báo cáo.{texts}"


def again_words(result: Compiled) -> str:
    if not result.changes:
        return "Đã tổng hợp lại. Số liệu và báo cáo của các đơn vị không thay đổi so với lần trước."
    return f"Đã tổng hợp lại: {len(result.changes)} nội dung thay đổi. Phần viết được giữ nguyên."


@require_POST
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """Appends the members' texts of one section that were not merged yet."""
    found = compiled_one(request, pk)
    key = section_or_404(request.POST.get("section", ""))
    try:
        passage, names = compile_section(found, key, actor=actor_of(request))
    except PassageRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ghép vào cuối mục «{passage.label}» nội dung của: {', '.join(names)}.")
    return redirect(f"{found.get_absolute_url()}#muc-{key}")


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes over what one agency has changed since its text was merged."""
    found = compiled_one(request, pk)
    key = section_or_404(request.POST.get("section", ""))
    code: Any = request.POST.get("agency", "")
    try:
        passage = take_over(found, key, code, actor=actor_of(request))
    except PassageRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã lấy nội dung mới của đơn vị vào mục «{passage.label}».")
    return redirect(f"{found.get_absolute_url()}#muc-{key}")
