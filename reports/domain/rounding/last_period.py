"""What an agency reported for the same figures last time."""

from decimal import Decimal

from django.db.models import Q

from reports.enums import ReportState, RoundKind
from reports.models import AgencyReport, FigureValue, RoundFigure

SENT = (ReportState.SIGNED_OFF, ReportState.RECEIVED)


def last_values(report: AgencyReport) -> dict[int, Decimal]:
    """Figure id → the value of the same section and key in the agency's last report of this kind; two queries.

    Looked for in the round before this one: of a six-month or annual round the year before's, of an ad-hoc round the
    bloc's last one before it, else one of the year before. The agency's bloc comes first; where the agency was in
    another bloc then, that one's counts. Only what was sent; figures without a value then are left out.
    """
    if report.round is None:
        return {}
    figures = RoundFigure.objects.filter(section__round=report.round.outline_id).select_related("section")
    ids = {(row.section.key, row.key): row.pk for row in figures}
    if not ids:
        return {}
    rows = FigureValue.objects.filter(
        before(report),
        report__agency=report.agency_id,
        report__kind=report.kind,
        report__state__in=SENT,
        value__isnull=False,
    ).select_related("figure__section", "report__bloc_year", "report__round")
    ranked = sorted(rows, key=lambda row: rank(row.report, report), reverse=True)
    chosen = ranked[0].report_id if ranked else None
    found: dict[int, Decimal] = {}
    for row in ranked:
        pk = ids.get((row.figure.section.key, row.figure.key))
        if pk is not None and row.value is not None and row.report_id == chosen:
            found[pk] = row.value
    return found


def before(report: AgencyReport) -> Q:
    """Reports that came before: of the year before, for an ad-hoc round also earlier ones of the year."""
    year = report.bloc_year.year
    found = Q(report__bloc_year__year=year - 1)
    if report.kind == RoundKind.AD_HOC:
        found |= Q(report__bloc_year__year=year, report__round__lt=report.round_id)
    return found


def rank(found: AgencyReport, report: AgencyReport) -> tuple[bool, int, int]:
    """The own bloc first, then the later year, then the later round."""
    same = found.bloc_year.bloc_id == report.bloc_year.bloc_id
    return same, found.bloc_year.year, found.round_id or 0
