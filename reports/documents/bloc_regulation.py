"""Quy chế tổ chức và hoạt động of a bloc (domain.md C3): chapters and numbered articles; composition by records."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from blocs.models import BlocYear
from reports.documents import review_text
from reports.documents.bloc import BlocFacts, IssueFacts
from reports.documents.blocks import Block, Heading, Paper, Paragraph
from reports.documents.outline import Outline
from reports.documents.rich_text import RichParagraph
from reports.documents.words import ROMAN, lower_first
from reports.documents.written import WrittenFacts, all_grounds, collect_written, head_and_foot

KIND = "regulation"
ABBREVIATION = "QC"
CHAPTERS = ("general", "organisation", "regime", "judging", "implementation")
ARTICLE = re.compile(r"^Điều(?:\s+\d{1,3})?\.\s*")


@dataclass(frozen=True)
class RegulationFacts:
    written: WrittenFacts


def collect(bloc_year: BlocYear) -> RegulationFacts:
    return RegulationFacts(collect_written(KIND, bloc_year))


def compose(facts: RegulationFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.written.bloc
    head, sign, to = head_and_foot(facts.written, ABBREVIATION, issue)
    subject = f"Tổ chức và hoạt động của {bloc.name} năm {bloc.year}"
    return Paper(
        name=f"Quy chế {lower_first(subject)}",
        letterhead=head,
        kind="QUY CHẾ",
        summary=subject,
        grounds=all_grounds(facts.written, None, issue),
        blocks=(*facts.written.blocks("opening"), *numbered(chapters(facts))),
        signature=sign,
        recipients=to,
    )


def chapters(facts: RegulationFacts) -> Iterator[Block]:
    """Each chapter under its number and title (NĐ 30/2020, Phụ lục I: centred, bold), composition first in its own."""
    for number, key in zip(ROMAN, CHAPTERS, strict=False):
        yield Heading(f"Chương {number}", centered=True)
        yield Heading(facts.written.words.chosen[key].part.label.upper(), centered=True)
        if key == "organisation":
            yield Paragraph(f"Điều. Thành phần {facts.written.bloc.unit_name}")
            yield from members(facts.written.bloc)
        yield from facts.written.blocks(key)


def members(bloc: BlocFacts) -> tuple[Block, ...]:
    text = Outline()
    review_text.composition(text, bloc)
    return text.blocks()


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Articles get their numbers through all chapters, in bold; whatever number was typed is dropped."""
    place = 0
    for block in blocks:
        if isinstance(block, Paragraph | RichParagraph) and ARTICLE.match(block.text):
            place += 1
            yield Heading(f"Điều {place}. {ARTICLE.sub('', block.text)}", level=2)
        else:
            yield block
