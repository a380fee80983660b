"""Asking the makers for single fields, and what becomes of what they supplied."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from awards.domain import supplements as acts
from awards.domain.supplement_targets import label_of_target, targets_of
from awards.enums import SupplementState
from awards.forms.appraisal import AgainForm, DueForm, ReasonForm
from awards.models import Dossier, Nomination, Supplement
from awards.views.appraisal_fetching import WRITE, actor_of, standing_dossier
from awards.views.supplement_lines import asking_groups, missing_papers, typed_requests
from blocs.views.attempts import attempt, attempt_told


def chosen_case(request: HttpRequest, dossier: Dossier) -> Nomination | None:
    """The nomination that ``?truong-hop=`` names; 404 when it is of another dossier."""
    given = request.GET.get("truong-hop", "")
    if not given:
        return None
    rows = Nomination.objects.visible_to(request.user).filter(dossier=dossier)
    return get_object_or_404(
        rows.select_related("award", "subject", "dossier"), pk=given if given.isdecimal() and len(given) < 12 else 0
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticked things of one nomination, or of the dossier itself, each with what is missing."""
    dossier = standing_dossier(request, pk, WRITE)
    nomination = chosen_case(request, dossier)
    targets = targets_of(dossier, nomination)
    form, typed = DueForm(request.POST or None), typed_requests(request, targets)
    wanted = [acts.Wanted(target, text, nomination) for target, (ticked, text) in typed.items() if ticked]
    if attempt(form, lambda: asked(request, dossier, wanted, form)):
        messages.success(request, f"Đã yêu cầu bổ sung {len(wanted)} nội dung.")
        return redirect("awards:appraisal", pk)
    rows = Nomination.objects.visible_to(request.user).filter(dossier=dossier).order_by("position", "pk")
    context = {
        "dossier": dossier,
        "nomination": nomination,
        "cases": rows.only("pk", "name"),
        "groups": asking_groups(targets, typed, missing_papers(dossier, nomination)),
        "form": form,
    }
    return render(request, "awards/supplement_ask.html", context | {"nav": "awards"})


def asked(request: HttpRequest, dossier: Dossier, wanted: list[acts.Wanted], form: DueForm) -> list[Supplement]:
    return acts.ask_supplements(dossier, wanted, due=form.cleaned_data["due"], actor=actor_of(request))


def fetched(request: HttpRequest, pk: int, number: int) -> Supplement:
    dossier = standing_dossier(request, pk, WRITE)
    related = ("nomination__subject", "nomination__award", "nomination__dossier", "dossier")
    return get_object_or_404(dossier.supplements.select_related(*related), pk=number)


@require_POST
def accept(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    row = fetched(request, pk, number)
    attempt_told(request, lambda: acts.accept(row, actor=actor_of(request)), done="Đã chấp nhận nội dung bổ sung.")
    return redirect("awards:appraisal", pk)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    row = fetched(request, pk, number)
    form = AgainForm(request.POST or None)
    if attempt(form, lambda: asked_again(request, row, form)):
        messages.success(request, "Đã yêu cầu bổ sung lại.")
        return redirect("awards:appraisal", pk)
    return form_page(request, form, row, "Yêu cầu bổ sung lại")


def asked_again(request: HttpRequest, row: Supplement, form: AgainForm) -> bool:
    acts.ask_again(row, actor=actor_of(request), **form.cleaned_data)
    return True


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    row = fetched(request, pk, number)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda: withdrawn(request, [row], form)):
        messages.success(request, "Đã rút yêu cầu bổ sung.")
        return redirect("awards:appraisal", pk)
    return form_page(request, form, row, "Rút yêu cầu bổ sung")


@require_http_methods(["GET", "POST"])
def withdraw_all(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = standing_dossier(request, pk, WRITE)
    rows = list(dossier.supplements.filter(state=SupplementState.ASKED).select_related("nomination", "dossier"))
    form = ReasonForm(request.POST or None)
    if not rows:
        messages.info(request, "Không còn yêu cầu bổ sung nào đang chờ.")
        return redirect("awards:appraisal", pk)
    if attempt(form, lambda: withdrawn(request, rows, form)):
        messages.success(request, f"Đã rút {len(rows)} yêu cầu bổ sung.")
        return redirect("awards:appraisal", pk)
    context: dict[str, Any] = {"form": form, "heading": f"Rút {len(rows)} yêu cầu bổ sung", "nav": "awards"}
    return render(request, "web/form_page.html", context | {"back": reverse("awards:appraisal", args=[pk])})


def withdrawn(request: HttpRequest, rows: list[Supplement], form: ReasonForm) -> bool:
    acts.withdraw(rows, reason=form.cleaned_data["reason"], actor=actor_of(request))
    return True


def form_page(request: HttpRequest, form: Any, row: Supplement, heading: str) -> HttpResponse:
    lead = f"{label_of_target(row.dossier, row)}. Yêu cầu: {row.request}"
    back = reverse("awards:appraisal", args=[row.dossier_id])
    context = {"form": form, "heading": heading, "lead": lead, "back": back, "nav": "awards"}
    return render(request, "web/form_page.html", context)
