"""Evidence (minh chứng) of a line: files and links that the unit adds while it scores itself."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from khoithidua.web.text import tidy
from khoithidua.web.uploads import digest_of, random_name
from scoring.domain.deadlines import refuse_after_deadline
from scoring.domain.tree import load_tree
from scoring.domain.writing import locked
from scoring.enums import SheetState
from scoring.models import Evidence, ScoreSheet

PER_LINE = 20
EVIDENCE_ADDED, EVIDENCE_REMOVED = "Thêm minh chứng", "Bỏ minh chứng"
NOT_A_LINE = "Tiêu chí này không thuộc bộ tiêu chí của phiếu. Hãy tải lại trang."
SENT = (
    "Phiếu đã gửi nên không thêm, không bỏ minh chứng được nữa. Nếu cần bổ sung, hãy đề nghị thư ký khối trả lại phiếu."
)
FULL = f"Mỗi tiêu chí có tối đa {PER_LINE} minh chứng. Hãy bỏ bớt, hoặc gộp các tệp lại thành một."


@transaction.atomic
def add_file(sheet: ScoreSheet, *, criterion_id: int, title: str, file: Any, actor: User | None) -> Evidence:
    """Keep an uploaded file whose type has been checked (``uploads.UploadField``); audited with name and sha-256.

    Stored under a random name. TransitionRefused once the sheet was sent or its deadline passed, for a
    criterion of another table, beyond PER_LINE, or for a file that the line already holds.
    """
    row = writable(sheet, criterion_id)
    digest = digest_of(file)
    if Evidence.objects.filter(sheet=row, criterion=criterion_id, sha256=digest).exists():
        raise TransitionRefused(f"Tệp «{file.name}» đã có ở tiêu chí này. Hãy chọn tệp khác.")
    made = Evidence(
        sheet=row,
        criterion_id=criterion_id,
        title=tidy(title)[:300] or file.name,
        file_name=file.name[:255],
        size=file.size,
        content_type=file.content_type,
        sha256=digest,
        added_by=actor,
    )
    store(made, file)
    return recorded(made, actor)


def store(made: Evidence, file: File[bytes]) -> None:
    """Into the private store; what a rolled back transaction leaves there no row points to."""
    file.seek(0)
    made.file.save(random_name(), file, save=False)


@transaction.atomic
def add_link(sheet: ScoreSheet, *, criterion_id: int, title: str, url: str, actor: User | None) -> Evidence:
    """Keep a link (http or https) to evidence elsewhere; audited. Refuses as ``add_file`` does."""
    row = writable(sheet, criterion_id)
    if not url.lower().startswith(("http://", "https://")):
        raise TransitionRefused("Đường dẫn phải bắt đầu bằng http:// hoặc https://.")
    if Evidence.objects.filter(sheet=row, criterion=criterion_id, url=url).exists():
        raise TransitionRefused("Đường dẫn này đã có ở tiêu chí này. Hãy ghi đường dẫn khác.")
    made = Evidence(sheet=row, criterion_id=criterion_id, title=tidy(title)[:300] or url[:300], url=url, added_by=actor)
    return recorded(made, actor)


def recorded(made: Evidence, actor: User | None) -> Evidence:
    made.save(force_insert=True)
    after = {f"{made.criterion.code}.minh chứng": words_of(made)}
    audit.record(made.sheet, EVIDENCE_ADDED, actor=actor, after=after)
    return made


def words_of(evidence: Evidence) -> str:
    """What the trail keeps: enough to recognise the very same file later."""
    if evidence.url:
        return f"{evidence.title}: {evidence.url}"
    return f"{evidence.title}: {evidence.file_name}, {evidence.size} byte, sha256 {evidence.sha256}"


@transaction.atomic
def remove_evidence(evidence: Evidence, *, actor: User | None, reason: str = "") -> None:
    """Take evidence away while the sheet is a draft; its name and sha-256 stay in the history of the sheet."""
    row = writable(evidence.sheet, evidence.criterion_id, is_adding=False)
    before = {f"{evidence.criterion.code}.minh chứng": words_of(evidence)}
    audit.record(row, EVIDENCE_REMOVED, actor=actor, before=before, after={}, reason=tidy(reason))
    name, storage = evidence.file.name, evidence.file.storage
    evidence.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def writable(sheet: ScoreSheet, criterion_id: int, *, is_adding: bool = True) -> ScoreSheet:
    """The locked sheet, when its unit may change the evidence of this line now; else TransitionRefused."""
    row = locked(sheet)
    if row.state != SheetState.DRAFT:
        raise TransitionRefused(SENT)
    refuse_after_deadline(row, today=timezone.localdate())
    if criterion_id not in load_tree(row.criteria_set).leaf_by_id:
        raise TransitionRefused(NOT_A_LINE)
    if is_adding and Evidence.objects.filter(sheet=row, criterion=criterion_id).count() >= PER_LINE:
        raise TransitionRefused(FULL)
    return row
