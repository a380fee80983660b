"""Lines of one page of an agenda, with what the page needs beside the item itself."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from awards.domain.posted import unposted_before
from awards.models import Nomination
from council.domain.sessions.seats import day_of
from council.enums import ItemOutcome
from council.models import AgendaItem, CouncilSession, Recusal


@dataclass(frozen=True)
class ItemLine:
    item: AgendaItem
    recused: list[str]
    unposted: bool
    starts_group: bool


def item_lines(session: CouncilSession, items: Sequence[AgendaItem]) -> list[ItemLine]:
    """One line for each of ``items`` in their order; two queries more."""
    keys = [each.pk for each in items]
    recused: dict[int, list[str]] = defaultdict(list)
    rows = Recusal.objects.filter(item__in=keys).order_by("seat__position", "pk")
    for item_id, name in rows.values_list("item_id", "seat__name"):
        recused[item_id].append(name)
    waiting = [each.nomination_id for each in items if each.outcome == ItemOutcome.OPEN]
    late = {each.pk for each in unposted_before(day_of(session), Nomination.objects.filter(pk__in=waiting))}
    lines: list[ItemLine] = []
    award = None
    for each in items:
        starts = each.nomination.award_id != award
        award = each.nomination.award_id
        lines.append(ItemLine(each, recused[each.pk], each.nomination_id in late, starts))
    return lines
