"""Appraisal by criterion or by sheet: everybody sees and writes the own lines alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import transaction

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import BlocYear
from blocs.tables.access import access_of
from scoring.domain.authority import Bodies, appraises, bodies_of, body_of, body_words, names_of
from scoring.domain.board import Board, SheetBoard, load_board
from scoring.domain.cells import APPRAISAL
from scoring.domain.computing import BLANK, RELATIVE, Entry, is_lateness
from scoring.domain.sheets import save_appraisal
from scoring.domain.tree import Node
from scoring.domain.unappraised import is_unappraised
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.writing import Entries
from scoring.models import Criterion, ScoreLine, ScoreSheet

Key = tuple[int, int]  # sheet id, criterion id
ACCEPT_REST = "Đồng ý với điểm tự chấm ở các dòng còn lại"


@dataclass(frozen=True)
class AppraisedLine:
    """One criterion on one sheet: what the unit and the cross-check say, and what is appraised so far."""

    sheet: ScoreSheet
    node: Node
    entry: Entry
    own: Decimal | None

    @property
    def key(self) -> Key:
        return self.sheet.pk, self.node.id

    @property
    def is_missing(self) -> bool:
        """The criterion waits for its appraiser here."""
        return is_unappraised(self.node, self.entry)

    @property
    def is_open(self) -> bool:
        """The sheet is in a state in which it is appraised, and nothing computes the line by itself."""
        return self.sheet.state in APPRAISAL.states and not is_lateness(self.node.leaf)

    def takes_own(self, typed: Mapping[str, Any]) -> bool:
        """The line stays blank with ``typed`` and its own points are known; those compared with the leader change."""
        if not self.is_open or self.own is None or self.node.formula == RELATIVE:
            return False
        points = typed.get("appraised_points", self.entry.appraised_points)
        return points is None and bool(typed.get("assigned", self.entry.assigned))


@dataclass(frozen=True)
class CriterionWork:
    """A criterion that somebody appraises, with its lines on all sent sheets."""

    node: Node
    lines: tuple[AppraisedLine, ...]

    @property
    def done(self) -> int:
        return sum(not line.is_missing for line in self.lines)


@dataclass(frozen=True)
class SheetWork:
    """A sent sheet with the lines that somebody appraises on it."""

    sheet: ScoreSheet
    lines: tuple[AppraisedLine, ...]

    @property
    def done(self) -> int:
        return sum(not line.is_missing for line in self.lines)


@dataclass(frozen=True)
class Appraisal:
    """What one person appraises in one bloc-year; without a criteria set nothing."""

    board: Board | None
    bodies: Bodies
    lines: Mapping[Key, AppraisedLine]

    @cached_property
    def criteria(self) -> tuple[CriterionWork, ...]:
        """By criterion, in document order."""
        nodes = self.board.tree.leaves if self.board else ()
        found = ((node, tuple(line for line in self.lines.values() if line.node is node)) for node in nodes)
        return tuple(CriterionWork(node, lines) for node, lines in found if lines)

    @cached_property
    def sheets(self) -> tuple[SheetWork, ...]:
        """By sheet, in the members' order."""
        boards = self.board.sheets if self.board else ()
        found = ((each.sheet, self.of_sheet(each.sheet.pk)) for each in boards)
        return tuple(SheetWork(sheet, lines) for sheet, lines in found if lines)

    def of_sheet(self, sheet_id: int) -> tuple[AppraisedLine, ...]:
        return tuple(line for (pk, _), line in self.lines.items() if pk == sheet_id)

    def of_criterion(self, criterion_id: int) -> tuple[AppraisedLine, ...]:
        return tuple(line for (_, pk), line in self.lines.items() if pk == criterion_id)


def load_appraisal(bloc_year: BlocYear, user: User) -> Appraisal:
    """The lines of sent sheets that ``user`` appraises in ``bloc_year``; at most six queries."""
    board, bodies = load_board(bloc_year), bodies_of(bloc_year)
    lines = {line.key: line for each in board.sheets for line in lines_of(board, bodies, each, user)} if board else {}
    return Appraisal(board, bodies, lines)


def lines_of(board: Board, bodies: Bodies, each: SheetBoard, user: User) -> Iterable[AppraisedLine]:
    access = access_of(user)
    if each.sheet.criteria_set_id != board.criteria_set.pk:
        return
    for node in board.tree.leaves:
        if not is_lateness(node.leaf) and appraises(access, bodies, each.sheet.agency_id, node):
            entry = each.lines.get(node.code, BLANK)
            yield AppraisedLine(each.sheet, node, entry, each.computed[node.code].points)


