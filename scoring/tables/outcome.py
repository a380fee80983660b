"""What a bloc proposes, and who sees a bloc-year's outcome."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area, Award, YearState
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of


def outcome_scope(user: User | AnonymousUser) -> Q:
    """Rows of a bloc-year's outcome that ``user`` may see before and after publication."""
    access = access_of(user)
    known = Q(bloc_year__scores_published_at__isnull=False) | Q(
        bloc_year__state__in=[YearState.CONCLUDED, YearState.HANDED_OVER]
    )
    return (
        Q(bloc_year__in=access.runs(Area.SCORES) | access.observed_ids)
        | Q(bloc_year__bloc__council__in=access.standing_ids)
        | (known & Q(bloc_year__in=access.year_ids))
    )


def outcome_visible(user: User | AnonymousUser, bloc_year: BlocYear) -> bool:
    """``outcome_scope`` for one bloc-year that was read already with its bloc: no query."""
    access = access_of(user)
    known = bloc_year.scores_published_at is not None or bloc_year.state in (
        YearState.CONCLUDED,
        YearState.HANDED_OVER,
    )
    return (
        bloc_year.pk in access.runs(Area.SCORES) | access.observed_ids
        or bloc_year.bloc.council_id in access.standing_ids
        or (known and bloc_year.pk in access.year_ids)
    )


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those who run or watch the bloc; members once scores are published or the year concluded."""
        return self.filter(outcome_scope(user))


class Proposal(models.Model):
    """What the bloc proposes for one of its members. A proposal is not an award."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="proposals")
    award = models.CharField("hình thức đề nghị", max_length=40, choices=Award)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="proposals", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    reason = models.TextField("lý do (khi khác thứ tự điểm hoặc vượt chỉ tiêu)", blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị khen thưởng của khối"
        verbose_name_plural = "đề nghị khen thưởng của khối"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "award", "agency"],
                name="proposal_once",
                violation_error_message="Đơn vị đã được đề nghị hình thức này.",
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "agency"],
                condition=Q(award__in=["co-chinh-phu", "co-tinh"]),
                name="proposal_one_flag",
                violation_error_message="Một đơn vị không được đề nghị đồng thời Cờ thi đua của Chính phủ và của tỉnh.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.label}: {self.get_award_display()}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:proposals", args=[self.bloc_year_id])
