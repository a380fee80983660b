"""The outline of a round: read by everyone who sees the round, written by who keeps it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.workflow import TransitionRefused
from blocs.views.attempts import attempt_told
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from reports.domain.rounding.copying import copy_outline, outline_source, sources_for
from reports.domain.rounding.outline import (
    KINDS,
    SECTION,
    PartKind,
    add_part,
    edit_part,
    move_part,
    name_of,
    remove_part,
    start_with_known,
)
from reports.forms_rounds import CopyForm, PartForm, part_form
from reports.models import ReportRound, RoundSection
from reports.views.rounds import form_page, round_or_404, saved

EDIT = "reports.edit_round"


def outline_of(found: ReportRound) -> Any:
    """Sections with their figures and tables, in three queries."""
    rows = RoundSection._default_manager.filter(round=found.outline_id)
    return rows.prefetch_related("figures", "tables")


@require_safe
def outline(request: HttpRequest, pk: int) -> HttpResponse:
    found = round_or_404(request, pk)
    context = {
        "round": found,
        "year": found.bloc_year,
        "sections": outline_of(found),
        "may_edit": request.user.has_perm(EDIT, found),
        "nav": "reports",
        "tab": "reports",
    }
    return render(request, "reports/rounds/outline.html", context)


def editable_or_403(request: HttpRequest, pk: int) -> ReportRound:
    found = round_or_404(request, pk)
    require(request.user, EDIT, found)
    return found


def part_or_404(found: ReportRound, slug: str, pk: int) -> tuple[PartKind, Any]:
    """A part of this round's own outline."""
    kind = KINDS.get(slug)
    part = kind.rows(found.pk).filter(pk=pk).first() if kind else None
    if kind is None or part is None:
        raise Http404
    return kind, part


def back_to(found: ReportRound) -> str:
    return reverse("reports:round-outline", args=[found.pk])


@require_http_methods(["GET", "POST"])
def section_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable_or_403(request, pk)
    return adding(request, found, SECTION, None)


@require_http_methods(["GET", "POST"])
def part_new(request: HttpRequest, pk: int, section: int, kind: str) -> HttpResponse:
    """A figure or a table of one section."""
    found = editable_or_403(request, pk)
    _, owner = part_or_404(found, SECTION.slug, section)
    if kind not in KINDS or kind == SECTION.slug:
        raise Http404
    return adding(request, found, KINDS[kind], owner)


def adding(request: HttpRequest, found: ReportRound, kind: PartKind, section: RoundSection | None) -> HttpResponse:
    form = part_form(kind, request.POST or None)
    actor = actor_of(request)
    if request.method == "POST" and form.is_valid():
        refused = saved(form, lambda: add_part(found, kind, fields=form.values(), actor=actor, section=section))
        if refused is None:
            messages.success(request, f"Đã thêm {kind.label} vào đề cương.")
            return redirect(back_to(found))
    place = f" của mục «{section.title}»" if section is not None else ""
    return form_page(request, form, f"Thêm {kind.label}{place}", back_to(found))


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int, kind: str, part: int) -> HttpResponse:
    found = editable_or_403(request, pk)
    chosen, row = part_or_404(found, kind, part)
    form, status = part_form(chosen, request.POST or None, row), 200
    if request.method == "POST" and form.is_valid():
        refused = saved(form, lambda: edited(request, found, chosen, row, form))
        if refused is None:
            messages.success(request, f"Đã lưu {chosen.label}.")
            return redirect(back_to(found))
        status = refused
    return form_page(request, form, f"Sửa {chosen.label}", back_to(found), status)


def edited(request: HttpRequest, found: ReportRound, kind: PartKind, row: Any, form: PartForm) -> Any:
    return edit_part(found, kind, row, fields=form.values(), base=form.base(), actor=actor_of(request))


@require_http_methods(["GET", "POST"])
def part_remove(request: HttpRequest, pk: int, kind: str, part: int) -> HttpResponse:
    found = editable_or_403(request, pk)
    chosen, row = part_or_404(found, kind, part)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        done = f"Đã xóa {chosen.label} «{name_of(chosen, row)}»."
        attempt_told(
            request, lambda: remove_part(found, chosen, row, reason=reason, actor=actor_of(request)), done=done
        )
        return redirect(back_to(found))
    more = " cùng các số liệu, bảng trong mục" if chosen is SECTION else ""
    lead = f"Xóa {chosen.label} «{name_of(chosen, row)}»{more} khỏi đề cương."
    context = {"heading": f"Xóa {chosen.label}", "lead": lead, "back": back_to(found), "nav": "reports"}
    return render(request, "web/confirm_page.html", context)


@require_POST
def part_move(request: HttpRequest, pk: int, kind: str, part: int) -> HttpResponse:
    found = editable_or_403(request, pk)
    chosen, row = part_or_404(found, kind, part)
    up = request.POST.get("huong") == "len"
    attempt_told(request, lambda: move_part(found, chosen, row, up=up, actor=actor_of(request)), done="Đã đổi thứ tự.")
    return redirect(back_to(found))


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """The four usual sections."""
    found = editable_or_403(request, pk)
    actor = actor_of(request)
    attempt_told(request, lambda: start_with_known(found, actor=actor), done="Đề cương đã có đủ bốn mục thường dùng.")
    return redirect(back_to(found))


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable_or_403(request, pk)
    actor = actor_of(request)
    form = CopyForm(request.POST or None, rounds=sources_for(found, actor))
    if request.method == "POST" and form.is_valid():
        source = outline_source(found, actor, form.cleaned_data["source"])
        try:
            if source is None:
                raise TransitionRefused("Đợt được chọn không còn. Hãy chọn lại.")
            count = copy_outline(found, source, actor=actor)
        except TransitionRefused as refusal:
            form.add_error("source", str(refusal))
        else:
            messages.success(request, f"Đã chép {count} phần của đề cương.")
            return redirect(back_to(found))
    more: dict[str, Any] = {"lead": "Chỉ thêm phần chưa có; phần đang có giữ nguyên.", "submit": "Chép đề cương"}
    return form_page(request, form, "Chép đề cương từ đợt khác", back_to(found), **more)
