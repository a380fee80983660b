"""Reports of agencies and reviews of blocs: their texts, figures, versions, remarks and comments."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blocs.enums import Area
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from reports.enums import ReportState, ReviewKind, ReviewState, RoundKind, Section
from reports.tables.rounds import ReportRound, RoundFigure, RoundTable


class AgencyReportQuerySet(models.QuerySet["AgencyReport"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Own agency's always; those who run or watch the bloc once the leader has signed it off."""
        access = access_of(user)
        own = Q(agency__in=access.agency_ids, bloc_year__in=access.year_ids)
        sent = ~Q(state=ReportState.DRAFT) & (
            Q(bloc_year__in=access.runs(Area.REVIEWS) | access.observed_ids)
            | Q(bloc_year__bloc__council__in=access.standing_ids)
        )
        return self.filter(own | sent)


class AgencyReport(models.Model):
    """One agency's six-month or annual report to its bloc."""

    State = ReportState

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="agency_reports")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reports", verbose_name="đơn vị")
    # Without one: the plain report of four sections. With one: what its outline asks.
    round = models.ForeignKey(ReportRound, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    kind = models.CharField("kỳ báo cáo", max_length=10, choices=RoundKind)
    state = models.CharField("trạng thái", max_length=12, choices=ReportState, default=ReportState.DRAFT)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)

    objects = AgencyReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo của đơn vị"
        verbose_name_plural = "báo cáo của đơn vị"
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "agency", "kind"], condition=~Q(kind="ad-hoc"), name="agency_report_once"
            ),
            models.UniqueConstraint(fields=["round", "agency"], name="agency_report_once_in_round"),
            models.CheckConstraint(condition=~Q(kind="ad-hoc") | Q(round__isnull=False), name="ad_hoc_report_in_round"),
        ]

    def __str__(self) -> str:
        if self.round is not None and self.kind == RoundKind.AD_HOC:
            return f"{self.round.title}: báo cáo của {self.agency.label}"
        return f"Báo cáo {self.get_kind_display().lower()} {self.bloc_year.year} của {self.agency.label}"

    def get_absolute_url(self) -> str:
        return reverse("reports:agency-report", args=[self.pk])


