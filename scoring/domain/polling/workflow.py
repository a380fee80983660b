"""Lifecycle of a poll: prepared, open, counted; cancelled or annulled with a reason."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import Lifecycle, Transition, TransitionRefused
from accounts.models import User
from blocs.enums import Duty
from blocs.tables.agencies import people_of
from scoring.domain.polling.ballots import urn_name
from scoring.domain.polling.counting import attendance_of, count_urn, write_figures
from scoring.domain.polling.urn import empty_urn
from scoring.domain.polls import refuse_followed, refuse_used, words_of
from scoring.enums import PollState
from scoring.models import Poll, Urn

EARLY = "Kết thúc khi còn đơn vị chưa bỏ phiếu"
# Fewer ballots than this would tell who voted how.
FEWEST_SECRET = 3


def voters_people(poll: Poll) -> Iterable[User]:
    """Persons on the list of voters, and officers and leaders of the units on it."""
    rows = list(poll.voters.values_list("agency_id", "person_id"))
    agencies = [agency for agency, _ in rows if agency is not None]
    persons = [person for _, person in rows if person is not None]
    units = people_of(agencies, Duty.OFFICER, Duty.LEADER, on=timezone.localdate())
    return [*units, *User.objects.filter(pk__in=persons, is_active=True)]


def needs_options(poll: Poll) -> str | None:
    if not poll.options.exists():
        return "Chưa có đơn vị nào trên phiếu. Hãy chọn ở mục Sửa trước."
    return None


def needs_threshold(poll: Poll) -> str | None:
    if poll.threshold is None:
        return "Chưa ghi tỷ lệ phiếu tối thiểu theo quy chế. Hãy ghi ở mục Sửa trước."
    return None


def needs_quorum(poll: Poll) -> str | None:
    """The share of members who must attend, by the bloc-year's rules; nothing where no quorum is set."""
    counts = attendance_of(poll)
    if not poll.quorum or counts.present * 100 >= poll.quorum * counts.eligible:
        return None
    return (
        f"Mới có {counts.present} trên {counts.eligible} thành viên có mặt, chưa đủ {poll.quorum} % theo quy định. "
        "Hãy ghi thêm người có mặt hoặc hoãn bỏ phiếu."
    )


def needs_voters(poll: Poll) -> str | None:
    """A secret ballot of one or two tells who voted how."""
    may_vote = attendance_of(poll).may_vote
    if poll.is_electronic and may_vote < FEWEST_SECRET:
        return f"Bỏ phiếu kín cần ít nhất {FEWEST_SECRET} người bỏ phiếu, hiện có {may_vote}. Hãy ghi người có mặt."
    return None if may_vote else "Chưa có ai có mặt để bỏ phiếu. Hãy ghi người có mặt trước."


def needs_ballots(poll: Poll) -> str | None:
    voted = attendance_of(poll).voted
    if voted < FEWEST_SECRET:
        return f"Mới có {voted} phiếu. Cần ít nhất {FEWEST_SECRET} phiếu thì kết quả mới không lộ ai bầu cho ai."
    return None


def votes_missing(poll: Poll) -> int:
    """Voters who are present and not recused, and have not voted."""
    counts = attendance_of(poll)
    return max(counts.may_vote - counts.voted, 0)


def needs_all_votes(poll: Poll) -> str | None:
    if not (missing := votes_missing(poll)):
        return None
    return (
        f"Còn {missing} đơn vị có mặt chưa bỏ phiếu. Hãy chờ, hoặc dùng «{EARLY}» và ghi lý do, "
        "không nêu lựa chọn của ai."
    )


def needs_missing_votes(poll: Poll) -> str | None:
    return None if votes_missing(poll) else "Mọi người có mặt đã bỏ phiếu. Hãy dùng «Kết thúc và kiểm phiếu»."


def needs_counts(poll: Poll) -> str | None:
    if not poll.tallies.exists():
        return "Hãy ghi số phiếu đã kiểm ở trang Ghi kết quả kiểm phiếu."
    return None


def keeps_ranking(poll: Poll) -> str | None:
    """A locked ranking that votes on flags part equal units of takes no more votes."""
    return objection_of(refuse_used, poll)


def stands_alone(poll: Poll) -> str | None:
    return objection_of(refuse_followed, poll) or keeps_ranking(poll)


def objection_of(refuse: Callable[[Poll], None], poll: Poll) -> str | None:
    try:
        refuse(poll)
    except TransitionRefused as refusal:
        return str(refusal)
    return None


