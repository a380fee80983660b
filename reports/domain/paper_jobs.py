"""Long papers made by the worker: asked for, worked off step by step, kept for a day."""

import logging
import secrets
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from blocs.models import BlocYear
from reports.documents.blocks import Paper, Table
from reports.documents.fonts import FontsMissing
from reports.documents.pdf import paper_pdf
from reports.documents.registry import KINDS
from reports.enums import JobState
from reports.models import PaperJob

log = logging.getLogger(__name__)

KEPT = timedelta(days=1)
ROWS_A_PAGE = 16
COLLECTING, COMPOSING, LAYING_OUT, STORING = (
    "Thu thập số liệu",
    "Soạn nội dung văn bản",
    "Dàn trang",
    "Ghi tệp",
)
BROKEN = "Không lập được văn bản do lỗi của hệ thống. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên."
SILENT = (
    "Máy xử lý nền không phản hồi trong 10 phút nên việc lập văn bản coi như dừng. Hãy lập lại; "
    "nếu vẫn không xong, hãy báo quản trị viên kiểm tra tiến trình db_worker."
)


class JobReplaced(Exception):
    """The person has asked again meanwhile: nobody waits for this work any more."""


@transaction.atomic
def ask_for_paper(kind: str, bloc_year: BlocYear, *, actor: User) -> PaperJob:
    """Queue one paper for ``actor``; one that is under way is returned instead of a second.

    A finished or lost one is replaced, its file removed. The caller has checked who may read the draft.
    """
    now = timezone.now()
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    row = PaperJob.objects.filter(bloc_year=bloc_year, kind=kind, requested_by=actor).first()
    if row is not None and row.state_at(now) in (JobState.QUEUED, JobState.WORKING):
        return row
    if row is not None:
        discard(row)
    sweep(now)
    job = PaperJob.objects.create(
        bloc_year=bloc_year, kind=kind, requested_by=actor, requested_at=now, seen_at=now, step=COLLECTING
    )
    make_paper.enqueue(job.pk)
    return job


@task
def make_paper(job_id: int) -> None:
    """What the worker runs. Never raises: what went wrong stands on the job, in words."""
    work_off(job_id)


def work_off(job_id: int) -> None:
    """Make the paper of one job that nobody has begun; nothing for a job that was replaced."""
    now = timezone.now()
    claimed = PaperJob.objects.filter(pk=job_id, started_at=None, finished_at=None)
    if not claimed.update(started_at=now, seen_at=now):
        return
    try:
        job = PaperJob.objects.select_related("bloc_year__bloc__council__standing_agency").get(pk=job_id)
        keep(job_id, make(job))
    except (JobReplaced, PaperJob.DoesNotExist):
        return
    except FontsMissing as missing:
        finish(job_id, error=str(missing)[:500])
    except Exception:
        log.exception("Paper job %s failed", job_id)
        finish(job_id, error=BROKEN)
    sweep(timezone.now())


def make(job: PaperJob) -> bytes:
    """The PDF, telling each step: figures, text, every page as it is laid out."""
    kind = KINDS[job.kind]
    facts = kind.collect(job.bloc_year)
    tell(job.pk, COMPOSING, done=1, total=4)
    paper = kind.compose(facts, None)
    pages = expected_pages(paper)
    total = pages + 3
    tell(job.pk, LAYING_OUT, done=2, total=total)

    def on_page(number: int) -> None:
        tell(job.pk, f"{LAYING_OUT}: đang dàn trang {number}", done=min(1 + number, total - 2), total=total)

    content = paper_pdf(paper, on_page=on_page)
    tell(job.pk, STORING, done=total - 1, total=total)
    return content


def expected_pages(paper: Paper) -> int:
    """About how many pages the tables take: what the bar is measured by, at least one."""
    rows = sum(len(block.rows) for block in paper.blocks if isinstance(block, Table))
    return 1 + -(-rows // ROWS_A_PAGE)


def tell(job_id: int, step: str, *, done: int, total: int) -> None:
    """Record a step that was reached. Raises JobReplaced where nobody waits any more."""
    waiting = PaperJob.objects.filter(pk=job_id, finished_at=None)
    if not waiting.update(step=step, done=done, total=total, seen_at=timezone.now()):
        raise JobReplaced


def keep(job_id: int, content: bytes) -> None:
    """Store the file and finish; without a waiting job nothing stays behind."""
    stored = default_storage.save(f"drafts/{secrets.token_hex(16)}.pdf", ContentFile(content))
    if not finish(job_id, file=stored):
        default_storage.delete(stored)


def finish(job_id: int, **outcome: str) -> bool:
    """The job's last word; False when it was replaced meanwhile."""
    now = timezone.now()
    waiting = PaperJob.objects.filter(pk=job_id, finished_at=None)
    return bool(waiting.update(finished_at=now, seen_at=now, step="", **outcome))


def sweep(now: datetime) -> None:
    """Remove jobs that ended, or fell silent, more than a day ago, with their files."""
    for job in PaperJob.objects.filter(Q(seen_at__lt=now - KEPT)):
        discard(job)


def discard(job: PaperJob) -> None:
    """Remove the row now and its file when that is certain."""
    stored = str(job.file.name or "")
    job.delete()
    if stored:
        transaction.on_commit(lambda: default_storage.delete(stored))


def error_of(job: PaperJob, state: JobState) -> str:
    """Why the paper was not made, in a sentence; empty unless it failed."""
    if state != JobState.FAILED:
        return ""
    return job.error or SILENT
