"""Versions of a criteria set: amended, compared, discarded, shared; and the rules of a year."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.domain.amending import amend as amend_set
from scoring.domain.amending import discard_draft
from scoring.domain.comparing import compare as compare_sets
from scoring.domain.foreseeing import foresee_opening
from scoring.domain.sharing import Shared, share_set, targets_for
from scoring.domain.year_rules import change_rules, rules_of
from scoring.forms.amending import AmendForm, CompareForm, RulesForm, ShareForm
from scoring.models import CriteriaSet
from scoring.views.criteria import editable_set, form_page, saved
from scoring.views.fetching import visible_set, visible_year

AMEND_LEAD = (
    "Lập phiên bản tiếp theo ở dạng dự thảo để sửa. Phiên bản đang áp dụng vẫn có hiệu lực cho đến khi phiên bản mới "
    "được đưa vào áp dụng; khi đó điểm đã chấm được giữ ở những tiêu chí không đổi."
)
RULES_LEAD = "Áp dụng cho việc chấm điểm, giải trình và bỏ phiếu của khối trong năm."


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version as a draft."""
    current = editable_set(request, pk)
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if saved(request, form, lambda: amend_set(current, note=note, actor=request.user)):  # type: ignore[arg-type]
            messages.success(request, "Đã lập dự thảo phiên bản mới. Hãy sửa rồi đưa vào áp dụng.")
            return redirect("scoring:criteria", current.bloc_year_id)
    heading, year_pk = "Sửa đổi bộ tiêu chí giữa năm", current.bloc_year_id
    return form_page(request, form, heading=heading, year_pk=year_pk, submit="Lập dự thảo sửa đổi", lead=AMEND_LEAD)


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a draft by which nobody scored."""
    current = editable_set(request, pk)
    back = reverse("scoring:criteria", args=[current.bloc_year_id])
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        if saved(request, None, lambda: discard_draft(current, reason=reason, actor=request.user)):  # type: ignore[arg-type]
            messages.success(request, f"Đã bỏ dự thảo phiên bản {current.version}.")
        return redirect(back)
    lead = f"Bỏ dự thảo phiên bản {current.version} cùng mọi sửa đổi trong đó?"
    context = {"heading": "Bỏ dự thảo", "lead": lead, "back": back, "submit": "Bỏ dự thảo"}
    return render(request, "web/confirm_page.html", context)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What this version says differently from the one it comes from, or from another of the year."""
    current = visible_set(request, pk)
    others = comparable(request, current)
    if not others:
        messages.info(request, "Chưa có phiên bản nào khác để so sánh.")
        return redirect("scoring:criteria-version", current.pk)
    wanted = request.GET.get("voi") or str(others[0].pk)
    older = next((each for each in others if str(each.pk) == wanted), None)
    if older is None:
        raise Http404
    year = visible_year(request, current.bloc_year_id)
    context: dict[str, Any] = {"year": year, "tab": "criteria", "nav": "years", "set": current, "older": older}
    context["form"] = CompareForm(others=others, chosen=older, year=year)
    context["told"] = compare_sets(older, current)
    context["foreseen"] = foresee_opening(current) if request.user.has_perm("scoring.edit_criteria", current) else None
    return render(request, "scoring/criteria_compare.html", context)


def comparable(request: HttpRequest, current: CriteriaSet) -> list[CriteriaSet]:
    """The source first, then the year's other versions, the newest first; only what this reader may see."""
    visible = CriteriaSet.objects.visible_to(request.user).select_related("bloc_year__bloc").exclude(pk=current.pk)
    found = visible.filter(Q(bloc_year=current.bloc_year_id) | Q(pk=current.based_on_id))
    return sorted(found, key=lambda each: (each.pk != current.based_on_id, -each.version))


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a set in force to other blocs, a tick box each."""
    current = editable_set(request, pk)
    targets = targets_for(current, request.user)  # type: ignore[arg-type]
    form = ShareForm(request.POST if request.method == "POST" else None, targets=targets)
    if request.method == "POST" and form.is_valid():
        done: list[Shared] = []
        years = form.cleaned_data["years"]
        if saved(request, form, lambda: done.append(share_set(current, bloc_year_ids=years, actor=request.user))):  # type: ignore[arg-type]
            tell(request, done[0])
            return redirect("scoring:criteria", current.bloc_year_id)
    context = {"form": form, "set": current, "year": visible_year(request, current.bloc_year_id), "targets": targets}
    return render(request, "scoring/criteria_share.html", context | {"tab": "criteria", "nav": "years"})


def tell(request: HttpRequest, done: Shared) -> None:
    if done.made:
        names = ", ".join(str(copy.bloc_year) for copy in done.made)
        messages.success(request, f"Đã lập dự thảo bộ tiêu chí cho: {names}.")
    for target in done.skipped:
        messages.warning(request, f"Bỏ qua {target.bloc_year}: {target.obstacle}")


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """How the year scores and votes."""
    year = visible_year(request, pk)
    require(request.user, "scoring.edit_criteria", year)
    form = RulesForm(request.POST or None, instance=rules_of(year))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if saved(request, form, lambda: change_rules(year, values=values, actor=request.user)):  # type: ignore[arg-type]
            messages.success(request, "Đã lưu quy định chấm điểm, bỏ phiếu.")
            return redirect("scoring:criteria", year.pk)
    return form_page(request, form, heading="Quy định chấm điểm, bỏ phiếu", year_pk=year.pk, lead=RULES_LEAD)
