"""How long each nominee of a public list was really on show: only days without a break count.

A nominee is not on show while the dossier is back with its makers or the appraisal finds it ineligible. From when to
when stands in the trail, which never changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import AuditEntry
from awards.domain.deadlines import Calendar, calendar
from awards.domain.posting_rules import PostingRule, is_posted, posting_rule
from awards.enums import DossierState, NominationState
from awards.models import Dossier, Nomination, Posting

# Recalled or returned after it was posted, and not received anew: the proposal does not stand.
BACK_STATES = (DossierState.DRAFT, DossierState.SIGNED_OFF, DossierState.SUBMITTED)
APPRAISED = (DossierState.RECEIVED, DossierState.SUPPLEMENT, DossierState.APPRAISED)
HIDING = {"awards.dossier": BACK_STATES, "awards.nomination": (NominationState.INELIGIBLE,)}
ONE_DAY = timedelta(days=1)
Spell = tuple[date, date | None]  # hidden from, shown again on; None: still hidden
Chain = tuple[str, str]


def still_proposed(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Those of a list that the public still reads: with the standing body, and not found ineligible since."""
    return rows.exclude(dossier__state__in=BACK_STATES).exclude(state=NominationState.INELIGIBLE)


def hidden_spells(nominations: Iterable[Nomination]) -> dict[int, list[Spell]]:
    """For each nomination when it was not on show, by its own trail and its dossier's; one query."""
    chains = {each.pk: (("awards.nomination", str(each.pk)), ("awards.dossier", str(each.dossier_id)))
              for each in nominations}  # fmt: skip
    spells = spells_of({chain for both in chains.values() for chain in both})
    return {pk: [spell for chain in both for spell in spells[chain]] for pk, both in chains.items()}


