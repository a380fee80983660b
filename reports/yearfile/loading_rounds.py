"""Reporting rounds from a year file. What the province opened is its own: a bloc's file never changes it."""

from collections.abc import Iterable
from typing import Any

from accounts.domain import audit
from blocs.domain.workflow import restore_state
from khoithidua.web.text import tidy
from reports.enums import RoundKind, RoundState
from reports.models import FigureValue, ReportRound, RoundExtension, RoundFigure, RoundSection, RoundTable, TableRow
from reports.yearfile.dumping_reports import BROUGHT, PROVINCE, dump_section
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.rows import Ledger, M, bare, first_of, queues, same, says
from reports.yearfile.schema import YearFile
from reports.yearfile.schema_reports import ReportRoundPart, SectionPart
from reports.yearfile.sealed import at, sealed

PROVINCES = "Đợt báo cáo này do tỉnh mở nên tệp của khối không sửa được."
IN_USE = "Đã có đơn vị nhập số liệu này nên không đổi được kiểu số và nguồn số liệu."
COLUMN_IN_USE = "Cột «{}» đã có số liệu của đơn vị nên không bỏ được."


def write_rounds(year_file: YearFile, place: Place, ledger: Ledger) -> list[ReportRound]:
    """The rounds of the file, in its order."""
    rows = ReportRound.objects.filter(bloc_year=place.bloc_year).order_by("pk")
    known = queues((identity(row.kind, row.title), row) for row in rows)
    written = []
    for number, part in enumerate(year_file.report_rounds):
        row = first_of(known, identity(part.kind, part.values["title"]))
        written.append(write_round(part, row, place, ledger, f"report_rounds[{number}]"))
    rest = [row.pk for queue in known.values() for row in queue]
    # What the province opened, and what reports were written in, is not the file's to delete.
    ledger.drop(ReportRound.objects.filter(pk__in=rest, parent__isnull=True, reports__isnull=True))
    return written


def identity(kind: str, title: str) -> tuple[str, str]:
    return kind, tidy(title) if kind == RoundKind.AD_HOC else ""


def write_round(part: ReportRoundPart, row: ReportRound | None, place: Place, ledger: Ledger, path: str) -> ReportRound:
    before, is_new = ledger.count, row is None
    parent = row.parent if row is not None else provinces_round(part, place)
    held_by = sealed(ledger, path, PROVINCES) if parent is not None else ledger
    key = {"council": place.council, "bloc_year": place.bloc_year, "kind": part.kind, "year": place.bloc_year.year}
    born = {"state": part.state or RoundState.DRAFT.value, "parent": parent}
    found = (ledger if is_new else held_by).write(row, ReportRound, key, part.values, born)
    write_sections(part.sections, parent or found, held_by, path)
    write_extensions(part, found, place, ledger)
    if part.state and found.state != part.state:
        restore_state(found, part.state, source=SOURCE)
        ledger.updated["trạng thái"] += 1
    if ledger.count != before:
        after: dict[str, Any] = {"số mục của đề cương": len(part.sections)}
        after |= {PROVINCE: True} if part.province and is_new else {}
        audit.record(found, BROUGHT, actor=None, after=after)
    return found


def provinces_round(part: ReportRoundPart, place: Place) -> ReportRound | None:
    """The province's round that this one stood under, where this system has it with the same outline."""
    if not part.province:
        return None
    title = tidy(part.values["title"])
    rows = ReportRound.objects.filter(
        council=place.council, bloc_year__isnull=True, kind=part.kind, year=place.bloc_year.year
    ).order_by("pk")
    free = rows.exclude(children__bloc_year=place.bloc_year)
    return next((row for row in free if tidy(row.title) == title and has_outline(row, part.sections)), None)


def has_outline(row: ReportRound, parts: tuple[SectionPart, ...]) -> bool:
    """Whether ``row`` asks exactly what the file tells."""
    held = {each.key: dump_section(each) for each in row.sections.all()}
    return list(held) == [part.key for part in parts] and all(agrees(held[part.key], part) for part in parts)


