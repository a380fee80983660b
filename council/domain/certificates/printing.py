"""Printing certificates of a decision: which lines, on which form; numbers of the book come with the first printing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.models import AwardForm
from council.domain.certificates.book import enter_lines, in_force, spans
from council.domain.decisions.later import shown_texts
from council.models import CertificateLayout, CertificatePrint, Decision, DecisionLine

FARTHEST = Decimal(30)  # mm that a printer may be put right by
KIND_PREFIX = "bang-"  # of the background job's kind; the key of the printing follows


@dataclass(frozen=True)
class Printed:
    """A line in force, and the line whose text its certificate bears: its own, or its last correction's."""

    line: DecisionLine
    now: DecisionLine

    @property
    def is_corrected(self) -> bool:
        return self.line.pk != self.now.pk


def printed_lines(decision: Decision, keys: Collection[int] | None = None) -> list[Printed]:
    """Lines in force in decision order, all or those of ``keys``; two queries, however many."""
    rows = in_force(decision).select_related("award")
    lines = [row for row in rows if keys is None or row.pk in keys]
    now = shown_texts(lines)
    return [Printed(line, now[line.pk]) for line in lines]


def chosen_places(words: str, highest: int) -> set[int] | None:
    """Places of "1-20, 25" as a print dialog takes them; None for all. Raises TransitionRefused in a sentence."""
    if not words.strip():
        return None
    found: set[int] = set()
    for part in words.replace(";", ",").split(","):
        first, dash, last = (each.strip() for each in part.partition("-"))
        if not part.strip():
            continue
        if not (is_place(first) and (is_place(last) if dash else not last)):
            raise TransitionRefused("Số thứ tự chưa đúng. Hãy ghi như 1-20, 25 hoặc để trống để in tất cả.")
        low, high = int(first), int(last or first)
        if not 1 <= low <= high <= highest:
            raise TransitionRefused(f"Danh sách có số thứ tự từ 1 đến {highest}. Hãy ghi lại phần «{part.strip()}».")
        found |= set(range(low, high + 1))
    return found


def is_place(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6


@transaction.atomic
def print_certificates(
    decision: Decision,
    layout: CertificateLayout,
    *,
    lines: Sequence[DecisionLine],
    dx: Decimal,
    dy: Decimal,
    actor: User | None,
) -> CertificatePrint:
    """Enter the awards of ``lines`` into the book and record this printing, or one more of the same.

    Numbers go to every line in force of those awards, so that they follow the decision whichever part is printed
    first; one that is there stays. Raises TransitionRefused for no line, a revoked one, a form that is not for them.
    """
    held = Decision.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=decision.pk)
    layout = held_layout(layout)
    keys = [line.pk for line in lines]
    chosen = list(in_force(held).filter(pk__in=keys).select_related("award"))
    refuse_wrong(held, layout, chosen, asked=len(keys), offset=(dx, dy))
    enter_lines(held, awards=[line.award_id for line in chosen], actor=actor)
    again = {key for row in held.certificate_prints.all() for key in row.lines} & set(keys)
    made = CertificatePrint.objects.create(
        decision=held, layout=layout, lines=[line.pk for line in chosen], dx=dx, dy=dy, printed_by=actor
    )
    numbers = spans(list(in_force(held).filter(pk__in=keys)))
    words = {"Mẫu": layout.name, "Số bằng": len(chosen), "Số vào sổ": numbers}
    audit.record(held, "In lại bằng" if again else "In bằng", actor=actor, after=words | again_words(again))
    return made


def held_layout(layout: CertificateLayout) -> CertificateLayout:
    """As it is saved now, kept from being changed or deleted until the printing is recorded."""
    found = CertificateLayout.objects.select_for_update(of=("self",)).filter(pk=layout.pk).first()
    if found is None:
        raise TransitionRefused("Mẫu này vừa bị xóa. Hãy chọn mẫu khác.")
    return found


def again_words(again: Collection[int]) -> dict[str, int]:
    return {"Trong đó in lại": len(again)} if again else {}


def refuse_wrong(
    decision: Decision,
    layout: CertificateLayout,
    lines: Sequence[DecisionLine],
    *,
    asked: int,
    offset: tuple[Decimal, Decimal],
) -> None:
    if not lines:
        raise TransitionRefused("Không có trường hợp nào còn hiệu lực để in. Hãy chọn lại.")
    if len(lines) != asked:
        raise TransitionRefused("Có trường hợp vừa bị hủy bỏ. Hãy tải lại trang rồi in.")
    if layout.council_id != decision.council_id or not layout.active:
        raise TransitionRefused("Mẫu này không còn dùng. Hãy chọn mẫu khác.")
    if layout.issuer_id not in (None, decision.issuer_id):
        raise TransitionRefused("Mẫu này dành cho cơ quan ban hành khác. Hãy chọn mẫu khác.")
    others = {line.award for line in lines if layout.award_id not in (None, line.award_id)}
    if others:
        raise TransitionRefused(
            f"Mẫu «{layout.name}» không dành cho {names_of(others)}. Hãy chọn hình thức cần in, hoặc chọn mẫu khác."
        )
    if not layout.elements.exists():
        raise TransitionRefused(f"Mẫu «{layout.name}» chưa có nội dung nào. Hãy thêm nội dung cho mẫu.")
    if any(not each.is_finite() or abs(each) > FARTHEST for each in offset):
        raise TransitionRefused(f"Độ dịch của máy in từ -{FARTHEST} đến {FARTHEST} mm.")


def names_of(awards: Collection[AwardForm]) -> str:
    return ", ".join(sorted(each.name for each in awards))
