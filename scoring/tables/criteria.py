"""Criteria tables: versioned documents, and the rules of scoring of a bloc-year."""

from decimal import Decimal
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from scoring.enums import AppraisedBy, CriterionKind, Formula, SetState


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The secretariat's and the standing body's always; members' and observers' once open."""
        access = access_of(user)
        years = BlocYear.objects.visible_to(user).values("pk")
        return self.filter(
            Q(bloc_year__in=access.runs(Area.SCORES))
            | Q(bloc_year__bloc__council__in=access.standing_ids)
            | Q(bloc_year__in=years, state__in=[SetState.OPEN, SetState.LOCKED])
        )


class CriteriaSet(models.Model):
    """The approved criteria table of a bloc-year: a versioned document."""

    State = SetState

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="criteria_sets")
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    state = models.CharField("trạng thái", max_length=8, choices=SetState, default=SetState.DRAFT)
    scale = models.DecimalField("thang điểm", max_digits=8, decimal_places=2, default=Decimal(1000))
    tie_break = models.JSONField("thứ tự phân hạng khi bằng điểm", default=list, blank=True)
    # What the totals are worth: {bands: [{name, from, below, floor}], ...}; read by domain.grading.
    grading = models.JSONField("xếp loại", default=dict, blank=True)
    # The version or the set of another bloc-year that this one was made from.
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="successors")
    note = models.TextField("nội dung sửa đổi", blank=True)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["bloc_year", "-version"]
        constraints = [models.UniqueConstraint(fields=["bloc_year", "version"], name="criteria_version_once")]

    def __str__(self) -> str:
        return f"Bộ tiêu chí {self.bloc_year}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:criteria", args=[self.bloc_year_id])


class Criterion(models.Model):
    """A node of the tree. A group's maximum is the sum of its children."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.CharField("mã", max_length=40)
    name = models.CharField("tiêu chí", max_length=1000)
    kind = models.CharField("cách chấm", max_length=14, choices=CriterionKind, default=CriterionKind.JUDGED)
    max_points = models.DecimalField("điểm tối đa", max_digits=8, decimal_places=2)
    formula = models.CharField("công thức", max_length=30, choices=Formula, blank=True)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    # The range in which plan and actual make sense; open where empty.
    least = models.DecimalField("giá trị nhỏ nhất", max_digits=18, decimal_places=4, null=True, blank=True)
    most = models.DecimalField("giá trị lớn nhất", max_digits=18, decimal_places=4, null=True, blank=True)
    floor_percent = models.DecimalField("mức sàn (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    # Parameters of the kind: levels, per, step, surplus_cap, surplus_total, from, bands.
    options = models.JSONField("tham số", default=dict, blank=True)
    appraised_by = models.CharField("ai thẩm định", max_length=12, choices=AppraisedBy, default=AppraisedBy.SECRETARIAT)
    appraiser = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan thẩm định"
    )

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "code"],
                name="criterion_code_once",
                violation_error_message="Mã tiêu chí đã có trong bảng.",
            ),
            models.CheckConstraint(condition=Q(max_points__gte=0), name="criterion_max_not_negative"),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="criterion_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class YearRules(models.Model):
    """How a bloc-year scores and votes, as its council or its regulation says; defaults without a row."""

    bloc_year = models.OneToOneField(BlocYear, on_delete=models.CASCADE, related_name="scoring_rules")
    closes_on_due = models.BooleanField("hết hạn thì khóa phiếu (trừ khi được gia hạn)", default=True)
    explanation_days = models.PositiveSmallIntegerField("số ngày giải trình", default=5)
    difference_percent = models.PositiveSmallIntegerField("đánh dấu chênh lệch từ (% điểm tối đa)", default=10)
    poll_threshold = models.PositiveSmallIntegerField("tỷ lệ phiếu tối thiểu (%)", null=True, blank=True)
    poll_quorum = models.PositiveSmallIntegerField("tỷ lệ có mặt tối thiểu (%)", null=True, blank=True)
    poll_rounds = models.PositiveSmallIntegerField("số vòng bỏ phiếu tối đa", default=2)
    recused_in_base = models.BooleanField("người không tham gia bỏ phiếu vẫn tính vào mẫu số", default=True)
    basis = models.TextField("căn cứ của các quy định này", blank=True)

    class Meta:
        verbose_name = "quy định chấm điểm, bỏ phiếu"

    def __str__(self) -> str:
        return f"Quy định chấm điểm, bỏ phiếu {self.bloc_year}"
