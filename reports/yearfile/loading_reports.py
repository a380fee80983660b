"""Reports of agencies from a year file. What was sent here is compared, never rewritten; nothing is deleted whole."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.domain import audit
from blocs.domain.workflow import restore_state
from khoithidua.web.text import tidy
from reports.enums import ReportState, RoundKind
from reports.models import AgencyReport, BlocReview, FigureValue, Passage, Remark, ReportRound, TableRow, TextVersion
from reports.yearfile.dumping_reports import Asked, cells_of
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.loading_rounds import write_dated
from reports.yearfile.rows import Ledger, first_of, name_of, queues
from reports.yearfile.schema import YearFile
from reports.yearfile.schema_reports import ReportPart, TablePart, TextVersionPart
from reports.yearfile.sealed import Sealed, at, sealed
from reports.yearfile.writings import as_typed, cleaned, with_names, with_numbers

SENT = (ReportState.SIGNED_OFF, ReportState.RECEIVED)
SENT_HERE = "Báo cáo này đã gửi trong hệ thống nên tệp không sửa được. Hãy trả lại báo cáo trước khi nhập."
FIXED = "Phiên bản này trong hệ thống có nội dung khác; phiên bản đã lưu không sửa được."
Owner = AgencyReport | BlocReview


@dataclass(frozen=True)
class Desk:
    """One report: what it asks, and how its faults are told."""

    report: AgencyReport
    asked: Asked
    ledger: Ledger
    path: str

    @property
    def is_sealed(self) -> bool:
        return isinstance(self.ledger, Sealed)

    def refuse(self, path: str, sentence: str = f"Khác với hệ thống. {SENT_HERE}") -> None:
        self.ledger.faults.append(Fault(f"{self.path}.{path}", sentence))


def write_reports(year_file: YearFile, rounds: list[ReportRound], place: Place, ledger: Ledger) -> None:
    rows = AgencyReport.objects.select_for_update(of=("self",)).filter(bloc_year=place.bloc_year)
    known = {(row.agency_id, row.kind, row.round_id if row.kind == RoundKind.AD_HOC else None): row for row in rows}
    for number, part in enumerate(year_file.reports):
        a_round = rounds[part.round - 1] if part.round else None
        once_in = a_round.pk if a_round and part.kind == RoundKind.AD_HOC else None
        row = known.get((place.agencies[part.agency].pk, part.kind, once_in))
        write_report(part, row, a_round, place, ledger, f"reports[{number}]")


def write_report(
    part: ReportPart, row: AgencyReport | None, a_round: ReportRound | None, place: Place, ledger: Ledger, path: str
) -> None:
    before = ledger.count
    own = sealed(ledger, path, SENT_HERE) if row is not None and row.state in SENT else ledger
    key = {"bloc_year": place.bloc_year, "agency": place.agencies[part.agency], "kind": part.kind}
    values = {"round": a_round, "sent_at": part.sent_at}
    report = own.write(row, AgencyReport, key, values, {"state": part.state or ReportState.DRAFT.value})
    desk = Desk(report, Asked(a_round), own, path)
    write_texts(part, desk)
    write_figures(part, desk)
    write_tables(part, desk)
    write_remarks(part, desk)
    write_versions(part.versions, report, desk.asked, own, path)
    move_report(part, desk, ledger)
    if ledger.count != before:
        audit.record(report, f"Nhập từ {SOURCE}", actor=None, after={"số mục có nội dung": len(part.texts)})


def move_report(part: ReportPart, desk: Desk, ledger: Ledger) -> None:
    """A report that was sent here may be received by a file; all else is done by people."""
    report = desk.report
    if not part.state or report.state == part.state:
        return
    if desk.is_sealed and (report.state, part.state) != (ReportState.SIGNED_OFF, ReportState.RECEIVED):
        desk.refuse("state")
        return
    restore_state(report, part.state, source=SOURCE)
    ledger.updated["trạng thái"] += 1


def write_texts(part: ReportPart, desk: Desk) -> None:
    rows = {row.section: row for row in Passage.objects.filter(report=desk.report)}
    for section in desk.asked.sections:
        row, text = rows.get(section), part.texts.get(section, "")
        if as_typed(row.text if row else "") == text or not (text or desk.ledger.replace):
            continue
        if desk.is_sealed:
            desk.refuse(f"texts.{section}")
            continue
        key = {"report": desk.report, "section": section}
        write_text(row, Passage, key, text, desk.ledger)


def write_text(row: Any, model: Any, key: dict[str, Any], text: str, ledger: Ledger) -> None:
    """A text one version up, so that an editor that is open is told."""
    now = timezone.now()
    if row is None:
        model._base_manager.create(**key, text=text, version=1, edited_at=now)
        ledger.created[name_of(model)] += 1
        return
    row.text, row.version, row.edited_at, row.edited_by = text, row.version + 1, now, None
    row.save(update_fields=["text", "version", "edited_at", "edited_by"])
    ledger.updated[name_of(model)] += 1


def write_figures(part: ReportPart, desk: Desk) -> None:
    figures = {(row.section.key, row.key): row for row in desk.asked.figures}
    rows = {row.figure_id: row for row in FigureValue.objects.filter(report=desk.report)}
    for number, each in enumerate(part.figures):
        figure = figures.get((each.section, each.key))
        if figure is None:
            continue  # an outline of the province that differs: said there
        row, before = rows.pop(figure.pk, None), desk.ledger.count
        key, values = {"report": desk.report, "figure": figure}, {"value": each.value, "note": each.note}
        at(desk.ledger, f"{desk.path}.figures[{number}]").write(row, FigureValue, key, values, {"version": 1})
        if row is not None and desk.ledger.count != before:
            FigureValue.objects.filter(pk=row.pk).update(version=F("version") + 1, edited_by=None)
    left = [row for row in rows.values() if row.value is not None or row.note]
    desk.ledger.drop(left)


def write_tables(part: ReportPart, desk: Desk) -> None:
    told = {(each.section, each.key): (number, each) for number, each in enumerate(part.tables)}
    for table in desk.asked.tables:
        number, each = told.get((table.section.key, table.key), (0, TablePart("", "", ())))
        if list(each.rows) == cells_of(desk.report, table) or not (each.rows or desk.ledger.replace):
            continue
        if desk.is_sealed:
            desk.refuse(f"tables[{number}].rows")
            continue
        TableRow.objects.filter(report=desk.report, table=table).delete()
        keys = [column["key"] for column in table.columns]
        TableRow.objects.bulk_create(
            TableRow(report=desk.report, table=table, position=place, cells={key: row.get(key, "") for key in keys})
            for place, row in enumerate(each.rows)
        )
        desk.ledger.updated[name_of(TableRow)] += 1


def write_remarks(part: ReportPart, desk: Desk) -> None:
    rows = queues(((row.section, tidy(row.text)), row) for row in Remark.objects.filter(report=desk.report))
    for number, values in enumerate(part.remarks):
        row = first_of(rows, (values["section"], tidy(values["text"])))
        ledger = at(desk.ledger, f"{desk.path}.remarks[{number}]")
        write_dated(row, Remark, {"report": desk.report}, values, ledger, moment="made_at")
    desk.ledger.drop(row for queue in rows.values() for row in queue)


def write_versions(parts: tuple[TextVersionPart, ...], owner: Owner, asked: Asked, ledger: Ledger, path: str) -> None:
    """Versions never change and are never deleted: the same number with another content is a fault."""
    field = "report" if isinstance(owner, AgencyReport) else "review"
    rows = {row.number: row for row in TextVersion.objects.filter(**{field: owner})}
    for number, each in enumerate(parts):
        row = rows.get(each.number)
        if row is None:
            content = with_numbers(each.content, **asked.names)
            key = {field: owner, "number": each.number, "content": content}
            values = {"reason": each.reason, "made_at": each.made_at}
            where = at(ledger, f"{path}.versions[{number}]")
            write_dated(None, TextVersion, key, values, where, moment="made_at")
            continue
        content = cleaned(with_names(row.content, **asked.names))
        if (content, tidy(row.reason), row.made_at) != (each.content, each.reason, each.made_at):
            ledger.faults.append(Fault(f"{path}.versions[{number}]", FIXED))
