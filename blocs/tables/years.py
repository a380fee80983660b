"""Blocs, and what each of them is in one year."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area, Award, BlocKind, Role, SuccessionMode, Tier, YearState
from blocs.tables.access import access_of
from blocs.tables.agencies import Agency, Council, CouncilMember
from khoithidua.web.fields import SearchKeyField, SortKeyField


class Bloc(models.Model):
    """A peer group of agencies that scores, ranks and proposes flags, year after year."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="blocs", verbose_name="Hội đồng")
    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên khối, cụm", max_length=300)
    kind = models.CharField("loại", max_length=10, choices=BlocKind, default=BlocKind.BLOC)
    tier = models.CharField("cấp", max_length=12, choices=Tier, default=Tier.PROVINCE)
    search_key = SearchKeyField()
    sort_key = SortKeyField(db_index=True)

    class Meta:
        verbose_name = "khối, cụm thi đua"
        verbose_name_plural = "khối, cụm thi đua"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class BlocYearQuerySet(models.QuerySet["BlocYear"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Members of that year, the standing body of its council, and the council's observers of it."""
        access = access_of(user)
        reach = Q(pk__in=access.year_ids | access.observed_ids)
        # Most people work in no standing body: their query needs no join.
        return self.filter(reach | Q(bloc__council__in=access.standing_ids) if access.standing_ids else reach)


class BlocYear(models.Model):
    """One bloc in one year: everything else hangs here."""

    State = YearState

    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="years", verbose_name="khối, cụm")
    year = models.PositiveSmallIntegerField("năm", validators=[MinValueValidator(1948), MaxValueValidator(2100)])
    state = models.CharField("trạng thái", max_length=12, choices=YearState, default=YearState.PLANNING)
    regulation = models.TextField("quy chế hoạt động", blank=True)
    rotation = models.CharField(
        "cách chọn trưởng khối", max_length=10, choices=SuccessionMode, default=SuccessionMode.ROTATION
    )
    pledge_due = models.DateField("hạn ký giao ước", null=True, blank=True)
    mid_year_due = models.DateField("hạn báo cáo 6 tháng", null=True, blank=True)
    scores_due = models.DateField("hạn tự chấm điểm", null=True, blank=True)
    annual_due = models.DateField("hạn báo cáo năm", null=True, blank=True)
    scores_published_at = models.DateTimeField("công bố điểm lúc", null=True, blank=True, editable=False)
    # Sections of a year file that were stated, if only as empty: an empty list says "none",
    # a missing one says nothing, and unknown is never zero.
    stated = models.JSONField("các mục đã khai", default=list, blank=True, editable=False)

    objects = BlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = "năm thi đua của khối"
        verbose_name_plural = "năm thi đua của các khối"
        ordering = ["-year", "bloc__sort_key"]
        constraints = [models.UniqueConstraint(fields=["bloc", "year"], name="bloc_year_once")]

    def __str__(self) -> str:
        return f"{self.bloc.name} năm {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("blocs:year", args=[self.pk])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_order(self) -> Self:
        """Head, deputies, then members as the regulation lists them."""
        rank = models.Case(models.When(role=Role.HEAD, then=0), models.When(role=Role.DEPUTY, then=1), default=2)
        return self.order_by(rank, "position", "pk")


class Membership(models.Model):
    """An agency in a bloc-year: one head, any number of deputies, nobody twice."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=10, choices=Role, default=Role.MEMBER)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    person = models.CharField("người thay mặt đơn vị trong năm", max_length=150, blank=True)
    person_title = models.CharField("chức vụ của người thay mặt", max_length=150, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên khối"
        verbose_name_plural = "thành viên khối"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "agency"],
                name="membership_once_per_year",
                violation_error_message="Đơn vị này đã là thành viên của khối trong năm.",
            ),
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=Q(role="head"),
                name="membership_one_head",
                violation_error_message="Mỗi khối chỉ có một trưởng khối trong năm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} ({self.get_role_display()})"


# Who is in the bloc, in one query with the few columns that pages show.
COMPOSITION = models.Prefetch(
    "memberships",
    Membership.objects.select_related("agency").only(
        "bloc_year", "role", "position", "person", "person_title", "agency__name", "agency__short_name"
    ),
)


class Delegation(models.Model):
    """What the head lets a deputy do this year."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="delegations")
    area = models.CharField("việc được ủy quyền", max_length=12, choices=Area)

    class Meta:
        verbose_name = "ủy quyền cho phó khối"
        constraints = [models.UniqueConstraint(fields=["membership", "area"], name="delegation_once")]

    def __str__(self) -> str:
        return f"{self.membership.agency}: {self.get_area_display()}"


class Observer(models.Model):
    """The council member who follows this bloc this year."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="observers")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="followed")

    class Meta:
        verbose_name = "thành viên Hội đồng theo dõi khối"
        constraints = [models.UniqueConstraint(fields=["bloc_year", "member"], name="observer_once")]

    def __str__(self) -> str:
        return str(self.member)


class Quota(models.Model):
    """How many of an award this bloc may propose this year; no row means no limit is known."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="quotas")
    award = models.CharField("hình thức", max_length=40, choices=Award)
    limit = models.PositiveSmallIntegerField("số lượng tối đa")

    class Meta:
        verbose_name = "chỉ tiêu khen thưởng"
        constraints = [models.UniqueConstraint(fields=["bloc_year", "award"], name="quota_once")]

    def __str__(self) -> str:
        return f"{self.get_award_display()}: {self.limit}"


class Succession(models.Model):
    """Who leads next year, as agreed at the annual conference."""

    bloc_year = models.OneToOneField(BlocYear, on_delete=models.CASCADE, related_name="succession")
    head = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="trưởng khối năm sau"
    )
    deputies = models.ManyToManyField(Agency, related_name="+", blank=True, verbose_name="phó khối năm sau")
    mode = models.CharField("cách chọn", max_length=10, choices=SuccessionMode)
    handed_over_on = models.DateField("ngày bàn giao", null=True, blank=True)
    items = models.TextField("hồ sơ, tài liệu bàn giao", blank=True)

    class Meta:
        verbose_name = "bàn giao trưởng khối"

    def __str__(self) -> str:
        return f"Bàn giao: {self.bloc_year}"
