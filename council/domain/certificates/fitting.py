"""Putting a text into its box: broken into balanced lines, made smaller stepwise, never cut."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

FLOOR, STEP = 0.70, 0.025  # letters shrink to 70 % of their size, by a fortieth of it at a time
LEADING = 1.2  # from one base line to the next, in sizes of the letters
SLACK = 1e-6
# The width of a text in sizes of its letters, without kerning.
Measure = Callable[[str], float]


@dataclass(frozen=True)
class Box:
    """Room for a text: width in points, lines at most, size of letters in points."""

    width: float
    lines: int
    size: float


@dataclass(frozen=True)
class Fitted:
    """Lines and the size they stand in. ``fits`` False: even at the floor something does not; all of it is there."""

    lines: tuple[str, ...]
    size: float
    fits: bool


@dataclass(frozen=True)
class Words:
    """A paragraph as words and their widths: without kerning a line is as wide as its words and spaces."""

    words: tuple[str, ...]
    widths: tuple[float, ...]
    space: float

    @property
    def widest(self) -> float:
        return max(self.widths)


def fit(text: str, box: Box, measure: Measure) -> Fitted:
    """``text`` in the largest size from 100 % down to FLOOR at which it takes no more lines than ``box`` has.

    Line ends of ``text`` stay; lines are broken between words and made about equally long. A text that does not fit
    comes back whole at the floor, with ``fits`` False.
    """
    space = measure(" ")
    paragraphs = [words_of(each.split(), measure, space) for each in text.splitlines() if each.strip()]
    widest = max((each.widest for each in paragraphs), default=0.0)
    size = room = 0.0
    fits = False
    for size in sizes(box.size):
        room = box.width / size
        fits = widest <= room + SLACK and sum(len(broken(each, room)) for each in paragraphs) <= box.lines
        if fits:
            break
    return Fitted(tuple(line for each in paragraphs for line in evened(each, room)), size, fits)


def words_of(words: list[str], measure: Measure, space: float) -> Words:
    return Words(tuple(words), tuple(measure(word) for word in words), space)


def sizes(full: float) -> list[float]:
    steps = round((1 - FLOOR) / STEP)
    return [full * (1 - STEP * step) for step in range(steps + 1)]


def broken(text: Words, room: float) -> list[int]:
    """How many words stand in each line: as few lines as they take in ``room`` sizes; a wider word stands alone."""
    counts, used = [0], 0.0
    for width in text.widths:
        longer = used + text.space + width
        if counts[-1] and longer > room + SLACK:
            counts.append(1)
            used = width
        else:
            used = longer if counts[-1] else width
            counts[-1] += 1
    return counts


def evened(text: Words, room: float) -> list[str]:
    """Lines, as many as it takes in ``room``, the longest as short as it can be."""
    counts = broken(text, room)
    low, high = text.widest, room
    for _ in range(14 if len(counts) > 1 and low < high else 0):
        middle = (low + high) / 2
        closer = broken(text, middle)
        if len(closer) <= len(counts):
            high, counts = middle, closer
        else:
            low = middle
    ends = accumulate(counts)
    return [" ".join(text.words[end - count : end]) for end, count in zip(ends, counts, strict=True)]
