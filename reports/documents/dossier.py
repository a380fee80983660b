"""What every paper of an award dossier says: who proposes, to whom, for which nominees."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from awards.domain.council_rules import rule_value
from awards.domain.discreet import discreet
from awards.domain.law_days import law_day
from awards.enums import DossierState, Proposer, SubjectKind
from awards.law.branches import article_of
from awards.models import Dossier, Nomination
from reports.documents.bloc import BlocFacts, authority, collect_bloc, leader_title_of, symbol_of
from reports.documents.bloc import signature as bloc_signature
from reports.documents.blocks import Letterhead, Row, Signature
from reports.documents.families import STATE
from reports.documents.words import NBSP, ROMAN, blank_date, counted, dashes, full_number, long_date

Entry = TypeVar("Entry")
SETS = "dossier-sets"
# The order in which lists name recipients (domain-2.md part 4).
KINDS = (SubjectKind.COLLECTIVE, SubjectKind.INDIVIDUAL, SubjectKind.HOUSEHOLD)
KIND_WORDS = {
    SubjectKind.COLLECTIVE.value: "tập thể",
    SubjectKind.INDIVIDUAL.value: "cá nhân",
    SubjectKind.HOUSEHOLD.value: "hộ gia đình",
}


@dataclass(frozen=True)
class NomineeFacts:
    """One nomination as it was proposed."""

    kind: str
    name: str
    unit: str
    post: str
    award: str
    award_place: int  # the higher award comes first
    branch: str
    summary: str
    state: str
    state_words: str
    verdict: str
    verdict_words: str
    reason: str
    rule_set: str
    findings: tuple[str, ...]  # sentences of conditions that are not met or open

    @property
    def where(self) -> str:
        """Post and unit, as lists write them: "Trưởng phòng, Phòng Nghiệp vụ Y"."""
        return ", ".join(part for part in (self.post, self.unit) if part)


@dataclass(frozen=True)
class DossierFacts:
    code: str
    title: str
    category: str
    year: int
    council: str
    standing: str
    province: str
    place: str
    agency: str
    superior: str
    standing_superior: str
    symbol: str
    leader_title: str
    leader: str
    bloc: BlocFacts | None  # where the bloc proposes
    movement: str
    period: tuple[date | None, date | None]
    paper_number: str
    paper_date: date | None
    received_on: date | None
    appraisal_due: date | None
    specialist: str
    is_draft: bool
    sets: int  # of papers, as the province wants; 0: not set
    nominees: tuple[NomineeFacts, ...]

    @property
    def proposer(self) -> str:
        return self.bloc.name if self.bloc else self.agency

    @property
    def on(self) -> date:
        """The day whose law the paper cites."""
        return self.paper_date or self.received_on or date(self.year, 12, 31)

    def of_kind(self, kind: str) -> list[NomineeFacts]:
        """Nominees of one kind, the higher award first, otherwise in the dossier's order."""
        return sorted((each for each in self.nominees if each.kind == kind), key=lambda each: each.award_place)


def collect_dossier(dossier: Dossier) -> DossierFacts:
    """A constant number of queries, whatever the number of nominations."""
    agency, council = dossier.agency, dossier.council
    bloc = collect_bloc(dossier.bloc_year) if dossier.proposer == Proposer.BLOC and dossier.bloc_year else None
    rows = dossier.nominations.select_related("subject", "award").order_by("position", "pk")
    sets = rule_value(dossier.council_id, SETS, law_day(dossier))
    return DossierFacts(
        code=dossier.code,
        title=dossier.title,
        category=dossier.get_category_display(),
        year=dossier.year,
        council=council.name,
        standing=council.standing_agency.name if council.standing_agency else "",
        province=council.province,
        place=council.place or council.province,
        agency=agency.name,
        superior=agency.superior,
        standing_superior=council.standing_agency.superior if council.standing_agency else "",
        symbol=agency.symbol,
        leader_title=leader_title_of(agency),
        leader=dossier.signed_off_by.full_name if dossier.signed_off_by else "",
        bloc=bloc,
        movement=dossier.movement.name if dossier.movement else "",
        period=(dossier.achievement_from, dossier.achievement_until),
        paper_number=dossier.paper_number,
        paper_date=dossier.paper_date,
        received_on=dossier.received_on,
        appraisal_due=dossier.appraisal_due,
        specialist=dossier.assigned_to.full_name if dossier.assigned_to else "",
        is_draft=dossier.state == DossierState.DRAFT,
        sets=int(sets.value) if sets else 0,
        nominees=tuple(nominee_facts(row) for row in rows),
    )


