"""The steps of an import: held, answered, confirmed once, worked off once, told, undone.

Each step compares the state it leaves with the one it finds, so that a second press or a second worker changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.importing.findings import obstacle, without_rows
from awards.enums import ImportKind, ImportState
from awards.models import Dossier, ImportBatch
from blocs.models import Agency
from khoithidua.web.uploads import random_name

KEPT, AFTERWARDS = timedelta(days=1), timedelta(minutes=1)
STEPS = 3
WAITING = "Chờ máy xử lý nền"
SILENT = (
    "Máy xử lý nền không phản hồi trong 10 phút nên việc nhập coi như dừng; chưa có dòng nào được ghi. "
    "Hãy bấm «Đọc lại tệp» rồi nhập lại; nếu vẫn không xong, hãy báo quản trị viên kiểm tra tiến trình db_worker."
)
GONE = "Tệp không còn được giữ (quá một ngày hoặc đã nhập xong). Hãy gửi lại tệp."
STARTED = (ImportState.QUEUED, ImportState.WORKING)
ONLY_STANDING = (
    "Chỉ cơ quan thường trực nhập việc kỷ luật, thanh tra, đơn thư. Hãy gửi tài liệu cho cơ quan thường trực."
)


@transaction.atomic
def hold(
    *,
    kind: str,
    council_id: int,
    agency: Agency | None,
    dossier: Dossier | None,
    file_name: str,
    content: bytes,
    sha256: str,
    findings: Mapping[str, Any],
    actor: User,
) -> ImportBatch:
    """Keep a file that was read, with what was found in it, for a person to look at. Nothing else is written.

    The file lies in the private store under a name that says nothing. Files nobody came back for are swept first, and
    by the worker a day after each upload.
    TransitionRefused when an agency sends matters that only the standing body records.
    """
    if kind == ImportKind.FREEZES and agency is not None:
        raise TransitionRefused(ONLY_STANDING)
    sweep(timezone.now())
    batch = ImportBatch(
        kind=kind,
        council_id=council_id,
        agency=agency,
        dossier=dossier,
        file_name=file_name[:255],
        sha256=sha256,
        findings=dict(findings),
        requested_by=actor,
        state=ImportState.CHECKED,
    )
    batch.file.save(f"{random_name()}.xlsx", ContentFile(content), save=False)
    batch.save(force_insert=True)
    after = {"tệp": batch.file_name, "nội dung": batch.get_kind_display(), "dòng": findings.get("rows", 0)}
    audit.record(batch, "Gửi tệp để nhập", actor=actor, after=after)
    sweep_files.using(run_after=batch.requested_at + KEPT + AFTERWARDS).enqueue()
    return batch


def content_of(batch: ImportBatch) -> bytes:
    """The bytes of the held file. TransitionRefused when it was swept."""
    try:
        with default_storage.open(str(batch.file.name)) as stream:
            content: bytes = stream.read()
    except (OSError, ValueError) as missing:
        raise TransitionRefused(GONE) from missing
    return content


def locked_batch(pk: int) -> ImportBatch:
    rows = ImportBatch.objects.select_for_update(of=("self",))
    return rows.select_related("agency", "dossier", "council").get(pk=pk)


@transaction.atomic
def keep_findings(batch: ImportBatch, findings: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Put what a new reading found on a batch that waits. TransitionRefused once it is confirmed."""
    row = locked_batch(batch.pk)
    if row.state != ImportState.CHECKED:
        raise TransitionRefused("Tệp này đã được xác nhận nhập nên không đổi lựa chọn được. Hãy tải lại trang.")
    row.findings, row.answers = dict(findings), dict(answers)
    row.save(update_fields=["findings", "answers"])


@transaction.atomic
def reopen(batch: ImportBatch, *, actor: User) -> None:
    """Take back an import that failed or that no worker answers for: it waits for a look again.

    TransitionRefused while a worker may still be at it, or after it is done.
    """
    row = locked_batch(batch.pk)
    if row.state != ImportState.FAILED and not row.is_silent(timezone.now()):
        raise TransitionRefused("Lần nhập này chưa dừng nên không đọc lại tệp được. Hãy tải lại trang.")
    row.state, row.error, row.step = ImportState.CHECKED, "", ""
    row.save(update_fields=["state", "error", "step"])
    audit.record(row, "Đọc lại tệp sau khi không nhập được", actor=actor)


