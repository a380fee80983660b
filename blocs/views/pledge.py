"""The pledge of a bloc-year: read, prepare, sign."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.acting import perform_posted
from accounts.domain.workflow import TransitionRefused
from blocs.domain import pledging, targeting
from blocs.domain.editing import version_of
from blocs.domain.pledge_page import pledge_page
from blocs.domain.workflow import PLEDGE
from blocs.forms.pledge import TargetSheet, ThemeForm
from blocs.models import Membership
from blocs.tables.access import access_of
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of, year_or_404
from khoithidua.web.guards import require


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    page = pledge_page(year, request.user)
    return render(request, "blocs/pledge.html", {"year": year, "nav": "years", "page": page, "pledge": page.pledge})


@require_http_methods(["GET", "POST"])
def edit_theme(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "blocs.run_pledge", year)
    pledge = pledging.existing_pledge(year)
    version = version_of(pledge, action=pledging.EDIT_THEME)
    form = ThemeForm(request.POST or None, instance=pledge)
    form.remember(version)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"theme": form.cleaned_data["theme"], "seen": form.seen_version()}
        if attempt(form, lambda: pledging.write_theme(year, actor=actor_of(request), **given)):
            messages.success(request, "Đã lưu nội dung giao ước.")
            return redirect("blocs:pledge", year.pk)
        form.renew(version)
    heading = f"Nội dung giao ước: {year}"
    context = {"form": form, "back": reverse("blocs:pledge", args=[pk]), "heading": heading, "nav": "years"}
    return render(request, "web/form_page.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    year = year_or_404(request, pk)
    require(request.user, "blocs.run_pledge", year)
    return perform_posted(request, PLEDGE, pledging.locked_pledge(year), to=reverse("blocs:pledge", args=[pk]))


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's signature. A second click finds the first one's work done."""
    membership = membership_or_404(request, pk, request.POST.get("agency", ""))
    own = membership.agency_id in access_of(request.user).signs_for
    if not (own and pledging.has_signed(membership)):
        require(request.user, "blocs.sign_pledge", membership)
    try:
        pledging.sign_pledge(membership, actor=actor_of(request), seen=request.POST.get("seen", ""))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{membership.agency.name} đã ký giao ước thi đua.")
    return redirect("blocs:pledge", pk)


@require_http_methods(["GET", "POST"])
def edit_targets(request: HttpRequest, pk: int, agency_pk: int) -> HttpResponse:
    membership = membership_or_404(request, pk, str(agency_pk))
    require(request.user, "blocs.edit_progress", membership)
    targets = targeting.targets_of(pledging.existing_pledge(membership.bloc_year), agency_pk)
    if request.method == "GET":
        planning = request.user.has_perm("blocs.edit_plan", membership)
        return targets_page(request, membership, TargetSheet(targets, with_plan=planning))
    sheet = TargetSheet(targets, request.POST, with_plan=request.POST.get("mode") == "plan")
    if sheet.is_valid() and save_sheet(request, membership, sheet):
        tell_saved(request, membership, sheet)
        again = "more" in request.POST
        return redirect(request.path) if again else redirect("blocs:pledge", pk)
    return targets_page(request, membership, sheet)


def tell_saved(request: HttpRequest, membership: Membership, sheet: TargetSheet) -> None:
    if sheet.rows():
        messages.success(request, f"Đã lưu chỉ tiêu của {membership.agency.name}.")
    else:
        messages.info(request, "Bạn chưa nhập chỉ tiêu nào nên không có gì được lưu.")


def save_sheet(request: HttpRequest, membership: Membership, sheet: TargetSheet) -> bool:
    """Write what was typed; a refusal becomes a sentence on the form."""
    save = targeting.save_targets if sheet.with_plan else targeting.save_figures
    version = request.POST.get("version", "")
    try:
        save(membership, rows=sheet.rows(), version=version, actor=actor_of(request))
    except (TransitionRefused, targeting.Outrun) as refusal:
        sheet.extra_errors.append(str(refusal))
        return False
    return True


def targets_page(request: HttpRequest, membership: Membership, sheet: TargetSheet) -> HttpResponse:
    context = {
        "year": membership.bloc_year,
        "agency": membership.agency,
        "sheet": sheet,
        "version": targeting.version_of(sheet.targets),
        "nav": "years",
    }
    return render(request, "blocs/targets_form.html", context)


def membership_or_404(request: HttpRequest, year_pk: int, agency_pk: str) -> Membership:
    """The membership of an agency in a visible bloc-year, with what the rules read."""
    year = year_or_404(request, year_pk)
    known = int(agency_pk) if agency_pk.isdecimal() and len(agency_pk) < 15 else 0
    return get_object_or_404(year.memberships.select_related("agency"), agency=known)
