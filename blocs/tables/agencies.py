"""The council of a province, its agencies, and who works where."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import AgencyKind, CouncilLevel, Duty, SeatRole
from khoithidua.web.fields import SearchKeyField, SortKeyField

if TYPE_CHECKING:
    from django.db.models.query import QuerySet


def in_force(on: date) -> Q:
    """Rows whose ``since``/``until`` period holds the day ``on``; an open end is unlimited."""
    return (Q(since__isnull=True) | Q(since__lte=on)) & (Q(until__isnull=True) | Q(until__gte=on))


class Term:
    """A row in force from a day to a day: the last day is not before the first."""

    since: "date | None"
    until: "date | None"

    def clean(self) -> None:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValidationError({"until": "Ngày kết thúc không được trước ngày bắt đầu. Hãy sửa một trong hai ngày."})


class Council(models.Model):
    """Hội đồng Thi đua - Khen thưởng of one province."""

    province = models.CharField("tỉnh, thành phố", max_length=100, unique=True)
    name = models.CharField("tên Hội đồng", max_length=300)
    place = models.CharField("địa danh trên văn bản", max_length=100, blank=True)
    standing_agency = models.ForeignKey(
        "blocs.Agency",
        verbose_name="cơ quan thường trực",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="standing_for",
    )
    level = models.CharField("cấp", max_length=10, choices=CouncilLevel, default=CouncilLevel.PROVINCE)
    # A council that uses its agency's seal has its own series of numbers (NĐ 30/2020, Phụ lục I).
    symbol = models.CharField("chữ viết tắt trong ký hiệu văn bản", max_length=40, blank=True, default="HĐTĐKT")
    seal = models.CharField("con dấu sử dụng", max_length=300, blank=True)
    sort_key = SortKeyField(source="province")

    class Meta:
        verbose_name = "Hội đồng"
        verbose_name_plural = "Hội đồng"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class CouncilMember(Term, models.Model):
    """A seat in the council for a term."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="members", verbose_name="Hội đồng")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="council_seats", verbose_name="thành viên")
    post = models.CharField("chức danh trong Hội đồng", max_length=200, blank=True)
    role = models.CharField("vai trò", max_length=10, choices=SeatRole, default=SeatRole.MEMBER)
    # Whom the member leads or works for: items of this agency are not the member's to vote on.
    agency = models.ForeignKey(
        "blocs.Agency",
        verbose_name="cơ quan công tác",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="council_seats",
    )
    votes = models.BooleanField("có quyền biểu quyết", default=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thành viên Hội đồng"
        verbose_name_plural = "thành viên Hội đồng"
        constraints = [models.UniqueConstraint(fields=["council", "user"], name="council_seat_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.council})"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The directory of agencies is open to everyone who signs in."""
        return self if user.is_authenticated else self.none()


class Agency(models.Model):
    """A unit that takes part in emulation. It keeps its history; a successor carries it on."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="agencies", verbose_name="Hội đồng")
    code = models.SlugField("mã", max_length=60)
    name = models.CharField("tên đơn vị", max_length=300)
    short_name = models.CharField("tên gọi tắt", max_length=120, blank=True)
    kind = models.CharField("loại", max_length=20, choices=AgencyKind, default=AgencyKind.DEPARTMENT)
    symbol = models.CharField("chữ viết tắt trong ký hiệu văn bản", max_length=40, blank=True)
    superior = models.CharField("cơ quan chủ quản (dòng trên của văn bản)", max_length=200, blank=True)
    leader_title = models.CharField("chức danh người đứng đầu", max_length=120, blank=True, default="Giám đốc")
    parent = models.ForeignKey(
        "self",
        verbose_name="trực thuộc",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    valid_from = models.DateField("hoạt động từ", null=True, blank=True)
    valid_to = models.DateField("hoạt động đến", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name="đơn vị kế thừa",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    search_key = SearchKeyField()
    sort_key = SortKeyField(db_index=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "code"], name="agency_code_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="agency_valid_period",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu hoạt động.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blocs:agency", args=[self.pk])

    @property
    def label(self) -> str:
        """The name that fits in a table's column."""
        return self.short_name or self.name


class AgencyAlias(models.Model):
    """Another way the same agency is written in articles and older papers."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="aliases", verbose_name="đơn vị")
    name = models.CharField("tên khác", max_length=300)
    search_key = SearchKeyField()

    class Meta:
        verbose_name = "tên khác"
        verbose_name_plural = "tên khác"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="agency_alias_once")]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date) -> Self:
        return self.filter(in_force(on), user__is_active=True)


class Appointment(Term, models.Model):
    """A person's duty in an agency, from a day to a day: the source of every business right."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appointments", verbose_name="người dùng")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="appointments", verbose_name="đơn vị")
    duty = models.CharField("nhiệm vụ", max_length=10, choices=Duty)
    signs = models.BooleanField("được người đứng đầu ủy quyền ký", default=False)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công nhiệm vụ"
        verbose_name_plural = "phân công nhiệm vụ"
        constraints = [models.UniqueConstraint(fields=["user", "agency", "duty"], name="appointment_once")]

    def __str__(self) -> str:
        return f"{self.user} - {self.get_duty_display()}, {self.agency}"


def people_of(agency_ids: "list[int] | QuerySet[Agency]", *duties: Duty, on: date) -> models.QuerySet[User]:
    """Active people who hold one of ``duties`` in the agencies on the day ``on``."""
    held = Appointment.objects.in_force(on).filter(agency__in=agency_ids, duty__in=duties)
    return User.objects.filter(pk__in=held.values("user"))
