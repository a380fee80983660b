"""Biên bản bàn giao trưởng khối (domain-2.md part 4; NĐ 30/2020, Mẫu 1.9): what passes to the next head.

No place-and-date line. What nobody recorded is left to the pen.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from awards.enums import DossierState
from awards.models import Dossier
from blocs.enums import PetitionStatus
from blocs.models import Agency, BlocYear, Membership, Succession
from reports.documents.bloc import BlocFacts, IssueFacts, letterhead, recipients
from reports.documents.blocks import Align, Block, Column, Heading, Paper, Paragraph, Row, Signature, Table, Width
from reports.documents.meeting import PEN
from reports.documents.words import counted, dashes, listed_apart, long_date, lower_first, unnumbered
from reports.documents.written import WrittenFacts, collect_written
from reports.models import IssuedDocument
from scoring.models import Evidence

KIND = "handover-minutes"
ABBREVIATION = "BB"
NOTHING_OPEN = f"Hệ thống chưa ghi nhận công việc nào chưa hoàn thành; việc khác: {PEN}"


@dataclass(frozen=True)
class PaperFacts:
    number: str
    issued_on: date
    title: str


@dataclass(frozen=True)
class HandoverFacts:
    written: WrittenFacts
    next_head: str
    next_deputies: tuple[str, ...]
    receiver: str  # who acts for the next head, where next year's composition says so
    handed_over_on: date | None
    items: tuple[str, ...]
    papers: tuple[PaperFacts, ...]
    holdings: tuple[str, ...]
    unfinished: tuple[str, ...]

    @property
    def values(self) -> dict[str, str]:
        return self.written.values | {
            "truong_khoi_sau": self.next_head,
            "pho_khoi_sau": listed_apart(self.next_deputies),
            "ngay_ban_giao": long_date(self.handed_over_on) if self.handed_over_on else "",
        }


def collect(bloc_year: BlocYear) -> HandoverFacts:
    found = Succession.objects.filter(bloc_year=bloc_year).select_related("head").first()
    issued = IssuedDocument.objects.filter(bloc_year=bloc_year).order_by("issued_on", "number")
    return HandoverFacts(
        written=collect_written(KIND, bloc_year),
        next_head=found.head.name if found and found.head else "",
        next_deputies=tuple(agency.name for agency in found.deputies.all()) if found else (),
        receiver=receiver_of(bloc_year, found.head) if found and found.head else "",
        handed_over_on=found.handed_over_on if found else None,
        items=tuple(line.strip() for line in found.items.splitlines() if line.strip()) if found else (),
        papers=tuple(PaperFacts(row.full_number, row.issued_on, row.title) for row in issued),
        holdings=tuple(holdings_of(bloc_year)),
        unfinished=tuple(unfinished_of(bloc_year)),
    )


def receiver_of(bloc_year: BlocYear, head: Agency) -> str:
    """The person of the next head: of next year's composition, else of this year's."""
    rows = Membership.objects.filter(bloc_year__bloc=bloc_year.bloc_id, agency=head)
    for year in (bloc_year.year + 1, bloc_year.year):
        row = rows.filter(bloc_year__year=year).exclude(person="").first()
        if row is not None:
            return ", ".join(part for part in (row.person, row.person_title) if part)
    return ""


def holdings_of(bloc_year: BlocYear) -> list[str]:
    """Files and rows that pass on; what there is none of is left out."""
    counts = (
        (bloc_year.sheets.count(), "phiếu chấm điểm của các đơn vị"),
        (Evidence.objects.filter(sheet__bloc_year=bloc_year).count(), "minh chứng chấm điểm"),
        (bloc_year.polls.counted().count(), "cuộc bỏ phiếu đã kiểm"),
        (bloc_year.conferences.count(), "hội nghị đã ghi nhận"),
        (sent_dossiers(bloc_year).count(), "hồ sơ đề nghị khen thưởng đã gửi"),
    )
    return [f"{counted(number)} {what}" for number, what in counts if number]


def sent_dossiers(bloc_year: BlocYear) -> QuerySet[Dossier]:
    """Of one that is still written only its writers know."""
    return bloc_year.dossiers.exclude(state__in=[DossierState.DRAFT, DossierState.SIGNED_OFF])


def unfinished_of(bloc_year: BlocYear) -> list[str]:
    """Petitions that are not settled, dossiers under way, movements that go on."""
    waiting = bloc_year.petitions.filter(status__in=[PetitionStatus.OPEN, PetitionStatus.VERIFYING]).order_by("pk")
    lines = [
        f"Đơn thư về {row.agency.name}: {row.get_status_display().lower()}" for row in waiting.select_related("agency")
    ]
    under_way = sent_dossiers(bloc_year).exclude(state=DossierState.CONCLUDED).order_by("pk")
    lines += [f"Hồ sơ đề nghị khen thưởng {row.code}: {row.get_state_display().lower()}" for row in under_way]
    later = bloc_year.movements.filter(movement__ends__gt=bloc_year.year).select_related("movement")
    lines += [f"Phong trào “{row.movement.name}” còn thực hiện đến năm {row.movement.ends}" for row in later]
    return lines


def compose(facts: HandoverFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.written.bloc
    subject = f"Bàn giao nhiệm vụ trưởng {bloc.unit_name} năm {bloc.year} sang năm {bloc.year + 1} của {bloc.name}"
    return Paper(
        name=f"Biên bản {lower_first(subject)}",
        letterhead=replace(letterhead(bloc, ABBREVIATION, issue), place_date=""),
        kind="BIÊN BẢN",
        summary=subject,
        blocks=tuple(body(facts)),
        signatories=(
            Signature(lines=("ĐẠI DIỆN BÊN NHẬN",), name=facts.receiver.split(",")[0]),
            Signature(lines=("ĐẠI DIỆN BÊN GIAO",), name=giver_of(bloc, issue)),
        ),
        abreast=2,
        recipients=recipients(bloc),
    )


def giver_of(bloc: BlocFacts, issue: IssueFacts | None) -> str:
    if issue is not None:
        return issue.signer_name
    return bloc.head.person if bloc.head else ""


def body(facts: HandoverFacts) -> list[Block]:
    day = long_date(facts.handed_over_on) if facts.handed_over_on else f"ngày {PEN} tháng {PEN} năm {PEN}"
    return [
        Paragraph(f"Thời gian bắt đầu: {PEN} giờ {PEN}, {day}."),
        Paragraph(f"Địa điểm: {PEN}"),
        *facts.written.blocks("grounds", facts.values),
        Heading("I. THÀNH PHẦN"),
        *parties(facts),
        Heading("II. NỘI DUNG BÀN GIAO"),
        Heading("1. Văn bản đã ban hành trong năm", level=2),
        *papers(facts),
        Heading("2. Hồ sơ, tài liệu, tài sản khác", level=2),
        *[Paragraph(line) for line in dashes([*map(unnumbered, facts.items), *facts.holdings] or [PEN])],
        Heading("3. Công việc chưa hoàn thành", level=2),
        *[
            Paragraph(line)
            for line in dashes(
                facts.unfinished or [f"Hệ thống chưa ghi nhận công việc nào chưa hoàn thành; việc khác: {PEN}"]
            )
        ],
        Heading("III. CAM KẾT CỦA HAI BÊN"),
        *facts.written.blocks("undertaking", facts.values),
        Paragraph(f"Việc bàn giao kết thúc vào {PEN} giờ {PEN}, {day}."),
        *facts.written.blocks("closing", facts.values),
    ]


def parties(facts: HandoverFacts) -> list[Block]:
    bloc = facts.written.bloc
    giver = f"{bloc.head.name}{f' ({bloc.head.acting})' if bloc.head.acting else ''}" if bloc.head else PEN
    lines = [f"Bên giao: {giver}, trưởng {bloc.unit_name} năm {bloc.year}"]
    if facts.next_head:
        receiver = f" (đồng chí {facts.receiver})" if facts.receiver else ""
        lines.append(f"Bên nhận: {facts.next_head}{receiver}, trưởng {bloc.unit_name} năm {bloc.year + 1}")
    if facts.next_deputies:
        lines.append(f"Phó {bloc.unit_name} năm {bloc.year + 1}: {listed_apart(facts.next_deputies)}")
    lines.append(f"Chứng kiến: {PEN}")
    missing = (
        []
        if facts.next_head
        else [
            Paragraph(f"Chưa có thông tin về trưởng {bloc.unit_name} năm {bloc.year + 1} nên chưa ghi được bên nhận.")
        ]
    )
    return [*[Paragraph(line) for line in dashes(lines)], *missing]


def papers(facts: HandoverFacts) -> list[Block]:
    if not facts.papers:
        return [Paragraph(f"Chưa có văn bản nào được ban hành qua hệ thống trong năm {facts.written.bloc.year}.")]
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Số, ký hiệu", Width.MIDDLE),
        Column("Ngày ban hành", Width.MIDDLE, Align.CENTER),
        Column("Trích yếu", Width.WIDE, heads=True),
    )
    rows = tuple(
        Row((str(place), each.number, f"{each.issued_on:%d/%m/%Y}", each.title))
        for place, each in enumerate(facts.papers, 1)
    )
    return [Table("", columns, rows)]
