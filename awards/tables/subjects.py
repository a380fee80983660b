"""Who can be awarded: persons, collectives, households, and their history."""

import secrets
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from awards.enums import (
    AbsenceKind,
    Category,
    FreezeKind,
    GradeLevel,
    GradeSource,
    InitiativeKind,
    InitiativeScope,
    RecordSource,
    Sanction,
    Sex,
    SubjectGroup,
    SubjectKind,
)
from awards.tables.catalogue import AwardForm
from blocs.models import Agency, Council
from blocs.tables.access import access_of
from khoithidua.web.fields import PersonSortKeyField, SearchKeyField, SortKeyField


def subject_code() -> str:
    """A code that files can name a subject by: short, stable, telling nothing."""
    return f"dt-{secrets.token_hex(5)}"


class SubjectQuerySet(models.QuerySet["Subject"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Own agency's; everyone's of the province for its standing body."""
        access = access_of(user)
        return self.filter(Q(agency__in=access.agency_ids) | Q(council__in=access.standing_ids))

    def current(self) -> Self:
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)


class Subject(models.Model):
    """A person, collective or household that may be proposed. Merged ones stay and point to the kept one."""

    Kind = SubjectKind

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="subjects")
    code = models.SlugField("mã", max_length=40, unique=True, default=subject_code)
    kind = models.CharField("loại", max_length=10, choices=SubjectKind)
    name = models.CharField("tên", max_length=300)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="subjects", null=True, blank=True, verbose_name="đơn vị quản lý"
    )
    # A collective that is the agency itself: flags and certificates of a bloc go to it.
    is_agency = models.BooleanField("là chính đơn vị", default=False)
    unit = models.CharField("đơn vị công tác, địa chỉ", max_length=300, blank=True)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    group = models.CharField("phân loại đối tượng", max_length=20, choices=SubjectGroup, blank=True)
    field = models.CharField("lĩnh vực hoạt động", max_length=200, blank=True)
    founded = models.PositiveSmallIntegerField("năm thành lập", null=True, blank=True)
    flag_eligible = models.BooleanField("thuộc đối tượng được tặng cờ thi đua", null=True, blank=True)
    # The national id: a keyed hash to find it again, and its last three digits to show.
    id_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    id_tail = models.CharField(max_length=3, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="absorbed", null=True, blank=True, editable=False
    )
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)
    search_key = SearchKeyField(db_index=True)
    sort_key = SortKeyField()
    person_sort_key = PersonSortKeyField(db_index=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "đối tượng khen thưởng"
        verbose_name_plural = "đối tượng khen thưởng"
        ordering = ["person_sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(is_agency=True, merged_into__isnull=True),
                name="subject_agency_once",
                violation_error_message="Đơn vị này đã có trong sổ đối tượng.",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="subject_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("awards:subject", args=[self.pk])

    @property
    def masked_id(self) -> str:
        """What of the national id may be shown."""
        return f"•••••••••{self.id_tail}" if self.id_tail else ""


class SubjectAlias(models.Model):
    """Another name the same subject goes by."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("tên khác", max_length=300)
    search_key = SearchKeyField(db_index=True)

    class Meta:
        verbose_name = "tên khác của đối tượng"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["subject", "name"], name="subject_alias_once")]

    def __str__(self) -> str:
        return self.name


class SubjectMerge(models.Model):
    """Two subjects found to be one: what moved, so that it can be undone."""

    kept = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=500)
    moved = models.JSONField(default=dict)  # {"awards.taskgrade": [pk, …], …}
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField("gộp lúc", auto_now_add=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)

    class Meta:
        verbose_name = "gộp đối tượng"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.gone} gộp vào {self.kept}"


class HistoryQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the subject."""
        return self.filter(subject__in=Subject.objects.visible_to(user).values("pk"))


class HistoryRow(models.Model):
    """A line of a subject's history, with the document that proves it."""

    document = models.CharField("văn bản (số, ngày, cơ quan)", max_length=300, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        abstract = True


class TaskGrade(HistoryRow):
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="grades")
    year = models.PositiveSmallIntegerField("năm")
    grade = models.CharField("mức độ hoàn thành nhiệm vụ", max_length=4, choices=GradeLevel)
    source = models.CharField("nguồn", max_length=12, choices=GradeSource, default=GradeSource.ASSESSMENT)
    decided_on = models.DateField("ngày công nhận", null=True, blank=True)

    class Meta:
        verbose_name = "mức độ hoàn thành nhiệm vụ"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "year"],
                name="task_grade_once",
                violation_error_message="Năm này đã có mức độ hoàn thành nhiệm vụ; hãy sửa dòng đó.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_grade_display()}"


