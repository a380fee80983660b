"""The scan of a blank form: a picture behind the preview, never printed."""

from typing import Any

from django.db import transaction
from PIL import Image

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.scanning import scanned
from council.domain.certificates.layouts import locked
from council.models import CertificateLayout
from khoithidua.web.uploads import digest_of, random_name

MOST_PIXELS = 60_000_000  # A3 at 400 dots an inch has 31 million
UNREADABLE = "Không đọc được ảnh này. Hãy quét lại phôi thành tệp PNG hoặc JPG rồi tải lên."


def put_scan(layout: CertificateLayout, *, file: Any, actor: User | None) -> CertificateLayout:
    """Keep the picture (type checked by ``uploads.UploadField``) in place of an older one; audited with its hash.

    Raises TransitionRefused for an infected file, one that is no readable picture, one of too many dots.
    """
    scanned(file)  # nobody waits for the scanner
    refuse_unreadable(file)
    with transaction.atomic():
        row = locked(layout)
        before, old, storage = {"scan": row.scan_sha256}, str(row.scan.name or ""), row.scan.storage
        row.scan_sha256 = digest_of(file)
        file.seek(0)
        row.scan.save(random_name(), file, save=False)
        row.save(update_fields=["scan", "scan_sha256"])
        audit.record(row, "Tải ảnh quét của phôi", actor=actor, before=before, after={"scan": row.scan_sha256})
        if old:
            transaction.on_commit(lambda: storage.delete(old))
    return row


def refuse_unreadable(file: Any) -> None:
    """Only the head of the picture is read: its dots are never unpacked here."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            wide, high = picture.size
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise TransitionRefused(UNREADABLE) from error
    finally:
        file.seek(0)
    if wide * high > MOST_PIXELS:
        raise TransitionRefused("Ảnh có quá nhiều điểm ảnh. Hãy quét ở 200 đến 300 dpi rồi tải lên.")


@transaction.atomic
def drop_scan(layout: CertificateLayout, *, actor: User | None) -> None:
    """Take the picture away; nothing when there is none."""
    row = locked(layout)
    stored, storage = str(row.scan.name or ""), row.scan.storage
    if not stored:
        return
    audit.record(row, "Bỏ ảnh quét của phôi", actor=actor, before={"scan": row.scan_sha256}, after={"scan": ""})
    row.scan, row.scan_sha256 = "", ""  # type: ignore[assignment]
    row.save(update_fields=["scan", "scan_sha256"])
    transaction.on_commit(lambda: storage.delete(stored))
