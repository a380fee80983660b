"""From the fates of the rounds to what the council concluded: outcomes of items, states of nominations, in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.workflow import NOMINATION
from awards.models import Nomination
from council.domain.sessions.locking import locked_session
from council.domain.votes.flag_cap import FLAG, refuse_too_many_flags
from council.enums import Fate, ItemOutcome, SessionState
from council.models import AgendaItem, Ballot, BallotItem, CouncilSession
from khoithidua.web.bulk import update_rows
from scoring.enums import PollState

DECLINED = "Không đạt khi Hội đồng biểu quyết"
FIELDS = ("outcome", "reason", "settled_by")


@dataclass
class Conclusions:
    """What the counts conclude: rows of the last round by outcome; ``left``: items not voted on yet."""

    passed: list[BallotItem] = field(default_factory=list)
    failed: list[BallotItem] = field(default_factory=list)
    tied: list[BallotItem] = field(default_factory=list)
    left: list[AgendaItem] = field(default_factory=list)


@transaction.atomic
def settle(session: CouncilSession, *, actor: User | None) -> Conclusions:
    """Write what the counts conclude: outcome and reason of each item, its nomination approved or declined.

    Items without a count stay open. A constant number of statements, in chunks of 500. Audited on the session.
    TransitionRefused: a round is open or in preparation, a tie waits for the chair, nothing to conclude, or the
    government's flags are more than the law allows (NĐ 152/2025, Điều 7 khoản 1).
    """
    held = locked_session(session.pk, actor=actor, states=(SessionState.OPEN,))
    refuse_running(held)
    found = conclusions_of(held)
    refuse_unready(held, found)
    for rows, outcome in ((found.passed, ItemOutcome.PASSED), (found.failed, ItemOutcome.FAILED)):
        for row in rows:
            row.item.outcome = outcome
            row.item.reason = told(row)[:500]
    items = [row.item for row in (*found.passed, *found.failed)]
    update_rows(items, FIELDS)
    move(found.passed, "approve", actor=actor, reason="")
    move(found.failed, "decline", actor=actor, reason=f"{DECLINED}: {held}")
    after = {"passed": len(found.passed), "failed": len(found.failed), "left": len(found.left)}
    audit.record(held, "Kết luận theo kết quả biểu quyết", actor=actor, after=after)
    return found


def move(rows: Sequence[BallotItem], name: str, *, actor: User | None, reason: str) -> None:
    if not rows:
        return
    keys = [row.item.nomination_id for row in rows]
    locked = Nomination.objects.select_for_update(of=("self",)).select_related("dossier", "award").order_by("pk")
    NOMINATION.perform_all(list(locked.filter(pk__in=keys)), name, actor=actor, reason=reason)


def refuse_running(session: CouncilSession) -> None:
    running = Ballot.objects.filter(session=session, state__in=(PollState.DRAFT, PollState.OPEN)).count()
    if running:
        raise TransitionRefused(f"Còn {running} lượt biểu quyết chưa kết thúc. Hãy kiểm phiếu hoặc hủy các lượt đó.")


def refuse_unready(session: CouncilSession, found: Conclusions) -> None:
    if found.tied:
        names = ", ".join(f"«{row.item.nomination.name}»" for row in found.tied[:3])
        raise TransitionRefused(
            f"Bằng phiếu ở vị trí cuối: {names}. Hãy ghi quyết định của Chủ tịch Hội đồng, hoặc biểu quyết vòng sau."
        )
    if not (found.passed or found.failed):
        raise TransitionRefused("Chưa có kết quả biểu quyết nào để kết luận.")
    passing = [row.item for row in found.passed]
    refuse_too_many_flags(session, passing, outcomes=[ItemOutcome.PASSED])


def conclusions_of(session: CouncilSession) -> Conclusions:
    """The last counted round of every waiting item. Two queries."""
    items = AgendaItem.objects.filter(session=session, outcome=ItemOutcome.OPEN)
    waiting = list(items.select_related("nomination__award", "nomination__dossier").order_by("position", "pk"))
    rows = BallotItem.objects.filter(
        ballot__session=session, ballot__state=PollState.CLOSED, item__outcome=ItemOutcome.OPEN
    )
    last: dict[int, BallotItem] = {}
    for row in rows.select_related("ballot").order_by("ballot__round", "pk"):
        last[row.item_id] = row
    found = Conclusions()
    for item in waiting:
        if item.pk not in last:
            found.left.append(item)
            continue
        row = last[item.pk]
        row.item = item
        {Fate.PASSED: found.passed, Fate.TIED: found.tied}.get(Fate(row.fate), found.failed).append(row)
    return found


@dataclass(frozen=True)
class Prospect:
    """How many items the counts would conclude which way; ``flags``: passing items on the government's flag."""

    passed: int
    failed: int
    tied: int
    left: int
    flags: frozenset[int]


def prospect_of(session: CouncilSession) -> Prospect:
    """``conclusions_of`` in numbers. Two queries that make no rows."""
    waiting = AgendaItem.objects.filter(session=session, outcome=ItemOutcome.OPEN).count()
    rows = BallotItem.objects.filter(
        ballot__session=session, ballot__state=PollState.CLOSED, item__outcome=ItemOutcome.OPEN
    ).order_by("ballot__round", "pk")
    last = {item: (fate, code) for item, fate, code in rows.values_list("item", "fate", "ballot__award__code")}
    passed = sum(fate == Fate.PASSED for fate, _ in last.values())
    tied = sum(fate == Fate.TIED for fate, _ in last.values())
    flags = frozenset(item for item, (fate, code) in last.items() if fate == Fate.PASSED and code == FLAG)
    return Prospect(passed, len(last) - passed - tied, tied, waiting - len(last), flags)


def told(row: BallotItem) -> str:
    """The counts as a reason: "Đạt 10/13 phiếu (cần 11 phiếu, 80%)."; with what the chair said on a tie."""
    ballot = row.ballot
    share = f"trên {ballot.percent}%" if ballot.more_than else f"{ballot.percent}%"
    votes = f"{row.yes}/{row.base_count} phiếu"
    need = f"cần {row.needed} phiếu, {share}"
    if row.fate == Fate.OVER_QUOTA:
        basis = f" theo {ballot.places_basis}" if ballot.places_basis else ""
        words = f"Đạt {votes} ({need}) nhưng vượt số lượng tối đa {ballot.places}{basis}."
    elif row.fate in (Fate.PASSED, Fate.TIED):
        words = f"Đạt {votes} ({need})."
    else:
        words = f"Không đạt: {votes} đồng ý ({need})."
    return f"{words} {row.item.reason}".strip() if row.item.settled_by else words


def waiting_to_settle(sessions: Iterable[int]) -> set[int]:
    """Sessions among these with a counted round whose items are not concluded. One query."""
    rows = BallotItem.objects.filter(
        ballot__session__in=sessions, ballot__state=PollState.CLOSED, item__outcome=ItemOutcome.OPEN
    )
    return set(rows.values_list("ballot__session", flat=True).distinct())
