"""The bloc-years that a person works in now, read once for a request.

To-dos of every app ask for them; a handed-over year asks nothing of anybody.
"""

from typing import Any

from accounts.models import User
from blocs.enums import YearState
from blocs.models import Membership
from blocs.tables.access import access_of


def memberships_in_play(user: User) -> list[Membership]:
    """Own agencies' memberships in years not handed over, with agency, year, bloc and pledge: one query."""
    kept: Any = getattr(user, "_memberships_in_play", None)
    if kept is None:
        agencies = access_of(user).agency_ids
        rows = Membership.objects.filter(agency__in=agencies).exclude(bloc_year__state=YearState.HANDED_OVER)
        kept = list(rows.select_related("agency", "bloc_year__bloc", "bloc_year__pledge")) if agencies else []
        user._memberships_in_play = kept  # type: ignore[attr-defined]
    return list(kept)
