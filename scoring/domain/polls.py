"""Votes of a bloc as counted: thresholds in integers, outcomes, and the record of a count.

Source: NĐ 98/2023, Điều 30 khoản 7 (domain.md B2): the share of the base is never rounded.
At most two ballots per award unless the bloc-year's rules say otherwise: TT 01/2024/TT-TANDTC, Điều 29.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import FLAGS
from blocs.models import Agency, BlocYear
from scoring.domain.frozen import frozen_sentence
from scoring.domain.wording import PollFaults
from scoring.domain.year_rules import rules_of
from scoring.enums import PollBase, PollChannel, PollMode, PollPurpose, PollState
from scoring.models import LockedStanding, Poll, PollTally
from scoring.tables.polls import PollQuerySet

COUNTS = ("eligible", "present", "issued", "cast", "invalid")
FIELDS = ("mode", "base", "threshold", *COUNTS, "recused", "committee", "closed_on")


def needed_votes(*, base: int, percent: int) -> int:
    """The fewest votes that are at least ``percent`` of ``base``: 11 of 13 for 80 %, 12 for 90 %."""
    return -(-percent * base // 100)


def vote_passes(*, yes: int, base: int, percent: int) -> bool:
    """True when at least ``percent`` of ``base`` said yes. Integers only: 10 of 13 is below 80 %."""
    return yes * 100 >= percent * base


@dataclass(frozen=True)
class Outcome:
    """What one agency got in one round. None means that the counts do not say."""

    award: str
    round: int
    agency: Agency
    votes: int
    needed: int | None
    passed: bool | None
    purpose: str = PollPurpose.AWARD.value


def outcomes(bloc_year: BlocYear, *, purpose: str | None = PollPurpose.AWARD) -> list[Outcome]:
    """The results of every counted poll by award, round, votes downwards, agency; two queries.

    Polls on awards, unless another ``purpose`` is named; None asks for all of them.
    """
    polls = Poll.objects.counted().filter(bloc_year=bloc_year).order_by("purpose", "award", "round")
    if purpose is not None:
        polls = polls.filter(purpose=purpose)
    tallies = PollTally.objects.filter(poll__in=polls.order_by()).select_related("agency")
    by_poll: dict[int, list[PollTally]] = {}
    for tally in tallies.order_by("-votes", "agency__sort_key", "agency_id"):
        by_poll.setdefault(tally.poll_id, []).append(tally)
    return [outcome_of(poll, tally) for poll in polls for tally in by_poll.get(poll.pk, [])]


def outcome_of(poll: Poll, tally: PollTally) -> Outcome:
    base = poll.base_count
    needed = passed = None
    if base is not None and poll.threshold is not None:
        needed = needed_votes(base=base, percent=poll.threshold)
        passed = vote_passes(yes=tally.votes, base=base, percent=poll.threshold)
    return Outcome(poll.award, poll.round, tally.agency, tally.votes, needed, passed, poll.purpose)


@transaction.atomic
def record_poll(
    bloc_year: BlocYear,
    *,
    award: str,
    round: int = 1,
    mode: str,
    base: str,
    threshold: int | None,
    eligible: int | None,
    present: int | None,
    cast: int | None,
    invalid: int | None,
    issued: int | None = None,
    recused: int | None = None,
    votes: Mapping[Agency, int],
    actor: User | None,
) -> Poll:
    """Write or correct the count of one round; ``votes`` by agency; one left out was not counted. Audited on the poll.

    PollFaults, by field or agency code, when the counts cannot be right: invalid ≤ cast ≤ issued ≤ present
    ≤ eligible, no agency above the valid votes, only members of the bloc, no round too many (two by
    default). TransitionRefused when the round was prepared here: it is counted on its own page.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    values: dict[str, Any] = {
        "mode": mode,
        "base": base,
        "threshold": threshold,
        "eligible": eligible,
        "present": present,
        "issued": issued,
        "cast": cast,
        "invalid": invalid,
        "recused": recused or 0,
    }
    members = set(bloc_year.memberships.values_list("agency_id", flat=True))
    faults = value_faults(values) | vote_faults(values, votes, members) | round_faults(bloc_year, award, round)
    if faults:
        raise PollFaults(faults)
    return write_round(bloc_year, award, round, values=values, votes=votes, actor=actor)


