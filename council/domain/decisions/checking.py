"""What stands in the way of issuing a draft: each guard answers a full sentence, or None."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.utils import timezone

from awards.domain.posting_rules import is_posted, posting_rule
from awards.enums import AwardLevel, NominationState
from awards.models import AwardForm, Nomination, Posting
from council.domain.practice.reading import remits_on
from council.enums import DecisionKind, IssuerKind
from council.models import Decision, DecisionLine, PartyOpinion

GRANTED_FROM = (NominationState.ELIGIBLE, NominationState.PASSED)


def names(rows: Iterable[Any]) -> str:
    """The first three names."""
    found = [row.name for row in rows]
    return ", ".join(found[:3]) + (f" và {len(found) - 3} trường hợp khác" if len(found) > 3 else "")


def needs_lines(decision: Decision) -> str | None:
    if decision.lines.exists():
        return None
    return "Danh sách chưa có trường hợp nào. Hãy thêm trường hợp trước khi ban hành."


def needs_words(decision: Decision) -> str | None:
    """Title, symbol, signer; for a later decision its reason."""
    wanted: list[tuple[Any, str]] = [
        (decision.title, "trích yếu"),
        (decision.symbol, "ký hiệu"),
        (decision.signer_name, "người ký"),
        (decision.signer_title, "thẩm quyền, chức vụ ký"),
    ]
    if decision.kind != DecisionKind.AWARD:
        wanted.append((decision.reason, "lý do"))
    missing = [words for value, words in wanted if not value.strip()]
    return f"Chưa ghi {', '.join(missing)}. Hãy bấm Sửa dự thảo để bổ sung." if missing else None


def needs_competence(decision: Decision) -> str | None:
    """Awards of the State are given by the State alone (Luật TĐKT 2022, Điều 77 and 78)."""
    if decision.kind != DecisionKind.AWARD or decision.issuer.kind == IssuerKind.STATE:
        return None
    rows = AwardForm.objects.filter(pk__in=decision.lines.order_by().values("award"), level=AwardLevel.STATE)
    found = ", ".join(str(each) for each in rows.order_by("position", "pk"))
    if not found:
        return None
    return (
        f"{decision.issuer.name} không có thẩm quyền tặng {found} (Luật Thi đua, khen thưởng 2022, Điều 77, 78). Hãy "
        "trình cấp trên; khi có quyết định thì chọn cơ quan ban hành thuộc «Chủ tịch nước, Thủ tướng Chính phủ»."
    )


def party_awards(decision: Decision) -> list[AwardForm]:
    """Awards of the annex on which the Party committee is heard first, by the council's remit of today.

    NĐ 152/2025, Điều 33 khoản 2. What a higher authority decided was heard before it was proposed.
    """
    if decision.kind != DecisionKind.AWARD or decision.issuer.kind == IssuerKind.STATE:
        return []
    held = remits_on(decision.council_id, timezone.localdate())
    present = set(decision.lines.order_by().values_list("award", flat=True).distinct())
    return [remit.award for pk, remit in held.items() if pk in present and remit.party_opinion]


def needs_party_opinion(decision: Decision) -> str | None:
    """Where the remit says so, or where it was asked: the last opinion is in, and agrees."""
    last: PartyOpinion | None = decision.party_opinions.last()
    if last is not None:
        return answer_of(last)
    if awards := party_awards(decision):
        listed = ", ".join(str(each) for each in awards)
        return f"Chưa xin ý kiến cấp ủy đối với {listed}. Hãy ghi việc xin ý kiến và ý kiến trả lời."
    return None


def answer_of(opinion: PartyOpinion) -> str | None:
    if opinion.agreed is None:
        return f"{opinion.body} chưa trả lời ý kiến xin ngày {opinion.asked_on:%d/%m/%Y}. Hãy ghi ý kiến trả lời."
    if opinion.agreed is False:
        return (
            f"{opinion.body} không nhất trí ({opinion.document or 'ý kiến'} ngày {opinion.answered_on:%d/%m/%Y}). "
            "Hãy bỏ các trường hợp không được nhất trí, rồi xin ý kiến lại đối với danh sách còn lại."
        )
    return None


def unposted_in(decision: Decision) -> list[Nomination]:
    """Nominations of the annex whose list has to be public first and whose posting has not run to its end."""
    if decision.kind != DecisionKind.AWARD or decision.issuer.kind == IssuerKind.STATE:
        return []
    today = timezone.localdate()
    over = Posting.objects.public().filter(until_on__lt=today)
    rows = Nomination.objects.filter(decision_lines__decision=decision).filter(is_posted(today))
    return list(rows.exclude(postings__in=over).order_by("position", "pk"))


def needs_postings(decision: Decision) -> str | None:
    rows = unposted_in(decision)
    if not rows:
        return None
    rule = posting_rule(decision.council_id, timezone.localdate())
    return (
        f"Chưa công khai đủ thời gian đối với {len(rows)} trường hợp ({names(rows)}): phải công khai ít nhất "
        f"{rule.days} ngày làm việc ({rule.citation}). Hãy đăng danh sách và chờ hết thời gian công khai."
    )


def needs_live_nominations(decision: Decision) -> str | None:
    """Every nomination is one that may be granted now: nobody took it back since the draft was made."""
    rows = decision.lines.filter(nomination__isnull=False, earlier__isnull=True)
    gone = list(rows.exclude(nomination__state__in=GRANTED_FROM).order_by("position"))
    if not gone:
        return None
    return f"Không còn ở kết quả được khen thưởng: {names(gone)}. Hãy bỏ các trường hợp này khỏi dự thảo."


def needs_each_once(decision: Decision) -> str | None:
    """A subject has an award once in a decision."""
    rows = decision.lines.filter(earlier__isnull=True).order_by()
    twice = rows.values("subject", "award").annotate(found=Count("pk")).filter(found__gt=1)
    doubles = DecisionLine.objects.filter(decision=decision, subject__in=[each["subject"] for each in twice])
    found = {line.subject_id: line for line in doubles} if twice else {}
    if not found:
        return None
    return f"Có hai dòng cùng đối tượng, cùng hình thức: {names(found.values())}. Hãy bỏ một dòng."


def needs_earlier_in_force(decision: Decision) -> str | None:
    """A line that was revoked is neither corrected nor revoked again."""
    gone = list(decision.lines.filter(earlier__revoked_on__isnull=False).order_by("position"))
    if not gone:
        return None
    return f"Đã bị hủy bỏ bằng một quyết định khác: {names(gone)}. Hãy bỏ các trường hợp này khỏi dự thảo."


GUARDS = (
    needs_lines,
    needs_words,
    needs_competence,
    needs_party_opinion,
    needs_postings,
    needs_live_nominations,
    needs_each_once,
    needs_earlier_in_force,
)


def obstacles(decision: Decision) -> list[str]:
    """Everything that keeps this draft from being issued, in sentences."""
    return [sentence for guard in GUARDS if (sentence := guard(decision))]
