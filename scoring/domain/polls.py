"""Votes of a bloc as counted: thresholds in integers, outcomes, and the record of a count.

Source: NĐ 98/2023, Điều 30 khoản 7 (domain.md B2): the share of the base is never rounded.
At most two ballots per award: TT 01/2024/TT-TANDTC, Điều 29.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import Agency, BlocYear
from scoring.domain.wording import PollFaults
from scoring.enums import PollBase, PollMode
from scoring.models import Poll, PollTally

MAX_ROUNDS = 2
COUNTS = ("eligible", "present", "cast", "invalid")
FIELDS = ("mode", "base", "threshold", *COUNTS)


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


def outcomes(bloc_year: BlocYear) -> list[Outcome]:
    """The results of every poll by award, round, votes downwards, agency; two queries."""
    polls = Poll.objects.filter(bloc_year=bloc_year).order_by("award", "round")
    tallies = PollTally.objects.filter(poll__in=polls.order_by()).select_related("agency")
    by_poll: dict[int, list[PollTally]] = {}
    for tally in tallies.order_by("-votes", "agency__sort_key", "agency_id"):
        by_poll.setdefault(tally.poll_id, []).append(tally)
    return [outcome_of(poll, tally) for poll in polls for tally in by_poll.get(poll.pk, [])]


def outcome_of(poll: Poll, tally: PollTally) -> Outcome:
    base = poll.eligible if poll.base == PollBase.MEMBERS else poll.present
    needed = passed = None
    if base is not None and poll.threshold is not None:
        needed = needed_votes(base=base, percent=poll.threshold)
        passed = vote_passes(yes=tally.votes, base=base, percent=poll.threshold)
    return Outcome(poll.award, poll.round, tally.agency, tally.votes, needed, passed)


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
    votes: Mapping[Agency, int],
    actor: User | None,
) -> Poll:
    """Write or correct the count of one round; ``votes`` by agency; one left out was not counted. Audited on the poll.

    PollFaults, by field or agency code, when the counts cannot be right: invalid ≤ cast ≤ present
    ≤ eligible, no agency above the valid votes, only members of the bloc, at most two rounds.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    values: dict[str, Any] = {
        "mode": mode,
        "base": base,
        "threshold": threshold,
        "eligible": eligible,
        "present": present,
        "cast": cast,
        "invalid": invalid,
    }
    members = set(bloc_year.memberships.values_list("agency_id", flat=True))
    faults = value_faults(values) | vote_faults(values, votes, members) | round_faults(bloc_year, award, round)
    if faults:
        raise PollFaults(faults)
    poll = Poll.objects.filter(bloc_year=bloc_year, award=award, round=round).first()
    before = words_of(poll) if poll else {}
    poll, _ = Poll.objects.update_or_create(bloc_year=bloc_year, award=award, round=round, defaults=values)
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
    if Poll.objects.filter(bloc_year=row.bloc_year_id, award=row.award, round__gt=row.round).exists():
        raise TransitionRefused(f"Đã có kết quả vòng {row.round + 1}. Hãy xóa kết quả vòng đó trước.")
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
    known = [(name, values[name]) for name in COUNTS if values[name] is not None]
    for name, value in known:
        if value < 0:
            faults[name] = "Số lượng không được nhỏ hơn 0."
    for (greater, most), (name, value) in pairwise(known):
        if value > most:
            label, limit = label_of(name), label_of(greater)
            faults.setdefault(name, f"{label.capitalize()} ({value}) không được nhiều hơn {limit} ({most}).")
    return faults


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
    bounds = [values[name] for name in ("present", "eligible") if values[name] is not None]
    return int(bounds[0]) if bounds else None


def round_faults(bloc_year: BlocYear, award: str, round: int) -> dict[str, str]:
    if not 1 <= round <= MAX_ROUNDS:
        return {"round": f"Mỗi hình thức chỉ bỏ phiếu tối đa {MAX_ROUNDS} vòng."}
    if round > 1 and not Poll.objects.filter(bloc_year=bloc_year, award=award, round=round - 1).exists():
        return {"round": f"Chưa có kết quả vòng {round - 1}. Hãy ghi vòng {round - 1} trước."}
    return {}


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
