"""What has to be made public before the council meets, and is not yet."""

from datetime import date

from django.db.models import Q, QuerySet

from awards.domain.posting_rules import is_posted, posting_rule
from awards.models import Nomination, Posting
from council.domain.sessions.seats import day_of
from council.enums import ItemOutcome
from council.models import CouncilSession


def unposted(rows: QuerySet[Nomination], on: date) -> QuerySet[Nomination]:
    """Those of ``rows`` that have to be public for ten working days before the council meets on ``on``, and whose
    posting does not end before that day (Luật TĐKT 2022, Điều 84 khoản 5; NĐ 152/2025, Điều 44 khoản 2). Not by the
    simplified procedure."""
    over = Posting.objects.public().filter(until_on__lt=on)
    return rows.filter(is_posted(on)).exclude(Q(postings__in=over))


def unposted_of(session: CouncilSession) -> QuerySet[Nomination]:
    """Nominations on the agenda that stand in the way of calling the session."""
    waiting = session.items.filter(outcome=ItemOutcome.OPEN).values("nomination")
    return unposted(Nomination.objects.filter(pk__in=waiting), day_of(session))


def posting_obstacle(session: CouncilSession) -> str:
    """Why it may not be called, as a sentence; "" when it may. Two or three queries."""
    rows = list(unposted_of(session).order_by("pk").values_list("name", flat=True))
    if not rows:
        return ""
    rule = posting_rule(session.council_id, day_of(session))
    names = ", ".join(rows[:3]) + (" và các trường hợp khác" if len(rows) > 3 else "")
    return (
        f"{len(rows)} trường hợp chưa công khai xong trước ngày họp ({names}): {rule.posted_words} phải công khai ít "
        f"nhất {rule.days} ngày làm việc trước khi Hội đồng họp (Luật TĐKT 2022, Điều 84 khoản 5; {rule.citation}). "
        "Hãy công khai đủ thời gian, lùi ngày họp, hoặc rút các trường hợp này khỏi nội dung."
    )
