"""Certificates on blank forms (phôi): where each text stands, and the book that numbers them."""

from django.db import models
from django.urls import reverse

from accounts.models import User
from awards.models import AwardForm
from council.tables.decisions import Decision, Issuer
from council.tables.practice import OfCouncilQuerySet
from khoithidua.web.fields import SearchKeyField


class CertificateLayout(models.Model):
    """The texts of one kind of certificate on its blank form, in millimetres from the upper left corner."""

    council = models.ForeignKey("blocs.Council", on_delete=models.PROTECT, related_name="certificate_layouts")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, null=True, blank=True, related_name="layouts")
    award = models.ForeignKey(AwardForm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("tên mẫu", max_length=200)
    width = models.DecimalField("chiều rộng (mm)", max_digits=6, decimal_places=2, default=297)
    height = models.DecimalField("chiều cao (mm)", max_digits=6, decimal_places=2, default=210)
    scan = models.FileField("ảnh quét của phôi", upload_to="phoi/", blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    active = models.BooleanField("đang dùng", default=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    search_key = SearchKeyField()

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu in trên phôi"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="layout_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("council:layout", args=[self.pk])


class LayoutElement(models.Model):
    """One text (or the QR code) on the form. Its box: upper left corner, width, and as many lines as allowed."""

    layout = models.ForeignKey(CertificateLayout, on_delete=models.CASCADE, related_name="elements")
    key = models.CharField("nội dung", max_length=30)  # council.domain.certificates lists them
    text = models.CharField("chữ cố định", max_length=300, blank=True)
    left = models.DecimalField("cách trái (mm)", max_digits=6, decimal_places=2)
    top = models.DecimalField("cách trên (mm)", max_digits=6, decimal_places=2)
    width = models.DecimalField("rộng (mm)", max_digits=6, decimal_places=2)
    lines = models.PositiveSmallIntegerField("số dòng tối đa", default=1)
    size = models.DecimalField("cỡ chữ (pt)", max_digits=5, decimal_places=2, default=14)
    align = models.CharField(
        "căn", max_length=6, choices=[("left", "Trái"), ("center", "Giữa"), ("right", "Phải")], default="center"
    )
    bold = models.BooleanField("đậm", default=False)
    italic = models.BooleanField("nghiêng", default=False)
    capitals = models.BooleanField("chữ hoa", default=False)
    colour = models.CharField("màu", max_length=7, default="#000000")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "nội dung trên phôi"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.key


class CertificateBook(models.Model):
    """Sổ bằng: the last number given to certificates of an issuer and an award in a year."""

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="certificate_books")
    award = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "sổ bằng"
        constraints = [models.UniqueConstraint(fields=["issuer", "award", "year"], name="certificate_book_once")]

    def __str__(self) -> str:
        return f"{self.award}, {self.year}: {self.last}"


class CertificatePrint(models.Model):
    """One printing: which lines of a decision on which form, moved by how much. The file is made from it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="certificate_prints")
    layout = models.ForeignKey(
        CertificateLayout, on_delete=models.PROTECT, related_name="prints", verbose_name="mẫu in trên phôi"
    )
    lines = models.JSONField("các trường hợp", default=list)  # keys of DecisionLine, in the order of the decision
    dx = models.DecimalField("dịch ngang (mm)", max_digits=5, decimal_places=2, default=0)
    dy = models.DecimalField("dịch dọc (mm)", max_digits=5, decimal_places=2, default=0)
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    printed_at = models.DateTimeField("in lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần in bằng"
        ordering = ["-printed_at", "-pk"]

    def __str__(self) -> str:
        return f"{len(self.lines)} bằng, {self.layout}"
