"""What a committee counted by hand, and what absentees wrote on paper: totals by item, sums checked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from council.domain.practice.reading import practice_on
from council.domain.sessions.seats import day_of
from council.domain.votes.casting import drop, refuse_ballot
from council.domain.votes.counting import Count, write_counts
from council.domain.votes.electorate import Electorate, electorate_of, seat_voters
from council.domain.votes.workflow import BALLOT
from council.enums import Attendance, SessionKind
from council.models import Ballot, BallotVoter
from khoithidua.web.bulk import update_rows
from scoring.domain.polling.ballots import mark_voted
from scoring.domain.wording import FieldFaults
from scoring.enums import PollState


@dataclass(frozen=True)
class Figures:
    """What a committee counted: ballots handed out, come in, not valid; ``committee`` is [{name, title}]."""

    issued: int
    cast: int
    invalid: int = 0
    committee: Sequence[Mapping[str, str]] = ()
    closed_on: date | None = None


@transaction.atomic
def enter_count(ballot: Ballot, *, figures: Figures, counts: Mapping[int, Count], actor: User | None) -> Ballot:
    """Write what was counted by hand, (for, against) by key of the round's row, and with it close the round. Audited.

    FieldFaults by field, or by key of a row: invalid ≤ cast ≤ issued ≤ those who may vote, for and against within
    the valid votes less the recused, every item counted, a committee for paper ballots. TransitionRefused for an
    electronic round or one that is not open.
    """
    row = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if row.is_electronic:
        raise TransitionRefused("Lượt này do hệ thống đếm khi kết thúc; không ghi kết quả bằng tay.")
    if row.state != PollState.OPEN:
        raise TransitionRefused("Chỉ ghi kết quả khi lượt biểu quyết đang mở. Hãy tải lại trang.")
    people = electorate_of(row)
    faults = figure_faults(row, people, figures) | count_faults(people, figures, counts)
    if faults:
        raise FieldFaults(faults)
    row.issued, row.cast, row.invalid = figures.issued, figures.cast, figures.invalid
    row.committee = [dict(each) for each in figures.committee] or row.committee
    row.closed_on = figures.closed_on or row.closed_on
    row.save(update_fields=["committee"])
    write_counts(row, people, counts, casters=people.may_cast, now=timezone.now())
    BALLOT.perform(row, "enter", actor=actor)
    return row


def figure_faults(ballot: Ballot, people: Electorate, figures: Figures) -> dict[str, str]:
    faults: dict[str, str] = {}
    most = len(people.may_cast)
    if figures.issued > most:
        faults["issued"] = f"Số phiếu phát ra ({figures.issued}) nhiều hơn số người được biểu quyết ({most})."
    if figures.cast > figures.issued:
        faults["cast"] = f"Số phiếu thu về ({figures.cast}) nhiều hơn số phiếu phát ra ({figures.issued})."
    if figures.invalid > figures.cast:
        faults["invalid"] = f"Số phiếu không hợp lệ ({figures.invalid}) nhiều hơn số phiếu thu về ({figures.cast})."
    if ballot.is_secret and not (figures.committee or ballot.committee):
        faults["committee"] = "Hãy ghi Ban kiểm phiếu, trưởng ban ở dòng đầu."
    return faults


def count_faults(people: Electorate, figures: Figures, counts: Mapping[int, Count]) -> dict[str, str]:
    """For and against of an item within the valid votes of those who do not keep out of it."""
    faults: dict[str, str] = {}
    valid = figures.cast - figures.invalid
    for row in people.rows:
        out = people.recused_of(row, people.may_cast)
        if row.pk not in counts:
            faults[str(row.pk)] = "Chưa ghi số phiếu của nội dung này. Không có phiếu nào thì ghi 0."
        elif min(counts[row.pk]) < 0:
            faults[str(row.pk)] = "Số phiếu không được nhỏ hơn 0."
        elif sum(counts[row.pk]) > valid - out:
            less = f" trừ {out} người không tham gia" if out else ""
            faults[str(row.pk)] = (
                f"Đồng ý và không đồng ý cộng lại là {sum(counts[row.pk])}, nhiều hơn {valid} phiếu hợp lệ{less}."
            )
    return faults


@transaction.atomic
@sensitive_variables("counts", "pieces", "rows")
def enter_paper(
    ballot: Ballot, *, voters: Collection[int], counts: Mapping[int, Count], actor: User | None
) -> list[str]:
    """Absentees' opinions that came on paper, as totals (for, against) by row, before the round closes. Audited: who.

    ``voters``: keys of their rows; they are marked as having voted. In a secret round the totals go into the urn and
    nowhere else, and a receipt a person is answered; in an open one they stand beside the electronic votes.
    FieldFaults by key of a row; TransitionRefused for a round that is not open or electronic, or for somebody who is
    in the room or has voted.
    """
    row = Ballot.objects.select_for_update().get(pk=ballot.pk)
    refuse_ballot(row)
    people = electorate_of(row)
    chosen = [each for each in people.voters if each.pk in set(voters)]
    refuse_paper(row, chosen, people)
    if faults := paper_faults(people, chosen, counts):
        raise FieldFaults(faults)
    receipts: list[str] = []
    if row.is_secret:
        pieces = [
            (pk * sign,) for pk, pair in counts.items() for sign, n in zip((1, -1), pair, strict=True) for _ in range(n)
        ]
        receipts = [drop(row, pieces if number == 0 else ()) for number in range(len(chosen))]
    else:
        add_paper(people, counts)
    BallotVoter.objects.filter(pk__in=[each.pk for each in chosen]).update(on_paper=True)
    mark_voted(BallotVoter.objects.filter(ballot=row), *(each.pk for each in chosen))
    names = [str(each.seat) for each in chosen]
    audit.record(row, "Nhập ý kiến bằng văn bản gửi trên giấy", actor=actor, after={"voters": names})
    return receipts


def refuse_paper(ballot: Ballot, chosen: Sequence[BallotVoter], people: Electorate) -> None:
    if not chosen:
        raise TransitionRefused("Hãy chọn thành viên có ý kiến bằng văn bản.")
    for each in chosen:
        if each.has_voted:
            raise TransitionRefused(f"{each.seat} đã biểu quyết nên không nhập ý kiến trên giấy nữa.")
        if not writes(ballot, each):
            raise TransitionRefused(f"{each.seat} dự họp nên tự biểu quyết; chỉ nhập ý kiến của người vắng mặt.")
        if people.keeps_out(each):
            raise TransitionRefused(f"{each.seat} không tham gia biểu quyết nội dung nào của lượt này.")


def writes(ballot: Ballot, voter: BallotVoter) -> bool:
    """Sends the opinion in writing: absent, or a session without a meeting."""
    return ballot.session.kind == SessionKind.WRITTEN or voter.seat.attendance == Attendance.WRITTEN


@sensitive_variables("counts")
def paper_faults(people: Electorate, chosen: Sequence[BallotVoter], counts: Mapping[int, Count]) -> dict[str, str]:
    faults: dict[str, str] = {}
    for row in people.rows:
        most = people.on(row, chosen)
        pair = counts.get(row.pk, (0, 0))
        if min(pair) < 0 or sum(pair) > most:
            faults[str(row.pk)] = f"Đồng ý và không đồng ý cộng lại không được quá {most} ý kiến."
    if not set(counts) <= {row.pk for row in people.rows}:
        faults["__all__"] = "Có nội dung không thuộc lượt biểu quyết này. Hãy tải lại trang."
    return faults


def add_paper(people: Electorate, counts: Mapping[int, Count]) -> None:
    for row in people.rows:
        yes, no = counts.get(row.pk, (0, 0))
        row.paper_yes, row.paper_no = (row.paper_yes or 0) + yes, (row.paper_no or 0) + no
    update_rows(people.rows, ("paper_yes", "paper_no"))


@transaction.atomic
def add_latecomers(ballot: Ballot, *, actor: User | None) -> int:
    """Members whom the roll call found after the round was opened get a ballot; how many. Nobody leaves. Audited."""
    row = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if row.state != PollState.OPEN:
        raise TransitionRefused("Lượt biểu quyết không mở nên không thêm người được. Hãy tải lại trang.")
    practice: Any = practice_on(row.session.council_id, day_of(row.session))
    known = set(row.voters.values_list("seat", flat=True))
    made = seat_voters(row, substitutes_vote=practice is not None and practice.substitutes_vote, known=known)
    if made:
        names = [str(each.seat) for each in made]
        audit.record(row, "Thêm người biểu quyết", actor=actor, after={"voters": names})
    return len(made)
