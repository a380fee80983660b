"""Making lists of nominees public, and what the public says (Luật TĐKT 2022, Điều 84.5; NĐ 152/2025, Điều 44.2)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.deadlines import calendar, is_long_enough
from awards.domain.posted import APPRAISED, still_proposed
from awards.domain.posting_rules import is_posted, posting_rule
from awards.enums import CommentOutcome, NominationState
from awards.models import Nomination, Posting, PostingComment
from blocs.domain.editing import refuse_stale
from blocs.models import Council

CREATED, EDITED, PUBLISHED, WITHDRAWN = "Lập danh sách công khai", "Sửa công khai", "Đăng công khai", "Gỡ công khai"
COMMENTED, CONCLUDED = "Ghi ý kiến của Nhân dân", "Ghi kết quả xử lý ý kiến"
FIELDS = ("title", "text", "from_on", "until_on")
PERMISSION = "awards.post_publicly"


def postable(council_ids: Sequence[int] | frozenset[int]) -> QuerySet[Nomination]:
    """Nominations under appraisal that may be posted: first those whose award wants it; never ineligible ones."""
    rows = Nomination.objects.filter(dossier__council__in=council_ids, dossier__state__in=APPRAISED)
    wanted = Case(When(is_posted(timezone.localdate()), then=Value(0)), default=Value(1), output_field=IntegerField())
    found: Any = rows.exclude(state=NominationState.INELIGIBLE).annotate(posting_order=wanted)
    ordered: QuerySet[Nomination] = found.order_by("posting_order", "dossier", "position", "pk")
    return ordered.select_related("award", "dossier__agency")


def period_obstacle(council: Council, from_on: date, until_on: date, nominations: Sequence[Nomination]) -> str:
    """Why this period will not do, as a sentence; empty when it will (NĐ 152/2025, Điều 44 khoản 2; a province may
    want more days, and provincial awards posted too)."""
    if until_on < from_on:
        return "Ngày cuối của thời gian công khai không được trước ngày đầu."
    rule = posting_rule(council.pk, from_on)
    named = [each for each in nominations if rule.wants(each)]
    days = calendar()
    if not named or is_long_enough(from_on, until_on, days, rule.days):
        return ""
    return (
        f"Thời gian công khai chỉ có {days.between(from_on, until_on)} ngày làm việc; phải ít nhất {rule.days} ngày "
        f"làm việc vì có {named[0].award} ({rule.citation}). Hãy chọn ngày cuối từ "
        f"{days.after(from_on, rule.days):%d/%m/%Y} trở đi."
    )


def refuse_unfit(council: Council, values: Mapping[str, Any], nominations: Sequence[Nomination]) -> None:
    if not nominations:
        raise TransitionRefused("Hãy chọn ít nhất một trường hợp để công khai.")
    allowed = set(postable([council.pk]).filter(pk__in=[each.pk for each in nominations]).values_list("pk", flat=True))
    if left := [each.name for each in nominations if each.pk not in allowed]:
        raise TransitionRefused(f"Không công khai được {', '.join(left[:3])}: không còn trong diện thẩm định.")
    if obstacle := period_obstacle(council, values["from_on"], values["until_on"], nominations):
        raise TransitionRefused(obstacle)


def require_standing(actor: User, posting: Posting) -> None:
    if not actor.has_perm(PERMISSION, posting):
        raise PermissionDenied(PERMISSION)


@transaction.atomic
def create_posting(
    council: Council, *, values: Mapping[str, Any], nominations: Sequence[Nomination], actor: User
) -> Posting:
    """A list not public yet, under an address nobody can guess.

    ``values`` holds FIELDS. Raises PermissionDenied, TransitionRefused (nobody chosen, a nomination that is not under
    appraisal, fewer than 10 working days where the law wants them).
    """
    made = Posting(council=council, code=secrets.token_urlsafe(12), created_by=actor)
    require_standing(actor, made)
    refuse_unfit(council, values, nominations)
    for name in FIELDS:
        setattr(made, name, values[name])
    made.save(force_insert=True)
    made.nominations.set(nominations)
    audit.record(made, CREATED, actor=actor, after=told(made, nominations))
    record_on_dossiers(nominations, CREATED, made, actor)
    return made


def told(row: Posting, nominations: Sequence[Nomination]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS} | {"số trường hợp": len(nominations)}


def record_on_dossiers(nominations: Sequence[Nomination], action: str, row: Posting, actor: User | None) -> None:
    """The timeline of every dossier in the list tells of the posting."""
    period = f"{row.from_on:%d/%m/%Y} – {row.until_on:%d/%m/%Y}"
    for dossier in {each.dossier_id: each.dossier for each in nominations}.values():
        audit.record(dossier, action, actor=actor, after={"công khai": row.title, "thời gian": period})


def locked(posting: Posting) -> Posting:
    return Posting.objects.select_for_update().get(pk=posting.pk)


def listed(row: Posting) -> list[Nomination]:
    return list(row.nominations.select_related("award", "dossier").order_by("position", "pk"))


@transaction.atomic
def edit_posting(
    posting: Posting, *, values: Mapping[str, Any], nominations: Sequence[Nomination], actor: User, seen: int | None
) -> Posting:
    """Change a list that is not public yet. Raises Stale when somebody changed it since ``seen``."""
    row = locked(posting)
    require_standing(actor, row)
    if row.published_at is not None:
        raise TransitionRefused("Danh sách đã đăng nên không sửa được. Hãy gỡ, rồi lập danh sách mới.")
    refuse_stale(row, seen=seen)
    refuse_unfit(row.council, values, nominations)
    before = told(row, listed(row))
    for name in FIELDS:
        setattr(row, name, values[name])
    row.version += 1
    row.save(update_fields=[*FIELDS, "version"])
    row.nominations.set(nominations)
    audit.record_change(row, EDITED, actor=actor, before=before, after=told(row, nominations))
    return row


@transaction.atomic
def publish_posting(posting: Posting, *, actor: User) -> Posting:
    """From now on anyone may read it. When its first day has passed it starts today, and must still be long enough."""
    row = locked(posting)
    require_standing(actor, row)
    if row.published_at is not None:
        raise TransitionRefused("Danh sách này đã được đăng rồi.")
    nominations, today = listed(row), timezone.localdate()
    first = max(row.from_on, today)
    if row.until_on < today:
        raise TransitionRefused("Thời gian công khai đã qua. Hãy sửa thời gian rồi đăng.")
    refuse_unfit(row.council, {"from_on": first, "until_on": row.until_on}, nominations)
    row.from_on, row.published_at, row.version = first, timezone.now(), row.version + 1
    row.save(update_fields=["from_on", "published_at", "version"])
    audit.record(row, PUBLISHED, actor=actor, after={"from_on": row.from_on, "until_on": row.until_on})
    record_on_dossiers(nominations, PUBLISHED, row, actor)
    return row


@transaction.atomic
def withdraw_posting(posting: Posting, *, reason: str, actor: User) -> Posting:
    """Take the list off the public page, with a reason. Raises TransitionRefused without one, or when it is off."""
    row = locked(posting)
    require_standing(actor, row)
    if row.withdrawn_at is not None:
        raise TransitionRefused("Danh sách này đã được gỡ rồi.")
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do gỡ danh sách.")
    row.withdrawn_at, row.version = timezone.now(), row.version + 1
    row.save(update_fields=["withdrawn_at", "version"])
    audit.record(row, WITHDRAWN, actor=actor, reason=reason.strip())
    record_on_dossiers(listed(row), WITHDRAWN, row, actor)
    return row


@transaction.atomic
def add_comment(posting: Posting, *, values: Mapping[str, Any], actor: User) -> PostingComment:
    """What somebody of the public said, as the standing body received it (nomination, sender, received_on, text)."""
    row = locked(posting)
    require_standing(actor, row)
    if row.published_at is None:
        raise TransitionRefused("Danh sách chưa đăng nên chưa có ý kiến để ghi.")
    nomination = values.get("nomination")
    if nomination is not None and not row.nominations.filter(pk=nomination.pk).exists():
        raise TransitionRefused("Trường hợp này không có trong danh sách công khai.")
    made = PostingComment.objects.create(posting=row, recorded_by=actor, **values)
    about = {"trường hợp": nomination.name} if nomination else {}
    audit.record(row, COMMENTED, actor=actor, after=about | {"received_on": made.received_on})
    return made


@transaction.atomic
def conclude_comment(comment: PostingComment, *, outcome: str, outcome_text: str, actor: User) -> PostingComment:
    """What became of a comment. «Đang xác minh» keeps the question open; a conclusion is explained."""
    row = PostingComment.objects.select_for_update(of=("self",)).select_related("posting").get(pk=comment.pk)
    require_standing(actor, row.posting)
    if outcome not in CommentOutcome.values or not outcome:
        raise TransitionRefused("Hãy chọn kết quả xử lý.")
    if outcome in (CommentOutcome.UPHELD, CommentOutcome.DISMISSED) and not outcome_text.strip():
        raise TransitionRefused("Hãy ghi nội dung kết luận.")
    before = {"xử lý": row.get_outcome_display()}
    row.outcome, row.outcome_text = outcome, outcome_text.strip()
    row.save(update_fields=["outcome", "outcome_text"])
    audit.record(row.posting, CONCLUDED, actor=actor, before=before, after={"xử lý": row.get_outcome_display()})
    return row


def on_show(on: date) -> QuerySet[Posting]:
    """What the public page lists on that day: posted, not withdrawn, in its period, with somebody to name."""
    named = still_proposed(Nomination.objects.filter(postings=OuterRef("pk")))
    return Posting.objects.public().filter(Exists(named), from_on__lte=on, until_on__gte=on)


def shown_postings(on: date) -> list[Posting]:
    """The public page's lists of that day, newest first."""
    return list(on_show(on).select_related("council")[:200])


def shown_posting(code: str, on: date) -> Posting | None:
    """The list under ``code`` while it is public; None before, afterwards, withdrawn, unknown."""
    return on_show(on).select_related("council").filter(code=code).first()


@dataclass(frozen=True)
class PublicLine:
    """All that the public reads of a nominee."""

    name: str
    unit: str
    award: str


def public_lines(posting: Posting) -> list[PublicLine]:
    """Names, units and awards of who is still proposed, in order; one query that fetches nothing else."""
    rows = still_proposed(posting.nominations.all()).order_by("award__position", "position", "pk")
    return [PublicLine(*row) for row in rows.values_list("name", "unit", "award__name")]
