"""The catalogue of titles and commendation forms: the list, one award, what all awards share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.workflow import TransitionRefused
from awards.domain import catalogue_editing as acts
from awards.domain.catalogue_page import authority, award_page, common_page, entries_page, is_doubtful, kinds, listed
from awards.filters_catalogue import AwardFilter
from awards.forms.catalogue import AwardEditForm
from awards.models import AwardForm, RuleEntry
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.text import without_controls

PERMISSION = "awards.edit_catalogue"
COLUMNS = (
    Column("ten", "Tên", lambda row: row.name, ("sort_key",)),
    Column("thu-bac", "Nhóm", lambda row: row.get_group_display(), ("position",)),
    Column("cap", "Cấp", lambda row: row.get_level_display(), ("level",)),
    Column("doi-tuong", "Đối tượng", kinds),
    Column("tham-quyen", "Thẩm quyền quyết định hiện nay", authority),
    Column("thoi-gian", "Thời gian xét", lambda row: row.cadence),
    Column("doi-chieu", "Mức tin cậy", lambda row: "Cần đối chiếu" if is_doubtful(row) else "Đã đối chiếu văn bản"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = listed(AwardForm.objects.visible_to(request.user))
    title = "Danh mục danh hiệu, hình thức khen thưởng"
    listing = build_listing(
        request, rows, title=title, columns=COLUMNS, search=("search_key", "code"), filterset=AwardFilter
    )
    if not isinstance(listing, Listing):
        return listing
    lines = [(row, kinds(row), authority(row), is_doubtful(row)) for row in listing.page]
    return render(request, "awards/catalogue.html", {"listing": listing, "lines": lines, "nav": "awards"})


@require_safe
def award(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(AwardForm.objects.visible_to(request.user), code=code)
    context = {"may_edit": request.user.has_perm(PERMISSION), "nav": "awards"}
    return render(request, "awards/award_form.html", context | award_page(row))


@require_safe
def common(request: HttpRequest) -> HttpResponse:
    context = {"may_edit": request.user.has_perm(PERMISSION), "nav": "awards"}
    return render(request, "awards/catalogue_common.html", context | common_page())


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    context = {"may_edit": request.user.has_perm(PERMISSION), "nav": "awards"}
    return render(request, "awards/catalogue_entries.html", context | entries_page())


@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an entry was compared with the signed law, or take that back."""
    row = get_object_or_404(RuleEntry.objects.visible_to(request.user), pk=pk)
    require(request.user, PERMISSION)
    acts.set_verified(row, verified=request.POST.get("verified") == "1", actor=actor_of(request))
    messages.success(request, "Đã lưu kết quả đối chiếu.")
    return redirect("awards:rule-entries")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(AwardForm.objects.visible_to(request.user), code=code)
    require(request.user, PERMISSION)
    form = AwardEditForm(request.POST or None, instance=row)
    form.remember(row.version)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"fields": form.cleaned_data, "seen": form.seen_version()}
        if attempt(form, lambda: acts.change_award(row, actor=actor_of(request), **given)):
            messages.success(request, "Đã lưu danh mục.")
            return redirect(row.get_absolute_url())
        form.renew(version_now(request, code))
    context = {"form": form, "heading": "Sửa danh hiệu, hình thức", "back": row.get_absolute_url(), "nav": "awards"}
    return render(request, "web/form_page.html", context)


def version_now(request: HttpRequest, code: str) -> int:
    return get_object_or_404(AwardForm.objects.visible_to(request.user), code=code).version


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(AwardForm.objects.visible_to(request.user), code=code)
    require(request.user, PERMISSION)
    back = row.get_absolute_url()
    if request.method == "POST":
        try:
            reason = without_controls(request.POST.get("reason", ""))
            acts.remove_award(row, reason=reason, actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        messages.success(request, "Đã xóa khỏi danh mục.")
        return redirect(reverse("awards:catalogue"))
    lead = f"Xóa «{row}» cùng các thời kỳ, hệ số, giấy tờ. Chỉ xóa được khi chưa dùng ở đâu."
    context = {"heading": "Xóa khỏi danh mục", "lead": lead, "back": back, "nav": "awards"}
    return render(request, "web/confirm_page.html", context)
