"""What changed between two texts, by paragraph and inside a paragraph by word; and both in one text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "", "ins", "del"
MOST_WORDS = 4_000  # two longer paragraphs are shown one after the other, not word by word
LIKE = 0.35  # two paragraphs that share less are two paragraphs, not one that was changed
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Part:
    """Words with their mark: "" (in both texts), "ins" or "del"."""

    text: str
    mark: str = SAME


@dataclass(frozen=True)
class Line:
    """One paragraph of the comparison."""

    parts: tuple[Part, ...]

    @property
    def changed(self) -> bool:
        return any(part.mark for part in self.parts)


def differences(old: str, new: str) -> list[Line]:
    """All paragraphs of both texts in order; blank ones are left out, so that spacing alone is no difference."""
    before, after = paragraphs(old), paragraphs(new)
    found: list[Line] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Line((Part(text),)) for text in before[i:j]]
        else:
            found += changed_lines(before[i:j], after[k:m])
    return found


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def changed_lines(before: list[str], after: list[str]) -> Iterator[Line]:
    """Paragraphs that replace each other, in pairs; what is over stands alone."""
    for old, new in zip(before, after, strict=False):
        parts = word_parts(old, new)
        if parts is None:
            yield Line((Part(old, REMOVED),))
            yield Line((Part(new, ADDED),))
        else:
            yield Line(parts)
    yield from (Line((Part(text, REMOVED),)) for text in before[len(after) :])
    yield from (Line((Part(text, ADDED),)) for text in after[len(before) :])


def word_parts(old: str, new: str) -> tuple[Part, ...] | None:
    """The words of a changed paragraph; None where the two have too little in common or are too long."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LIKE:
        return None
    parts: list[Part] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Part("".join(before[i:j])))
            continue
        parts += [Part("".join(words), mark) for words, mark in ((before[i:j], REMOVED), (after[k:m], ADDED)) if words]
    return tuple(parts)


def both(theirs: str, mine: str) -> str:
    """Every paragraph of both texts, once where they agree: to be edited by hand. Nothing of either is missing."""
    before, after = theirs.splitlines(), mine.splitlines()
    found: list[str] = []
    for _, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found += before[i:j]
        if before[i:j] != after[k:m]:
            found += after[k:m]
    return "\n".join(found)
