"""One voter drops one ballot. Nothing that is written here joins the voter and the choice.

The voter's row learns only that a ballot came; all rows of the poll are rewritten by one statement,
so that none of them is newer than the others. The ballot goes into the sealed urn. There is no audit
entry, no notice, no log line and no session write. docs/decisions/0009-secret-ballots.md
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.views.decorators.debug import sensitive_variables

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import YearState
from scoring.domain.polling.urn import UrnDamaged, drop_in
from scoring.enums import PollChannel, PollState
from scoring.models import Poll, PollVoter, Urn

NOT_OPEN = {
    PollState.DRAFT: "Cuộc bỏ phiếu chưa mở. Hãy chờ thư ký mở bỏ phiếu.",
    PollState.CLOSED: "Cuộc bỏ phiếu đã kết thúc và kiểm phiếu nên không nhận thêm phiếu.",
    PollState.CANCELLED: "Cuộc bỏ phiếu đã bị hủy nên không nhận phiếu.",
}
DAMAGED = (
    "Không mở được hòm phiếu: khóa của hệ thống đã đổi hoặc dữ liệu hòm phiếu bị sửa. Hãy báo quản trị viên; "
    "nếu không khôi phục được thì hủy cuộc bỏ phiếu này và bỏ phiếu lại."
)


@transaction.atomic
@sensitive_variables("choices", "marks", "receipt")
def cast_ballot(poll: Poll, *, voter: int, choices: Collection[int], actor: User) -> str:
    """Put a ballot that names ``choices`` (keys of options) into the urn; answers its receipt code.

    ``voter`` is the key of the voter's row. One ballot each, however many try at once: casts wait for
    each other at the poll's row. An empty ballot is taken and counts as invalid. TransitionRefused with a
    sentence, and nothing changed: not open, not electronic, no such voter, not the actor's to cast,
    absent, recused, voted already, more options than allowed, an option of another poll.
    """
    row = Poll.objects.select_for_update().get(pk=poll.pk)
    refuse_poll(row)
    refuse_voter(PollVoter.objects.filter(poll=row, pk=voter).first(), actor)
    marks = frozenset(choices)
    refuse_choices(row, marks)
    urn = Urn.objects.select_for_update().get(poll=row)
    try:
        urn.sealed, receipt = drop_in(urn.sealed, [tuple(marks)], name=urn_name(row))
    except UrnDamaged as damage:
        raise TransitionRefused(DAMAGED) from damage
    urn.save(update_fields=["sealed"])
    mark_voted(PollVoter.objects.filter(poll=row), voter)
    return receipt


def urn_name(poll: Any) -> str:
    """What the urn's key is bound to: this poll and no other."""
    return f"{poll._meta.label_lower}:{poll.pk}"


def mark_voted(voters: QuerySet[Any], *who: int) -> None:
    """Rewrite every row of a vote's ``voters`` in one statement; only those of ``who`` change."""
    voted = Case(When(pk__in=who, then=Value(True)), default=F("has_voted"))
    voters.update(has_voted=voted)


def refuse_poll(poll: Poll) -> None:
    if poll.state != PollState.OPEN:
        raise TransitionRefused(NOT_OPEN[PollState(poll.state)])
    if poll.bloc_year.state == YearState.HANDED_OVER:
        raise TransitionRefused("Năm thi đua đã bàn giao nên không nhận phiếu nữa. Hãy báo thư ký khối.")
    if poll.channel != PollChannel.ELECTRONIC:
        raise TransitionRefused("Cuộc bỏ phiếu này dùng phiếu giấy. Hãy nhận phiếu ở Ban kiểm phiếu.")


def refuse_voter(voter: PollVoter | None, actor: User) -> None:
    if voter is None or not actor.has_perm("scoring.cast_ballot", voter):
        raise TransitionRefused("Bạn không có quyền bỏ phiếu này: chỉ lãnh đạo hoặc người được ủy quyền ký mới bỏ.")
    if voter.has_voted:
        raise TransitionRefused(f"{voter} đã bỏ phiếu. Mỗi đơn vị, mỗi người chỉ bỏ một phiếu và không đổi lại được.")
    if voter.recused:
        raise TransitionRefused(f"{voter} được ghi là không tham gia bỏ phiếu. Nếu chưa đúng, hãy báo thư ký.")
    if not voter.is_present:
        raise TransitionRefused(f"{voter} chưa được ghi là có mặt. Hãy báo thư ký ghi có mặt rồi bỏ phiếu.")


@sensitive_variables("choices")
def refuse_choices(poll: Poll, choices: Collection[int]) -> None:
    """TransitionRefused when the ballot names what is not on it, or too much."""
    known = set(poll.options.values_list("pk", flat=True))
    if not known.issuperset(choices):
        raise TransitionRefused("Phiếu có lựa chọn không thuộc cuộc bỏ phiếu này. Hãy mở lại phiếu rồi chọn.")
    most = poll.max_choices or len(known)
    if len(choices) > most:
        raise TransitionRefused(f"Phiếu chỉ được chọn tối đa {most}, bạn đã chọn {len(choices)}. Hãy bỏ bớt.")
