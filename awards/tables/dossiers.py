"""Award dossiers: nominations with their papers and texts, and each version that was sent."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from awards.enums import (
    Category,
    DossierState,
    NominationState,
    PaperKind,
    Proposer,
    ScanState,
    SubjectGroup,
    VerdictKind,
)
from awards.tables.catalogue import AwardForm
from awards.tables.subjects import Subject
from blocs.enums import Area
from blocs.models import Agency, BlocYear, Council, Movement
from blocs.tables.access import access_of
from khoithidua.web.fields import SearchKeyField

# Before this the dossier is its makers' own.
WITH_STANDING = (
    DossierState.SUBMITTED,
    DossierState.RECEIVED,
    DossierState.SUPPLEMENT,
    DossierState.APPRAISED,
    DossierState.IN_SESSION,
    DossierState.CONCLUDED,
)


def dossier_scope(user: User | AnonymousUser, prefix: str = "") -> Q:
    """Whose dossiers ``user`` sees; ``prefix`` is the way from another row to its dossier ("dossier__")."""
    access = access_of(user)
    own = Q(**{f"{prefix}proposer": Proposer.AGENCY, f"{prefix}agency__in": access.agency_ids})
    blocs = Q(**{f"{prefix}proposer": Proposer.BLOC, f"{prefix}bloc_year__in": access.runs(Area.SCORES)})
    sent = Q(**{f"{prefix}council__in": access.standing_ids, f"{prefix}state__in": WITH_STANDING})
    return own | blocs | sent


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """An agency's: its own people. A bloc's: who runs its scores. Both: the standing body once submitted."""
        return self.filter(dossier_scope(user))


class Dossier(models.Model):
    """Hồ sơ đề nghị khen thưởng of an agency or a bloc, for one year and one loại hình."""

    State = DossierState

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="dossiers")
    code = models.SlugField("mã hồ sơ", max_length=40, unique=True)
    proposer = models.CharField("bên đề nghị", max_length=10, choices=Proposer, default=Proposer.AGENCY)
    # The agency that proposes; for a bloc's dossier the head agency that sends it.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dossiers", verbose_name="đơn vị")
    bloc_year = models.ForeignKey(
        BlocYear, on_delete=models.PROTECT, related_name="dossiers", null=True, blank=True, verbose_name="khối, cụm"
    )
    year = models.PositiveSmallIntegerField("năm xét")
    category = models.CharField("loại hình khen thưởng", max_length=10, choices=Category, default=Category.MERIT)
    title = models.CharField("trích yếu", max_length=300)
    movement = models.ForeignKey(
        Movement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="phong trào thi đua"
    )
    achievement_from = models.DateField("thành tích từ ngày", null=True, blank=True)
    achievement_until = models.DateField("thành tích đến ngày", null=True, blank=True)
    simplified = models.BooleanField("theo thủ tục đơn giản", default=False)
    simplified_reason = models.CharField("căn cứ thủ tục đơn giản (Điều 85)", max_length=300, blank=True)
    paper_number = models.CharField("số tờ trình", max_length=100, blank=True)
    paper_date = models.DateField("ngày tờ trình", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=DossierState, default=DossierState.DRAFT)
    due = models.DateField("hạn gửi hồ sơ", null=True, blank=True)
    signed_off_at = models.DateTimeField("lãnh đạo duyệt lúc", null=True, blank=True, editable=False)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    late_days = models.PositiveSmallIntegerField("gửi muộn (ngày)", null=True, blank=True, editable=False)
    # The day the competent body received it picks the law (Luật 06/2026/QH16, Điều 4.4).
    received_on = models.DateField("ngày tiếp nhận", null=True, blank=True)
    complete_on = models.DateField("ngày nhận đủ hồ sơ", null=True, blank=True)
    appraisal_due = models.DateField("hạn thẩm định", null=True, blank=True)
    appraised_at = models.DateTimeField("thẩm định xong lúc", null=True, blank=True, editable=False)
    assigned_to = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_dossiers",
        verbose_name="phân công",
    )
    # The recorded decision to apply a more favourable rule set.
    favourable_rule_set = models.CharField("áp dụng quy định có lợi hơn", max_length=10, blank=True)
    favourable_reason = models.CharField("lý do áp dụng", max_length=500, blank=True)
    favourable_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    search_key = SearchKeyField(source="title")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ khen thưởng"
        verbose_name_plural = "hồ sơ khen thưởng"
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(achievement_from__isnull=True)
                | Q(achievement_until__isnull=True)
                | Q(achievement_until__gte=F("achievement_from")),
                name="dossier_achievement_period",
                violation_error_message="Ngày cuối của thành tích không được trước ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(proposer=Proposer.AGENCY) | Q(bloc_year__isnull=False), name="dossier_of_bloc_has_year"
            ),
        ]

    def __str__(self) -> str:
        return f"Hồ sơ {self.code}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("awards:dossier", args=[self.pk])


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the dossier."""
        return self.filter(dossier_scope(user, "dossier__"))


