"""The table of a score sheet as a form: one row a criterion, only the cells of the present step.

Each line carries what its page drew (``seen``: version and cells), so that a person writes over
what was changed there alone: untouched cells of a page that has grown old are never sent back.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField

from blocs.models import Target
from khoithidua.web.numbers import parse_people_number, plain_number
from khoithidua.web.text import without_controls
from scoring.domain.cells import Step
from scoring.domain.computing import is_counted_claim, is_lateness, levels_of
from scoring.domain.ranking import Cell
from scoring.domain.tree import Node, Tree
from scoring.models import ScoreLine

COLUMNS = {field.name: field for field in ScoreLine._meta.fields if field.name not in ("id", "sheet", "criterion")}
NUMBERS = tuple(name for name, field in COLUMNS.items() if isinstance(field, DecimalField))
WORDS = {name: str(field.verbose_name) for name, field in COLUMNS.items()}
UNREAD = object()
LONGEST_SEEN = 300_000
WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class SheetRow:
    """One criterion on the page: what stands, what was typed, what is wrong with it.

    ``seen`` goes with the row and comes back with what was typed; ``evidence`` counts files and links.
    """

    node: Node
    cell: Cell | None
    typed: Mapping[str, str]
    assigned: bool
    seen: str = ""
    fault: str = ""
    evidence: int = 0
    reported: Target | None = None

    @property
    def levels(self) -> list[str]:
        return [str(level.get("name")) for level in levels_of(self.node.options)]

    @property
    def is_automatic(self) -> bool:
        """Nobody fills it in: it follows from the days late."""
        return is_lateness(self.node.leaf)

    @property
    def takes_self_points(self) -> bool:
        """The unit types the points itself: they do not follow from figures, a level or days late."""
        computed = self.is_automatic or self.is_counted_claim
        return self.node.kind not in ("quantitative", "choice") and not computed

    @property
    def is_counted_claim(self) -> bool:
        """A bonus or deduction whose points follow from the number of times."""
        return is_counted_claim(self.node.leaf)

    @property
    def takes_times(self) -> bool:
        """The unit says how often or how many."""
        return self.node.kind in ("count", "minus") or self.is_counted_claim

    @property
    def figures(self) -> str:
        """What the points follow from, in words for a reader."""
        typed = self.typed
        if self.is_automatic:
            return "tính tự động từ số ngày chậm" + (f": {typed['times']} ngày" if typed["times"] else "")
        if not self.assigned:
            return "Không được giao"
        if self.node.kind == "quantitative":
            return f"{typed['actual'] or 'chưa có'} / {typed['plan'] or 'chưa có'}"
        if typed["level"]:
            return f"Mức {typed['level']}"
        return f"{typed['times']} lần" if typed["times"] else ""

    @property
    def own(self) -> str:
        """The unit's own points for a reader: typed, else computed."""
        if self.typed["self_points"] and not self.is_counted_claim:
            return self.typed["self_points"]
        computed = self.cell.computed if self.cell else None
        return "–" if computed is None else plain_number(computed)

    @property
    def texts(self) -> list[str]:
        """What unit and appraisers wrote, each under its name."""
        named = (
            ("", self.typed["explanation"]),
            ("Lý do thẩm định khác: ", self.typed["appraisal_reason"]),
            ("Đơn vị giải trình: ", self.typed["answer"]),
            ("Lý do: ", self.typed["reason"]),
        )
        return [f"{name}{text}" for name, text in named if text]


