"""Dossiers: the list of all that a person sees, a new one, its head, its steps."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from awards.domain.answering import answer_in_words
from awards.domain.checking import recheck_dossier
from awards.domain.conflicts import Conflict
from awards.domain.dossiers import FIELDS, create_dossier, edit_dossier
from awards.domain.from_bloc import dossier_from_bloc, dossier_of_bloc, obstacle_of, years_to_send
from awards.domain.opened import opened_targets
from awards.domain.workflow import DOSSIER
from awards.enums import Proposer
from awards.filters import DossierFilter
from awards.forms.dossiers import AnswerForm, DossierForm
from awards.models import Dossier
from awards.views.fetching import actor_of, dossier_or_404, own_dossier, own_supplement
from blocs.enums import Area
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from blocs.views.fetching import year_or_404
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing

CONFLICT = 409
CLOSED = "Hồ sơ không có mục nào đang mở để sửa. Hãy xem trạng thái và các yêu cầu bổ sung của hồ sơ."


def proposer_words(row: Dossier) -> str:
    """The bloc and who sends it; an agency's own dossier names its bloc-year at most for the record."""
    if row.proposer == Proposer.BLOC and row.bloc_year is not None:
        return f"{row.bloc_year.bloc.name} ({row.agency.label} gửi)"
    return row.agency.label


COLUMNS = (
    Column("ma", "Mã hồ sơ", lambda row: row.code, ("code",)),
    Column("trich-yeu", "Trích yếu", lambda row: row.title, ("search_key",)),
    Column("nam", "Năm", lambda row: row.year, ("year", "-code")),
    Column("loai", "Loại hình", lambda row: row.get_category_display(), ("category", "-code")),
    Column("don-vi", "Bên đề nghị", proposer_words, ("agency__sort_key", "-code")),
    Column("so", "Số trường hợp", lambda row: row.cases, ("cases", "code")),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), ("state", "-code")),
    Column("gui-luc", "Gửi lúc", lambda row: row.submitted_at, ("submitted_at", "code")),
)
SEARCHED = ("search_key", "agency__search_key", "bloc_year__bloc__search_key")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = Dossier.objects.visible_to(request.user).select_related("agency", "bloc_year__bloc")
    listing = build_listing(
        request,
        rows.annotate(cases=Count("nominations")),
        title="Hồ sơ khen thưởng",
        columns=COLUMNS,
        search=SEARCHED,
        filterset=DossierFilter,
        default_sort="-nam",
    )
    if not isinstance(listing, Listing):
        return listing
    shown = [(row, proposer_words(row)) for row in listing.page.object_list]
    context = {"listing": listing, "shown": shown, "nav": "awards", "from_blocs": bloc_years(request)}
    context["may_add"] = bool(access_of(request.user).agency_ids)
    return render(request, "awards/dossiers.html", context)


def bloc_years(request: HttpRequest) -> list[BlocYear]:
    """Concluded blocs that this person runs and that have no dossier yet."""
    runs = access_of(request.user).runs(Area.SCORES)
    return years_to_send(runs) if runs else []


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A dossier of an own agency. Nobody's agency: 403."""
    agencies = Agency.objects.visible_to(request.user).filter(pk__in=access_of(request.user).agency_ids)
    first = agencies.select_related("council").first()
    require(request.user, "awards.create_dossier", first)
    form = DossierForm(request.POST or None, council_id=first.council_id, agencies=agencies)  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        agency: Any = form.cleaned_data.get("agency") or first
        try:
            made = create_dossier(agency=agency, actor=actor_of(request), **form.values())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lập hồ sơ {made.code}. Hãy thêm các trường hợp đề nghị.")
            return redirect(made)
    return form_page(request, form, "Lập hồ sơ khen thưởng", reverse("awards:dossiers"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of a dossier; while it is being supplemented the fields asked for alone."""
    dossier = own_dossier(request, pk)
    form = head_form(request, dossier)
    if not [name for name in form.fields if name != "base"]:
        messages.warning(request, CLOSED)
        return redirect(dossier)
    if request.method == "POST" and form.is_valid():
        try:
            edit_dossier(dossier, fields=form.values(), base=form.base(), actor=actor_of(request))
        except Conflict as conflict:
            form.tell(conflict)
            return form_page(request, form, f"Sửa hồ sơ {dossier.code}", dossier.get_absolute_url(), CONFLICT)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu thông tin hồ sơ.")
            return redirect(dossier)
    return form_page(request, form, f"Sửa hồ sơ {dossier.code}", dossier.get_absolute_url())


def head_form(request: HttpRequest, dossier: Dossier) -> DossierForm:
    opened = opened_targets(dossier)
    only = None if opened.everything else opened.of_kind("dossier")
    shown = dossier_or_404(request, dossier.pk)
    form = DossierForm(request.POST or None, council_id=dossier.council_id, instance=shown, only=only)
    form.remember(dossier, [name for name in FIELDS if name in form.fields])
    return form


def form_page(request: HttpRequest, form: Any, heading: str, back: str, status: int = 200) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back, "nav": "awards"}
    return render(request, "web/form_page.html", context, status=status)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    return perform_posted(request, DOSSIER, dossier_or_404(request, pk))


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge every nomination anew: for who makes it, also where a fact outside was corrected."""
    count = recheck_dossier(own_dossier(request, pk))
    messages.success(request, f"Đã kiểm tra lại {count} trường hợp.")
    return redirect("awards:dossier", pk)


@require_http_methods(["GET", "POST"])
def from_bloc(request: HttpRequest, pk: int) -> HttpResponse:
    """A dossier from what the bloc proposed at its concluded conference."""
    year = year_or_404(request, pk)
    require(request.user, "awards.create_bloc_dossier", year)
    if request.method == "POST":
        try:
            made = dossier_from_bloc(year, actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("awards:dossier-from-bloc", pk)
        messages.success(request, f"Hồ sơ {made.code} có {made.nominations.count()} trường hợp đề nghị của khối.")
        return redirect(made)
    context = {"year": year, "obstacle": obstacle_of(year), "made": dossier_of_bloc(year), "nav": "awards"}
    context["proposals"] = year.proposals.select_related("agency")  # type: ignore[attr-defined]
    return render(request, "awards/dossier_from_bloc.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A request to supplement, answered in words where nothing is to be changed."""
    supplement = own_supplement(request, pk)
    require(request.user, "awards.answer_supplements", supplement)
    form = AnswerForm(request.POST or None, initial={"answer": supplement.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_in_words(supplement, form.cleaned_data["answer"], actor=actor_of(request))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi trả lời.")
            return redirect(supplement.dossier)
    heading = f"Trả lời: {supplement.request[:80]}"
    return form_page(request, form, heading, supplement.dossier.get_absolute_url())