def stored_lines(lines: Iterable[AppraisedLine]) -> dict[Key, ScoreLine]:
    """The rows behind the lines of a page, for their reasons, answers and versions; one query."""
    keys = [line.key for line in lines]
    rows = ScoreLine.objects.filter(sheet__in={sheet for sheet, _ in keys}, criterion__in={pk for _, pk in keys})
    return {(row.sheet_id, row.criterion_id): row for row in rows}


def appraiser_names(appraisal: Appraisal) -> dict[int, str]:
    """By criterion id, who appraises it; one query."""
    leaves = appraisal.board.tree.leaves if appraisal.board else ()
    names = names_of(leaves)
    return {node.id: body_words(node, names) for node in leaves if body_of(appraisal.bodies, node) is not None}


class AppraisalRefused(TransitionRefused):
    """Nothing was saved. ``faults`` holds sentences by line; ``is_stale`` that somebody was first."""

    def __init__(self, message: str, faults: Mapping[Key, str], *, is_stale: bool) -> None:
        self.faults = dict(faults)
        self.is_stale = is_stale
        super().__init__(message)


@transaction.atomic
def save_appraisals(
    sheets: Mapping[int, ScoreSheet],
    *,
    entries: Mapping[int, Entries],
    expected: Mapping[int, Mapping[int, int]],
    actor: User | None,
    action: str = "",
) -> int:
    """Write the appraised lines of several sheets, all or nothing; how many lines there were.

    ``entries`` and ``expected`` by sheet id, as ``save_appraisal`` takes them; one audit entry a sheet,
    called ``action`` or as the step is. AppraisalRefused names every faulty line of every sheet, or
    who saved a line first.
    """
    faults: dict[Key, str] = {}
    first = ""
    for pk in sorted(entries):
        try:
            seen = expected.get(pk, {})
            save_appraisal(sheets[pk], entries=entries[pk], actor=actor, expected=seen, action=action)
        except StaleSheet as stale:
            first = first or f"{sheets[pk].agency.label}: {stale}"
            faults |= located(sheets[pk], dict.fromkeys(stale.codes, "Người khác vừa lưu dòng này."))
        except ScoreFaults as wrong:
            faults |= located(sheets[pk], wrong.faults)
    if first or faults:
        message = first or f"Chưa lưu: {len(faults)} dòng cần sửa, xem câu nhắc ở từng dòng."
        raise AppraisalRefused(message, faults, is_stale=bool(first))
    return sum(len(each) for each in entries.values())


def accept_rest(
    lines: Iterable[AppraisedLine],
    *,
    typed: Mapping[Key, Mapping[str, Any]],
    seen: Mapping[Key, int],
    actor: User | None,
) -> int:
    """Save what was typed, and give the lines that stay blank the unit's own points; how many of these there were.

    ``typed``: the changed cells by line. ``seen``: the version of each line that the page drew; no
    other is touched. Refuses as ``save_appraisals`` does, all or nothing.
    """
    by_key = {line.key: line for line in lines if line.key in seen}
    rest = {key: {"appraised_points": line.own} for key, line in by_key.items() if line.takes_own(typed.get(key, {}))}
    wanted = {key: {**typed.get(key, {}), **rest.get(key, {})} for key in by_key if key in typed or key in rest}
    save_appraisals(
        {pk: line.sheet for (pk, _), line in by_key.items()},
        entries=per_sheet(wanted),
        expected=per_sheet({key: seen[key] for key in wanted}),
        actor=actor,
        action=ACCEPT_REST if rest else "",
    )
    return len(rest)


def per_sheet(values: Mapping[Key, Any]) -> dict[int, dict[int, Any]]:
    """What is known by line, by sheet id and criterion id."""
    found: dict[int, dict[int, Any]] = {}
    for (sheet_id, criterion_id), value in values.items():
        found.setdefault(sheet_id, {})[criterion_id] = value
    return found


def located(sheet: ScoreSheet, faults: Mapping[str, str]) -> dict[Key, str]:
    """Sentences by criterion code of ``sheet`` as sentences by line; what is no line of it by 0."""
    rows = Criterion.objects.filter(criteria_set=sheet.criteria_set_id, code__in=[*faults])
    ids = dict(rows.values_list("code", "pk"))
    return {(sheet.pk, ids.get(code, 0)): sentence for code, sentence in faults.items()}
