"""What the lists of layouts and of the book of certificates are narrowed by."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from awards.models import AwardForm
from council.domain.decisions.corrections import CORRECTIONS
from council.filters import choice
from council.models import CertificateLayout, DecisionLine, Issuer
from khoithidua.web.text import search_key, tidy

USE = [("co", "Đang dùng"), ("khong", "Ngừng dùng")]
STANDING = [("con", "Còn hiệu lực"), ("huy", "Đã hủy bỏ, thu hồi")]


class LayoutFilter(filters.FilterSet):  # type: ignore[misc]
    dung = choice("Sử dụng", method="by_use", choices=USE)

    def by_use(self, rows: QuerySet[CertificateLayout], name: str, value: str) -> QuerySet[CertificateLayout]:
        return rows.filter(active=value == "co")


class BookFilter(filters.FilterSet):  # type: ignore[misc]
    nam = choice("Năm", field_name="book_year")
    ban_hanh = choice("Cơ quan ban hành", field_name="decision__issuer")
    hinh_thuc = choice("Danh hiệu, hình thức", field_name="award__code")
    huy = choice("Hiệu lực", method="by_standing", choices=STANDING)

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """Years, issuers and awards on offer are those of the book; three queries."""
        super().__init__(data, queryset, **kwargs)
        rows = queryset.order_by()
        years = rows.values_list("book_year", flat=True).distinct().order_by("-book_year")
        issuers = Issuer.objects.filter(pk__in=rows.values("decision__issuer")).order_by("name", "pk")
        awards = AwardForm.objects.filter(pk__in=rows.values("award")).order_by("position", "pk")
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in years]
        self.filters["ban_hanh"].extra["choices"] = [(str(each.pk), each.name) for each in issuers]
        self.filters["hinh_thuc"].extra["choices"] = [(each.code, each.name) for each in awards]

    def by_standing(self, rows: QuerySet[DecisionLine], name: str, value: str) -> QuerySet[DecisionLine]:
        return rows.filter(revoked_on__isnull=value == "con")


def in_book(rows: QuerySet[DecisionLine], query: str) -> QuerySet[DecisionLine]:
    """Lines whose number, name (as printed first or as corrected) or decision holds every word, accents or not."""
    for word in search_key(tidy(query)[:200]).split():
        found = (
            Q(search_key__contains=word)
            | Q(pk__in=CORRECTIONS.order_by().filter(search_key__contains=word).values("earlier"))
            | Q(decision__search_key__contains=word)
        )
        if word.isascii() and word.isdecimal() and len(word) <= 6:
            found |= Q(book_number=int(word))
        rows = rows.filter(found)
    return rows
