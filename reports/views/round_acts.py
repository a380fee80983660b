"""Acts in a round: opening it in blocs, beginning a report, reminding, giving more time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from blocs.tables.access import access_of
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.templatetags.web import day
from reports.domain.rounding.acting import extend, may_open, open_in_round, remind_in_round
from reports.domain.rounding.founding import open_in_blocs, years_for
from reports.domain.rounding.reporters import members_of
from reports.forms_rounds import ExtendForm
from reports.models import ReportRound
from reports.views.rounds import form_page, round_or_404


@require_http_methods(["GET", "POST"])
def blocs(request: HttpRequest, pk: int) -> HttpResponse:
    """The blocs in which a province's round is opened: all of the year, or chosen ones; more can follow."""
    found = round_or_404(request, pk)
    if found.bloc_year_id is not None:
        raise Http404
    require(request.user, "reports.edit_round", found)
    refused, chosen = "", [int(each) for each in request.POST.getlist("khoi") if each.isdecimal() and len(each) < 10]
    if request.method == "POST":
        try:
            made = open_in_blocs(found, chosen, actor=actor_of(request))
        except TransitionRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Đã mở đợt báo cáo ở {len(made)} khối, cụm và thông báo cho các đơn vị.")
            return redirect(found)
    context = {"round": found, "lines": bloc_lines(found, chosen if refused else None), "refused": refused}
    return render(request, "reports/rounds/blocs.html", context | {"nav": "reports"})


def bloc_lines(found: ReportRound, chosen: list[int] | None) -> list[dict[str, Any]]:
    """Bloc-years with what stands in the way; those that may be opened are ticked at first."""
    there = set(found.children.values_list("bloc_year_id", flat=True))
    lines = []
    for year in years_for(found).prefetch_related("report_rounds"):
        own = any(row.kind == found.kind and row.kind != "ad-hoc" for row in year.report_rounds.all())
        why = "đã mở đợt này" if year.pk in there else "đã có đợt báo cáo riêng của kỳ này" if own else ""
        why = why or ("đã bàn giao" if year.state == "handed_over" else "")
        lines.append({"year": year, "why": why, "ticked": not why if chosen is None else year.pk in chosen})
    return lines


@require_POST
def report_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The own agency's report in this round; made when it is not there yet."""
    found = round_or_404(request, pk)
    given, own = request.POST.get("agency", ""), access_of(request.user).agency_ids
    members = members_of(found).filter(agency__in=own).in_order()
    if given.isdecimal() and len(given) < 10:
        members = members.filter(agency=int(given))
    member = members.first()
    draft = may_open(actor_of(request), found, member.agency_id if member else 0)
    try:
        return redirect(open_in_round(found, draft.agency_id, actor=actor_of(request)))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """One click tells all missing members."""
    found = round_or_404(request, pk)
    require(request.user, "reports.press_round", found)
    try:
        agencies = remind_in_round(found, actor=actor_of(request), today=timezone.localdate())
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        names = ", ".join(agency.label for agency in agencies[:20])
        more = f" và {len(agencies) - 20} đơn vị khác" if len(agencies) > 20 else ""
        messages.success(request, f"Đã nhắc {len(agencies)} đơn vị: {names}{more}.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """More time for one agency, or for many at once."""
    found = round_or_404(request, pk)
    if found.bloc_year_id is None:
        raise Http404
    require(request.user, "reports.press_round", found)
    chosen = [int(each) for each in request.GET.getlist("don-vi") if each.isdecimal() and len(each) < 10]
    members = members_of(found).select_related("agency").in_order()
    form = ExtendForm(request.POST or None, members=members, after=found.due, chosen=chosen)
    if request.method == "POST" and attempt(form, lambda: extended(request, found, form)):
        messages.success(request, "Đã gia hạn và thông báo cho đơn vị.")
        return redirect(found)
    lead = f"Hạn chung: {day(found.due)}. Lần gia hạn sau thay lần trước; các lần đều được lưu."
    more: dict[str, Any] = {"lead": lead, "submit": "Gia hạn"}
    return form_page(request, form, f"Gia hạn: {found.title}", found.get_absolute_url(), **more)


def extended(request: HttpRequest, found: ReportRound, form: ExtendForm) -> Any:
    given = {name: form.cleaned_data[name] for name in ("due", "reason")}
    return extend(found, form.cleaned_data["agencies"], actor=actor_of(request), **given)
