"""Lines of a subject's history, and merging two subjects that are one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from awards.domain.history_lines import BY_SLUG, LineKind, add_line, edit_line, kinds_of, remove_line
from awards.domain.subject_merging import merge, preview, undo_merge
from awards.domain.subject_page import candidates_for, merge_of
from awards.forms.subject_lines import FORMS
from awards.forms.subjects import MergeForm
from awards.models import Subject
from awards.views.seen_forms import attempt_seen
from awards.views.subjects import form_page, subject_or_404
from blocs.views.attempts import attempt, attempt_told
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.text import tidy, without_controls


@require_http_methods(["GET", "POST"])
def line_new(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    subject, kind = writable(request, pk, slug)
    form = FORMS[slug](request.POST or None, subject=subject)
    if form.is_valid() and attempt(
        form, lambda: add_line(subject, kind, fields=form.row_fields(), actor=actor_of(request))
    ):
        messages.success(request, f"Đã thêm {kind.label}.")
        return redirect(subject)
    return line_page(request, subject, f"Thêm {kind.label}", form)


@require_http_methods(["GET", "POST"])
def line_edit(request: HttpRequest, pk: int, slug: str, line: int) -> HttpResponse:
    subject, kind = writable(request, pk, slug)
    row = get_object_or_404(kind.rows_of(subject), pk=line)
    seen = getattr(row, "version", 0)
    form = FORMS[slug](request.POST or None, instance=row, subject=subject)
    form.remember(seen)
    if form.is_valid() and attempt_seen(form, lambda: saved_line(request, form, row, kind, subject)):
        messages.success(request, f"Đã lưu {kind.label}.")
        return redirect(subject)
    return line_page(request, subject, f"Sửa {kind.label}", form)


@require_http_methods(["GET", "POST"])
def line_remove(request: HttpRequest, pk: int, slug: str, line: int) -> HttpResponse:
    subject, kind = writable(request, pk, slug)
    row = get_object_or_404(kind.rows_of(subject), pk=line)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))[:2000]
        given: dict[str, Any] = {"subject": subject, "reason": reason, "actor": actor_of(request)}
        try:
            remove_line(row, kind, **given)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        messages.success(request, f"Đã xóa {kind.label}.")
        return redirect(subject)
    lead = f"Xóa «{row}» của {subject}. Nội dung vẫn còn trong lịch sử của đối tượng."
    context = {"heading": f"Xóa {kind.label}", "lead": lead, "back": subject.get_absolute_url(), "cancel": "Không xóa"}
    return render(request, "web/confirm_page.html", context | {"nav": "awards"})


@require_http_methods(["GET", "POST"])
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge another subject into this one: look it up, read what would happen, confirm."""
    kept = subject_or_404(request, pk)
    require(request.user, "awards.merge_subjects", kept)
    query = tidy(request.GET.get("q", ""))[:200]
    gone = chosen(request)
    form = MergeForm(request.POST or None)
    if gone and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: merge(kept, gone, reason=reason, actor=actor_of(request))):
            messages.success(request, f"Đã gộp «{gone}» vào «{kept}».")
            return redirect(kept)
    context: dict[str, Any] = {"subject": kept, "gone": gone, "form": form, "query": query, "nav": "awards"}
    context["found"] = candidates_for(kept, actor_of(request), query) if gone is None else []
    context["preview"] = preview(kept, gone) if gone else None
    return render(request, "awards/subject_merge.html", context)


@require_POST
def merge_undo(request: HttpRequest, pk: int, merge_id: int) -> HttpResponse:
    kept = subject_or_404(request, pk)
    require(request.user, "awards.merge_subjects", kept)
    row = merge_of(kept, merge_id)
    if row is None:
        raise Http404
    subject_or_404(request, row.gone_id)
    attempt_told(request, lambda: undo_merge(row, actor=actor_of(request)), done=f"Đã tách lại «{row.gone}».")
    return redirect(kept)


def writable(request: HttpRequest, pk: int, slug: str) -> tuple[Subject, LineKind]:
    """A visible subject with a kind of line that it has and this person writes."""
    subject = subject_or_404(request, pk)
    kind = BY_SLUG.get(slug)
    if kind is None or kind not in kinds_of(subject):
        raise Http404
    require(request.user, kind.permission, subject)
    return subject, kind


def saved_line(request: HttpRequest, form: Any, row: Any, kind: LineKind, subject: Subject) -> Any:
    given = {"fields": form.row_fields(), "seen": form.seen_version(), "actor": actor_of(request)}
    return edit_line(row, kind, subject=subject, **given)


def chosen(request: HttpRequest) -> Subject | None:
    """The other subject, of those that this person sees and may merge."""
    wanted = request.GET.get("voi", "")
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    found = subject_or_404(request, int(wanted[:18]))
    require(request.user, "awards.merge_subjects", found)
    return found


def line_page(request: HttpRequest, subject: Subject, heading: str, form: Any) -> HttpResponse:
    back = reverse("awards:subject", args=[subject.pk])
    return form_page(request, heading, back, {"form": form, "lead": str(subject)})
