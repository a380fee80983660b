"""One member casts the votes of one round. In a secret one nothing that is written joins the member and a mark.

As in scoring.domain.polling.ballots: the voter's row learns only that votes came, and all rows of the round are
rewritten by one statement. Each mark goes into the urn alone, for recusals would make a whole ballot recognisable
by what is missing from it. No audit entry, notice, log line or session write. docs/decisions/0014-council-votes.md
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from council.models import Ballot, BallotItem, BallotUrn, BallotVoter, OpenVote, Recusal
from scoring.domain.polling.ballots import DAMAGED, mark_voted, urn_name
from scoring.domain.polling.urn import UrnDamaged, drop_in
from scoring.enums import PollState

YES, NO, BLANK = "yes", "no", ""
MARKS = (YES, NO, BLANK)
NOT_OPEN = {
    PollState.DRAFT: "Lượt biểu quyết chưa mở. Hãy chờ thư ký phiên họp mở.",
    PollState.CLOSED: "Lượt biểu quyết đã kết thúc và kiểm phiếu nên không nhận thêm.",
    PollState.CANCELLED: "Lượt biểu quyết đã bị hủy nên không nhận phiếu.",
}


@transaction.atomic
@sensitive_variables()
def cast_marks(ballot: Ballot, *, voter: int, marks: Mapping[int, str], actor: User) -> str:
    """Take the votes of one member: "yes", "no" or "" by key of the round's row; answers the receipt code.

    ``voter`` is the key of the voter's row. Once each, however many try at the same time. A row without a mark is no
    opinion. An open vote has no receipt: "" (names and marks are kept). TransitionRefused with a sentence, and
    nothing changed: not open, not electronic, not the actor's to cast, cast already, a row of another round, one
    that the member keeps out of.
    """
    row = Ballot.objects.select_for_update().get(pk=ballot.pk)
    refuse_ballot(row)
    person = BallotVoter.objects.filter(ballot=row, pk=voter).select_related("seat").first()
    refuse_person(person, actor)
    assert person is not None  # noqa: S101
    known = dict(BallotItem.objects.filter(ballot=row).values_list("pk", "item"))
    refuse_marks(marks, known, recused_items(row, person))
    receipt = ""
    if row.is_secret:
        receipt = drop(row, pieces(marks))
    else:
        said = {str(item): marks.get(pk, BLANK) for pk, item in known.items()}
        OpenVote.objects.create(ballot=row, seat=person.seat, marks=said)
    mark_voted(BallotVoter.objects.filter(ballot=row), person.pk)
    return receipt


@sensitive_variables()
def pieces(marks: Mapping[int, str]) -> list[tuple[int]]:
    """A vote for an item as its key, a vote against as the key below zero, each alone."""
    return [(pk if mark == YES else -pk,) for pk, mark in marks.items() if mark]


@sensitive_variables()
def drop(ballot: Ballot, cast: Iterable[tuple[int]]) -> str:
    """Put these marks into the round's urn as of one voter; the receipt. TransitionRefused when it does not open."""
    urn = BallotUrn.objects.select_for_update().get(ballot=ballot)
    try:
        urn.sealed, receipt = drop_in(urn.sealed, cast, name=urn_name(ballot))
    except UrnDamaged as damage:
        raise TransitionRefused(DAMAGED) from damage
    urn.save(update_fields=["sealed"])
    return receipt


def room_for(keys: Iterable[int]) -> int:
    """The characters that marks on all of these rows take at most: "[-123]," each."""
    return sum(len(str(key)) + 4 for key in keys)


def refuse_ballot(ballot: Ballot) -> None:
    if ballot.state != PollState.OPEN:
        raise TransitionRefused(NOT_OPEN[PollState(ballot.state)])
    if not ballot.is_electronic:
        raise TransitionRefused("Lượt này dùng phiếu giấy hoặc giơ tay. Hãy biểu quyết tại phiên họp.")


def refuse_person(voter: BallotVoter | None, actor: Any) -> None:
    if voter is None or not actor.has_perm("council.cast_vote", voter):
        raise TransitionRefused("Bạn không có quyền bỏ phiếu này: chỉ thành viên, hoặc người dự thay, mới bỏ.")
    if voter.has_voted:
        raise TransitionRefused("Phiếu này đã bỏ. Mỗi thành viên chỉ bỏ một lần trong mỗi lượt và không đổi lại được.")


def recused_items(ballot: Ballot, voter: BallotVoter) -> frozenset[int]:
    """Items that the voter keeps out of."""
    rows = Recusal.objects.filter(session=ballot.session_id, seat=voter.seat_id)
    return frozenset(rows.values_list("item", flat=True))


@sensitive_variables()
def refuse_marks(marks: Mapping[int, str], known: Mapping[int, int], recused: Iterable[int]) -> None:
    """TransitionRefused for what this voter cannot have marked. ``known``: items by key of the round's row."""
    if not set(known).issuperset(marks) or not set(marks.values()) <= set(MARKS):
        raise TransitionRefused("Phiếu có nội dung không thuộc lượt biểu quyết này. Hãy mở lại phiếu rồi chọn.")
    out = set(recused)
    if out.issuperset(known.values()):
        raise TransitionRefused("Bạn không tham gia biểu quyết nội dung nào của lượt này nên không phải bỏ phiếu.")
    if any(mark and known[pk] in out for pk, mark in marks.items()):
        raise TransitionRefused("Phiếu có nội dung mà bạn không tham gia biểu quyết. Hãy mở lại phiếu rồi chọn.")
