"""A due date that moves after reports were sent: the days late of the score sheets follow."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from accounts.models import User
from blocs.models import BlocYear
from reports.models import AgencyReport
from scoring.domain.lateness import correct_lateness, delays_of


@contextmanager
def lateness_corrected(bloc_year: BlocYear | None, agencies: Collection[int], *, actor: User | None) -> Iterator[None]:
    """Around a change of due dates: days late that sheets of ``agencies`` hold as reckoned are reckoned anew."""
    if bloc_year is None:
        yield
        return
    sent = AgencyReport.objects.filter(bloc_year=bloc_year, agency__in=agencies, sent_at__isnull=False)
    ids = sorted(set(sent.values_list("agency_id", flat=True)))
    before = {pk: longest(bloc_year, pk) for pk in ids}
    yield
    for pk, was in before.items():
        if longest(bloc_year, pk) != was:
            correct_lateness(bloc_year, pk, was=was, actor=actor)


def longest(bloc_year: BlocYear, agency_id: int) -> int:
    found = delays_of(bloc_year, agency_id)
    return found[0].days if found else 0
