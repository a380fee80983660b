"""Conditions as people read them: two that say the same of one fact are one line with both articles."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from awards.law.checks import Check


class Said(NamedTuple):
    """One line: whether it is met (None: for people to see), the sentence, its articles."""

    passed: bool | None
    text: str
    citation: str


def said_once(checks: Iterable[Check | Mapping[str, Any]]) -> list[Said]:
    """``checks``, fresh or as stored, in their order; the same sentence with the same answer once."""
    cited: dict[tuple[bool | None, str], list[str]] = {}
    for each in checks:
        row = each if isinstance(each, Mapping) else vars(each)
        known = cited.setdefault((row["passed"], row["text"]), [])
        if row["citation"] and row["citation"] not in known:
            known.append(row["citation"])
    return [Said(passed, text, "; ".join(articles)) for (passed, text), articles in cited.items()]