class Nomination(models.Model):
    """One subject proposed for one award in a dossier. Names are kept as they were proposed."""

    State = NominationState

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="nominations")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="nominations")
    award = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="nominations")
    branch = models.CharField("căn cứ (điều, khoản, điểm)", max_length=20, blank=True)
    name = models.CharField("tên ghi trong hồ sơ", max_length=300)
    unit = models.CharField("đơn vị công tác, địa chỉ", max_length=300, blank=True)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    group = models.CharField("phân loại đối tượng", max_length=20, choices=SubjectGroup, blank=True)
    field = models.CharField("lĩnh vực hoạt động", max_length=200, blank=True)
    # Named apart so that one achievement is commended once (Luật TĐKT 2022, Điều 5 khoản 2 điểm c).
    achievement = models.CharField("thành tích đề nghị khen", max_length=300, blank=True)
    summary = models.TextField("tóm tắt thành tích", blank=True)
    # What the unit confirms of what nobody counts: {"unity": true, …} (awards.law attestation codes).
    attested = models.JSONField("xác nhận", default=dict, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)
    state = models.CharField(
        "kết quả thẩm định", max_length=14, choices=NominationState, default=NominationState.PENDING
    )
    # The last check by the rules: what pages and lists show; recomputed whenever a fact changes.
    verdict = models.CharField("kiểm tra điều kiện", max_length=14, choices=VerdictKind, blank=True)
    rule_set = models.CharField("bộ quy định", max_length=10, blank=True, editable=False)
    checks = models.JSONField(default=dict, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # By what the check was made besides the subject's history (awards.domain.check_inputs); another now: check again.
    inputs = models.CharField(max_length=32, blank=True, editable=False)
    appraisal_reason = models.TextField("lý do, ý kiến thẩm định", blank=True)
    appraised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appraised_at = models.DateTimeField("thẩm định lúc", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    edited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField("sửa lúc", null=True, blank=True, editable=False)
    search_key = SearchKeyField(db_index=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "trường hợp đề nghị"
        verbose_name_plural = "trường hợp đề nghị"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "subject", "award"],
                name="nomination_once",
                violation_error_message="Đối tượng đã có trong hồ sơ với hình thức này.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.award}"

    def get_absolute_url(self) -> str:
        return reverse("awards:nomination", args=[self.pk])


class NominationText(models.Model):
    """One section of the achievement report of a nomination."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="texts")
    section = models.SlugField("mục", max_length=30)  # awards.domain.report_forms lists the sections of each form
    text = models.TextField("nội dung", blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    edited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField("lưu lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "mục báo cáo thành tích"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "section"], name="nomination_text_once")]

    def __str__(self) -> str:
        return self.section


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the dossier; nobody's list shows removed ones, but their makers and the standing body may fetch."""
        return self.filter(dossier_scope(user, "dossier__"))


class Attachment(models.Model):
    """A file of the dossier's checklist; with a nomination it belongs to that one.

    Without a file but with a hash, it is one that a year file told of and that has not come yet.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="attachments")
    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="attachments", null=True, blank=True
    )
    kind = models.CharField("loại giấy tờ", max_length=30, choices=PaperKind)
    title = models.CharField("tên giấy tờ", max_length=300)
    file = models.FileField("tệp", upload_to="ho-so/%Y/", blank=True)
    file_name = models.CharField("tên tệp", max_length=255, blank=True)
    size = models.PositiveBigIntegerField("dung lượng", null=True, blank=True)
    content_type = models.CharField("loại tệp", max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    scan = models.CharField("quét vi-rút", max_length=10, choices=ScanState, default=ScanState.OFF)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ đính kèm"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class DossierVersion(models.Model):
    """The dossier as it was sent, once for each sending: what differences are shown by. Never changes."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("lần gửi")
    content = models.JSONField(default=dict)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("gửi lúc")

    class Meta:
        verbose_name = "phiên bản hồ sơ đã gửi"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="dossier_version_once")]

    def __str__(self) -> str:
        return f"{self.dossier}, lần gửi {self.number}"
