"""Writing the archive: file by file, so that a large one never stands in memory."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone

from blocs.models import BlocYear
from reports.domain.archive.holdings import GROUPS, Holding, holdings_of
from reports.yearfile.dumping import dump_year

FORMAT = "khoithidua/archive@1"
YEAR_FILE, MANIFEST, INDEX, STYLE = "nam-thi-dua.yaml", "manifest.json", "index.html", "muc-luc.css"
CHUNK = 1 << 20
MOMENT = (1980, 1, 1, 0, 0, 0)  # the same in every archive: what counts is in the files
TextOf = Callable[[int, int], None]


@dataclass(frozen=True)
class Entry:
    """One file of the archive as its manifest tells it."""

    path: str
    kind: str
    title: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Contents:
    """What went in, and what the records know of but no file was there for."""

    entries: tuple[Entry, ...]
    missing: tuple[dict[str, str], ...]


def write_archive(bloc_year: BlocYear, target: IO[bytes], *, whole: bool, told: TextOf | None = None) -> Contents:
    """Write the ZIP of ``bloc_year`` into ``target``; ``told`` hears of (files done, files in all).

    ``whole`` takes in what agencies and the council keep (dossiers, decisions, the history of those named); without
    it the archive is the bloc's own. A stored file that is gone, or no longer the one on record, is left out and
    named under ``missing``: an archive never vouches for other bytes than the records do.
    """
    holdings = holdings_of(bloc_year, whole=whole)
    entries: list[Entry] = []
    missing: list[dict[str, str]] = []
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as book:
        entries.append(put_text(book, YEAR_FILE, "year", "Tệp năm thi đua", dump_year(bloc_year, whole=whole)))
        for done, holding in enumerate(holdings, start=1):
            entry = put_file(book, holding)
            if entry is None:
                missing.append({"kind": holding.group.key, "title": holding.title, "sha256": holding.sha256})
            else:
                entries.append(entry)
            if told is not None:
                told(done, len(holdings))
        contents = Contents(tuple(entries), tuple(missing))
        put_text(book, INDEX, "", "", index_page(bloc_year, contents, whole=whole))
        put_text(book, STYLE, "", "", style_sheet())
        put_text(book, MANIFEST, "", "", manifest(bloc_year, contents, whole=whole))
    return contents


def put_text(book: zipfile.ZipFile, path: str, kind: str, title: str, text: str) -> Entry:
    content = text.encode()
    book.writestr(described(path), content)
    return Entry(path, kind, title, hashlib.sha256(content).hexdigest(), len(content))


def put_file(book: zipfile.ZipFile, holding: Holding) -> Entry | None:
    """The stored file, hashed before it goes in; None where it is not there or is another one."""
    if not holding.stored or digest_of(holding.stored) != holding.sha256:
        return None
    size = 0
    with book.open(described(holding.path), "w", force_zip64=True) as place:
        for chunk in chunks_of(holding.stored):
            place.write(chunk)
            size += len(chunk)
    return Entry(holding.path, holding.group.key, holding.title, holding.sha256, size)


def digest_of(stored: str) -> str:
    """SHA-256 of a stored file; "" where it cannot be read."""
    digest = hashlib.sha256()
    try:
        for chunk in chunks_of(stored):
            digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def chunks_of(stored: str) -> Iterator[bytes]:
    with default_storage.open(stored) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def described(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def manifest(bloc_year: BlocYear, contents: Contents, *, whole: bool) -> str:
    """All files with SHA-256 and size, as JSON."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "bloc": bloc_year.bloc.code,
        "year": bloc_year.year,
        "scope": "whole" if whole else "bloc",
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "files": [asdict(each) for each in contents.entries],
        "missing": list(contents.missing),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def style_sheet() -> str:
    return (settings.BASE_DIR / "static" / "documents" / "archive.css").read_text(encoding="utf-8")


def index_page(bloc_year: BlocYear, contents: Contents, *, whole: bool) -> str:
    """The page that opens the archive without a server."""
    members = bloc_year.memberships.select_related("agency").in_order()
    groups = [(group.title, [each for each in contents.entries if each.kind == group.key]) for group in GROUPS]
    context = {
        "year": bloc_year,
        "members": members,
        "groups": [(title, entries) for title, entries in groups if entries],
        "missing": contents.missing,
        "year_file": contents.entries[0],
        "whole": whole,
        "made_at": timezone.localtime(),
    }
    return render_to_string("archive/index.html", context)
