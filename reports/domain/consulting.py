"""Consultation on a bloc's draft review: members comment until a day, the secretariat answers each comment."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain.audit import record
from accounts.domain.notices import notify
from accounts.models import User
from blocs.domain.workflow import members_people, secretariat_people
from blocs.enums import Role
from blocs.models import Agency
from blocs.tables.access import access_of
from khoithidua.web.templatetags.web import day
from khoithidua.web.text import without_controls
from reports.domain.versions import keep_version
from reports.enums import ReviewState, Section
from reports.models import BlocReview, ReviewComment

BEFORE, AFTER = "Trước khi lấy ý kiến", "Sau khi lấy ý kiến"
LIMIT = 5_000


class ConsultationRefused(Exception):
    """Nothing was changed; the message is a sentence for the person who tried."""


class StaleComment(ConsultationRefused):
    """Somebody saved this comment or its answer since the page was opened; carries what is there now."""

    def __init__(self, theirs: ReviewComment) -> None:
        self.comment = theirs
        super().__init__(
            "Ý kiến này đã được người khác sửa hoặc trả lời sau khi bạn mở trang nên nội dung của bạn chưa được lưu. "
            "Nội dung bạn gõ vẫn còn trong ô; hãy xem bản mới rồi lưu lại."
        )


def is_consulted_on(review: BlocReview) -> bool:
    """Whether members may comment today."""
    until = review.consulting_until
    return review.state == ReviewState.DRAFT and until is not None and until >= timezone.localdate()


def was_consulted_on(review: BlocReview) -> bool:
    return review.consulting_since is not None


@transaction.atomic
def open_consultation(review: BlocReview, *, until: date, actor: User) -> None:
    """Show the draft to the members until the end of the day ``until`` and tell them; a later day prolongs it.

    Keeps a version. Raises PermissionDenied or ConsultationRefused.
    """
    row = locked(review, "reports.consult_review", actor)
    today = timezone.localdate()
    if until < today:
        raise ConsultationRefused("Ngày cuối lấy ý kiến đã qua. Hãy chọn hôm nay hoặc một ngày sau đó.")
    if not row.passages.exclude(text="").exists():
        raise ConsultationRefused("Báo cáo chưa có phần viết nào. Hãy tổng hợp hoặc viết ít nhất một mục trước.")
    before = period_of(row)
    prolongs = is_consulted_on(row)
    if not prolongs:
        row.consulting_since = today
        keep_version(row, BEFORE, actor=actor)
    row.consulting_until = until
    row.save(update_fields=["consulting_since", "consulting_until"])
    action = "Gia hạn lấy ý kiến dự thảo" if prolongs else "Lấy ý kiến dự thảo"
    record(row, action, actor=actor, before=before, after=period_of(row))
    notify(members_people(row), f"Góp ý dự thảo: {row}, đến hết ngày {day(until)}", url=row.get_absolute_url())
    review.refresh_from_db()


@transaction.atomic
def close_consultation(review: BlocReview, *, actor: User) -> None:
    """End the consultation before its day; comments stay, no more come. Raises as ``open_consultation``."""
    row = locked(review, "reports.consult_review", actor)
    if not is_consulted_on(row):
        raise ConsultationRefused("Báo cáo không còn trong thời gian lấy ý kiến, không có gì để kết thúc.")
    before = period_of(row)
    row.consulting_until = None
    row.save(update_fields=["consulting_until"])
    keep_version(row, AFTER, actor=actor)
    record(row, "Kết thúc lấy ý kiến sớm", actor=actor, before=before, after=period_of(row))
    review.refresh_from_db()


def locked(review: BlocReview, permission: str, actor: User) -> BlocReview:
    """The review's row held: comments wait for the end of the consultation and for each other."""
    rows = BlocReview.objects.select_for_update(of=("self",)).select_related("bloc_year__bloc__council")
    row = rows.get(pk=review.pk)
    if not actor.has_perm(permission, row):
        if permission == "reports.comment_review" and is_member(actor, row):
            raise ConsultationRefused(
                "Thời gian lấy ý kiến đã kết thúc nên không góp ý thêm được. "
                "Hãy liên hệ thư ký khối nếu cần; nội dung bạn gõ vẫn còn trong ô."
            )
        raise PermissionDenied(permission)
    return row


def period_of(review: BlocReview) -> dict[str, str]:
    since, until = review.consulting_since, review.consulting_until
    return {"từ": since.isoformat() if since else "", "đến hết ngày": until.isoformat() if until else ""}


def is_member(user: User, review: BlocReview) -> bool:
    return bool(commenting_agencies(user, review))


def commenting_agencies(user: User, review: BlocReview) -> list[Agency]:
    """Own agencies of ``user`` that are members of the review's bloc-year, the head aside: it writes the draft."""
    members = review.bloc_year.memberships.exclude(role=Role.HEAD).filter(agency__in=access_of(user).agency_ids)
    return [row.agency for row in members.select_related("agency").in_order()]


