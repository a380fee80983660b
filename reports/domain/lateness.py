"""What the reporting rounds know of a unit's delays, for the deductions of its score sheet."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from blocs.models import BlocYear
from reports.domain.rounding.dues import due_of_report, with_due
from reports.domain.rounds import days_late
from reports.enums import ReviewKind
from reports.models import AgencyReport
from scoring.domain.lateness import Delay, provides_lateness, refresh_lateness


@provides_lateness
def delays_of_reports(bloc_year: BlocYear, agency_id: int) -> Iterable[Delay]:
    """The unit's mid-year and annual report, once sent against a due date, as the rounds count them; one query.

    The due date is the round's, with the unit's last extension; without a round the bloc-year's. What an ad-hoc round
    asks for is no duty of the year's criteria and deducts nothing.
    """
    sent = AgencyReport.objects.filter(bloc_year=bloc_year, agency=agency_id, sent_at__isnull=False)
    return [
        Delay(f"báo cáo {str(row.get_kind_display()).lower()}", days_late(row, due))
        for row in with_due(sent.filter(kind__in=ReviewKind.values)).order_by("pk")
        if (due := due_of_report(row)) is not None
    ]


def deduct_lateness(report: AgencyReport, actor: User | None, now: datetime) -> None:
    """A report was sent: the lines of lateness on the unit's sheet follow at once."""
    refresh_lateness(report.bloc_year, report.agency_id, actor=actor)
