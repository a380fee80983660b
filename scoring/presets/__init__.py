"""Ready-made criteria tables: the data files with their sources, and how they are read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from scoring.domain.parts import Part, tree_of
from scoring.domain.tree import Tree
from scoring.enums import AppraisedBy, CriterionKind

FOLDER = Path(__file__).parent
# In the order in which pages offer them.
KEYS = (
    "example-1000",
    "example-1000-600",
    "example-100",
    "hung-yen",
    "cum-347",
    "cum-346",
    "thanh-hoa-xa",
    "thanh-hoa-tinh",
)


@dataclass(frozen=True)
class Preset:
    """A table to start from. ``notes`` are sentences on what the source lacks or what was put right."""

    key: str
    title: str
    source: str
    notes: tuple[str, ...]
    scale: Decimal
    tie_break: tuple[str, ...]
    grading: Mapping[str, Any]
    parts: tuple[Part, ...]

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.parts)


@cache
def preset(key: str) -> Preset:
    """The table ``key`` of KEYS; KeyError on any other."""
    if key not in KEYS:
        raise KeyError(key)
    data = json.loads((FOLDER / f"{key.replace('-', '_')}.json").read_text(encoding="utf-8"))
    return Preset(
        key=key,
        title=data["title"],
        source=data["source"],
        notes=tuple(data["notes"]),
        scale=Decimal(data["scale"]),
        tie_break=tuple(data["tie_break"]),
        grading=data.get("grading", {}),
        parts=tuple(parts_in(data["items"], "")),
    )


def presets() -> list[Preset]:
    """All ready-made tables in the order of KEYS."""
    return [preset(key) for key in KEYS]


def parts_in(items: Sequence[Mapping[str, Any]], parent: str) -> Iterator[Part]:
    for item in items:
        yield Part(
            code=item["code"],
            name=item["name"],
            max_points=Decimal(item["max"]),
            kind=item.get("kind", CriterionKind.JUDGED.value),
            parent=parent,
            formula=item.get("formula", ""),
            unit=item.get("unit", ""),
            options=item.get("options", {}),
            appraised_by=item.get("appraised_by", AppraisedBy.SECRETARIAT.value),
        )
        yield from parts_in(item.get("items", ()), item["code"])
