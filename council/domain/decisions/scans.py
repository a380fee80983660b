"""The signed paper of an issued decision: coming in, its signatures read, taken away with name and hash kept."""

from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.scanning import scanned
from council.domain.decisions.signatures import read_signatures
from council.enums import DecisionState
from council.models import Decision, DecisionScan
from khoithidua.web.uploads import digest_of, random_name

MOST = 10
DRAFT = "Chỉ đính kèm bản ký khi quyết định đã ban hành. Hãy ban hành trước."


def add_scan(decision: Decision, *, file: Any, actor: User | None) -> DecisionScan:
    """Keep the signed PDF (its type was checked by ``uploads.UploadField``) with what its signatures say.

    Stored under a random name after the virus scan; audited with name and sha-256. Raises TransitionRefused for a
    draft, an infected file, the same file once more, beyond MOST.
    """
    if decision.state == DecisionState.DRAFT:
        raise TransitionRefused(DRAFT)
    state = scanned(file)  # nobody waits for the scanner or the reader
    file.seek(0)
    reading = read_signatures(file.read())
    with transaction.atomic():
        row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        digest = digest_of(file)
        refuse_more(row, digest, file.name)
        made = DecisionScan(
            decision=row,
            file_name=file.name[:255],
            size=file.size,
            sha256=digest,
            scan=state,
            signatures=reading.signatures,
            fault=reading.fault,
            added_by=actor,
        )
        file.seek(0)
        made.file.save(random_name(), file, save=False)
        made.save(force_insert=True)
        audit.record(row, "Đính kèm bản ký", actor=actor, after={"scan": words_of(made)})
    return made


def refuse_more(decision: Decision, digest: str, name: str) -> None:
    if decision.scans.filter(sha256=digest).exists():
        raise TransitionRefused(f"Tệp «{name}» đã được đính kèm. Hãy chọn tệp khác.")
    if decision.scans.count() >= MOST:
        raise TransitionRefused(f"Mỗi quyết định có tối đa {MOST} tệp bản ký. Hãy bỏ bớt tệp không cần.")


@transaction.atomic
def remove_scan(scan: DecisionScan, *, reason: str, actor: User | None) -> None:
    """Take away a file that was attached by mistake; name and sha-256 stay in the history."""
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do bỏ tệp bản ký.")
    before = {"scan": words_of(scan)}
    audit.record(scan.decision, "Bỏ bản ký", actor=actor, before=before, after={}, reason=reason.strip())
    name, storage = scan.file.name, scan.file.storage
    scan.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def words_of(scan: DecisionScan) -> str:
    """What the trail keeps: enough to recognise the very same file later, and what was read of it."""
    found = scan.fault or "; ".join(f"{each['signer']}: {each['words']}" for each in scan.signatures)
    return f"{scan.file_name}, {scan.size} byte, sha256 {scan.sha256}. {found or 'Không có chữ ký số.'}"
