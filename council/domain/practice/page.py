"""What the council's page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from awards.domain.catalogue_checks import spell
from awards.enums import Basis
from awards.law.votes import Demand, national_demand
from awards.models import AwardForm
from blocs.models import Council, CouncilMember
from blocs.tables.access import access_of, holds
from council.domain.practice.kinds import KINDS, RuleKind, subject_of


def councils_seen_by(user: User) -> QuerySet[Council]:
    """The standing body's, the members', and for administrators (reading only) all."""
    access = access_of(user)
    reached = Q(pk__in=access.standing_ids | access.seat_ids)
    rows = Council.objects.select_related("standing_agency").order_by("sort_key")
    return rows if user.is_staff and user.is_active else rows.filter(reached)


def members_seen_by(user: User) -> QuerySet[CouncilMember]:
    rows = CouncilMember.objects.filter(council__in=councils_seen_by(user).order_by().values("pk"))
    return rows.select_related("council", "user", "agency")


@dataclass(frozen=True)
class RuleLine:
    row: Any
    about: str
    words: str
    period: str
    in_force: bool
    suggested: bool


@dataclass(frozen=True)
class RuleTable:
    kind: RuleKind
    lines: list[RuleLine]


def practice_page(council: Council) -> dict[str, Any]:
    """Members, the council's rules by kind, and what the decrees set for all; a constant number of queries."""
    today = timezone.localdate()
    members = CouncilMember.objects.filter(council=council).select_related("user", "agency").order_by("position", "pk")
    return {
        "members": [(each, holds(each.since, each.until, today)) for each in members],
        "tables": [RuleTable(kind, lines_of(kind, council, today)) for kind in KINDS],
        "national": national_lines(today),
    }


def lines_of(kind: RuleKind, council: Council, today: date) -> list[RuleLine]:
    rows = kind.model.objects.filter(council=council)
    if kind.alike:
        rows = rows.select_related("award")
    return [
        RuleLine(
            row,
            subject_of(row),
            kind.words(row),
            spell(row.valid_from, row.valid_to),
            holds(row.valid_from, row.valid_to, today),
            row.basis == Basis.OURS,
        )
        for row in rows
    ]


def national_lines(today: date) -> list[tuple[AwardForm, Demand]]:
    """The shares of votes that the decrees set for every council; a province cannot set others. One query."""
    awards = AwardForm.objects.filter(active=True).order_by("position", "pk")
    found = ((award, national_demand(award.code, today)) for award in awards)
    return [(award, demand) for award, demand in found if demand is not None]
