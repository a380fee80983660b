"""Drafts: what waits for a decision, making one, its words, throwing it away."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from awards.models import Nomination
from council.domain.decisions.checking import names
from council.domain.decisions.drafting import (
    draft_empty,
    draft_from_nominations,
    draft_from_session,
    of_the_state,
    waiting_of,
    waiting_of_standing,
)
from council.domain.decisions.drafts import FIELDS, edit_draft, remove_draft
from council.domain.decisions.page import sessions_waiting
from council.domain.decisions.settling import refuse_waiting
from council.enums import IssuerKind
from council.forms.decisions import DecisionForm, DraftForm, NewForm
from council.models import CouncilSession, Decision
from council.views.decision_fetching import WRITE, actor_of, council_of, issuers_of, own_decision
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls

FORM = "council/decisions/form.html"
WAITING = (
    Column("ten", "Tên", lambda row: row.name, ("subject__person_sort_key",)),
    Column("hinh-thuc", "Hình thức", lambda row: row.award.name, ("award__position", "subject__person_sort_key")),
    Column("ho-so", "Hồ sơ", lambda row: row.dossier.code, ("dossier__code", "position")),
    Column("don-vi", "Đơn vị trình", lambda row: row.dossier.agency.label, ("dossier__agency__sort_key", "position")),
)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Sessions with passed cases, and cases that the remit leaves to the standing body."""
    council = council_of(request)
    rows = waiting_of_standing([council.pk]).select_related("award", "dossier__agency", "subject").defer("checks")
    listing = build_listing(
        request, rows, title="Chờ lập quyết định", columns=WAITING, search=("search_key",), default_sort="hinh-thuc"
    )
    if not isinstance(listing, Listing):
        return listing
    form = DraftForm(issuers=issuers_of(request, council.pk))
    context = {"listing": listing, "form": form, "sessions": sessions_waiting(actor_of(request)), "nav": "council"}
    return render(request, "council/decisions/waiting.html", context)


@require_POST
def from_nominations(request: HttpRequest) -> HttpResponse:
    """Draft, or refuse with a reason, the ticked cases; ``tat-ca``: every one that waits."""
    council = council_of(request)
    rows = waiting_of_standing([council.pk])
    chosen = rows if request.POST.get("tat-ca") else rows.filter(pk__in=ids_of(request))
    form = DraftForm(request.POST, issuers=issuers_of(request, council.pk))
    try:
        done = act_on(request, form, chosen)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("council:decisions-waiting")
    return redirect(done)


def act_on(request: HttpRequest, form: DraftForm, chosen: Any) -> Any:
    """Where to go on. Raises TransitionRefused with a sentence."""
    if request.POST.get("viec") == "khong":
        count = refuse_waiting(chosen, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        messages.success(request, f"Đã ghi không khen thưởng {count} trường hợp.")
        return "council:decisions-waiting"
    if not form.is_valid():
        raise TransitionRefused("Hãy chọn cơ quan, người ban hành.")
    rows = list(chosen.select_related("award"))
    made = draft_from_nominations(rows, actor=actor_of(request), **form.cleaned_data)
    if form.cleaned_data["issuer"].kind != IssuerKind.STATE:
        left_out(request, rows)
    return told(request, made)


def ids_of(request: HttpRequest) -> list[int]:
    return [int(each) for each in request.POST.getlist("chon") if each.isdecimal() and len(each) < 12]


def told(request: HttpRequest, made: list[Decision]) -> Any:
    """One draft opens its page, several the list."""
    messages.success(request, f"Đã lập {len(made)} dự thảo quyết định.")
    return made[0] if len(made) == 1 else reverse("council:decisions")


def left_out(request: HttpRequest, rows: Iterable[Nomination]) -> None:
    """Awards of the State, which no draft of the province holds, are named."""
    if state := of_the_state(rows):
        messages.warning(
            request,
            f"Không đưa vào dự thảo {len(state)} trường hợp cấp Nhà nước: {names(state)}. Các trường hợp này đưa vào "
            "Tờ trình cấp trên; khi có quyết định thì lập dự thảo với cơ quan ban hành thuộc «Chủ tịch nước, Thủ tướng "
            "Chính phủ».",
        )


@require_http_methods(["GET", "POST"])
def from_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(CouncilSession.objects.visible_to(request.user), pk=pk)
    require(request.user, WRITE, session)
    form = DraftForm(request.POST or None, issuers=issuers_of(request, session.council_id))
    waiting = list(waiting_of(session).select_related("award").order_by("agenda_items__position", "pk"))
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_from_session(session, actor=actor_of(request), **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            left_out(request, waiting_of(session).select_related("award"))
            return redirect(told(request, made))
    context = {"form": form, "session": session, "waiting": waiting, "state": of_the_state(waiting)}
    return render(request, "council/decisions/from_session.html", context | {"nav": "council"})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    council = council_of(request)
    form = NewForm(request.POST or None, issuers=issuers_of(request, council.pk))
    if request.method == "POST" and form.is_valid():
        made = draft_empty(actor=actor_of(request), **form.cleaned_data)
        messages.success(request, "Đã lập dự thảo. Hãy thêm các trường hợp từ sổ đối tượng.")
        return redirect(made)
    lead = "Dùng khi danh sách không đến từ phiên họp hoặc hồ sơ, ví dụ quyết định của cấp trên nhận bằng văn bản."
    context = {"form": form, "heading": "Lập quyết định mới", "lead": lead, "submit": "Lập dự thảo"}
    return render(request, FORM, context | {"back": reverse("council:decisions"), "nav": "council"})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    decision = own_decision(request, pk)
    form = DecisionForm(
        request.POST or None, instance=own_decision(request, pk), issuers=issuers_of(request, decision.council_id)
    )
    form.remember(decision, FIELDS)
    if request.method == "POST" and form.is_valid() and saved(request, decision, form):
        messages.success(request, "Đã lưu dự thảo.")
        return redirect(decision)
    context = {"form": form, "heading": "Sửa dự thảo quyết định", "back": decision.get_absolute_url()}
    return render(request, FORM, context | {"nav": "council"})


def saved(request: HttpRequest, decision: Decision, form: DecisionForm) -> bool:
    try:
        edit_draft(decision, fields=form.cleaned_fields(), base=form.base(), actor=actor_of(request))
    except Conflict as conflict:
        form.tell(conflict)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    decision = own_decision(request, pk)
    if request.method == "POST":
        try:
            remove_draft(decision, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(decision)
        messages.success(request, "Đã xóa dự thảo.")
        return redirect("council:decisions")
    lead = f"Xóa dự thảo «{decision.title}»? Các trường hợp trong danh sách trở lại chờ lập quyết định."
    context = {"heading": "Xóa dự thảo", "lead": lead, "back": decision.get_absolute_url(), "submit": "Xóa dự thảo"}
    return render(request, "web/confirm_page.html", context | {"nav": "council"})
