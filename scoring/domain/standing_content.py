"""What a locked ranking keeps: the whole table as plain words and numbers, and the hash over it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.grading import Grade, grades_of
from scoring.domain.ranking import Row, Table
from scoring.domain.tree import Node
from scoring.models import CriteriaSet, Disqualification, LockedStanding, ScoreSheet

SCHEMA = 1
COLUMNS = (
    "assigned",
    "plan",
    "actual",
    "level",
    "times",
    "self_points",
    "cross_points",
    "appraised_points",
    "agreed_points",
    "computed",
    "surplus",
    "official",
    "column",
    "reason",
    "explanation",
)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way in which ``content`` is written for its hash: sorted keys, no blanks, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def is_intact(standing: LockedStanding) -> bool:
    """The content still has the hash that it was locked with."""
    return digest(standing.content) == standing.sha256


def content_of(bloc_year: BlocYear, table: Table, *, version: int, at: datetime, actor: User | None) -> dict[str, Any]:
    """The table as it is locked. Points and figures are texts of exact decimals; unknown values are left out.

    Needs a table with a criteria set; one query for the grounds of disqualification.
    """
    criteria_set = table.criteria_set
    if criteria_set is None:
        raise ValueError("A table without a criteria set has nothing to lock.")
    grounds = grounds_by_sheet(bloc_year)
    grades = grades_of(table)
    return {
        "schema": SCHEMA,
        "bloc": {"code": bloc_year.bloc.code, "name": bloc_year.bloc.name, "year": bloc_year.year},
        "version": version,
        "locked_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "locked_by": str(actor) if actor else "",
        "criteria_set": set_words(criteria_set),
        "criteria": [node_words(node) for node in table.tree.nodes],
        "units": [
            unit_words(row, grounds[row.standing.sheet_id], grades.get(row.standing.sheet_id)) for row in table.rows
        ],
        "not_sent": [{"agency": agency_words(sheet), "grounds": grounds[sheet.pk]} for sheet in table.drafts],
    }


def grounds_by_sheet(bloc_year: BlocYear) -> dict[int, list[dict[str, Any]]]:
    grounds: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in Disqualification.objects.filter(sheet__bloc_year=bloc_year).order_by("pk"):
        words = {"reason": row.reason, "evidence": row.evidence, "bars_certificates": row.bars_certificates}
        grounds[row.sheet_id].append(words)
    return grounds


def set_words(criteria_set: CriteriaSet) -> dict[str, Any]:
    return {
        "version": criteria_set.version,
        "scale": text_of(criteria_set.scale),
        "tie_break": list(criteria_set.tie_break),
    }


def node_words(node: Node) -> dict[str, Any]:
    return known(
        code=node.code,
        name=node.name,
        kind=str(node.kind),
        formula=str(node.formula),
        max_points=node.max_points,
        floor_percent=node.floor_percent,
        depth=node.depth,
    )


def agency_words(sheet: ScoreSheet) -> dict[str, str]:
    return {"code": sheet.agency.code, "name": sheet.agency.name, "label": sheet.agency.label}


def unit_words(row: Row, grounds: list[dict[str, Any]], grade: Grade | None) -> dict[str, Any]:
    """One unit: place, totals, grade, groups and every line that holds something."""
    own = row.standing
    return known(
        agency=agency_words(row.source.sheet),
        rank=own.rank,
        tie_broken_by=own.tie_broken_by,
        total=own.total,
        base=own.base,
        bonus=own.bonus,
        deduction=own.deduction,
        assigned_max=own.assigned_max,
        percent=own.percent,
        late_days=row.source.sheet.late_days,
        decided_place=row.source.sheet.decided_place,
        grounds=grounds,
        grade=None
        if grade is None
        else {"name": grade.name, "needs_decision": grade.needs_decision, "sentence": grade.sentence},
        groups=known(**dict(row.groups)),
        lines={code: known(**{name: getattr(cell, name) for name in COLUMNS}) for code, cell in row.cells.items()},
    )


def known(**values: Any) -> dict[str, Any]:
    """The values that say something, numbers with decimals as exact texts."""
    return {name: text_of(value) for name, value in values.items() if value is not None and value != ""}


def text_of(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value
