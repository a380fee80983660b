"""Public lists of nominees, their making and the comments received: the standing body's; makers see their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.domain import postings as acts
from awards.domain.posted import broken_off
from awards.filters_appraisal import PostingFilter, councils_of
from awards.forms.appraisal import ReasonForm
from awards.forms.appraisal_asking import CommentForm, OutcomeForm, PostingForm
from awards.models import Posting
from awards.tables.dossiers import dossier_scope
from awards.views.appraisal_fetching import actor_of, seen_posting, standing_posting
from blocs.domain.editing import version_of
from blocs.models import Council
from blocs.views.attempts import attempt, attempt_told
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing


def step_of(row: Posting) -> str:
    """Where a posting stands today, in words."""
    if row.withdrawn_at is not None:
        return "Đã gỡ"
    if row.published_at is None:
        return "Chưa đăng"
    today = timezone.localdate()
    if row.from_on > today:
        return "Chờ đến ngày công khai"
    return "Đang công khai" if row.until_on >= today else "Đã kết thúc"


COLUMNS = (
    Column("tieu-de", "Tiêu đề", lambda row: row.title),
    Column("tu", "Từ ngày", lambda row: row.from_on, ("from_on",)),
    Column("den", "Đến ngày", lambda row: row.until_on, ("until_on",)),
    Column("tinh-trang", "Tình trạng", step_of),
)
GUIDE = "Gửi ý kiến bằng văn bản về cơ quan thường trực Hội đồng Thi đua - Khen thưởng tỉnh trong thời gian công khai."


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    may_post = bool(councils_of(request.user))
    listing = build_listing(
        request,
        Posting.objects.visible_to(request.user),
        title="Công khai lấy ý kiến",
        columns=COLUMNS,
        # Others' names in a list that is not public yet are not for makers to try out.
        search=("nominations__search_key",) if may_post else (),
        filterset=PostingFilter,
        default_sort="-tu",
    )
    if isinstance(listing, HttpResponse):
        return listing
    lines = [(row, step_of(row)) for row in listing.page]
    context = {"listing": listing, "lines": lines, "may_post": may_post, "nav": "awards"}
    return render(request, "awards/postings.html", context)


@require_GET
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, its address, its comments; makers see the nominations of their own dossiers."""
    row = seen_posting(request, pk)
    manages = request.user.has_perm("awards.post_publicly", row)
    cases = row.nominations.select_related("award", "dossier__agency")
    cases = cases if manages else cases.filter(dossier_scope(actor_of(request), "dossier__"))
    context = {
        "posting": row,
        "step": step_of(row),
        "manages": manages,
        "cases": cases.order_by("position", "pk"),
        # Makers would read a result of the appraisal in it.
        "broken": list(broken_off([row])) if manages else [],
        "comments": row.comments.select_related("nomination").order_by("pk") if manages else [],
        "address": request.build_absolute_uri(reverse("awards:public-posting", args=[row.code])),
    }
    return render(request, "awards/posting.html", context | {"nav": "awards"})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require(request.user, "awards.see_inbox")
    councils = councils_of(request.user)
    council = get_object_or_404(Council, pk__in=councils)
    form = PostingForm(request.POST or None, nominations=acts.postable(councils), initial={"text": GUIDE})
    if made := attempt(form, lambda: created(request, council, form)):
        messages.success(request, "Đã lập danh sách. Hãy xem lại rồi bấm Đăng công khai.")
        return redirect(made)
    return form_page(request, form, "Lập danh sách công khai", reverse("awards:postings"))


def created(request: HttpRequest, council: Council, form: PostingForm) -> Posting:
    chosen = list(form.cleaned_data["nominations"])
    return acts.create_posting(council, values=form.values(), nominations=chosen, actor=actor_of(request))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = standing_posting(request, pk)
    initial = {name: getattr(row, name) for name in acts.FIELDS} | {"seen": version_of(row)}
    initial["nominations"] = list(row.nominations.values_list("pk", flat=True))
    form = PostingForm(request.POST or None, nominations=acts.postable([row.council_id]), initial=initial)
    if attempt(form, lambda: edited(request, row, form)):
        messages.success(request, "Đã lưu danh sách công khai.")
        return redirect(row)
    if form.is_bound:
        form.renew(version_of(row))
    return form_page(request, form, "Sửa danh sách công khai", row.get_absolute_url())


def edited(request: HttpRequest, row: Posting, form: PostingForm) -> Posting:
    given: dict[str, Any] = {"values": form.values(), "nominations": list(form.cleaned_data["nominations"])}
    return acts.edit_posting(row, actor=actor_of(request), seen=form.cleaned_data["seen"], **given)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    row = standing_posting(request, pk)
    attempt_told(request, lambda: acts.publish_posting(row, actor=actor_of(request)), done="Đã đăng công khai.")
    return redirect(row)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = standing_posting(request, pk)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda: acts.withdraw_posting(row, reason=form.cleaned_data["reason"], actor=actor_of(request))):
        messages.success(request, "Đã gỡ danh sách khỏi trang công khai.")
        return redirect(row)
    return form_page(request, form, "Gỡ danh sách công khai", row.get_absolute_url())


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    row = standing_posting(request, pk)
    form = CommentForm(request.POST or None, posting=row)
    if attempt(form, lambda: acts.add_comment(row, values=form.cleaned_data, actor=actor_of(request))):
        messages.success(request, "Đã ghi ý kiến.")
        return redirect(row)
    return form_page(request, form, "Ghi ý kiến của Nhân dân", row.get_absolute_url())


@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What became of one comment."""
    row = standing_posting(request, pk)
    found = get_object_or_404(row.comments.all(), pk=number)
    initial = {"outcome": found.outcome, "outcome_text": found.outcome_text}
    form = OutcomeForm(request.POST or None, initial=initial)
    if attempt(form, lambda: acts.conclude_comment(found, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, "Đã ghi kết quả xử lý.")
        return redirect(row)
    return form_page(request, form, "Kết quả xử lý ý kiến", row.get_absolute_url(), found.text)


def form_page(request: HttpRequest, form: Any, heading: str, back: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back, "lead": lead, "nav": "awards"}
    return render(request, "web/form_page.html", context)
