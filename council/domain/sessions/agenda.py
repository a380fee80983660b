"""The agenda: nominations come on it from appraised dossiers, are ordered, annotated, and taken off with a reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, settle
from awards.domain.posted import unposted_before
from awards.domain.workflow import BEFORE_COUNCIL, DOSSIER
from awards.enums import DossierState
from awards.models import Dossier, Nomination
from council.domain.practice.reading import remits_on
from council.domain.sessions.locking import locked_session
from council.domain.sessions.offering import READY_DOSSIERS, standing_remits
from council.domain.sessions.recusals import recompute
from council.domain.sessions.seats import day_of
from council.enums import ItemOutcome, SessionState
from council.models import AgendaItem, Ballot, CouncilSession
from khoithidua.web.bulk import update_rows
from scoring.enums import PollState

BEFORE_MEETING = (SessionState.PREPARING, SessionState.CALLED)
RUNNING = (*BEFORE_MEETING, SessionState.OPEN)
ADDED, REMOVED, NOTED = "Đưa vào nội dung phiên họp", "Rút khỏi nội dung phiên họp", "Sửa nội dung phiên họp"
NAMED = 5


@dataclass(frozen=True)
class Added:
    """What came on the agenda, and what did not, each with its sentence."""

    count: int
    left: tuple[tuple[Nomination, str], ...]


@transaction.atomic
def add_items(session: CouncilSession, nominations: Iterable[Nomination], *, actor: User | None) -> Added:
    """Put ``nominations`` on the agenda, behind what is there; their dossiers become «Trình Hội đồng».

    Statements do not grow with the nominations, only with their dossiers, each of which makes a step of its own.
    What may not come is left with a sentence: waiting in another session, not appraised, not the council's by its
    remit, or (once called) not made public in time. Raises TransitionRefused once the session is open.
    """
    row = locked_session(session.pk, actor=actor, states=BEFORE_MEETING)
    keys = [each.pk for each in nominations]
    dossiers = locked_dossiers(keys)
    rows = locked_nominations(keys)
    obstacles = dict(obstacles_of(row, rows, dossiers))
    chosen = [each for each in rows if each.pk not in obstacles]
    back = bring_back(row, chosen)
    first = (row.items.aggregate(last=Max("position"))["last"] or 0) + 1
    new = [each for each in chosen if each.pk not in back]
    AgendaItem.objects.bulk_create(
        AgendaItem(session=row, nomination=each, position=place) for place, each in enumerate(new, start=first)
    )
    moved = {each.dossier_id for each in chosen}
    for dossier in dossiers.values():
        if dossier.pk in moved and dossier.state == DossierState.APPRAISED:
            DOSSIER.perform(dossier, "put_in_session", actor=actor)
    if chosen:
        after = {"số trường hợp": len(chosen), "hồ sơ": [each.code for each in dossiers.values() if each.pk in moved]}
        audit.record(row, ADDED, actor=actor, after=after)
        recompute(row)
    return Added(len(chosen), tuple((each, obstacles[each.pk]) for each in rows if each.pk in obstacles))


def locked_dossiers(keys: list[int]) -> dict[int, Dossier]:
    rows = Dossier.objects.filter(nominations__in=keys).values("pk")
    locked = Dossier.objects.select_for_update().filter(pk__in=rows).order_by("pk")
    return {each.pk: each for each in locked}


def locked_nominations(keys: list[int]) -> list[Nomination]:
    """Locked, so that two secretaries cannot put one nomination on two agendas; in the order of the agenda."""
    rows = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("award", "subject").order_by("award__position", "dossier", "position", "pk"))


def obstacles_of(
    session: CouncilSession, rows: list[Nomination], dossiers: Mapping[int, Dossier]
) -> Iterator[tuple[int, str]]:
    """(nomination, why it may not come) for those that may not; three or four queries."""
    keys = [each.pk for each in rows]
    items = AgendaItem.objects.filter(nomination__in=keys, outcome=ItemOutcome.OPEN).select_related("session")
    elsewhere = {item.nomination_id: item.session for item in items}
    by_itself = set(standing_remits(remits_on(session.council_id, day_of(session))))
    hidden: set[int] = set()
    if session.state != SessionState.PREPARING:
        hidden = {each.pk for each in unposted_before(day_of(session), Nomination.objects.filter(pk__in=keys))}
    for each in rows:
        dossier = dossiers[each.dossier_id]
        if each.pk in elsewhere:
            yield each.pk, f"Đã có trong nội dung của {elsewhere[each.pk]}."
        elif dossier.council_id != session.council_id or dossier.state not in READY_DOSSIERS:
            yield each.pk, f"Hồ sơ {dossier.code} chưa thẩm định xong."
        elif each.state not in BEFORE_COUNCIL:
            yield each.pk, f"Kết quả thẩm định là «{each.get_state_display()}» nên không đưa ra Hội đồng."
        elif each.award_id in by_itself:
            yield each.pk, "Theo phân cấp xét, cơ quan thường trực thẩm định và trình thẳng hình thức này."
        elif each.pk in hidden:
            yield each.pk, "Chưa công khai đủ thời gian trước ngày họp (NĐ 152/2025/NĐ-CP, Điều 44 khoản 2)."


def bring_back(session: CouncilSession, chosen: list[Nomination]) -> set[int]:
    """Those that were withdrawn from this very session come back to their place."""
    rows = session.items.filter(nomination__in=[each.pk for each in chosen], outcome=ItemOutcome.WITHDRAWN)
    keys = set(rows.values_list("nomination_id", flat=True))
    if keys:
        rows.update(outcome=ItemOutcome.OPEN, reason="", settled_by="")
    return keys


@transaction.atomic
def remove_item(item: AgendaItem, *, actor: User | None, reason: str) -> None:
    """Take one nomination off the agenda. While preparing the row goes; once called it stays as withdrawn, with the
    reason for the minutes. A dossier with nothing left in a session goes back to «Đã thẩm định».

    Raises TransitionRefused without a reason, for a settled item and for one that was put to the vote.
    """
    session = locked_session(item.session_id, actor=actor, states=RUNNING)
    row = AgendaItem.objects.select_for_update(of=("self",)).select_related("nomination__award").get(pk=item.pk)
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do rút khỏi nội dung phiên họp.")
    if row.outcome != ItemOutcome.OPEN:
        raise TransitionRefused(f"Nội dung này đã kết luận «{row.get_outcome_display()}» nên không rút được.")
    if Ballot.objects.filter(rows__item=row).exclude(state=PollState.DRAFT).exists():
        raise TransitionRefused("Nội dung này đã đưa ra biểu quyết. Hãy kết luận theo kết quả biểu quyết.")
    before, dossier_id = {"nội dung": str(row.nomination)}, row.nomination.dossier_id
    if session.state == SessionState.PREPARING:
        row.delete()
    else:
        row.outcome, row.reason = ItemOutcome.WITHDRAWN, reason.strip()[:500]
        row.save(update_fields=["outcome", "reason"])
    audit.record(session, REMOVED, actor=actor, before=before, reason=reason.strip())
    release_dossiers([dossier_id], actor=actor, reason=reason.strip())


def release_dossiers(keys: Iterable[int], *, actor: User | None, reason: str) -> None:
    """Dossiers of which nothing waits in a session or was settled in one go back to «Đã thẩm định»."""
    held = AgendaItem.objects.exclude(outcome=ItemOutcome.WITHDRAWN).values("nomination__dossier")
    rows = Dossier.objects.filter(pk__in=list(keys), state=DossierState.IN_SESSION).exclude(pk__in=held)
    for dossier in rows.order_by("pk"):
        DOSSIER.perform(dossier, "take_from_session", actor=actor, reason=reason)


@transaction.atomic
def edit_item(item: AgendaItem, *, note: str, place: int | None, base: Base | None, actor: User) -> AgendaItem:
    """Write the standing body's note and move the item to ``place`` within its award (1 is first; None: stays).

    Raises Conflict where somebody else wrote another note meanwhile.
    """
    session = locked_session(item.session_id, actor=actor, states=RUNNING)
    row: Any = AgendaItem.objects.select_for_update(of=("self",)).select_related("nomination__award").get(pk=item.pk)
    last = audit.entries_of(session).filter(action=NOTED).first()
    changed = settle(
        row, {"note": note.strip()}, base=base, who=last.actor_name if last else "", at=last.at if last else None
    )
    before, after = {"nội dung": str(row.nomination)}, {"nội dung": str(row.nomination)}
    if changed:
        before["ý kiến"], after["ý kiến"] = row.note, changed["note"]
        row.note = changed["note"]
        row.save(update_fields=["note"])
    if place is not None:
        before["thứ tự"], after["thứ tự"] = map(str, move(row, place))
    audit.record_change(session, NOTED, actor=actor, before=before, after=after)
    return row  # type: ignore[no-any-return]


def of_award(item: AgendaItem) -> QuerySet[AgendaItem]:
    """Items of the same award in the order of the agenda."""
    rows: QuerySet[AgendaItem] = AgendaItem.objects.filter(
        session=item.session_id, nomination__award=item.nomination.award_id
    )
    return rows.order_by("position", "pk")


def place_of(item: AgendaItem) -> int:
    """Where the item stands among those of its award; 1 is first."""
    return list(of_award(item).values_list("pk", flat=True)).index(item.pk) + 1


def move(item: AgendaItem, place: int) -> tuple[int, int]:
    """Put ``item`` at ``place`` among those of its award, which share out the positions they had. (before, after)."""
    rows = list(of_award(item).only("pk", "position"))
    old = next(number for number, each in enumerate(rows) if each.pk == item.pk)
    new = min(max(place, 1), len(rows)) - 1
    positions = sorted(each.position for each in rows)
    rows.insert(new, rows.pop(old))
    changed = []
    for position, each in zip(positions, rows, strict=True):
        if each.position != position:
            each.position = position
            changed.append(each)
    update_rows(changed, ["position"])
    return old + 1, new + 1
