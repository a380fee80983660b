"""The pledge of a bloc-year: targets of each agency, a signature of each member."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area, Direction, PledgeState
from blocs.tables.access import access_of
from blocs.tables.agencies import Agency
from blocs.tables.years import BlocYear


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everyone who sees the bloc-year: members add their own targets while it is a draft."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user).values("pk"))


class Pledge(models.Model):
    """Bản giao ước thi đua of one bloc-year."""

    State = PledgeState

    bloc_year = models.OneToOneField(BlocYear, on_delete=models.CASCADE, related_name="pledge")
    state = models.CharField("trạng thái", max_length=20, choices=PledgeState, default=PledgeState.DRAFT)
    theme = models.TextField("chủ đề, nội dung thi đua", blank=True)
    signed_on = models.DateField("ngày ký kết", null=True, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "giao ước thi đua"
        verbose_name_plural = "giao ước thi đua"

    def __str__(self) -> str:
        return f"Giao ước thi đua {self.bloc_year}"

    def get_absolute_url(self) -> str:
        return reverse("blocs:pledge", args=[self.bloc_year_id])


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own agency's always; the secretariat prepares the pledge from all of them;
        others once the pledge is open for signature."""
        access = access_of(user)
        shown = Q(pledge__state__in=[PledgeState.OPEN, PledgeState.SIGNED]) & Q(
            pledge__bloc_year__in=BlocYear.objects.visible_to(user).values("pk")
        )
        return self.filter(
            Q(agency__in=access.agency_ids, pledge__bloc_year__in=access.year_ids)
            | Q(pledge__bloc_year__in=access.runs(Area.PLEDGE))
            | shown
        )


class Target(models.Model):
    """A measurable promise of one agency. A missing number is unknown, never zero."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="targets")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="targets", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("nội dung chỉ tiêu", max_length=500)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    direction = models.CharField("chiều đánh giá", max_length=4, choices=Direction, default=Direction.UP)
    plan = models.DecimalField("kế hoạch năm", max_digits=18, decimal_places=4, null=True, blank=True)
    mid_year = models.DecimalField("thực hiện 6 tháng", max_digits=18, decimal_places=4, null=True, blank=True)
    actual = models.DecimalField("thực hiện cả năm", max_digits=18, decimal_places=4, null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu giao ước"
        verbose_name_plural = "chỉ tiêu giao ước"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "agency", "name"],
                name="target_once_per_agency",
                violation_error_message="Đơn vị đã có chỉ tiêu này.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.label}: {self.name}"


class PledgeSignature(models.Model):
    """One member's signature, by a person who may sign for it at that time."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="signatures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.CharField("người ký", max_length=150, blank=True)
    signer_title = models.CharField("chức vụ", max_length=150, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)

    class Meta:
        verbose_name = "chữ ký giao ước"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pledge", "agency"], name="pledge_signed_once")]

    def __str__(self) -> str:
        return f"{self.agency.label}: {self.signer_name}"
