"""Papers of a dossier and of its nominations: coming in, fetched, taken away with name and hash kept."""

from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.answering import answered
from awards.domain.opened import locked, refuse_closed
from awards.domain.scanning import scanned
from awards.enums import PaperKind, ScanState
from awards.models import Attachment, Dossier, Nomination
from khoithidua.web.text import tidy
from khoithidua.web.uploads import digest_of, random_name

PER_KIND = 10
ADDED, REMOVED = "Thêm giấy tờ", "Bỏ giấy tờ"
FULL = f"Mỗi loại giấy tờ có tối đa {PER_KIND} tệp. Hãy bỏ bớt, hoặc gộp các tệp lại thành một."


def add_attachment(
    dossier: Dossier, *, nomination: Nomination | None, kind: str, title: str, file: Any, actor: User | None
) -> Attachment:
    """Keep an uploaded file whose type was checked (``uploads.UploadField``); audited with name and sha-256.

    Stored under a random name after the virus scan. TransitionRefused for an infected file or a scanner that fails,
    when the paper may not be changed now, beyond PER_KIND, and for a file that this place already holds.
    """
    refuse_closed(dossier, f"paper:{kind}", nomination)
    return kept(dossier, nomination, kind, title, file, scanned(file), actor)  # nobody waits for the scanner


@transaction.atomic
def kept(
    dossier: Dossier,
    nomination: Nomination | None,
    kind: str,
    title: str,
    file: Any,
    scan: ScanState,
    actor: User | None,
) -> Attachment:
    row = locked(dossier)
    refuse_closed(row, f"paper:{kind}", nomination)
    held = Attachment.objects.filter(dossier=row, nomination=nomination, kind=kind)
    digest = digest_of(file)
    if held.filter(sha256=digest).exists():
        raise TransitionRefused(f"Tệp «{file.name}» đã có ở mục giấy tờ này. Hãy chọn tệp khác.")
    if held.count() >= PER_KIND:
        raise TransitionRefused(FULL)
    made = Attachment(
        dossier=row,
        nomination=nomination,
        kind=kind,
        title=tidy(title)[:300] or file.name[:300],
        file_name=file.name[:255],
        size=file.size,
        content_type=file.content_type,
        sha256=digest,
        scan=scan,
        added_by=actor,
    )
    store(made, file)
    made.save(force_insert=True)
    audit.record(nomination or row, ADDED, actor=actor, after={PaperKind(kind).label: words_of(made)})
    answered(row, f"paper:{kind}", actor=actor, nomination=nomination)
    return made


def store(made: Attachment, file: File[bytes]) -> None:
    """Into the private store; what a rolled back transaction leaves there no row points to."""
    file.seek(0)
    made.file.save(random_name(), file, save=False)


@transaction.atomic
def remove_attachment(attachment: Attachment, *, actor: User | None, reason: str = "") -> None:
    """Take a paper away while it may be changed; its name and sha-256 stay in the history."""
    row = locked(attachment.dossier)
    refuse_closed(row, f"paper:{attachment.kind}", attachment.nomination)
    before = {attachment.get_kind_display(): words_of(attachment)}
    owner = attachment.nomination or row
    audit.record(owner, REMOVED, actor=actor, before=before, after={}, reason=tidy(reason))
    name, storage = attachment.file.name, attachment.file.storage
    attachment.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def words_of(attachment: Attachment) -> str:
    """What the trail keeps: enough to recognise the very same file later."""
    size = "" if attachment.size is None else f", {attachment.size} byte"
    return f"{attachment.title}: {attachment.file_name}{size}, sha256 {attachment.sha256}"
