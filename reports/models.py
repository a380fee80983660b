"""Reports of agencies, reviews of blocs, and papers that were issued."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from council.models import CouncilSession, Decision
from khoithidua.web.fields import SearchKeyField
from reports.enums import JobState, ReportState, ReviewKind, ReviewState, Section


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
    kind = models.CharField("kỳ báo cáo", max_length=10, choices=ReviewKind)
    state = models.CharField("trạng thái", max_length=12, choices=ReportState, default=ReportState.DRAFT)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)

    objects = AgencyReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo của đơn vị"
        verbose_name_plural = "báo cáo của đơn vị"
        constraints = [models.UniqueConstraint(fields=["bloc_year", "agency", "kind"], name="agency_report_once")]

    def __str__(self) -> str:
        return f"Báo cáo {self.get_kind_display().lower()} {self.bloc_year.year} của {self.agency.label}"

    def get_absolute_url(self) -> str:
        return reverse("reports:agency-report", args=[self.pk])


class BlocReviewQuerySet(models.QuerySet["BlocReview"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The secretariat's draft is its own; everyone who sees the bloc-year once it is approved."""
        access = access_of(user)
        years = BlocYear.objects.visible_to(user).values("pk")
        return self.filter(
            Q(bloc_year__in=access.runs(Area.REVIEWS))
            | Q(bloc_year__in=years, state__in=[ReviewState.APPROVED, ReviewState.ISSUED])
        )


class BlocReview(models.Model):
    """The bloc's six-month or annual review: written sections beside computed parts."""

    State = ReviewState

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField("kỳ", max_length=10, choices=ReviewKind)
    state = models.CharField("trạng thái", max_length=10, choices=ReviewState, default=ReviewState.DRAFT)

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
    """Text of one section, one paragraph a line. Exactly one of report and review owns it.

    ``version`` grows by one with each save: an editor that holds an older one is told.
    """

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, null=True, blank=True, related_name="passages")
    review = models.ForeignKey(BlocReview, on_delete=models.CASCADE, null=True, blank=True, related_name="passages")
    section = models.CharField("mục", max_length=14, choices=Section)
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
        return self.get_section_display()

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everyone who sees the bloc-year."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user).values("pk"))


class IssuedDocument(models.Model):
    """A paper that left the office. Never changes: the database refuses update and delete."""

    kind = models.CharField("loại văn bản", max_length=40)
    title = models.CharField("trích yếu", max_length=500)
    bloc_year = models.ForeignKey(BlocYear, on_delete=models.PROTECT, related_name="documents")
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="issued", verbose_name="cơ quan ban hành")
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    issued_year = models.PositiveSmallIntegerField("năm")
    signer_name = models.CharField("người ký", max_length=150)
    signer_title = models.CharField("chức vụ người ký", max_length=150)
    file = models.FileField("tệp")
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    code = models.CharField("mã xác minh", max_length=40, unique=True)
    issued_at = models.DateTimeField("ban hành lúc", auto_now_add=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    search_key = SearchKeyField(source="title")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đã ban hành"
        verbose_name_plural = "văn bản đã ban hành"
        ordering = ["-issued_on", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "issued_year", "symbol", "number"],
                name="issued_number_once",
                violation_error_message="Số này đã được dùng cho một văn bản khác trong năm.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_number} ngày {self.issued_on:%d/%m/%Y}"

    @property
    def full_number(self) -> str:
        """Số và ký hiệu: numbers below 10 carry a leading zero (NĐ 30/2020, Phụ lục I)."""
        return f"{self.number:02d}/{self.symbol}"

    def get_absolute_url(self) -> str:
        return reverse("reports:document", args=[self.pk])


class PaperJobQuerySet(models.QuerySet["PaperJob"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, of bloc-years, sessions and decisions that one sees."""
        seen = (
            Q(bloc_year__in=BlocYear.objects.visible_to(user).values("pk"))
            | Q(session__in=CouncilSession.objects.visible_to(user).values("pk"))
            | Q(decision__in=Decision.objects.visible_to(user).values("pk"))
        )
        return self.filter(seen, requested_by=user.pk)


class PaperJob(models.Model):
    """A long paper that the worker makes for one person, its progress, and the file for a day.

    It is of exactly one owner: a bloc-year, a session of the council or a decision.
    """

    State = JobState
    SILENCE = timedelta(minutes=10)  # without a sign of life the work is taken for lost

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_jobs")
    session = models.ForeignKey(
        CouncilSession, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_jobs"
    )
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_jobs")
    kind = models.CharField("loại văn bản", max_length=40)
    requested_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    requested_at = models.DateTimeField("yêu cầu lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    seen_at = models.DateTimeField("có tiến triển lúc")
    finished_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    step = models.CharField("việc đang làm", max_length=200, blank=True)
    done = models.PositiveIntegerField("đã xong", default=0)
    total = models.PositiveIntegerField("tổng số bước", default=1)
    file = models.FileField("tệp", blank=True)
    error = models.CharField("lỗi", max_length=500, blank=True)

    objects = PaperJobQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản lập ở chế độ nền"
        constraints = [
            # NULL differs from NULL: each kind of owner has a constraint of its own.
            models.UniqueConstraint(fields=["bloc_year", "kind", "requested_by"], name="paper_job_once_per_person"),
            models.UniqueConstraint(fields=["session", "kind", "requested_by"], name="paper_job_once_of_session"),
            models.UniqueConstraint(fields=["decision", "kind", "requested_by"], name="paper_job_once_of_decision"),
            models.CheckConstraint(
                condition=Q(bloc_year__isnull=False, session__isnull=True, decision__isnull=True)
                | Q(bloc_year__isnull=True, session__isnull=False, decision__isnull=True)
                | Q(bloc_year__isnull=True, session__isnull=True, decision__isnull=False),
                name="paper_job_one_owner",
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="paper_job_done_within_total"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner}"

    @property
    def owner(self) -> BlocYear | CouncilSession | Decision:
        """Whose paper it is."""
        found = self.bloc_year or self.session or self.decision
        assert found is not None  # noqa: S101 (the database holds that there is one)
        return found

    def get_absolute_url(self) -> str:
        if self.bloc_year_id is not None:
            return reverse("reports:paper-job", args=[self.bloc_year_id, self.kind])
        if self.session_id is not None:
            return reverse("reports:session-paper-job", args=[self.session_id, self.kind])
        return reverse("reports:decision-paper-job", args=[self.decision_id, self.kind])

    def state_at(self, now: datetime) -> JobState:
        """What to tell at ``now``: work that was not heard of for ``SILENCE`` counts as failed."""
        if self.finished_at is not None:
            return JobState.FAILED if self.error else JobState.DONE
        if now - self.seen_at > self.SILENCE:
            return JobState.FAILED
        return JobState.WORKING if self.started_at else JobState.QUEUED
