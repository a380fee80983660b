"""Reading an archive: only what its manifest names, only with the bytes that it vouches for."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction

from blocs.models import BlocYear
from khoithidua.web.uploads import random_name
from reports.domain.archive.holdings import Row, missing_bytes
from reports.domain.archive.writing import CHUNK, FORMAT, INDEX, MANIFEST, STYLE, YEAR_FILE
from reports.yearfile.faults import Fault, YearFileError
from reports.yearfile.loading import ImportOutcome, import_text

MOST_FILES = 100_000
MOST_MANIFEST = 100 << 20
HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Restored:
    """What an archive brought: rows as a year file does, and files that had been missing here."""

    outcome: ImportOutcome
    files: int


def is_archive(path: Path) -> bool:
    return zipfile.is_zipfile(path)


def restore(path: Path, *, replace: bool = False) -> Restored:
    """Import the year file of the archive and put the files in their places: all or nothing.

    Raises YearFileError with every fault: of the ZIP, the manifest, a file whose bytes are not those of its hash,
    or of the year file (``nam-thi-dua.yaml: …``).
    """
    with opened(path) as book:
        digests = checked(book)
        stored: list[Any] = []
        try:
            with transaction.atomic():
                outcome = import_text(book.read(YEAR_FILE), replace=replace)
                files = put_back(outcome.bloc_year, book, digests, stored)
        except BaseException:
            for field in stored:
                field.storage.delete(field.name)
            raise
    return Restored(outcome, files)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as book:
            yield book
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise YearFileError([Fault(".", f"Tệp ZIP hỏng, không đọc được: {error}.")]) from None


def checked(book: zipfile.ZipFile) -> dict[str, str]:
    """Path of one file for each SHA-256. Raises YearFileError naming every file that is not what it should be."""
    listed = files_of(book)
    names = [info.filename for info in book.infolist()]
    faults = [Fault(name, "Tên tệp này xuất hiện hai lần trong tệp ZIP.") for name in sorted(twice(names))]
    known = {each["path"] for each in listed} | {MANIFEST, INDEX, STYLE}
    faults += [Fault(name, "Tệp này không có trong danh mục manifest.json.") for name in names if name not in known]
    for each in listed:
        if each["path"] not in names:
            faults.append(Fault(each["path"], "Danh mục có tệp này nhưng trong tệp ZIP không có."))
        elif digest(book, each["path"], each["size"]) != each["sha256"]:
            faults.append(Fault(each["path"], "Nội dung tệp không khớp mã băm trong manifest.json."))
    if YEAR_FILE not in {each["path"] for each in listed}:
        faults.append(Fault(YEAR_FILE, "Lưu trữ không có tệp năm."))
    if faults:
        raise YearFileError(faults)
    return {each["sha256"]: each["path"] for each in listed}


def files_of(book: zipfile.ZipFile) -> list[dict[str, Any]]:
    """The manifest's files, each with path, sha256 and size of the right types."""
    try:
        if book.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise ValueError
        told = json.loads(book.read(MANIFEST))
        listed = told["files"]
        if told["format"] != FORMAT or not 1 <= len(listed) <= MOST_FILES or not all(map(is_entry, listed)):
            raise ValueError
    except (KeyError, TypeError, ValueError, RecursionError):
        sentence = f"Thiếu danh mục hoặc danh mục không đúng dạng {FORMAT}. Hãy lấy lại tệp lưu trữ từ hệ thống."
        raise YearFileError([Fault(MANIFEST, sentence)]) from None
    return list(listed)


def is_entry(each: Any) -> bool:
    path, size, sha256 = each["path"], each["size"], each["sha256"]
    right = isinstance(path, str) and isinstance(size, int) and not isinstance(size, bool) and size >= 0
    return right and isinstance(sha256, str) and bool(HASH.match(sha256))


def twice(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()


def digest(book: zipfile.ZipFile, path: str, size: int) -> str:
    """SHA-256 of one file, read no further than the size that the manifest tells."""
    found, read = hashlib.sha256(), 0
    with book.open(path) as file:
        while chunk := file.read(CHUNK):
            read += len(chunk)
            if read > size:
                return ""
            found.update(chunk)
    return found.hexdigest()


def put_back(bloc_year: BlocYear, book: zipfile.ZipFile, digests: dict[str, str], stored: list[Any]) -> int:
    """Give each row that lacks its bytes the file with its hash; ``stored`` grows by each file kept. How many."""
    rows = [row for row in missing_bytes(bloc_year) if row.sha256 in digests]
    for row in rows:
        with book.open(digests[row.sha256]) as content:
            keep(row, File(content))
        stored.append(row.file)
    return len(rows)


def keep(row: Row, content: "File[bytes]") -> None:
    row.file.save(random_name(), content, save=False)
    row.save(update_fields=["file"])
