"""What the pages of the catalogue show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from awards.enums import Basis, SubjectKind
from awards.law.money import decimal_words, dong, round_up
from awards.law.rule_sets import R2026, rule_set_on
from awards.models import AwardForm, AwardPeriod, BaseSalary, RequiredPaper, RewardCoefficient, RuleEntry
from awards.tables.catalogue import in_period


def listed(rows: QuerySet[AwardForm]) -> QuerySet[AwardForm]:
    """Each row knows ``now``: its periods in force today, and ``doubts``: current rates to be compared."""
    today = timezone.localdate()
    periods = AwardPeriod.objects.in_period(today).order_by("-valid_from", "-pk")
    rates = RewardCoefficient.objects.filter(in_period(today), basis=Basis.TO_CHECK)
    return rows.prefetch_related(
        Prefetch("periods", queryset=periods, to_attr="now"), Prefetch("coefficients", queryset=rates, to_attr="doubts")
    )


def authority(award: Any) -> str:
    return award.now[0].authority if award.now else ""


def kinds(award: AwardForm) -> str:
    """Who may receive it, in words."""
    return ", ".join(str(SubjectKind(kind).label) for kind in award.subjects if kind in SubjectKind.values)


def is_doubtful(award: Any) -> bool:
    lines: list[Any] = [award, *award.now, *award.doubts]
    return any(line.basis == Basis.TO_CHECK for line in lines)


def salary_on(day: date) -> BaseSalary | None:
    """The base salary in force on ``day``; None: not known. One query."""
    return BaseSalary.objects.filter(since__lte=day).first()


@dataclass(frozen=True)
class Rate:
    """A coefficient with its money at a base salary; ``money`` is empty where it is over or not known."""

    row: RewardCoefficient
    number: str
    money: str
    raw: str
    is_current: bool


def rates(rows: Iterable[RewardCoefficient], salary: BaseSalary | None, today: date) -> list[Rate]:
    """NĐ 152/2025, Điều 49 khoản 1 and 2: coefficient × base salary, rounded up to 10,000 đồng."""
    return [rate(row, salary, today) for row in rows]


def rate(row: RewardCoefficient, salary: BaseSalary | None, today: date) -> Rate:
    current = (row.valid_from is None or row.valid_from <= today) and (row.valid_to is None or today <= row.valid_to)
    if row.coefficient is None:
        return Rate(row, "", "", "", current)
    number = decimal_words(Decimal(row.coefficient))
    if not current or salary is None:
        return Rate(row, number, "", "", current)
    raw = row.coefficient * salary.amount
    return Rate(row, number, dong(round_up(raw)), dong(raw), current)


def award_page(award: AwardForm) -> dict[str, Any]:
    """Everything that the page of one award shows; the number of queries does not depend on the rows."""
    today = timezone.localdate()
    salary = salary_on(today)
    general = RequiredPaper.objects.filter(in_period(today), award__isnull=True)
    return {
        "award": award,
        "kinds": kinds(award),
        "periods": list(award.periods.all()),
        "rates": rates(award.coefficients.all(), salary, today),
        "salary": salary,
        "salary_words": dong(salary.amount) if salary else "",
        "papers": list(award.papers.all()),
        "general_papers": list(general),
        "aliases": list(award.aliases.order_by("name")),
        "entries": list(award.entries.all()),
        "banner": banner(today),
        "today": today,
    }


def banner(today: date) -> str:
    """What pages say while the rule set of ``today`` is judged by an older text; empty where nothing is pending.

    It stays until every entry of R2026 that is no draft was compared with the signed text.
    """
    found = rule_set_on(today)
    if not found.banner or not RuleEntry.objects.filter(rule_set=found.code, is_draft=False, verified=False).exists():
        return ""
    return found.banner


def common_page() -> dict[str, Any]:
    """Base salaries with their money words, and papers that every award needs."""
    salaries = [(row, dong(row.amount)) for row in BaseSalary.objects.all()]
    return {"salaries": salaries, "papers": list(RequiredPaper.objects.filter(award__isnull=True))}


def entries_page() -> dict[str, Any]:
    today = timezone.localdate()
    rows = list(RuleEntry.objects.filter(rule_set=R2026.code).select_related("award"))
    known = [row for row in rows if not row.is_draft]
    drafts = [row for row in rows if row.is_draft]
    groups = [("Đã biết qua nguồn gián tiếp", known), ("Dự thảo tháng 12/2025, chưa phải luật", drafts)]
    return {"groups": groups, "banner": banner(today), "verified": sum(row.verified for row in rows), "all": len(rows)}
