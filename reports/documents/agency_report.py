"""Báo cáo of one agency to its bloc: its words, its figures and its tables on its own letterhead."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from blocs.enums import BlocKind, Role
from reports.documents.blocks import (
    Align,
    Block,
    Column,
    Heading,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    Row,
    Table,
    Width,
)
from reports.documents.blocks import Signature as SigningPlace
from reports.documents.families import Form, form_of, symbol
from reports.documents.rich_text import parse
from reports.documents.words import NBSP, ROMAN, blank_date, dashes, figure, full_number, long_date
from reports.domain.asked import AskedFigure, AskedTable, asked_of
from reports.domain.passages import sections_of
from reports.enums import ReportState, RoundKind
from reports.models import AgencyReport

ABBREVIATION = "BC"


@dataclass(frozen=True)
class FigureFacts:
    label: str
    unit: str
    last: Decimal | None
    value: Decimal | None
    note: str


@dataclass(frozen=True)
class TableFacts:
    title: str
    columns: tuple[tuple[str, bool], ...]  # label, and whether it holds numbers
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SectionFacts:
    title: str
    text: str  # in plain marks
    figures: tuple[FigureFacts, ...]
    tables: tuple[TableFacts, ...]


@dataclass(frozen=True)
class AgencyReportFacts:
    """One report as it stands."""

    agency: str
    superior: str
    symbol: str
    agency_kind: str
    leader_title: str
    place: str
    bloc: str
    unit: str  # "Khối" or "Cụm"
    council: str
    head: str  # of the bloc, "" where the agency heads it itself
    year: int
    kind: str
    title: str  # of the round, where it has one
    basis: str
    sent_on: date | None  # None: a draft
    sections: tuple[SectionFacts, ...]


def collect(report: AgencyReport) -> AgencyReportFacts:
    """Eight queries at most besides what the figures of the records ask."""
    year, agency, round_ = report.bloc_year, report.agency, report.round
    council = year.bloc.council
    head = year.memberships.filter(role=Role.HEAD).exclude(agency=agency).select_related("agency").first()
    asked = asked_of(report)
    is_sent = report.state in (ReportState.SIGNED_OFF, ReportState.RECEIVED)
    return AgencyReportFacts(
        agency=agency.name,
        superior=agency.superior,
        symbol=agency.symbol,
        agency_kind=agency.kind,
        leader_title=agency.leader_title,
        place=council.place or council.province,
        bloc=year.bloc.name,
        unit="Cụm" if year.bloc.kind == BlocKind.CLUSTER else "Khối",
        council=council.name,
        head=head.agency.name if head else "",
        year=year.year,
        kind=report.kind,
        title=round_.title if round_ else "",
        basis=round_.basis if round_ else "",
        sent_on=timezone.localtime(report.sent_at).date() if is_sent and report.sent_at else None,
        sections=tuple(
            SectionFacts(
                each.label,
                each.text,
                tuple(figure_facts(x) for x in asked.figures.get(each.section, [])),
                tuple(table_facts(x) for x in asked.tables.get(each.section, []) if x.rows),
            )
            for each in sections_of(report)
        ),
    )


def figure_facts(asked: AskedFigure) -> FigureFacts:
    return FigureFacts(asked.figure.label, asked.unit, asked.last, asked.value, asked.note)


def table_facts(asked: AskedTable) -> TableFacts:
    columns = tuple((column["label"], column.get("kind") == "number") for column in asked.columns)
    return TableFacts(asked.table.title, columns, tuple(tuple(row) for row in asked.rows))


def compose(facts: AgencyReportFacts) -> Paper:
    """The number is its own clerk's to write; the day is that of sending."""
    form = form_of(facts.agency_kind)
    what = subject_words(facts)
    return Paper(
        name=f"Báo cáo {what} của {facts.agency}",
        letterhead=head_of(facts, form),
        kind="BÁO CÁO",
        summary=what[:1].upper() + what[1:],
        blocks=tuple(body(facts)),
        signature=SigningPlace(lines=(facts.leader_title.upper() or "THỦ TRƯỞNG ĐƠN VỊ",)),
        recipients=tuple(dashes(receivers(facts))),
    )


def head_of(facts: AgencyReportFacts, form: Form) -> Letterhead:
    letters = symbol(ABBREVIATION, facts.symbol, facts.agency_kind)
    return Letterhead(
        superior=facts.superior.upper(),
        issuer=facts.agency.upper(),
        number=f"{form.label}{full_number(NBSP * 6, letters)}",
        place_date=f"{facts.place}, {long_date(facts.sent_on) if facts.sent_on else blank_date(facts.year)}",
        draft=facts.sent_on is None,
        family=form.family,
    )


def subject_words(facts: AgencyReportFacts) -> str:
    if facts.kind == RoundKind.AD_HOC and facts.title:
        return facts.title[:1].lower() + facts.title[1:] if not facts.title.isupper() else facts.title
    period = f"6 tháng đầu năm {facts.year}" if facts.kind == RoundKind.MID_YEAR else f"năm {facts.year}"
    return f"kết quả công tác thi đua, khen thưởng {period}"


def receivers(facts: AgencyReportFacts) -> list[str]:
    head = f"{facts.head} (trưởng {facts.unit.lower()}, để tổng hợp)" if facts.head else facts.council
    return [head, "Lưu: VT"]


def body(facts: AgencyReportFacts) -> list[Block]:
    found: list[Block] = [Paragraph(opening(facts))]
    for number, section in enumerate(facts.sections):
        mark = ROMAN[number] if number < len(ROMAN) else str(number + 1)
        found.append(Heading(f"{mark}. {section.title.upper()}"))
        found += section_blocks(section)
    return found


def opening(facts: AgencyReportFacts) -> str:
    basis = f"Thực hiện {facts.basis.rstrip(' .,;')}, " if facts.basis else ""
    return f"{basis}{facts.agency} báo cáo {subject_words(facts)} như sau:"


def section_blocks(section: SectionFacts) -> list[Block]:
    blocks: list[Block] = list(parse(section.text))
    if section.figures:
        blocks.append(figure_table(section.figures))
    for table in section.tables:
        blocks.append(own_table(table))
    return blocks or [Note("(Chưa có nội dung.)")]


def figure_table(figures: tuple[FigureFacts, ...]) -> Table:
    """Unknown figures are a dash; columns of notes and of the period before stand where there is anything in them."""
    with_last = any(each.last is not None for each in figures)
    with_note = any(each.note for each in figures)
    columns = [Column("Chỉ tiêu", Width.WIDE, heads=True), Column("Đơn vị tính", Width.NARROW, Align.CENTER)]
    columns += [Column("Kỳ trước", Width.MIDDLE, Align.RIGHT)] if with_last else []
    columns += [Column("Kỳ này", Width.MIDDLE, Align.RIGHT)]
    columns += [Column("Ghi chú", Width.MIDDLE)] if with_note else []
    rows = []
    for each in figures:
        cells = [each.label, each.unit]
        cells += [figure(each.last)] if with_last else []
        cells += [figure(each.value)]
        cells += [each.note] if with_note else []
        rows.append(Row(tuple(cells)))
    return Table("Số liệu trong kỳ", tuple(columns), tuple(rows))


def own_table(table: TableFacts) -> Table:
    columns = (
        Column("STT", Width.TINY, Align.CENTER),
        *(Column(label, align=Align.RIGHT if number else Align.LEFT) for label, number in table.columns),
    )
    rows = tuple(Row((str(number), *row)) for number, row in enumerate(table.rows, 1))
    return Table(table.title, columns, rows)
