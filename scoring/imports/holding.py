"""An uploaded file between its preview and its import: kept in the private store, named by a signed token.

The browser holds only the token; it names one file, for one person and one criteria set, for an hour.
"""

import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

FOLDER = "nhap-tieu-chi"
SALT = "scoring.imports.holding"
MAX_AGE = 3600
KEPT, AFTERWARDS = timedelta(days=1), timedelta(minutes=1)
GONE = "Tệp đã chọn không còn được giữ (quá một giờ hoặc đã nhập xong). Hãy chọn lại tệp."


class FileGone(Exception):
    """The token is not this person's, too old, or its file is no longer there."""


def hold(content: bytes, *, set_pk: int, user_pk: int, now: datetime | None = None) -> str:
    """Keep ``content`` and return its token; files that nobody came back for are removed first, and a day later."""
    now = now or timezone.now()
    sweep(now)
    sweep_files.using(run_after=now + KEPT + AFTERWARDS).enqueue()
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.xlsx", ContentFile(content))
    return signing.dumps({"name": name, "set": set_pk, "user": user_pk}, salt=SALT, compress=True)


def held(token: str, *, set_pk: int, user_pk: int) -> bytes:
    """The bytes behind ``token``; FileGone with a sentence when there are none for this person and set."""
    name = name_in(token, set_pk=set_pk, user_pk=user_pk)
    try:
        with default_storage.open(name) as stream:
            content: bytes = stream.read()
    except OSError as fault:
        raise FileGone(GONE) from fault
    return content


def release(token: str, *, set_pk: int, user_pk: int) -> None:
    """Remove the file behind ``token``."""
    default_storage.delete(name_in(token, set_pk=set_pk, user_pk=user_pk))


def name_in(token: str, *, set_pk: int, user_pk: int) -> str:
    try:
        stated = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature as fault:
        raise FileGone(GONE) from fault
    if (stated["set"], stated["user"]) != (set_pk, user_pk):
        raise FileGone(GONE)
    return str(stated["name"])


@task
def sweep_files() -> None:
    """What the worker runs when a file has been kept for a day."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Remove files kept for longer than a day."""
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in names:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < now - KEPT:
            default_storage.delete(path)
