"""Plans of the quantitative criteria: taken from the pledge, corrected with a reason, then locked.

Never written by the unit that is measured: the secretariat writes them, for the head's own sheet a
deputy or the standing body does (``settable``, the same rule as ``scoring.set_plan``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.workflow import agency_people
from blocs.enums import Area, Role
from blocs.models import BlocYear, Membership, Target
from blocs.tables.access import access_of
from khoithidua.web.text import tidy
from scoring.domain.cells import PLANNING
from scoring.domain.criteria import effective_set
from scoring.domain.figures import figures_asked_back
from scoring.domain.plan_matching import by_agency, suggested
from scoring.domain.tree import Node, load_tree
from scoring.domain.wording import FieldFaults
from scoring.domain.writing import locked, save_cells
from scoring.enums import SCORED_STATES, CriterionKind, Formula
from scoring.models import ScoreLine, ScoreSheet

LOCKED = "Kế hoạch của {} đã khóa. Hãy mở khóa, có lý do, trước khi sửa."
REASON_DUE = (
    "Kế hoạch này khác giao ước hoặc khác số đã ghi. Hãy ghi lý do điều chỉnh, hoặc chọn lại chỉ tiêu giao ước."
)


class FiguresDoubted(TransitionRefused):
    """Nothing was saved: these figures look odd and want a confirming tick first."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(sentences))


class PlanFaults(FieldFaults):
    """Nothing was saved; sentences by agency id, as a string."""


@dataclass(frozen=True)
class PlanMember:
    """One member with its sheet, if it was opened, and what it promised. ``is_settable`` by this reader."""

    membership: Membership
    sheet: ScoreSheet | None
    targets: tuple[Target, ...]
    is_settable: bool

    @property
    def label(self) -> str:
        return self.membership.agency.label

    @property
    def is_locked(self) -> bool:
        return self.sheet is not None and self.sheet.plan_locked_at is not None

    @property
    def is_open(self) -> bool:
        """Whether this reader may write the plans now."""
        sheet = self.sheet
        return self.is_settable and sheet is not None and not self.is_locked and sheet.state in PLANNING.states


@dataclass(frozen=True)
class PlanLine:
    """The plan of one criterion for one member; ``suggestion`` is the promise that it most likely measures."""

    member: PlanMember
    plan: Decimal | None
    assigned: bool
    version: int
    suggestion: Target | None


@dataclass(frozen=True)
class PlanTable:
    """Quantitative criteria × members of a bloc-year. Without criteria there is nothing to plan."""

    criteria: tuple[Node, ...]
    members: tuple[PlanMember, ...]
    stored: Mapping[tuple[int, int], ScoreLine] = field(repr=False)

    @cached_property
    def rows(self) -> list[tuple[Node, list[PlanLine]]]:
        return [(criterion, self.lines_of(criterion)) for criterion in self.criteria]

    def lines_of(self, criterion: Node) -> list[PlanLine]:
        return [self.line(criterion, member) for member in self.members]

    def line(self, criterion: Node, member: PlanMember) -> PlanLine:
        line = self.stored.get((member.sheet.pk, criterion.id)) if member.sheet else None
        found = suggested(criterion.name, criterion.unit, member.targets)
        if line is None:
            return PlanLine(member, None, True, 0, found)
        return PlanLine(member, line.plan, line.assigned, line.version, found)


@dataclass(frozen=True)
class PlanEntry:
    """What somebody wants for one member: a typed plan, or blank for that of the chosen target."""

    typed: Decimal | None
    target: Target | None
    seen: int

    @property
    def plan(self) -> Decimal | None:
        if self.typed is not None or self.target is None:
            return self.typed
        return self.target.plan


def is_planned(node: Node) -> bool:
    return node.kind == CriterionKind.QUANTITATIVE


