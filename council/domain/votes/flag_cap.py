"""The cap on nominees for the government's flag: 20 % of the province's qualified bloc leaders of a year.

NĐ 152/2025, Điều 7 khoản 1; ``awards.law.quotas.government_flags`` holds the rule, integers only.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.domain.workflow import TransitionRefused
from awards.domain.law_days import law_day
from awards.law.quotas import Level, Quota, government_flags
from awards.law.rule_sets import rule_set_on
from awards.models import CouncilRule
from blocs.models import BlocYear
from council.enums import ItemOutcome
from council.models import AgendaItem, CouncilSession
from scoring.models import LockedStanding

FLAG = "co-chinh-phu"
LEADERS_KEY = "flag-leaders-of-year"
IN_THE_RUN = (ItemOutcome.OPEN, ItemOutcome.PASSED)


@dataclass(frozen=True)
class Leaders:
    """How many units lead a bloc and meet the provincial flag's standard; ``count`` None: not known, ``source`` why."""

    count: int | None
    source: str


def leaders_of(council_id: int, year: int) -> Leaders:
    """From the locked rankings of all blocs of the year; else as the standing body entered it with its source.

    One leader a bloc: first place, nothing that bars it from a flag. Unlocked rankings are unknown, never none.
    At most three queries.
    """
    years = list(BlocYear.objects.filter(bloc__council=council_id, year=year).values_list("pk", flat=True))
    locked = LockedStanding.objects.in_force().filter(bloc_year__in=years)
    contents = list(locked.values_list("content", flat=True)) if years else []
    if years and len(contents) == len(years):
        return Leaders(sum(has_leader(each) for each in contents), f"xếp hạng đã khóa của {len(years)} cụm, khối")
    entered = CouncilRule.objects.filter(
        council=council_id, key=LEADERS_KEY, valid_from__year=year, valid_to__year=year
    ).last()
    if entered is not None and isinstance(entered.value, int):
        return Leaders(entered.value, entered.legal_basis)
    missing = len(years) - len(contents)
    return Leaders(None, f"còn {missing} cụm, khối chưa khóa xếp hạng" if years else "chưa có cụm, khối của năm này")


def has_leader(content: dict[str, object]) -> bool:
    """Whether somebody leads this ranking and may be given a flag."""
    units = content.get("units")
    rows = units if isinstance(units, list) else []
    return any(str(unit.get("rank")) == "1" and not unit.get("grounds") for unit in rows)


def flag_quotas(
    session: CouncilSession, adding: Iterable[AgendaItem], *, outcomes: Sequence[str] = IN_THE_RUN
) -> list[Quota]:
    """The cap for each year whose government flags are among ``adding``, with all others that have ``outcomes``."""
    items = [each for each in adding if each.nomination.award.code == FLAG]
    found = []
    for year in sorted({each.nomination.dossier.year for each in items}):
        own = [each for each in items if each.nomination.dossier.year == year]
        others = AgendaItem.objects.filter(
            session__council=session.council_id,
            nomination__award__code=FLAG,
            nomination__dossier__year=year,
            outcome__in=outcomes,
        ).exclude(pk__in=[each.pk for each in own])
        codes = Counter(rule_set_on(law_day(each.nomination.dossier)) for each in own)
        # Several texts in one year: the latest judges the whole.
        latest = max(codes, key=lambda each: each.starts)
        count = len(own) + others.values("nomination").distinct().count()
        found.append(government_flags(latest, count, leaders_of(session.council_id, year).count))
    return found


def refuse_too_many_flags(
    session: CouncilSession, items: Iterable[AgendaItem], *, outcomes: Sequence[str] = IN_THE_RUN
) -> None:
    """TransitionRefused where the law's cap is passed; what only warns is for the page."""
    for quota in flag_quotas(session, items, outcomes=outcomes):
        if quota.level is Level.BLOCK:
            raise TransitionRefused(f"{quota.sentence} Căn cứ: {quota.citation}.")


def flag_warnings(session: CouncilSession, items: Iterable[AgendaItem]) -> list[str]:
    """Sentences about the cap that do not stop anybody: the number of leaders is not known, or an older text."""
    return [f"{each.sentence} ({each.citation})" for each in flag_quotas(session, items) if each.level is Level.WARN]
