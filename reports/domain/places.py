"""Which sections a text has: those of the report's outline, or the four that every report and review has."""

from dataclasses import dataclass

from reports.enums import Section
from reports.models import AgencyReport, BlocReview, RoundSection


@dataclass(frozen=True)
class Place:
    """One section: its key, its title, and what the outline says of it."""

    key: str
    title: str
    guidance: str = ""
    required: bool = False


def places_of(owner: AgencyReport | BlocReview) -> list[Place]:
    """The sections in their order; a query for a report of a round, none otherwise.

    An outline without sections asks for the plain four.
    """
    if isinstance(owner, AgencyReport) and owner.round is not None:
        rows = RoundSection.objects.filter(round=owner.round.outline_id)
        if found := [Place(row.key, row.title, row.guidance, row.required) for row in rows]:
            return found
    return [Place(section.value, str(section.label)) for section in Section]


def place_of(owner: AgencyReport | BlocReview, key: str) -> Place:
    """The section of ``key``. Raises LookupError where the text has none."""
    for place in places_of(owner):
        if place.key == key:
            return place
    raise LookupError(key)
