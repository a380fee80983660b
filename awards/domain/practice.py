"""What a province wants of dossiers beyond the law: titles registered in the year, the word of the party committee."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from awards.domain.council_rules import RuleValue, rule_values
from awards.domain.law_days import law_day
from awards.enums import AwardGroup, RegistrationState
from awards.models import Dossier, Nomination, RegistrationLine

REGISTERED, ATTESTED = "registration-required", "party-attestation"
NAMES = 5


@dataclass(frozen=True)
class Practice:
    """Warnings only: the council decides. ``unregistered`` counts, ``names`` are the first five."""

    unregistered: int = 0
    names: tuple[str, ...] = ()
    registration_basis: str = ""
    attestation_basis: str = ""


def practice_of(dossier: Dossier) -> Practice:
    """The province's rules on the day of the law: one query, and one more where titles must be registered."""
    found = rule_values(dossier.council_id, law_day(dossier), REGISTERED, ATTESTED)
    registered, attested = wanted(found.get(REGISTERED)), wanted(found.get(ATTESTED))
    names = list(unregistered(dossier).values_list("name", flat=True)) if registered else []
    return Practice(len(names), tuple(names[:NAMES]), registered, attested)


def wanted(rule: RuleValue | None) -> str:
    """The legal basis of a rule that says yes; empty where it says no or is not set."""
    return (rule.legal_basis or "quy định của tỉnh") if rule is not None and rule.value else ""


def unregistered(dossier: Dossier) -> QuerySet[Nomination]:
    """Titles of the dossier that nobody registered for this subject in the year."""
    lines = RegistrationLine.objects.filter(
        subject=OuterRef("subject"),
        award=OuterRef("award"),
        registration__year=dossier.year,
        registration__state=RegistrationState.SENT,
    )
    rows = Nomination.objects.filter(dossier=dossier, award__group=AwardGroup.TITLE)
    return rows.exclude(Exists(lines)).order_by("position", "pk")
