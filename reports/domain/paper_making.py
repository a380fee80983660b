"""What a job makes: the archive, the certificates or the paper, telling each step that it reaches."""

from dataclasses import dataclass
from tempfile import TemporaryFile

from django.core.files.base import ContentFile, File
from django.utils import timezone

from blocs.models import BlocYear
from council.domain.certificates.printing import KIND_PREFIX
from council.models import CertificatePrint, CouncilSession, Decision
from reports.documents.blocks import Paper, Table
from reports.documents.certificate_sheets import printing_pdf
from reports.documents.council_registry import archived_decision, session_paper
from reports.documents.long_papers import is_long, long_paper_pdf
from reports.documents.pdf import paper_pdf
from reports.documents.registry import KINDS
from reports.domain.archive.writing import write_archive
from reports.models import PaperJob

ROWS_A_PAGE = 16
ARCHIVING = "Gom tệp vào lưu trữ"
COLLECTING, COMPOSING, LAYING_OUT, STORING = (
    "Thu thập số liệu",
    "Soạn nội dung văn bản",
    "Dàn trang",
    "Ghi tệp",
)
# Archives of a bloc-year are made like papers; the value tells whether it is the whole one.
ARCHIVES = {"archive": True, "bloc-archive": False}


@dataclass(frozen=True)
class Made:
    """What a job yields, and the ending of its file's name."""

    content: "File[bytes]"
    suffix: str = "pdf"


class JobReplaced(Exception):
    """The person has asked again meanwhile: nobody waits for this work any more."""


def make(job: PaperJob) -> Made:
    """The archive, the certificates or the paper of one job."""
    if job.bloc_year is not None and job.kind in ARCHIVES:
        return Made(archived(job, job.bloc_year), "zip")
    if job.decision is not None and job.kind.startswith(KIND_PREFIX):
        return Made(ContentFile(certificates(job, job.decision)))
    return Made(ContentFile(laid_out(job)))


def archived(job: PaperJob, bloc_year: BlocYear) -> "File[bytes]":
    """The archive in a file that goes when it is closed; about fifty times it is told how many files are in."""
    target = TemporaryFile()  # noqa: SIM115 (closed by who stores it)

    def on_file(done: int, of: int) -> None:
        if done % (of // 50 + 1) == 0:
            tell(job.pk, f"{ARCHIVING}: {done}/{of} tệp", done=done, total=of + 2)

    tell(job.pk, ARCHIVING, done=0, total=3)
    write_archive(bloc_year, target, whole=ARCHIVES[job.kind], told=on_file)
    target.seek(0)
    return File(target)


def laid_out(job: PaperJob) -> bytes:
    """The PDF, telling each step: figures, text, every page or part of a long annex as it is laid out."""
    paper, code, data = composed(job)
    pages = expected_pages(paper)
    total = pages + 3
    tell(job.pk, LAYING_OUT, done=2, total=total)

    def on_page(number: int) -> None:
        tell(job.pk, f"{LAYING_OUT}: đang dàn trang {number}", done=min(1 + number, total - 2), total=total)

    def on_part(done: int, of: int) -> None:
        tell(job.pk, f"{LAYING_OUT}: xong phần {done}/{of}", done=min(2 + done * pages // of, total - 1), total=total)

    if any(is_long(annex) for annex in paper.annexes):
        content = long_paper_pdf(paper, code=code, data=data, on_part=on_part)
    else:
        content = paper_pdf(paper, code=code, data=data, on_page=on_page)
    tell(job.pk, STORING, done=total - 1, total=total)
    return content


def certificates(job: PaperJob, decision: Decision) -> bytes:
    """The certificates of one printing of ``decision``, telling every tenth."""
    rows = CertificatePrint.objects.select_related("layout", "decision__issuer", "decision__council")
    printing = rows.get(decision=decision, pk=int(job.kind.removeprefix(KIND_PREFIX)))
    total = len(printing.lines) + 2

    def on_page(number: int) -> None:
        tell(job.pk, f"{LAYING_OUT}: xong {number} bằng", done=number, total=total)

    tell(job.pk, LAYING_OUT, done=0, total=total)
    content = printing_pdf(printing, on_page=on_page)
    tell(job.pk, STORING, done=total - 1, total=total)
    return content


def composed(job: PaperJob) -> tuple[Paper, str, bytes]:
    """The paper of a job, the code at its foot and the data in its file (empty for a draft); tells of its figures."""
    owner = job.owner
    if isinstance(owner, BlocYear):
        kind = KINDS[job.kind]
        facts = kind.collect(owner)
        tell(job.pk, COMPOSING, done=1, total=4)
        return kind.compose(facts, None), "", b""
    tell(job.pk, COMPOSING, done=1, total=4)
    if isinstance(owner, CouncilSession):
        return session_paper(job.kind, owner), "", b""
    return archived_decision(job.kind, owner)


def expected_pages(paper: Paper) -> int:
    """About how many pages the tables take: what the bar is measured by, at least one."""
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    rows = sum(len(block.rows) for block in blocks if isinstance(block, Table))
    return 1 + -(-rows // ROWS_A_PAGE)


def tell(job_id: int, step: str, *, done: int, total: int) -> None:
    """Record a step that was reached. Raises JobReplaced where nobody waits any more."""
    waiting = PaperJob.objects.filter(pk=job_id, finished_at=None)
    if not waiting.update(step=step, done=done, total=total, seen_at=timezone.now()):
        raise JobReplaced
