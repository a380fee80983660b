"""What a line of the register tells for counting: council, period, classification, field, bloc."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, ExtractYear, NullIf

from awards.enums import SubjectGroup, SubjectKind
from awards.models import AwardRecord
from blocs.models import Membership
from council.domain.register.reading import AGENCY
from council.enums import DecisionKind, DecisionState
from council.models import DecisionLine

OF_COUNCIL = Coalesce("decision_line__decision__council", "subject__council")
BY_ACHIEVEMENT, BY_DECISION = "thanh-tich", "quyet-dinh"
PERIODS: dict[str, Any] = {BY_ACHIEVEMENT: F("year"), BY_DECISION: ExtractYear("decided_on")}
NOTHING = Value("", output_field=CharField())


def printed(field: str) -> Coalesce:
    """``field`` as the decision tells it after its corrections; where it tells nothing, as the subject's card does."""
    corrected = (
        DecisionLine.objects.filter(earlier=OuterRef("decision_line"), decision__kind=DecisionKind.CORRECTION)
        .exclude(decision__state=DecisionState.DRAFT)
        .order_by("-decision__issued_on", "-decision__issued_at", "-pk")
        .values(field)[:1]
    )
    decided = Coalesce(Subquery(corrected), F(f"decision_line__{field}"))
    return Coalesce(NullIf(decided, NOTHING), F(f"subject__{field}"), NOTHING)


def of_council(rows: QuerySet[AwardRecord], council: int) -> QuerySet[AwardRecord]:
    return rows.annotate(fact_council=OF_COUNCIL).filter(fact_council=council)


def in_period(rows: QuerySet[AwardRecord], basis: str, first: int, last: int) -> QuerySet[AwardRecord]:
    """Lines of the years from ``first`` to ``last``, each with its ``fact_period``."""
    return rows.annotate(fact_period=PERIODS[basis]).filter(fact_period__range=(first, last))


def of_bloc(rows: QuerySet[AwardRecord], bloc: int) -> QuerySet[AwardRecord]:
    """Lines of agencies that were members of the bloc in the year of the achievement."""
    members = Membership.objects.filter(
        bloc_year__bloc=bloc, bloc_year__year=OuterRef("year"), agency=OuterRef("fact_agency")
    )
    return rows.annotate(fact_agency=AGENCY).filter(Exists(members))


@dataclass(frozen=True)
class Profile:
    """A kind of recipient as the statistics tell them apart (TT 02/2023/TT-BNV, forms 0602 and 0603)."""

    key: str
    label: str
    kind: str
    groups: tuple[str, ...] = ()  # none: what the other profiles of the kind leave, of which nobody told more
    unsure: bool = False


PEOPLE = (
    Profile("truc-tiep", SubjectGroup.WORKER.label, SubjectKind.INDIVIDUAL, (SubjectGroup.WORKER,)),
    Profile("quan-ly", SubjectGroup.MANAGER.label, SubjectKind.INDIVIDUAL, (SubjectGroup.MANAGER,)),
    Profile("doanh-nhan", SubjectGroup.ENTREPRENEUR.label, SubjectKind.INDIVIDUAL, (SubjectGroup.ENTREPRENEUR,)),
    Profile(
        "lanh-dao-so", SubjectGroup.DEPARTMENT_LEADER.label, SubjectKind.INDIVIDUAL, (SubjectGroup.DEPARTMENT_LEADER,)
    ),
    Profile("lanh-dao-tinh", SubjectGroup.TOP_LEADER.label, SubjectKind.INDIVIDUAL, (SubjectGroup.TOP_LEADER,)),
    Profile("ca-nhan-chua-ro", "Chưa rõ (cá nhân chưa phân loại)", SubjectKind.INDIVIDUAL, unsure=True),
)
OTHERS = (
    Profile("tap-the", "Tập thể (không kể doanh nghiệp)", SubjectKind.COLLECTIVE, (SubjectGroup.COLLECTIVE,)),
    Profile("doanh-nghiep", SubjectGroup.ENTERPRISE.label, SubjectKind.COLLECTIVE, (SubjectGroup.ENTERPRISE,)),
    Profile("tap-the-chua-ro", "Chưa rõ (tập thể chưa phân loại)", SubjectKind.COLLECTIVE, unsure=True),
    Profile("ho-gia-dinh", SubjectKind.HOUSEHOLD.label, SubjectKind.HOUSEHOLD),
)
PROFILES = {each.key: each for each in (*PEOPLE, *OTHERS)}


def profile_of(kind: str, group: str) -> str:
    """The key of the profile that a subject of this kind and classification has."""
    of_kind = [each for each in PROFILES.values() if each.kind == kind]
    named = [each for each in of_kind if group in each.groups]
    return (named or [each for each in of_kind if not each.groups])[0].key


def of_profile(rows: QuerySet[AwardRecord], key: str) -> QuerySet[AwardRecord]:
    """The lines that ``profile_of`` puts under ``key``."""
    wanted = PROFILES[key]
    named = [group for each in PROFILES.values() if each.kind == wanted.kind for group in each.groups]
    rows = rows.annotate(fact_group=printed("group")).filter(subject__kind=wanted.kind)
    return rows.filter(fact_group__in=wanted.groups) if wanted.groups else rows.filter(~Q(fact_group__in=named))
