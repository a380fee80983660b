"""Who is behind with the scores of a bloc-year, step by step and unit by unit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from blocs.models import Agency, BlocYear
from scoring.domain.computing import BLANK
from scoring.domain.ranking import Row, Table
from scoring.domain.unappraised import is_unappraised
from scoring.enums import SheetState
from scoring.models import CrossCheck

UNSENT, NO_SHEET = "Chưa gửi phiếu", "chưa lập phiếu"
SENT = (SheetState.SUBMITTED, SheetState.CROSS_CHECKED)


@dataclass(frozen=True)
class Wait:
    """One unit that a step waits for; ``detail`` says what of it. ``sheet_id`` is None without a sheet."""

    agency: Agency
    detail: str = ""
    sheet_id: int | None = None

    def __str__(self) -> str:
        return f"{self.agency.label} ({self.detail})" if self.detail else self.agency.label


@dataclass(frozen=True)
class Behind:
    """A step of the procedure with those who have not done it."""

    name: str
    waits: tuple[Wait, ...]


def outstanding(bloc_year: BlocYear, table: Table) -> list[Behind]:
    """Every step that somebody is behind with, in the order of the steps; two queries.

    For those who run the bloc: names of units and counts of lines, no points.
    """
    if table.criteria_set is None:
        return []
    checkers = open_checkers(table)
    steps = (
        Behind(UNSENT, tuple(unsent_waits(bloc_year, table))),
        Behind(
            "Chưa chấm chéo xong",
            tuple(
                wait_of(row, f"{', '.join(checkers[row.standing.sheet_id])} chấm")
                for row in in_state(table, SheetState.SUBMITTED)
                if row.standing.sheet_id in checkers
            ),
        ),
        Behind("Chưa thẩm định xong", tuple(wait_of(row, unappraised(row)) for row in in_state(table, *SENT))),
        Behind("Đang giải trình", tuple(map(wait_of, in_state(table, SheetState.EXPLANATION)))),
        Behind("Chưa thống nhất điểm", tuple(map(wait_of, in_state(table, SheetState.APPRAISED)))),
    )
    return [step for step in steps if step.waits]


def unsent_waits(bloc_year: BlocYear, table: Table) -> Iterator[Wait]:
    """Members whose sheet is a draft or was never opened, in the bloc's order; one query."""
    sent = {row.standing.agency.pk for row in table.rows}
    drafts = {sheet.agency_id for sheet in table.drafts}
    columns = ("bloc_year", "position", "agency__name", "agency__short_name")
    rows = bloc_year.memberships.select_related("agency").only(*columns).order_by()
    for each in sorted(rows, key=lambda each: (each.position, each.pk)):
        if each.agency_id not in sent:
            yield Wait(each.agency, "đang soạn" if each.agency_id in drafts else NO_SHEET)


def open_checkers(table: Table) -> dict[int, list[str]]:
    """Labels of the members that have not finished a cross-check, by sheet id; one query."""
    ids = [row.standing.sheet_id for row in in_state(table, SheetState.SUBMITTED)]
    found: dict[int, list[str]] = defaultdict(list)
    rows = CrossCheck.objects.filter(sheet__in=ids, done_at=None).select_related("checker").order_by()
    for check in sorted(rows, key=lambda check: (check.checker.sort_key, check.pk)):
        found[check.sheet_id].append(check.checker.label)
    return found


def in_state(table: Table, *states: str) -> list[Row]:
    """The rows in one of ``states``, by name of the unit: who is behind says nothing about ranks."""
    rows = [row for row in table.rows if row.state in states]
    return sorted(rows, key=lambda row: (row.standing.agency.sort_key, row.standing.sheet_id))


def wait_of(row: Row, detail: str = "") -> Wait:
    return Wait(row.standing.agency, detail, row.standing.sheet_id)


def unappraised(row: Row) -> str:
    """How many lines stand in the way of «Xác nhận đã thẩm định»."""
    lines = row.source.lines
    left = sum(is_unappraised(node, lines.get(node.code, BLANK)) for node in row.tree.leaves)
    return f"còn {left} tiêu chí" if left else ""
