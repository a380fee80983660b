"""Filters of scoring's lists."""

import django_filters
from django.forms import NumberInput

from khoithidua.web.widgets import PlainSelect
from scoring.enums import SheetState
from scoring.models import ScoreSheet


class SheetFilter(django_filters.FilterSet):
    nam = django_filters.NumberFilter(
        field_name="bloc_year__year", label="Năm", widget=NumberInput(attrs={"class": "form-control"})
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="state",
        choices=lambda: SheetState.choices,
        label="Trạng thái",
        empty_label="Tất cả",
        widget=PlainSelect,
    )

    class Meta:
        model = ScoreSheet
        fields: list[str] = []
