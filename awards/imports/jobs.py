"""Confirmed imports on the worker: read anew, checked anew, written in one transaction."""

import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.importing import workflow
from awards.domain.importing.desk import Desk, desk_of
from awards.domain.importing.findings import obstacle
from awards.domain.importing.making import remember
from awards.domain.rechecking import recheck
from awards.imports.examining import KINDS, Examined, examined_table
from awards.imports.table import Table, read_table
from awards.models import ImportBatch
from blocs.models import Council
from scoring.imports.workbook import FileRefused

log = logging.getLogger(__name__)
READING, WRITING = "Đọc tệp", "Đối chiếu với sổ đối tượng rồi ghi {count} dòng (ghi một lần, xong mới hiện)"
BROKEN = (
    "Không nhập được do lỗi của hệ thống; chưa có dòng nào được ghi. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên."
)
CHANGED = "Sổ đối tượng đã thay đổi sau khi xem trước nên chưa nhập gì. {why} Hãy bấm «Đọc lại tệp», xem rồi nhập lại."
OTHERS_MEANT = "Có dòng nay ứng với đối tượng khác."


@transaction.atomic
def confirm_import(batch: ImportBatch, *, actor: User) -> bool:
    """Queue a checked batch for the worker; False when it was queued already. TransitionRefused as ``confirm``."""
    if not workflow.confirm(batch, actor=actor):
        return False
    run_import.enqueue(batch.pk, actor.pk)
    return True


@task
def run_import(batch_id: int, actor_id: int) -> None:
    """What the worker runs. Never raises: what went wrong stands on the batch, in words."""
    work_off(batch_id, actor_id)


def work_off(batch_id: int, actor_id: int) -> None:
    """Import one batch that nobody has begun; nothing for one that was begun, ended or taken back."""
    if not workflow.claim(batch_id, now=timezone.now()):
        return
    try:
        actor = User.objects.get(pk=actor_id)
        workflow.tell(batch_id, READING, done=0)
        batch = ImportBatch.objects.select_related("agency", "dossier").get(pk=batch_id)
        table = read_table(workflow.content_of(batch), batch.kind)
        workflow.tell(batch_id, WRITING.format(count=len(table.rows)), done=1)
        write(batch_id, table, actor)
    except (TransitionRefused, FileRefused) as refusal:
        workflow.fail(batch_id, str(refusal))
    except Exception:
        log.exception("Import %s failed", batch_id)
        workflow.fail(batch_id, BROKEN)


def checked(batch: ImportBatch, table: Table, desk: Desk) -> Examined:
    """The file as the register stands now; TransitionRefused when it no longer says what the person confirmed."""
    found = examined_table(table, desk)
    why = obstacle(found.findings)
    if not why and found.findings["digest"] != batch.findings.get("digest"):
        why = OTHERS_MEANT
    if why:
        raise TransitionRefused(CHANGED.format(why=why))
    return found


@transaction.atomic
def write(batch_id: int, table: Table, actor: User) -> None:
    """Everything or nothing. Imports of one province wait for each other, so that no two add the same subject."""
    batch = workflow.locked_at_work(batch_id)
    if batch is None:
        return
    Council.objects.select_for_update(no_key=True).get(pk=batch.council_id)
    desk = desk_of(batch, actor=actor)
    found = checked(batch, table, desk)
    _, write_rows = KINDS[batch.kind]
    made = write_rows(found.rows, desk)
    remember(batch, made, actor=actor)
    recheck(sorted(made.subject_ids))
    workflow.finish(batch, words=made.words, actor=actor)
