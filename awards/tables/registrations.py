"""What an agency registers in January to aim at, per subject."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from awards.enums import RegistrationState
from awards.tables.catalogue import AwardForm
from awards.tables.subjects import Subject
from blocs.models import Agency
from blocs.tables.access import access_of


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Own agency's; the standing body's once it was sent."""
        access = access_of(user)
        sent = Q(agency__council__in=access.standing_ids, state=RegistrationState.SENT)
        return self.filter(Q(agency__in=access.agency_ids) | sent)


class Registration(models.Model):
    """Đăng ký danh hiệu thi đua, hình thức khen thưởng of one agency for one year."""

    State = RegistrationState

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="registrations", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=10, choices=RegistrationState, default=RegistrationState.DRAFT)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký thi đua"
        ordering = ["-year", "agency"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="registration_once")]

    def __str__(self) -> str:
        return f"Đăng ký thi đua năm {self.year} của {self.agency.label}"

    def get_absolute_url(self) -> str:
        return reverse("awards:registration", args=[self.pk])

    @property
    def council_id(self) -> int:
        return self.agency.council_id


class RegistrationLine(models.Model):
    """One subject and the award it aims at."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="lines")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="registration_lines")
    award = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "dòng đăng ký"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "subject", "award"],
                name="registration_line_once",
                violation_error_message="Đối tượng đã đăng ký danh hiệu, hình thức này.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.award}"
