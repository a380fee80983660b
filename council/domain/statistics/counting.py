"""Numbers of forms 0601 to 0603 from movements and the register: grouped by the database, never row by row."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from awards.enums import AwardLevel
from awards.models import AwardRecord
from blocs.enums import CouncilLevel, MovementKind, Scope
from blocs.models import Council, Movement
from council.domain.register.reading import register_of
from council.domain.statistics.filling import Bucket
from council.domain.statistics.form_awards import MINISTRY, PROVINCE
from council.domain.statistics.form_movements import CENTRAL, LOCAL, LONGER, ONE, PROVINCIAL, UNDER_1, UNDER_3, UNDER_5
from council.domain.statistics.periods import Period
from council.domain.statistics.structure import Test
from council.enums import DecisionKind, DecisionState
from council.models import DecisionLine

Reader = User | AnonymousUser
# Facts of an award, as rows of the register are annotated with them; the last three tell columns of 0602 apart.
AWARD_FACTS = {
    "kind": "fact_kind",
    "group": "fact_group",
    "category": "fact_category",
    "proposer": "fact_proposer",
    "award": "fact_award",
    "award_group": "fact_award_group",
}
MOVEMENT_FACTS = {"scope": "fact_scope", "length": "fact_length", "way": "fact_way", "launcher": "fact_launcher"}
UNKNOWN = Value("", output_field=CharField())
OF_COUNCIL = Coalesce("decision_line__decision__council", "subject__council")
LEVELS = {"0602": AwardLevel.STATE, "0603": AwardLevel.PROVINCE}
PROPOSED_BY = "decision_line__decision__proposed_by__startswith"


def awards_of(council: Council, reader: Reader, form: str) -> QuerySet[AwardRecord]:
    """Lines of the register that a form of ``council`` may count, of all times; each award once."""
    rows = register_of(reader).annotate(of_council=OF_COUNCIL)
    return rows.filter(of_council=council.pk, award__level=LEVELS[form])


def awards_in(rows: QuerySet[AwardRecord], period: Period) -> QuerySet[AwardRecord]:
    """Decided in the period and still standing at its end, with their facts as of that day."""
    standing = Q(revoked_on__isnull=True) | Q(revoked_on__gt=period.end)
    return with_facts(rows.filter(standing, decided_on__range=(period.start, period.end)), period)


def undated_awards(rows: QuerySet[AwardRecord], period: Period) -> QuerySet[AwardRecord]:
    """Awards of the period's years whose day of decision nobody entered: no form of any period counts them."""
    years = period.years or range(period.year, period.year + 1)
    return rows.filter(decided_on__isnull=True, revoked_on__isnull=True, year__range=(years[0], years[-1]))


def with_facts(rows: QuerySet[AwardRecord], period: Period) -> QuerySet[AwardRecord]:
    corrected = (
        DecisionLine.objects.filter(
            earlier=OuterRef("decision_line"),
            decision__kind=DecisionKind.CORRECTION,
            decision__issued_on__lte=period.end,
        )
        .exclude(decision__state=DecisionState.DRAFT)
        .order_by("-decision__issued_on", "-decision__issued_at", "-pk")
        .values("group")[:1]
    )
    decided = NullIf(Coalesce(Subquery(corrected), F("decision_line__group")), UNKNOWN)
    return rows.annotate(
        fact_kind=F("subject__kind"),
        fact_group=Coalesce(decided, F("subject__group"), UNKNOWN),
        fact_category=F("category"),
        fact_proposer=proposer(),
        fact_award=F("award__code"),
        fact_award_group=F("award__group"),
    )


def proposer() -> Case:
    """Whose submission it was, where the dossier or the decision tells; "" where nothing does."""
    province = Q(decision_line__nomination__isnull=False)
    for words in ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành phố", "UBND tỉnh", "UBND thành phố"):
        province |= Q(**{PROPOSED_BY: words}) | Q(**{PROPOSED_BY: f"Chủ tịch {words}"})
    ministry = Q(**{PROPOSED_BY: "Bộ trưởng"})
    return Case(
        When(ministry, then=Value(MINISTRY)),
        When(province, then=Value(PROVINCE)),
        default=UNKNOWN,
        output_field=CharField(),
    )


def movements_of(council: Council) -> QuerySet[Movement]:
    return Movement.objects.filter(council=council)


def movements_in(rows: QuerySet[Movement], period: Period) -> QuerySet[Movement]:
    """Launched in the period: by the day, or by the first year where only that is known; with their facts."""
    launched = Q(launched_on__range=(period.start, period.end))
    if period.years:
        launched |= Q(launched_on__isnull=True, starts__range=(period.years[0], period.years[-1]))
    return with_movement_facts(rows.filter(launched))


def undated_movements(rows: QuerySet[Movement], period: Period) -> QuerySet[Movement]:
    """Those of which it cannot be told whether they were launched in the period."""
    if period.years:
        return rows.filter(launched_on__isnull=True, starts__isnull=True)
    return rows.filter(Q(starts__isnull=True) | Q(starts=period.year), launched_on__isnull=True)


def with_movement_facts(rows: QuerySet[Movement]) -> QuerySet[Movement]:
    return rows.annotate(fact_scope=F("scope"), fact_way=F("kind"), fact_length=length(), fact_launcher=launcher())


def length() -> Case:
    """How long it lasts, by the years from the first to the last; "" where they do not tell."""
    known = Q(starts__isnull=False, ends__isnull=False)
    classes = (
        (Q(ends=F("starts"), kind=MovementKind.REGULAR), ONE),
        (Q(ends=F("starts"), launched_on__year=F("starts")), UNDER_1),
        (Q(ends=F("starts")), ""),
        (Q(ends__lt=F("starts") + 2), UNDER_3),
        (Q(ends__lt=F("starts") + 4), UNDER_5),
    )
    whens = [When(known & fits, then=Value(words)) for fits, words in classes]
    return Case(*whens, When(known, then=Value(LONGER)), default=UNKNOWN, output_field=CharField())


def launcher() -> Case:
    """Who launched it, by its scope: the bloc's movements are those of the council that formed the bloc."""
    provincial = Q(scope=Scope.PROVINCE) | Q(scope=Scope.BLOC, council__level=CouncilLevel.PROVINCE)
    return Case(
        When(scope=Scope.NATION, then=Value(CENTRAL)),
        When(provincial, then=Value(PROVINCIAL)),
        When(scope__in=(Scope.BLOC, Scope.AGENCY), then=Value(LOCAL)),
        default=UNKNOWN,
        output_field=CharField(),
    )


def buckets_of(rows: QuerySet[Any], facts: dict[str, str]) -> list[Bucket]:
    """So many rows of each combination of facts: one query, however many rows."""
    found = rows.order_by().values_list(*facts.values()).annotate(Count("pk"))
    return [Bucket(dict(zip(facts, line[:-1], strict=True)), line[-1]) for line in found]


def behind(rows: QuerySet[Any], tests: Iterable[Test], facts: dict[str, str]) -> QuerySet[Any]:
    """The rows that a cell with ``tests`` counts."""
    for test in tests:
        rows = rows.filter(Test(facts[test.fact], test.values, test.but).q())
    return rows
