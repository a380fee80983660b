"""The fund of a year (quỹ thi đua, khen thưởng): what was planned, and what went out beside rewards."""

from typing import Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models

from accounts.models import User
from blocs.models import Council
from blocs.tables.access import access_of
from council.enums import SpendingKind

M = TypeVar("M", bound=models.Model)


class OfOfficeQuerySet(models.QuerySet[M]):
    """Money is the standing body's to read: no member of the council, no agency, no administrator sees it."""

    council_path = "council"

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(**{f"{self.council_path}__in": access_of(user).standing_ids})


class FundYearQuerySet(OfOfficeQuerySet["FundYear"]):
    pass


class FundSpendingQuerySet(OfOfficeQuerySet["FundSpending"]):
    council_path = "fund__council"


class FundYear(models.Model):
    """Amounts in đồng; unknown is NULL, never zero."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="funds")
    year = models.PositiveSmallIntegerField("năm")
    planned = models.PositiveBigIntegerField("dự toán được giao (đồng)", null=True, blank=True)
    basis = models.CharField("văn bản giao dự toán", max_length=300, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = FundYearQuerySet.as_manager()

    class Meta:
        verbose_name = "quỹ thi đua, khen thưởng"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["council", "year"], name="fund_year_once")]

    def __str__(self) -> str:
        return f"Quỹ thi đua, khen thưởng năm {self.year}"


class FundSpending(models.Model):
    """What the fund paid beside rewards: movements and blocs (20 %, NĐ 152/2025, Điều 48), forms and frames."""

    fund = models.ForeignKey(FundYear, on_delete=models.CASCADE, related_name="spendings")
    kind = models.CharField("khoản chi", max_length=10, choices=SpendingKind)
    spent_on = models.DateField("ngày chi")
    amount = models.PositiveBigIntegerField("số tiền (đồng)", validators=[MinValueValidator(1)])
    content = models.CharField("nội dung", max_length=300)
    document = models.CharField("chứng từ", max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FundSpendingQuerySet.as_manager()

    class Meta:
        verbose_name = "khoản chi của quỹ"
        ordering = ["spent_on", "pk"]

    def __str__(self) -> str:
        return self.content
