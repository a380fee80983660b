"""What follows a count that decides nothing: the next round, the chair on a tie, the competent person after the last.

At most two rounds, and what is still undecided goes to the competent person: TT 01/2024/TT-TANDTC, Điều 29. A tie at
the last place: the chair (TT 25/2025/TT-BKHCN, Điều 23).
"""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.law_days import law_day
from awards.domain.workflow import NOMINATION
from awards.law.votes import national_demand
from awards.models import Nomination
from blocs.enums import SeatRole
from council.domain.practice.reading import practice_on
from council.domain.sessions.seats import day_of
from council.domain.votes.counting import places_left
from council.domain.votes.preparing import RULE, add_rows, live_rows, rule_words
from council.enums import Fate, ItemOutcome
from council.models import AgendaItem, Ballot, BallotItem, CouncilSession, Seat
from scoring.enums import PollState

TIE_OPEN = "Có nội dung bằng phiếu ở vị trí cuối: Chủ tịch Hội đồng quyết định trước đã."


def most_rounds(session: CouncilSession) -> int:
    practice = practice_on(session.council_id, day_of(session))
    return practice.max_rounds if practice is not None else 1


def chair_decides(session: CouncilSession) -> bool:
    practice = practice_on(session.council_id, day_of(session))
    return practice is not None and practice.chair_breaks_ties


def chair_of(session: CouncilSession) -> str:
    """The chair's name as called to the session; "" where nobody is named."""
    return Seat.objects.filter(session=session, role=SeatRole.CHAIR).values_list("name", flat=True).first() or ""


def undecided(ballot: Ballot) -> QuerySet[BallotItem]:
    """Items that a next round is about: those that failed, and those tied where the chair does not decide.

    None of them concluded, taken off, or in a later round already.
    """
    fates = [Fate.FAILED] if chair_decides(ballot.session) else [Fate.FAILED, Fate.TIED]
    later = live_rows(ballot.session).filter(ballot__round__gt=ballot.round).values("item")
    rows = ballot.rows.filter(fate__in=fates, item__outcome=ItemOutcome.OPEN).exclude(item__in=later)
    return rows.select_related("item__nomination").order_by("position", "pk")


def next_round_fault(ballot: Ballot) -> str | None:
    """Why there is no further round, in a sentence; None when there may be one."""
    if ballot.state != PollState.CLOSED:
        return "Vòng này chưa kiểm phiếu."
    if not undecided(ballot).exists():
        return "Không còn nội dung nào cần biểu quyết vòng sau."
    most = most_rounds(ballot.session)
    if ballot.round >= most:
        return (
            f"Đã biểu quyết đủ {most} vòng theo quy chế. Người có thẩm quyền quyết định; hãy ghi ở trang Kết luận của "
            "phiên họp."
        )
    if chair_decides(ballot.session) and ballot.rows.filter(fate=Fate.TIED).exists():
        return TIE_OPEN
    if not room_left(ballot):
        return "Đã đủ số lượng tối đa nên không biểu quyết vòng sau."
    return None


@transaction.atomic
def room_left(ballot: Ballot) -> bool:
    left = places_left(ballot)
    return left is None or left > ballot.rows.filter(fate=Fate.PASSED).count()


@transaction.atomic
def prepare_next_round(ballot: Ballot, *, actor: User | None) -> Ballot:
    """The next round in preparation: the same rule and committee, the items still undecided. Audited.

    TransitionRefused when nothing is left to decide, or the council's rules allow no more rounds.
    """
    CouncilSession.objects.select_for_update().get(pk=ballot.session_id)
    row = Ballot.objects.select_related("session").get(pk=ballot.pk)
    if fault := next_round_fault(row):
        raise TransitionRefused(fault)
    values = {name: getattr(row, name) for name in (*RULE, "places", "places_basis", "committee")}
    made = Ballot.objects.create(session=row.session, award=row.award, round=row.round + 1, **values)
    add_rows(made, [each.item for each in undecided(row)])
    audit.record(made, "Chuẩn bị biểu quyết", actor=actor, after=rule_words(made) | {"items": made.rows.count()})
    return made


