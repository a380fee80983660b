"""What waits for a person in scoring."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.domain.in_play import memberships_in_play
from blocs.enums import Area, YearState
from blocs.tables.access import access_of
from scoring.enums import SheetState
from scoring.models import ScoreSheet

OPEN_YEARS = (YearState.RUNNING, YearState.SCORING)


@provides_todos
def scoring_todos(user: User) -> Iterable[Todo]:
    """Own sheets to fill and send; others' sheets to appraise and agree. One query."""
    access = access_of(user)
    own = Q(agency__in=access.agency_ids, state=SheetState.DRAFT)
    handed_in = Q(state__in=[SheetState.SUBMITTED, SheetState.CROSS_CHECKED, SheetState.APPRAISED])
    mine_to_judge = Q(bloc_year__in=access.runs(Area.SCORES)) & ~Q(agency__in=access.agency_ids)
    years = {each.bloc_year_id: each.bloc_year for each in memberships_in_play(user)}
    scored = [pk for pk, year in years.items() if year.state in OPEN_YEARS]
    if not scored:
        return
    rows = ScoreSheet.objects.filter(own | (handed_in & mine_to_judge), bloc_year__in=scored)
    for sheet in rows.select_related("agency").order_by("pk")[:50]:
        sheet.bloc_year = years[sheet.bloc_year_id]
        yield Todo(
            text=words_of(sheet, signs=sheet.agency_id in access.signs_for),
            url=f"/phieu-cham/{sheet.pk}/",
            about=str(sheet.bloc_year),
            due=sheet.bloc_year.scores_due if sheet.state == SheetState.DRAFT else None,
        )


def words_of(sheet: ScoreSheet, *, signs: bool) -> str:
    if sheet.state == SheetState.DRAFT:
        return f"{'Duyệt và gửi' if signs else 'Tự chấm điểm,'} phiếu của {sheet.agency.label}"
    if sheet.state == SheetState.APPRAISED:
        return f"Thống nhất điểm của {sheet.agency.label}"
    return f"Thẩm định phiếu chấm điểm của {sheet.agency.label}"
