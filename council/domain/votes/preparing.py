"""Before a round: which items are voted together, by which rule, how the votes come in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.law_days import law_day
from awards.law.votes import Demand
from awards.models import AwardForm
from council.domain.practice.reading import practice_on
from council.domain.sessions.seats import day_of
from council.domain.votes.demands import demand_missing, demand_of, written_counts
from council.domain.votes.flag_cap import refuse_too_many_flags
from council.enums import ItemOutcome, SessionState, VoteChannel, VoteMode
from council.models import AgendaItem, Ballot, BallotItem, CouncilSession, Practice
from scoring.domain.wording import FieldFaults
from scoring.enums import PollState

NO_PRACTICE = (
    "Chưa ghi quy chế làm việc của Hội đồng có hiệu lực vào ngày họp (người không tham gia biểu quyết, người vắng mặt, "
    "số vòng). Hãy ghi ở trang Hội đồng, mục Quy chế, rồi chuẩn bị lại."
)
BALLOT_DUE = (
    "Danh hiệu này phải bỏ phiếu kín theo {citation} nên không biểu quyết công khai được. Hãy chọn «Bỏ phiếu kín»."
)


@dataclass(frozen=True)
class Plan:
    """How items are voted on. ``mode`` "" takes the rule's own. ``apart``: keys of items voted one by one."""

    channel: str = VoteChannel.ELECTRONIC.value
    mode: str = ""
    places: int | None = None
    places_basis: str = ""
    apart: Collection[int] = ()
    committee: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Block:
    """Items of one award under one rule."""

    award: AwardForm
    demand: Demand
    items: tuple[AgendaItem, ...]


@transaction.atomic
def prepare_ballots(
    session: CouncilSession, *, items: Iterable[AgendaItem], plan: Plan, actor: User | None
) -> list[Ballot]:
    """First rounds in preparation: one for each award among ``items``, and one for each item that is set apart.

    The rule is copied: a later setting changes nothing. Audited. FieldFaults by field of the plan. TransitionRefused
    with a sentence: the session is over, an item is concluded or in another round, no rule is set for an award, the
    council has no working rules for the day, or the government's flags are more than the law allows.
    """
    held = CouncilSession.objects.select_for_update().get(pk=session.pk)
    if held.state not in (SessionState.PREPARING, SessionState.CALLED, SessionState.OPEN):
        raise TransitionRefused("Phiên họp đã kết thúc hoặc đã hủy nên không chuẩn bị biểu quyết được nữa.")
    chosen = votable(held, items)
    practice = practice_on(held.council_id, day_of(held))
    if practice is None:
        raise TransitionRefused(NO_PRACTICE)
    blocks = blocks_of(held, chosen, plan.apart)
    refuse_plan(plan, blocks)
    refuse_too_many_flags(held, chosen)
    return [create_ballot(held, block, plan, practice, actor) for block in blocks]


