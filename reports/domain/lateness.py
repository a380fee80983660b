"""What the reporting rounds know of a unit's delays, for the deductions of its score sheet."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from blocs.models import BlocYear
from reports.domain.rounds import days_late, due_of
from reports.models import AgencyReport
from scoring.domain.lateness import Delay, provides_lateness, refresh_lateness


@provides_lateness
def delays_of_reports(bloc_year: BlocYear, agency_id: int) -> Iterable[Delay]:
    """The unit's mid-year and annual report, once sent against a due date, as the rounds count them; one query."""
    rows = AgencyReport.objects.filter(bloc_year=bloc_year, agency=agency_id, sent_at__isnull=False).order_by("pk")
    return [
        Delay(f"báo cáo {str(row.get_kind_display()).lower()}", days_late(row, due))
        for row in rows
        if (due := due_of(bloc_year, row.kind)) is not None
    ]


def deduct_lateness(report: AgencyReport, actor: User | None, now: datetime) -> None:
    """A report was sent: the lines of lateness on the unit's sheet follow at once."""
    refresh_lateness(report.bloc_year, report.agency_id, actor=actor)
