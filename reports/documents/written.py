"""Papers whose prose comes from wording: the bloc, its deadlines and the words in force, and what their fields say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from blocs.models import BlocYear
from reports.documents.bloc import BlocFacts, IssueFacts, collect_bloc, letterhead, recipients, signature
from reports.documents.blocks import Block, Letterhead, Signature
from reports.documents.laws import closed_lines, grounds_on
from reports.documents.outline import Outline
from reports.documents.wording.in_force import Words, collect_words
from reports.documents.words import counted, listed_apart, long_date, lower_first

COUNCIL_PREFIX = "Hội đồng Thi đua - Khen thưởng"


@dataclass(frozen=True)
class DueFacts:
    """The year's deadlines, None where none is set."""

    pledge: date | None
    mid_year: date | None
    scores: date | None
    annual: date | None


@dataclass(frozen=True)
class WrittenFacts:
    """What every written paper of a bloc-year holds."""

    bloc: BlocFacts
    due: DueFacts
    words: Words

    @property
    def values(self) -> dict[str, str]:
        """The fields' values; empty where the fact is not known."""
        return common_values(self.bloc, self.due)

    def say(self, text: Outline, part: str, values: Mapping[str, str] | None = None) -> Outline:
        return text.add(*self.words.blocks(part, values or self.values))

    def blocks(self, part: str, values: Mapping[str, str] | None = None) -> tuple[Block, ...]:
        return self.words.blocks(part, values or self.values)


def collect_written(kind: str, bloc_year: BlocYear) -> WrittenFacts:
    """Five queries at most."""
    return WrittenFacts(collect_bloc(bloc_year), collect_due(bloc_year), collect_words(kind, bloc_year))


def collect_due(bloc_year: BlocYear) -> DueFacts:
    return DueFacts(bloc_year.pledge_due, bloc_year.mid_year_due, bloc_year.scores_due, bloc_year.annual_due)


def common_values(bloc: BlocFacts, due: DueFacts) -> dict[str, str]:
    """The fields of ``reports.documents.wording.fields.COMMON``."""
    place = bloc.council.removeprefix(COUNCIL_PREFIX).strip()
    return {
        "ten_khoi": bloc.name,
        "khoi": bloc.unit_name,
        "nam": str(bloc.year),
        "nam_truoc": str(bloc.year - 1),
        "nam_sau": str(bloc.year + 1),
        "hoi_dong": bloc.council,
        "tinh": place if place != bloc.council and place else lower_first(bloc.province),
        "thuong_truc": bloc.standing,
        "truong_khoi": bloc.head.name if bloc.head else "",
        "pho_khoi": listed_apart(member.name for member in bloc.deputies),
        "so_thanh_vien": counted(len(bloc.members)) if bloc.members else "",
        "han_giao_uoc": day_words(due.pledge),
        "han_bao_cao_6_thang": day_words(due.mid_year),
        "han_tu_cham_diem": day_words(due.scores),
        "han_bao_cao_nam": day_words(due.annual),
    }


def day_words(day: date | None) -> str:
    return long_date(day) if day else ""


def all_grounds(facts: WrittenFacts, on: date | None, issue: IssueFacts | None) -> tuple[str, ...]:
    """The law by the day of the paper (else ``on``, else the year's first day), then the lines of the wording."""
    day = issue.issued_on if issue else on or date(facts.bloc.year, 1, 1)
    own = [line.rstrip(" .;") for line in facts.words.lines("grounds", facts.values)]
    return closed_lines([*grounds_on(day), *own])


def head_and_foot(
    facts: WrittenFacts, abbreviation: str, issue: IssueFacts | None
) -> tuple[Letterhead, Signature, tuple[str, ...]]:
    """Letterhead, signature and Nơi nhận of a paper that the head issues."""
    bloc = facts.bloc
    return letterhead(bloc, abbreviation, issue, draft_year=bloc.year), signature(bloc, issue), recipients(bloc)
