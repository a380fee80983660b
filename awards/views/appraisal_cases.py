"""Nominations under appraisal: one by one, and many at once with a preview and a report."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from awards.domain.appraising import judge_nomination, seen_of
from awards.domain.batching import perform_rulings, preview_rulings
from awards.domain.checklist import items_of
from awards.domain.own_decisions import own_decision
from awards.domain.said_once import said_once
from awards.filters_appraisal import NominationFilter
from awards.forms.appraisal import NominationRulingForm, RulingForm
from awards.models import Dossier, Nomination
from awards.views.appraisal_fetching import WRITE, actor_of, chosen_ids, standing_dossier, standing_nomination
from awards.views.appraisal_walk import Place, place_of
from blocs.domain.editing import Stale
from khoithidua.web.guards import require
from khoithidua.web.text import search_key


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One nomination: what the rules say, its papers and history, earlier opinions, the result."""
    nomination = standing_nomination(request, pk)
    place = place_of(request, nomination)
    form = NominationRulingForm(request.POST or None, nomination=nomination, seen=seen_of(nomination))
    if request.method == "POST":
        require(request.user, WRITE, nomination)
        if form.is_valid() and saved(request, nomination, form):
            messages.success(request, f"Đã ghi kết quả thẩm định của {nomination.name}.")
            return redirect(onward(request, nomination, place))
    context = case_of(nomination, form, request.user.has_perm(WRITE, nomination)) | {"place": place}
    status = 409 if getattr(form, "is_stale", False) else 200
    return render(request, "awards/appraisal_case.html", context, status=status)


def onward(request: HttpRequest, nomination: Nomination, place: Place) -> str:
    """Where saving leads: the next case when that was pressed, else the list as it was."""
    if "tiep" in request.POST and place.after is not None:
        way = reverse("awards:appraise", args=[place.after])
    else:
        way = reverse("awards:appraisal", args=[nomination.dossier_id])
    return f"{way}?{request.GET.urlencode()}" if request.GET else way


def saved(request: HttpRequest, nomination: Nomination, form: Any) -> bool:
    """Whether the result was recorded; a refusal is told on the form, which keeps what was typed."""
    try:
        judge_nomination(nomination, form.ruling(), actor=actor_of(request), seen=form.cleaned_data["seen"])
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Stale):
            nomination.refresh_from_db()
            form.is_stale = True
            form.renew(seen_of(nomination))
        return False
    return True


def case_of(nomination: Nomination, form: Any, writes: bool) -> dict[str, Any]:
    """What the page shows of a nomination and its subject; a constant number of queries."""
    subject, kept = nomination.subject, nomination.checks if isinstance(nomination.checks, dict) else {}
    others = subject.nominations.exclude(pk=nomination.pk).select_related("award", "dossier__agency")
    return {
        "nomination": nomination,
        "dossier": nomination.dossier,
        "subject": subject,
        "form": form,
        "writes": writes,
        "kept": kept,
        "checks": said_once(kept.get("checks", ())),
        "own_decision": own_decision(nomination),
        "papers": nomination.attachments.order_by("kind", "pk"),
        "lacking": [item.name for item in items_of(nomination) if item.missing],
        "dossier_papers": nomination.dossier.attachments.filter(nomination__isnull=True).order_by("kind", "pk"),
        "texts": nomination.texts.exclude(text="").order_by("pk"),
        "grades": subject.grades.order_by("-year")[:10],
        "records": subject.records.select_related("award").order_by("-year", "-decided_on", "pk")[:20],
        "initiatives": subject.initiatives.order_by("-year", "pk")[:20],
        "freezes": subject.freezes.order_by("-since", "pk"),
        "disciplines": subject.disciplines.order_by("-decided_on", "pk"),
        "others": others.order_by("-dossier__year", "pk")[:10],
        "opinions": nomination.opinions.select_related("asked").order_by("pk"),
        "nav": "awards",
    }


@require_POST
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview one result for many nominations; with ``lam`` record it and report what was left."""
    dossier = standing_dossier(request, pk, WRITE)
    form = RulingForm(request.POST)
    rows = chosen_rows(request, dossier)
    if not rows or not form.is_valid():
        messages.error(request, "Hãy chọn ít nhất một trường hợp và một kết quả thẩm định.")
        return redirect("awards:appraisal", pk)
    ruling = form.ruling()
    context = {"dossier": dossier, "ruling": ruling, "result": dict(form.fields["result"].choices)[ruling.result]}  # type: ignore[attr-defined]
    if not request.POST.get("lam"):
        lines = preview_rulings(dossier, rows, ruling)
        return render(request, "awards/appraisal_preview.html", context | {"lines": lines, "nav": "awards"})
    seen = {row.pk: request.POST.get(f"seen-{row.pk}", "") for row in rows}
    outcome = perform_rulings(dossier, ruling, seen=seen, actor=actor_of(request))
    return render(request, "awards/appraisal_outcome.html", context | {"outcome": outcome, "nav": "awards"})


def chosen_rows(request: HttpRequest, dossier: Dossier) -> list[Nomination]:
    """The ticked nominations, or all that the list's filter holds when that is ticked."""
    rows = Nomination.objects.visible_to(request.user).filter(dossier=dossier).select_related("award", "appraised_by")
    rows = rows.order_by("position", "pk")
    if request.POST.get("tat-ca") and not request.POST.get("lam"):
        found = NominationFilter(request.GET, queryset=rows).qs
        for word in search_key(request.GET.get("q", "")[:200]).split():
            found = found.filter(search_key__contains=word)
        return list(found)
    return list(rows.filter(pk__in=chosen_ids(request)))
