"""What the six-month and the annual review share: the records of a bloc-year, collected as data."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from blocs.domain.commendations import Totals, in_order, phrase, sentence, totals
from blocs.domain.targets import AgencySummary, Measure, progress, summary
from blocs.enums import AttendanceLevel, ConferenceKind, Period
from blocs.models import BlocMovement, BlocYear, Commendation, Conference, Pledge
from reports.documents.bloc import BlocFacts, collect_bloc, comrade
from reports.documents.words import award_words
from reports.enums import ReviewKind
from reports.models import Passage


@dataclass(frozen=True)
class MovementFacts:
    name: str
    kind: str
    starts: int | None
    ends: int | None
    launched_by: str
    launched_on: date | None


@dataclass(frozen=True)
class ConferenceFacts:
    kind: str
    title: str
    held_on: date | None
    starts: time | None
    place: str
    chair: str
    guests: tuple[str, ...]
    conclusions: tuple[str, ...]
    present: tuple[str, ...] | None  # None: the record does not list who came
    absent: tuple[str, ...]


@dataclass(frozen=True)
class TargetLine:
    agency: str
    name: str
    unit: str
    plan: Decimal | None
    figure: Decimal | None
    measure: Measure


@dataclass(frozen=True)
class PledgeFacts:
    signed_on: date | None
    summaries: tuple[AgencySummary, ...]
    targets: tuple[TargetLine, ...]


@dataclass(frozen=True)
class CommendationLine:
    agency: str
    period: str
    award: str
    issuer: str
    recipients: str
    reason: str
    status: str
    uncounted: str  # "nhiều tập thể, nhiều cá nhân"; empty when every number is known
    counts: tuple[tuple[str, int | None], ...] = ()  # by kind of recipient; None is "nhiều"


@dataclass(frozen=True)
class ReviewFacts:
    """A bloc-year as its review tells it; ``period`` None is the whole year."""

    kind: str
    bloc: BlocFacts
    movements: tuple[MovementFacts, ...]
    pledge: PledgeFacts | None
    conferences: tuple[ConferenceFacts, ...]
    passages: dict[str, tuple[str, ...]]
    commendations: tuple[CommendationLine, ...]
    totals: Totals
    petitions: tuple[str, ...]  # the state of each one, in words
    petitions_known: bool

    def written(self, section: str) -> tuple[str, ...]:
        return self.passages.get(section, ())

    @property
    def conference(self) -> ConferenceFacts | None:
        """The meeting that hears this review."""
        kind = ConferenceKind.MID_YEAR_REVIEW if self.kind == ReviewKind.MID_YEAR else ConferenceKind.ANNUAL_REVIEW
        return next((each for each in self.conferences if each.kind == kind), None)


def collect_review(bloc_year: BlocYear, kind: ReviewKind) -> ReviewFacts:
    """Everything in a constant number of queries."""
    mid_year = kind == ReviewKind.MID_YEAR
    bloc = collect_bloc(bloc_year)
    rows = bloc_year.commendations.select_related("agency").prefetch_related("recipients")
    commendations = list(rows.filter(period=Period.H1) if mid_year else rows)
    petitions, petitions_known = collect_petitions(bloc_year, mid_year=mid_year)
    return ReviewFacts(
        kind=kind,
        bloc=bloc,
        movements=tuple(movement_facts(row) for row in bloc_year.movements.select_related("movement")),
        pledge=collect_pledge(bloc_year, mid_year=mid_year),
        conferences=collect_conferences(bloc_year, bloc),
        passages=collect_passages(bloc_year, kind),
        commendations=tuple(commendation_line(row) for row in commendations),
        totals=totals(commendations),
        petitions=petitions,
        petitions_known=petitions_known,
    )


def movement_facts(row: BlocMovement) -> MovementFacts:
    movement = row.movement
    return MovementFacts(
        name=movement.name,
        kind=movement.kind,
        starts=movement.starts,
        ends=movement.ends,
        launched_by=movement.launched_by,
        launched_on=movement.launched_on,
    )


def collect_pledge(bloc_year: BlocYear, *, mid_year: bool) -> PledgeFacts | None:
    pledge = Pledge.objects.filter(bloc_year=bloc_year).first()
    if pledge is None:
        return None
    order = {pk: place for place, pk in enumerate(bloc_year.memberships.in_order().values_list("agency", flat=True))}
    rows = sorted(pledge.targets.select_related("agency"), key=lambda row: order.get(row.agency_id, len(order)))
    lines = []
    for row in rows:
        found = progress(row)
        lines.append(
            TargetLine(
                agency=row.agency.name,
                name=row.name,
                unit=row.unit,
                plan=row.plan,
                figure=row.mid_year if mid_year else row.actual,
                measure=found.mid_year if mid_year else found.year,
            )
        )
    return PledgeFacts(pledge.signed_on, tuple(summary(rows, mid_year=mid_year)), tuple(lines))


def collect_conferences(bloc_year: BlocYear, bloc: BlocFacts) -> tuple[ConferenceFacts, ...]:
    rows = bloc_year.conferences.select_related("chair_agency").prefetch_related("attendances__agency")
    return tuple(conference_facts(row, bloc) for row in rows)


def conference_facts(row: Conference, bloc: BlocFacts) -> ConferenceFacts:
    levels = {each.agency.code: each.level for each in row.attendances.all()}
    came = {code for code, level in levels.items() if level != AttendanceLevel.ABSENT}
    chair_title = " ".join(
        part for part in (row.chair_title, row.chair_agency.name if row.chair_agency else "") if part
    )
    return ConferenceFacts(
        kind=row.kind,
        title=row.get_kind_display(),
        held_on=row.held_on,
        starts=row.starts,
        place=row.place,
        chair=comrade(row.chair_name, chair_title),
        guests=tuple(row.guests),
        conclusions=tuple(row.conclusions),
        present=tuple(m.name for m in bloc.members if m.code in came) if row.attendance_listed else None,
        absent=tuple(m.name for m in bloc.members if m.code not in came) if row.attendance_listed else (),
    )


def collect_passages(bloc_year: BlocYear, kind: ReviewKind) -> dict[str, tuple[str, ...]]:
    """Written sections of the bloc's review, by section: their lines in plain marks."""
    rows = Passage.objects.filter(review__bloc_year=bloc_year, review__kind=kind)
    return {row.section: tuple(line.strip() for line in row.text.splitlines()) for row in rows if row.text.strip()}


def collect_petitions(bloc_year: BlocYear, *, mid_year: bool) -> tuple[tuple[str, ...], bool]:
    """The states of the period's petitions, and whether the record says anything about petitions at all."""
    rows = list(bloc_year.petitions.all())
    if mid_year:
        shown = [row for row in rows if row.received_on is None or row.received_on < date(bloc_year.year, 7, 1)]
    else:
        shown = rows
    known = bool(rows) or "petitions" in bloc_year.stated
    return tuple(row.get_status_display().lower() for row in shown), known


def commendation_line(row: Commendation) -> CommendationLine:
    unknown = [each for each in row.recipients.all() if each.count is None]
    return CommendationLine(
        agency=row.agency.name,
        period=row.period,
        award=award_words(row),
        issuer=row.issuer,
        recipients=sentence(row),
        reason=row.reason,
        status=row.status,
        uncounted=", ".join(phrase(each.kind, None) for each in unknown),
        counts=tuple((each.kind, each.count) for each in in_order(row)),
    )
