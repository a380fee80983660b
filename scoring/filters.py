"""Filters of scoring's lists."""

import django_filters

from scoring.enums import SheetState
from scoring.models import ScoreSheet


class SheetFilter(django_filters.FilterSet):
    nam = django_filters.NumberFilter(field_name="bloc_year__year", label="Năm")
    trang_thai = django_filters.ChoiceFilter(
        field_name="state", choices=SheetState.choices, label="Trạng thái", empty_label="Tất cả"
    )

    class Meta:
        model = ScoreSheet
        fields: list[str] = []
