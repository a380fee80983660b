"""What follows from a count: a committee's figures, the next round, next year's head and deputies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain import succession
from blocs.enums import SuccessionMode
from blocs.models import Agency, BlocYear
from scoring.domain.polling.counting import CHOSEN, FAILED, TIED, Result, attendance_of, results_of
from scoring.domain.polling.preparing import Plan, create_round, locked_poll, suggested_plan
from scoring.domain.polling.workflow import POLL
from scoring.domain.polls import (
    refuse_followed,
    refuse_used,
    replace_tallies,
    standing_rounds,
    valid_votes,
    value_faults,
    vote_faults,
    words_of,
)
from scoring.domain.wording import PollFaults
from scoring.domain.year_rules import rules_of
from scoring.enums import PollChannel, PollPurpose, PollState
from scoring.models import Poll, PollVoter

DECIDED_ELSEWHERE = (
    "Trưởng khối cùng các phó khối (hoặc người có thẩm quyền theo quy chế) quyết định "
    "(tham khảo Thông tư 01/2024/TT-TANDTC, Điều 29)."
)


@dataclass(frozen=True)
class Figures:
    """What a committee counted; None is unknown. ``committee`` is [{name, title}], its chair first."""

    issued: int | None = None
    cast: int | None = None
    invalid: int | None = None
    committee: Sequence[Mapping[str, str]] = ()
    closed_on: date | None = None


@transaction.atomic
def enter_count(poll: Poll, *, figures: Figures, votes: Mapping[Agency, int], actor: User | None) -> Poll:
    """Write what was counted by hand, and with it close the poll; or correct the count of a closed one. Audited.

    PollFaults by field or agency code: invalid ≤ cast ≤ issued ≤ present less the recused, no unit above
    the valid ballots, all votes within valid ballots × choices, every unit of the ballot counted, a
    committee for paper ballots. TransitionRefused for an electronic poll, or one that a later round or a
    locked ranking stands on.
    """
    row = locked_poll(poll)
    refuse_uncountable(row)
    options = {each.agency.pk: each.agency for each in row.options.select_related("agency") if each.agency}
    faults = figure_faults(row, figures, votes, options)
    if faults:
        raise PollFaults(faults)
    before = words_of(row)
    row.issued, row.cast, row.invalid = figures.issued, figures.cast, figures.invalid
    row.committee = [dict(each) for each in figures.committee]
    row.closed_on = figures.closed_on or row.closed_on
    row.save(update_fields=["issued", "cast", "invalid", "committee", "closed_on"])
    replace_tallies(row, votes)
    if row.state == PollState.CLOSED:
        audit.record_change(row, "Sửa kết quả kiểm phiếu", actor=actor, before=before, after=words_of(row))
    else:
        POLL.perform(row, "enter", actor=actor)
    return row


def refuse_uncountable(poll: Poll) -> None:
    if poll.is_electronic:
        raise TransitionRefused("Phiếu điện tử do hệ thống đếm khi kết thúc bỏ phiếu; không ghi kết quả bằng tay.")
    if poll.state == PollState.CANCELLED:
        raise TransitionRefused("Cuộc bỏ phiếu đã bị hủy. Hãy chuẩn bị cuộc khác.")
    if poll.state == PollState.CLOSED:
        refuse_followed(poll)
    refuse_used(poll)


def figure_faults(
    poll: Poll, figures: Figures, votes: Mapping[Agency, int], options: Mapping[int, Agency]
) -> dict[str, str]:
    counts = attendance_of(poll)
    values: dict[str, Any] = {"mode": poll.mode, "base": poll.base, "threshold": poll.threshold}
    values |= {"eligible": counts.eligible, "present": counts.present, "recused": counts.recused}
    values |= {"issued": figures.issued, "cast": figures.cast, "invalid": figures.invalid}
    faults = value_faults(values) | vote_faults(values, votes, {*options})
    missing = [each.label for pk, each in options.items() if pk not in {agency.pk for agency in votes}]
    if missing:
        faults["votes"] = f"Chưa ghi số phiếu của {', '.join(missing)}. Không có phiếu nào thì ghi 0."
    valid, most = valid_votes(values), poll.max_choices or len(options)
    total = sum(votes.values())
    if valid is not None and total > valid * most:
        faults["votes"] = (
            f"Tổng số phiếu bầu ({total}) nhiều hơn {valid} phiếu hợp lệ, mỗi phiếu chọn tối đa {most}. Hãy kiểm lại."
        )
    return faults | paper_faults(poll, figures)


def paper_faults(poll: Poll, figures: Figures) -> dict[str, str]:
    if poll.channel != PollChannel.PAPER:
        return {}
    faults = {} if figures.committee else {"committee": "Hãy ghi Ban kiểm phiếu, trưởng ban ở dòng đầu."}
    for name, words in (("issued", "phát ra"), ("cast", "thu về"), ("invalid", "không hợp lệ")):
        if getattr(figures, name) is None:
            faults[name] = f"Hãy ghi số phiếu {words}; không có thì ghi 0."
    return faults


def results_by_round(poll: Poll) -> list[Result]:
    """The results of ``poll`` in the light of the rounds before it; nothing before the count."""
    rounds = standing_rounds(poll.bloc_year, poll.purpose, poll.award).filter(state=PollState.CLOSED)
    rows = list(rounds.filter(round__lte=poll.round).prefetch_related("tallies__agency"))
    return results_of(rows).get(poll.pk, [])


def next_round_fault(poll: Poll, results: Sequence[Result]) -> str | None:
    """Why there is no further round, in a sentence; None when there may be one."""
    if poll.state != PollState.CLOSED:
        return "Vòng này chưa kiểm phiếu."
    if any(row.fate is None for row in results) or not results:
        return "Chưa rõ kết quả vòng này (thiếu tỷ lệ tối thiểu hoặc mẫu số) nên chưa lập vòng sau được."
    if not undecided(results):
        return "Vòng này đã chọn xong."
    most = rules_of(poll.bloc_year).poll_rounds
    if poll.round >= most:
        return f"Đã bỏ phiếu đủ {most} vòng. {DECIDED_ELSEWHERE}"
    if standing_rounds(poll.bloc_year, poll.purpose, poll.award).filter(round__gt=poll.round).exists():
        return f"Đã có vòng {poll.round + 1}."
    return None


def undecided(results: Sequence[Result]) -> list[Agency]:
    """Whom a next round is about: those tied at the last place, else those that did not pass while places are left."""
    tied = [row.agency for row in results if row.fate == TIED]
    return tied or [row.agency for row in results if row.fate == FAILED and not row.passed and row.places_left]


@transaction.atomic
def prepare_next_round(poll: Poll, *, actor: User | None) -> Poll:
    """The next round in preparation: same rules, words, committee and voters, the units still undecided. Audited.

    TransitionRefused when nothing is left to decide or the rules allow no more rounds (two by default).
    """
    BlocYear.objects.select_for_update().get(pk=poll.bloc_year_id)
    row = locked_poll(poll)
    results = results_by_round(row)
    if fault := next_round_fault(row, results):
        raise TransitionRefused(fault)
    agencies = undecided(results)
    plan = Plan(**{name: getattr(row, name) for name in Plan.__dataclass_fields__} | same_limits(row, len(agencies)))
    return create_round(
        row.bloc_year, plan=plan, round=row.round + 1, agencies=agencies, voters=same_voters(row), actor=actor
    )


def same_limits(poll: Poll, options: int) -> dict[str, Any]:
    """The rules of the round before, where it had any; a ballot names no more than is on it."""
    found: dict[str, Any] = {"max_choices": min(poll.max_choices, options) if poll.max_choices else None}
    if poll.threshold is None:
        found["threshold"] = suggested_plan(poll.bloc_year)["threshold"]
    return found


def same_voters(poll: Poll) -> list[PollVoter]:
    """Those on the list of ``poll``, present or recused as before; all members where it had no list."""
    names = ("agency_id", "person_id", "is_present", "recused", "recusal_reason")
    rows = [PollVoter(**dict(zip(names, row, strict=True))) for row in poll.voters.order_by("pk").values_list(*names)]
    members = poll.bloc_year.memberships.in_order().values_list("agency_id", flat=True)
    return rows or [PollVoter(agency_id=pk) for pk in members]


def adopt_result(poll: Poll, *, actor: User) -> None:
    """Write whom the poll chose as next year's head, or as its deputies; what else is agreed stays. Audited.

    TransitionRefused when the poll is about something else, is not counted, or chose nobody.
    """
    if poll.purpose == PollPurpose.AWARD or poll.state != PollState.CLOSED:
        raise TransitionRefused("Chỉ ghi được theo kết quả đã kiểm của cuộc bỏ phiếu chọn trưởng khối, phó khối.")
    chosen = chosen_in_all_rounds(poll)
    if not chosen:
        raise TransitionRefused(f"Chưa đơn vị nào được chọn. Hãy bỏ phiếu vòng sau. {DECIDED_ELSEWHERE}")
    held = succession.succession_of(poll.bloc_year)
    is_head = poll.purpose == PollPurpose.HEAD
    agreement = succession.Agreement(
        mode=SuccessionMode.ELECTION.value,
        head=chosen[0] if is_head else (held.head if held else None),
        deputies=(list(held.deputies.all()) if held else []) if is_head else chosen,
        handed_over_on=held.handed_over_on if held else None,
        items=held.items if held else "",
    )
    succession.agree(bloc_year=poll.bloc_year, agreement=agreement, actor=actor)


def chosen_in_all_rounds(poll: Poll) -> list[Agency]:
    rounds = standing_rounds(poll.bloc_year, poll.purpose, poll.award).filter(state=PollState.CLOSED)
    found = results_of(list(rounds.prefetch_related("tallies__agency")))
    return [row.agency for rows in found.values() for row in rows if row.fate == CHOSEN]
