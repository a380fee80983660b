"""Changes of where a subject belongs: a person's moves between units, a collective's end and who goes on."""

from django.db import models
from django.db.models import F, Q

from awards.enums import ReorganisationKind
from awards.tables.subjects import HistoryRow, Subject
from blocs.models import Agency

ONCE = "Việc chuyển cho tập thể kế thừa này đã được ghi. Hãy sửa dòng đã có."


class UnitMove(HistoryRow):
    """A person went from one unit to another: the new one proposes, the old one comments (domain.md A4-13)."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="moves")
    moved_on = models.DateField("ngày chuyển")
    old_unit = models.CharField("đơn vị cũ", max_length=300)
    new_unit = models.CharField("đơn vị mới", max_length=300)
    new_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="cơ quan quản lý đơn vị mới",
    )
    comment = models.CharField("nhận xét của đơn vị cũ (số, ngày)", max_length=300, blank=True)

    class Meta:
        verbose_name = "chuyển công tác"
        ordering = ["-moved_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["subject", "moved_on"], name="unit_move_once")]

    def __str__(self) -> str:
        return f"{self.old_unit} → {self.new_unit} ngày {self.moved_on:%d/%m/%Y}"


class Reorganisation(HistoryRow):
    """A collective ended, and who took over its task: one line for each that did (domain.md A4-14)."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="reorganisations")
    kind = models.CharField("hình thức sắp xếp", max_length=10, choices=ReorganisationKind)
    changed_on = models.DateField("từ ngày")
    successor = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="taken_over",
        null=True,
        blank=True,
        verbose_name="tập thể kế thừa",
    )
    successor_name = models.CharField("tên tập thể kế thừa", max_length=300, blank=True)

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        ordering = ["-changed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "successor"],
                condition=Q(successor__isnull=False),
                name="reorganisation_once",
                violation_error_message=ONCE,
            ),
            models.UniqueConstraint(
                fields=["subject", "successor_name"],
                condition=Q(successor__isnull=True),
                name="reorganisation_once_by_name",
                violation_error_message=ONCE,
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("subject")),
                name="reorganisation_of_another",
                violation_error_message="Tập thể không kế thừa chính nó. Hãy chọn tập thể khác.",
            ),
        ]

    def __str__(self) -> str:
        whom = str(self.successor or self.successor_name)
        return f"{self.get_kind_display()} từ {self.changed_on:%d/%m/%Y}{f' vào {whom}' if whom else ''}"
