"""The live check of a dossier: how its nominations stand, what hinders it, until when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from awards.domain.checklist import Checklist, checklist_of
from awards.domain.duplicates import OVER, rule_set_of
from awards.domain.law_days import considered_day, law_day
from awards.domain.open_matters import with_open_matters
from awards.domain.own_decisions import OwnDecision, own_decisions
from awards.domain.periods import basis_of, days_left, due_of
from awards.domain.practice import Practice, practice_of
from awards.domain.quota_facts import quotas_of
from awards.enums import DossierState, VerdictKind
from awards.law.quotas import Quota
from awards.law.rule_sets import RuleSet
from awards.models import Dossier, Nomination
from awards.tables.dossiers import WITH_STANDING

MAKING = (DossierState.DRAFT, DossierState.SIGNED_OFF)


@dataclass(frozen=True)
class Panel:
    """What the head of a dossier's page tells; every number of nominations, none of it stored."""

    total: int
    verdicts: tuple[tuple[str, str, int], ...]
    duplicated: int
    frozen: int
    quotas: tuple[Quota, ...]
    checklist: Checklist
    rule_set: RuleSet | None
    judged_on: date
    due: date | None
    due_basis: str
    left: int | None
    practice: Practice
    own_decisions: tuple[OwnDecision, ...]

    @property
    def late(self) -> int:
        """Days after the deadline; 0 while there is time or no deadline."""
        return max(0, -(self.left or 0))


def panel_of(dossier: Dossier) -> Panel:
    """Read the panel: a constant number of queries for any number of nominations."""
    rows = Nomination.objects.filter(dossier=dossier)
    counted = dict(rows.order_by().values_list("verdict").annotate(count=Count("pk")))
    duplicated = rows.filter(Exists(proposed_elsewhere(dossier))).count()
    verdicts = tuple((value, label, counted[value]) for value, label in VerdictKind.choices if counted.get(value))
    today = timezone.localdate()
    is_making = dossier.state in MAKING
    return Panel(
        total=sum(counted.values()),
        verdicts=verdicts,
        duplicated=duplicated,
        frozen=len(with_open_matters(rows.values_list("subject", flat=True), considered_day(dossier))),
        quotas=tuple(quotas_of(dossier)),
        checklist=checklist_of(dossier),
        rule_set=rule_set_of(dossier),
        judged_on=law_day(dossier),
        due=due_of(dossier),
        due_basis=basis_of(dossier),
        left=days_left(dossier, today) if is_making else None,
        practice=practice_of(dossier),
        own_decisions=tuple(own_decisions(dossier)),
    )


def proposed_elsewhere(dossier: Dossier) -> QuerySet[Nomination]:
    """For each nomination: the same subject and award in another dossier of the year, sent or of the same makers."""
    sent = Q(dossier__state__in=WITH_STANDING)
    own = Q(dossier__proposer=dossier.proposer, dossier__agency=dossier.agency_id)
    rows = Nomination.objects.filter(sent | own, subject=OuterRef("subject"), award=OuterRef("award"))
    return rows.filter(dossier__year=dossier.year).exclude(dossier=dossier).exclude(state__in=OVER)
