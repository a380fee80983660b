"""The standing body's inbox: what was sent, who appraises it, until when."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from awards.domain.assigning import specialists, workload
from awards.domain.batching import ASSIGN, RECEIVE, InboxAct, perform_inbox, preview_inbox
from awards.domain.deadlines import calendar, left_in_words
from awards.enums import DossierState
from awards.filters_appraisal import InboxFilter, councils_of, with_counts
from awards.forms.appraisal import AssignForm
from awards.models import Dossier
from awards.tables.dossiers import WITH_STANDING
from awards.views.appraisal_fetching import actor_of, chosen_ids
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing

SEARCHED = ("search_key", "agency__search_key", "code")
COLUMNS = (
    Column("ma", "Hồ sơ", lambda row: f"{row.code}: {row.title}", ("code",)),
    Column("don-vi", "Đơn vị", lambda row: row.agency.label, ("agency__sort_key", "code")),
    Column("loai", "Loại hình", lambda row: row.get_category_display(), ("category", "code")),
    Column("nam", "Năm", lambda row: row.year, ("year", "code")),
    Column("so", "Trường hợp", lambda row: row.cases, ("cases",)),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "code")),
    Column(
        "nguoi", "Người thẩm định", lambda row: str(row.assigned_to or "Chưa phân công"), ("assigned_to__full_name",)
    ),
    Column("han", "Hạn thẩm định", lambda row: row.appraisal_due, ("appraisal_due", "code")),
)
ACTS = {RECEIVE: "Tiếp nhận hồ sơ", ASSIGN: "Phân công thẩm định"}


def inbox_rows(request: HttpRequest) -> Any:
    councils = councils_of(request.user)
    rows = Dossier.objects.visible_to(request.user).filter(council__in=councils, state__in=WITH_STANDING)
    return with_counts(rows.select_related("agency", "assigned_to"))


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    require(request.user, "awards.see_inbox")
    listing = build_listing(
        request,
        inbox_rows(request),
        title="Hồ sơ khen thưởng cần thẩm định",
        columns=COLUMNS,
        search=SEARCHED,
        filterset=InboxFilter,
        default_sort="han",
    )
    if isinstance(listing, HttpResponse):
        return listing
    today, days, councils = timezone.localdate(), calendar(), councils_of(request.user)
    lines = [(row, left(row, today, days), is_late(row, today)) for row in listing.page]
    context = {"listing": listing, "lines": lines, "loads": workload(councils), "nav": "awards"}
    return render(request, "awards/inbox.html", context | {"form": AssignForm(people=specialists(councils))})


def left(row: Dossier, today: Any, days: Any) -> str:
    """The rest of the term; it stands still while the makers supply, and is over once appraised."""
    return left_in_words(row.appraisal_due, today, days) if row.state == DossierState.RECEIVED else ""


def is_late(row: Dossier, today: Any) -> bool:
    return row.state == DossierState.RECEIVED and row.appraisal_due is not None and row.appraisal_due < today


@require_POST
def inbox_act(request: HttpRequest) -> HttpResponse:
    """Preview what receiving or assigning would do; with ``lam`` do it and report what did not go through."""
    require(request.user, "awards.see_inbox")
    rows = list(inbox_rows(request).filter(pk__in=chosen_ids(request)).order_by("pk"))
    act, fault = act_of(request)
    if act is None or not rows:
        messages.error(request, fault or "Hãy chọn ít nhất một hồ sơ.")
        return redirect("awards:inbox")
    context = {"act": act, "heading": ACTS[act.name], "nav": "awards"}
    if not request.POST.get("lam"):
        return render(request, "awards/inbox_preview.html", context | {"lines": preview_inbox(rows, act)})
    seen = {row.pk: request.POST.get(f"seen-{row.pk}", "") for row in rows}
    outcome = perform_inbox(rows, act, seen=seen, actor=actor_of(request))
    return render(request, "awards/inbox_outcome.html", context | {"outcome": outcome})


def act_of(request: HttpRequest) -> tuple[InboxAct | None, str]:
    """The act that the form names, or the sentence why there is none."""
    name = request.POST.get("viec", "")
    if name == RECEIVE:
        return InboxAct(RECEIVE), ""
    form = AssignForm(request.POST, people=specialists(councils_of(request.user)))
    if name != ASSIGN:
        return None, "Hãy chọn việc cần làm với các hồ sơ đã chọn."
    if not form.is_valid():
        return None, "Hãy chọn người thẩm định trong danh sách."
    return InboxAct(ASSIGN, form.cleaned_data["person"], form.cleaned_data["reason"]), ""
