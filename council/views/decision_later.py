"""A later decision that corrects or revokes an issued one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from blocs.views.attempts import attempt
from council.domain.decisions.later import draft_later, root_of
from council.domain.decisions.page import shown_lines
from council.enums import DecisionKind
from council.forms.decisions import LaterForm
from council.models import Decision
from council.views.decision_fetching import actor_of, issuers_of, own_decision
from khoithidua.web.listing import Column, Listing, build_listing

HEADINGS = {DecisionKind.CORRECTION: "Lập quyết định đính chính", DecisionKind.REVOCATION: "Lập quyết định hủy bỏ"}
COLUMNS = (
    Column("stt", "STT", lambda row: row.position, ("position",)),
    Column("ten", "Tên", lambda row: row.name, ("subject__person_sort_key", "position")),
    Column("don-vi", "Đơn vị, địa chỉ", lambda row: row.unit),
    Column("hinh-thuc", "Danh hiệu, hình thức", lambda row: row.award.name, ("award__position", "position")),
)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return later(request, own_decision(request, pk), DecisionKind.CORRECTION)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    return later(request, own_decision(request, pk), DecisionKind.REVOCATION)


def later(request: HttpRequest, decision: Decision, kind: DecisionKind) -> HttpResponse:
    """Choose lines still in force, say why, and go on with the draft."""
    lines: Any = root_of(decision).lines.filter(revoked_on__isnull=True).select_related("award", "subject")
    form = LaterForm(request.POST or None, lines=lines, issuers=issuers_of(request, decision.council_id))
    made = attempt(form, lambda: drafted(request, decision, kind, form)) if request.method == "POST" else None
    if made:
        messages.success(request, "Đã lập dự thảo. Hãy kiểm tra nội dung rồi ban hành.")
        return redirect(made)
    listing = build_listing(
        request, lines, title=f"{decision}", columns=COLUMNS, search=("search_key",), default_sort="stt"
    )
    if not isinstance(listing, Listing):
        return listing
    shown, ticked = shown_lines(list(listing.page), in_order=False), set(request.POST.getlist("lines"))
    context = {"form": form, "decision": decision, "heading": HEADINGS[kind], "listing": listing, "shown": shown}
    return render(request, "council/decisions/later.html", context | {"ticked": ticked, "nav": "council"})


def drafted(request: HttpRequest, decision: Decision, kind: DecisionKind, form: LaterForm) -> Decision:
    given = {"issuer": form.cleaned_data["issuer"], "reason": form.cleaned_data["reason"], "lines": form.chosen()}
    return draft_later(decision, kind=kind.value, actor=actor_of(request), **given)
