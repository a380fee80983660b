"""Lifecycle of a round of votes: prepared, open, counted; cancelled or annulled with a reason, never edited."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from council.domain.practice.reading import practice_on
from council.domain.sessions.attending import quorum_of
from council.domain.sessions.seats import day_of
from council.domain.votes.casting import room_for
from council.domain.votes.counting import count_round, count_words
from council.domain.votes.electorate import Electorate, electorate_of, fewest_votes, seat_voters, turnout_of
from council.domain.votes.preparing import NO_PRACTICE, live_rows
from council.enums import Attendance, Fate, ItemOutcome, SessionKind, SessionState
from council.models import Ballot, BallotItem, BallotUrn
from scoring.domain.polling.ballots import urn_name
from scoring.domain.polling.urn import empty_urn
from scoring.domain.polling.workflow import FEWEST_SECRET
from scoring.enums import PollState

EARLY = "Kết thúc khi còn thành viên chưa bỏ phiếu"


def voters_people(ballot: Ballot) -> Iterable[User]:
    """Members on the list, or those who came in their place."""
    rows = ballot.voters.select_related("seat")
    keys = {
        row.seat.substitute_id if row.seat.attendance == Attendance.SUBSTITUTE else row.seat.user_id for row in rows
    }
    return User.objects.filter(pk__in=[key for key in keys if key is not None], is_active=True)


def needs_session(ballot: Ballot) -> str | None:
    if ballot.session.state != SessionState.OPEN:
        return "Phiên họp chưa khai mạc hoặc đã kết thúc. Hãy khai mạc phiên họp rồi mở biểu quyết."
    return None


def needs_quorum(ballot: Ballot) -> str | None:
    """Who is in the room must still be enough; a session of written opinions needs nobody in a room."""
    if ballot.session.kind == SessionKind.WRITTEN:
        return None
    quorum = quorum_of(ballot.session)
    return None if quorum.holds else f"Chưa đủ người để biểu quyết. {quorum.sentence}"


def needs_practice(ballot: Ballot) -> str | None:
    practice = practice_on(ballot.session.council_id, day_of(ballot.session))
    return NO_PRACTICE if practice is None else None


def needs_items(ballot: Ballot) -> str | None:
    """Something to vote on, and nothing on it that was concluded or taken off meanwhile."""
    outcomes = list(ballot.rows.values_list("item__outcome", flat=True))
    if not outcomes:
        return "Lượt này không có nội dung nào. Hãy hủy rồi chuẩn bị lại."
    if any(outcomes):
        return "Có nội dung đã kết luận hoặc đã rút khỏi phiên họp. Hãy hủy lượt này rồi chuẩn bị lại."
    return None


def needs_ballots(ballot: Ballot) -> str | None:
    """Fewer than three secret votes on an item would tell who voted how."""
    if not (ballot.is_secret and ballot.is_electronic):
        return None
    least = fewest_votes(ballot)
    if least >= FEWEST_SECRET:
        return None
    return (
        f"Có nội dung mới có {least} phiếu kín. Cần ít nhất {FEWEST_SECRET} phiếu cho mỗi nội dung thì kết quả mới "
        "không lộ ai biểu quyết thế nào. Hãy chờ thêm phiếu, hoặc hủy lượt này và bỏ phiếu giấy."
    )


def votes_missing(ballot: Ballot) -> int:
    """Members who may vote and have not."""
    return len(turnout_of(ballot).missing)


def needs_all_votes(ballot: Ballot) -> str | None:
    if not (missing := votes_missing(ballot)):
        return None
    return f"Còn {missing} thành viên chưa bỏ phiếu. Hãy chờ, hoặc dùng «{EARLY}» và ghi lý do."


def needs_missing_votes(ballot: Ballot) -> str | None:
    return None if votes_missing(ballot) else "Mọi người đã bỏ phiếu. Hãy dùng «Kết thúc và kiểm phiếu»."


def needs_electronic(ballot: Ballot) -> str | None:
    if not ballot.is_electronic:
        return "Lượt này dùng phiếu giấy hoặc giơ tay. Hãy dùng «Ghi kết quả kiểm phiếu»."
    return None


def stands_alone(ballot: Ballot) -> str | None:
    """A result that others stand on is not annulled: conclusions, later rounds, places counted after it."""
    items = ballot.rows.values("item")
    if ballot.rows.exclude(item__outcome=ItemOutcome.OPEN).exists():
        return "Đã kết luận nội dung theo kết quả này nên không hủy được nữa."
    if live_rows(ballot.session).filter(item__in=items, ballot__round__gt=ballot.round).exists():
        return f"Đã có vòng {ballot.round + 1}. Hãy hủy vòng đó trước."
    rivals = BallotItem.objects.filter(
        ballot__session=ballot.session_id, ballot__award=ballot.award_id, ballot__state=PollState.CLOSED
    ).exclude(ballot=ballot)
    if ballot.places is not None and rivals.filter(fate__in=(Fate.OVER_QUOTA, Fate.TIED)).exists():
        return "Kết quả lượt khác của danh hiệu này đã tính theo số lượng còn lại. Hãy hủy kết quả lượt đó trước."
    return None


def open_ballot(ballot: Ballot, actor: User | None, now: datetime) -> None:
    """The day, the voters as the roll call says, and for a secret electronic round a sealed empty urn."""
    practice = practice_on(ballot.session.council_id, day_of(ballot.session))
    seat_voters(ballot, substitutes_vote=practice is not None and practice.substitutes_vote)
    people = electorate_of(ballot)
    ballot.opened_on = timezone.localdate(now)
    ballot.eligible, ballot.present, ballot.written = len(people.seats), people.present, people.written
    ballot.issued = len(people.may_cast)
    ballot.save(update_fields=["opened_on", "eligible", "present", "written", "issued"])
    if ballot.is_electronic and ballot.is_secret:
        seal_urn(ballot, people)


def seal_urn(ballot: Ballot, people: Electorate) -> None:
    """Room for every member of the council, so that who comes late finds it."""
    longest = room_for(row.pk for row in people.rows)
    sealed = empty_urn(name=urn_name(ballot), voters=len(people.seats), longest=longest)
    BallotUrn.objects.update_or_create(ballot=ballot, defaults={"sealed": sealed})


def enough_for_secrecy(ballot: Ballot) -> str | None:
    """Seen before opening: a secret electronic round needs three voters on each item."""
    if not (ballot.is_secret and ballot.is_electronic):
        return None
    practice = practice_on(ballot.session.council_id, day_of(ballot.session))
    people = electorate_of(ballot)
    least = people.fewest_to_come(ballot, substitutes_vote=practice is not None and practice.substitutes_vote)
    if least >= FEWEST_SECRET:
        return None
    return (
        f"Có nội dung chỉ {least} thành viên được bỏ phiếu; phiếu kín điện tử cần ít nhất {FEWEST_SECRET}. Hãy "
        "điểm danh đủ, hoặc dùng phiếu giấy."
    )


def record_count(ballot: Ballot, actor: User | None, now: datetime) -> None:
    """Effect of closing by device."""
    count_round(ballot, actor, now)
    audit.record(ballot, "Kiểm phiếu", actor=actor, after=count_words(ballot))


def record_entered(ballot: Ballot, actor: User | None, now: datetime) -> None:
    """Effect of entering what a committee counted; the numbers were written just before."""
    audit.record(ballot, "Ghi kết quả kiểm phiếu", actor=actor, after=count_words(ballot))


def empty_the_urn(ballot: Ballot, actor: User | None, now: datetime) -> None:
    BallotUrn.objects.filter(ballot=ballot).update(sealed="")


def take_back(ballot: Ballot, actor: User | None, now: datetime) -> None:
    """A result that is annulled decides nothing more; its history keeps the totals."""
    audit.record(ballot, "Bỏ kết quả kiểm phiếu", actor=actor, before=count_words(ballot))
    ballot.rows.update(yes=None, no=None, blank=None, recused=None, base_count=None, needed=None, fate=Fate.UNKNOWN)


class BallotLifecycle(Lifecycle):
    """Ending a vote before all have voted leaves its reason in the note of the round, and so in its minutes."""

    def perform(self, obj: models.Model, name: str, *, actor: User | None, reason: str = "") -> None:
        if name != "close_early":
            super().perform(obj, name, actor=actor, reason=reason)
            return
        with transaction.atomic():
            row = Ballot.objects.select_for_update().get(pk=obj.pk)
            missing = votes_missing(row)
            super().perform(obj, name, actor=actor, reason=reason)
            told = f"Kết thúc khi còn {missing} thành viên chưa bỏ phiếu: {reason.strip()}"
            Ballot.objects.filter(pk=row.pk).update(note="\n".join(part for part in (row.note, told) if part))
        obj.refresh_from_db()


RUN = "council.run_ballot"
OPENING = (needs_session, needs_practice, needs_quorum, needs_items, enough_for_secrecy)

BALLOT = BallotLifecycle(
    (
        Transition(
            "open",
            "Mở biểu quyết",
            (PollState.DRAFT,),
            PollState.OPEN,
            RUN,
            guards=OPENING,
            effect=open_ballot,
            audience=voters_people,
            confirm="Sau khi mở, không đổi được nội dung và quy định biểu quyết. Tiếp tục?",
        ),
        Transition(
            "close",
            "Kết thúc và kiểm phiếu",
            (PollState.OPEN,),
            PollState.CLOSED,
            RUN,
            guards=(needs_session, needs_electronic, needs_ballots, needs_all_votes),
            effect=record_count,
            audience=voters_people,
            confirm="Sau khi kết thúc, không ai bỏ phiếu được nữa. Tiếp tục?",
        ),
        Transition(
            "enter",
            "Ghi kết quả kiểm phiếu",
            (PollState.OPEN,),
            PollState.CLOSED,
            RUN,
            guards=(needs_session,),
            effect=record_entered,
            audience=voters_people,
            offered=False,
        ),
        Transition(
            "close_early",
            EARLY,
            (PollState.OPEN,),
            PollState.CLOSED,
            RUN,
            reason_due=True,
            guards=(needs_session, needs_electronic, needs_missing_votes, needs_ballots),
            effect=record_count,
            audience=voters_people,
            primary=False,
        ),
        Transition(
            "cancel",
            "Hủy lượt biểu quyết",
            (PollState.DRAFT, PollState.OPEN),
            PollState.CANCELLED,
            RUN,
            reason_due=True,
            effect=empty_the_urn,
            audience=voters_people,
            primary=False,
        ),
        Transition(
            "annul",
            "Hủy kết quả",
            (PollState.CLOSED,),
            PollState.CANCELLED,
            RUN,
            reason_due=True,
            guards=(stands_alone,),
            effect=take_back,
            audience=voters_people,
            primary=False,
        ),
    )
)
