"""The appraisal of one dossier: its page, its steps, who appraises it, by which law."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from awards.domain.appraising import return_dossier
from awards.domain.assigning import assign, specialists
from awards.domain.deadlines import calendar, left_in_words, return_due, term_of
from awards.domain.favourable import apply_favourable, favourable_obstacle
from awards.domain.open_questions import open_questions
from awards.domain.supplements import supplement_lines
from awards.domain.workflow import DOSSIER
from awards.enums import DossierState, NominationState
from awards.forms.appraisal import AssignForm, FavourableForm, ReturnForm, RulingForm
from awards.law.rule_sets import BY_CODE
from awards.models import Dossier, Nomination
from awards.views.appraisal_fetching import READ, WRITE, actor_of, standing_dossier
from awards.views.appraisal_walk import LISTED, cases_of
from blocs.views.attempts import attempt
from khoithidua.web.guards import require
from khoithidua.web.listing import build_listing

# Returning has a form of its own: it needs the legal ground.
STEPS = ("receive", "appraise", "reopen")


@require_GET
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """Nominations with what the rules say and what was decided; questions that are open; the steps."""
    dossier = standing_dossier(request, pk)
    listing = build_listing(request, cases_of(request, dossier), title=f"Thẩm định {dossier.code}", **LISTED)
    if isinstance(listing, HttpResponse):
        return listing
    writes = request.user.has_perm(WRITE, dossier)
    context = {"listing": listing, "lines": [(row, faults_of(row)) for row in listing.page], "writes": writes}
    return render(request, "awards/appraisal.html", frame_of(request, dossier) | terms_of(dossier) | context)


def faults_of(row: Nomination) -> list[str]:
    """The sentences of checks that did not pass or that people decide; duplicates too."""
    kept = row.checks if isinstance(row.checks, dict) else {}
    sentences = [each["text"] for each in kept.get("checks", []) if each.get("passed") is not True]
    return [*sentences, *kept.get("duplicates", [])]


def frame_of(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    options = [each for each in DOSSIER.options(dossier, actor_of(request)) if each.transition.name in STEPS]
    is_open = dossier.state in (DossierState.SUBMITTED, DossierState.RECEIVED, DossierState.SUPPLEMENT)
    return {
        "dossier": dossier,
        "options": options,
        "nav": "awards",
        "form": RulingForm(),
        "may_assign": is_open or dossier.state == DossierState.APPRAISED,
        "may_return": may_return(request, dossier),
        "supplements": supplement_lines(dossier),
        "opinions": dossier.opinions.select_related("asked").order_by("pk"),
        "questions": list(open_questions(dossier)) if is_open else [],
        "pending": dossier.nominations.filter(state=NominationState.PENDING).count(),
    }


def may_return(request: HttpRequest, dossier: Dossier) -> bool:
    permission = "awards.appraise_dossier" if dossier.assigned_to_id else READ
    in_time = dossier.state in (DossierState.SUBMITTED, DossierState.RECEIVED)
    return in_time and request.user.has_perm(permission, dossier)


def terms_of(dossier: Dossier) -> dict[str, Any]:
    today, days = timezone.localdate(), calendar()
    rule_set = BY_CODE.get(dossier.favourable_rule_set)
    is_running = dossier.state == DossierState.RECEIVED
    return {
        "term": term_of(dossier, dossier.complete_on or today),
        "left": left_in_words(dossier.appraisal_due, today, days) if is_running else "",
        "return_due": return_due(dossier, days),
        "favourable": rule_set,
        "may_choose_law": not favourable_obstacle(dossier.received_on),
    }


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive, finish, reopen."""
    dossier = standing_dossier(request, pk)
    here = reverse("awards:appraisal", args=[pk])
    name = request.POST.get("transition", "")
    if name not in STEPS:
        messages.error(request, "Thao tác không có trên trang này. Hãy tải lại trang rồi thử lại.")
        return redirect(here)
    return perform_posted(request, DOSSIER, dossier, to=here)


@require_http_methods(["GET", "POST"])
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = standing_dossier(request, pk, "awards.assign_dossier")
    form = AssignForm(request.POST or None, people=specialists([dossier.council_id]))
    given: Any = form.cleaned_data if form.is_valid() else {}
    if attempt(form, lambda: assign(dossier, given["person"], actor=actor_of(request), reason=given["reason"])):
        messages.success(request, f"Đã phân công {given['person']} thẩm định hồ sơ.")
        return redirect("awards:appraisal", pk)
    return form_page(request, form, dossier, "Phân công thẩm định", "Chỉ người được phân công quyết định kết quả.")


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = standing_dossier(request, pk)
    require(request.user, "awards.appraise_dossier" if dossier.assigned_to_id else READ, dossier)
    form = ReturnForm(request.POST or None)
    if attempt(form, lambda: returned(request, dossier, form)):
        messages.success(request, "Đã trả lại hồ sơ cho đơn vị.")
        return redirect("awards:inbox")
    lead = "Hồ sơ không đủ điều kiện, tiêu chuẩn, thủ tục được trả lại trong 10 ngày làm việc, nêu rõ căn cứ pháp lý."
    return form_page(request, form, dossier, "Trả lại hồ sơ", lead)


def returned(request: HttpRequest, dossier: Dossier, form: ReturnForm) -> bool:
    return_dossier(dossier, actor=actor_of(request), **form.cleaned_data)
    return True


@require_http_methods(["GET", "POST"])
def favourable(request: HttpRequest, pk: int) -> HttpResponse:
    """The recorded decision «có lợi hơn»."""
    dossier = standing_dossier(request, pk, WRITE)
    form = FavourableForm(request.POST or None, initial={"use_new_law": "moi"})
    if attempt(form, lambda: apply_favourable(dossier, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, "Đã ghi quyết định về quy định áp dụng và kiểm tra lại các trường hợp.")
        return redirect("awards:appraisal", pk)
    lead = favourable_obstacle(dossier.received_on) or (
        "Hồ sơ tiếp nhận trước 01/10/2026 xét theo quy định cũ; được áp dụng luật mới nếu có lợi hơn "
        "(Luật số 06/2026/QH16, Điều 4 khoản 4)."
    )
    return form_page(request, form, dossier, "Áp dụng quy định có lợi hơn", lead)


def form_page(request: HttpRequest, form: Any, dossier: Dossier, heading: str, lead: str = "") -> HttpResponse:
    back = reverse("awards:appraisal", args=[dossier.pk])
    context = {"form": form, "heading": heading, "lead": lead, "back": back, "nav": "awards"}
    return render(request, "web/form_page.html", context)
