"""Long papers and archives made by the worker: asked for, worked off step by step, kept for a day."""

import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from blocs.models import BlocYear
from council.models import CouncilSession, Decision
from reports.documents.fonts import FontsMissing
from reports.domain.paper_making import COLLECTING, JobReplaced, Made, make
from reports.enums import JobState
from reports.models import PaperJob

log = logging.getLogger(__name__)

KEPT = timedelta(days=1)
Owner = BlocYear | CouncilSession | Decision
FIELDS = {BlocYear: "bloc_year", CouncilSession: "session", Decision: "decision"}
RELATED = (
    *("bloc_year__bloc__council__standing_agency", "session__council__standing_agency"),
    *("decision__council__standing_agency", "decision__issuer__agency", "decision__corrects__issuer"),
)
BROKEN = "Không lập được văn bản do lỗi của hệ thống. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên."
SILENT = (
    "Máy xử lý nền không phản hồi trong 10 phút nên việc lập văn bản coi như dừng. Hãy lập lại; "
    "nếu vẫn không xong, hãy báo quản trị viên kiểm tra tiến trình db_worker."
)


@transaction.atomic
def ask_for_paper(kind: str, owner: Owner, *, actor: User) -> PaperJob:
    """Queue one paper for ``actor``; one that is under way is returned instead of a second.

    A finished or lost one is replaced, its file removed. The caller has checked who may read the draft.
    """
    now = timezone.now()
    locked: QuerySet[Any] = type(owner)._default_manager.select_for_update(of=("self",))
    locked.get(pk=owner.pk)
    row = jobs_of(owner, kind).filter(requested_by=actor).first()
    if row is not None and row.state_at(now) in (JobState.QUEUED, JobState.WORKING):
        return row
    if row is not None:
        discard(row)
    sweep(now)
    job = PaperJob.objects.create(
        **{FIELDS[type(owner)]: owner},
        kind=kind,
        requested_by=actor,
        requested_at=now,
        seen_at=now,
        step=COLLECTING,
    )
    make_paper.enqueue(job.pk)
    return job


def jobs_of(owner: Owner, kind: str) -> QuerySet[PaperJob]:
    """Everybody's jobs for one paper of one owner."""
    return PaperJob.objects.filter(**{FIELDS[type(owner)]: owner}, kind=kind)


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
        job = PaperJob.objects.select_related(*RELATED).get(pk=job_id)
        keep(job_id, make(job))
    except (JobReplaced, PaperJob.DoesNotExist):
        return
    except FontsMissing as missing:
        finish(job_id, error=str(missing)[:500])
    except Exception:
        log.exception("Paper job %s failed", job_id)
        finish(job_id, error=BROKEN)
    sweep(timezone.now())


def keep(job_id: int, made: Made) -> None:
    """Store the file and finish; without a waiting job nothing stays behind."""
    with made.content as content:
        stored = default_storage.save(f"drafts/{secrets.token_hex(16)}.{made.suffix}", content)
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
