"""Who signs decisions: the list, adding and changing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from blocs.models import Agency
from blocs.views.attempts import attempt
from council.domain.decisions.issuers import FIELDS, add_issuer, edit_issuer
from council.enums import IssuerKind
from council.forms.decisions import IssuerForm
from council.models import Issuer
from council.views.decision_fetching import WRITE, actor_of, council_of
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing

COLUMNS = (
    Column("ten", "Cơ quan, người có thẩm quyền", lambda row: row.name, ("name",)),
    Column("loai", "Loại", lambda row: row.get_kind_display(), ("kind", "name")),
    Column("ky-hieu", "Ký hiệu", lambda row: row.symbol, ("symbol", "name")),
    Column("nguoi-ky", "Người ký", lambda row: row.signer_name, ("signer_name", "name")),
    Column("dang-dung", "Đang dùng", lambda row: "Có" if row.active else "Không", ("-active", "name")),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    council = council_of(request)
    rows = Issuer.objects.visible_to(request.user).filter(council=council)
    listing = build_listing(request, rows, title="Cơ quan ban hành quyết định", columns=COLUMNS, default_sort="ten")
    if not isinstance(listing, Listing):
        return listing
    return render(request, "council/decisions/issuers.html", {"listing": listing, "nav": "council"})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    council = council_of(request)
    place = {"place": council.place, "kind": IssuerKind.CHAIR, "active": True}
    form = IssuerForm(request.POST or None, initial=place, agencies=agencies_of(council.pk, request))
    made = None
    if request.method == "POST":
        made = attempt(form, lambda: add_issuer(council, fields=form.cleaned_fields(), actor=actor_of(request)))
    if made is not None:
        messages.success(request, "Đã thêm cơ quan ban hành.")
        return redirect("council:issuers")
    return form_page(request, form, "Thêm cơ quan ban hành")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    issuer = issuer_or_404(request, pk)
    require(request.user, WRITE, issuer)
    agencies = agencies_of(issuer.council_id, request)
    form = IssuerForm(request.POST or None, instance=issuer_or_404(request, pk), agencies=agencies)
    form.remember(issuer, FIELDS)
    if request.method == "POST" and form.is_valid() and saved(request, issuer, form):
        messages.success(request, "Đã lưu. Quyết định và dự thảo đã có giữ nguyên nội dung của mình.")
        return redirect("council:issuers")
    return form_page(request, form, f"Sửa «{issuer.name}»")


def saved(request: HttpRequest, issuer: Issuer, form: IssuerForm) -> bool:
    try:
        edit_issuer(issuer, fields=form.cleaned_fields(), base=form.base(), actor=actor_of(request))
    except Conflict as conflict:
        form.tell(conflict)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def issuer_or_404(request: HttpRequest, pk: int) -> Issuer:
    found: Issuer = get_object_or_404(Issuer.objects.visible_to(request.user), pk=pk)
    return found


def agencies_of(council_id: int, request: HttpRequest) -> Any:
    return Agency.objects.visible_to(request.user).filter(council=council_id)


def form_page(request: HttpRequest, form: IssuerForm, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": reverse("council:issuers"), "nav": "council"}
    return render(request, "council/decisions/form.html", context)
