"""Danh sách đề nghị khen thưởng: collectives, persons, households, the higher award first."""

from dataclasses import replace

from khoithidua.web.downloads import xlsx_bytes
from reports.documents.blocks import Align, Annex, Block, Column, Note, Paper, Table, Width
from reports.documents.dossier import (
    KIND_WORDS,
    KINDS,
    DossierFacts,
    NomineeFacts,
    agency_letterhead,
    agency_signature,
    kind_counts,
    rows_by_kind,
    submission_number,
)
from reports.documents.words import long_date

HEADERS = (
    "STT",
    "Loại",
    "Họ tên, tên tập thể, hộ gia đình",
    "Chức vụ",
    "Đơn vị công tác, địa chỉ",
    "Hình thức đề nghị",
    "Căn cứ",
)


def compose(facts: DossierFacts) -> Paper:
    """The list alone: it goes with its tờ trình and has no number of its own (NĐ 30/2020, Phụ lục III)."""
    subject = f"{facts.title} ({kind_counts(facts.nominees)})" if facts.nominees else facts.title
    return Paper(
        name=f"Danh sách đề nghị khen thưởng {facts.code}",
        letterhead=replace(agency_letterhead(facts, "TTr"), number=""),
        kind="DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
        summary=subject,
        blocks=(Note(kept_with(facts)), *list_blocks(facts)),
        signature=agency_signature(facts),
    )


def annex(facts: DossierFacts) -> Annex | None:
    """The list behind a tờ trình; none without nominees."""
    if not facts.nominees:
        return None
    return Annex("Phụ lục", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", kept_with(facts), list_blocks(facts))


def kept_with(facts: DossierFacts) -> str:
    """ "(Kèm theo Tờ trình số 45/TTr-SYT ngày …)"; left open while there is no number."""
    if not facts.paper_number or facts.paper_date is None:
        return "(Kèm theo Tờ trình)"
    return f"(Kèm theo Tờ trình số {submission_number(facts)} {long_date(facts.paper_date)})"


def list_blocks(facts: DossierFacts) -> tuple[Block, ...]:
    """One table; each kind begins with its own line and its own numbering."""
    if not facts.nominees:
        return (Note("Hồ sơ chưa có trường hợp đề nghị nào."),)
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Họ tên, tên tập thể, hộ gia đình", Width.WIDE, heads=True),
        Column("Chức vụ, đơn vị công tác, địa chỉ", Width.WIDE),
        Column("Hình thức đề nghị", Width.WIDE),
    )
    nominees = [each for kind in KINDS for each in facts.of_kind(kind)]
    return (Table("", columns, rows_by_kind(nominees, kind=lambda each: each.kind, cells=cells_of)),)


def cells_of(place: int, each: NomineeFacts) -> tuple[str, ...]:
    return (str(place), each.name, each.where, each.award)


def workbook(facts: DossierFacts) -> bytes:
    """The same list as an Excel table, one row a nominee; text never becomes a formula."""
    rows = [
        (place, KIND_WORDS[each.kind].capitalize(), each.name, each.post, each.unit, each.award, each.branch)
        for place, each in enumerate((each for kind in KINDS for each in facts.of_kind(kind)), 1)
    ]
    return xlsx_bytes("Danh sách đề nghị khen thưởng", HEADERS, rows)
