"""What the system knows of one agency for its report: targets and commendations, never typed again."""

from dataclasses import dataclass

from accounts.domain.audit import entries_of
from accounts.models import User
from blocs.domain.commendations import count_sentence, sentence, totals
from blocs.domain.targets import Measure, progress
from blocs.enums import Period
from blocs.models import Commendation, Target
from reports.domain.workflow import AGENCY_REPORT
from reports.enums import ReportState, ReviewKind
from reports.models import AgencyReport


@dataclass(frozen=True)
class TargetLine:
    target: Target
    measure: Measure

    @property
    def outcome(self) -> str:
        return self.measure.words


@dataclass(frozen=True)
class CommendationLine:
    row: Commendation
    recipients: str


@dataclass(frozen=True)
class AgencyFacts:
    """Targets and commendations of the report's period; totals awarded and proposed apart."""

    targets: list[TargetLine]
    commendations: list[CommendationLine]
    awarded: str
    proposed: str


def agency_facts(report: AgencyReport, user: User) -> AgencyFacts:
    """As far as ``user`` may see them, in three queries."""
    mid_year = report.kind == ReviewKind.MID_YEAR
    targets = Target.objects.visible_to(user).filter(pledge__bloc_year=report.bloc_year, agency=report.agency)
    rows = Commendation.objects.visible_to(user).filter(bloc_year=report.bloc_year, agency=report.agency)
    rows = rows.select_related("agency").prefetch_related("recipients")
    commendations = list(rows.filter(period=Period.H1) if mid_year else rows)
    sums = totals(commendations)
    return AgencyFacts(
        targets=[TargetLine(row, progress(row).mid_year if mid_year else progress(row).year) for row in targets],
        commendations=[CommendationLine(row, sentence(row)) for row in commendations],
        awarded=count_sentence(sums.awarded),
        proposed=count_sentence(sums.proposed),
    )


def return_reason(report: AgencyReport) -> str:
    """Why the secretariat sent the report back; empty unless it was."""
    if report.state != ReportState.RETURNED:
        return ""
    label = AGENCY_REPORT.by_name["return"].label
    entry = entries_of(report).filter(action=label).first()
    return entry.reason if entry else ""
