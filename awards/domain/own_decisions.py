"""Awards of a dossier that the agency's own head decides: the province need not be asked (Luật TĐKT 2022, Điều 80)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from awards.domain.catalogue import periods_on
from awards.domain.law_days import law_day
from awards.enums import AwardLevel
from awards.models import AwardForm, AwardPeriod, Dossier, Nomination


@dataclass(frozen=True)
class OwnDecision:
    """One such award: who decides it by the catalogue (empty where it does not say), with the article."""

    award: AwardForm
    cases: int
    authority: str
    legal_basis: str

    @property
    def sentence(self) -> str:
        who = f" ({self.authority})" if self.authority else ""
        return f"«{self.award}» do cấp cơ sở quyết định{who}, không cần trình tỉnh."


def own_decisions(dossier: Dossier) -> list[OwnDecision]:
    """Those of ``dossier`` with their number of nominations; told, never refused. One query, two where there are any.

    A province may still ask for the list: nothing stands in the way of sending it.
    """
    rows = AwardForm.objects.filter(level=AwardLevel.BASE, nominations__dossier=dossier)
    awards: list[Any] = list(rows.annotate(cases=Count("nominations")).order_by("position", "pk"))
    periods = periods_on([each.pk for each in awards], law_day(dossier)) if awards else {}
    return [decision(each, each.cases, periods.get(each.pk)) for each in awards]


def own_decision(nomination: Nomination) -> OwnDecision | None:
    """The same of one nomination; no query where a higher level decides."""
    award = nomination.award
    if award.level != AwardLevel.BASE:
        return None
    return decision(award, 1, periods_on([award.pk], law_day(nomination.dossier)).get(award.pk))


def decision(award: AwardForm, cases: int, period: AwardPeriod | None) -> OwnDecision:
    return OwnDecision(award, cases, period.authority if period else "", period.legal_basis if period else "")
