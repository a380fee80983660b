"""Sổ bằng: certificates are numbered per issuer, award and year of the decision, each once, in decision order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.models import AwardForm
from council.enums import DecisionKind, DecisionState, IssuerKind
from council.models import CertificateBook, Decision, DecisionLine, Issuer

HIGHEST = 999_999
CHUNK = 500
FIRST_YEAR, LAST_YEAR = 1945, 2100


def has_certificates(decision: Decision) -> bool:
    """Awards that were decided here: not a draft, no correction, not what a higher authority prints itself."""
    awarded = decision.kind == DecisionKind.AWARD and decision.state != DecisionState.DRAFT
    return awarded and decision.issuer.kind != IssuerKind.STATE


def in_force(decision: Decision) -> QuerySet[DecisionLine]:
    """Lines that a certificate may be printed for, in decision order."""
    return decision.lines.filter(revoked_on__isnull=True).order_by("position", "pk")


@transaction.atomic
def enter_lines(decision: Decision, *, awards: Sequence[int], actor: User | None) -> int:
    """Number every line in force of ``awards`` that has no number yet, in decision order; how many were numbered.

    The books' rows are locked in one order, so who comes at the same moment waits, then finds the lines numbered.
    Raises TransitionRefused where ``has_certificates`` is False.
    """
    if not has_certificates(decision):
        raise TransitionRefused("Chỉ vào sổ bằng cho quyết định khen thưởng đã ban hành của tỉnh, của đơn vị.")
    numbered: list[DecisionLine] = []
    for award in sorted({*awards}):
        book = locked_book(decision.issuer_id, award, year_of(decision))
        fresh = list(in_force(decision).filter(award=award, book_number__isnull=True))
        if not fresh:
            continue
        start = last_of(book)
        for number, line in enumerate(fresh, start + 1):
            line.book_number, line.book_year = number, book.year
        book.last = start + len(fresh)
        book.save(update_fields=["last"])
        numbered += fresh
    DecisionLine.objects.bulk_update(numbered, ["book_number", "book_year"], batch_size=CHUNK)
    if numbered:
        audit.record(decision, "Vào sổ bằng", actor=actor, after={"Số bằng": len(numbered), "Số": spans(numbered)})
    return len(numbered)


def year_of(decision: Decision) -> int:
    assert decision.issued_on is not None  # noqa: S101 (what is issued has its day, the database holds that)
    return decision.issued_on.year


def locked_book(issuer: int, award: int, year: int) -> CertificateBook:
    key: dict[str, Any] = {"issuer_id": issuer, "award_id": award, "year": year}
    CertificateBook.objects.get_or_create(**key)
    return CertificateBook.objects.select_for_update(of=("self",)).get(**key)


def lines_in(book: CertificateBook) -> QuerySet[DecisionLine]:
    """Every line that has a number of this book, revoked ones too."""
    of_book = {"decision__issuer": book.issuer_id, "award": book.award_id, "book_year": book.year}
    return DecisionLine.objects.filter(**of_book, book_number__isnull=False)


def last_of(book: CertificateBook) -> int:
    return max(book.last, lines_in(book).aggregate(highest=Max("book_number"))["highest"] or 0)


@transaction.atomic
def begin_book(issuer: Issuer, award: AwardForm, year: int, *, last: int, actor: User | None) -> CertificateBook:
    """Say the last number of a book that was kept on paper before; the next certificate gets the one after it.

    Once, and only before this book has given a number. Raises TransitionRefused. Recorded in the issuer's history.
    """
    if not (1 <= last <= HIGHEST and FIRST_YEAR <= year <= LAST_YEAR):
        raise TransitionRefused(f"Số cuối phải từ 1 đến {HIGHEST}, năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    book = locked_book(issuer.pk, award.pk, year)
    if last_of(book):
        raise TransitionRefused(
            f"Sổ «{award}» năm {year} đã có số {last_of(book)} nên không đặt lại số bắt đầu. Số tiếp theo sẽ là "
            f"{last_of(book) + 1}."
        )
    book.last = last
    book.save(update_fields=["last"])
    words = {"Sổ": f"{award}, năm {year}", "Số cuối đã cấp trước đây": last}
    audit.record(issuer, "Đặt số bắt đầu của sổ bằng", actor=actor, after=words)
    return book


@dataclass(frozen=True)
class Span:
    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def spans(lines: Sequence[DecisionLine]) -> str:
    """ "5-24, 30": numbers of a book in words; of several awards one after the other."""
    found: list[Span] = []
    for number in [line.book_number for line in lines if line.book_number is not None]:
        if found and found[-1].last + 1 == number:
            found[-1] = Span(found[-1].first, number)
        else:
            found.append(Span(number, number))
    return ", ".join(str(each) for each in found)
