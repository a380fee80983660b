"""What has to be made public before the council meets, and is not yet."""

from awards.domain.posted import unposted_before
from awards.domain.posting_rules import posting_rule
from awards.models import Nomination
from council.domain.sessions.seats import day_of
from council.enums import ItemOutcome
from council.models import CouncilSession


def unposted_of(session: CouncilSession) -> list[Nomination]:
    """Nominations on the agenda that stand in the way of calling the session: not public for long enough before the
    council meets (Luật TĐKT 2022, Điều 84 khoản 5; NĐ 152/2025, Điều 44 khoản 2). Not by the simplified procedure."""
    waiting = session.items.filter(outcome=ItemOutcome.OPEN).values("nomination")
    return unposted_before(day_of(session), Nomination.objects.filter(pk__in=waiting))


def posting_obstacle(session: CouncilSession) -> str:
    """Why it may not be called, as a sentence; "" when it may."""
    rows = [row.name for row in unposted_of(session)]
    if not rows:
        return ""
    rule = posting_rule(session.council_id, day_of(session))
    names = ", ".join(rows[:3]) + (" và các trường hợp khác" if len(rows) > 3 else "")
    return (
        f"{len(rows)} trường hợp chưa công khai xong trước ngày họp ({names}): {rule.posted_words} phải công khai ít "
        f"nhất {rule.days} ngày làm việc trước khi Hội đồng họp (Luật TĐKT 2022, Điều 84 khoản 5; {rule.citation}). "
        "Hãy công khai đủ thời gian, lùi ngày họp, hoặc rút các trường hợp này khỏi nội dung."
    )
