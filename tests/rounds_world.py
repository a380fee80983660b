"""Rounds as tests need them: of the world's bloc-year, of its province, with an outline."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from reports.domain.rounding.workflow import REPORT_ROUND
from reports.models import AgencyReport, ReportRound, RoundFigure, RoundSection
from tests.factories import AgencyReportFactory
from tests.world import World

DUE = date(2020, 6, 20)


def a_round(world: World, **fields: Any) -> ReportRound:
    """A draft of the world's bloc-year with one section."""
    given = {"bloc_year": world.year, "kind": "mid-year", "title": "Báo cáo 6 tháng", "due": DUE} | fields
    made: ReportRound = ReportRound.objects.create(council=world.council, year=world.year.year, **given)
    if made.parent_id is None:
        RoundSection.objects.create(round=made, key="achievements", title="Kết quả", position=1)
    return made


def opened(world: World, **fields: Any) -> ReportRound:
    made = a_round(world, **fields)
    REPORT_ROUND.perform(made, "open", actor=None)
    return made


def figure(a_round: ReportRound, key: str = "so-nguoi", **fields: Any) -> RoundFigure:
    section = RoundSection.objects.get(round=a_round.outline_id, key="achievements")
    given = {"label": f"Số liệu {key}"} | fields
    return RoundFigure.objects.create(section=section, key=key, **given)


def report_in(a_round: ReportRound, agency: Any, state: str = "signed_off", sent: date | None = None) -> AgencyReport:
    at = datetime.combine(sent, time(9), tzinfo=timezone.get_current_timezone()) if sent else None
    made: AgencyReport = AgencyReportFactory(
        bloc_year=a_round.bloc_year, agency=agency, kind=a_round.kind, round=a_round, state=state, sent_at=at
    )
    return made
