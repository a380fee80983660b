"""What people choose where a row may mean several things, one by one or for all rows alike."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from awards.domain.importing.whom import NEW

Asked = Mapping[str, Any]
FIRST = "first"


@dataclass(frozen=True)
class Alike:
    """Open questions that one answer can settle: how many, and what may be chosen."""

    name: str
    text: str
    count: int
    choices: tuple[tuple[str, str], ...]


def field_name(question: Asked) -> str:
    return f"{question['about']}-{question['row']}"


def alike_name(question: Asked) -> str:
    """The same for questions that ask the same: about one wording of an award, or about namesakes."""
    if question["about"] == "subject":
        return "all-subject"
    said = f"{question['text']}{[key for key, _ in question['choices']]}"
    return f"all-award-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def alike(questions: Iterable[Asked]) -> list[Alike]:
    """Groups of two or more open questions; for namesakes only where each has one candidate, or may be new."""
    groups: dict[str, list[Asked]] = {}
    for question in questions:
        if not question["chosen"]:
            groups.setdefault(alike_name(question), []).append(question)
    return [
        Alike(name, text_of(group[0]), len(group), choices_of(group[0]))
        for name, group in groups.items()
        if len(group) > 1
    ]


def text_of(question: Asked) -> str:
    return "Đối tượng có thể đã có trong sổ." if question["about"] == "subject" else str(question["text"])


def choices_of(question: Asked) -> tuple[tuple[str, str], ...]:
    if question["about"] == "subject":
        return ((FIRST, "Dùng đối tượng đã có"), (NEW, "Thêm đối tượng mới"))
    return tuple((key, label) for key, label in question["choices"])


def merged_answers(
    before: Mapping[str, Mapping[str, str]], questions: Iterable[Asked], sent: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """``before`` with what was ``sent`` for these questions; only offered choices count, others are left out.

    An answer for all goes to open questions alone.
    """
    found = {row: dict(answers) for row, answers in before.items()}
    for question in questions:
        chosen = sent.get(field_name(question), "")
        if not chosen and not question["chosen"]:
            chosen = for_all(question, sent.get(alike_name(question), ""))
        if chosen in {key for key, _ in question["choices"]}:
            found.setdefault(str(question["row"]), {})[question["about"]] = chosen
    return found


def for_all(question: Asked, chosen: str) -> str:
    """What an answer for all means here: «the one there is» only where there is exactly one."""
    if chosen != FIRST:
        return chosen
    keys = [key for key, _ in question["choices"] if key != NEW]
    return keys[0] if len(keys) == 1 else ""
