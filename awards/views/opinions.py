"""Opinions of other agencies: asked by the specialist; the agency sees names and the question, and answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from awards.domain import opinions as acts
from awards.domain.deadlines import opinion_term
from awards.domain.reported import record_reported
from awards.enums import OpinionAnswer
from awards.filters_appraisal import OpinionFilter
from awards.forms.appraisal import ReasonForm
from awards.forms.appraisal_asking import AnswerForm, QuestionForm
from awards.models import Opinion
from awards.views.appraisal_fetching import READ, WRITE, actor_of, seen_opinion, standing_dossier
from blocs.domain.editing import Stale
from blocs.views.attempts import attempt, attempt_told
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing

COLUMNS = (
    Column("ngay", "Ngày gửi", lambda row: row.asked_on, ("asked_on",)),
    Column("loai", "Loại ý kiến", lambda row: row.get_kind_display(), ("kind",)),
    Column("co-quan", "Cơ quan được hỏi", lambda row: row.asked.label, ("asked__sort_key",)),
    Column("noi-dung", "Nội dung", lambda row: row.question),
    Column("han", "Hạn trả lời", lambda row: row.due, ("due",)),
    Column("tra-loi", "Trả lời", lambda row: row.get_answer_display(), ("answer",)),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = Opinion.objects.visible_to(request.user).select_related("asked").distinct()
    listing = build_listing(
        request,
        rows,
        title="Ý kiến về khen thưởng",
        columns=COLUMNS,
        search=("asked__search_key", "nominations__search_key"),
        filterset=OpinionFilter,
        default_sort="-ngay",
    )
    if isinstance(listing, HttpResponse):
        return listing
    today = timezone.localdate()
    lines = [(row, row.get_answer_display(), acts.is_waiting(row) and row.due < today) for row in listing.page]
    return render(request, "awards/opinions.html", {"listing": listing, "lines": lines, "nav": "awards"})


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The question and its answer; the asked agency answers here."""
    row = seen_opinion(request, pk)
    form = AnswerForm(request.POST or None, opinion=row)
    if request.method == "POST":
        require(request.user, "awards.answer_opinion", row)
        if form.is_valid() and answered(request, row, form):
            messages.success(request, "Đã gửi trả lời đến cơ quan thường trực Hội đồng.")
            return redirect(row)
    context = context_of(request, row) | {"form": form, "nav": "awards"}
    status = 409 if getattr(form, "is_stale", False) else 200
    return render(request, "awards/opinion.html", context, status=status)


def context_of(request: HttpRequest, row: Opinion) -> dict[str, Any]:
    """Names, units and awards; who of the readers may do what."""
    stands = request.user.has_perm(READ, row.dossier)
    return {
        "opinion": row,
        "stands": stands,
        "writes": stands and request.user.has_perm(WRITE, row.dossier),
        "answers": request.user.has_perm("awards.answer_opinion", row),
        "cases": row.nominations.select_related("award").order_by("position", "pk"),
        "is_violation": row.answer == OpinionAnswer.VIOLATION,
    }


def answered(request: HttpRequest, row: Opinion, form: AnswerForm) -> bool:
    given: dict[str, Any] = form.cleaned_data
    try:
        acts.answer_opinion(row, actor=actor_of(request), **given)
    except Stale as refusal:
        form.add_error(None, str(refusal))
        row.refresh_from_db()
        form.is_stale = True  # type: ignore[attr-defined]
        form.renew(row.version)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = standing_dossier(request, pk, WRITE)
    form = QuestionForm(request.POST or None, dossier=dossier)
    today = timezone.localdate()
    if made := attempt(form, lambda: acts.ask_opinions(dossier, form.question(), actor=actor_of(request), on=today)):
        messages.success(request, f"Đã xin ý kiến {len(made)} cơ quan, hạn trả lời {made[0].due:%d/%m/%Y}.")
        return redirect("awards:appraisal", pk)
    term = opinion_term(dossier.council_id, today)
    lead = f"Cơ quan được xin ý kiến trả lời trong {term.days} ngày làm việc ({term.citation})."
    back = reverse("awards:appraisal", args=[pk])
    context = {"form": form, "dossier": dossier, "lead": lead, "back": back, "nav": "awards"}
    return render(request, "awards/opinion_ask.html", context)


def specialists_opinion(request: HttpRequest, pk: int) -> Opinion:
    """The opinion, for the specialist of its dossier."""
    row = seen_opinion(request, pk)
    require(request.user, WRITE, row.dossier)
    return row


@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    row = specialists_opinion(request, pk)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda: acts.waive_opinion(row, reason=form.cleaned_data["reason"], actor=actor_of(request))):
        messages.success(request, "Đã ghi lý do không chờ ý kiến này.")
        return redirect(row)
    context = {"form": form, "heading": "Không chờ ý kiến", "lead": str(row), "back": row.get_absolute_url()}
    return render(request, "web/form_page.html", context | {"nav": "awards"})


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    row = specialists_opinion(request, pk)
    attempt_told(request, lambda: acts.remind(row, actor=actor_of(request)), done="Đã nhắc cơ quan trả lời.")
    return redirect(row)


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: what the agency reported becomes a matter that stops the awards of those asked about."""
    row = specialists_opinion(request, pk)
    ids = [int(each) for each in request.POST.getlist("chon") if each.isdecimal() and len(each) < 12]
    attempt_told(
        request,
        lambda: record_reported(row, nomination_ids=ids, actor=actor_of(request)),
        done="Đã ghi việc đang xem xét, xác minh và kiểm tra lại các trường hợp.",
    )
    return redirect(row)