@transaction.atomic
def add_comment(review: BlocReview, *, agency: Agency, section: str, text: str, actor: User) -> ReviewComment:
    """``agency``'s comment on one section ("" : the whole draft). Raises PermissionDenied or ConsultationRefused."""
    row = locked(review, "reports.comment_review", actor)
    if agency not in commenting_agencies(actor, row):
        raise PermissionDenied("reports.comment_review")
    made = ReviewComment.objects.create(
        review=row, agency=agency, section=section if section in Section else "", text=clean(text), made_by=actor
    )
    record(row, "Góp ý dự thảo", actor=actor, after=told(made))
    notify(secretariat_people(row), f"{agency.label} góp ý dự thảo: {row}", url=row.get_absolute_url())
    return made


@transaction.atomic
def change_comment(comment: ReviewComment, text: str, *, version: int, actor: User) -> ReviewComment:
    """New words for an own agency's comment. Raises as ``add_comment``, and StaleComment."""
    row = own_comment(comment, actor)
    text = clean(text)
    if text == row.text:
        return row
    if row.version != version:
        raise StaleComment(row)
    before = told(row)
    row.text, row.version, row.made_by = text, row.version + 1, actor
    row.save(update_fields=["text", "version", "made_by"])
    record(row.review, "Sửa ý kiến góp ý", actor=actor, before=before, after=told(row))
    return row


@transaction.atomic
def remove_comment(comment: ReviewComment, *, actor: User) -> None:
    """Withdraw an own agency's comment that is not answered. The history keeps its words."""
    row = own_comment(comment, actor)
    record(row.review, "Rút ý kiến góp ý", actor=actor, before=told(row))
    row.delete()


def own_comment(comment: ReviewComment, actor: User) -> ReviewComment:
    review = locked(comment.review, "reports.comment_review", actor)
    row = ReviewComment.objects.select_related("agency").filter(pk=comment.pk).first()
    if row is None:
        raise ConsultationRefused("Ý kiến này đã được rút. Hãy tải lại trang.")
    row.review = review
    if row.agency_id not in access_of(actor).agency_ids:
        raise PermissionDenied("reports.comment_review")
    if row.taken is not None:
        raise ConsultationRefused("Ý kiến này đã được trả lời nên không sửa được. Hãy gửi thêm một ý kiến mới.")
    return row


@transaction.atomic
def answer_comment(comment: ReviewComment, *, taken: bool, answer: str, version: int, actor: User) -> ReviewComment:
    """Taken or not, with the explanation (due where it is not taken). An answer may be mended until the review is
    issued. Raises PermissionDenied, ConsultationRefused, StaleComment."""
    review = locked(comment.review, "reports.answer_comments", actor)
    row = ReviewComment.objects.select_related("agency").filter(pk=comment.pk).first()
    if row is None:
        raise ConsultationRefused("Ý kiến này đã được đơn vị rút. Hãy tải lại trang.")
    if row.version != version:
        raise StaleComment(row)
    answer = without_controls(answer).strip()
    if not taken and not answer:
        raise ConsultationRefused("Ý kiến không tiếp thu thì phải giải trình. Hãy ghi lý do.")
    refuse_too_long(answer)
    keep_what_was_commented(review, actor)
    before = told(row)
    row.taken, row.answer, row.answered_by, row.answered_at = taken, answer, actor, timezone.now()
    row.version += 1
    row.save(update_fields=["taken", "answer", "answered_by", "answered_at", "version"])
    record(review, "Trả lời ý kiến góp ý", actor=actor, before=before, after=told(row))
    return row


def keep_what_was_commented(review: BlocReview, actor: User | None) -> None:
    """The draft as it stood when the consultation ran out, once: before the first answer or the approval."""
    if is_consulted_on(review) or review.consulting_until is None:
        return
    last = review.versions.filter(reason__in=(BEFORE, AFTER)).first()
    if last is not None and last.reason == BEFORE:
        keep_version(review, AFTER, actor=actor)


def clean(text: str) -> str:
    text = without_controls(text).strip()
    if not text:
        raise ConsultationRefused("Hãy ghi nội dung góp ý.")
    refuse_too_long(text)
    return text


def refuse_too_long(text: str) -> None:
    if len(text) > LIMIT:
        raise ConsultationRefused(f"Nội dung dài {len(text)} ký tự, vượt giới hạn {LIMIT} ký tự. Hãy viết gọn lại.")


def told(comment: ReviewComment) -> dict[str, str]:
    answered = {True: "tiếp thu", False: "không tiếp thu", None: ""}[comment.taken]
    return {
        "đơn vị": comment.agency.name,
        "mục": comment.section_label,
        "ý kiến": comment.text,
        "trả lời": answered,
        "giải trình": comment.answer,
    }


def unanswered(review: BlocReview) -> str | None:
    """Why the review is not approved yet: the consultation lasts, or a comment has no answer."""
    if is_consulted_on(review):
        return (
            f"Dự thảo đang lấy ý kiến đến hết ngày {day(review.consulting_until)}. Hãy chờ, hoặc kết thúc lấy ý kiến."
        )
    left = review.comments.filter(taken=None).count() if was_consulted_on(review) else 0
    return f"Còn {left} ý kiến góp ý chưa được trả lời. Hãy tiếp thu hoặc giải trình từng ý kiến." if left else None
