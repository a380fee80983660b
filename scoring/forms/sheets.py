"""The table of a score sheet as a form: one row a criterion, only the cells of the present step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from khoithidua.web.numbers import plain_number
from khoithidua.web.text import nfc
from scoring.domain.board import NO_LINE, Line
from scoring.domain.cells import Step
from scoring.domain.computing import levels_of
from scoring.domain.ranking import Cell
from scoring.domain.tree import Node, Tree
from scoring.models import ScoreLine

NUMBERS = ("plan", "actual", "self_points", "appraised_points", "agreed_points")
NUMBER = re.compile(r"-?\d{1,14}(?:[.,]\d{1,6})?")


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


def parse_number(text: str) -> Decimal | None:
    """9,5 and 9.5 are one number; blank is None. Raises InvalidOperation on anything else."""
    text = text.strip().replace(" ", "")
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise InvalidOperation
    return Decimal(text.replace(",", "."))


def parse_cell(name: str, text: str) -> Any:
    """The value of one cell. Raises InvalidOperation when a number cannot be read."""
    if name in NUMBERS:
        return parse_number(text)
    if name == "times":
        if text.strip() and not text.strip().isdecimal():
            raise InvalidOperation
        return int(text) if text.strip() else None
    return nfc(text).strip()


class SheetInput:
    """What was posted for the leaves of ``tree`` at ``step``; only changed cells become entries."""

    def __init__(self, tree: Tree, step: Step, lines: Mapping[int, ScoreLine], data: Mapping[str, str]) -> None:
        self.entries: dict[int, dict[str, Any]] = {}
        self.faults: dict[str, str] = {}
        self.typed: dict[int, dict[str, str]] = {}
        self.stored: dict[str, dict[str, Any]] = {}
        for node in tree.leaves:
            self.read_line(node, step, lines.get(node.id) or ScoreLine(), data)

    def read_line(self, node: Node, step: Step, line: ScoreLine, data: Mapping[str, str]) -> None:
        if f"c{node.id}" not in data:
            return
        changed: dict[str, Any] = {}
        self.typed[node.id] = {}
        for name in step.fields:
            text = str(data.get(f"c{node.id}-{name}", ""))
            if name == "assigned":
                # An unticked box posts nothing: only a page that says it drew the box is believed.
                if f"c{node.id}-assigned-shown" not in data:
                    continue
                value: Any = f"c{node.id}-not-assigned" not in data
                self.typed[node.id][name] = "1" if value else ""
            elif f"c{node.id}-{name}" not in data:
                continue
            else:
                self.typed[node.id][name] = text
                try:
                    value = parse_cell(name, text)
                except (InvalidOperation, ValueError):
                    self.faults[node.code] = f"«{text[:30]}» không phải là số. Hãy nhập số, ví dụ 9,5."
                    continue
            if value != getattr(line, name):
                changed[name] = value
        if changed:
            self.entries[node.id] = changed
            self.stored[node.code] = {name: getattr(line, name) for name in changed}

    def differences(self) -> dict[str, str]:
        """By code, what is stored now where something else was typed: for who saved second."""
        return {
            code: f"Bản đang lưu: {', '.join(f'{WORDS[name]} {told(value)}' for name, value in cells.items())}. "
            "Bấm Lưu phiếu lần nữa nếu muốn giữ bản của bạn ở dòng này."
            for code, cells in self.stored.items()
        }


def rows_of(
    tree: Tree,
    lines: Mapping[str, Line],
    cells: Mapping[str, Cell],
    *,
    posted: SheetInput | None = None,
    faults: Mapping[str, str] | None = None,
) -> list[SheetRow]:
    """The rows of the page in document order; what was typed wins over what is stored."""
    rows = []
    for node in tree.nodes:
        line = lines.get(node.code, NO_LINE)
        stored = {name: shown(getattr(line, name)) for name in (*NUMBERS, "times", "level", "explanation", "reason")}
        typed = posted.typed.get(node.id, {}) if posted else {}
        assigned = bool(typed["assigned"]) if "assigned" in typed else line.assigned
        fault = (faults or {}).get(node.code, "")
        rows.append(SheetRow(node, cells.get(node.code), stored | typed, assigned, fault))
    return rows
