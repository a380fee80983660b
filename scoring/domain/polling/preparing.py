"""Before a vote: what is asked, by which rules, who may vote, who is there, who keeps out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import FLAGS
from blocs.models import Agency, BlocYear
from scoring.domain.polls import label_of, standing_rounds
from scoring.domain.wording import PollFaults
from scoring.domain.year_rules import rules_of
from scoring.enums import PollBase, PollChannel, PollMode, PollPurpose, PollState
from scoring.models import Disqualification, Poll, PollOption, PollVoter

SECRET_CHANNELS = (PollChannel.PAPER, PollChannel.ELECTRONIC)


@dataclass(frozen=True)
class Plan:
    """What is asked and by which rules. Percentages are whole numbers."""

    mode: str
    channel: str
    base: str
    threshold: int | None
    quorum: int | None = None
    max_choices: int | None = None
    recused_in_base: bool = True
    purpose: str = PollPurpose.AWARD.value
    award: str = ""
    question: str = ""
    note: str = ""
    # Who counts or witnesses the count: [{name, title}], the chair first.
    committee: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Presence:
    """What is noted of one voter; ``reason`` is due where the voter keeps out of the vote."""

    is_present: bool
    recused: bool = False
    reason: str = ""


def suggested_plan(bloc_year: BlocYear) -> dict[str, Any]:
    """What the bloc-year's own rules say about polls, as first values of a form."""
    rules = rules_of(bloc_year)
    return {
        "threshold": rules.poll_threshold,
        "quorum": rules.poll_quorum,
        "recused_in_base": rules.recused_in_base,
        "base": PollBase.MEMBERS,
        "note": rules.basis,
    }


@transaction.atomic
def prepare_poll(bloc_year: BlocYear, *, plan: Plan, agencies: Sequence[Agency], actor: User | None) -> Poll:
    """A first round in preparation, with ``agencies`` on the ballot and every member of the bloc as a voter.

    PollFaults by field; TransitionRefused when a round of the same question stands already. Audited.
    """
    year = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    refuse_faulty(year, plan, agencies)
    standing = standing_rounds(year, plan.purpose, plan.award).order_by("-round").first()
    if standing is not None:
        raise TransitionRefused(f"Đã có cuộc bỏ phiếu này: {standing}. Hãy mở cuộc đó, hoặc lập vòng sau từ đó.")
    members = year.memberships.in_order().values_list("agency_id", flat=True)
    return create_round(year, plan=plan, round=1, agencies=agencies, voters=fresh_voters(members), actor=actor)


def create_round(
    bloc_year: BlocYear,
    *,
    plan: Plan,
    round: int,
    agencies: Sequence[Agency],
    voters: Iterable[PollVoter],
    actor: User | None,
) -> Poll:
    poll = Poll.objects.create(bloc_year=bloc_year, round=round, state=PollState.DRAFT, **asdict(plan))
    replace_options(poll, agencies)
    for voter in voters:
        voter.poll = poll
    PollVoter.objects.bulk_create(voters)
    audit.record(poll, "Chuẩn bị bỏ phiếu", actor=actor, after=plan_words(poll))
    return poll


def fresh_voters(agency_ids: Iterable[int]) -> list[PollVoter]:
    return [PollVoter(agency_id=pk) for pk in agency_ids]


@transaction.atomic
def change_poll(poll: Poll, *, plan: Plan, agencies: Sequence[Agency], actor: User | None) -> Poll:
    """Other rules or other units on the ballot while the poll is in preparation; what it is about stays.

    PollFaults by field; TransitionRefused once it is open. Audited with what changed.
    """
    row = locked_poll(poll)
    if row.state != PollState.DRAFT:
        raise TransitionRefused("Cuộc bỏ phiếu đã mở nên không đổi được. Hãy hủy cuộc này rồi chuẩn bị cuộc khác.")
    values = asdict(plan) | {"purpose": row.purpose, "award": row.award}
    refuse_faulty(row.bloc_year, Plan(**values), agencies)
    before = plan_words(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values])
    replace_options(row, agencies)
    audit.record_change(row, "Sửa cuộc bỏ phiếu", actor=actor, before=before, after=plan_words(row))
    return row


def locked_poll(poll: Poll) -> Poll:
    return Poll.objects.select_for_update(of=("self",)).select_related("bloc_year").get(pk=poll.pk)


def replace_options(poll: Poll, agencies: Sequence[Agency]) -> None:
    poll.options.all().delete()
    PollOption.objects.bulk_create(
        PollOption(poll=poll, agency=agency, position=position) for position, agency in enumerate(agencies)
    )


def refuse_faulty(bloc_year: BlocYear, plan: Plan, agencies: Sequence[Agency]) -> None:
    faults = plan_faults(plan, len(agencies)) | option_faults(bloc_year, plan, agencies)
    if faults:
        raise PollFaults(faults)


