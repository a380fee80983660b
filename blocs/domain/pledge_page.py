"""What one person sees of a pledge: promises, signatures, and what may be done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.domain.pledging import content_key, existing_pledge
from blocs.domain.targets import NO_FIGURE, Measure, Outcome, latest, progress
from blocs.domain.warned import WarnedOption, pledge_options
from blocs.domain.workflow import PLEDGE
from blocs.enums import PledgeState
from blocs.models import BlocMovement, BlocYear, Membership, Pledge, PledgeSignature, Target

TONES = {
    Outcome.REACHED: "success",
    Outcome.EXCEEDED: "success",
    Outcome.NOT_REACHED: "warning",
    Outcome.UNDER_WAY: "info",
    Outcome.UNKNOWN: "secondary",
}


@dataclass(frozen=True)
class TargetLine:
    """One promise with how far it is reached. A percentage that cannot be told is None."""

    target: Target
    mid_percent: Decimal | None
    percent: Decimal | None
    standing: Measure

    @property
    def tone(self) -> str:
        return TONES[self.standing.outcome]


@dataclass(frozen=True)
class MemberBlock:
    """One member of the pledge: its promises, its signature, what this person may do for it."""

    membership: Membership
    lines: list[TargetLine]
    signature: PledgeSignature | None
    may_edit: bool
    may_sign: bool

    @property
    def results(self) -> str:
        """How many targets are reached; of none with a result, that there is none."""
        found = [line.standing for line in self.lines]
        unknown = [each for each in found if each.outcome == Outcome.UNKNOWN]
        missing = "chưa có kết quả" if all(each.note == NO_FIGURE for each in unknown) else "chưa xác định được"
        if len(unknown) == len(found):
            return missing
        under_way = sum(1 for each in found if each.outcome == Outcome.UNDER_WAY)
        parts = [f"đạt và vượt {sum(1 for line in self.lines if line.tone == 'success')}"]
        parts += [f"đang thực hiện {under_way}"] if under_way else []
        parts += [f"{len(unknown)} {missing}"] if unknown else []
        return ", ".join(parts)


@dataclass(frozen=True)
class PledgePage:
    pledge: Pledge | None
    blocks: list[MemberBlock]
    others: list[MemberBlock]  # agencies that are no longer members but have targets
    movements: list[BlocMovement]
    options: list[WarnedOption]
    seen: str
    may_run: bool

    @property
    def signed(self) -> int:
        return sum(1 for block in self.blocks if block.signature)

    @property
    def to_sign(self) -> list[MemberBlock]:
        return [block for block in self.blocks if block.may_sign]

    @property
    def has_targets(self) -> bool:
        return any(block.lines for block in [*self.blocks, *self.others])

    @property
    def is_draft(self) -> bool:
        return self.pledge is None or self.pledge.state == PledgeState.DRAFT


def pledge_page(year: BlocYear, user: Any) -> PledgePage:
    """Everything of the page, with a constant number of queries."""
    pledge = existing_pledge(year)
    if pledge is not None:
        pledge.bloc_year = year
    targets = visible_targets(pledge, user)
    blocks = member_blocks(year, pledge, targets, user)
    return PledgePage(
        pledge=pledge,
        blocks=[block for block in blocks if block.membership.pk],
        others=[block for block in blocks if not block.membership.pk],
        movements=list(year.movements.select_related("movement")),
        options=pledge_options(pledge, PLEDGE.options(pledge, user)) if pledge is not None else [],
        seen=content_key(pledge, targets) if pledge is not None else "",
        may_run=user.has_perm("blocs.run_pledge", year),
    )


def visible_targets(pledge: Pledge | None, user: Any) -> list[Target]:
    if pledge is None:
        return []
    rows = Target.objects.visible_to(user).filter(pledge=pledge).select_related("agency")
    return list(rows.order_by("position", "pk"))


def member_blocks(year: BlocYear, pledge: Pledge | None, targets: Iterable[Target], user: Any) -> list[MemberBlock]:
    lines: dict[int, list[TargetLine]] = defaultdict(list)
    agencies = {}
    for target in targets:
        lines[target.agency_id].append(line_of(target))
        agencies[target.agency_id] = target.agency
    signatures = {each.agency_id: each for each in pledge.signatures.all()} if pledge else {}
    members = list(year.memberships.select_related("agency").in_order())
    strangers = agencies.keys() - {member.agency_id for member in members}
    members += [Membership(bloc_year=year, agency=agencies[pk]) for pk in sorted(strangers)]
    return [
        MemberBlock(
            membership=member,
            lines=lines[member.agency_id],
            signature=signatures.get(member.agency_id),
            may_edit=member.pk is not None and user.has_perm("blocs.edit_progress", member),
            may_sign=member.agency_id not in signatures
            and member.pk is not None
            and user.has_perm("blocs.sign_pledge", member),
        )
        for member in members
    ]


def line_of(target: Target) -> TargetLine:
    found = progress(target)
    return TargetLine(
        target=target,
        mid_percent=found.mid_year.percent,
        percent=found.year.percent,
        standing=latest(target),
    )
