"""A year file into the database: all or nothing, and nothing when nothing differs."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from accounts.domain import audit
from blocs.models import BlocYear
from reports.yearfile import (
    loading_composition,
    loading_decisions,
    loading_dossiers,
    loading_events,
    loading_reports,
    loading_reviews,
    loading_rounds,
    loading_scores,
    loading_sessions,
    loading_subjects,
    loading_texts,
    papers,
)
from reports.yearfile.faults import Fault, YearFileError, in_file_order
from reports.yearfile.reading import Places, parse, read_file
from reports.yearfile.rows import Ledger
from reports.yearfile.schema import YearFile
from reports.yearfile.source import read_bytes


@dataclass(frozen=True)
class ImportOutcome:
    """The bloc-year that a file told about, and how many rows it made, changed and deleted."""

    bloc_year: BlocYear
    created: int
    updated: int
    deleted: int

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.deleted)


def import_file(path: Path, *, replace: bool = False) -> ImportOutcome:
    """Load one year file; YearFileError with every fault and an unchanged database.

    Without ``replace`` nothing that people entered in the application is deleted: rows that the
    file does not name stay, and an empty value leaves what is there. With ``replace`` the
    bloc-year becomes what the file says; issued papers and the audit trail always stay.
    """
    return load_ordered(*read_file(path), replace=replace)


def import_text(data: bytes, *, replace: bool = False) -> ImportOutcome:
    """``import_file`` for the bytes of a year file."""
    return load_ordered(*parse(read_bytes(data)), replace=replace)


def load_ordered(year_file: YearFile, order: Places, *, replace: bool) -> ImportOutcome:
    """``load``, with faults in the order in which the file has their places."""
    try:
        return load(year_file, replace=replace)
    except YearFileError as error:
        raise YearFileError(in_file_order(error.faults, order)) from None


@transaction.atomic
def load(year_file: YearFile, *, replace: bool = False) -> ImportOutcome:
    """Write what ``year_file`` says; one audit entry on the bloc-year when that changed anything."""
    ledger = Ledger(replace=replace)
    try:
        bloc_year = write_all(year_file, ledger)
    except ProtectedError as error:
        names = ", ".join(sorted({str(row) for row in error.protected_objects})[:5])
        ledger.faults.append(Fault(".", f"Không xóa được vì còn dữ liệu khác dùng tới: {names}."))
    if ledger.faults:
        raise YearFileError(ledger.faults)
    if ledger.changed:
        audit.record(bloc_year, "Nhập tệp năm", actor=None, after=ledger.summary())
    return ImportOutcome(bloc_year, ledger.created.total(), ledger.updated.total(), ledger.deleted.total())


def write_all(year_file: YearFile, ledger: Ledger) -> BlocYear:
    place = loading_composition.write_composition(year_file, ledger)
    loading_events.write_events(year_file, place, ledger)
    loading_scores.write_scores(year_file, place, ledger)
    loading_texts.write_narrative(year_file, place, ledger)
    rounds = loading_rounds.write_rounds(year_file, place, ledger)
    loading_reports.write_reports(year_file, rounds, place, ledger)
    loading_reviews.write_reviews(year_file, place, ledger)
    loading_reviews.write_paper_texts(year_file, place, ledger)
    named = loading_subjects.write_subjects(year_file, place, ledger)
    loading_dossiers.write_dossiers(year_file, place, named, ledger)
    cases = loading_sessions.nominations_of(year_file, named)
    loading_sessions.write_sessions(year_file, place, named, cases, ledger)
    loading_decisions.write_decisions(year_file, place, named, cases, ledger)
    papers.write_issued(year_file.issued_papers, place, ledger)
    loading_composition.drop_former_members(year_file, place, ledger)
    return place.bloc_year
