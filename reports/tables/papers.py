"""Papers that were issued: the number book of each issuer, and the files."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blocs.models import Agency, BlocYear
from khoithidua.web.fields import SearchKeyField
from reports.documents.words import full_number


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everyone who sees the bloc-year."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user).values("pk"))


class IssuedDocument(models.Model):
    """A paper that left the office. Never changes: the database refuses update and delete.

    Without a file it is one that a year file told of and whose bytes have not come yet.
    """

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
    file = models.FileField("tệp", blank=True)
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    code = models.CharField("mã xác minh", max_length=40, unique=True)
    issued_at = models.DateTimeField("ban hành lúc", default=timezone.now, editable=False)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
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
        return full_number(self.number, self.symbol)

    def get_absolute_url(self) -> str:
        return reverse("reports:document", args=[self.pk])
