"""The dashboard of a province: all figures that one page shows, in a constant number of queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import User
from awards.models import AwardRecord
from blocs.models import Council
from blocs.tables.access import access_of
from council.domain.dashboard.agencies import Agencies, by_agency
from council.domain.dashboard.facts import BY_DECISION, in_period
from council.domain.dashboard.figures import (
    UNKNOWN,
    Asked,
    Breakdown,
    Worth,
    by_award,
    by_category,
    by_field,
    by_profile,
    counted,
    worth_of,
)
from council.domain.dashboard.proposals import OUTCOMES, Proposals, proposals_of


@dataclass(frozen=True)
class Money:
    """Rewards in đồng of the year's awards in force, as their decisions fixed them; None: no amount is known."""

    fixed: int | None
    paid: int
    unknown: int  # awards of which no amount is known


@dataclass(frozen=True)
class Dashboard:
    asked: Asked
    levels: Breakdown
    forms: Breakdown
    kinds: Breakdown
    people: Breakdown
    worth: Worth
    categories: Breakdown
    fields: Breakdown
    agencies: Agencies
    proposals: Proposals | None
    money: Money | None
    revoked: int
    revoked_url: str
    undated: int
    undated_url: str

    @property
    def total(self) -> int | None:
        return self.of_year(self.asked.year)

    @property
    def before(self) -> int | None:
        return self.of_year(self.asked.year - 1)

    def of_year(self, year: int) -> int | None:
        """None where the register holds nothing of the year."""
        if year not in self.asked.known:
            return None
        return sum(each.counts[self.asked.years.index(year)].value or 0 for each in self.levels.figures)

    @property
    def change(self) -> str:
        """Against the year before, in words; empty where one of both is unknown."""
        if self.total is None or self.before is None:
            return ""
        more = self.total - self.before
        return f"tăng {more}" if more > 0 else f"giảm {-more}" if more else "không đổi"

    @property
    def total_url(self) -> str:
        return self.asked.address(self.asked.year)

    @property
    def before_url(self) -> str:
        return self.asked.address(self.asked.year - 1)

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        return self.levels, self.forms, self.kinds, self.people, self.categories, self.fields, self.agencies.breakdown


def councils_of(user: User) -> QuerySet[Council]:
    """Councils whose dashboard ``user`` opens: those it works for as standing body, and those it sits in."""
    access = access_of(user)
    return Council.objects.filter(pk__in=access.standing_ids | access.seat_ids).order_by("sort_key", "pk")


def dashboard_of(rows: QuerySet[AwardRecord], user: User, asked: Asked) -> Dashboard:
    """``rows``: what ``user`` reads of the register, narrowed by every filter but the year."""
    held = counted(rows, asked)
    levels, forms = by_award(held, asked)
    kinds, people = by_profile(held, asked)
    revoked = in_period(rows.filter(revoked_on__isnull=False), asked.basis, asked.year, asked.year).count()
    return Dashboard(
        asked=asked,
        levels=levels,
        forms=forms,
        kinds=kinds,
        people=people,
        worth=worth_of(people),
        categories=by_category(held, asked),
        fields=by_field(held, asked),
        agencies=by_agency(held, asked),
        proposals=proposals_of(user, asked),
        money=money_of(held, user, asked),
        revoked=revoked,
        revoked_url=asked.address(asked.year, huy="huy"),
        undated=undated_of(rows, asked),
        undated_url=asked.address(UNKNOWN),
    )


def undated_of(rows: QuerySet[AwardRecord], asked: Asked) -> int:
    """Awards in force that no year of decision counts, because nobody entered the day; only where asked for by it."""
    if asked.basis != BY_DECISION:
        return 0
    return rows.filter(decided_on__isnull=True, revoked_on__isnull=True).count()


def money_of(held: QuerySet[AwardRecord], user: User, asked: Asked) -> Money | None:
    """One query; None for who does not see the money."""
    if asked.council.pk not in access_of(user).standing_ids:
        return None
    of_year = in_period(held, asked.basis, asked.year, asked.year).order_by()
    found: dict[str, Any] = of_year.aggregate(
        fixed=Sum("decision_line__amount"),
        paid=Sum("decision_line__amount", filter=Q(decision_line__paid_on__isnull=False)),
        unknown=Count("pk", filter=Q(decision_line__amount__isnull=True)),
    )
    return Money(found["fixed"], found["paid"] or 0, found["unknown"])


def table_of(found: Dashboard) -> Iterator[Sequence[Any]]:
    """Rows of the spreadsheet: section, label, one column for each year."""
    for part in found.breakdowns:
        for each in part.figures:
            yield [part.title, each.label, *each.values]
        if part.figures:
            yield [part.title, "Cộng", *part.sums]
    for agency in found.agencies.without:
        yield ["Đơn vị chưa có khen thưởng trong năm", agency.name, *[None] * len(found.asked.years)]
    if found.proposals is not None:
        for place, outcome in enumerate(OUTCOMES):
            yield ["Đề nghị khen thưởng", outcome, *(each.counts[place] for each in found.proposals.by_year)]
        yield ["Đề nghị khen thưởng", "Cộng", *(each.total for each in found.proposals.by_year)]
