"""What the quotas of a dossier are counted from: its nominations, the agency, the bloc, the province's year."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count

from awards.domain.council_rules import RuleValue, rule_value, rule_values
from awards.domain.duplicates import rule_set_of
from awards.domain.law_days import law_day
from awards.enums import Proposer
from awards.law.names import NAMES
from awards.law.quotas import (
    BlocLimits,
    Level,
    Quota,
    at_most_percent,
    base_fighters,
    bloc_quotas,
    capped,
    government_flags,
)
from awards.law.rule_sets import RuleSet
from awards.models import AwardRecord, CollectiveYear, Dossier, Nomination
from awards.tables.dossiers import WITH_STANDING
from blocs.models import Membership
from blocs.models import Quota as BlocQuota

GOVERNMENT, PROVINCIAL, CERTIFICATE = "co-chinh-phu", "co-tinh", "bk-tinh"
FIGHTER, ADVANCED = "cstd-co-so", "ld-tien-tien"
BLOC_KEYS = {
    GOVERNMENT: "government-flags-per-bloc",
    PROVINCIAL: "flags-per-bloc",
    CERTIFICATE: "bk-percent-per-bloc",
}


def quotas_of(dossier: Dossier) -> list[Quota]:
    """Every quota that a nomination of ``dossier`` calls for; kept on ``dossier`` for a request. At most 5 queries.

    domain.md B5: Q1 for an agency, Q2 for the province's year, Q3 and Q5 for a bloc.
    """
    kept: list[Quota] | None = getattr(dossier, "_quotas", None)
    if kept is None:
        kept = read_quotas(dossier)
        dossier._quotas = kept  # type: ignore[attr-defined]
    return kept


def read_quotas(dossier: Dossier) -> list[Quota]:
    rule_set = rule_set_of(dossier)
    rows = Nomination.objects.filter(dossier=dossier).order_by().values_list("award__code")
    codes = Counter(dict(rows.annotate(count=Count("pk"))))
    if rule_set is None or not codes:
        return []
    found: list[Quota] = []
    if codes[FIGHTER]:
        found.append(of_fighters(dossier, rule_set, codes[FIGHTER]))
    if codes[GOVERNMENT]:
        found.append(province_flags(dossier, rule_set, codes[GOVERNMENT]))
    if dossier.proposer == Proposer.BLOC:
        found += of_bloc(dossier, codes)
    return found


def blocking(dossier: Dossier) -> list[Quota]:
    """Legal caps that were passed: the dossier cannot go on with them."""
    return [each for each in quotas_of(dossier) if each.level is Level.BLOCK]


def advanced_workers(dossier: Dossier) -> int | None:
    """Lao động tiên tiến of the agency in the year: as its own figures say, else as the register and the dossier name.

    None when neither knows any: not known is not none.
    """
    figures = CollectiveYear.objects.filter(
        subject__agency=dossier.agency_id, subject__is_agency=True, year=dossier.year, advanced__isnull=False
    )
    stated: int | None = figures.values_list("advanced", flat=True).first()
    if stated is not None:
        return stated
    held = AwardRecord.objects.filter(
        subject__agency=dossier.agency_id, award__code=ADVANCED, year=dossier.year, revoked_on__isnull=True
    )
    proposed = Nomination.objects.filter(dossier=dossier, award__code=ADVANCED)
    named = {*held.values_list("subject", flat=True), *proposed.values_list("subject", flat=True)}
    return len(named) or None


def province_flags(dossier: Dossier, rule_set: RuleSet, own: int) -> Quota:
    """Q2 counts the whole province's year: what other dossiers sent already counts with this one."""
    others = Nomination.objects.filter(
        award__code=GOVERNMENT,
        dossier__council=dossier.council_id,
        dossier__year=dossier.year,
        dossier__state__in=WITH_STANDING,
    ).exclude(dossier=dossier)
    return government_flags(rule_set, own + others.count(), None)


def of_bloc(dossier: Dossier, codes: Counter[str]) -> list[Quota]:
    """Q3 and Q5: the numbers given to this bloc for its year, else the province's for every bloc.

    The province's block where their paper is named; a number given to one bloc names none and only warns.
    """
    given = dict(BlocQuota.objects.filter(bloc_year=dossier.bloc_year_id).values_list("award", "limit"))
    rules = rule_values(dossier.council_id, law_day(dossier), *BLOC_KEYS.values())
    members = Membership.objects.filter(bloc_year=dossier.bloc_year_id).count()
    found = [flag_quota(code, codes[code], given, rules) for code in (GOVERNMENT, PROVINCIAL) if codes[code]]
    if not codes[CERTIFICATE]:
        return found
    if CERTIFICATE in given:
        return [*found, capped(NAMES[CERTIFICATE], codes[CERTIFICATE], given[CERTIFICATE], "")]
    ratio = rules.get(BLOC_KEYS[CERTIFICATE])
    limits = BlocLimits(None, None, ratio.value if ratio else None, ratio.legal_basis if ratio else "")
    counts = {"government": codes[GOVERNMENT], "provincial": codes[PROVINCIAL], "certificates": codes[CERTIFICATE]}
    return [*found, bloc_quotas(limits, members=members, **counts)[-1]]


def flag_quota(code: str, used: int, given: Mapping[str, int], rules: Mapping[str, RuleValue]) -> Quota:
    if code in given:
        return capped(NAMES[code], used, given[code], "")
    rule = rules.get(BLOC_KEYS[code])
    return capped(NAMES[code], used, rule.value if rule else None, rule.legal_basis if rule else "")


def of_fighters(dossier: Dossier, rule_set: RuleSet, fighters: int) -> Quota:
    """Q1: the decree's share in R2017; later the province's own, where it set one."""
    if rule_set.code == "R2017":
        return base_fighters(rule_set, fighters, advanced_workers(dossier))
    rule = rule_value(dossier.council_id, "cstdcs-cap", law_day(dossier))
    if rule is None:
        return base_fighters(rule_set, fighters, None)
    workers = advanced_workers(dossier)
    limit = None if workers is None else at_most_percent(workers, rule.value)
    what = f"Chiến sĩ thi đua cơ sở (tỉnh quy định tối đa {rule.value}% số Lao động tiên tiến)"
    return capped(what, fighters, limit, rule.legal_basis)
