"""The frozen ranking of a bloc-year: every version stays readable."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.models import BlocYear
from scoring.tables.outcome import outcome_scope


class LockedStandingQuerySet(models.QuerySet["LockedStanding"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those who run or watch the bloc; members once scores are published or the year concluded."""
        return self.filter(outcome_scope(user))

    def in_force(self) -> Self:
        """The versions that nobody has reopened: at most one of a bloc-year."""
        return self.filter(reopened_at__isnull=True)


class LockedStanding(models.Model):
    """A ranking as it was locked: content and hash never change; reopening only closes the row."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="locked_standings")
    version = models.PositiveSmallIntegerField("phiên bản")
    locked_at = models.DateTimeField("khóa lúc")
    locked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField("nội dung")
    sha256 = models.CharField("mã băm", max_length=64)
    reopened_at = models.DateTimeField("mở lại lúc", null=True, blank=True)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopen_reason = models.TextField("lý do mở lại", blank=True)

    objects = LockedStandingQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả xếp hạng đã khóa"
        ordering = ["bloc_year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "version"], name="standing_version_once"),
            models.UniqueConstraint(
                fields=["bloc_year"], condition=Q(reopened_at__isnull=True), name="standing_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"Kết quả xếp hạng {self.bloc_year}, phiên bản {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:standing-version", args=[self.pk])