def settable(user: User | AnonymousUser, bloc_year: BlocYear, memberships: Iterable[Membership]) -> set[int]:
    """Agencies whose plans and deadline this person may set, as ``scoring.set_plan`` says of each sheet.

    Never the own; the head's also a deputy without delegation; nobody's outside the time of scoring.
    """
    if bloc_year.state not in SCORED_STATES:
        return set()
    access = access_of(user)
    runs = bloc_year.pk in access.runs(Area.SCORES) or bloc_year.bloc.council_id in access.standing_ids
    stands_in = bloc_year.pk in access.deputy_ids
    own = access.agency_ids | access.standing_of
    return {
        each.agency_id
        for each in memberships
        if (runs or (stands_in and each.role == Role.HEAD)) and each.agency_id not in own
    }


def plan_table(bloc_year: BlocYear, user: User | AnonymousUser) -> PlanTable:
    """Plans of the bloc-year with the pledge's targets beside them, in five queries for any size.

    Of the sheets only plans are read: the rest of a draft is its unit's alone.
    """
    criteria_set = effective_set(bloc_year)
    criteria = [node for node in load_tree(criteria_set).leaves if is_planned(node)] if criteria_set else []
    lines = ScoreLine.objects.filter(sheet__bloc_year=bloc_year, criterion__kind=CriterionKind.QUANTITATIVE)
    stored = {(line.sheet_id, line.criterion_id): line for line in lines}
    return PlanTable(tuple(criteria), members_of(bloc_year, user), stored)


def members_of(bloc_year: BlocYear, user: User | AnonymousUser) -> tuple[PlanMember, ...]:
    """The members with their sheets and what they promised, head first; three queries."""
    memberships = list(bloc_year.memberships.select_related("agency").in_order())
    may = settable(user, bloc_year, memberships)
    sheets = {sheet.agency_id: sheet for sheet in ScoreSheet.objects.filter(bloc_year=bloc_year).order_by()}
    targets = by_agency(Target.objects.visible_to(user).filter(pledge__bloc_year=bloc_year).order_by("position", "pk"))
    return tuple(
        PlanMember(each, sheets.get(each.agency_id), tuple(targets.get(each.agency_id, ())), each.agency_id in may)
        for each in memberships
    )


@transaction.atomic
def save_plans(
    table: PlanTable,
    criterion: Node,
    *,
    entries: Mapping[int, PlanEntry],
    reason: str,
    actor: User | None,
    is_confirmed: bool = False,
) -> int:
    """Write plans of ``criterion`` by agency id; one audit entry on each sheet changed; answers how many.

    All or nothing. PlanFaults where a reason is due, a plan is locked or cannot be; FiguresDoubted
    where figures look like another unit of measure and ``is_confirmed`` is not given; StaleSheet as
    ``save_cells`` does. Members that the table does not let its reader write are refused.
    """
    lines = {line.member.membership.agency_id: line for line in table.lines_of(criterion)}
    changed = {pk: entry for pk, entry in entries.items() if pk in lines and entry.plan != lines[pk].plan}
    faults = {str(pk): fault for pk, entry in changed.items() if (fault := entry_fault(lines[pk], entry, reason))}
    if faults:
        raise PlanFaults(faults)
    if changed and not is_confirmed:
        wanted = {line.member.label: line.plan for line in lines.values()}
        wanted |= {lines[pk].member.label: entry.plan for pk, entry in changed.items()}
        refuse_doubted(figures_asked_back(criterion, wanted))
    for pk in sorted(changed):
        write_plan(lines[pk], criterion, changed[pk], reason, actor)
    return len(changed)


def entry_fault(line: PlanLine, entry: PlanEntry, reason: str) -> str:
    """The sentence that refuses one entry, or ""."""
    member = line.member
    if member.is_locked:
        return LOCKED.format(member.label)
    if not member.is_open:
        return f"Bạn không ghi được kế hoạch của {member.label} lúc này. Hãy tải lại trang."
    is_promise = entry.target is not None and entry.plan == entry.target.plan
    known = line.plan is not None or any(each is not None for each in (entry.target, line.suggestion))
    if known and not is_promise and not tidy(reason):
        return REASON_DUE
    return ""


def write_plan(line: PlanLine, criterion: Node, entry: PlanEntry, reason: str, actor: User | None) -> None:
    sheet = line.member.sheet
    if sheet is None:
        return
    is_promise = entry.target is not None and entry.plan == entry.target.plan
    why = f"Theo giao ước: {entry.target.name}" if is_promise and entry.target else tidy(reason)
    save_cells(
        sheet,
        PLANNING,
        entries={criterion.id: {"plan": entry.plan}},
        actor=actor,
        expected={criterion.id: entry.seen},
        reason=why,
    )


