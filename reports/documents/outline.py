"""Builds the numbered text of a paper; a section that stays empty is left out."""

from collections.abc import Iterable
from dataclasses import replace

from reports.documents.blocks import Block, Heading, Note, Paragraph, Table
from reports.documents.rich_text import Piece, RichTable, parse
from reports.documents.words import ROMAN, dashes, sentence_end


class Outline:
    """Sections "I. …" with parts "1. …"; numbers are given when the text is taken out."""

    def __init__(self) -> None:
        self.sections: list[tuple[str, list[tuple[str, list[Block]]]]] = []
        self.opening: list[Block] = []

    def section(self, title: str) -> "Outline":
        self.sections.append((title, [("", [])]))
        return self

    def part(self, title: str) -> "Outline":
        self.sections[-1][1].append((title, []))
        return self

    def add(self, *blocks: Block) -> "Outline":
        (self.sections[-1][1][-1][1] if self.sections else self.opening).extend(blocks)
        return self

    def say(self, *sentences: str) -> "Outline":
        """One paragraph a sentence; empty ones are left out."""
        return self.add(*[Paragraph(text) for text in sentences if text])

    def items(self, lines: Iterable[str]) -> "Outline":
        return self.add(*[Paragraph(line) for line in dashes(lines)])

    def written(self, paragraphs: Iterable[str]) -> "Outline":
        """Text that people wrote in plain marks, paragraph by paragraph; each closed by a full stop."""
        return self.add(*[closed(piece) for piece in parse("\n".join(paragraphs))])

    def note(self, text: str) -> "Outline":
        return self.add(Note(text))

    def table(self, table: Table) -> "Outline":
        return self.add(table)

    def blocks(self) -> tuple[Block, ...]:
        found = list(self.opening)
        filled = [(title, filled_parts(parts)) for title, parts in self.sections]
        for number, (title, parts) in zip(ROMAN, [each for each in filled if each[1]], strict=False):
            found.append(Heading(f"{number}. {title.upper()}"))
            found.extend(numbered(parts))
        return tuple(found)


def closed(piece: Piece) -> Block:
    """A piece of written text as a block: words without marks are a plain paragraph."""
    if isinstance(piece, RichTable):
        return piece
    if not any(run.bold or run.italic for run in piece.runs):
        return Paragraph(sentence_end(piece.text))
    last = piece.runs[-1]
    return replace(piece, runs=(*piece.runs[:-1], replace(last, text=last.text.rstrip() + end_of(piece.text))))


def end_of(text: str) -> str:
    """The full stop that ``text`` lacks."""
    return sentence_end(text)[len(text.strip()) :]


def filled_parts(parts: list[tuple[str, list[Block]]]) -> list[tuple[str, list[Block]]]:
    return [(title, blocks) for title, blocks in parts if blocks]


def numbered(parts: list[tuple[str, list[Block]]]) -> list[Block]:
    found: list[Block] = []
    number = 0
    for title, blocks in parts:
        if title:
            number += 1
            found.append(Heading(f"{number}. {title}", level=2))
        found.extend(blocks)
    return found
