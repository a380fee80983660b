"""Numbers of decisions: one series for each issuer, year of issue and symbol; nobody gets the same twice."""

from typing import Any

from django.db.models import Max, QuerySet

from accounts.domain.workflow import TransitionRefused
from council.models import Decision, Issuer, NumberBook

HIGHEST = 99_999


def take_number(issuer: Issuer, year: int, symbol: str, wanted: int | None = None) -> int:
    """The next number of the series, or ``wanted`` where the paper got its number elsewhere. In a transaction.

    Who comes at the same moment waits at the book's row until this transaction ends; when it is rolled back the
    number is free again, so the series has no gaps. Raises TransitionRefused for a number that is taken.
    """
    series: dict[str, Any] = {"issuer": issuer, "year": year, "symbol": symbol}
    NumberBook.objects.get_or_create(**series)
    book = NumberBook.objects.select_for_update().get(**series)
    used = Decision.objects.filter(issuer=issuer, issued_year=year, symbol=symbol, number__isnull=False)
    last = max(book.last, used.aggregate(highest=Max("number"))["highest"] or 0)
    number = last + 1 if wanted is None else checked(wanted, used, f"{symbol} năm {year}", last)
    book.last = max(last, number)
    book.save(update_fields=["last"])
    return number


def checked(wanted: int, used: QuerySet[Decision], series: str, last: int) -> int:
    if not 1 <= wanted <= HIGHEST:
        raise TransitionRefused("Số quyết định phải là số nguyên từ 1 trở lên. Hãy để trống để lấy số tiếp theo.")
    if used.filter(number=wanted).exists():
        raise TransitionRefused(
            f"Số {wanted:02d}/{series} đã dùng cho một quyết định khác. "
            f"Hãy kiểm tra lại số trên văn bản, hoặc để trống để lấy số tiếp theo ({last + 1})."
        )
    return wanted
