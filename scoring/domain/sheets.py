"""Verbs on score sheets: open, fill in, appraise, agree, publish."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import Agency, BlocYear
from scoring.domain.authority import foreign_faults
from scoring.domain.board import load_sheet
from scoring.domain.cells import AGREEMENT, APPRAISAL, SELF, Step, reason_fault
from scoring.domain.computing import Leaf, is_lateness
from scoring.domain.criteria import effective_set
from scoring.domain.deadlines import refuse_after_deadline
from scoring.domain.frozen import refuse_frozen
from scoring.domain.totals import BASE, section_of
from scoring.domain.tree import Node, Tree, load_tree
from scoring.domain.writing import Entries, Expected, LastCheck, Written, bump, locked, refuse, save_cells
from scoring.enums import CriterionKind, Formula, SetState, SheetState
from scoring.models import ScoreLine, ScoreSheet

WHY_NOT_ASSIGNED = "Hãy ghi ở ô Giải trình vì sao đơn vị không được giao tiêu chí này."


def missing_codes(sheet: ScoreSheet, column: str) -> list[str]:
    """Codes of the lines that still need a value in ``column`` (``self_points`` …), in document order.

    Quantitative lines need plan (not relative-to-leader) and actual, a choice its level, count and
    minus their times or points: those satisfy every column. Bonus and deduction are due only in a
    later column, once the unit gave itself points: year files are read by this, the steps of the
    lifecycle ask ``unappraised_codes`` and ``unagreed_codes``.
    """
    tree = load_tree(sheet.criteria_set)
    return missing_in(tree, ScoreLine.objects.filter(sheet=sheet), column)


def missing_in(tree: Tree, stored: Iterable[ScoreLine], column: str) -> list[str]:
    """``missing_codes`` of a sheet with the lines ``stored``, of criteria of ``tree``."""
    return [
        node.code
        for node, line in missing_lines(tree, stored, column)
        if section_of(node.leaf) == BASE or line.self_points is not None
    ]


def unagreed_codes(sheet: ScoreSheet) -> list[str]:
    """Codes of the lines that still need agreed points, whoever claimed them; two queries."""
    tree = load_tree(sheet.criteria_set)
    return [node.code for node, _ in missing_lines(tree, ScoreLine.objects.filter(sheet=sheet), AGREEMENT.column)]


def missing_lines(tree: Tree, stored: Iterable[ScoreLine], column: str) -> list[tuple[Node, ScoreLine]]:
    """The lines, as stored or blank, that need a value in ``column``, in document order."""
    lines = {line.criterion_id: line for line in stored}
    found = [(node, lines.get(node.id) or ScoreLine()) for node in tree.leaves]
    return [(node, line) for node, line in found if is_missing(node, line, column)]


def is_missing(node: Node, line: ScoreLine, column: str) -> bool:
    return line.assigned and lacks(node.leaf, line, column)


def lacks(leaf: Leaf, line: ScoreLine, column: str) -> bool:
    """Whether an assigned line still needs a value in ``column``."""
    if getattr(line, column) is not None or is_lateness(leaf):
        return False
    if leaf.kind == CriterionKind.QUANTITATIVE:
        return line.actual is None or (leaf.formula != Formula.RELATIVE and line.plan is None)
    if leaf.kind == CriterionKind.CHOICE:
        return not line.level
    if section_of(leaf) != BASE:
        return column != "self_points" and is_claimed(leaf, line, column)
    if leaf.kind in (CriterionKind.COUNT, CriterionKind.MINUS):
        return line.times is None
    return True


def is_claimed(leaf: Leaf, line: ScoreLine, column: str) -> bool:
    """A bonus or deduction has points or a counted number of times; for the agreed column also from a checker."""
    if line.self_points is not None or (leaf.per is not None and line.times is not None):
        return True
    return column == AGREEMENT.column and (line.cross_points is not None or line.appraised_points is not None)


@transaction.atomic
def open_sheets(bloc_year: BlocYear, *, actor: User | None) -> list[ScoreSheet]:
    """One sheet for each member that has none, under the open criteria set; returns the new ones.

    Audited on each sheet. TransitionRefused while no criteria set is open.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    criteria_set = effective_set(bloc_year)
    if criteria_set is None or criteria_set.state != SetState.OPEN:
        raise TransitionRefused("Chưa có bộ tiêu chí đang áp dụng. Hãy đưa bộ tiêu chí vào áp dụng trước.")
    present = set(ScoreSheet.objects.filter(bloc_year=bloc_year).values_list("agency_id", flat=True))
    created = []
    for member in bloc_year.memberships.exclude(agency__in=present).select_related("agency").in_order():
        sheet = ScoreSheet.objects.create(bloc_year=bloc_year, criteria_set=criteria_set, agency=member.agency)
        audit.record(sheet, "Mở phiếu chấm điểm", actor=actor, after={"state": sheet.state})
        created.append(sheet)
    return created