def refuse_doubted(sentences: Sequence[str]) -> None:
    if sentences:
        raise FiguresDoubted(sentences)


@transaction.atomic
def lock_plans(table: PlanTable, *, actor: User | None, is_confirmed: bool = False) -> list[ScoreSheet]:
    """Lock the plans of all members that the table's reader may set; audited on each sheet, their people told.

    Answers the sheets locked. TransitionRefused when there is none, or a plan is missing where the
    formula needs it; FiguresDoubted as ``save_plans`` does.
    """
    members = [member for member in table.members if member.is_open]
    if not members:
        raise TransitionRefused("Không có kế hoạch nào bạn khóa được: phiếu chưa lập, đã khóa, hoặc đã thẩm định.")
    if lacking := [sentence for member in members if (sentence := lacking_words(table, member))]:
        raise TransitionRefused(f"Chưa khóa được, còn thiếu kế hoạch: {'; '.join(lacking)}. Hãy ghi đủ rồi khóa.")
    if not is_confirmed:
        refuse_doubted(doubts(table))
    return [lock_plan(member.sheet, actor) for member in members if member.sheet]


def doubts(table: PlanTable) -> list[str]:
    """All figures of the table that look like another unit of measure."""
    return [
        sentence
        for criterion, lines in table.rows
        for sentence in figures_asked_back(criterion, {line.member.label: line.plan for line in lines if line.assigned})
    ]


def lacking_words(table: PlanTable, member: PlanMember) -> str:
    """ "Sở Y tế (A2, A5)" for assigned criteria without the plan that their formula needs, or ""."""
    codes = [
        criterion.code
        for criterion in table.criteria
        if criterion.formula != Formula.RELATIVE
        and (line := table.line(criterion, member)).assigned
        and line.plan is None
    ]
    return f"{member.label} ({', '.join(codes)})" if codes else ""


def lock_plan(sheet: ScoreSheet, actor: User | None) -> ScoreSheet:
    row = locked(sheet)
    row.plan_locked_at = timezone.now()
    row.save(update_fields=["plan_locked_at"])
    audit.record(row, "Khóa kế hoạch", actor=actor, after={"plan_locked_at": row.plan_locked_at})
    notify(agency_people(row), f"{row}: kế hoạch của các tiêu chí định lượng đã khóa.", url=row.get_absolute_url())
    return row


@transaction.atomic
def unlock_plan(sheet: ScoreSheet, *, reason: str, actor: User | None) -> None:
    """Open the plans of one sheet again, saying why; audited. TransitionRefused when it is too late or not locked."""
    row = locked(sheet)
    if row.plan_locked_at is None:
        raise TransitionRefused("Kế hoạch này chưa khóa. Hãy tải lại trang.")
    if row.state not in PLANNING.states:
        raise TransitionRefused(
            f"Phiếu đang ở trạng thái «{row.get_state_display()}» nên không mở khóa kế hoạch được. "
            "Hãy trả lại phiếu trước."
        )
    if not tidy(reason):
        raise TransitionRefused("Hãy ghi lý do mở khóa kế hoạch.")
    before, row.plan_locked_at = row.plan_locked_at, None
    row.save(update_fields=["plan_locked_at"])
    change: dict[str, Any] = {"before": {"plan_locked_at": before}, "after": {"plan_locked_at": None}}
    audit.record(row, "Mở khóa kế hoạch", actor=actor, reason=tidy(reason), **change)
    sheet.refresh_from_db()


def reported_actuals(sheet: ScoreSheet, criteria: Collection[Node]) -> dict[int, Target]:
    """What the unit has reported to the pledge, by the criterion that it most likely measures; one query."""
    targets = list(
        Target.objects.filter(pledge__bloc_year=sheet.bloc_year_id, agency=sheet.agency_id, actual__isnull=False)
    )
    found = {node.id: suggested(node.name, node.unit, targets) for node in criteria}
    return {pk: target for pk, target in found.items() if target is not None}