def write_round(
    bloc_year: BlocYear,
    award: str,
    round: int,
    *,
    values: Mapping[str, Any],
    votes: Mapping[Agency, int],
    actor: User | None,
) -> Poll:
    """Create or correct the round that was counted elsewhere; TransitionRefused where it may not be touched."""
    poll = standing_rounds(bloc_year, PollPurpose.AWARD, award).filter(round=round).first()
    refuse_prepared(poll)
    refuse_used(poll or Poll(bloc_year=bloc_year, award=award))
    before = words_of(poll) if poll else {}
    if poll is None:
        poll = Poll(bloc_year=bloc_year, award=award, round=round)
    for name, value in values.items():
        setattr(poll, name, value)
    poll.save()
    replace_tallies(poll, votes)
    audit.record_change(poll, "Ghi kết quả bỏ phiếu", actor=actor, before=before, after=words_of(poll))
    return poll


@transaction.atomic
def remove_poll(poll: Poll, *, reason: str, actor: User | None) -> None:
    """Remove the count of one round; a reason is due; its history keeps every number.

    TransitionRefused without a reason, while a later round stands on it, or when it is gone.
    """
    BlocYear.objects.select_for_update().get(pk=poll.bloc_year_id)
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do xóa kết quả bỏ phiếu.")
    row = Poll.objects.filter(pk=poll.pk).first()
    if row is None:
        raise TransitionRefused("Kết quả bỏ phiếu này đã được xóa. Hãy tải lại trang.")
    refuse_prepared(row)
    refuse_followed(row)
    refuse_used(row)
    before = {"award": row.award, "round": row.round} | words_of(row)
    audit.record(row, "Xóa kết quả bỏ phiếu", actor=actor, before=before, reason=reason.strip())
    row.delete()


def value_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """Faults of the counts among themselves; an unknown count is passed over, never taken for zero."""
    faults: dict[str, str] = {}
    if values["mode"] not in PollMode.values:
        faults["mode"] = "Hãy chọn cách biểu quyết."
    if values["base"] not in PollBase.values:
        faults["base"] = "Hãy chọn cơ sở tính tỷ lệ."
    if values["threshold"] is not None and not 1 <= values["threshold"] <= 100:
        faults["threshold"] = "Tỷ lệ tối thiểu phải từ 1 đến 100 %."
    known = [(name, values[name]) for name in COUNTS if values.get(name) is not None]
    for name, value in known:
        if value < 0:
            faults[name] = "Số lượng không được nhỏ hơn 0."
    for (greater, most), (name, value) in pairwise(known):
        if value > most:
            label, limit = label_of(name), label_of(greater)
            faults.setdefault(name, f"{label.capitalize()} ({value}) không được nhiều hơn {limit} ({most}).")
    return recusal_faults(values) | faults


def recusal_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """Who is out of the vote gets no ballot and is one of those present."""
    recused, present = values.get("recused") or 0, values["present"]
    if not recused or present is None:
        return {}
    if recused > present:
        return {"recused": f"Số người không tham gia bỏ phiếu ({recused}) không được nhiều hơn số có mặt ({present})."}
    for name in ("issued", "cast"):
        value = values.get(name)
        if value is not None and value > present - recused:
            most = f"số có mặt trừ người không tham gia bỏ phiếu ({present} - {recused})"
            return {name: f"{label_of(name).capitalize()} ({value}) không được nhiều hơn {most}."}
    return {}


def label_of(name: str) -> str:
    return str(getattr(Poll._meta.get_field(name), "verbose_name", name))


def vote_faults(values: Mapping[str, Any], votes: Mapping[Agency, int], members: set[int]) -> dict[str, str]:
    faults: dict[str, str] = {}
    valid = valid_votes(values)
    for agency, count in votes.items():
        if agency.pk not in members:
            faults[agency.code] = f"{agency.label} không phải thành viên của khối trong năm nên không nhận phiếu được."
        elif count < 0:
            faults[agency.code] = f"Số phiếu của {agency.label} không được nhỏ hơn 0."
        elif valid is not None and count > valid:
            faults[agency.code] = f"Số phiếu của {agency.label} ({count}) nhiều hơn số phiếu hợp lệ ({valid})."
    return faults