@transaction.atomic
def save_self(
    sheet: ScoreSheet, *, entries: Entries, actor: User | None, expected: Expected, today: date | None = None
) -> ScoreSheet:
    """Write the unit's own cells while the sheet is a draft and its deadline has not passed.

    ``entries``: criterion id → {assigned, actual, level, times, self_points, explanation}; only the
    named cells are touched, None is blank. The plan is not the unit's to write (``plans``). All or
    nothing: ScoreFaults by code, StaleSheet when somebody saved after ``expected`` (see ``writing``),
    TransitionRefused in another state or after the deadline of ``deadlines``.
    """
    refuse_after_deadline(sheet, today=today or timezone.localdate())
    return save_cells(sheet, SELF, entries=entries, actor=actor, expected=expected, last_check=unassigned_faults)


def unassigned_faults(written: Written) -> dict[str, str]:
    """A line that the unit says was not assigned to it leaves the maximum: it must say why."""
    return {
        written.nodes[line.criterion_id].code: WHY_NOT_ASSIGNED
        for line in written.lines
        if not line.assigned and not line.explanation.strip()
    }


def save_appraisal(
    sheet: ScoreSheet, *, entries: Entries, actor: User | None, expected: Expected, action: str = ""
) -> ScoreSheet:
    """Write {assigned, appraised_points, appraisal_reason}; a reason is due where it differs from the self value.

    Refuses as ``save_self`` does, and lines that ``actor`` does not appraise (``authority``).
    """
    refuse(foreign_faults(sheet, entries, actor))
    check = reason_faults(APPRAISAL)
    return save_cells(
        sheet, APPRAISAL, entries=entries, actor=actor, expected=expected, action=action, last_check=check
    )


def save_agreed(
    sheet: ScoreSheet, *, entries: Entries, actor: User | None, expected: Expected, action: str = ""
) -> ScoreSheet:
    """Write {agreed_points, reason}; a reason is due where it differs from what stood before it.

    Refuses as ``save_self`` does.
    """
    check = reason_faults(AGREEMENT)
    return save_cells(
        sheet, AGREEMENT, entries=entries, actor=actor, expected=expected, action=action, last_check=check
    )


def reason_faults(step: Step) -> LastCheck:
    """The last check of a step at which a score that differs from the one before it needs a reason."""

    def check(written: Written) -> dict[str, str]:
        row, nodes = written.sheet, written.nodes
        computed = load_sheet(row)[1].computed if written.lines else {}
        faults = {}
        for line in written.lines:
            code = nodes[line.criterion_id].code
            own: Decimal | None = computed[code].points if code in computed else line.self_points
            if fault := reason_fault(step, line, own):
                faults[code] = fault
        return faults

    return check


JUDGED_POINTS = ("cross_points", "appraised_points", "agreed_points", "answered_points")
JUDGED_WORDS = ("cross_reason", "appraisal_reason", "reason", "answer")


@transaction.atomic
def drop_judgements(sheet: ScoreSheet, *, actor: User | None) -> None:
    """Clear what others gave and why, so that the agency's own points count again; one audit entry keeps it all.

    For the return of a sheet alone: a reason that stayed would excuse a different score next time.
    """
    row = locked(sheet)
    before: dict[str, Any] = {}
    for line in ScoreLine.objects.filter(sheet=row).select_related("criterion").order_by("pk"):
        names = (*JUDGED_POINTS, *JUDGED_WORDS)
        held = {name: value for name in names if (value := getattr(line, name)) not in (None, "")}
        if not held:
            continue
        before |= {f"{line.criterion.code}.{name}": value for name, value in held.items()}
        for name in held:
            setattr(line, name, "" if name in JUDGED_WORDS else None)
        line.version += 1
        line.save(update_fields=[*held, "version"])
    if before:
        bump(row)
        audit.record(row, "Xóa điểm thẩm định khi trả lại", actor=actor, before=before, after=dict.fromkeys(before))


