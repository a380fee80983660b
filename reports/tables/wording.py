"""Wording of papers: the province's templates with named fields, and what a bloc writes into its own papers."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.models import User
from blocs.enums import Area
from blocs.models import BlocYear, Council
from blocs.tables.access import access_of


class WordingQuerySet(models.QuerySet["Wording"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The standing body of the council."""
        return self.filter(council__in=access_of(user).standing_ids)


class Wording(models.Model):
    """One version of the text of one part of a kind of paper. Appended, never edited; the last good one is used."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField("loại văn bản", max_length=40)  # of reports.documents.registry
    part = models.CharField("phần", max_length=40)
    number = models.PositiveIntegerField("phiên bản")
    text = models.TextField("nội dung mẫu")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu câu chữ"
        ordering = ["kind", "part", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind", "part", "number"],
                name="wording_version_once",
                violation_error_message="Mẫu này vừa được người khác sửa. Hãy xem bản mới rồi sửa tiếp.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.part}, bản {self.number}"


class PaperTextQuerySet(models.QuerySet["PaperText"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The secretariat of the bloc-year and the standing body."""
        access = access_of(user)
        return self.filter(
            models.Q(bloc_year__in=access.runs(Area.REVIEWS))
            | models.Q(bloc_year__bloc__council__in=access.standing_ids)
        )


class PaperText(models.Model):
    """What the secretariat wrote itself into one part of a bloc-year's paper, instead of the template's words."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="paper_texts")
    kind = models.CharField("loại văn bản", max_length=40)
    part = models.CharField("phần", max_length=40)
    text = models.TextField("nội dung", blank=True)
    version = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField("lưu lúc", null=True, blank=True)

    objects = PaperTextQuerySet.as_manager()

    class Meta:
        verbose_name = "lời văn của văn bản"
        ordering = ["kind", "part"]
        constraints = [models.UniqueConstraint(fields=["bloc_year", "kind", "part"], name="paper_text_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.part}"
