"""Which words a paper is made of: the bloc's own, else the province's last good version, else the built-in ones.

A text that was good when it was saved may stop being so: a field that an upgrade took away, a row written by hand.
It is passed over, and what was passed over is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from blocs.models import BlocYear
from reports.documents.blocks import Block
from reports.documents.wording.fields import fields_of
from reports.documents.wording.filling import faults_of, filled, filled_lines
from reports.documents.wording.parts import Part, parts_of
from reports.models import PaperText, Wording


@dataclass(frozen=True)
class Chosen:
    """The text of one part: whose it is, and why a newer one is not used."""

    part: Part
    text: str
    source: str  # "bloc", "council" or "built-in"
    number: int | None = None  # the version in force, of the council's
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """All parts of one paper as they are in force."""

    chosen: Mapping[str, Chosen] = field(default_factory=dict)

    @property
    def warnings(self) -> list[str]:
        return [sentence for each in self.chosen.values() for sentence in each.passed_over]

    def blocks(self, part: str, values: Mapping[str, str]) -> tuple[Block, ...]:
        return filled(self.chosen[part].text, values)

    def lines(self, part: str, values: Mapping[str, str]) -> list[str]:
        return filled_lines(self.chosen[part].text, values)


def collect_words(kind: str, bloc_year: BlocYear) -> Words:
    """The words in force for ``kind`` in ``bloc_year``; two queries."""
    own = {row.part: row for row in PaperText.objects.filter(bloc_year=bloc_year, kind=kind).exclude(text="")}
    versions: dict[str, list[Wording]] = {}
    for row in Wording.objects.filter(council=bloc_year.bloc.council_id, kind=kind).order_by("part", "-number"):
        versions.setdefault(row.part, []).append(row)
    return Words({part.key: choose(part, own.get(part.key), versions.get(part.key, ())) for part in parts_of(kind)})


def choose(part: Part, own: PaperText | None, versions: Iterable[Wording]) -> Chosen:
    """The first good text: the bloc's, the council's newest first, the built-in one."""
    known = fields_of(part.kind)
    passed: list[str] = []
    if own is not None:
        if not (faults := faults_of(own.text, known)):
            return Chosen(part, own.text, "bloc")
        passed.append(f"Phần «{part.label}»: lời văn riêng của khối không dùng được ({faults[0]})")
    for row in versions:
        if not (faults := faults_of(row.text, known)):
            return Chosen(part, row.text, "council", row.number, told(passed, f"dùng bản {row.number} của mẫu"))
        passed.append(f"Phần «{part.label}»: bản {row.number} của mẫu không dùng được ({faults[0]})")
    return Chosen(part, part.text, "built-in", None, told(passed, "dùng câu chữ có sẵn của hệ thống"))


def told(passed: list[str], instead: str) -> tuple[str, ...]:
    return tuple(f"{sentence.rstrip('.')}; {instead}." for sentence in passed)
