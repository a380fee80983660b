"""Who is told that a sheet waits for judgement."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from blocs.enums import Duty, Role
from blocs.tables.agencies import people_of
from scoring.enums import AppraisedBy
from scoring.models import Criterion, ScoreSheet


def judging_people(sheet: ScoreSheet) -> Iterable[User]:
    """The head's people (of the head's own sheet the deputies' too) and those of the specialised agencies."""
    members = sheet.bloc_year.memberships.filter(role__in=[Role.HEAD, Role.DEPUTY]).values_list("agency_id", "role")
    roles = dict(members)
    heads = {pk for pk, role in roles.items() if role == Role.HEAD}
    told = set(roles) if sheet.agency_id in heads else heads
    criteria = Criterion.objects.filter(criteria_set=sheet.criteria_set_id, appraised_by=AppraisedBy.AGENCY)
    told |= set(criteria.exclude(appraiser=None).values_list("appraiser", flat=True))
    return people_of([*told], Duty.OFFICER, Duty.LEADER, on=timezone.localdate())
