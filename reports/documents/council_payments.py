"""Danh sách chi tiền thưởng of an issued decision (NĐ 152/2025, Điều 49): formula, amounts, totals in words too.

What is not known is "chưa xác định" and is left out of the totals, with a note; what was revoked is paid nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from khoithidua.web.downloads import xlsx_bytes
from reports.documents.amounts import UNKNOWN_AMOUNT, dong, money_words
from reports.documents.blocks import (
    Align,
    Annex,
    Block,
    Column,
    Note,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    Width,
)
from reports.documents.council import standing_letterhead
from reports.documents.council_decided import DecisionFacts, LineFacts, kept_with
from reports.documents.dossier import KIND_WORDS, KINDS
from reports.documents.words import counted, listed_apart, long_date

HEADERS = ("STT", "Loại", "Họ tên, tên tập thể, hộ gia đình", "Chức vụ", "Đơn vị, địa chỉ", "Hình thức", "Cách tính")
MONEY_HEADERS = ("Số tiền (đồng)", "Ghi chú")
NAMED = 20


@dataclass(frozen=True)
class Sums:
    """What is to be paid of some lines, in đồng; ``unknown`` are not in the total."""

    total: int
    paid: int
    unknown: tuple[LineFacts, ...]
    revoked: tuple[LineFacts, ...]


def sums_of(lines: Iterable[LineFacts]) -> Sums:
    rows = list(lines)
    standing = [line for line in rows if line.revoked_on is None]
    known = [line.amount for line in standing if line.amount is not None]
    return Sums(
        total=sum(known),
        paid=len(known),
        unknown=tuple(line for line in standing if line.amount is None),
        revoked=tuple(line for line in rows if line.revoked_on is not None),
    )


def compose(facts: DecisionFacts) -> Paper:
    day = f" {long_date(facts.issued_on)}" if facts.issued_on else ""
    subject = f"Theo Quyết định số {facts.number}{day} của {facts.authority}"
    return Paper(
        name=f"Danh sách chi tiền thưởng theo Quyết định {facts.number.strip()}",
        letterhead=standing_letterhead(facts.council, "", draft=False),
        kind="DANH SÁCH CHI TIỀN THƯỞNG",
        summary=subject,
        blocks=tuple(body(facts)),
        signatories=(
            Signature(lines=("NGƯỜI LẬP BIỂU",)),
            Signature(lines=("PHỤ TRÁCH KẾ TOÁN",)),
            Signature(lines=("THỦ TRƯỞNG ĐƠN VỊ",)),
        ),
        annexes=(annex(facts),) if facts.lines else (),
    )


def body(facts: DecisionFacts) -> list[Block]:
    if not facts.lines:
        return [Paragraph("Quyết định chưa có trường hợp nào để chi tiền thưởng.")]
    found = sums_of(facts.lines)
    blocks: list[Block] = [
        Paragraph(f"Nguồn kinh phí: {facts.council.fund}."),
        summary(facts, found),
    ]
    if found.paid:
        blocks.append(Paragraph(f"Tổng số tiền: {dong(found.total)} đồng. Bằng chữ: {money_words(found.total)}."))
    else:
        blocks.append(Paragraph(f"Tổng số tiền: {UNKNOWN_AMOUNT}."))
    return [*blocks, *[Note(line) for line in notes(found)]]


def notes(found: Sums) -> list[str]:
    lines = []
    if found.unknown:
        lines.append(
            f"{counted(len(found.unknown))} trường hợp chưa xác định mức tiền thưởng, chưa tính vào tổng số: "
            f"{some(found.unknown)}."
        )
    if found.revoked:
        lines.append(f"{counted(len(found.revoked))} trường hợp đã bị hủy bỏ, không chi: {some(found.revoked)}.")
    return lines


def some(lines: tuple[LineFacts, ...]) -> str:
    names = listed_apart(line.name for line in lines[:NAMED])
    return names if len(lines) <= NAMED else f"{names} và {len(lines) - NAMED} trường hợp khác"


def summary(facts: DecisionFacts, whole: Sums) -> Table:
    """Cases and money by award and kind, then the total."""
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Hình thức", Width.WIDE, heads=True),
        Column("Đối tượng", Width.MIDDLE),
        Column("Số trường hợp", Width.MIDDLE, Align.CENTER),
        Column("Số tiền (đồng)", Width.MIDDLE, Align.RIGHT),
    )
    rows: list[Row] = []
    for award, lines in facts.by_award().items():
        for kind in KINDS:
            if own := [line for line in lines if line.kind == kind]:
                cells = (award, KIND_WORDS[kind].capitalize(), counted(len(own)), total_words(sums_of(own)))
                rows.append(Row((str(len(rows) + 1), *cells)))
    rows.append(Row(("", "Tổng cộng", "", counted(len(facts.lines)), total_words(whole)), strong=True))
    return Table("Tổng hợp", columns, tuple(rows))


def total_words(found: Sums) -> str:
    """The sum of what is known; where nothing is known, that it is not. All revoked is 0."""
    return dong(found.total) if found.paid or not found.unknown else UNKNOWN_AMOUNT


def annex(facts: DecisionFacts) -> Annex:
    columns = (
        Column("TT", Width.SNUG, Align.CENTER),
        Column("Họ tên, tên tập thể, hộ gia đình", Width.WIDE, heads=True),
        Column("Chức vụ, đơn vị công tác, địa chỉ", Width.WIDE),
        Column("Hình thức", Width.WIDE),
        Column("Cách tính", Width.WIDE),
        Column("Số tiền (đồng)", Width.MIDDLE, Align.RIGHT),
        Column("Ký nhận, ghi chú", Width.MIDDLE),
    )
    rows = [
        Row((str(place), line.name, line.where, line.award, line.formula, to_pay(line), remark(line)))
        for place, line in enumerate(ordered(facts), 1)
    ]
    rows.append(Row(("", "Tổng cộng", "", "", "", total_words(sums_of(facts.lines)), ""), strong=True))
    table = Table("", columns, tuple(rows))
    return Annex("Phụ lục", "DANH SÁCH CHI TIẾT", kept_with(facts), (table,), landscape=True)


def ordered(facts: DecisionFacts) -> list[LineFacts]:
    return [line for lines in facts.by_award().values() for line in lines]


def to_pay(line: LineFacts) -> str:
    return "0" if line.revoked_on is not None else dong(line.amount)


def remark(line: LineFacts) -> str:
    return f"Đã hủy bỏ ngày {line.revoked_on:%d/%m/%Y}" if line.revoked_on is not None else ""


def workbook(facts: DecisionFacts) -> bytes:
    """The same list for Excel: amounts are numbers, unknown ones words, the total under them."""
    rows: list[tuple[object, ...]] = []
    for place, line in enumerate(ordered(facts), 1):
        amount: object = 0 if line.revoked_on is not None else line.amount
        kind = KIND_WORDS[line.kind].capitalize()
        cells = (place, kind, line.name, line.post, line.unit, line.award, line.formula)
        rows.append((*cells, UNKNOWN_AMOUNT if amount is None else amount, remark(line)))
    found = sums_of(facts.lines)
    total: object = found.total if found.paid or not found.unknown else UNKNOWN_AMOUNT
    rows.append(("", "", "Tổng cộng", "", "", "", "", total, " ".join(notes(found))))
    return xlsx_bytes("Danh sách chi tiền thưởng", (*HEADERS, *MONEY_HEADERS), rows)
