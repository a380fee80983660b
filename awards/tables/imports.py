"""Files being imported: read, shown, committed in one piece, and taken back."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from awards.enums import ImportKind, ImportState, Proposer
from awards.tables.dossiers import Dossier
from blocs.enums import Area
from blocs.models import Agency, Council
from blocs.tables.access import access_of

SILENT_AFTER = timedelta(minutes=10)


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own agency's imports; those into a bloc's dossier with the dossier; the standing body's own."""
        access = access_of(user)
        of_agency = Q(dossier__isnull=True) | Q(dossier__proposer=Proposer.AGENCY)
        own = Q(agency__in=access.agency_ids) & of_agency
        blocs = Q(dossier__proposer=Proposer.BLOC, dossier__bloc_year__in=access.runs(Area.SCORES))
        return self.filter(own | blocs | Q(agency__isnull=True, council__in=access.standing_ids))


class ImportBatch(models.Model):
    """One file of subjects, history or nominees. Without an agency it is the standing body's."""

    State = ImportState

    kind = models.CharField("nội dung", max_length=12, choices=ImportKind)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="imports", null=True, blank=True)
    file = models.FileField("tệp", upload_to="nhap/%Y/", blank=True)
    file_name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField("trạng thái", max_length=10, choices=ImportState, default=ImportState.CHECKING)
    # What the reading found: {"rows": n, "faults": [[row, column, sentence]…], "duplicates": […], "ambiguous": […]}.
    findings = models.JSONField(default=dict, blank=True)
    # What people answered to questions of the preview: {"12": "bk-tinh"} by row.
    answers = models.JSONField(default=dict, blank=True)
    step = models.CharField("bước", max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField("lỗi", max_length=500, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập dữ liệu"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("awards:import", args=[self.pk])

    def is_silent(self, now: datetime) -> bool:
        """Under way, but nothing was heard of the worker for ten minutes."""
        waiting = self.state in (ImportState.QUEUED, ImportState.WORKING)
        return waiting and (self.seen_at or self.requested_at) < now - SILENT_AFTER


class ImportedRow(models.Model):
    """A row that an import made: what an undo takes away. ``label`` and ``key`` name it without a foreign key."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="made")
    label = models.CharField(max_length=60)  # "awards.subject"
    key = models.BigIntegerField()

    class Meta:
        verbose_name = "dòng đã nhập"
        ordering = ["pk"]
        indexes = [models.Index(fields=["label", "key"], name="imported_row_target")]

    def __str__(self) -> str:
        return f"{self.label} {self.key}"
