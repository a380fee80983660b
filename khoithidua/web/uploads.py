"""Files that come in: capped while they arrive, known by their content, never by their name alone."""

import hashlib
import zipfile
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from pathlib import PurePath
from typing import IO, Any
from uuid import uuid4

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from khoithidua.web.text import tidy

# What a form holds beside its one file: typed text and the boundaries.
ROOM_FOR_TEXT = 1024 * 1024
HEAD = 8192
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """A type of file that may come in: what people call it, its extensions, and the type it is served as."""

    name: str
    extensions: tuple[str, ...]
    content_type: str


PDF = Kind("PDF", ("pdf",), "application/pdf")
PNG = Kind("PNG", ("png",), "image/png")
JPEG = Kind("JPG", ("jpg", "jpeg"), "image/jpeg")
DOCX = Kind("Word (DOCX)", ("docx",), f"{OFFICE}wordprocessingml.document")
XLSX = Kind("Excel (XLSX)", ("xlsx",), f"{OFFICE}spreadsheetml.sheet")
PAPERS = (PDF, PNG, JPEG, DOCX, XLSX)
# The part that makes a packed Office document what it is, and the part that makes it a program.
OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
MACROS = "vbaProject.bin"
# What an Office document may unpack to. Pictures hardly shrink and text shrinks tenfold: a real one stays far below.
UNPACKED_MB = 200
UNPACKED_PARTS = 5000


class TooLarge(UploadedFile):  # type: ignore[type-arg]
    """Stands in the form for a file that was thrown away while it came; nothing of it was kept."""


class CappedUploadHandler(FileUploadHandler):
    """First of the handlers: lets no file above ``UPLOAD_MAX_BYTES`` reach memory or disk.

    A request that announces more than one file may weigh is not stored at all; a file that grows
    past the cap is dropped from that byte on. Either way the rest is read away in small pieces, so
    that the browser gets an answer and the form keeps what was typed. A form carries one file.
    """

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *rest: Any) -> None:  # type: ignore[override]
        self.announced_too_much = content_length > settings.UPLOAD_MAX_BYTES + ROOM_FOR_TEXT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.came = 0
        if self.is_refused:
            raise StopFutureHandlers

    @property
    def is_refused(self) -> bool:
        return bool(self.announced_too_much or self.came > settings.UPLOAD_MAX_BYTES)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.came += len(raw_data)
        return None if self.is_refused else raw_data

    def file_complete(self, file_size: int) -> TooLarge | None:
        if not self.is_refused:
            return None
        self.drop_what_came()
        return TooLarge(BytesIO(), self.file_name, size=self.came)

    def drop_what_came(self) -> None:
        """Close what the other handlers stored up to the cap; a temporary file goes with it."""
        for handler in self.request.upload_handlers if self.request else ():
            if begun := getattr(handler, "file", None):
                begun.close()


class UploadField(forms.FileField):
    """One file of the given kinds. The type is read from the content, and the extension must agree.

    Cleans to the UploadedFile, its ``content_type`` the one that was found and its name in NFC.
    """

    def __init__(self, *, kinds: tuple[Kind, ...] = PAPERS, **kwargs: Any) -> None:
        self.kinds = kinds
        accept = ",".join(f".{extension}" for kind in kinds for extension in kind.extensions)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept, "data-max": settings.UPLOAD_MAX_BYTES}))
        kwargs.setdefault("help_text", f"{words_of(kinds)}; không quá {megabytes(settings.UPLOAD_MAX_BYTES)}.")
        super().__init__(max_length=255, **kwargs)

    def to_python(self, data: Any) -> Any:
        if isinstance(data, TooLarge):
            raise ValidationError(too_large_words(data))
        found: Any = super().to_python(data)
        if found is None:
            return None
        found.name = tidy(found.name)
        found.content_type = checked_kind(found, found.name, self.kinds).content_type
        return found


def too_large_words(file: TooLarge) -> str:
    limit = megabytes(settings.UPLOAD_MAX_BYTES)
    return (
        f"Tệp «{file.name}» lớn hơn {limit} nên không được nhận. "
        f"Hãy giảm dung lượng, chia thành nhiều tệp, hoặc gửi đường dẫn tới nơi lưu tệp."
    )


def megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"


def words_of(kinds: tuple[Kind, ...]) -> str:
    return ", ".join(kind.name for kind in kinds)


def checked_kind(content: IO[bytes] | File[bytes], name: str, kinds: tuple[Kind, ...]) -> Kind:
    """The kind of a file by its content. ValidationError with a sentence when it is none of ``kinds``,
    or when the extension of ``name`` says something else."""
    kind = kind_of(content)
    if kind is None or kind not in kinds:
        raise ValidationError(
            f"Nội dung của tệp «{name}» không phải là {words_of(kinds)}. "
            "Hãy lưu lại ở một trong các dạng này rồi tải lên."
        )
    extension = PurePath(name).suffix.removeprefix(".").lower()
    if extension not in kind.extensions:
        raise ValidationError(
            f"Tệp «{name}» có nội dung {kind.name} nhưng tên không kết thúc bằng .{kind.extensions[0]}. "
            "Hãy đổi tên tệp cho đúng rồi tải lên."
        )
    if kind in (DOCX, XLSX) and is_bomb(content):
        raise ValidationError(
            f"Tệp «{name}» giải nén ra quá lớn (trên {UNPACKED_MB} MB) nên không được nhận. "
            "Hãy lưu lại thành PDF rồi tải lên."
        )
    return kind


def kind_of(content: IO[bytes] | File[bytes]) -> Kind | None:
    """What the bytes are, whatever the name says; None for anything that may not come in.

    A packed Office document is told from any other archive by its main part; one with macros is refused.
    """
    content.seek(0)
    guessed = filetype.guess(content.read(HEAD))
    content.seek(0)
    if guessed is None:
        return None
    plain = {kind.content_type: kind for kind in (PDF, PNG, JPEG)}.get(guessed.mime)
    if plain is not None:
        return plain
    found = office_kind(content)
    content.seek(0)
    return found


def office_kind(content: IO[bytes] | File[bytes]) -> Kind | None:
    """DOCX or XLSX by the list of parts; nothing is unpacked."""
    try:
        with zipfile.ZipFile(content) as package:  # type: ignore[arg-type]
            parts = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in parts or any(part.endswith(MACROS) for part in parts):
        return None
    found = [kind for part, kind in OFFICE_PARTS.items() if part in parts]
    return found[0] if len(found) == 1 else None


def is_bomb(content: IO[bytes] | File[bytes]) -> bool:
    """Whether a packed document says it unpacks to more than it may, or lets parts share their bytes."""
    content.seek(0, SEEK_END)
    size = content.tell()
    with zipfile.ZipFile(content) as package:  # type: ignore[arg-type]
        parts = package.infolist()
    content.seek(0)
    unpacked = sum(part.file_size for part in parts)
    return (
        unpacked > UNPACKED_MB * 1024 * 1024
        or len(parts) > UNPACKED_PARTS
        or sum(part.compress_size for part in parts) > size
    )


def digest_of(content: File[bytes]) -> str:
    """The sha-256 of a file in hexadecimal, read piece by piece."""
    found = hashlib.sha256()
    for chunk in content.chunks():
        found.update(chunk)
    return found.hexdigest()


def random_name() -> str:
    """A name for a private store that says nothing of the file and cannot be guessed."""
    return uuid4().hex
