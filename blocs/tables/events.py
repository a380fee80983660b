"""What happens in a bloc-year: movements, conferences, petitions, commendations."""

from typing import Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import (
    AttendanceLevel,
    Award,
    CommendationStatus,
    ConferenceKind,
    MovementKind,
    Period,
    PetitionStatus,
    RecipientKind,
    Scope,
)
from blocs.tables.access import access_of
from blocs.tables.agencies import Agency, Council
from blocs.tables.years import BlocYear
from khoithidua.web.fields import SearchKeyField

M = TypeVar("M", bound=models.Model)
YEAR = [MinValueValidator(1945), MaxValueValidator(2100)]


class YearScopedQuerySet(models.QuerySet[M]):
    """Rows that everyone who sees the bloc-year sees."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user).values("pk"))


class OwnOrRunQuerySet(models.QuerySet[M]):
    """Rows of one agency in a bloc-year: its own people's, and those who run or watch the bloc."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        access = access_of(user)
        return self.filter(
            Q(agency__in=access.agency_ids, bloc_year__in=access.year_ids)
            | Q(bloc_year__in=access.headed_ids | access.deputy_ids | access.observed_ids)
            | Q(bloc_year__bloc__council__in=access.standing_ids)
        )


class Movement(models.Model):
    """A named emulation programme. Several blocs and years may share one."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="movements")
    name = models.CharField("tên phong trào", max_length=400)
    scope = models.CharField("phạm vi", max_length=10, choices=Scope, default=Scope.BLOC)
    kind = models.CharField("hình thức", max_length=10, choices=MovementKind, default=MovementKind.REGULAR)
    starts = models.PositiveSmallIntegerField("từ năm", null=True, blank=True, validators=YEAR)
    ends = models.PositiveSmallIntegerField("đến năm", null=True, blank=True, validators=YEAR)
    launched_by = models.CharField("cơ quan, người phát động", max_length=300, blank=True)
    launched_on = models.DateField("ngày phát động", null=True, blank=True)
    search_key = SearchKeyField()

    class Meta:
        verbose_name = "phong trào thi đua"
        verbose_name_plural = "phong trào thi đua"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="movement_period",
                violation_error_message="Năm kết thúc không được trước năm bắt đầu.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class BlocMovementQuerySet(YearScopedQuerySet["BlocMovement"]):
    pass


class BlocMovement(models.Model):
    """A movement carried out in a bloc-year."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="movements")
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="carried_out")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = BlocMovementQuerySet.as_manager()

    class Meta:
        verbose_name = "phong trào của khối"
        verbose_name_plural = "phong trào của khối"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["bloc_year", "movement"], name="bloc_movement_once")]

    def __str__(self) -> str:
        return str(self.movement)

    def get_absolute_url(self) -> str:
        return reverse("blocs:movements", args=[self.bloc_year_id])


class Participation(models.Model):
    """An agency that takes part. No row for anyone means: not recorded."""

    bloc_movement = models.ForeignKey(BlocMovement, on_delete=models.CASCADE, related_name="participations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "đơn vị tham gia"
        constraints = [models.UniqueConstraint(fields=["bloc_movement", "agency"], name="participation_once")]

    def __str__(self) -> str:
        return str(self.agency)


class ConferenceQuerySet(YearScopedQuerySet["Conference"]):
    pass


class Conference(models.Model):
    """A meeting of the bloc."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="conferences")
    kind = models.CharField("loại hội nghị", max_length=20, choices=ConferenceKind)
    held_on = models.DateField("ngày", null=True, blank=True)
    starts = models.TimeField("bắt đầu lúc", null=True, blank=True)
    ends = models.TimeField("kết thúc lúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    chair_name = models.CharField("người chủ trì", max_length=150, blank=True)
    chair_title = models.CharField("chức vụ", max_length=150, blank=True)
    chair_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị chủ trì"
    )
    secretary_name = models.CharField("thư ký hội nghị", max_length=150, blank=True)
    secretary_title = models.CharField("chức vụ, đơn vị của thư ký", max_length=150, blank=True)
    # False: the record does not list who came, which the year file reads as all members.
    attendance_listed = models.BooleanField("có danh sách dự họp", default=False)
    agenda = models.TextField("chương trình", blank=True)
    guests = models.JSONField("khách mời", default=list, blank=True)
    conclusions = models.JSONField("kết luận", default=list, blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "kind", "held_on"],
                condition=~Q(kind=ConferenceKind.OTHER),
                name="conference_once",
                violation_error_message="Khối đã có hội nghị cùng loại trong ngày này.",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="conference_ends_after_start",
                violation_error_message="Hội nghị phải kết thúc sau giờ bắt đầu. Hãy kiểm tra lại hai mốc giờ.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("blocs:conference", args=[self.pk])


class Attendance(models.Model):
    """Which agency came, and at which level."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="attendances")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    level = models.CharField("thành phần", max_length=10, choices=AttendanceLevel, default="", blank=True)

    class Meta:
        verbose_name = "đơn vị dự họp"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["conference", "agency"], name="attendance_once")]

    def __str__(self) -> str:
        return str(self.agency)


class PetitionQuerySet(OwnOrRunQuerySet["Petition"]):
    pass


class Petition(models.Model):
    """Đơn thư about an agency: while it is verified, its subject's awards wait."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="petitions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="petitions", verbose_name="đơn vị")
    received_on = models.DateField("ngày tiếp nhận", null=True, blank=True)
    subject = models.CharField("nội dung", max_length=500)
    status = models.CharField("tình trạng", max_length=10, choices=PetitionStatus, default=PetitionStatus.OPEN)
    search_key = SearchKeyField(source="subject")

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn thư"
        verbose_name_plural = "đơn thư"
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"Đơn thư: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("blocs:petitions", args=[self.bloc_year_id])


class CommendationQuerySet(OwnOrRunQuerySet["Commendation"]):
    pass


class Commendation(models.Model):
    """What an agency's people received, or were proposed for: two things never added together."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="commendations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="commendations", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    period = models.CharField("kỳ", max_length=4, choices=Period, default=Period.H1)
    award = models.CharField("hình thức", max_length=40, choices=Award)
    issuer = models.CharField("cơ quan, người khen thưởng", max_length=300, blank=True)
    status = models.CharField(
        "tình trạng", max_length=10, choices=CommendationStatus, default=CommendationStatus.AWARDED
    )
    reason = models.CharField("thành tích", max_length=1000, blank=True)
    search_key = SearchKeyField(source="search_text")

    objects = CommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả khen thưởng"
        verbose_name_plural = "kết quả khen thưởng"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.agency.label}: {self.get_award_display()}"

    def get_absolute_url(self) -> str:
        return reverse("blocs:commendations", args=[self.bloc_year_id])

    @property
    def search_text(self) -> str:
        """What a list of commendations is searched by."""
        return f"{self.reason} {self.issuer} {self.get_award_display()}"


class RecipientCount(models.Model):
    """How many of one kind. A missing number means the source says "nhiều": shown so, never summed."""

    commendation = models.ForeignKey(Commendation, on_delete=models.CASCADE, related_name="recipients")
    kind = models.CharField("đối tượng", max_length=12, choices=RecipientKind)
    count = models.PositiveIntegerField("số lượng", null=True, blank=True)

    class Meta:
        verbose_name = "số lượng được khen"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["commendation", "kind"], name="recipient_kind_once")]

    def __str__(self) -> str:
        return f"{self.count} {self.get_kind_display()}"