def spells_of(chains: Iterable[Chain]) -> dict[Chain, list[Spell]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in chains:
        keys[kind].append(key)
    wanted = Q()
    for kind, found in keys.items():
        wanted |= Q(object_type=kind, object_id__in=found)
    spells: dict[Chain, list[Spell]] = defaultdict(list)
    if not keys:
        return spells
    rows = AuditEntry.objects.filter(wanted, after__has_key="state").order_by("object_type", "object_id", "sequence")
    for kind, key, at, before, after in rows.values_list("object_type", "object_id", "at", "before", "after"):
        note(spells[kind, key], timezone.localdate(at), was_hidden(kind, before), was_hidden(kind, after))
    return spells


def was_hidden(kind: str, facts: dict[str, str]) -> bool:
    return facts.get("state") in HIDING[kind]


def note(spells: list[Spell], day: date, before: bool, after: bool) -> None:
    """Read one step of a trail: what was hidden before its first step was hidden from the beginning."""
    is_open = bool(spells) and spells[-1][1] is None
    if before and not after:
        begun = spells.pop()[0] if is_open else date.min
        spells.append((begun, day))
    elif after and not is_open:
        spells.append((day, None))


def runs_between(first: date, last: date, spells: Iterable[Spell]) -> list[tuple[date, date]]:
    """The unbroken periods from ``first`` to ``last``; a day that was partly hidden begins the next one."""
    runs, start = [], first
    for begun, ended in sorted(spells, key=lambda spell: (spell[0], spell[1] or date.max)):
        if begun > last:
            break
        if begun > start:
            runs.append((start, begun - ONE_DAY))
        if ended is None:
            return runs
        start = max(start, ended)
    return [*runs, (start, last)] if start <= last else runs


def longest(posting: Posting, spells: Iterable[Spell], days: Calendar) -> int:
    """Working days of the longest unbroken period on show; days ahead count as if nothing came between."""
    runs = runs_between(posting.from_on, posting.until_on, spells)
    return max((days.between(since, until) for since, until in runs), default=0)


@dataclass(frozen=True)
class Broken:
    """A nominee of a list whose time on show was interrupted and is too short now."""

    posting: Posting
    nomination: Nomination
    spells: Sequence[Spell]
    days: int
    rule: PostingRule

    @property
    def sentence(self) -> str:
        gaps = " và ".join(gap_words(self.posting, spell) for spell in self.spells)
        return (
            f"Cần đăng lại {self.nomination.name}: không hiện trên trang công khai {gaps} nên chỉ công khai liên tục "
            f"được {self.days} ngày làm việc, phải ít nhất {self.rule.days} ngày làm việc ({self.rule.citation}). "
            "Hãy lập danh sách công khai mới cho trường hợp này."
        )


def gap_words(posting: Posting, spell: Spell) -> str:
    begun, ended = max(spell[0], posting.from_on), spell[1]
    return f"từ {begun:%d/%m/%Y}" + (f" đến {ended:%d/%m/%Y}" if ended else "")


def inside(posting: Posting, spells: Iterable[Spell]) -> list[Spell]:
    """Those spells that took something of the posting's period."""
    return [each for each in sorted(spells, key=lambda spell: spell[0])
            if each[0] <= posting.until_on and (each[1] is None or each[1] > posting.from_on)]  # fmt: skip


@dataclass
class Measure:
    """Days on show of nominees by ``spells``; the calendar and each list's rule are read once, and only when asked."""

    spells: dict[int, list[Spell]]
    rules: dict[tuple[int, date], PostingRule] = field(default_factory=dict)

    @cached_property
    def days(self) -> Calendar:
        return calendar()

    def rule(self, posting: Posting) -> PostingRule:
        """What the law and the province wanted when the list was made public."""
        key = (posting.council_id, posting.from_on)
        if key not in self.rules:
            self.rules[key] = posting_rule(*key)
        return self.rules[key]

    def suffices(self, posting: Posting, nomination: Nomination) -> bool:
        """Whether the nominee is long enough on this list; a list is never too short for who was not hidden."""
        spells = self.spells.get(nomination.pk)
        return not spells or longest(posting, spells, self.days) >= self.rule(posting).days

    def broken(self, posting: Posting, nomination: Nomination) -> Broken:
        spells = self.spells[nomination.pk]
        days = longest(posting, spells, self.days)
        return Broken(posting, nomination, inside(posting, spells), days, self.rule(posting))


def with_lists(rows: QuerySet[Nomination], lists: QuerySet[Posting]) -> list[Nomination]:
    """``rows`` with those of their public lists on ``lists``, oldest first."""
    held = Prefetch("postings", lists.order_by("from_on", "pk"), to_attr="lists")
    return list(rows.select_related("award", "dossier").prefetch_related(held).order_by("position", "pk").distinct())


def broken_off(postings: Iterable[Posting]) -> Iterator[Broken]:
    """Nominees who are still appraised, must be posted and are on no list for long enough, each with its last list
    when that is one of ``postings``. Five queries, and one for each further first day of such a list.
    """
    shown = {each.pk for each in postings}
    rows = Nomination.objects.filter(is_posted(timezone.localdate()), postings__in=shown, dossier__state__in=APPRAISED)
    cases: list[Any] = with_lists(still_proposed(rows), Posting.objects.public())
    measure = Measure(hidden_spells(cases))
    for case in cases:
        last = case.lists[-1] if case.lists else None
        if last is None or last.pk not in shown or any(measure.suffices(each, case) for each in case.lists):
            continue
        yield measure.broken(last, case)


def unposted(dossier: Dossier) -> list[Nomination]:
    """Nominations whose list has to be made public first and that were on no list long enough without a break."""
    if dossier.simplified:
        return []
    return unposted_before(timezone.localdate(), dossier.nominations.exclude(state=NominationState.INELIGIBLE))


def unposted_before(on: date, nominations: QuerySet[Nomination]) -> list[Nomination]:
    """Those of ``nominations`` whose list has to be made public before ``on`` and that were on none that ended before
    that day for long enough without a break. Three or four queries for any number of them."""
    wanted = nominations.filter(is_posted(on))
    rows: list[Any] = with_lists(wanted, Posting.objects.public().filter(until_on__lt=on))
    measure = Measure(hidden_spells(row for row in rows if row.lists))
    return [row for row in rows if not any(measure.suffices(each, row) for each in row.lists)]
