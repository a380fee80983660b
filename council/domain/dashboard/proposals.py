"""What was proposed and what became of it, for who sees the dossiers: the standing body."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from awards.enums import NominationState
from awards.models import Nomination
from awards.tables.dossiers import WITH_STANDING
from blocs.models import Membership
from blocs.tables.access import access_of
from council.domain.dashboard.figures import LEVELS, Asked

AWARDED, REFUSED, OPEN = "Đã khen thưởng", "Không được khen thưởng", "Chưa kết luận"
FATES: dict[str, str] = {
    NominationState.AWARDED: AWARDED,
    NominationState.INELIGIBLE: REFUSED,
    NominationState.FAILED: REFUSED,
    NominationState.REFUSED: REFUSED,
}
OUTCOMES = (AWARDED, REFUSED, OPEN)


@dataclass(frozen=True)
class Proposed:
    """Cases of one award (or one year) by outcome."""

    label: str
    by_fate: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_fate.values())

    @property
    def counts(self) -> list[int]:
        return [self.by_fate.get(fate, 0) for fate in OUTCOMES]


@dataclass(frozen=True)
class Proposals:
    by_year: tuple[Proposed, ...]  # every year asked for, the oldest first
    by_award: tuple[Proposed, ...]  # of the last year alone

    @property
    def total(self) -> int:
        return sum(each.total for each in self.by_year)


def proposals_of(user: User, asked: Asked) -> Proposals | None:
    """Cases in dossiers that were sent, by the year they are considered in; None for who sees no dossiers.

    A case counts as awarded when an issued decision names it. One query.
    """
    if asked.council.pk not in access_of(user).standing_ids:
        return None
    years: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    awards: dict[tuple[int, int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    found = narrowed(Nomination.objects.visible_to(user), asked).order_by()
    columns = ("dossier__year", "state", "award__level", "award__position", "award__name")
    for year, state, level, position, name, count in found.values_list(*columns).annotate(cases=Count("pk")):
        fate = FATES.get(state, OPEN)
        years[year][fate] += count
        if year == asked.year:
            awards[LEVELS.index(level), position, name][fate] += count
    return Proposals(
        tuple(Proposed(str(year), years[year]) for year in asked.years),
        tuple(Proposed(key[2], awards[key]) for key in sorted(awards)),
    )


def narrowed(rows: QuerySet[Nomination], asked: Asked) -> QuerySet[Nomination]:
    """The same filters as of awards; a bloc has its members' cases and its own."""
    query = asked.query
    years = (asked.years[0], asked.year)
    rows = rows.filter(dossier__council=asked.council, dossier__state__in=WITH_STANDING, dossier__year__range=years)
    if query.get("cap"):
        rows = rows.filter(award__level=query["cap"])
    if query.get("nhom"):
        rows = rows.filter(award__group=query["nhom"])
    if query.get("don_vi"):
        rows = rows.filter(dossier__agency=int(query["don_vi"]))
    if query.get("khoi"):
        bloc = int(query["khoi"])
        members = Membership.objects.filter(
            bloc_year__bloc=bloc, bloc_year__year=OuterRef("dossier__year"), agency=OuterRef("dossier__agency")
        )
        rows = rows.filter(Exists(members) | Q(dossier__bloc_year__bloc=bloc))
    return rows
