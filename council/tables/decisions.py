"""Decisions: numbers, lines of the annex, scans. An issued decision never changes: a later one corrects or revokes."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from awards.enums import Category, ScanState, SubjectGroup
from awards.models import AwardForm, AwardRecord, Nomination, Subject
from awards.tables.dossiers import dossier_scope
from blocs.models import Agency, Council
from blocs.tables.access import access_of
from council.enums import DecisionKind, DecisionState, IssuerKind
from council.tables.practice import OfCouncilQuerySet
from council.tables.sessions import CouncilSession
from khoithidua.web.fields import SearchKeyField


class Issuer(models.Model):
    """Who signs decisions of this council's province, with the symbol of its own series of numbers."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="issuers")
    kind = models.CharField("loại", max_length=10, choices=IssuerKind)
    name = models.CharField("cơ quan, người có thẩm quyền", max_length=300)
    superior = models.CharField("dòng trên của văn bản", max_length=300, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    symbol = models.CharField("ký hiệu quyết định", max_length=60)  # "QĐ-UBND"
    place = models.CharField("địa danh", max_length=100, blank=True)
    signer_name = models.CharField("người ký", max_length=150, blank=True)
    signer_title = models.CharField("thẩm quyền, chức vụ ký", max_length=200, blank=True)  # lines: "TM. …\nCHỦ TỊCH"
    seal = models.CharField("con dấu", max_length=300, blank=True)
    active = models.BooleanField("đang dùng", default=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan ban hành quyết định"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["council", "name", "symbol"], name="issuer_once")]

    def __str__(self) -> str:
        return self.name


class NumberBook(models.Model):
    """The last number given in a series of an issuer in a year; its row is what concurrent clerks wait at."""

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="books")
    year = models.PositiveSmallIntegerField("năm")
    symbol = models.CharField("ký hiệu", max_length=60)
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "sổ số quyết định"
        constraints = [models.UniqueConstraint(fields=["issuer", "year", "symbol"], name="number_book_once")]

    def __str__(self) -> str:
        return f"{self.issuer}, {self.year}: {self.last}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Drafts: the standing body. Issued ones: also the council's members and every agency of the council."""
        access = access_of(user)
        own = Agency.objects.filter(pk__in=access.agency_ids).values("council")
        known = Q(council__in=access.seat_ids) | Q(council__in=own)
        return self.filter(Q(council__in=access.standing_ids) | (~Q(state=DecisionState.DRAFT) & known))


class Decision(models.Model):
    """Quyết định khen thưởng, or one that corrects or revokes an earlier one."""

    State = DecisionState

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="decisions")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="decisions", verbose_name="ban hành")
    kind = models.CharField("loại quyết định", max_length=10, choices=DecisionKind, default=DecisionKind.AWARD)
    state = models.CharField("trạng thái", max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    session = models.ForeignKey(
        CouncilSession, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
        verbose_name="sửa, hủy quyết định",
    )
    title = models.CharField("trích yếu", max_length=500)
    category = models.CharField("loại hình", max_length=10, choices=Category, default=Category.MERIT)
    year = models.PositiveSmallIntegerField("năm thành tích")
    achievement_from = models.DateField("thành tích từ", null=True, blank=True)
    achievement_until = models.DateField("thành tích đến", null=True, blank=True)
    grounds = models.TextField("căn cứ", blank=True)  # one a line
    proposed_by = models.CharField("theo đề nghị của", max_length=300, blank=True)
    reason = models.TextField("lý do (đính chính, hủy bỏ)", blank=True)
    # Series of numbers: unique per issuer, year of issue and symbol. Given at issuing, or before as the clerk reads it.
    number = models.PositiveIntegerField("số", null=True, blank=True)
    symbol = models.CharField("ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issued_year = models.PositiveSmallIntegerField("năm ban hành", null=True, blank=True)
    signer_name = models.CharField("người ký", max_length=150, blank=True)
    signer_title = models.CharField("thẩm quyền, chức vụ ký", max_length=200, blank=True)
    code = models.CharField("mã xác minh", max_length=40, unique=True, null=True, blank=True)
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    search_key = SearchKeyField(source="searched")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định"
        verbose_name_plural = "quyết định"
        ordering = ["-issued_on", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "issued_year", "symbol", "number"],
                condition=Q(number__isnull=False),
                name="decision_number_once",
                violation_error_message="Số này đã được dùng cho một quyết định khác trong năm.",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.DRAFT) | (Q(number__isnull=False) & Q(issued_on__isnull=False)),
                name="decision_issued_has_number",
            ),
            # The code comes with issuing and never goes: what was issued cannot become a draft again.
            models.CheckConstraint(
                condition=~Q(state=DecisionState.DRAFT) | Q(code__isnull=True), name="decision_draft_has_no_code"
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.AWARD) | Q(corrects__isnull=False), name="decision_later_names_earlier"
            ),
            models.CheckConstraint(
                condition=Q(achievement_from__isnull=True)
                | Q(achievement_until__isnull=True)
                | Q(achievement_until__gte=F("achievement_from")),
                name="decision_achievement_period",
                violation_error_message="Ngày cuối của thành tích không được trước ngày đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"Quyết định {self.full_number}"

    def get_absolute_url(self) -> str:
        return reverse("council:decision", args=[self.pk])

    @property
    def full_number(self) -> str:
        """Số và ký hiệu: below 10 with a leading zero (NĐ 30/2020, Phụ lục I); "…" before it is given."""
        return f"{self.number:02d}/{self.symbol}" if self.number is not None else f"…/{self.symbol}"

    @property
    def searched(self) -> str:
        """What the box of the list looks through beside the names."""
        return self.title if self.number is None else f"{self.title} {self.number} {self.full_number}"


class PartyOpinion(models.Model):
    """Ý kiến của cấp ủy on a decision before it is issued (NĐ 152/2025, Điều 33 khoản 2): asked, then answered."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="party_opinions")
    body = models.CharField("cấp ủy được xin ý kiến", max_length=300)
    asked_on = models.DateField("ngày xin ý kiến")
    question = models.CharField("văn bản xin ý kiến", max_length=300, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    document = models.CharField("văn bản trả lời", max_length=300, blank=True)
    agreed = models.BooleanField("nhất trí", null=True, blank=True)
    note = models.CharField("nội dung ý kiến", max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "ý kiến của cấp ủy"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, agreed__isnull=True)
                | Q(answered_on__gte=F("asked_on"), agreed__isnull=False),
                name="party_opinion_answer_whole",
                violation_error_message="Ngày trả lời không được trước ngày xin ý kiến.",
            )
        ]

    def __str__(self) -> str:
        return f"Ý kiến của {self.body}"


class LineQuerySet(models.QuerySet["DecisionLine"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the decision. The names of issued decisions are public within the council."""
        return self.filter(decision__in=Decision.objects.visible_to(user).values("pk"))

    def of_own_dossiers(self, user: User | AnonymousUser) -> Self:
        return self.filter(dossier_scope(user, "nomination__dossier__"))


class DecisionLine(models.Model):
    """One name of the annex, exactly as it is printed, and what followed from it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField("thứ tự", default=0)
    nomination = models.ForeignKey(
        Nomination, on_delete=models.PROTECT, null=True, blank=True, related_name="decision_lines"
    )
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="decision_lines")
    award = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên ghi trong quyết định", max_length=300)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    unit = models.CharField("đơn vị, địa chỉ", max_length=300, blank=True)
    citation = models.CharField("thành tích ghi trong quyết định", max_length=500, blank=True)
    group = models.CharField("phân loại đối tượng", max_length=20, choices=SubjectGroup, blank=True)
    field = models.CharField("lĩnh vực", max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị trình"
    )
    # A correction's line names the line it puts right; a revocation's the one it takes back.
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    revoked_on = models.DateField("hủy bỏ ngày", null=True, blank=True)
    record = models.OneToOneField(
        AwardRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="decision_line"
    )
    code = models.CharField("mã xác minh", max_length=40, unique=True, null=True, blank=True)
    book_number = models.PositiveIntegerField("số vào sổ", null=True, blank=True)
    book_year = models.PositiveSmallIntegerField("năm của sổ", null=True, blank=True)
    # Money in đồng, fixed at issuing (awards.law.money); None: not known.
    amount = models.PositiveBigIntegerField("tiền thưởng", null=True, blank=True)
    formula = models.CharField("cách tính", max_length=300, blank=True)
    paid_on = models.DateField("chi ngày", null=True, blank=True)
    paid_note = models.CharField("chứng từ", max_length=200, blank=True)
    search_key = SearchKeyField(source="searched", db_index=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "trường hợp trong quyết định"
        ordering = ["position", "pk"]
        constraints = [
            # A nomination is decided once: corrections point at the earlier line instead.
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(nomination__isnull=False) & Q(earlier__isnull=True),
                name="decision_line_of_nomination_once",
                violation_error_message="Trường hợp này đã có trong một quyết định khác.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.award}"

    @property
    def searched(self) -> str:
        """What a name of the annex is found by: as it is printed, with its unit."""
        return f"{self.name} {self.unit}"


class DecisionScan(models.Model):
    """The signed paper as uploaded; what its digital signatures said when they were read."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="scans")
    file = models.FileField("tệp", upload_to="quyet-dinh/%Y/")
    file_name = models.CharField("tên tệp", max_length=255)
    size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField(max_length=64)
    scan = models.CharField("quét vi-rút", max_length=10, choices=ScanState, default=ScanState.OFF)
    # [{signer, at, valid, whole, trusted, words}]; empty: the file holds no signature, or ``fault`` says why not read.
    signatures = models.JSONField("chữ ký số", default=list, blank=True)
    fault = models.CharField("không đọc được chữ ký", max_length=300, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản ký của quyết định"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file_name