def plan_faults(plan: Plan, options: int) -> dict[str, str]:
    """Faults of the rules among themselves, by field."""
    faults: dict[str, str] = {}
    if (plan.purpose == PollPurpose.AWARD) != bool(plan.award):
        faults["award"] = "Hãy chọn hình thức khen thưởng khi bỏ phiếu về khen thưởng, và chỉ khi đó."
    if plan.channel in SECRET_CHANNELS and plan.mode != PollMode.SECRET:
        faults["mode"] = "Phiếu giấy và phiếu điện tử chỉ dùng khi bỏ phiếu kín. Hãy chọn lại cách bỏ phiếu."
    for name in ("threshold", "quorum"):
        value = getattr(plan, name)
        if value is not None and not 1 <= value <= 100:
            faults[name] = f"{label_of(name).capitalize()} phải từ 1 đến 100."
    if plan.max_choices is not None and not 1 <= plan.max_choices <= max(options, 1):
        faults["max_choices"] = f"Số lựa chọn tối đa trên một phiếu phải từ 1 đến {max(options, 1)}."
    return faults


def option_faults(bloc_year: BlocYear, plan: Plan, agencies: Sequence[Agency]) -> dict[str, str]:
    """Only members can be voted for, and none that is not considered for this award (domain.md C5.4)."""
    if not agencies:
        return {"options": "Hãy chọn ít nhất một đơn vị để bỏ phiếu."}
    members = set(bloc_year.memberships.values_list("agency_id", flat=True))
    strangers = [each.label for each in agencies if each.pk not in members]
    if strangers:
        return {"options": f"Không phải thành viên của khối trong năm: {', '.join(strangers)}. Hãy chọn lại."}
    if plan.purpose != PollPurpose.AWARD:
        return {}
    grounds = Disqualification.objects.filter(sheet__bloc_year=bloc_year)
    if plan.award not in FLAGS:
        grounds = grounds.filter(bars_certificates=True)
    barred = set(grounds.values_list("sheet__agency_id", flat=True))
    named = [each.label for each in agencies if each.pk in barred]
    if named:
        return {"options": f"Thuộc trường hợp không xét hình thức này: {', '.join(named)}. Hãy bỏ khỏi phiếu."}
    return {}


def plan_words(poll: Poll) -> dict[str, Any]:
    """A prepared poll as the audit trail tells it."""
    rules = ("mode", "channel", "base", "threshold", "quorum", "max_choices", "recused_in_base")
    names = (*rules, "question", "note", "committee")
    options = poll.options.select_related("agency").order_by("position", "pk")
    return {name: getattr(poll, name) for name in names} | {"options": [str(each) for each in options]}


@transaction.atomic
def record_attendance(poll: Poll, *, entries: Mapping[int, Presence], actor: User | None) -> None:
    """Note who is present and who keeps out of the vote, by key of the voter's row. Audited.

    While the poll is open, people may still come in or withdraw, but nobody who has voted is put
    aside, and nobody leaves the list. PollFaults by key of the row; TransitionRefused after the count.
    """
    row = locked_poll(poll)
    if row.state not in (PollState.DRAFT, PollState.OPEN):
        raise TransitionRefused("Cuộc bỏ phiếu đã kết thúc nên không sửa danh sách có mặt được nữa.")
    voters = list(row.voters.select_related("agency", "person").order_by("pk"))
    faults = {
        str(voter.pk): fault
        for voter in voters
        if voter.pk in entries and (fault := presence_fault(row, voter, entries[voter.pk]))
    }
    if faults:
        raise PollFaults(faults)
    before = attendance_words(voters)
    for voter in voters:
        entry = entries.get(voter.pk)
        if entry is not None:
            voter.is_present, voter.recused = entry.is_present, entry.recused
            voter.recusal_reason = entry.reason.strip() if entry.recused else ""
    PollVoter.objects.bulk_update(voters, ["is_present", "recused", "recusal_reason"])
    audit.record_change(row, "Ghi danh sách bỏ phiếu", actor=actor, before=before, after=attendance_words(voters))


def presence_fault(poll: Poll, voter: PollVoter, entry: Presence) -> str | None:
    if entry.recused and not entry.is_present:
        return "Vắng mặt thì không cần ghi không tham gia bỏ phiếu. Hãy chọn một trong hai."
    if entry.recused and not entry.reason.strip():
        return "Hãy ghi lý do không tham gia bỏ phiếu."
    if voter.has_voted and (entry.recused or not entry.is_present):
        return "Đã bỏ phiếu nên không ghi là vắng hoặc không tham gia được nữa."
    if poll.state == PollState.OPEN and voter.is_present and not entry.is_present:
        return "Đã phát phiếu cho người này nên không ghi là vắng được nữa."
    return None


def attendance_words(voters: Iterable[PollVoter]) -> dict[str, Any]:
    return {
        "absent": [str(each) for each in voters if not each.is_present],
        "recusals": [f"{each} ({each.recusal_reason})" for each in voters if each.recused],
    }