def votable(session: CouncilSession, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items, locked and in the order of the agenda. TransitionRefused when one of them cannot be voted on."""
    keys = [each.pk for each in items]
    rows = AgendaItem.objects.select_for_update(of=("self",)).filter(session=session, pk__in=keys)
    found = list(rows.select_related("nomination__award", "nomination__dossier").order_by("position", "pk"))
    if not found:
        raise TransitionRefused("Hãy chọn ít nhất một nội dung để biểu quyết.")
    settled = [each for each in found if each.outcome]
    if settled:
        raise TransitionRefused(f"Đã có kết luận nên không biểu quyết nữa: {named(settled)}. Hãy bỏ khỏi danh sách.")
    busy = set(live_rows(session).filter(item__in=keys).values_list("item", flat=True))
    if busy:
        taken = [each for each in found if each.pk in busy]
        raise TransitionRefused(f"Đã có trong lượt biểu quyết khác: {named(taken)}. Hãy bỏ khỏi danh sách.")
    return found


def waiting_items(session: CouncilSession) -> QuerySet[AgendaItem]:
    """Items that a first round may still be prepared on, in the order of the agenda."""
    rows = AgendaItem.objects.filter(session=session, outcome=ItemOutcome.OPEN)
    waiting = rows.exclude(pk__in=live_rows(session).values("item"))
    return waiting.select_related("nomination__award", "nomination__dossier").order_by("position", "pk")


def live_rows(session: CouncilSession) -> Any:
    """Items of rounds that were not cancelled."""
    return BallotItem.objects.filter(ballot__session=session).exclude(ballot__state=PollState.CANCELLED)


def named(items: Sequence[AgendaItem], most: int = 3) -> str:
    words = ", ".join(f"«{each.nomination.name}»" for each in items[:most])
    return words if len(items) <= most else f"{words} và {len(items) - most} nội dung khác"


def blocks_of(session: CouncilSession, items: Iterable[AgendaItem], apart: Collection[int]) -> list[Block]:
    """Items by award and rule, in the order of the agenda; those set apart follow their award alone."""
    groups: dict[tuple[int, Demand], list[AgendaItem]] = defaultdict(list)
    demands: dict[tuple[int, date], Demand] = {}
    on = day_of(session)
    for item in items:
        award, received = item.nomination.award, law_day(item.nomination.dossier)
        key = (award.pk, received)
        if key not in demands:
            found = demand_of(session.council_id, award, on, received)
            if found is None:
                raise TransitionRefused(demand_missing(award, on, received))
            demands[key] = found
        groups[(award.pk, demands[key])].append(item)
    blocks = []
    for (_, demand), group in groups.items():
        whole = [each for each in group if each.pk not in apart]
        parts = [whole] if whole else []
        parts += [[each] for each in group if each.pk in apart]
        blocks += [Block(part[0].nomination.award, demand, tuple(part)) for part in parts]
    return blocks


def refuse_plan(plan: Plan, blocks: Sequence[Block]) -> None:
    faults: dict[str, str] = {}
    due = next((block for block in blocks if block.demand.ballot_required), None)
    if due is not None and plan.mode == VoteMode.OPEN:
        faults["mode"] = f"{due.award.name}: " + BALLOT_DUE.format(citation=due.demand.citation or "quy chế")
    if plan.places is not None and len({block.award.pk for block in blocks}) > 1:
        faults["places"] = "Số lượng tối đa tính riêng cho từng danh hiệu. Hãy chuẩn bị từng danh hiệu một."
    if plan.places is not None and not plan.places_basis.strip():
        faults["places_basis"] = "Hãy ghi căn cứ của số lượng tối đa."
    if faults:
        raise FieldFaults(faults)


def create_ballot(session: CouncilSession, block: Block, plan: Plan, practice: Practice, actor: User | None) -> Ballot:
    demand = block.demand
    ballot = Ballot.objects.create(
        session=session,
        award=block.award,
        mode=plan.mode or (VoteMode.SECRET if demand.ballot_required else VoteMode.OPEN),
        channel=plan.channel,
        percent=demand.percent,
        more_than=demand.more_than,
        base=demand.base,
        recused_in_base=practice.recused_in_base,
        written_counts=written_counts(demand, practice),
        legal_basis=demand.citation,
        places=plan.places,
        places_basis=plan.places_basis.strip() if plan.places is not None else "",
        committee=[dict(each) for each in plan.committee],
    )
    add_rows(ballot, block.items)
    audit.record(ballot, "Chuẩn bị biểu quyết", actor=actor, after=rule_words(ballot) | {"items": len(block.items)})
    return ballot


def add_rows(ballot: Ballot, items: Iterable[AgendaItem]) -> None:
    BallotItem.objects.bulk_create(
        BallotItem(ballot=ballot, item=item, position=number) for number, item in enumerate(items, start=1)
    )


RULE = ("mode", "channel", "percent", "more_than", "base", "recused_in_base", "written_counts", "legal_basis")


def rule_words(ballot: Ballot) -> dict[str, Any]:
    """The rule of a round as its history tells it."""
    return {name: getattr(ballot, name) for name in (*RULE, "round", "places", "places_basis", "committee")}
