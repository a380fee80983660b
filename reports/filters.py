"""Filters of the lists of reports and papers."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from blocs.models import BlocYear
from khoithidua.web.widgets import PlainSelect
from reports.documents.registry import KINDS
from reports.enums import ReportState, ReviewKind, ReviewState
from reports.models import AgencyReport, BlocReview, IssuedDocument


def choice(field: str, label: str, choices: Any = ()) -> Any:
    return django_filters.ChoiceFilter(
        field_name=field, label=label, choices=choices, empty_label="Tất cả", widget=PlainSelect
    )


class ChoicesFromRows(django_filters.FilterSet):  # type: ignore[misc]
    """A filter whose years are those of the rows that the reader may see."""

    year_field = "bloc_year__year"

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        years = self.queryset.order_by(f"-{self.year_field}").values_list(self.year_field, flat=True).distinct()
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in years]


class AgencyReportFilter(ChoicesFromRows):
    nam = choice("bloc_year__year", "Năm")
    ky = choice("kind", "Kỳ báo cáo", ReviewKind.choices)
    trang_thai = choice("state", "Trạng thái", ReportState.choices)

    class Meta:
        model = AgencyReport
        fields: tuple[str, ...] = ()


class BlocReviewFilter(ChoicesFromRows):
    nam = choice("bloc_year__year", "Năm")
    ky = choice("kind", "Kỳ báo cáo", ReviewKind.choices)
    trang_thai = choice("state", "Trạng thái", ReviewState.choices)

    class Meta:
        model = BlocReview
        fields: tuple[str, ...] = ()


class BoardFilter(ChoicesFromRows):
    year_field = "year"
    nam = choice("year", "Năm")

    class Meta:
        model = BlocYear
        fields: tuple[str, ...] = ()


class DocumentFilter(ChoicesFromRows):
    year_field = "issued_year"
    nam = choice("issued_year", "Năm ban hành")
    loai = choice("kind", "Loại văn bản", [(kind, each.title) for kind, each in KINDS.items()])
    co_quan = choice("issuer", "Cơ quan ban hành")

    class Meta:
        model = IssuedDocument
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        rows = self.queryset.order_by("issuer__sort_key", "issuer").values_list("issuer", "issuer__name").distinct()
        self.filters["co_quan"].extra["choices"] = list(rows)


class BookFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Series and kinds that stand in the book."""

    ky_hieu = choice("symbol", "Ký hiệu")
    loai = choice("kind", "Loại văn bản")

    class Meta:
        model = IssuedDocument
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        rows = sorted(set(self.queryset.order_by().values_list("symbol", "kind")))
        self.filters["ky_hieu"].extra["choices"] = [(each, each) for each in dict.fromkeys(row[0] for row in rows)]
        kinds = dict.fromkeys(row[1] for row in rows)
        self.filters["loai"].extra["choices"] = [(kind, KINDS[kind].title if kind in KINDS else kind) for kind in kinds]
