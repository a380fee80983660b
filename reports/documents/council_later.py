"""Decisions that put right or take back an earlier one: what stood there and what holds now, name by name."""

from council.domain.decisions.later import RETURN_BASIS, RETURN_DAYS
from council.enums import DecisionKind
from reports.documents.blocks import Align, Annex, Column, Row, Table, Width
from reports.documents.council_decided import DecisionFacts, LineFacts, counts_by_kind, kept_with, kinds_named
from reports.documents.dossier import rows_by_kind
from reports.documents.words import lower_first, sentence_end

PARTS = ("tên", "chức vụ", "đơn vị, địa chỉ", "thành tích")


def articles(facts: DecisionFacts) -> list[list[str]]:
    """The articles before the last one; each a list of its paragraphs."""
    if not facts.lines or facts.corrected is None:
        return []
    return corrected(facts) if facts.kind == DecisionKind.CORRECTION else revoked(facts)


def why(facts: DecisionFacts) -> str:
    return f"Lý do: {sentence_end(lower_first(facts.reason))}" if facts.reason else ""


def corrected(facts: DecisionFacts) -> list[list[str]]:
    earlier = facts.corrected
    assert earlier is not None  # noqa: S101
    first = f"Đính chính nội dung của {counts_by_kind(facts.lines)} tại danh sách kèm theo {earlier.cited}"
    rest = f"Các nội dung khác của Quyết định số {earlier.number} không thay đổi."
    return [[f"{first} (có danh sách kèm theo). {why(facts)}".strip()], [rest]]


def revoked(facts: DecisionFacts) -> list[list[str]]:
    earlier = facts.corrected
    assert earlier is not None  # noqa: S101
    what = f"Hủy bỏ {earlier.cited}"
    if not facts.whole:
        what = f"Hủy bỏ kết quả khen thưởng của {counts_by_kind(facts.lines)} tại {earlier.cited}"
    give_back = (
        f"Các {kinds_named(facts.lines)} có tên tại Điều 1 nộp lại đầy đủ hiện vật khen thưởng và tiền thưởng đã nhận "
        f"trong thời hạn {RETURN_DAYS} ngày làm việc kể từ khi nhận được Quyết định này ({RETURN_BASIS})."
    )
    return [[f"{what} (có danh sách kèm theo). {why(facts)}".strip()], [give_back]]


def annexes(facts: DecisionFacts) -> list[Annex]:
    if not facts.lines:
        return []
    if facts.kind == DecisionKind.CORRECTION:
        return [Annex("Phụ lục", "NỘI DUNG ĐÍNH CHÍNH", kept_with(facts), (corrections(facts),))]
    return [Annex("Phụ lục", "DANH SÁCH HỦY BỎ KẾT QUẢ KHEN THƯỞNG", kept_with(facts), (revocations(facts),))]


def corrections(facts: DecisionFacts) -> Table:
    """Only the parts that differ, before and now."""
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Trường hợp", Width.WIDE, heads=True),
        Column("Nội dung đã ghi", Width.WIDE),
        Column("Nội dung đính chính", Width.WIDE),
    )
    rows = tuple(
        Row((str(place), f"{line.before[0] if line.before else line.name} ({line.award})", *changes(line)))
        for place, line in enumerate(facts.lines, 1)
    )
    return Table("", columns, rows)


def changes(line: LineFacts) -> tuple[str, str]:
    """What was written and what is to be read; "không thay đổi" where nothing differs."""
    differing = [(part, old, new) for part, old, new in zip(PARTS, line.before, line.words, strict=False) if old != new]
    if not differing:
        return ("không thay đổi", "không thay đổi")
    old = "; ".join(f"{part}: {text or '(để trống)'}" for part, text, _ in differing)
    new = "; ".join(f"{part}: {text or '(để trống)'}" for part, _, text in differing)
    return (old, new)


def revocations(facts: DecisionFacts) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Họ tên, tên tập thể, hộ gia đình", Width.WIDE, heads=True),
        Column("Chức vụ, đơn vị công tác, địa chỉ", Width.WIDE),
        Column("Hình thức đã tặng", Width.WIDE),
    )
    rows = rows_by_kind(
        facts.lines,
        kind=lambda line: line.kind,
        cells=lambda place, line: (str(place), line.name, line.where, line.award),
    )
    return Table("", columns, rows)
