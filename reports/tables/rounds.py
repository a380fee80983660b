"""Reporting rounds: what is asked, until when, and what a province asks of all its blocs at once."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area
from blocs.models import Agency, BlocYear, Council
from blocs.tables.access import access_of
from reports.enums import FigureSource, FigureUnit, RoundKind, RoundState


class ReportRoundQuerySet(models.QuerySet["ReportRound"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A bloc's rounds: who sees the bloc-year, drafts only their makers. The province's: its standing body."""
        access = access_of(user)
        years = BlocYear.objects.visible_to(user).values("pk")
        makers = Q(bloc_year__in=access.runs(Area.REVIEWS)) | Q(council__in=access.standing_ids)
        return self.filter(makers | (Q(bloc_year__in=years) & ~Q(state=RoundState.DRAFT)))


class ReportRound(models.Model):
    """One round: of a bloc-year, or (without one) of the province, which opens a round in each bloc under it."""

    State = RoundState

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="report_rounds")
    bloc_year = models.ForeignKey(
        BlocYear, on_delete=models.CASCADE, null=True, blank=True, related_name="report_rounds"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField("kỳ báo cáo", max_length=10, choices=RoundKind)
    state = models.CharField("trạng thái", max_length=10, choices=RoundState, default=RoundState.DRAFT)
    title = models.CharField("tên đợt báo cáo", max_length=300)
    year = models.PositiveSmallIntegerField("năm")
    since = models.DateField("số liệu từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)
    due = models.DateField("hạn gửi", null=True, blank=True)
    strict = models.BooleanField("không nhận báo cáo gửi sau hạn", default=False)
    basis = models.CharField("văn bản yêu cầu", max_length=300, blank=True)
    note = models.TextField("hướng dẫn chung", blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ReportRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt báo cáo"
        ordering = ["-year", "-due", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "kind"],
                condition=~Q(kind="ad-hoc") & Q(bloc_year__isnull=False),
                name="round_of_kind_once",
                violation_error_message="Năm thi đua này đã có đợt báo cáo của kỳ này.",
            ),
            models.UniqueConstraint(fields=["parent", "bloc_year"], name="round_once_in_bloc"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(bloc_year__isnull=False), name="round_child_has_bloc"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="round_period",
                violation_error_message="Ngày cuối của kỳ số liệu không được trước ngày đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:round", args=[self.pk])

    @property
    def outline_id(self) -> Any:
        """Whose sections and figures are filled in: the province's own round's, where it opened this one."""
        return self.parent_id or self.pk


class RoundSection(models.Model):
    """One heading of the outline, with what to write there."""

    round = models.ForeignKey(ReportRound, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField("mã", max_length=40)  # the four of ``reports.enums.Section`` feed the bloc's review
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField("đề mục", max_length=300)
    guidance = models.TextField("hướng dẫn", blank=True)
    required = models.BooleanField("bắt buộc", default=True)

    class Meta:
        verbose_name = "mục của đề cương"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="round_section_once")]

    def __str__(self) -> str:
        return self.title


class RoundFigure(models.Model):
    """One figure asked for. With a ``source`` the system knows it and nobody types it."""

    section = models.ForeignKey(RoundSection, on_delete=models.CASCADE, related_name="figures")
    key = models.SlugField("mã", max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField("chỉ tiêu", max_length=300)
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    kind = models.CharField("kiểu số", max_length=10, choices=FigureUnit, default=FigureUnit.WHOLE)
    source = models.CharField("số liệu có sẵn", max_length=30, choices=FigureSource, blank=True)
    required = models.BooleanField("bắt buộc", default=False)

    class Meta:
        verbose_name = "số liệu của đề cương"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="round_figure_once")]

    def __str__(self) -> str:
        return self.label


class RoundTable(models.Model):
    """A table that each agency fills in, row by row."""

    section = models.ForeignKey(RoundSection, on_delete=models.CASCADE, related_name="tables")
    key = models.SlugField("mã", max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField("tên bảng", max_length=300)
    columns = models.JSONField("các cột", default=list)  # [{"key", "label", "kind": "text" | "number"}], at most 8
    guidance = models.CharField("hướng dẫn", max_length=500, blank=True)

    class Meta:
        verbose_name = "bảng của đề cương"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="round_table_once")]

    def __str__(self) -> str:
        return self.title


class RoundExtension(models.Model):
    """More time for one agency, with the reason; the last one counts."""

    round = models.ForeignKey(ReportRound, on_delete=models.CASCADE, related_name="extensions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due = models.DateField("gia hạn đến")
    reason = models.CharField("lý do", max_length=500)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField("gia hạn lúc", auto_now_add=True)

    class Meta:
        verbose_name = "gia hạn báo cáo"
        ordering = ["granted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.agency}: {self.due:%d/%m/%Y}"
