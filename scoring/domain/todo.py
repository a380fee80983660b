"""What waits for a person in scoring."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.domain.in_play import memberships_in_play
from blocs.enums import Area, Role, YearState
from blocs.models import BlocYear, Membership
from blocs.tables.access import Access, access_of
from scoring.domain.unappraised import waiting_for_another_body
from scoring.enums import AppraisedBy, SheetState
from scoring.models import Criterion, CrossCheck, CrossDeal, ScoreLine, ScoreSheet

OPEN_YEARS = (YearState.RUNNING, YearState.SCORING)
HANDED_IN = (SheetState.SUBMITTED, SheetState.CROSS_CHECKED, SheetState.APPRAISED, SheetState.EXPLANATION)


def scored_years(user: User) -> dict[int, BlocYear]:
    """The bloc-years of own agencies in which scoring goes on, by id; read once for a request."""
    years = {each.bloc_year_id: each.bloc_year for each in memberships_in_play(user)}
    return {pk: year for pk, year in years.items() if year.state in OPEN_YEARS}


@provides_todos
def scoring_todos(user: User) -> Iterable[Todo]:
    """Own sheets to fill, send and explain; others' sheets to appraise and agree. One query."""
    access, years = access_of(user), scored_years(user)
    if not years:
        return
    own = Q(agency__in=access.agency_ids, state__in=[SheetState.DRAFT, SheetState.EXPLANATION])
    judged = Q(state__in=HANDED_IN) & mine_to_judge(access) & ~Q(agency__in=access.agency_ids)
    rows = ScoreSheet.objects.filter(own | judged, bloc_year__in=[*years])
    for sheet in rows.select_related("agency").order_by("pk")[:50]:
        sheet.bloc_year = years[sheet.bloc_year_id]
        if todo := sheet_todo(sheet, access):
            yield todo


def mine_to_judge(access: Access) -> Q:
    """Sheets of blocs that this person runs, and the head's own where it is a deputy's person."""
    of_head = Membership.objects.filter(
        bloc_year=OuterRef("bloc_year"), agency=OuterRef("agency"), role=Role.HEAD, bloc_year__in=access.deputy_ids
    )
    return Q(bloc_year__in=access.runs(Area.SCORES)) | Q(Exists(of_head))


def sheet_todo(sheet: ScoreSheet, access: Access) -> Todo | None:
    if sheet.state == SheetState.EXPLANATION:
        return explanation_todo(sheet, is_own=sheet.agency_id in access.agency_ids)
    return Todo(
        text=words_of(sheet, signs=sheet.agency_id in access.signs_for),
        url=sheet.get_absolute_url(),
        about=str(sheet.bloc_year),
        due=sheet.bloc_year.scores_due if sheet.state == SheetState.DRAFT else None,
    )


def explanation_todo(sheet: ScoreSheet, *, is_own: bool) -> Todo | None:
    """The unit answers until the last day; afterwards whoever judges the sheet ends it."""
    is_over = sheet.explanation_due is not None and timezone.localdate() > sheet.explanation_due
    if is_own == is_over:
        return None
    words = "Giải trình điểm thẩm định của" if is_own else "Kết thúc giải trình (đã hết hạn) của"
    url = reverse("scoring:explanation", args=[sheet.pk])
    return Todo(f"{words} {sheet.agency.label}", url, str(sheet.bloc_year), sheet.explanation_due if is_own else None)


def words_of(sheet: ScoreSheet, *, signs: bool) -> str:
    if sheet.state == SheetState.DRAFT:
        return f"{'Duyệt và gửi' if signs else 'Tự chấm điểm,'} phiếu của {sheet.agency.label}"
    if sheet.state == SheetState.APPRAISED:
        return f"Thống nhất điểm của {sheet.agency.label}"
    return f"Thẩm định phiếu chấm điểm của {sheet.agency.label}"


@provides_todos
def cross_check_todos(user: User) -> Iterable[Todo]:
    """Sheets dealt to an own agency and not yet checked. One query, two where something waits."""
    years = scored_years(user)
    if not years:
        return
    rows = CrossCheck.objects.filter(
        checker__in=access_of(user).agency_ids,
        done_at__isnull=True,
        sheet__state=SheetState.SUBMITTED,
        sheet__bloc_year__in=[*years],
    )
    waiting = list(rows.select_related("sheet__agency", "checker").order_by("pk")[:50])
    due = dues_of({check.sheet.bloc_year_id for check in waiting}) if waiting else {}
    for check in waiting:
        yield Todo(
            text=f"{check.checker.label} chấm chéo phiếu của {check.sheet.agency.label}",
            url=check.get_absolute_url(),
            about=str(years[check.sheet.bloc_year_id]),
            due=due.get(check.sheet.bloc_year_id),
        )


def dues_of(year_ids: set[int]) -> dict[int, date]:
    """By when each bloc-year's checks are due, as its newest dealing with a day says."""
    deals = CrossDeal.objects.filter(bloc_year__in=year_ids, due__isnull=False).order_by("pk")
    return {year: due for year, due in deals.values_list("bloc_year", "due") if due is not None}


@provides_todos
def appraisal_todos(user: User) -> Iterable[Todo]:
    """Criteria of the own specialised agency, or of the standing body, on sent sheets. One query, two for an agency
    that appraises: most appraise nothing, and learn it cheaply."""
    access = access_of(user)
    own = access.agency_ids | access.standing_of
    if not own or not (access.standing_ids or Criterion.objects.filter(appraiser__in=own).exists()):
        return
    rows = ScoreLine.objects.filter(
        waiting_for_another_body(),
        lines_of_bodies(access),
        sheet__state__in=[SheetState.SUBMITTED, SheetState.CROSS_CHECKED],
        sheet__bloc_year__state__in=OPEN_YEARS,
    ).exclude(sheet__agency__in=own)
    columns = ("sheet__bloc_year", "sheet__bloc_year__bloc__name", "sheet__bloc_year__year")
    for pk, name, year, count in rows.values_list(*columns).annotate(lines=Count("pk")).order_by("sheet__bloc_year"):
        url = reverse("scoring:appraisal", args=[pk])
        yield Todo(text=f"Thẩm định {count} dòng tiêu chí được giao", url=url, about=f"{name} năm {year}")


def lines_of_bodies(access: Access) -> Q:
    """Lines that a specialised agency or the standing body appraises, the latter in the former's place too."""
    owners = access.agency_ids | access.standing_of
    by_agency = Q(criterion__appraised_by=AppraisedBy.AGENCY)
    if not access.standing_ids:
        return by_agency & Q(criterion__appraiser__in=owners)
    standing = Q(sheet__bloc_year__bloc__council__in=access.standing_ids)
    return (
        (by_agency & Q(criterion__appraiser__in=owners))
        | (standing & Q(criterion__appraised_by=AppraisedBy.STANDING))
        | (standing & by_agency & Q(criterion__appraiser=F("sheet__agency")))
    )
