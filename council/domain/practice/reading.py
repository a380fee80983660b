"""The council's own rules in force on a day. What the province has not set is None, never a default."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from awards.tables.catalogue import in_period
from blocs.models import Council, CouncilMember
from blocs.tables.access import access_of
from blocs.tables.agencies import in_force
from council.models import Practice, Remit


def practice_on(council_id: int, on: date) -> Practice | None:
    """The working rules (quy chế) of the council on ``on``; None: not set. One query."""
    rows = Practice.objects.filter(in_period(on), council=council_id)
    return rows.order_by("valid_from", "pk").last()


def remit_of(council_id: int, award_id: int, on: date) -> Remit | None:
    """Who looks at an award before it is decided on ``on``; None: not set. One query."""
    return remits_on(council_id, on).get(award_id)


def remits_on(council_id: int, on: date) -> dict[int, Remit]:
    """Every remit in force by award; the later row holds. One query."""
    rows = Remit.objects.filter(in_period(on), council=council_id).select_related("award")
    return {row.award_id: row for row in rows.order_by("valid_from", "pk")}


def members_on(council_id: int, on: date) -> QuerySet[CouncilMember]:
    """Members whose term holds ``on``, in the order of the council's list."""
    rows = CouncilMember.objects.filter(in_force(on), council=council_id)
    return rows.select_related("user", "agency").order_by("position", "pk")


def councils_run_by(user: User) -> list[Council]:
    """Councils whose standing body this person works in."""
    return list(Council.objects.filter(pk__in=access_of(user).standing_ids))
