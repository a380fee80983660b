"""Consultation on a bloc's draft review: opened and closed by the secretariat, commented on by members, answered."""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, build_listing
from khoithidua.web.widgets import PlainSelect
from reports.documents.comment_summary import ANSWERS, KIND
from reports.domain.consulting import (
    ConsultationRefused,
    StaleComment,
    add_comment,
    answer_comment,
    change_comment,
    close_consultation,
    commenting_agencies,
    is_consulted_on,
    open_consultation,
    remove_comment,
)
from reports.enums import Section
from reports.filters import choice
from reports.forms_review import AnswerForm, CommentForm, CommentTextForm, ConsultForm
from reports.models import BlocReview, ReviewComment
from reports.views.fetching import review_or_404

CONFLICT, REFUSED = 409, 400
RESULTS = [("tiep-thu", "Tiếp thu"), ("khong", "Không tiếp thu"), ("chua", "Chưa trả lời")]


def answer_words(row: ReviewComment) -> str:
    return " ".join(part for part in (ANSWERS[row.taken], row.answer) if part)


COLUMNS = (
    Column("muc", "Mục", lambda row: row.section_label, ("section", "pk")),
    Column("don-vi", "Đơn vị", lambda row: row.agency.label, ("agency__sort_key", "pk")),
    Column("y-kien", "Ý kiến", lambda row: row.text),
    Column("giai-trinh", "Tiếp thu, giải trình", answer_words, ("taken", "pk")),
    Column("luc", "Góp ý lúc", lambda row: row.made_at, ("made_at", "pk")),
)


class CommentFilter(django_filters.FilterSet):  # type: ignore[misc]
    muc = choice("section", "Mục", Section.choices)
    ket_qua = django_filters.ChoiceFilter(
        label="Kết quả", choices=RESULTS, empty_label="Tất cả", widget=PlainSelect, method="answered"
    )

    class Meta:
        model = ReviewComment
        fields: tuple[str, ...] = ()

    def answered(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(taken={"tiep-thu": True, "khong": False, "chua": None}[value])


@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the consultation until a day, or prolong it."""
    found = review_or_404(request, pk)
    require(request.user, "reports.consult_review", found)
    form = ConsultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            open_consultation(found, until=form.cleaned_data["until"], actor=actor_of(request))
        except ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Dự thảo đã được gửi lấy ý kiến; các đơn vị thành viên được báo tin.")
            return redirect(found)
    return consulting_page(request, found, form)


def consulting_page(request: HttpRequest, found: BlocReview, form: ConsultForm) -> HttpResponse:
    context = {
        "review": found,
        "year": found.bloc_year,
        "form": form,
        "lasts": is_consulted_on(found),
        "nav": "reports",
    }
    return render(request, "reports/review/consult.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the consultation early, asked first."""
    found = review_or_404(request, pk)
    require(request.user, "reports.consult_review", found)
    if request.method == "POST":
        try:
            close_consultation(found, actor=actor_of(request))
        except ConsultationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã kết thúc lấy ý kiến. Các ý kiến đã gửi được giữ nguyên.")
        return redirect(found)
    lead = "Các đơn vị không góp ý thêm được nữa. Ý kiến đã gửi được giữ nguyên để trả lời."
    context = {"heading": "Kết thúc lấy ý kiến sớm", "lead": lead, "submit": "Kết thúc lấy ý kiến"}
    return render(request, "web/confirm_page.html", context | {"back": found.get_absolute_url(), "nav": "reports"})


@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """All comments with their answers; who may comment adds one here."""
    found = review_or_404(request, pk)
    form = comment_form(request, found)
    if request.method == "POST":
        require(request.user, "reports.send_review_comment", found)
        if form is not None and form.is_valid() and added(request, found, form):
            return redirect("reports:review-comments", pk)
    return comments_page(request, found, form)


def comment_form(request: HttpRequest, found: BlocReview) -> CommentForm | None:
    """None for who works in no member of the bloc."""
    agencies = commenting_agencies(actor_of(request), found)
    if not agencies:
        return None
    initial = {"section": request.GET.get("muc-gop-y", "")}
    return CommentForm(request.POST or None, agencies=agencies, initial=initial)


def added(request: HttpRequest, found: BlocReview, form: CommentForm) -> bool:
    data = form.cleaned_data
    try:
        add_comment(
            found, agency=form.chosen_agency, section=data["section"], text=data["text"], actor=actor_of(request)
        )
    except ConsultationRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "Đã gửi ý kiến góp ý.")
    return True


