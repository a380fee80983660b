"""Score sheets: lines, evidence, extensions, and why a unit is not considered."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area, Role
from blocs.models import Agency, BlocYear, Membership
from blocs.tables.access import access_of
from scoring.enums import AppraisedBy, SheetState
from scoring.tables.criteria import CriteriaSet, Criterion


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Own agency's always; those who run or watch the bloc once submitted; members' once published.

        The head's own sheet goes to the deputies too: they appraise it in the head's place.
        """
        access = access_of(user)
        heads_sheet = models.Exists(
            Membership.objects.filter(
                bloc_year=models.OuterRef("bloc_year"),
                agency=models.OuterRef("agency"),
                role=Role.HEAD,
                bloc_year__in=access.deputy_ids,
            )
        )
        submitted = ~Q(state=SheetState.DRAFT) & (
            Q(bloc_year__in=access.runs(Area.SCORES) | access.observed_ids)
            | Q(heads_sheet)
            | Q(bloc_year__bloc__council__in=access.standing_ids)
        )
        published = Q(bloc_year__scores_published_at__isnull=False, bloc_year__in=access.year_ids) & ~Q(
            state=SheetState.DRAFT
        )
        own = Q(agency__in=access.agency_ids, bloc_year__in=access.year_ids)
        return self.filter(own | submitted | published)


class ScoreSheet(models.Model):
    """One agency's scores in one bloc-year."""

    State = SheetState

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="sheets")
    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="sheets")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sheets", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=14, choices=SheetState, default=SheetState.DRAFT)
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    # Days after scores_due on which it was sent; 0 on time, unknown where there was no due date.
    late_days = models.PositiveSmallIntegerField("gửi muộn (ngày)", null=True, blank=True, editable=False)
    plan_locked_at = models.DateTimeField("khóa kế hoạch lúc", null=True, blank=True, editable=False)
    explanation_due = models.DateField("hạn giải trình", null=True, blank=True, editable=False)
    explained_at = models.DateTimeField("giải trình lúc", null=True, blank=True, editable=False)
    # The order that head and deputies decided among units that nothing else separates; 1 is first.
    decided_place = models.PositiveSmallIntegerField(
        "thứ tự do trưởng khối, phó khối quyết định", null=True, blank=True
    )
    women_70 = models.BooleanField("tập thể có từ 70% là nữ", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu chấm điểm"
        verbose_name_plural = "phiếu chấm điểm"
        constraints = [models.UniqueConstraint(fields=["bloc_year", "agency"], name="sheet_once")]

    def __str__(self) -> str:
        return f"Phiếu chấm điểm {self.agency.label} năm {self.bloc_year.year}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:sheet", args=[self.pk])


class ScoreLine(models.Model):
    """One criterion on one sheet. An empty column is "not scored", never zero."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="lines")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="lines")
    assigned = models.BooleanField("được giao", default=True)
    plan = models.DecimalField("kế hoạch", max_digits=18, decimal_places=4, null=True, blank=True)
    actual = models.DecimalField("thực hiện", max_digits=18, decimal_places=4, null=True, blank=True)
    level = models.CharField("mức", max_length=60, blank=True)
    times = models.PositiveIntegerField("số lần, số lượng", null=True, blank=True)
    self_points = models.DecimalField("tự chấm", max_digits=8, decimal_places=2, null=True, blank=True)
    cross_points = models.DecimalField("chấm chéo", max_digits=8, decimal_places=2, null=True, blank=True)
    appraised_points = models.DecimalField("thẩm định", max_digits=8, decimal_places=2, null=True, blank=True)
    agreed_points = models.DecimalField("thống nhất", max_digits=8, decimal_places=2, null=True, blank=True)
    cross_reason = models.TextField("lý do chấm chéo khác", blank=True)
    appraisal_reason = models.TextField("lý do thẩm định khác", blank=True)
    reason = models.TextField("lý do chênh lệch", blank=True)
    explanation = models.TextField("thuyết minh, minh chứng", blank=True)
    # The unit's one answer (giải trình), and the appraised points it answered.
    answer = models.TextField("giải trình", blank=True)
    answered_points = models.DecimalField(
        "điểm thẩm định trước giải trình", max_digits=8, decimal_places=2, null=True, blank=True
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "dòng chấm điểm"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_line_once"),
            models.CheckConstraint(
                condition=(Q(self_points__isnull=True) | Q(self_points__gte=0))
                & (Q(cross_points__isnull=True) | Q(cross_points__gte=0))
                & (Q(appraised_points__isnull=True) | Q(appraised_points__gte=0))
                & (Q(agreed_points__isnull=True) | Q(agreed_points__gte=0)),
                name="score_points_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.criterion.code}"


class Disqualification(models.Model):
    """Why an agency is out of the ranking for flags, though not out of the table."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="disqualifications")
    reason = models.CharField("lý do", max_length=500)
    evidence = models.CharField("căn cứ, minh chứng", max_length=500, blank=True)
    bars_certificates = models.BooleanField("không xét cả bằng khen", default=False)

    class Meta:
        verbose_name = "lý do không xét"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "reason"], name="disqualification_once")]

    def __str__(self) -> str:
        return self.reason


class SheetExtension(models.Model):
    """A later deadline for one unit, with the reason and who granted it. The latest row holds."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateField("gia hạn đến ngày")
    reason = models.CharField("lý do", max_length=500)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField("gia hạn lúc", auto_now_add=True)

    class Meta:
        verbose_name = "gia hạn phiếu chấm điểm"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Gia hạn {self.sheet} đến {self.until:%d/%m/%Y}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the sheet; once it was sent also who appraises the criterion or cross-checks the sheet."""
        access = access_of(user)
        checked = ScoreSheet.objects.filter(cross_checks__checker__in=access.agency_ids).values("pk")
        asked = Q(criterion__appraised_by=AppraisedBy.AGENCY, criterion__appraiser__in=access.agency_ids) | Q(
            sheet__in=checked
        )
        sheets = ScoreSheet.objects.visible_to(user).values("pk")
        return self.filter(Q(sheet__in=sheets) | (asked & ~Q(sheet__state=SheetState.DRAFT)))


class Evidence(models.Model):
    """A file or a link that supports one line of a sheet (minh chứng).

    With neither, but with a hash, it is a file that a year file told of and that has not come yet.
    """

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField("tên minh chứng", max_length=300)
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    file = models.FileField("tệp", upload_to="minh-chung/%Y/", blank=True)
    file_name = models.CharField("tên tệp", max_length=255, blank=True)
    size = models.PositiveBigIntegerField("dung lượng", null=True, blank=True)
    content_type = models.CharField("loại tệp", max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(sha256="")) | (~Q(url="") & Q(file="") & Q(sha256="")),
                name="evidence_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title
