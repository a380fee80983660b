"""Criteria, score sheets, polls and the proposals that follow from them."""

from decimal import Decimal
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area, Award, Role, YearState
from blocs.models import Agency, BlocYear, Membership
from blocs.tables.access import access_of
from scoring.enums import CriterionKind, Formula, PollBase, PollMode, SetState, SheetState

ZERO = Decimal(0)


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
    floor_percent = models.DecimalField("mức sàn (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    # Parameters of the kind: levels, per, step, surplus_cap, surplus_total, from, bands.
    options = models.JSONField("tham số", default=dict, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


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
    reason = models.TextField("lý do chênh lệch", blank=True)
    explanation = models.TextField("giải trình, minh chứng", blank=True)

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

    class Meta:
        verbose_name = "lý do không xét"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "reason"], name="disqualification_once")]

    def __str__(self) -> str:
        return self.reason


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Counted results: those who run or watch the bloc; members once scores are published."""
        return self.filter(outcome_scope(user))


class Poll(models.Model):
    """A vote of the bloc on one award, as counted. A single ballot is never kept here."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="polls")
    award = models.CharField("hình thức", max_length=40, choices=Award)
    round = models.PositiveSmallIntegerField("vòng", default=1)
    mode = models.CharField("cách biểu quyết", max_length=14, choices=PollMode)
    base = models.CharField("cơ sở tính tỷ lệ", max_length=8, choices=PollBase)
    threshold = models.PositiveSmallIntegerField("tỷ lệ tối thiểu (%)", null=True, blank=True)
    eligible = models.PositiveSmallIntegerField("tổng số thành viên", null=True, blank=True)
    present = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    cast = models.PositiveSmallIntegerField("số phiếu thu về", null=True, blank=True)
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True, blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả bỏ phiếu"
        ordering = ["award", "round"]
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "award", "round"], name="poll_round_once"),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(eligible__isnull=True) | Q(present__lte=F("eligible")),
                name="poll_present_within_eligible",
            ),
        ]

    def __str__(self) -> str:
        return f"Bỏ phiếu đề nghị tặng {self.get_award_display()}, vòng {self.round}"


class PollTally(models.Model):
    """Votes that one agency got in a poll."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tallies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    votes = models.PositiveSmallIntegerField("số phiếu")

    class Meta:
        verbose_name = "số phiếu"
        ordering = ["-votes", "agency__sort_key"]
        constraints = [models.UniqueConstraint(fields=["poll", "agency"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.agency.label}: {self.votes}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those who run or watch the bloc; members once scores are published or the year concluded."""
        return self.filter(outcome_scope(user))


class Proposal(models.Model):
    """What the bloc proposes for one of its members. A proposal is not an award."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="proposals")
    award = models.CharField("hình thức đề nghị", max_length=40, choices=Award)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="proposals", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    reason = models.TextField("lý do (khi khác thứ tự điểm hoặc vượt chỉ tiêu)", blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị khen thưởng của khối"
        verbose_name_plural = "đề nghị khen thưởng của khối"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "award", "agency"],
                name="proposal_once",
                violation_error_message="Đơn vị đã được đề nghị hình thức này.",
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "agency"],
                condition=Q(award__in=["co-chinh-phu", "co-tinh"]),
                name="proposal_one_flag",
                violation_error_message="Một đơn vị không được đề nghị đồng thời Cờ thi đua của Chính phủ và của tỉnh.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.label}: {self.get_award_display()}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:proposals", args=[self.bloc_year_id])


def outcome_scope(user: User | AnonymousUser) -> Q:
    """Rows of a bloc-year's outcome that ``user`` may see before and after publication."""
    access = access_of(user)
    known = Q(bloc_year__scores_published_at__isnull=False) | Q(
        bloc_year__state__in=[YearState.CONCLUDED, YearState.HANDED_OVER]
    )
    return (
        Q(bloc_year__in=access.runs(Area.SCORES) | access.observed_ids)
        | Q(bloc_year__bloc__council__in=access.standing_ids)
        | (known & Q(bloc_year__in=access.year_ids))
    )


def outcome_visible(user: User | AnonymousUser, bloc_year: BlocYear) -> bool:
    """``outcome_scope`` for one bloc-year that was read already with its bloc: no query."""
    access = access_of(user)
    known = bloc_year.scores_published_at is not None or bloc_year.state in (
        YearState.CONCLUDED,
        YearState.HANDED_OVER,
    )
    return (
        bloc_year.pk in access.runs(Area.SCORES) | access.observed_ids
        or bloc_year.bloc.council_id in access.standing_ids
        or (known and bloc_year.pk in access.year_ids)
    )