class BlocReviewQuerySet(models.QuerySet["BlocReview"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The secretariat's draft is its own; everyone who sees the bloc-year while it is consulted on or approved."""
        access = access_of(user)
        years = BlocYear.objects.visible_to(user).values("pk")
        shown = Q(state__in=[ReviewState.APPROVED, ReviewState.ISSUED]) | Q(consulting_until__gte=timezone.localdate())
        return self.filter(Q(bloc_year__in=access.runs(Area.REVIEWS)) | Q(bloc_year__in=years) & shown)


class BlocReview(models.Model):
    """The bloc's six-month or annual review: written sections beside computed parts."""

    State = ReviewState

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField("kỳ", max_length=10, choices=ReviewKind)
    state = models.CharField("trạng thái", max_length=10, choices=ReviewState, default=ReviewState.DRAFT)
    consulting_since = models.DateField("lấy ý kiến từ", null=True, blank=True)
    consulting_until = models.DateField("lấy ý kiến đến hết ngày", null=True, blank=True)
    # The computed parts as they stood at the last compilation, to tell what has changed since.
    compiled = models.JSONField("phần tự tính lần tổng hợp trước", default=dict, blank=True)
    compiled_at = models.DateTimeField("tổng hợp lúc", null=True, blank=True)

    objects = BlocReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo của khối"
        verbose_name_plural = "báo cáo của khối"
        constraints = [models.UniqueConstraint(fields=["bloc_year", "kind"], name="review_once")]

    def __str__(self) -> str:
        return f"Báo cáo {self.get_kind_display().lower()} {self.bloc_year}"

    def get_absolute_url(self) -> str:
        return reverse("reports:review", args=[self.pk])


class Passage(models.Model):
    """Text of one section in plain marks (reports.documents.rich_text). Exactly one of report and review owns it.

    ``section`` is one of ``Section`` or the key of a section of the report's round. ``version`` grows by one with
    each save: an editor that holds an older one is told.
    """

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, null=True, blank=True, related_name="passages")
    review = models.ForeignKey(BlocReview, on_delete=models.CASCADE, null=True, blank=True, related_name="passages")
    section = models.CharField("mục", max_length=40)
    text = models.TextField("nội dung", blank=True)
    version = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField("lưu lúc", null=True, blank=True)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "đoạn văn"
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, review__isnull=True) | Q(report__isnull=True, review__isnull=False),
                name="passage_one_owner",
            ),
            models.UniqueConstraint(
                fields=["report", "section"], condition=Q(report__isnull=False), name="passage_once_per_report"
            ),
            models.UniqueConstraint(
                fields=["review", "section"], condition=Q(review__isnull=False), name="passage_once_per_review"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return str(Section(self.section).label) if self.section in Section else self.section

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class FigureValue(models.Model):
    """One figure of a report; NULL: not filled in, never zero. What the system knows is kept when it is sent."""

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="figures")
    figure = models.ForeignKey(RoundFigure, on_delete=models.PROTECT, related_name="values")
    value = models.DecimalField("giá trị", max_digits=20, decimal_places=4, null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "số liệu báo cáo"
        constraints = [models.UniqueConstraint(fields=["report", "figure"], name="figure_value_once")]

    def __str__(self) -> str:
        return f"{self.figure}: {self.value}"


class TableRow(models.Model):
    """One row of a table of a report: the cells by their column's key, as typed."""

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="table_rows")
    table = models.ForeignKey(RoundTable, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField(default=0)
    cells = models.JSONField("các ô", default=dict)

    class Meta:
        verbose_name = "dòng của bảng"
        ordering = ["table", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.table}: {self.position}"


class Remark(models.Model):
    """What the receiver asks to be mended in one section when a report is returned; "" names the whole report."""

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="remarks")
    section = models.CharField("mục", max_length=40, blank=True)
    text = models.TextField("nội dung cần bổ sung")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    settled_at = models.DateTimeField("đã bổ sung lúc", null=True, blank=True)

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class TextVersion(models.Model):
    """A report or review as it stood at a moment, to compare and to go back to. Never changes."""

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, null=True, blank=True, related_name="versions")
    review = models.ForeignKey(BlocReview, on_delete=models.CASCADE, null=True, blank=True, related_name="versions")
    number = models.PositiveIntegerField("phiên bản")
    content = models.JSONField("nội dung")  # {"sections": {key: text}, "figures": {…}, "tables": {…}}
    reason = models.CharField("lưu khi", max_length=200)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    class Meta:
        verbose_name = "phiên bản của báo cáo"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, review__isnull=True) | Q(report__isnull=True, review__isnull=False),
                name="text_version_one_owner",
            ),
            models.UniqueConstraint(
                fields=["report", "number"], condition=Q(report__isnull=False), name="text_version_once_of_report"
            ),
            models.UniqueConstraint(
                fields=["review", "number"], condition=Q(review__isnull=False), name="text_version_once_of_review"
            ),
        ]

    def __str__(self) -> str:
        return f"Phiên bản {self.number}"


class Presence(models.Model):
    """Who has a report or review open for writing, as of the last sign of life."""

    SILENCE = 60  # seconds without one: gone

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, null=True, blank=True, related_name="present")
    review = models.ForeignKey(BlocReview, on_delete=models.CASCADE, null=True, blank=True, related_name="present")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    section = models.CharField("mục đang soạn", max_length=40, blank=True)
    seen_at = models.DateTimeField("còn mở lúc")

    class Meta:
        verbose_name = "người đang soạn"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "user"], condition=Q(report__isnull=False), name="presence_once_in_report"
            ),
            models.UniqueConstraint(
                fields=["review", "user"], condition=Q(review__isnull=False), name="presence_once_in_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class ReviewComment(models.Model):
    """A member's comment on the bloc's draft review while it is consulted on, and what became of it."""

    review = models.ForeignKey(BlocReview, on_delete=models.CASCADE, related_name="comments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    section = models.CharField("mục", max_length=40, blank=True)
    text = models.TextField("ý kiến")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("góp ý lúc", auto_now_add=True)
    taken = models.BooleanField("tiếp thu", null=True, blank=True)  # NULL: not answered yet
    answer = models.TextField("giải trình", blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "ý kiến góp ý"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def section_label(self) -> str:
        """The section's name; a comment without one is about the whole review."""
        return str(Section(self.section).label) if self.section in Section else "Toàn bộ báo cáo"
