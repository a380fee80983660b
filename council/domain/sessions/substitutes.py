"""Who may stand in for a member."""

from django.db.models import Q, QuerySet

from accounts.models import User
from blocs.enums import Duty
from blocs.tables.agencies import people_of
from council.domain.sessions.seats import day_of
from council.models import Seat


def possible_substitutes(seat: Seat) -> QuerySet[User]:
    """Active people of the member's agency without a seat in the session; who was chosen before stays."""
    agencies = [seat.agency_id] if seat.agency_id is not None else []
    staff = people_of(agencies, *Duty, on=day_of(seat.session))
    chosen = [seat.substitute_id] if seat.substitute_id is not None else []
    found = User.objects.filter(Q(pk__in=staff.values("pk")) | Q(pk__in=chosen))
    taken = Seat.objects.filter(session=seat.session_id, user__isnull=False).values("user")
    return found.exclude(pk__in=taken).order_by("sort_key", "pk")