def open_poll(poll: Poll, actor: User | None, now: datetime) -> None:
    """The day, ballots to hand out, and for an electronic poll a sealed empty urn of its full length."""
    counts = attendance_of(poll)
    poll.opened_on = timezone.localdate(now)
    poll.eligible, poll.present, poll.recused = counts.eligible, counts.present, counts.recused
    poll.issued = counts.may_vote
    poll.save(update_fields=["opened_on", "eligible", "present", "recused", "issued"])
    if poll.is_electronic:
        keys = list(poll.options.values_list("pk", flat=True))
        longest = (poll.max_choices or len(keys)) * (len(str(max(keys))) + 1) + 2
        sealed = empty_urn(name=urn_name(poll), voters=counts.eligible, longest=longest)
        Urn.objects.update_or_create(poll=poll, defaults={"sealed": sealed})


def write_count(poll: Poll, actor: User | None, now: datetime) -> None:
    """Effect of entering what a committee counted; the numbers were written just before."""
    write_figures(poll, now)
    audit.record(poll, "Ghi kết quả kiểm phiếu", actor=actor, after=words_of(poll))


def empty_the_urn(poll: Poll, actor: User | None, now: datetime) -> None:
    Urn.objects.filter(poll=poll).update(sealed="")


def take_back(poll: Poll, actor: User | None, now: datetime) -> None:
    """A result that is annulled decides nothing more; its history keeps the numbers."""
    audit.record(poll, "Bỏ kết quả kiểm phiếu", actor=actor, before=words_of(poll))
    poll.tallies.all().delete()


class PollLifecycle(Lifecycle):
    """Ending a vote before all have voted leaves its reason in the note of the poll, and so in its minutes."""

    def perform(self, obj: models.Model, name: str, *, actor: User | None, reason: str = "") -> None:
        if name != "close_early":
            super().perform(obj, name, actor=actor, reason=reason)
            return
        with transaction.atomic():
            row = Poll.objects.select_for_update().get(pk=obj.pk)
            missing = votes_missing(row)
            super().perform(obj, name, actor=actor, reason=reason)
            told = f"Kết thúc khi còn {missing} đơn vị chưa bỏ phiếu: {reason.strip()}"
            Poll.objects.filter(pk=row.pk).update(note="\n".join(part for part in (row.note, told) if part))
        obj.refresh_from_db()


POLL = PollLifecycle(
    (
        Transition(
            "open",
            "Mở bỏ phiếu",
            (PollState.DRAFT,),
            PollState.OPEN,
            "scoring.open_poll",
            guards=(needs_options, needs_threshold, needs_quorum, needs_voters, keeps_ranking),
            effect=open_poll,
            audience=voters_people,
            confirm="Sau khi mở, không đổi được phương án và quy định bỏ phiếu. Tiếp tục?",
        ),
        Transition(
            "close",
            "Kết thúc và kiểm phiếu",
            (PollState.OPEN,),
            PollState.CLOSED,
            "scoring.close_poll",
            guards=(needs_quorum, needs_ballots, needs_all_votes, keeps_ranking),
            effect=count_urn,
            audience=voters_people,
            confirm="Sau khi kết thúc, không ai bỏ phiếu được nữa. Tiếp tục?",
        ),
        Transition(
            "enter",
            "Ghi kết quả kiểm phiếu",
            (PollState.DRAFT, PollState.OPEN),
            PollState.CLOSED,
            "scoring.enter_count",
            guards=(needs_options, needs_threshold, needs_quorum, needs_voters, needs_counts, keeps_ranking),
            effect=write_count,
            audience=voters_people,
            offered=False,
        ),
        Transition(
            "close_early",
            EARLY,
            (PollState.OPEN,),
            PollState.CLOSED,
            "scoring.close_poll",
            reason_due=True,
            guards=(needs_missing_votes, needs_quorum, needs_ballots, keeps_ranking),
            effect=count_urn,
            audience=voters_people,
            primary=False,
        ),
        Transition(
            "cancel",
            "Hủy cuộc bỏ phiếu",
            (PollState.DRAFT, PollState.OPEN),
            PollState.CANCELLED,
            "scoring.run_polls",
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
            "scoring.annul_poll",
            reason_due=True,
            guards=(stands_alone,),
            effect=take_back,
            audience=voters_people,
            primary=False,
        ),
    )
)
