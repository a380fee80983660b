"""A year file as data: what was said, with codes for agencies and criteria.

Empty text and None both mean "the file does not say": unknown, never zero.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from reports.yearfile.schema_awards import DossierPart, SubjectPart
from reports.yearfile.schema_council import DecisionPart, SessionPart
from reports.yearfile.schema_papers import IssuedPart
from reports.yearfile.schema_reports import PaperTextPart, ReportPart, ReportRoundPart, ReviewPart

FORMAT = "khoithidua/year@1"
# Sections that may be absent. One that is there but empty ([] or null) is "stated": it says "none".
SECTIONS = (
    "movements",
    "pledge",
    "conferences",
    "petitions",
    "commendations",
    "narrative",
    "report_rounds",
    "reports",
    "reviews",
    "paper_texts",
    "criteria",
    "criteria_versions",
    "scores",
    "cross_checks",
    "ballots",
    "locked_standings",
    "proposals",
    "next_year",
    "subjects",
    "dossiers",
    "sessions",
    "decisions",
    "issued_papers",
)


@dataclass(frozen=True)
class CouncilPart:
    name: str = ""
    place: str = ""
    standing_agency: str = ""


@dataclass(frozen=True)
class BlocPart:
    code: str
    name: str
    kind: str
    tier: str


@dataclass(frozen=True)
class Deadlines:
    pledge: date | None = None
    mid_year: date | None = None
    scores: date | None = None
    annual: date | None = None


@dataclass(frozen=True)
class AgencyPart:
    code: str
    name: str
    short_name: str = ""
    kind: str | None = None
    symbol: str = ""
    superior: str = ""
    leader_title: str | None = None  # "" says: unknown; None says nothing
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemberPart:
    agency: str
    role: str
    person: str = ""
    title: str = ""


@dataclass(frozen=True)
class MovementPart:
    name: str
    scope: str
    kind: str
    starts: int | None
    ends: int | None
    launched_by: str = ""
    launched_on: date | None = None
    participants: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetPart:
    agency: str
    name: str
    unit: str = ""
    direction: str | None = None
    plan: Decimal | None = None
    mid_year: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True)
class SignaturePart:
    agency: str
    name: str = ""
    title: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class PledgePart:
    signed_on: date | None = None
    theme: str = ""
    state: str | None = None
    targets: tuple[TargetPart, ...] = ()
    signatures: tuple[SignaturePart, ...] = ()


@dataclass(frozen=True)
class ConferencePart:
    kind: str
    held_on: date | None = None
    starts: time | None = None
    ends: time | None = None
    secretary_name: str = ""
    secretary_title: str = ""
    place: str = ""
    chair_name: str = ""
    chair_title: str = ""
    chair_agency: str = ""
    agenda: str = ""
    attended: tuple[tuple[str, str], ...] | None = None  # (agency, level); None: all members
    guests: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()


@dataclass(frozen=True)
class PetitionPart:
    agency: str
    received_on: date | None
    subject: str
    status: str | None


@dataclass(frozen=True)
class CommendationPart:
    agency: str
    period: str
    award: str
    issuer: str
    status: str
    reason: str
    recipients: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True)
class CriterionPart:
    code: str
    name: str
    kind: str
    max: Decimal
    parent: str = ""
    formula: str = ""
    floor: Decimal | None = None
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    appraised_by: str | None = None
    appraiser: str = ""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CriteriaPart:
    scale: Decimal
    state: str | None
    tie_break: tuple[str, ...]
    items: tuple[CriterionPart, ...]  # parents before their children
    version: int | None = None
    based_on: int | None = None  # an earlier version of the same year
    note: str = ""
    grading: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LinePart:
    code: str
    assigned: bool | None = None
    values: dict[str, Any] = field(default_factory=dict)  # columns of ScoreLine that the file gives


@dataclass(frozen=True)
class GroundPart:
    """Why a unit is not considered; a file may give the sentence alone."""

    reason: str
    evidence: str = ""
    bars_certificates: bool | None = None


@dataclass(frozen=True)
class ExtensionPart:
    until: date
    reason: str


@dataclass(frozen=True)
class EvidencePart:
    """A link, or what is known of a file: the file itself travels with the archive of the year."""

    criterion: str
    title: str
    url: str = ""
    file_name: str = ""
    size: int | None = None
    content_type: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class SheetPart:
    agency: str
    state: str | None
    women_70: bool | None
    lines: tuple[LinePart, ...]
    disqualified: tuple[GroundPart, ...]
    moments: dict[str, Any] = field(default_factory=dict)  # columns of ScoreSheet that tell when, and how late
    extensions: tuple[ExtensionPart, ...] = ()
    evidence: tuple[EvidencePart, ...] = ()


@dataclass(frozen=True)
class DealPart:
    seed: str
    per_sheet: int
    due: date | None
    dealt_at: datetime | None


@dataclass(frozen=True)
class CrossLinePart:
    code: str
    points: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class CheckPart:
    sheet: str
    checker: str
    done_at: datetime | None
    lines: tuple[CrossLinePart, ...] = ()


@dataclass(frozen=True)
class CrossPart:
    deals: tuple[DealPart, ...] = ()
    checks: tuple[CheckPart, ...] = ()


@dataclass(frozen=True)
class VoterPart:
    agency: str
    present: bool | None = None
    recused: bool | None = None
    reason: str = ""
    voted: bool | None = None


@dataclass(frozen=True)
class BallotPart:
    award: str
    round: int
    mode: str
    base: str
    threshold: int | None = None
    eligible: int | None = None
    present: int | None = None
    cast: int | None = None
    invalid: int | None = None
    votes: tuple[tuple[str, int], ...] = ()
    purpose: str = ""
    details: dict[str, Any] = field(default_factory=dict)  # further columns of Poll that the file gives
    options: tuple[str, ...] = ()
    voters: tuple[VoterPart, ...] = ()


@dataclass(frozen=True)
class LockedPart:
    """A frozen ranking; ``content`` as its hash covers it."""

    version: int
    locked_at: datetime | None
    sha256: str
    content: Any
    reopened_at: datetime | None = None
    reopen_reason: str = ""


@dataclass(frozen=True)
class ProposalPart:
    award: str
    agency: str
    reason: str = ""


@dataclass(frozen=True)
class SuccessionPart:
    head: str
    deputies: tuple[str, ...]
    mode: str | None
    handed_over_on: date | None
    items: str = ""


@dataclass(frozen=True)
class YearFile:
    province: str
    council: CouncilPart
    bloc: BlocPart
    year: int
    state: str | None
    regulation: str
    rotation: str | None
    deadlines: Deadlines
    quotas: tuple[tuple[str, int], ...]
    agencies: tuple[AgencyPart, ...]
    members: tuple[MemberPart, ...]
    movements: tuple[MovementPart, ...]
    pledge: PledgePart | None
    conferences: tuple[ConferencePart, ...]
    petitions: tuple[PetitionPart, ...]
    commendations: tuple[CommendationPart, ...]
    narrative: dict[str, dict[str, tuple[str, ...]]]  # review kind -> section -> paragraphs
    report_rounds: tuple[ReportRoundPart, ...]
    reports: tuple[ReportPart, ...]
    reviews: tuple[ReviewPart, ...]
    paper_texts: tuple[PaperTextPart, ...]
    criteria: CriteriaPart | None
    criteria_versions: tuple[CriteriaPart, ...]
    scoring_rules: dict[str, Any]  # columns of YearRules that the file gives
    scores_published_at: datetime | None
    cross_checks: CrossPart
    locked_standings: tuple[LockedPart, ...]
    scores: tuple[SheetPart, ...]
    ballots: tuple[BallotPart, ...]
    proposals: tuple[ProposalPart, ...]
    next_year: SuccessionPart | None
    subjects: tuple[SubjectPart, ...]
    dossiers: tuple[DossierPart, ...]
    sessions: tuple[SessionPart, ...]
    decisions: tuple[DecisionPart, ...]
    issued_papers: tuple[IssuedPart, ...]
    stated: tuple[str, ...]
