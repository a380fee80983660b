"""Filters of the lists of rounds and of a round's board."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from blocs.models import Membership
from khoithidua.web.widgets import PlainSelect
from reports.domain.rounding.board import STATUS_WORDS, TIMING_WORDS
from reports.enums import RoundKind, RoundState
from reports.filters import ChoicesFromRows, choice
from reports.models import ReportRound


class RoundFilter(ChoicesFromRows):
    year_field = "year"
    nam = choice("year", "Năm")
    ky = choice("kind", "Kỳ báo cáo", RoundKind.choices)
    trang_thai = choice("state", "Trạng thái", RoundState.choices)

    class Meta:
        model = ReportRound
        fields: tuple[str, ...] = ()


class MembersFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Members of one round by how far they are."""

    trang_thai = choice("status", "Trạng thái", list(STATUS_WORDS.items()))
    thoi_han = django_filters.ChoiceFilter(
        label="Thời hạn",
        method="by_timing",
        empty_label="Tất cả",
        choices=[*TIMING_WORDS.items(), ("extended", "Được gia hạn")],
        widget=PlainSelect,
    )

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()

    def by_timing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(extended__isnull=False) if value == "extended" else rows.filter(timing=value)


class ProvinceMembersFilter(MembersFilter):
    """And by the bloc."""

    khoi = choice("bloc_year", "Khối, cụm")

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        rows = self.queryset.order_by("bloc_year__bloc__sort_key").values_list("bloc_year", "bloc_year__bloc__name")
        self.filters["khoi"].extra["choices"] = list(dict.fromkeys(rows))