@transaction.atomic
def confirm(batch: ImportBatch, *, actor: User) -> bool:
    """Hand the batch to the worker; False when somebody has done so already.

    TransitionRefused while rows are at fault, questions are open, or the file is gone.
    """
    row = locked_batch(batch.pk)
    if row.state in (*STARTED, ImportState.DONE):
        return False
    if row.state != ImportState.CHECKED:
        raise TransitionRefused("Lần nhập này không còn chờ xác nhận. Hãy tải lại trang.")
    if sentence := obstacle(row.findings):
        raise TransitionRefused(sentence)
    if not row.file.name or not default_storage.exists(row.file.name):
        raise TransitionRefused(GONE)
    row.state, row.seen_at, row.step, row.done, row.total = ImportState.QUEUED, timezone.now(), WAITING, 0, STEPS
    row.save(update_fields=["state", "seen_at", "step", "done", "total"])
    audit.record(row, "Xác nhận nhập", actor=actor, after={"dòng": row.findings.get("rows", 0)})
    return True


def claim(batch_id: int, *, now: datetime) -> bool:
    """Take a queued batch for this worker; False when it is not queued (any more)."""
    waiting = ImportBatch.objects.filter(pk=batch_id, state=ImportState.QUEUED)
    return bool(waiting.update(state=ImportState.WORKING, seen_at=now))


def tell(batch_id: int, step: str, *, done: int) -> None:
    """Record a step that was reached, outside of the writing transaction so that people see it."""
    working = ImportBatch.objects.filter(pk=batch_id, state=ImportState.WORKING)
    working.update(step=step, done=done, total=STEPS, seen_at=timezone.now())


def locked_at_work(batch_id: int) -> ImportBatch | None:
    """The batch, locked inside the writing transaction; None when another worker ended it or it was taken back."""
    row = locked_batch(batch_id)
    return row if row.state == ImportState.WORKING else None


def finish(batch: ImportBatch, *, words: str, actor: User) -> None:
    """Done, in the transaction that wrote the rows: either both are there or neither."""
    now = timezone.now()
    batch.state, batch.finished_at, batch.seen_at = ImportState.DONE, now, now
    batch.step, batch.error, batch.done, batch.total = "", "", STEPS, STEPS
    batch.findings = without_rows(batch.findings) | {"words": words}
    fields = ["state", "finished_at", "seen_at", "step", "error", "done", "total", "findings"]
    batch.save(update_fields=fields)
    audit.record(batch, "Nhập xong", actor=actor, after={"kết quả": words})


def fail(batch_id: int, sentence: str) -> None:
    """Not imported, and why; nothing for a batch that ended meanwhile."""
    working = ImportBatch.objects.filter(pk=batch_id, state=ImportState.WORKING)
    working.update(state=ImportState.FAILED, error=sentence[:500], step="", seen_at=timezone.now())


def mark_undone(batch: ImportBatch, *, actor: User, reason: str, counts: Mapping[str, int]) -> None:
    batch.state, batch.undone_at, batch.undone_by = ImportState.UNDONE, timezone.now(), actor
    batch.save(update_fields=["state", "undone_at", "undone_by"])
    audit.record(batch, "Hoàn tác lần nhập", actor=actor, after=dict(counts), reason=reason)


@task
def sweep_files() -> None:
    """What the worker runs when a file has been kept for a day."""
    sweep(timezone.now())


@transaction.atomic
def sweep(now: datetime) -> None:
    """Drop the files, and the rows read from them, of imports that nobody touched for a day; name and hash stay."""
    rows = ImportBatch.objects.select_for_update()  # not under the hands of who confirms it now
    old = rows.exclude(file="").filter(requested_at__lt=now - KEPT).exclude(state__in=STARTED)
    for batch in old.only("pk", "file", "findings"):
        name = str(batch.file.name)
        batch.findings = without_rows(batch.findings)
        batch.file, batch.answers = "", {}
        batch.save(update_fields=["file", "findings", "answers"])
        transaction.on_commit(partial(default_storage.delete, name))
