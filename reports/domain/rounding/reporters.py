"""Who reports in a round. An agency in two blocs of a province's round reports once, in the first of them."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from blocs.enums import Duty
from blocs.models import Membership
from blocs.tables.agencies import people_of
from blocs.tables.years import MembershipQuerySet
from reports.models import ReportRound

# (round, agency): the name of the bloc in which the agency reports instead
Excused = dict[tuple[int, int], str]


def excused_in(rounds: Iterable[ReportRound], agencies: Collection[int] | None = None) -> Excused:
    """Who reports in an earlier bloc of the same province's round; ``agencies`` narrows whom to look at.

    One query, none where no round is a province's. The first bloc is the one whose round was opened first.
    """
    parents = {found for row in rounds if (found := row.parent_id or (row.pk if row.bloc_year_id is None else None))}
    if not parents:
        return {}
    rows = ReportRound.objects.filter(parent__in=parents).order_by("pk")
    if agencies is not None:
        rows = rows.filter(bloc_year__memberships__agency__in=agencies)
    first: dict[tuple[int | None, Any], str] = {}
    excused: Excused = {}
    names = ("parent_id", "pk", "bloc_year__bloc__name", "bloc_year__memberships__agency_id")
    for parent, pk, bloc, agency in rows.values_list(*names):
        if agency is not None and (parent, agency) in first:
            excused[pk, agency] = first[parent, agency]
        else:
            first[parent, agency] = bloc
    return excused


def members_of(a_round: ReportRound, excused: Excused | None = None) -> MembershipQuerySet:
    """Memberships that report in this round: of its bloc-year, or of all bloc-years under a province's round."""
    out = excused_in([a_round]) if excused is None else excused
    if a_round.bloc_year_id is not None:
        gone = [agency for pk, agency in out if pk == a_round.pk]
        return Membership.objects.filter(bloc_year=a_round.bloc_year_id).exclude(agency__in=gone)
    rows = Membership.objects.filter(bloc_year__report_rounds__parent=a_round.pk)
    for pk, agency in out:
        rows = rows.exclude(Q(bloc_year=years_by_round(a_round).get(pk)) & Q(agency=agency))
    return rows


def years_by_round(a_round: ReportRound) -> dict[int, int]:
    """The bloc-year of each round under a province's one; read once for the object."""
    kept: dict[int, int] | None = getattr(a_round, "_years_by_round", None)
    if kept is None:
        kept = {pk: year for pk, year in a_round.children.values_list("pk", "bloc_year_id") if year is not None}
        a_round._years_by_round = kept  # type: ignore[attr-defined]
    return kept


def people_in(rows: QuerySet[Membership], on: Any) -> QuerySet[User]:
    """Officers and leaders of the agencies of these memberships."""
    return people_of(list(rows.order_by().values_list("agency_id", flat=True)), Duty.OFFICER, Duty.LEADER, on=on)
