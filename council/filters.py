"""What lists of the council are narrowed by."""

from typing import Any

import django_filters as filters

from blocs.filters import words
from council.enums import SessionKind, SessionState
from khoithidua.web.widgets import PlainSelect


def choice(label: str, **kwargs: Any) -> Any:
    return filters.ChoiceFilter(label=label, empty_label="Tất cả", widget=PlainSelect, **kwargs)


class SessionFilter(filters.FilterSet):  # type: ignore[misc]
    nam = choice("Năm", field_name="year")
    trang_thai = choice("Trạng thái", field_name="state", choices=words(SessionState))
    hinh_thuc = choice("Hình thức", field_name="kind", choices=words(SessionKind))

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """The years on offer are those of the sessions that the reader sees; one query."""
        super().__init__(data, queryset, **kwargs)
        years = queryset.order_by("-year").values_list("year", flat=True).distinct() if queryset is not None else []
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in years]