def agrees(held: dict[str, Any], part: SectionPart) -> bool:
    pairs = [(held, part.values)]
    for name, asked in (("figures", part.figures), ("tables", part.tables)):
        rows = {row["key"]: row for row in held.get(name, ())}
        if list(rows) != [each.key for each in asked]:
            return False
        pairs += [(rows[each.key], each.values) for each in asked]
    told = ((row.get(name), bare(value)) for row, values in pairs for name, value in values.items())
    return all(same(old or None, new or None) for old, new in told)


def write_sections(parts: Iterable[SectionPart], outline: ReportRound, ledger: Ledger, path: str) -> None:
    rows = {row.key: row for row in RoundSection.objects.filter(round=outline)}
    ordered = []
    for number, part in enumerate(parts):
        where = f"{path}.sections[{number}]"
        key = {"round": outline, "key": part.key}
        row = at(ledger, where).write(
            rows.pop(part.key, None), RoundSection, key, part.values, {"position": number + 1}
        )
        if row.pk:
            ordered.append(row)
            write_asked(part, row, ledger, where)
    ledger.drop(rows.values())
    arrange(ordered, ledger)


def write_asked(part: SectionPart, section: RoundSection, ledger: Ledger, path: str) -> None:
    """Figures and tables of one section. Nothing that was filled in loses its meaning."""
    figures = {row.key: row for row in RoundFigure.objects.filter(section=section)}
    tables = {row.key: row for row in RoundTable.objects.filter(section=section)}
    for kind, rows, asked in (("figures", figures, part.figures), ("tables", tables, part.tables)):
        model = RoundFigure if kind == "figures" else RoundTable
        ordered: list[Any] = []
        for number, each in enumerate(asked):
            where = f"{path}.{kind}[{number}]"
            held: Any = rows.pop(each.key, None)
            if held is not None:
                refuse_loss(held, each.values, ledger, where)
            key = {"section": section, "key": each.key}
            row = at(ledger, where).write(held, model, key, each.values, {"position": number + 1})
            ordered += [row] if row.pk else []
        ledger.drop(rows.values())
        arrange(ordered, ledger)


def arrange(rows: list[Any], ledger: Ledger) -> None:
    """Renumber where the positions do not give this order; a sealed ledger leaves them."""
    places = [row.position for row in rows]
    if places != sorted(set(places)):
        ledger.arrange(rows)


def refuse_loss(held: RoundFigure | RoundTable, values: dict[str, Any], ledger: Ledger, path: str) -> None:
    if isinstance(held, RoundFigure):
        other = [name for name in ("kind", "source") if says(values[name]) and getattr(held, name) != values[name]]
        if other and FigureValue.objects.filter(figure=held).exists():
            ledger.faults.append(Fault(f"{path}.{other[0]}", IN_USE))
        return
    kept = {column["key"] for column in values["columns"]}
    used = {key for row in TableRow.objects.filter(table=held) for key, value in row.cells.items() if value}
    for column in held.columns:
        if values["columns"] and column["key"] in used - kept:
            ledger.faults.append(Fault(f"{path}.columns", COLUMN_IN_USE.format(column["label"])))


def write_extensions(part: ReportRoundPart, row: ReportRound, place: Place, ledger: Ledger) -> None:
    rows = queues(
        ((each.agency_id, each.due, tidy(each.reason)), each) for each in RoundExtension.objects.filter(round=row)
    )
    for each in part.extensions:
        agency = place.agencies[each.agency]
        held = first_of(rows, (agency.pk, each.values["due"], tidy(each.values["reason"])))
        key = {"round": row, "agency": agency}
        write_dated(held, RoundExtension, key, each.values, ledger, moment="granted_at")
    ledger.drop(each for queue in rows.values() for each in queue)


def write_dated(
    row: M | None, model: type[M], key: dict[str, Any], values: dict[str, Any], ledger: Ledger, *, moment: str
) -> M:
    """``ledger.write`` for a model that stamps its rows: they keep the moment that the file tells."""
    made = ledger.write(row, model, key, values)
    if row is None and made.pk and says(values[moment]):
        model._base_manager.filter(pk=made.pk).update(**{moment: values[moment]})
        setattr(made, moment, values[moment])
    return made
