"""Reading the catalogue: what an award is called and who decides it on a day, its papers, its money, its names."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from awards.domain.award_names import AwardNames, Matched, names_of_catalogue
from awards.enums import Basis
from awards.law.facts import SubjectKind
from awards.law.money_tables import BaseSalary as SalaryRow
from awards.law.money_tables import Coefficient
from awards.models import AwardForm, AwardPeriod, BaseSalary, RequiredPaper, RewardCoefficient
from awards.tables.catalogue import in_period

__all__ = ["AwardNames", "Matched", "award_by_name", "names_of_catalogue", "papers_for", "period_of", "periods_on"]
EARLIEST = date(1, 1, 1)


def period_of(award: AwardForm, on: date) -> AwardPeriod | None:
    """What ``award`` is called and who decides it on the day ``on``; None: the catalogue does not say. One query."""
    return periods_on([award.pk], on).get(award.pk)


def periods_on(award_ids: Iterable[int], on: date) -> dict[int, AwardPeriod]:
    """``period_of`` for many awards in one query; where two rows hold, the later one."""
    rows = AwardPeriod.objects.in_period(on).filter(award__in=[*award_ids]).order_by("valid_from", "pk")
    return {row.award_id: row for row in rows}


def award_by_name(text: str) -> Matched:
    """Which award a nominee sheet names, without regard to case, accents and spacing.

    A text that fits several ("Bằng khen") names none: they come as candidates, to be asked back. Three queries;
    for many texts read ``names_of_catalogue()`` once.
    """
    return names_of_catalogue().match(text)


def papers_for(
    awards: Sequence[AwardForm | int], category: str, branches: Sequence[str], on: date
) -> list[tuple[RequiredPaper, ...]]:
    """The checklist of each nomination, given its award and its branch ("" where none is named), in that order.

    Both ``per`` "dossier" and "nomination" rows come; a row of the award replaces the general row of its kind.
    One query for any number of nominations. Luật TĐKT 2022, Điều 84; NĐ 152/2025, Điều 6 khoản 2, Điều 36-38.
    """
    ids = [award if isinstance(award, int) else award.pk for award in awards]
    rows = RequiredPaper.objects.filter(
        in_period(on), Q(award__isnull=True) | Q(award__in={*ids}), category__in=["", category]
    )
    by_award: dict[int | None, list[RequiredPaper]] = {}
    for row in rows:
        by_award.setdefault(row.award_id, []).append(row)
    return [
        checklist(by_award.get(None, ()), by_award.get(pk, ()), branch)
        for pk, branch in zip(ids, branches, strict=True)
    ]


def checklist(general: Iterable[RequiredPaper], own: Iterable[RequiredPaper], branch: str) -> tuple[RequiredPaper, ...]:
    """Papers that hold for a nomination relying on ``branch``, in the catalogue's order."""
    kept = [row for row in own if not row.branches or branch in row.branches.split()]
    kinds = {row.kind for row in kept}
    common = [row for row in general if row.kind not in kinds and (not row.branches or branch in row.branches.split())]
    return tuple(sorted([*common, *kept], key=lambda row: (row.position, row.pk)))


def reward_tables() -> tuple[list[Coefficient], list[SalaryRow]]:
    """The catalogue's coefficients and base salaries as ``awards.law.money`` reads them; two queries.

    Every kind of subject has its own row, so nothing is multiplied; rows without a coefficient are left out: not
    known, never zero.
    """
    rows = RewardCoefficient.objects.filter(coefficient__isnull=False).select_related("award").order_by("-valid_from")
    return [coefficient(row, row.coefficient) for row in rows if row.coefficient is not None], [
        salary(row) for row in BaseSalary.objects.all()
    ]


def coefficient(row: RewardCoefficient, value: Decimal) -> Coefficient:
    return Coefficient(
        award=row.award.code,
        kind=SubjectKind(row.kind),
        value=value,
        starts=row.valid_from or EARLIEST,
        ends=row.valid_to,
        citation=row.legal_basis,
        checked=row.basis == Basis.CHECKED,
        ceiling=row.ceiling,
    )


def salary(row: BaseSalary) -> SalaryRow:
    return SalaryRow(row.since, row.amount, row.legal_basis, row.basis == Basis.CHECKED)
