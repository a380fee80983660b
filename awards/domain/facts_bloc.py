"""How agencies came out of their blocs, and the petitions about them, for those that are subjects themselves."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from awards.law import facts as law
from blocs.enums import Direction, PetitionStatus, Tier
from blocs.models import Membership, Petition, Target
from scoring.models import Disqualification, LockedStanding

Place = tuple[int, int]  # agency, year
OPEN = (PetitionStatus.OPEN, PetitionStatus.VERIFYING)


@dataclass
class Blocs:
    """By agency and year; an agency that was in no bloc that year has no result."""

    results: dict[Place, law.BlocResult] = field(default_factory=dict)
    petitions: dict[int, list[law.Freeze]] = field(default_factory=lambda: defaultdict(list))

    def flag_eligible(self, place: Place) -> bool | None:
        """True for a member of a bloc that the province organised that year; otherwise not known."""
        result = self.results.get(place)
        return True if result is not None and result.organiser == "province" else None


def blocs_of(places: Collection[Place]) -> Blocs:
    """Results and open petitions of these agencies in these years; five queries whatever their number."""
    found = Blocs()
    agencies, years = {agency for agency, _ in places}, {year for _, year in places}
    members = Membership.objects.filter(agency__in=agencies, bloc_year__year__in=years)
    rows = list(members.select_related("bloc_year__bloc", "agency").order_by("-bloc_year__bloc__tier", "pk"))
    bloc_years = {row.bloc_year_id for row in rows}
    ranks = ranks_in(bloc_years)
    grounds = grounds_in(bloc_years, agencies)
    targets = exceeded_in(bloc_years, agencies)
    for row in rows:
        key = (row.bloc_year_id, row.agency_id)
        result = law.BlocResult(
            rank=ranks.get((row.bloc_year_id, row.agency.code)),
            targets_exceeded=targets.get(key),
            disqualified=tuple(grounds[key]),
            organiser="province" if row.bloc_year.bloc.tier == Tier.PROVINCE else "authorised",
        )
        place = (row.agency_id, row.bloc_year.year)
        if place not in found.results or result.organiser == "province":
            found.results[place] = result
    read_petitions(found, agencies)
    return found


def ranks_in(bloc_years: Iterable[int]) -> dict[tuple[int, str], int]:
    """Places of the rankings that were locked and not reopened: what is still counted ranks nobody."""
    return {
        (standing.bloc_year_id, unit["agency"]["code"]): unit["rank"]
        for standing in LockedStanding.objects.in_force().filter(bloc_year__in=bloc_years)
        for unit in standing.content.get("units", [])
        if unit.get("rank") is not None
    }


def grounds_in(bloc_years: Iterable[int], agencies: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = Disqualification.objects.filter(sheet__bloc_year__in=bloc_years, sheet__agency__in=agencies)
    for row in rows.select_related("sheet"):
        found[row.sheet.bloc_year_id, row.sheet.agency_id].append(row.reason)
    return found


def exceeded_in(bloc_years: Iterable[int], agencies: Iterable[int]) -> dict[tuple[int, int], bool | None]:
    """Whether every target of the pledge was exceeded; None while a number is missing and none has failed."""
    values: dict[tuple[int, int], list[bool | None]] = defaultdict(list)
    rows = Target.objects.filter(pledge__bloc_year__in=bloc_years, agency__in=agencies).select_related("pledge")
    for row in rows:
        values[row.pledge.bloc_year_id, row.agency_id].append(exceeded(row))
    return {key: False if False in found else None if None in found else True for key, found in values.items()}


def exceeded(target: Target) -> bool | None:
    if target.plan is None or target.actual is None:
        return None
    return target.actual > target.plan if target.direction == Direction.UP else target.actual < target.plan


def read_petitions(found: Blocs, agencies: Iterable[int]) -> None:
    """Petitions that are open now; one without its day has been open since its year began."""
    rows = Petition.objects.filter(agency__in=agencies, status__in=OPEN).select_related("bloc_year")
    for row in rows:
        since = row.received_on or date(row.bloc_year.year, 1, 1)
        found.petitions[row.agency_id].append(law.Freeze(law.FreezeKind.PETITION, since))
