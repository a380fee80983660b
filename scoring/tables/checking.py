"""Cross-checking (chấm chéo): who checks whose sheet, and what they found."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from scoring.enums import SheetState
from scoring.tables.criteria import Criterion
from scoring.tables.sheets import ScoreSheet


class CrossDealQuerySet(models.QuerySet["CrossDeal"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All who see the bloc-year: the seed is there to be checked."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user).values("pk"))


class CrossDeal(models.Model):
    """One dealing of sheets to checkers; ``seed`` is empty where it was done by hand."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="cross_deals")
    seed = models.CharField("mã bốc thăm", max_length=64, blank=True)
    per_sheet = models.PositiveSmallIntegerField("số đơn vị chấm mỗi phiếu", default=1)
    due = models.DateField("hạn chấm chéo", null=True, blank=True)
    dealt_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    dealt_at = models.DateTimeField("phân công lúc", auto_now_add=True)

    objects = CrossDealQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công chấm chéo"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Phân công chấm chéo {self.bloc_year}"


class CrossCheckQuerySet(models.QuerySet["CrossCheck"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The checker's own people, and those who run or watch the bloc; never the checked agency's.

        A sheet that went back to its agency is a draft again: nobody else sees it.
        """
        access = access_of(user)
        watching = Q(sheet__bloc_year__in=access.runs(Area.SCORES) | access.observed_ids) | Q(
            sheet__bloc_year__bloc__council__in=access.standing_ids
        )
        mine = Q(checker__in=access.agency_ids, sheet__bloc_year__in=access.year_ids)
        own = access.agency_ids | access.standing_of
        return self.filter(mine | watching).exclude(Q(sheet__state=SheetState.DRAFT) | Q(sheet__agency__in=own))


class CrossCheck(models.Model):
    """One member's check of another member's sheet."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="cross_checks")
    checker = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cross_checks")
    done_at = models.DateTimeField("hoàn thành lúc", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = CrossCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "chấm chéo"
        constraints = [models.UniqueConstraint(fields=["sheet", "checker"], name="cross_check_once")]

    def __str__(self) -> str:
        return f"{self.checker.label} chấm chéo {self.sheet.agency.label}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:cross-check", args=[self.pk])

    @property
    def bloc_year(self) -> BlocYear:
        """What the rules of a bloc-year read."""
        return self.sheet.bloc_year


class CrossLine(models.Model):
    """What a checker gives one line. Without points it has not been looked at."""

    check_of = models.ForeignKey(CrossCheck, on_delete=models.CASCADE, related_name="lines")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField("điểm chấm chéo", max_digits=8, decimal_places=2, null=True, blank=True)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "dòng chấm chéo"
        constraints = [
            models.UniqueConstraint(fields=["check_of", "criterion"], name="cross_line_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0), name="cross_points_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_of}: {self.criterion.code}"
