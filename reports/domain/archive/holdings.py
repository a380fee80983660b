"""Which files belong to a bloc-year, and what each is called in its archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from awards.models import Attachment
from blocs.models import BlocYear
from council.models import DecisionLine, DecisionScan
from khoithidua.web.text import search_key
from reports.models import IssuedDocument
from reports.yearfile.dumping_awards import dossiers_of
from scoring.models import Evidence

Row = IssuedDocument | Evidence | Attachment | DecisionScan


@dataclass(frozen=True)
class Group:
    """One kind of files: its folder in the archive, its words, and whether a bloc's own archive holds it."""

    key: str
    title: str
    of_bloc: bool


PAPERS = Group("van-ban", "Văn bản đã ban hành", True)
EVIDENCE = Group("minh-chung", "Minh chứng chấm điểm", True)
DOSSIERS = Group("ho-so", "Giấy tờ của hồ sơ khen thưởng", False)
SCANS = Group("quyet-dinh", "Bản ký của quyết định khen thưởng", False)
GROUPS = (PAPERS, EVIDENCE, DOSSIERS, SCANS)


@dataclass(frozen=True)
class Holding:
    """One file: where it is stored ("": its bytes never came here) and what the records say of it."""

    group: Group
    title: str
    stored: str
    sha256: str
    path: str  # in the archive; unique


def rows_of(bloc_year: BlocYear, group: Group) -> QuerySet[Any]:
    """The rows of one group, in a stable order, with what their titles need."""
    if group is PAPERS:
        rows = IssuedDocument.objects.filter(bloc_year=bloc_year).select_related("issuer")
        return rows.order_by("issued_on", "symbol", "number")
    if group is EVIDENCE:
        files = Evidence.objects.filter(sheet__bloc_year=bloc_year).exclude(sha256="")
        return files.select_related("sheet__agency", "criterion").order_by("sheet__agency__code", "pk")
    if group is DOSSIERS:
        papers = Attachment.objects.filter(dossier__in=dossiers_of(bloc_year).values("pk"))
        return papers.select_related("dossier", "nomination").order_by("dossier__code", "pk")
    decided = DecisionLine.objects.filter(nomination__dossier__in=dossiers_of(bloc_year).values("pk"))
    scans = DecisionScan.objects.filter(decision__in=decided.values("decision"))
    return scans.select_related("decision").order_by("pk")


def holdings_of(bloc_year: BlocYear, *, whole: bool) -> list[Holding]:
    """Every file of the year; without ``whole`` only what the bloc itself keeps. One query a group.

    Equal bytes under one title are one file.
    """
    found: dict[tuple[str, str, str], Holding] = {}
    for group in GROUPS:
        if whole or group.of_bloc:
            for number, row in enumerate(rows_of(bloc_year, group), start=1):
                title = title_of(row)
                path = f"{group.key}/{number:04d}-{plain_name(title)}.{suffix_of(row)}"
                holding = Holding(group, title, str(row.file.name or ""), row.sha256, path)
                found.setdefault((group.key, title, row.sha256), holding)
    return list(found.values())


def title_of(row: Row) -> str:
    if isinstance(row, IssuedDocument):
        return f"Số {row.full_number} ngày {row.issued_on:%d/%m/%Y}: {row.title}"
    if isinstance(row, Evidence):
        return f"{row.sheet.agency.label}, {row.criterion}: {row.title}"
    if isinstance(row, Attachment):
        whose = f", {row.nomination.name}" if row.nomination else ""
        return f"{row.dossier.code}{whose}: {row.title}"
    return f"{row.decision}: {row.file_name}"


def suffix_of(row: Row) -> str:
    """The ending of the file's own name, letters and digits only; issued papers are PDF."""
    if isinstance(row, IssuedDocument):
        return "pdf"
    ending = search_key(row.file_name.rpartition(".")[2])
    return ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "bin"


def plain_name(title: str) -> str:
    """Letters that every file system takes."""
    letters = search_key(title).replace(" ", "-")
    return "".join(letter for letter in letters if letter.isascii() and (letter.isalnum() or letter == "-"))[:80]


def missing_bytes(bloc_year: BlocYear) -> Iterator[Row]:
    """Rows whose file a year file told of and whose bytes have not come."""
    for group in GROUPS:
        yield from rows_of(bloc_year, group).filter(file="")
