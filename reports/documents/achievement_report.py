"""Báo cáo thành tích of one nominee, by the sections of its form (domain.md B3.2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from awards.domain.report_forms import form_for
from awards.enums import SubjectKind
from awards.models import AwardRecord, Nomination
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
    Signature,
    Table,
    Width,
)
from reports.documents.dossier import DossierFacts, collect_dossier, place_date
from reports.documents.words import lower_first, sentence_end

LABELS: dict[str, str] = {
    SubjectKind.INDIVIDUAL: "Họ và tên",
    SubjectKind.COLLECTIVE: "Tên tập thể",
    SubjectKind.HOUSEHOLD: "Hộ gia đình",
}


@dataclass(frozen=True)
class HeldFacts:
    """An award of the register, for the table of part III."""

    year: int
    award: str
    decision: str


@dataclass(frozen=True)
class ReportFacts:
    dossier: DossierFacts
    kind: str
    name: str
    unit: str
    post: str
    award: str
    number: str  # of the form, "05"
    sections: tuple[tuple[str, tuple[str, ...]], ...]  # title and paragraphs
    held: tuple[HeldFacts, ...]


def collect(nomination: Nomination) -> ReportFacts:
    form = form_for(nomination)
    texts = {row.section: row.text for row in nomination.texts.all()}
    sections = [(each.label, lines_of(texts.get(each.code, ""))) for each in form.sections]
    rows: Any = AwardRecord.objects.filter(subject=nomination.subject_id, revoked_on__isnull=True)
    return ReportFacts(
        dossier=collect_dossier(nomination.dossier),
        kind=nomination.subject.kind,
        name=nomination.name,
        unit=nomination.unit,
        post=nomination.post,
        award=nomination.award.name,
        number=form.number,
        sections=tuple(sections),
        held=tuple(
            HeldFacts(row.year, row.award.name, decision_words(row.decision_number, row.decided_on, row.issuer))
            for row in rows.select_related("award").order_by("year", "decided_on", "pk")
        ),
    )


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def decision_words(number: str, day: date | None, issuer: str) -> str:
    """ "Quyết định số 812/QĐ-UBND ngày 12/03/2019 của Chủ tịch UBND tỉnh"; what is not known is left out."""
    parts = [f"số {number}" if number else "", f"ngày {day:%d/%m/%Y}" if day else "", f"của {issuer}" if issuer else ""]
    told = " ".join(part for part in parts if part)
    return f"Quyết định {told}" if told else "chưa có thông tin về quyết định"


def compose(facts: ReportFacts) -> Paper:
    return Paper(
        name=f"Báo cáo thành tích của {facts.name}",
        letterhead=Letterhead(
            superior=facts.dossier.superior.upper() if facts.dossier.bloc is None else "",
            issuer=facts.dossier.agency.upper(),
            number="",
            place_date=place_date(facts.dossier),
            draft=facts.dossier.is_draft,
        ),
        kind="BÁO CÁO THÀNH TÍCH",
        summary=f"Đề nghị tặng {facts.award}",
        blocks=tuple(body(facts)),
        signatories=(
            Signature(lines=("XÁC NHẬN CỦA CẤP TRÌNH",)),
            Signature(
                lines=("THỦ TRƯỞNG ĐƠN VỊ",) if facts.kind != "individual" else ("NGƯỜI BÁO CÁO",), name=signer(facts)
            ),
        ),
        abreast=2,
    )


def is_person(facts: ReportFacts) -> bool:
    return facts.kind == SubjectKind.INDIVIDUAL


def signer(facts: ReportFacts) -> str:
    return facts.name if is_person(facts) else ""


def body(facts: ReportFacts) -> list[Block]:
    found: list[Block] = [Paragraph(sentence_end(line)) for line in opening(facts)]
    for title, lines in facts.sections:
        found.append(heading_of(title))
        found += [Paragraph(sentence_end(line)) for line in lines]
        if "khen thưởng" in title.lower():
            found.append(held_table(facts.held))
        elif not lines:
            found.append(Note("(Chưa có nội dung.)"))
    return found


def heading_of(label: str) -> Heading:
    """Parts "II. …" in capitals; parts of a part ("II.1. …") as they are written."""
    number = label.split(" ", 1)[0].rstrip(".")
    return Heading(label, level=2) if "." in number else Heading(label.upper())


def opening(facts: ReportFacts) -> list[str]:
    named = (
        "Họ và tên" if facts.kind == "individual" else "Tên tập thể" if facts.kind == "collective" else "Hộ gia đình"
    )
    lines = [f"{named}: {facts.name}"]
    if facts.post:
        lines.append(f"Chức vụ: {lower_first(facts.post) if facts.post.isupper() else facts.post}")
    if facts.unit:
        lines.append(f"Đơn vị công tác, địa chỉ: {facts.unit}")
    return lines


def held_table(held: tuple[HeldFacts, ...]) -> Block:
    """Awards of the register; never typed."""
    if not held:
        return Note("Chưa có danh hiệu thi đua, hình thức khen thưởng nào được ghi nhận trong sổ.")
    columns = (
        Column("Năm", Width.NARROW, Align.CENTER),
        Column("Danh hiệu thi đua, hình thức khen thưởng", Width.WIDE, heads=True),
        Column("Số, ngày, tháng, năm của quyết định; cơ quan ban hành", Width.WIDE),
    )
    return Table("", columns, tuple(Row((str(each.year), each.award, each.decision)) for each in held))