@transaction.atomic
def break_tie(ballot: Ballot, *, chosen: Collection[int], by: str, reason: str, actor: User | None) -> None:
    """The chair's decision on items tied at the last place: ``chosen`` (keys of rows) pass, the others are over.

    Audited with name and reason. TransitionRefused: no tie, the rules do not leave it to the chair, no name or
    reason, or not exactly as many chosen as places are left.
    """
    CouncilSession.objects.select_for_update().get(pk=ballot.session_id)
    row = Ballot.objects.select_for_update(of=("self",)).select_related("session").get(pk=ballot.pk)
    tied = list(row.rows.filter(fate=Fate.TIED, item__outcome=ItemOutcome.OPEN).select_related("item__nomination"))
    refuse_tie(row, tied, by, reason)
    left = places_left(row)
    room = (left or 0) - row.rows.filter(fate=Fate.PASSED).count()
    if len(set(chosen) & {each.pk for each in tied}) != room or len(set(chosen)) != room:
        raise TransitionRefused(
            f"Còn {room} vị trí cho {len(tied)} nội dung bằng phiếu. Hãy chọn đúng {room} nội dung."
        )
    words = f"Chủ tịch Hội đồng quyết định khi bằng phiếu: {reason.strip()}"
    for each in tied:
        each.fate = Fate.PASSED if each.pk in chosen else Fate.OVER_QUOTA
        each.item.settled_by, each.item.reason = by.strip()[:200], words[:500]
    BallotItem.objects.bulk_update(tied, ["fate"])
    AgendaItem.objects.bulk_update([each.item for each in tied], ["settled_by", "reason"])
    told = {each.item.nomination.name: each.get_fate_display() for each in tied}
    audit.record(row, "Chủ tịch quyết định khi bằng phiếu", actor=actor, after={"by": by, "fates": told}, reason=reason)


def refuse_tie(ballot: Ballot, tied: Sequence[BallotItem], by: str, reason: str) -> None:
    if ballot.state != PollState.CLOSED or not tied:
        raise TransitionRefused("Không có nội dung nào bằng phiếu ở vị trí cuối. Hãy tải lại trang.")
    if not chair_decides(ballot.session):
        raise TransitionRefused("Quy chế không để Chủ tịch quyết định khi bằng phiếu. Hãy biểu quyết vòng sau.")
    if not by.strip() or not reason.strip():
        raise TransitionRefused("Hãy ghi họ tên người quyết định và lý do để đưa vào biên bản.")


@transaction.atomic
def decide_item(item: AgendaItem, *, passed: bool, by: str, reason: str, actor: User | None) -> None:
    """The competent person's decision on an item that the last permitted round left undecided. Audited.

    TransitionRefused: not voted in the last round, concluded already, no name or reason, or passing against a share
    that a decree itself demands.
    """
    session = CouncilSession.objects.select_for_update().get(pk=item.session_id)
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("nomination__dossier", "nomination__award")
    row = rows.get(pk=item.pk)
    last = last_round(row)
    if fault := decision_fault(session, row, last, passed=passed):
        raise TransitionRefused(fault)
    if not by.strip() or not reason.strip():
        raise TransitionRefused("Hãy ghi họ tên, chức vụ người quyết định và lý do để đưa vào biên bản.")
    row.outcome = ItemOutcome.PASSED if passed else ItemOutcome.FAILED
    row.reason, row.settled_by = reason.strip()[:500], by.strip()[:200]
    row.save(update_fields=["outcome", "reason", "settled_by"])
    words = f"{by.strip()}: {reason.strip()}"
    NOMINATION.perform(
        Nomination.objects.get(pk=row.nomination_id), "approve" if passed else "decline", actor=actor, reason=words
    )
    after = {"outcome": row.outcome, "settled_by": row.settled_by}
    audit.record(row, "Người có thẩm quyền quyết định", actor=actor, after=after, reason=reason)


def last_round(item: AgendaItem) -> BallotItem | None:
    """The item's latest counted round."""
    rows = item.rounds.filter(ballot__state=PollState.CLOSED).select_related("ballot")
    return rows.order_by("-ballot__round", "-pk").first()


def decision_fault(session: CouncilSession, item: AgendaItem, last: BallotItem | None, *, passed: bool) -> str | None:
    """Why the competent person cannot decide this, in a sentence; None when it is theirs."""
    if item.outcome:
        return "Nội dung đã kết luận. Hãy tải lại trang."
    if last is None or last.ballot.round < most_rounds(session) or last.fate not in (Fate.FAILED, Fate.TIED):
        return "Chỉ quyết định riêng sau khi đã biểu quyết đủ số vòng mà chưa thông qua."
    nomination = item.nomination
    demand = national_demand(nomination.award.code, day_of(session), law_day(nomination.dossier))
    if passed and demand is not None and last.fate == Fate.FAILED:
        return (
            f"{nomination.award.name} phải đạt {demand.percent}% phiếu theo {demand.citation}; không đạt thì không "
            "thông qua được."
        )
    return None
