"""The table of a score sheet as a form: one row a criterion, only the cells of the present step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from khoithidua.web.numbers import parse_people_number, plain_number
from khoithidua.web.text import nfc
from scoring.domain.cells import Step
from scoring.domain.computing import BLANK, Entry, is_lateness, levels_of
from scoring.domain.ranking import Cell
from scoring.domain.tree import Node, Tree
from scoring.models import ScoreLine

NUMBERS = ("plan", "actual", "self_points", "appraised_points", "agreed_points")
UNREAD = object()
WHOLE = re.compile(r"[0-9]{1,9}")

WORDS = {
    name: str(getattr(ScoreLine._meta.get_field(name), "verbose_name", name))
    for name in (*NUMBERS, "times", "level", "explanation", "reason", "assigned")
}


@dataclass(frozen=True)
class SheetRow:
    """One criterion on the page: what stands, what was typed, what is wrong with it."""

    node: Node
    cell: Cell | None
    typed: Mapping[str, str]
    assigned: bool
    fault: str = ""

    @property
    def levels(self) -> list[str]:
        return [str(level.get("name")) for level in levels_of(self.node.options)]

    @property
    def is_automatic(self) -> bool:
        """Nobody fills it in: it follows from the days late."""
        return is_lateness(self.node.leaf)


def shown(value: Any) -> str:
    """A stored value as its input shows it."""
    if value is None:
        return ""
    return plain_number(value) if isinstance(value, Decimal | int) else str(value)


def told(value: Any) -> str:
    """A stored value in a sentence."""
    if isinstance(value, bool):
        return "có" if value else "không"
    return shown(value) or "(trống)"


def parse_cell(name: str, text: str) -> Any:
    """The value of one cell. ValueError with a sentence when it cannot be read."""
    if name in NUMBERS:
        return parse_people_number(text)
    if name == "times":
        return parse_count(text.strip())
    return nfc(text).strip()


def parse_count(text: str) -> int | None:
    """How many times; blank is None. ValueError with a sentence on anything but a short row of digits."""
    if not text:
        return None
    if not WHOLE.fullmatch(text):
        raise ValueError(f"«{text[:30]}» không phải là số nguyên không âm. Hãy ghi số lần, ví dụ 3.")
    return int(text)


class SheetInput:
    """What was posted for the leaves of ``tree`` at ``step``; only changed cells become entries."""

    def __init__(self, tree: Tree, step: Step, lines: Mapping[int, ScoreLine], data: Mapping[str, str]) -> None:
        self.tree = tree
        self.entries: dict[int, dict[str, Any]] = {}
        self.faults: dict[str, str] = {}
        self.typed: dict[int, dict[str, str]] = {}
        self.stored: dict[str, dict[str, Any]] = {}
        for node in tree.leaves:
            self.read_line(node, step, lines.get(node.id) or ScoreLine(), data)

    def read_line(self, node: Node, step: Step, line: ScoreLine, data: Mapping[str, str]) -> None:
        if f"c{node.id}" not in data:
            return
        self.typed[node.id] = {}
        changed = {
            name: value
            for name in step.fields
            if (value := self.read_cell(node, name, data)) is not UNREAD and value != getattr(line, name)
        }
        if changed:
            self.entries[node.id] = changed
            self.stored[node.code] = {name: getattr(line, name) for name in changed}

    def read_cell(self, node: Node, name: str, data: Mapping[str, str]) -> Any:
        """The value of a cell, UNREAD when the page did not draw it or it cannot be read; the fault is kept.

        An unticked box posts nothing: «not assigned» is believed only of a page that says it drew the box.
        """
        key = f"c{node.id}-{name}"
        if name == "assigned":
            if f"{key}-shown" not in data:
                return UNREAD
            assigned = f"c{node.id}-not-assigned" not in data
            self.typed[node.id][name] = "1" if assigned else ""
            return assigned
        if key not in data:
            return UNREAD
        self.typed[node.id][name] = str(data[key])
        try:
            return parse_cell(name, str(data[key]))
        except ValueError as fault:
            self.faults[node.code] = f"{self.faults.get(node.code, '')} {fault}".strip()
            return UNREAD

    def differences(self) -> dict[str, str]:
        """By code, what is stored now where something else was typed: for who saved second."""
        return {
            code: f"Bản đang lưu: {', '.join(f'{WORDS[name]} {told(value)}' for name, value in cells.items())}. "
            "Bấm Lưu phiếu lần nữa nếu muốn giữ bản của bạn ở dòng này."
            for code, cells in self.stored.items()
        }


def rows_of(
    tree: Tree,
    lines: Mapping[str, Entry],
    cells: Mapping[str, Cell],
    *,
    posted: SheetInput | None = None,
    faults: Mapping[str, str] | None = None,
) -> list[SheetRow]:
    """The rows of the page in document order; what was typed wins over what is stored."""
    rows = []
    for node in tree.nodes:
        line = lines.get(node.code, BLANK)
        stored = {name: shown(getattr(line, name)) for name in (*NUMBERS, "times", "level", "explanation", "reason")}
        typed = posted.typed.get(node.id, {}) if posted else {}
        assigned = bool(typed["assigned"]) if "assigned" in typed else line.assigned
        fault = (faults or {}).get(node.code, "")
        rows.append(SheetRow(node, cells.get(node.code), stored | typed, assigned, fault))
    return rows
