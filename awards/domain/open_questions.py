"""What is still open about a dossier: supplements, opinions, comments of the public, postings that the law wants."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils import timezone

from awards.domain.council_rules import RuleValue, rule_value
from awards.domain.posted import unposted
from awards.domain.posting_rules import posting_rule
from awards.enums import AwardLevel, CommentOutcome, NominationState, SupplementState
from awards.models import Dossier, Nomination, Opinion, PostingComment, Supplement

OPEN_SUPPLEMENTS = (SupplementState.ASKED, SupplementState.ANSWERED)
OPEN_COMMENTS = (CommentOutcome.WAITING, CommentOutcome.VERIFYING)


def unasked(dossier: Dossier) -> tuple[RuleValue | None, list[Nomination]]:
    """Where the province wants opinions on provincial awards: its rule, and the nominations nobody was asked about."""
    rule = rule_value(dossier.council_id, "opinions-asked", timezone.localdate())
    if rule is None or not rule.value:
        return None, []
    rows = dossier.nominations.filter(award__level=AwardLevel.PROVINCE, opinions__isnull=True)
    return rule, list(rows.exclude(state=NominationState.INELIGIBLE).order_by("position", "pk"))


def open_comments(dossier: Dossier) -> int:
    """Comments on the dossier's postings that nobody concluded; one about nobody in particular counts for all."""
    mine = Q(nomination__dossier=dossier) | Q(nomination__isnull=True, posting__nominations__dossier=dossier)
    rows = PostingComment.objects.filter(mine, outcome__in=OPEN_COMMENTS, posting__withdrawn_at__isnull=True)
    return rows.distinct().count()


def open_questions(dossier: Dossier) -> Iterator[str]:
    """One full sentence for each kind of question that has no answer yet."""
    if count := Supplement.objects.filter(dossier=dossier, state__in=OPEN_SUPPLEMENTS).count():
        yield f"Còn {count} yêu cầu bổ sung chưa được trả lời hoặc chưa được chấp nhận. Hãy chấp nhận hoặc rút yêu cầu."
    if count := Opinion.objects.filter(dossier=dossier, answered_at__isnull=True).count():
        yield f"Còn {count} cơ quan chưa trả lời ý kiến. Hãy đợi trả lời, hoặc ghi lý do không chờ ý kiến đó."
    if count := open_comments(dossier):
        yield f"Còn {count} ý kiến của Nhân dân chưa xử lý xong. Hãy ghi kết quả xử lý ở trang công khai."
    wanted_by, left = unasked(dossier)
    if wanted_by is not None and left:
        yield (
            f"Chưa xin ý kiến cơ quan liên quan đối với {len(left)} trường hợp ({names_of(left)}): tỉnh quy định lấy ý "
            f"kiến đối với khen thưởng cấp tỉnh ({wanted_by.legal_basis}). Hãy xin ý kiến ở trang thẩm định."
        )
    if rows := unposted(dossier):
        rule = posting_rule(dossier.council_id, timezone.localdate())
        yield (
            f"Chưa công khai đủ thời gian đối với {len(rows)} trường hợp ({names_of(rows)}): {rule.posted_words} "
            f"phải công khai ít nhất {rule.days} ngày làm việc (Luật TĐKT 2022, Điều 84 khoản 5; {rule.citation})."
        )


def names_of(rows: Sequence[Nomination]) -> str:
    """The first three names."""
    return ", ".join(row.name for row in rows[:3]) + (" và các trường hợp khác" if len(rows) > 3 else "")
