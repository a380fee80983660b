"""Who keeps out of what: by itself for the own agency and the own case, otherwise declared with a reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.enums import SubjectKind
from council.domain.sessions.locking import locked_session
from council.enums import ItemOutcome, SessionState
from council.models import AgendaItem, Ballot, CouncilSession, Recusal, Seat
from khoithidua.web.text import nfc, search_key
from scoring.enums import PollState

DECLARE = "council.declare_recusal"
OPEN_STATES = (SessionState.CALLED, SessionState.OPEN)
OF_SUBJECT = "Đối tượng được xét thuộc cơ quan của thành viên"
OF_PROPOSER = "Cơ quan của thành viên là đơn vị đề nghị"
ONESELF = "Thành viên là đối tượng được xét"


def recused_seats(session: CouncilSession) -> dict[int, set[int]]:
    """Seats that keep out, by item; items that nobody keeps out of are not named. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    for item_id, seat_id in Recusal.objects.filter(session=session).values_list("item_id", "seat_id"):
        found[item_id].add(seat_id)
    return dict(found)


@transaction.atomic
def recompute(session: CouncilSession) -> None:
    """Make the automatic recusals anew from seats and waiting items; declared ones stay. A constant number of
    statements for any number of items. Items that are settled keep what held when they were."""
    seats = list(session.seats.filter(votes=True))
    items = session.items.filter(outcome=ItemOutcome.OPEN)
    facts = list(
        items.values_list(
            "pk",
            "nomination__subject__agency_id",
            "nomination__dossier__agency_id",
            "nomination__subject__kind",
            "nomination__subject__name",
        )
    )
    wanted = {(seat.pk, row[0]): reason for seat in seats for row in facts if (reason := reason_of(seat, row))}
    rows = Recusal.objects.filter(session=session, item__outcome=ItemOutcome.OPEN)
    kept = {(row.seat_id, row.item_id): row for row in rows}
    stale = [row.pk for key, row in kept.items() if row.automatic and wanted.get(key) != row.reason]
    Recusal.objects.filter(pk__in=stale).delete()
    gone = set(stale)
    Recusal.objects.bulk_create(
        Recusal(session=session, seat_id=seat_id, item_id=item_id, automatic=True, reason=reason)
        for (seat_id, item_id), reason in wanted.items()
        if (seat_id, item_id) not in kept or kept[seat_id, item_id].pk in gone
    )


def reason_of(seat: Seat, row: Sequence[object]) -> str:
    """Why ``seat`` keeps out of an item, given as (item, subject's agency, proposing agency, kind, name); "" for no.

    The name decides only where one of the two agencies is not known: a namesake of another agency is another person.
    """
    _, subject_agency, proposer, kind, name = row
    same_name = kind == SubjectKind.INDIVIDUAL and spelled(str(name)) == spelled(seat.name)
    if same_name and (None in (seat.agency_id, subject_agency) or seat.agency_id == subject_agency):
        return ONESELF
    if seat.agency_id is None:
        return ""
    if seat.agency_id == subject_agency:
        return OF_SUBJECT
    return OF_PROPOSER if seat.agency_id == proposer else ""


def spelled(name: str) -> str:
    return " ".join(nfc(name).split()).casefold()


@transaction.atomic
def declare(seat: Seat, items: Iterable[AgendaItem], *, reason: str, actor: User) -> int:
    """The member, or the secretary for the member, declares to keep out of ``items``; how many that added.

    Raises TransitionRefused without a reason, before calling and after closing, and while one of them is being voted.
    """
    session = declaring(seat, actor)
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do không tham gia biểu quyết để đưa vào biên bản.")
    chosen = list(session.items.filter(pk__in=[each.pk for each in items], outcome=ItemOutcome.OPEN))
    if not chosen:
        raise TransitionRefused("Hãy chọn ít nhất một nội dung chưa kết luận.")
    refuse_voted(chosen)
    known = set(Recusal.objects.filter(seat=seat, item__in=chosen).values_list("item_id", flat=True))
    made = [
        Recusal(session=session, seat=seat, item=each, reason=reason.strip()[:300])
        for each in chosen
        if each.pk not in known
    ]
    Recusal.objects.bulk_create(made)
    if made:
        after = {"thành viên": seat.name, "nội dung": list(named(chosen))}
        audit.record(session, "Không tham gia biểu quyết", actor=actor, after=after, reason=reason.strip())
    return len(made)


@transaction.atomic
def withdraw(recusal: Recusal, *, actor: User) -> None:
    """Take back a declared recusal before the item is voted. Automatic ones follow from facts and stay."""
    session = declaring(recusal.seat, actor)
    if recusal.automatic:
        raise TransitionRefused(
            "Hệ thống xác định theo cơ quan công tác nên không bỏ được. Hãy sửa cơ quan của thành viên nếu ghi sai."
        )
    refuse_voted([recusal.item])
    before = {"thành viên": recusal.seat.name, "nội dung": list(named([recusal.item]))}
    audit.record(session, "Bỏ khai không tham gia biểu quyết", actor=actor, before=before, reason=recusal.reason)
    recusal.delete()
    recompute(session)


def declaring(seat: Seat, actor: User) -> CouncilSession:
    if not actor.has_perm(DECLARE, seat):
        raise PermissionDenied(DECLARE)
    return locked_session(seat.session_id, actor=None, states=OPEN_STATES)


def refuse_voted(items: Sequence[AgendaItem]) -> None:
    voted = Ballot.objects.filter(rows__item__in=items).exclude(state=PollState.DRAFT)
    if voted.exists():
        raise TransitionRefused("Nội dung đã đưa ra biểu quyết nên không đổi được người không tham gia.")


def named(items: Iterable[AgendaItem]) -> Iterator[str]:
    for item in items:
        yield str(item.nomination)


SHOWN = 100


def declarable_items(seat: Seat, query: str) -> QuerySet[AgendaItem]:
    """Waiting items that the member does not keep out of yet and whose names hold every word; 100 at most."""
    rows = AgendaItem.objects.filter(session=seat.session_id, outcome=ItemOutcome.OPEN)
    for word in search_key(query[:200]).split():
        rows = rows.filter(nomination__search_key__contains=word)
    found = rows.exclude(recusals__seat=seat).order_by("nomination__award__position", "position", "pk")
    shown = list(found.values_list("pk", flat=True)[:SHOWN])
    return AgendaItem.objects.filter(pk__in=shown).select_related("nomination__award").order_by("position", "pk")
