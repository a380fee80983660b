"""Plans of one criterion for all members: what was typed, or the pledge's target chosen instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from blocs.models import Target
from khoithidua.web.numbers import parse_people_number, plain_number
from scoring.domain.plans import PlanEntry, PlanLine


@dataclass
class PlanRow:
    """One member's line of the form. ``chosen`` is a target's key as text, "" for none."""

    line: PlanLine
    typed: str
    chosen: str
    fault: str = ""

    @property
    def agency_id(self) -> int:
        return self.line.member.membership.agency_id


@dataclass
class PlanInput:
    """The rows of the form; after ``read`` the entries of the members whose plan may be written."""

    rows: list[PlanRow]
    entries: dict[int, PlanEntry] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not any(row.fault for row in self.rows)

    def tell(self, faults: Mapping[str, str]) -> None:
        """Put the sentences of the domain, by agency id, beside their rows."""
        for row in self.rows:
            row.fault = faults.get(str(row.agency_id), row.fault)


def stored_rows(lines: list[PlanLine]) -> PlanInput:
    """The form as it opens: stored plans, and for each member the promise that the criterion likely measures."""
    return PlanInput(
        [PlanRow(line, shown(line.plan), str(line.suggestion.pk) if line.suggestion else "") for line in lines]
    )


def shown(value: Decimal | None) -> str:
    return "" if value is None else plain_number(value)


def read_rows(lines: list[PlanLine], data: Mapping[str, str]) -> PlanInput:
    """What was posted. A number that cannot be read is told beside its row; a foreign target counts as none."""
    made = stored_rows(lines)
    for row in made.rows:
        key = f"d{row.agency_id}"
        if row.line.member.is_open and f"{key}-seen" in data:
            row.typed, row.chosen = data.get(f"{key}-plan", ""), data.get(f"{key}-target", "")
            read_row(made, row, data[f"{key}-seen"])
    return made


def read_row(made: PlanInput, row: PlanRow, seen: str) -> None:
    targets: dict[str, Target] = {str(target.pk): target for target in row.line.member.targets}
    try:
        typed = parse_people_number(row.typed)
    except ValueError as fault:
        row.fault = str(fault)
        return
    if typed is not None and typed < 0:
        row.fault = "Kế hoạch không được là số âm."
        return
    version = int(seen) if seen.isdecimal() else -1
    made.entries[row.agency_id] = PlanEntry(typed, targets.get(row.chosen), version)
