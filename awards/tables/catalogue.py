"""The catalogue: titles and commendation forms, and what the law or the province says of them by period."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from awards.enums import AwardGroup, AwardLevel, Basis, Category, PaperKind, SubjectKind
from blocs.models import Council
from khoithidua.web.fields import SearchKeyField, SortKeyField


def in_period(on: date) -> Q:
    """Rows whose valid_from/valid_to holds the day ``on``; an open end is unlimited."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class OpenToAll:
    """The law's catalogue is open to everyone who signs in."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        rows: Any = self
        found: Self = rows if user.is_authenticated else rows.none()
        return found


class AwardFormQuerySet(OpenToAll, models.QuerySet["AwardForm"]):
    pass


class AliasQuerySet(OpenToAll, models.QuerySet["AwardAlias"]):
    pass


class CoefficientQuerySet(OpenToAll, models.QuerySet["RewardCoefficient"]):
    pass


class SalaryQuerySet(OpenToAll, models.QuerySet["BaseSalary"]):
    pass


class PaperQuerySet(OpenToAll, models.QuerySet["RequiredPaper"]):
    pass


class EntryQuerySet(OpenToAll, models.QuerySet["RuleEntry"]):
    pass


class HolidayQuerySet(OpenToAll, models.QuerySet["Holiday"]):
    pass


class CouncilRuleQuerySet(OpenToAll, models.QuerySet["CouncilRule"]):
    pass


class PeriodQuerySet(OpenToAll, models.QuerySet["AwardPeriod"]):
    def in_period(self, on: date) -> Self:
        return self.filter(in_period(on))


class Sourced(models.Model):
    """A line that says where it comes from and how sure it is."""

    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("đến", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    basis = models.CharField("mức tin cậy", max_length=10, choices=Basis, default=Basis.CHECKED)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def needs_check(self) -> bool:
        return self.basis == Basis.TO_CHECK


class AwardForm(models.Model):
    """A title or commendation form; ``code`` is the word of year and eligibility files."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    group = models.CharField("nhóm", max_length=20, choices=AwardGroup)
    level = models.CharField("cấp", max_length=10, choices=AwardLevel)
    subjects = models.JSONField("đối tượng được tặng", default=list)  # values of SubjectKind
    cadence = models.CharField("thời gian xét", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)  # the higher award comes first
    active = models.BooleanField("đang dùng", default=True)
    basis = models.CharField("mức tin cậy", max_length=10, choices=Basis, default=Basis.CHECKED)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    search_key = SearchKeyField()
    sort_key = SortKeyField()

    objects = AwardFormQuerySet.as_manager()

    class Meta:
        verbose_name = "danh hiệu, hình thức khen thưởng"
        verbose_name_plural = "danh hiệu, hình thức khen thưởng"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("awards:award-form", args=[self.code])

    @property
    def is_title(self) -> bool:
        return self.group == AwardGroup.TITLE

    def takes(self, kind: str) -> bool:
        return kind in self.subjects


class AwardAlias(models.Model):
    """Another way an award is written in nominee sheets ("BK UBND tỉnh"); matched without accents."""

    award = models.ForeignKey(AwardForm, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("cách viết khác", max_length=200)
    search_key = SearchKeyField(db_index=True)

    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name = "cách viết khác của hình thức"
        constraints = [models.UniqueConstraint(fields=["name"], name="award_alias_once")]

    def __str__(self) -> str:
        return self.name


class AwardPeriod(Sourced):
    """What an award is called, and who decides it, from a day to a day."""

    award = models.ForeignKey(AwardForm, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField("tên theo văn bản", max_length=200)
    authority = models.CharField("thẩm quyền quyết định", max_length=300)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định theo thời kỳ"
        ordering = ["award", "valid_from", "pk"]

    def __str__(self) -> str:
        return self.name


class RewardCoefficient(Sourced):
    """How many times the base salary an award brings; none is not known, never zero."""

    award = models.ForeignKey(AwardForm, on_delete=models.CASCADE, related_name="coefficients")
    kind = models.CharField("đối tượng", max_length=10, choices=SubjectKind)
    coefficient = models.DecimalField("hệ số", max_digits=6, decimal_places=2, null=True, blank=True)
    ceiling = models.BooleanField("là mức tối đa", default=False)

    objects = CoefficientQuerySet.as_manager()

    class Meta:
        verbose_name = "hệ số tiền thưởng"
        ordering = ["award", "kind", "valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.award}: {self.coefficient}"


class BaseSalary(models.Model):
    """Mức lương cơ sở from a day on, in đồng."""

    since = models.DateField("từ ngày", unique=True)
    amount = models.PositiveIntegerField("mức lương cơ sở (đồng)")
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    basis = models.CharField("mức tin cậy", max_length=10, choices=Basis, default=Basis.CHECKED)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = SalaryQuerySet.as_manager()

    class Meta:
        verbose_name = "mức lương cơ sở"
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.amount} đồng từ {self.since:%d/%m/%Y}"


class RequiredPaper(Sourced):
    """One paper of the checklist. Without an award it holds for all awards of ``category`` (or for all).

    ``per`` says whether the whole dossier or each nomination brings it.
    """

    award = models.ForeignKey(AwardForm, on_delete=models.CASCADE, related_name="papers", null=True, blank=True)
    category = models.CharField("loại hình", max_length=10, choices=Category, blank=True)
    kind = models.CharField("loại giấy tờ", max_length=30, choices=PaperKind)
    name = models.CharField("tên giấy tờ", max_length=300)
    per = models.CharField(
        "theo",
        max_length=12,
        choices=[("dossier", "Cả hồ sơ"), ("nomination", "Từng trường hợp")],
        default="nomination",
    )
    required = models.BooleanField("bắt buộc", default=True)
    # Only where the dossier relies on one of these branches ("74.1.b 74.1.c"); empty: always.
    branches = models.CharField("chỉ khi theo trường hợp (điểm, khoản)", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ của hồ sơ"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class RuleEntry(models.Model):
    """An editable note of what a rule set says, with its source: for R2026 until the signed text is compared.

    It never changes a verdict by itself: pages show it beside the law that is evaluated.
    """

    rule_set = models.CharField("bộ quy định", max_length=10, default="R2026")
    award = models.ForeignKey(AwardForm, on_delete=models.SET_NULL, related_name="entries", null=True, blank=True)
    title = models.CharField("nội dung", max_length=300)
    text = models.TextField("chi tiết", blank=True)
    source = models.CharField("nguồn", max_length=500)
    source_date = models.DateField("ngày của nguồn", null=True, blank=True)
    is_draft = models.BooleanField("là dự thảo, chưa phải luật", default=True)
    verified = models.BooleanField("đã đối chiếu bản ký", default=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung cần đối chiếu"
        ordering = ["rule_set", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Holiday(models.Model):
    """A day off, or a Saturday worked instead (ngày làm bù): what working days are counted by."""

    day = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=120)
    works = models.BooleanField("là ngày làm bù", default=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"


class CouncilRule(Sourced):
    """What a decree leaves to the province: a value with its legal basis. No row: not set, never a default."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="award_rules")
    key = models.SlugField("quy định", max_length=60)  # awards.domain.council_rules lists the keys
    value = models.JSONField("giá trị", null=True)

    objects = CouncilRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định của tỉnh"
        ordering = ["key", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "key", "valid_from"], name="council_rule_once"),
            models.UniqueConstraint(
                fields=["council", "key"], condition=Q(valid_from__isnull=True), name="council_rule_once_open"
            ),
        ]

    def __str__(self) -> str:
        return self.key
