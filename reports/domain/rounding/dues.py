"""Until when a report is due: the round's date wins over the year's, an extension over the round's."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects

from blocs.models import BlocYear
from reports.enums import ReviewKind, RoundState
from reports.models import AgencyReport, ReportRound, RoundExtension


def read_rounds(years: Iterable[BlocYear]) -> None:
    """Rounds and extensions of these years in two queries at most; the functions below then ask nothing."""
    prefetch_related_objects(list(years), "report_rounds__extensions")


def round_for(bloc_year: BlocYear, kind: str) -> ReportRound | None:
    """The opened round of a six-month or annual ``kind`` in this bloc-year, also once it is closed; None without."""
    if kind not in ReviewKind:
        return None
    opened = (row for row in bloc_year.report_rounds.all() if row.state != RoundState.DRAFT)
    return next((row for row in opened if row.kind == kind), None)


def due_of(bloc_year: BlocYear, kind: str) -> date | None:
    """The day by which reports of ``kind`` are due: the opened round's, else the bloc-year's own."""
    found = round_for(bloc_year, kind)
    if found is not None and found.due is not None:
        return found.due
    return bloc_year.mid_year_due if kind == ReviewKind.MID_YEAR else bloc_year.annual_due


def due_for(bloc_year: BlocYear, kind: str, agency_id: int) -> date | None:
    """``due_of`` with the agency's last extension."""
    found = round_for(bloc_year, kind)
    longer = extended_to(found, agency_id) if found is not None else None
    return longer or due_of(bloc_year, kind)


def extended_to(a_round: ReportRound, agency_id: int) -> date | None:
    """The day of the last extension of this agency, None without one."""
    given = [row.due for row in a_round.extensions.all() if row.agency_id == agency_id]
    return given[-1] if given else None


def with_due(rows: QuerySet[AgencyReport]) -> QuerySet[AgencyReport]:
    """``rows`` with ``extended`` (a date or None) and their round: ``due_of_report`` then asks nothing."""
    given = RoundExtension.objects.filter(round=OuterRef("round"), agency=OuterRef("agency"))
    last = given.order_by("-granted_at", "-pk").values("due")[:1]
    return rows.select_related("round", "bloc_year").annotate(extended=Subquery(last))


def due_of_report(report: AgencyReport) -> date | None:
    """Until when this report (of ``with_due``) was to be sent: extension, else round, else bloc-year."""
    longer: date | None = getattr(report, "extended", None)
    if longer is not None:
        return longer
    if report.round is not None and report.round.due is not None:
        return report.round.due
    if report.kind not in ReviewKind:
        return None
    return report.bloc_year.mid_year_due if report.kind == ReviewKind.MID_YEAR else report.bloc_year.annual_due


def refusal_when_closed(report: AgencyReport) -> str | None:
    """A closed round takes no more reports."""
    if report.round is None or report.round.state != RoundState.CLOSED:
        return None
    return "Đợt báo cáo đã kết thúc nên không gửi được. Hãy đề nghị cơ quan yêu cầu báo cáo mở lại đợt."
