"""The built-in words of papers: one YAML file for each kind, its parts in their order."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """One part of a kind of paper: what pages call it, what belongs there, and the words to begin with."""

    kind: str
    key: str
    label: str
    guidance: str
    text: str


@cache
def parts_of(kind: str) -> tuple[Part, ...]:
    """The parts of ``kind`` in their order; none for a paper whose words are all computed. Read once."""
    path = FOLDER / f"{kind}.yaml"
    if not path.is_file():
        return ()
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Part(kind, row["part"], row["label"], row.get("guidance", "").strip(), row["text"].strip()) for row in rows
    )


def part_of(kind: str, key: str) -> Part | None:
    return next((part for part in parts_of(kind) if part.key == key), None)


@cache
def worded_kinds() -> tuple[str, ...]:
    """Kinds of papers that have words to edit."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
