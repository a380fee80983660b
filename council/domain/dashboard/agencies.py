"""Awards by agency: who has most, who has fewest, who has none in the year."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from awards.models import AwardRecord
from blocs.models import Agency, Membership
from council.domain.dashboard.figures import UNKNOWN, Asked, Breakdown, Figure, figure_of, tally, told
from council.domain.register.reading import AGENCY

ENDS = 10  # agencies at either end
NO_AGENCY = "Chưa rõ đơn vị"


@dataclass(frozen=True)
class Agencies:
    """``breakdown`` holds every agency with an award in the five years, the most of the year first."""

    breakdown: Breakdown
    without: tuple[Agency, ...]  # in force in the year (and in the bloc, if one was asked for), with no award in it

    @property
    def is_short(self) -> bool:
        return len(self.awarded) <= 2 * ENDS

    @property
    def awarded(self) -> list[Figure]:
        return [each for each in self.breakdown.figures if each.now and not each.unsure]

    @property
    def unsure(self) -> list[Figure]:
        return [each for each in self.breakdown.figures if each.unsure]

    @property
    def top(self) -> list[Figure]:
        return self.awarded if self.is_short else self.awarded[:ENDS]

    @property
    def bottom(self) -> list[Figure]:
        return [] if self.is_short else self.awarded[-ENDS:]


def by_agency(rows: QuerySet[AwardRecord], asked: Asked) -> Agencies:
    """Two queries; one more where a bloc was asked for."""
    found = tally(rows.annotate(fact_agency=AGENCY), "fact_agency")
    known = Agency.objects.filter(Q(council=asked.council) | Q(pk__in=[key for key in found if key is not None]))
    agencies = list(known.order_by("sort_key", "pk"))
    figures = [figure_of(asked, each.label, found.get(each.pk, {}), don_vi=str(each.pk)) for each in agencies]
    figures.sort(key=lambda each: (-each.now, -each.total))
    unknown = figure_of(asked, NO_AGENCY, found.get(None, {}), unsure=True, don_vi=UNKNOWN)
    expected = expected_in(asked, agencies)
    without = tuple(each for each in expected if not found.get(each.pk, {}).get(asked.year))
    return Agencies(Breakdown("don-vi", "Theo đơn vị trình, quản lý", told([*figures, unknown])), without)


def expected_in(asked: Asked, agencies: list[Agency]) -> list[Agency]:
    """Agencies of the council that could have an award: in force in the year, and what the filters leave."""
    found = [each for each in agencies if each.council_id == asked.council.pk and in_force(each, asked.year)]
    if asked.query.get("khoi"):
        rows = Membership.objects.filter(bloc_year__bloc=int(asked.query["khoi"]), bloc_year__year=asked.year)
        members = set(rows.values_list("agency", flat=True))
        found = [each for each in found if each.pk in members]
    if asked.query.get("don_vi"):
        found = [each for each in found if str(each.pk) == asked.query["don_vi"]]
    return found


def in_force(agency: Agency, year: int) -> bool:
    began = agency.valid_from is None or agency.valid_from <= date(year, 12, 31)
    return began and (agency.valid_to is None or agency.valid_to >= date(year, 1, 1))
