"""Subjects from a year file. The register is the province's: an import adds and corrects, it never deletes there."""

from dataclasses import dataclass, replace
from typing import Any

from awards.models import AwardForm, Initiative, InitiativeUse, Subject, SubjectAlias
from khoithidua.web.text import tidy
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import Place
from reports.yearfile.reading_subjects import HISTORY
from reports.yearfile.rows import Ledger, bare, first_of, queues
from reports.yearfile.schema import YearFile
from reports.yearfile.schema_awards import HistoryPart, SubjectPart


@dataclass(frozen=True)
class Named:
    """What the sections of a file name by code: subjects, awards, initiatives."""

    subjects: dict[str, Subject]
    awards: dict[str, AwardForm]
    initiatives: dict[str, Initiative]


def write_subjects(year_file: YearFile, place: Place, ledger: Ledger) -> Named:
    """The subjects of the file with their history; faults for awards that the catalogue does not hold."""
    calm = replace(ledger, replace=False)
    named = Named({}, {row.code: row for row in AwardForm.objects.all()}, {})
    codes = [part.code for part in year_file.subjects]
    known = {row.code: row for row in Subject.objects.filter(code__in=codes)}
    written: list[tuple[int, SubjectPart, Subject]] = []
    for number, part in enumerate(year_file.subjects):
        path = f"subjects[{number}]"
        row = known.get(part.code) or agency_row(part, place)
        if row is not None and row.council_id != place.council.pk:
            ledger.faults.append(Fault(f"{path}.code", f"Mã «{part.code}» đã thuộc một đối tượng của tỉnh khác."))
            continue
        subject = write_subject(part, row, place, calm)
        named.subjects[part.code] = subject
        written.append((number, part, subject))
    # Afterwards: a line may name another subject of the file.
    for number, part, subject in written:
        for section, lines in part.history.items():
            write_lines(section, lines, subject, Writer(named, calm, f"subjects[{number}].{section}", place))
    return named


def agency_row(part: SubjectPart, place: Place) -> Subject | None:
    """The agency's own collective, whatever code it has here."""
    if not part.values["is_agency"] or part.agency not in place.agencies:
        return None
    agency = place.agencies[part.agency]
    return Subject.objects.filter(agency=agency, is_agency=True, merged_into__isnull=True).first()


def write_subject(part: SubjectPart, row: Subject | None, place: Place, ledger: Ledger) -> Subject:
    values = part.values | {"name": part.name, "agency": place.agencies.get(part.agency)}
    born = {"code": part.code, "kind": part.kind, "council": place.council}
    subject = ledger.write(row, Subject, {}, values, born)
    names = {tidy(alias.name) for alias in SubjectAlias.objects.filter(subject=subject)}
    for name in part.aliases:
        if name not in names:
            ledger.write(None, SubjectAlias, {"subject": subject, "name": name}, {})
    return subject


@dataclass(frozen=True)
class Writer:
    """Where lines of one section go, and how their faults are told."""

    named: Named
    ledger: Ledger
    path: str
    place: Place

    def referred(self, values: dict[str, Any]) -> dict[str, Any]:
        """What a line names by code, as rows; None where it names nothing."""
        found: dict[str, dict[str, Any]] = {"new_agency": self.place.agencies, "successor": self.named.subjects}
        return {name: rows.get(values[name]) for name, rows in found.items() if name in values}

    def award(self, code: str, number: int) -> AwardForm | None:
        found = self.named.awards.get(code)
        if found is None:
            sentence = f"Danh mục khen thưởng không có mã «{code}»."
            self.ledger.faults.append(Fault(f"{self.path}[{number}].award", sentence))
        return found


def write_lines(section: str, lines: tuple[HistoryPart, ...], subject: Subject, writer: Writer) -> None:
    model, _, identity = HISTORY[section]
    rows = queues((key_of(row, identity), row) for row in model._default_manager.filter(subject=subject).order_by("pk"))
    for number, part in enumerate(lines):
        values = dict(part.values) | writer.referred(part.values)
        if section == "records":
            award = writer.award(part.award, number)
            if award is None:
                continue
            values["award"] = award
        wanted = tuple(comparable(values[name]) for name in identity)
        row = writer.ledger.write(first_of(rows, wanted), model, {"subject": subject}, values)
        if section == "initiatives":
            keep_initiative(row, part, number, writer)


def key_of(row: Any, identity: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(comparable(getattr(row, name)) for name in identity)


def comparable(value: Any) -> Any:
    """One spelling of a key's part, from the file or from the row."""
    value = bare(value)
    return tidy(value) if isinstance(value, str) else value


def keep_initiative(row: Initiative, part: HistoryPart, number: int, writer: Writer) -> None:
    writer.named.initiatives[row.code] = row
    uses = InitiativeUse.objects.filter(initiative=row, nomination__isnull=True)
    known = {(use.award_id, use.year) for use in uses}
    for use in part.uses:
        award = writer.award(use.award, number)
        if award is not None and (award.pk, use.year) not in known:
            writer.ledger.write(None, InitiativeUse, {"initiative": row, "award": award, "year": use.year}, {})
