"""What the lists of decisions and of their names are narrowed by."""

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.enums import SubjectKind
from awards.filters_appraisal import choice
from awards.models import AwardForm
from blocs.filters import words
from council.enums import DecisionKind, DecisionState
from council.models import Decision, DecisionLine, Issuer
from khoithidua.web.text import search_key, tidy


class DecisionFilter(filters.FilterSet):  # type: ignore[misc]
    nam = choice("Năm ban hành", field_name="issued_year")
    ban_hanh = choice("Ban hành", field_name="issuer")
    hinh_thuc = choice("Hình thức", method="by_award")
    loai = choice("Loại", field_name="kind", choices=words(DecisionKind))
    trang_thai = choice("Trạng thái", field_name="state", choices=words(DecisionState))

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """Years, issuers and awards on offer are those of the decisions that the reader sees; three queries."""
        super().__init__(data, queryset, **kwargs)
        rows = queryset.order_by()
        years = rows.exclude(issued_year=None).values_list("issued_year", flat=True).distinct().order_by("-issued_year")
        issuers = Issuer.objects.filter(pk__in=rows.values("issuer")).order_by("name", "pk")
        awards = AwardForm.objects.filter(
            pk__in=DecisionLine.objects.filter(decision__in=rows.values("pk")).values("award")
        )
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in years]
        self.filters["ban_hanh"].extra["choices"] = [(str(each.pk), str(each)) for each in issuers]
        self.filters["hinh_thuc"].extra["choices"] = [
            (each.code, each.name) for each in awards.order_by("position", "pk")
        ]

    def by_award(self, rows: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        return rows.filter(Exists(DecisionLine.objects.filter(decision=OuterRef("pk"), award__code=value)))


def matching(rows: QuerySet[Decision], query: str) -> QuerySet[Decision]:
    """Decisions whose number and title, or one name of the annex, hold every word, accents or not."""
    words = search_key(tidy(query)[:200]).split()
    if not words:
        return rows
    title, names = Q(), DecisionLine.objects.filter(decision=OuterRef("pk"))
    for word in words:
        title &= Q(search_key__contains=word)
        names = names.filter(search_key__contains=word)
    return rows.filter(title | Q(Exists(names)))


class LineFilter(filters.FilterSet):  # type: ignore[misc]
    doi_tuong = choice("Đối tượng", field_name="subject__kind", choices=words(SubjectKind))
    hinh_thuc = choice("Hình thức", field_name="award__code")

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """The awards on offer are those of these lines; one query."""
        super().__init__(data, queryset, **kwargs)
        found = queryset.order_by().values_list("award__code", "award__name").distinct()
        self.filters["hinh_thuc"].extra["choices"] = sorted(found, key=lambda pair: pair[1])
