"""Figures of the statutory statistics that no other row of this system holds (TT 02/2023/TT-BNV, 0604 and 0605)."""

from django.db import models

from blocs.models import Council
from council.tables.practice import OfCouncilQuerySet


class StaffFigure(models.Model):
    """One cell of form 0604 or 0605 that the standing body counted; NULL: not counted yet, never zero."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="staff_figures")
    year = models.PositiveSmallIntegerField("năm")
    form = models.CharField("biểu", max_length=4, choices=[("0604", "0604.N"), ("0605", "0605.N")])
    row = models.CharField("mã số dòng", max_length=4)
    column = models.CharField("cột", max_length=2)
    value = models.PositiveIntegerField("giá trị", null=True, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu tổ chức, công chức"
        ordering = ["form", "row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["council", "year", "form", "row", "column"], name="staff_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.row}/{self.column}"