class CollectiveYear(HistoryRow):
    """The members of a collective in one year; a blank is not known."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="people_years")
    year = models.PositiveSmallIntegerField("năm")
    total = models.PositiveIntegerField("tổng số cá nhân", null=True, blank=True)
    completed = models.PositiveIntegerField("hoàn thành nhiệm vụ trở lên", null=True, blank=True)
    advanced = models.PositiveIntegerField("đạt Lao động tiên tiến", null=True, blank=True)
    base_fighters = models.PositiveIntegerField("đạt Chiến sĩ thi đua cơ sở", null=True, blank=True)
    disciplined = models.PositiveIntegerField("bị kỷ luật từ cảnh cáo trở lên", null=True, blank=True)
    women = models.PositiveIntegerField("nữ", null=True, blank=True)

    class Meta:
        verbose_name = "số cá nhân của tập thể"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "year"], name="collective_year_once"),
            models.CheckConstraint(
                condition=Q(total__isnull=True)
                | (
                    (Q(completed__isnull=True) | Q(completed__lte=F("total")))
                    & (Q(advanced__isnull=True) | Q(advanced__lte=F("total")))
                    & (Q(base_fighters__isnull=True) | Q(base_fighters__lte=F("total")))
                    & (Q(disciplined__isnull=True) | Q(disciplined__lte=F("total")))
                    & (Q(women__isnull=True) | Q(women__lte=F("total")))
                ),
                name="collective_year_parts",
                violation_error_message="Không số nào được lớn hơn tổng số cá nhân.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} năm {self.year}"


class Initiative(HistoryRow):
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="initiatives")
    code = models.SlugField("mã", max_length=40, unique=True, default=subject_code)
    name = models.CharField("tên sáng kiến, đề tài", max_length=500)
    kind = models.CharField("loại", max_length=12, choices=InitiativeKind, default=InitiativeKind.INITIATIVE)
    scope = models.CharField("phạm vi ảnh hưởng được công nhận", max_length=10, choices=InitiativeScope, blank=True)
    year = models.PositiveSmallIntegerField("năm công nhận")
    recognised_on = models.DateField("ngày công nhận", null=True, blank=True)
    recognised_by = models.CharField("cơ quan công nhận", max_length=300, blank=True)
    search_key = SearchKeyField()

    class Meta:
        verbose_name = "sáng kiến, đề tài"
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return self.name


class InitiativeUse(models.Model):
    """An initiative relied on for an award, also before this system. A nomination's use is its own row."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="uses", verbose_name="sáng kiến")
    award = models.ForeignKey(
        AwardForm, on_delete=models.PROTECT, related_name="+", verbose_name="danh hiệu, hình thức"
    )
    year = models.PositiveSmallIntegerField("năm")
    nomination = models.ForeignKey(
        "awards.Nomination", on_delete=models.CASCADE, related_name="initiative_uses", null=True, blank=True
    )

    class Meta:
        verbose_name = "lần dùng sáng kiến"
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "nomination"],
                name="initiative_once_per_nomination",
                condition=Q(nomination__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.award} năm {self.year}"


class Freeze(HistoryRow):
    """A matter that stops awards until it is cleared (NĐ 152/2025, Điều 4 khoản 4)."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="freezes")
    kind = models.CharField("loại", max_length=10, choices=FreezeKind)
    reason = models.TextField("nội dung", blank=True)
    since = models.DateField("từ ngày")
    cleared_on = models.DateField("kết luận ngày", null=True, blank=True)
    upheld = models.BooleanField("kết luận có sai phạm", default=False)

    class Meta:
        verbose_name = "việc đang xem xét, xác minh"
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | Q(cleared_on__gte=F("since")),
                name="freeze_period",
                violation_error_message="Ngày kết luận không được trước ngày bắt đầu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} từ {self.since:%d/%m/%Y}"


class Discipline(HistoryRow):
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="disciplines")
    sanction = models.CharField("hình thức kỷ luật", max_length=16, choices=Sanction)
    decided_on = models.DateField("ngày quyết định")
    served_until = models.DateField("chấp hành xong ngày", null=True, blank=True)

    class Meta:
        verbose_name = "kỷ luật"
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(served_until__isnull=True) | Q(served_until__gte=F("decided_on")),
                name="discipline_period",
                violation_error_message="Ngày chấp hành xong không được trước ngày quyết định.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_sanction_display()} ngày {self.decided_on:%d/%m/%Y}"


class Absence(HistoryRow):
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField("loại", max_length=16, choices=AbsenceKind)
    year = models.PositiveSmallIntegerField("năm")
    working_days = models.PositiveSmallIntegerField("số ngày làm việc nghỉ", null=True, blank=True)
    months_worked = models.PositiveSmallIntegerField("số tháng công tác trong năm", null=True, blank=True)

    class Meta:
        verbose_name = "thời gian nghỉ, mới tuyển dụng"
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} năm {self.year}"


class AwardRecord(HistoryRow):
    """A line of the register: an award that was decided, also before this system. Never a proposal."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="records")
    award = models.ForeignKey(
        AwardForm, on_delete=models.PROTECT, related_name="records", verbose_name="danh hiệu, hình thức"
    )
    year = models.PositiveSmallIntegerField("năm thành tích")
    category = models.CharField("loại hình", max_length=10, choices=Category, default=Category.MERIT)
    decision_number = models.CharField("số quyết định", max_length=100, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    issuer = models.CharField("cơ quan, người quyết định", max_length=300, blank=True)
    achievement_from = models.DateField("thành tích từ", null=True, blank=True)
    achievement_until = models.DateField("thành tích đến", null=True, blank=True)
    # Which achievement was commended, where the decision names one: an achievement is commended once.
    achievement = models.CharField("thành tích được khen", max_length=300, blank=True)
    source = models.CharField("nguồn", max_length=10, choices=RecordSource, default=RecordSource.ENTERED)
    revoked_on = models.DateField("hủy bỏ, thu hồi ngày", null=True, blank=True)
    nomination = models.OneToOneField(
        "awards.Nomination", on_delete=models.PROTECT, related_name="record", null=True, blank=True
    )

    class Meta:
        verbose_name = "thành tích khen thưởng"
        ordering = ["-year", "-decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "award", "year", "decision_number", "decided_on"],
                name="award_record_once",
                violation_error_message="Hình thức khen thưởng này đã được ghi với cùng năm, số và ngày quyết định.",
            ),
            models.UniqueConstraint(
                fields=["subject", "award", "year", "decision_number"],
                condition=Q(decided_on__isnull=True),
                name="award_record_once_undated",
                violation_error_message="Hình thức khen thưởng này đã được ghi với cùng năm và số quyết định.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} năm {self.year}"