@transaction.atomic
def record_lateness(sheet: ScoreSheet, *, code: str, days: int | None, actor: User | None) -> None:
    """Write the days late of a lateness deduction, as the rounds' records tell them; audited.

    For the rooms that keep those records, never for a form. KeyError when ``code`` is no such line.
    """
    row = locked(sheet)
    nodes = {node.code: node for node in load_tree(row.criteria_set).leaves if is_lateness(node.leaf)}
    line, _ = ScoreLine.objects.get_or_create(sheet=row, criterion_id=nodes[code].id)
    if line.times == days:
        return
    before, line.times = line.times, days
    line.version += 1
    line.save(update_fields=["times", "version"])
    bump(row)
    audit.record(row, "Ghi số ngày chậm", actor=actor, before={code: before}, after={code: days})
    sheet.refresh_from_db()


@transaction.atomic
def set_women_70(sheet: ScoreSheet, *, value: bool | None, actor: User | None) -> None:
    """Say whether at least 70 % of the collective are women (NĐ 152/2025, Điều 4.6); audited."""
    row = locked(sheet)
    refuse_frozen(row.bloc_year_id)
    before, row.women_70 = row.women_70, value
    row.save(update_fields=["women_70"])
    audit.record_change(row, "Ghi tỷ lệ nữ", actor=actor, before={"women_70": before}, after={"women_70": value})
    sheet.refresh_from_db()


@dataclass(frozen=True)
class Unsent:
    """A member whose sheet has not been sent: still a draft, or not even opened."""

    agency: Agency
    is_opened: bool

    def __str__(self) -> str:
        return f"{self.agency.label} ({'đang soạn' if self.is_opened else 'chưa lập phiếu'})"


def unsent(bloc_year: BlocYear) -> list[Unsent]:
    """Members without a sent sheet, in the bloc's order; one query. Says nothing about points."""
    sheets = ScoreSheet.objects.filter(bloc_year=bloc_year, agency=OuterRef("agency"))
    sent = Exists(sheets.exclude(state=SheetState.DRAFT))
    members = bloc_year.memberships.filter(~sent).annotate(is_opened=Exists(sheets)).select_related("agency")
    return [Unsent(each.agency, each.is_opened) for each in members.in_order()]  # type: ignore[attr-defined]


@transaction.atomic
def publish_scores(bloc_year: BlocYear, *, actor: User | None, confirm: bool = False) -> None:
    """Open the scores to all members, audited on the bloc-year.

    Refused without a sent sheet, twice, or while a member has not sent its sheet unless ``confirm``.
    """
    row = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if row.scores_published_at is not None:
        raise TransitionRefused("Điểm đã được công bố. Hãy tải lại trang.")
    if not ScoreSheet.objects.filter(bloc_year=row).exclude(state=SheetState.DRAFT).exists():
        raise TransitionRefused("Chưa có đơn vị nào gửi phiếu chấm nên chưa thể công bố điểm.")
    waiting = unsent(row)
    if waiting and not confirm:
        raise TransitionRefused(
            f"Chưa gửi phiếu chấm điểm: {', '.join(map(str, waiting))}. "
            "Hãy đợi các đơn vị gửi, hoặc đánh dấu «Vẫn công bố» rồi công bố lại."
        )
    row.scores_published_at = timezone.now()
    row.save(update_fields=["scores_published_at"])
    audit.record(row, "Công bố điểm", actor=actor, after={"scores_published_at": row.scores_published_at})
    bloc_year.refresh_from_db()


@transaction.atomic
def withdraw_publication(bloc_year: BlocYear, *, reason: str, actor: User | None) -> None:
    """Close the scores to members again; a reason is due; audited on the bloc-year."""
    row = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if row.scores_published_at is None:
        raise TransitionRefused("Điểm chưa được công bố.")
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do thu hồi công bố điểm.")
    before, row.scores_published_at = row.scores_published_at, None
    row.save(update_fields=["scores_published_at"])
    audit.record(
        row,
        "Thu hồi công bố điểm",
        actor=actor,
        before={"scores_published_at": before},
        after={"scores_published_at": None},
        reason=reason.strip(),
    )
    bloc_year.refresh_from_db()
