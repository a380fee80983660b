"""The names of a draft: adding from the register, editing, ordering, taking out."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from awards.domain.subject_page import matching_words
from awards.enums import SubjectKind
from blocs.views.attempts import attempt_told
from council.domain.decisions.checking import names
from council.domain.decisions.lines import FIELDS, add_lines, choosable, edit_line, move_line, regroup, remove_lines
from council.forms.decisions import AddLinesForm, LineForm
from council.models import Decision, DecisionLine
from council.views.decision_fetching import actor_of, own_decision, own_line
from khoithidua.web.text import tidy, without_controls

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    decision = own_decision(request, pk)
    form = AddLinesForm(request.POST or None, subjects=choosable(decision))
    if request.method == "POST" and form.is_valid():
        try:
            made, held = add_lines(decision, actor=actor_of(request), **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã thêm {len(made)} trường hợp.")
            if held:
                messages.warning(request, f"Đã có trong danh sách nên không thêm lại: {names(held)}.")
            return redirect(decision)
    return render(request, "council/decisions/lines_add.html", adding(request, decision, form))


def adding(request: HttpRequest, decision: Decision, form: AddLinesForm) -> dict[str, Any]:
    """The page of subjects to choose from: searched by name, by kind."""
    query, kind = tidy(request.GET.get("q", ""))[:200], request.GET.get("loai", "")
    rows = matching_words(choosable(decision), query).select_related("agency").order_by("person_sort_key", "pk")
    rows = rows.filter(kind=kind) if kind in SubjectKind.values else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"decision": decision, "form": form, "page": page, "query": query, "kind": kind, "nav": "council"}
    return context | {"kinds": SubjectKind.choices, "chosen": set(request.POST.getlist("subjects"))}


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    decision = own_decision(request, pk)
    wanted = request.POST.get("thu-tu", "")
    attempt_told(
        request, lambda: regroup(decision, order=wanted, actor=actor_of(request)), done="Đã sắp xếp lại danh sách."
    )
    return redirect(decision)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    typed = request.POST.get("vi-tri", "").strip()
    if not typed.isdecimal() or len(typed) > 6:
        messages.error(request, "Hãy ghi vị trí mới bằng một số nguyên, ví dụ 3.")
        return redirect(line.decision)
    attempt_told(
        request,
        lambda: move_line(line, place=int(typed), actor=actor_of(request)),
        done=f"Đã chuyển «{line.name}» đến vị trí {int(typed)} trong nhóm.",
    )
    return redirect(line.decision)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    form = LineForm(request.POST or None, instance=own_line(request, pk))
    form.remember(line, FIELDS)
    if request.method == "POST" and form.is_valid() and saved(request, line, form):
        messages.success(request, "Đã lưu trường hợp.")
        return redirect(line.decision)
    context = {"form": form, "heading": f"Sửa «{line.name}»", "lead": f"{line.award}. {line.decision.title}"}
    context |= {"back": line.decision.get_absolute_url(), "nav": "council"}
    return render(request, "council/decisions/form.html", context)


def saved(request: HttpRequest, line: DecisionLine, form: LineForm) -> bool:
    try:
        edit_line(line, fields=form.cleaned_fields(), base=form.base(), actor=actor_of(request))
    except Conflict as conflict:
        form.tell(conflict)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    decision = line.decision
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        attempt_told(
            request,
            lambda: remove_lines(decision, lines=[line], reason=reason, actor=actor_of(request)),
            done=f"Đã bỏ «{line.name}» khỏi dự thảo.",
        )
        return redirect(decision)
    lead = f"Bỏ «{line.name}» ({line.award}) khỏi dự thảo? Nếu từ hồ sơ thì trường hợp trở lại chờ lập quyết định."
    context = {"heading": "Bỏ trường hợp", "lead": lead, "back": decision.get_absolute_url(), "submit": "Bỏ"}
    return render(request, "web/confirm_page.html", context | {"nav": "council"})