def shown(value: Any) -> str:
    """A stored value as its input shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    return plain_number(value) if isinstance(value, Decimal | int) else str(value)


def told(value: Any) -> str:
    """A stored value in a sentence."""
    if isinstance(value, bool):
        return "có" if value else "không"
    return shown(value) or "(trống)"


def seen_of(line: ScoreLine) -> str:
    """What a page drew of a line, to come back with what was typed: version and cells, blank ones left out."""
    cells = {name: text for name in COLUMNS if name != "version" and (text := shown(getattr(line, name)))}
    return json.dumps([line.version, cells], ensure_ascii=False)


def read_seen(text: str) -> tuple[int, dict[str, str]] | None:
    """The version and the cells of ``seen_of``; None for anything else, as what is longer than a line can be."""
    if len(text) > LONGEST_SEEN:
        return None
    try:
        version, cells = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
    if type(version) is not int or not isinstance(cells, dict):
        return None
    return version, {str(name): str(value) for name, value in cells.items()}


def parse_cell(name: str, text: str) -> Any:
    """The value of one cell. ValueError with a sentence when it cannot be read."""
    if name in NUMBERS:
        return parse_people_number(text)
    if name == "times":
        return parse_count(text.strip())
    if name == "assigned":
        return bool(text)
    return without_controls(text).replace("\r\n", "\n").strip()


def parse_count(text: str) -> int | None:
    """How many times; blank is None. ValueError with a sentence on anything but a short row of digits."""
    if not text:
        return None
    if not WHOLE.fullmatch(text):
        raise ValueError(f"«{text[:30]}» không phải là số nguyên không âm. Hãy ghi số lần, ví dụ 3.")
    return int(text)


class SheetInput:
    """What was posted for the leaves of ``tree`` at ``step``; only changed cells become entries.

    ``expected`` holds the version of each line as its writer saw it. A posted cell that is not of this
    step (a forged plan) becomes an entry too: the domain refuses it in a sentence.
    """

    def __init__(
        self, tree: Tree, step: Step, lines: Mapping[int, ScoreLine], data: Mapping[str, str], *, is_fresh: bool = True
    ) -> None:
        self.tree = tree
        self.entries: dict[int, dict[str, Any]] = {}
        self.expected: dict[int, int] = {}
        self.faults: dict[str, str] = {}
        self.typed: dict[int, dict[str, str]] = {}
        self.stored: dict[str, dict[str, Any]] = {}
        self.is_fresh = is_fresh
        for node in tree.leaves:
            if f"c{node.id}" in data:
                self.read_line(node, step, lines.get(node.id) or ScoreLine(), data)

    def read_line(self, node: Node, step: Step, line: ScoreLine, data: Mapping[str, str]) -> None:
        seen = read_seen(data.get(f"c{node.id}-seen", ""))
        self.expected[node.id] = seen[0] if seen else line.version if self.is_fresh else -1
        self.typed[node.id] = {}
        forged = [name for name in COLUMNS if name not in step.fields and f"c{node.id}-{name}" in data]
        changed = {}
        for name in (*step.fields, *forged):
            value = self.read_cell(node, name, data, seen[1].get(name, "") if seen else None)
            if value is not UNREAD and value != getattr(line, name):
                changed[name] = value
        if changed:
            self.entries[node.id] = changed
            self.stored[node.code] = {name: getattr(line, name) for name in changed}

    def read_cell(self, node: Node, name: str, data: Mapping[str, str], seen: str | None) -> Any:
        """The value of a cell, UNREAD when it was not drawn, not touched or cannot be read; the fault is kept.

        An unticked box posts nothing: «not assigned» is believed only of a page that says it drew the box.
        """
        key = f"c{node.id}-{name}"
        if f"{key}-shown" in data:
            text = "" if f"c{node.id}-not-assigned" in data else "1"
        elif key in data:
            text = str(data[key])
        else:
            return UNREAD
        try:
            value = parse_cell(name, text)
            if seen is not None and value == parse_cell(name, seen):
                return UNREAD
        except ValueError as fault:
            self.faults[node.code] = f"{self.faults.get(node.code, '')} {fault}".strip()
            value = UNREAD
        self.typed[node.id][name] = text
        return value

    def differences(self, codes: Collection[str] = ()) -> dict[str, str]:
        """By code, what is stored now where something else was typed: for who saved second."""
        return {
            code: f"Bản đang lưu: {', '.join(f'{WORDS[name]} {told(value)}' for name, value in cells.items())}. "
            "Bấm Lưu phiếu lần nữa nếu muốn giữ bản của bạn ở dòng này."
            for code, cells in self.stored.items()
            if not codes or code in codes
        }


@dataclass(frozen=True)
class Extras:
    """What a row shows beside its cells, by criterion id: sentences by code, counts, reported figures."""

    faults: Mapping[str, str]
    evidence: Mapping[int, int]
    reported: Mapping[int, Target]


NO_EXTRAS = Extras({}, {}, {})


def rows_of(
    tree: Tree,
    lines: Mapping[int, ScoreLine],
    cells: Mapping[str, Cell],
    *,
    posted: SheetInput | None = None,
    extras: Extras = NO_EXTRAS,
) -> list[SheetRow]:
    """The rows of the page in document order; what was typed wins over what is stored."""
    rows = []
    for node in tree.nodes:
        line = lines.get(node.id) or ScoreLine()
        stored = {name: shown(getattr(line, name)) for name in COLUMNS}
        typed = posted.typed.get(node.id, {}) if posted else {}
        rows.append(
            SheetRow(
                node,
                cells.get(node.code),
                stored | typed,
                bool(typed.get("assigned", line.assigned)),
                "" if node.is_group else seen_of(line),
                extras.faults.get(node.code, ""),
                extras.evidence.get(node.id, 0),
                None if line.actual is not None else extras.reported.get(node.id),
            )
        )
    return rows