def valid_votes(values: Mapping[str, Any]) -> int | None:
    """The most votes that one agency can have: cast less invalid, else whatever bounds it from above."""
    if values["cast"] is not None:
        return int(values["cast"]) - int(values["invalid"] or 0)
    if values["present"] is not None:
        return max(int(values["present"]) - int(values.get("recused") or 0), 0)
    return None if values["eligible"] is None else int(values["eligible"])


def round_faults(bloc_year: BlocYear, award: str, round: int) -> dict[str, str]:
    most = rules_of(bloc_year).poll_rounds
    if not 1 <= round <= most:
        return {"round": f"Mỗi hình thức chỉ bỏ phiếu tối đa {most} vòng."}
    before = standing_rounds(bloc_year, PollPurpose.AWARD, award).filter(round=round - 1, state=PollState.CLOSED)
    if round > 1 and not before.exists():
        return {"round": f"Chưa có kết quả vòng {round - 1}. Hãy ghi vòng {round - 1} trước."}
    return {}


def standing_rounds(bloc_year: BlocYear, purpose: str, award: str) -> PollQuerySet:
    """The rounds of one question that were not cancelled."""
    rows = Poll.objects.filter(bloc_year=bloc_year, purpose=purpose, award=award)
    return rows.exclude(state=PollState.CANCELLED)


def refuse_prepared(poll: Poll | None) -> None:
    """A round that was prepared here is counted, corrected or annulled on its own page."""
    if poll is None or (poll.state == PollState.CLOSED and poll.channel == PollChannel.COUNTED):
        return
    if poll.is_electronic:
        raise TransitionRefused(
            f"{poll} dùng phiếu điện tử, kết quả do hệ thống đếm nên không sửa, không xóa được. "
            "Nếu có sai phạm, hãy hủy kết quả trên trang của cuộc bỏ phiếu và nêu lý do."
        )
    raise TransitionRefused(f"{poll} đã được chuẩn bị trong ứng dụng. Hãy ghi kết quả trên trang của cuộc bỏ phiếu đó.")


def refuse_followed(poll: Poll) -> None:
    """TransitionRefused while a later round stands on the result of this one."""
    if standing_rounds(poll.bloc_year, poll.purpose, poll.award).filter(round__gt=poll.round).exists():
        raise TransitionRefused(f"Đã có kết quả vòng {poll.round + 1}. Hãy xóa kết quả vòng đó trước.")


def refuse_used(poll: Poll) -> None:
    """TransitionRefused for a vote on a flag while a locked ranking parts equal units by such votes.

    Counted or not yet: a new count would change the ranking as one that is corrected does.
    """
    if poll.award not in FLAGS:
        return
    standing = LockedStanding.objects.in_force().filter(bloc_year=poll.bloc_year_id).first()
    if standing is not None and parts_by_votes(standing.content):
        raise TransitionRefused(frozen_sentence(poll.bloc_year_id))


def parts_by_votes(content: Mapping[str, Any]) -> bool:
    """Whether the criteria set of a locked ranking names votes as a tie-break, or a unit was placed by them."""
    named = content.get("criteria_set", {}).get("tie_break", ())
    return "ballot" in named or any(unit.get("tie_broken_by") == "ballot" for unit in content.get("units", ()))


def replace_tallies(poll: Poll, votes: Mapping[Agency, int]) -> None:
    poll.tallies.exclude(agency__in=[*votes]).delete()
    for agency, count in votes.items():
        PollTally.objects.update_or_create(poll=poll, agency=agency, defaults={"votes": count})


def words_of(poll: Poll) -> dict[str, Any]:
    """A poll as the audit trail tells it, votes by agency code."""
    tallies = poll.tallies.select_related("agency").order_by("agency__code")
    return {name: getattr(poll, name) for name in FIELDS} | {
        "votes": {tally.agency.code: tally.votes for tally in tallies}
    }