def comments_page(request: HttpRequest, found: BlocReview, form: CommentForm | None) -> HttpResponse:
    user = actor_of(request)
    listing = build_listing(
        request,
        found.comments.select_related("agency", "made_by", "answered_by"),
        title=f"Ý kiến góp ý {found}",
        columns=COLUMNS,
        search=("agency__search_key",),
        filterset=CommentFilter,
        default_sort="luc",
    )
    if isinstance(listing, HttpResponse):
        return listing
    context = {"review": found, "year": found.bloc_year, "listing": listing, "paper_kind": KIND, "nav": "reports"}
    context |= commenting_context(user, found, form)
    status = REFUSED if form is not None and form.errors else 200
    return render(request, "reports/review/comments.html", context, status=status)


def commenting_context(user: Any, found: BlocReview, form: CommentForm | None) -> dict[str, Any]:
    """What this person may do with comments now; a refusal is told where there is no form any more."""
    lasts = is_consulted_on(found)
    return {
        "form": form if lasts else None,
        "refused": form.non_field_errors() if form is not None and not lasts and form.is_bound else (),
        "lasts": lasts,
        "own": {agency.pk for agency in commenting_agencies(user, found)} if lasts else set(),
        "answers": user.has_perm("reports.answer_comments", found),
    }


def comment_or_404(request: HttpRequest, pk: int, comment: int) -> ReviewComment:
    found = review_or_404(request, pk)
    row: ReviewComment = get_object_or_404(found.comments.select_related("agency", "answered_by"), pk=comment)
    row.review = found
    return row


def require_own(request: HttpRequest, row: ReviewComment) -> None:
    require(request.user, "reports.edit_review_comment", row)


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Mend an own agency's comment."""
    row = comment_or_404(request, pk, comment)
    require_own(request, row)
    form = CommentTextForm(request.POST or None, initial={"text": row.text, "version": row.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_comment(row, data["text"], version=data["version"], actor=actor_of(request))
        except ConsultationRefused as refusal:
            return one_page(request, row, form, refusal)
        messages.success(request, "Đã lưu ý kiến.")
        return redirect("reports:review-comments", pk)
    return one_page(request, row, form)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Withdraw an own agency's comment, asked first."""
    row = comment_or_404(request, pk, comment)
    require_own(request, row)
    back = reverse("reports:review-comments", args=[pk])
    if request.method == "POST":
        try:
            remove_comment(row, actor=actor_of(request))
        except ConsultationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã rút ý kiến. Lịch sử của báo cáo vẫn giữ nội dung.")
        return redirect(back)
    lead = f"Ý kiến của {row.agency.label}: «{row.text[:300]}»"
    context = {"heading": "Rút ý kiến góp ý", "lead": lead, "submit": "Rút ý kiến", "back": back, "nav": "reports"}
    return render(request, "web/confirm_page.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Take a comment or not, with the explanation."""
    row = comment_or_404(request, pk, comment)
    require(request.user, "reports.answer_comments", row.review)
    given = {True: "yes", False: "no", None: ""}[row.taken]
    initial = {"taken": given, "answer": row.answer, "version": row.version}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        facts = {"taken": data["taken"] == "yes", "answer": data["answer"], "version": data["version"]}
        try:
            answer_comment(row, actor=actor_of(request), **facts)
        except ConsultationRefused as refusal:
            return one_page(request, row, form, refusal, answers=True)
        messages.success(request, f"Đã trả lời ý kiến của {row.agency.label}.")
        return redirect("reports:review-comments", pk)
    return one_page(request, row, form, answers=True)


def one_page(
    request: HttpRequest, row: ReviewComment, form: Any, refusal: Exception | None = None, *, answers: bool = False
) -> HttpResponse:
    """One comment with its form. What was typed stays; after a clash the next save counts from what is shown."""
    theirs = refusal.comment if isinstance(refusal, StaleComment) else None
    if refusal is not None:
        form.add_error(None, str(refusal))
    if theirs is not None:
        form.data = with_version(form.data, theirs.version)
    context = {"review": row.review, "year": row.review.bloc_year, "comment": row, "form": form, "theirs": theirs}
    context |= {"label": row.section_label, "answers": answers, "nav": "reports"}
    status = CONFLICT if theirs is not None else REFUSED if form.errors else 200
    return render(request, "reports/review/comment.html", context, status=status)


def with_version(data: Any, version: int) -> Any:
    copy = data.copy()
    copy["version"] = str(version)
    return copy