def nominee_facts(row: Nomination, *, discreetly: bool = False) -> NomineeFacts:
    """``discreetly``: for readers who may not see the subject's pending matters and disciplines."""
    checks = (discreet(row.checks) if discreetly else row.checks).get("checks", [])
    return NomineeFacts(
        kind=row.subject.kind,
        name=row.name,
        unit=row.unit,
        post=row.post,
        award=row.award.name,
        award_place=row.award.position,
        branch=article_of(row.branch),
        summary=row.summary,
        state=row.state,
        state_words=row.get_state_display(),
        verdict=row.verdict,
        verdict_words=row.get_verdict_display(),
        reason=row.appraisal_reason,
        rule_set=row.rule_set,
        findings=tuple(finding_words(each) for each in checks if each.get("passed") is not True),
    )


def finding_words(check: Mapping[str, Any]) -> str:
    return f"{check['text']} ({check['citation']})" if check["citation"] else str(check["text"])


def agency_letterhead(facts: DossierFacts, abbreviation: str, *, dated: bool = True) -> Letterhead:
    """The head of a paper of the proposing agency, or of the bloc's head agency."""
    symbol = symbol_of(facts.bloc, abbreviation) if facts.bloc else f"{abbreviation}-{facts.symbol}"
    number = facts.paper_number if abbreviation == "TTr" else ""
    form = facts.bloc.form if facts.bloc else STATE
    return Letterhead(
        superior=facts.superior.upper(),
        issuer=facts.agency.upper(),
        number=f"{form.label}{numbered(number, symbol)}",
        place_date=place_date(facts) if dated else "",
        draft=facts.is_draft,
        family=form.family,
    )


def submission_number(facts: DossierFacts) -> str:
    """Number and symbol of the tờ trình."""
    symbol = symbol_of(facts.bloc, "TTr") if facts.bloc else f"TTr-{facts.symbol}"
    return numbered(facts.paper_number, symbol)


def numbered(number: str, symbol: str) -> str:
    """The number as the clerk gave it; with its own symbol, or with the agency's; open while there is none."""
    if not number:
        return full_number(NBSP * 6, symbol)
    if "/" in number:
        return number
    return full_number(int(number) if number.isdecimal() else number, symbol)


def place_date(facts: DossierFacts) -> str:
    return f"{facts.place}, {long_date(facts.paper_date) if facts.paper_date else blank_date(None)}"


def agency_signature(facts: DossierFacts) -> Signature:
    """The agency's leader; a bloc's paper goes out on behalf of the bloc."""
    if facts.bloc is not None:
        return bloc_signature(facts.bloc, None)
    title = facts.leader_title or "Thủ trưởng đơn vị"
    return Signature(lines=(f"{authority(title)}{title}".upper(),), name=facts.leader)


def dossier_recipients(facts: DossierFacts) -> tuple[str, ...]:
    lines = ["Như trên", *([facts.standing] if facts.standing else []), "Lưu: VT, TĐKT"]
    return tuple(dashes(lines))


def addressees(facts: DossierFacts) -> tuple[str, ...]:
    """The council, through its standing body where that is known."""
    if not facts.standing:
        return (f"{facts.council}.",)
    return tuple(dashes([facts.council, f"{facts.standing} (Thường trực Hội đồng)"]))


def kind_counts(nominees: Iterable[NomineeFacts]) -> str:
    """ "02 tập thể, 10 cá nhân": what is there, by kind."""
    found = list(nominees)
    counts = {kind: sum(each.kind == kind for each in found) for kind in KINDS}
    return ", ".join(f"{counted(number)} {KIND_WORDS[kind]}" for kind, number in counts.items() if number)


def rows_by_kind(
    entries: Sequence[Entry], *, kind: Callable[[Entry], str], cells: Callable[[int, Entry], tuple[str, ...]]
) -> tuple[Row, ...]:
    """ "I. Tập thể: 02" and its rows, then persons, then households; each begins to count anew."""
    rows: list[Row] = []
    present = [each for each in KINDS if any(kind(entry) == each for entry in entries)]
    for number, each in zip(ROMAN, present, strict=False):
        found = [entry for entry in entries if kind(entry) == each]
        rows.append(Row((f"{number}. {KIND_WORDS[each].capitalize()}: {counted(len(found))}",), strong=True, span=True))
        rows += [Row(cells(place, entry)) for place, entry in enumerate(found, 1)]
    return tuple(rows)


def period_words(period: tuple[date | None, date | None]) -> str:
    starts, ends = period
    if starts and ends:
        return f"từ {long_date(starts)} đến {long_date(ends)}"
    return f"đến {long_date(ends)}" if ends else f"từ {long_date(starts)}" if starts else ""
