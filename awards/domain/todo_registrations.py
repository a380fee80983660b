"""What waits for a person in registrations: a draft of this year to be finished or sent."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from awards.enums import RegistrationState
from awards.models import Registration
from blocs.tables.access import access_of


@provides_todos
def registration_todos(user: User) -> Iterable[Todo]:
    """Own registrations of this and next year that are not sent. One query."""
    access = access_of(user)
    if not access.agency_ids:
        return
    year = timezone.localdate().year
    rows = Registration.objects.filter(
        agency__in=access.agency_ids, year__in=[year, year + 1], state=RegistrationState.DRAFT
    )
    for row in rows.select_related("agency"):
        act = "Gửi" if row.agency_id in access.signs_for else "Hoàn thiện"
        yield Todo(f"{act} đăng ký thi đua của {row.agency.label}", row.get_absolute_url(), f"Năm {row.year}")
