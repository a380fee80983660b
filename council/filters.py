"""What lists of the council are narrowed by."""

from typing import Any

import django_filters as filters

from blocs.filters import words
from council.enums import ItemOutcome, SessionKind, SessionState
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


def outcomes() -> list[tuple[str, str]]:
    return [(value or "cho", str(label)) for value, label in ItemOutcome.choices]


class AgendaFilter(filters.FilterSet):  # type: ignore[misc]
    hinh_thuc = choice("Hình thức", field_name="nomination__award__code")
    don_vi = choice("Đơn vị đề nghị", field_name="nomination__dossier__agency")
    ket_luan = choice("Kết luận", method="by_outcome", choices=outcomes)

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """Awards and agencies on offer are those of this agenda; two queries."""
        super().__init__(data, queryset, **kwargs)
        self.offer("hinh_thuc", "nomination__award__code", "nomination__award__name")
        self.offer("don_vi", "nomination__dossier__agency", "nomination__dossier__agency__name")

    def offer(self, name: str, value: str, text: str) -> None:
        found = self.queryset.order_by().values_list(value, text).distinct()
        self.filters[name].extra["choices"] = sorted(
            ((str(key), label) for key, label in found), key=lambda row: row[1]
        )

    def by_outcome(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(outcome="" if value == "cho" else value)
