"""The one writer of a sheet's lines, for every step: own scores, appraisal, agreement, plans.

How to use it: name the cells and the states of a step as a ``cells.Step``, give ``save_cells`` the
cells that a person really changed, and as ``expected`` the version of each line as that person saw
it (``versions_of``, drawn into the page with the line). Whoever writes lines in another way takes
the sheet with ``locked``, raises ``version`` of each line it touches, and calls ``bump``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.cells import Step, cell_fault
from scoring.domain.frozen import refuse_frozen
from scoring.domain.tree import Node, load_tree
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.enums import SCORED_STATES
from scoring.models import ScoreLine, ScoreSheet

Entries = Mapping[int, Mapping[str, Any]]
# What was seen: the version of each line by criterion id (0 for a line that did not exist), or of the whole sheet.
Expected = Mapping[int, int] | int
HISTORY_READ = 200


@dataclass(frozen=True)
class Written:
    """What a step is about to store, for its last check: nothing has been saved yet."""

    sheet: ScoreSheet
    nodes: Mapping[int, Node]
    lines: tuple[ScoreLine, ...]


LastCheck = Callable[[Written], Mapping[str, str]]


def no_last_check(written: Written) -> Mapping[str, str]:
    return {}


@transaction.atomic
def save_cells(
    sheet: ScoreSheet,
    step: Step,
    *,
    entries: Entries,
    actor: User | None,
    expected: Expected,
    reason: str = "",
    action: str = "",
    last_check: LastCheck = no_last_check,
) -> ScoreSheet:
    """Write ``entries`` (criterion id → {cell: value}) at ``step``; one audit entry; sheet and lines age by one.

    The entry is called ``action``, or as the step is.

    All or nothing. Refuses with TransitionRefused outside the states of the step and of the year
    (``refuse_unscored``), StaleSheet when
    a named line (or, for a whole number, the sheet) was saved after the version that ``expected``
    tells, ScoreFaults by criterion code for what a cell or ``last_check`` does not allow. People
    who write different lines never stand in each other's way. A line whose cells hold the wanted
    values already is not stale: nothing would be lost.
    """
    row = locked(sheet)
    refuse_unscored(row.bloc_year_id)
    refuse_frozen(row.bloc_year_id)
    if row.state not in step.states:
        raise TransitionRefused(
            f"Phiếu đang ở trạng thái «{row.get_state_display()}» nên không thể «{step.action}». Hãy tải lại trang."
        )
    nodes = load_tree(row.criteria_set).leaf_by_id
    refuse(entry_faults(step, nodes, entries))
    lines = {line.criterion_id: line for line in ScoreLine.objects.filter(sheet=row, criterion__in=[*entries])}
    refuse_stale(row, nodes, lines, entries, expected)
    before, after = write_into(row, nodes, lines, entries)
    refuse(last_check(Written(row, nodes, tuple(lines[pk] for pk in entries))))
    if after:
        save_lines(lines, entries)
        bump(row)
        audit.record(row, action or step.action, actor=actor, before=before, after=after, reason=reason)
    sheet.refresh_from_db()
    return sheet


def refuse_unscored(bloc_year_id: int) -> None:
    """TransitionRefused when the bloc-year is not being scored: not begun, concluded, or handed over. One query."""
    year = BlocYear.objects.get(pk=bloc_year_id)
    if year.state not in SCORED_STATES:
        raise TransitionRefused(
            f"Năm thi đua đang ở trạng thái «{year.get_state_display()}» nên không ghi điểm được: "
            "chỉ ghi khi năm đang thực hiện hoặc đang chấm điểm. Năm đã tổng kết, đã bàn giao thì cần đề nghị "
            "cơ quan thường trực mở lại."
        )


def locked(sheet: ScoreSheet) -> ScoreSheet:
    """The row of ``sheet``, locked: every writer of its lines waits here for the one before."""
    return ScoreSheet.objects.select_for_update().get(pk=sheet.pk)


def bump(row: ScoreSheet) -> None:
    """The sheet is another one now: pages that were opened before are told."""
    row.version += 1
    row.save(update_fields=["version"])


def versions_of(sheet: ScoreSheet) -> dict[int, int]:
    """The version of each stored line by criterion id, as a page carries them; one query."""
    return dict(ScoreLine.objects.filter(sheet=sheet).order_by().values_list("criterion", "version"))


def refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise ScoreFaults(faults)


def refuse_stale(
    row: ScoreSheet, nodes: Mapping[int, Node], lines: Mapping[int, ScoreLine], entries: Entries, expected: Expected
) -> None:
    """StaleSheet when somebody saved what is about to be written over; it names the lines and who was first."""
    if isinstance(expected, int):
        if row.version != expected:
            raise StaleSheet(who_was_first(row))
        return
    stale = [
        nodes[pk].code
        for pk, values in entries.items()
        if (line := lines.get(pk)) is not None
        and line.version != expected.get(pk, 0)
        and any(getattr(line, name) != value for name, value in values.items())
    ]
    if stale:
        raise StaleSheet(who_was_first(row, stale), codes=stale)


def who_was_first(row: ScoreSheet, codes: list[str] | None = None) -> str:
    """Who changed the sheet, or these lines of it, meanwhile: from its history."""
    entries = islice(audit.entries_of(row), HISTORY_READ)
    touched = (entry for entry in entries if codes is None or names_a_line(entry.after, codes))
    entry = next(touched, None)
    at = f" lúc {timezone.localtime(entry.at):%H:%M ngày %d/%m/%Y}" if entry else ""
    who = entry.actor_name if entry else "Người khác"
    if codes is None:
        return f"{who} đã sửa phiếu này{at}, sau khi bạn mở trang. Hãy tải lại trang rồi nhập lại phần của bạn."
    return (
        f"{who} đã sửa tiêu chí {', '.join(codes)}{at}, sau khi bạn mở trang. Nội dung bạn gõ vẫn còn trên trang; "
        "hãy đối chiếu với bản đang lưu rồi bấm Lưu lần nữa nếu muốn giữ bản của bạn."
    )


def names_a_line(after: Mapping[str, Any], codes: list[str]) -> bool:
    """Whether an entry of the history wrote to one of these lines ("A1.actual", or "A1" alone)."""
    return any(key == code or key.startswith(f"{code}.") for key in after for code in codes)


def entry_faults(step: Step, nodes: Mapping[int, Node], entries: Entries) -> dict[str, str]:
    """Sentences by code; a criterion of another table is refused by its number."""
    faults: dict[str, str] = {}
    for pk, values in entries.items():
        node = nodes.get(pk)
        if node is None:
            faults[str(pk)] = "Tiêu chí này không thuộc bộ tiêu chí của phiếu. Hãy tải lại trang."
            continue
        sentences = [fault for name, value in values.items() if (fault := cell_fault(step, node, name, value))]
        if sentences:
            faults[node.code] = " ".join(sentences)
    return faults


def write_into(
    row: ScoreSheet, nodes: Mapping[int, Node], lines: dict[int, ScoreLine], entries: Entries
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the cells in memory, adding absent lines; the changed cells before and after, by code.name."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for pk, values in entries.items():
        line = lines.setdefault(pk, ScoreLine(sheet=row, criterion_id=pk))
        changed = {name: value for name, value in values.items() if getattr(line, name) != value}
        for name, value in changed.items():
            key = f"{nodes[pk].code}.{name}"
            before[key], after[key] = getattr(line, name), value
            setattr(line, name, value)
        line.version += 1 if changed else 0
    return before, after


def save_lines(lines: Mapping[int, ScoreLine], entries: Entries) -> None:
    for pk, values in entries.items():
        line = lines[pk]
        if line.pk is None:
            line.save(force_insert=True)
        elif values:
            line.save(update_fields=[*values, "version"])
