"""What lists of bloc-years and agencies are narrowed by."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Choices, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.utils import timezone

from blocs.domain.searching import agency_has, words_of
from blocs.enums import AgencyKind, BlocKind, Role, Tier, YearState
from blocs.models import Agency, BlocYear, Council, Membership
from khoithidua.web.widgets import PlainSelect


def words(enum: type[Choices]) -> Callable[[], list[tuple[Any, str]]]:
    """Choices handed over as a function: a filter set copies lists of them for each request."""
    return lambda: list(enum.choices)


class YearFilter(filters.FilterSet):  # type: ignore[misc]
    nam = filters.ChoiceFilter(field_name="year", label="Năm", empty_label="Tất cả", widget=PlainSelect)
    loai = filters.ChoiceFilter(
        field_name="bloc__kind", label="Loại", choices=words(BlocKind), empty_label="Tất cả", widget=PlainSelect
    )
    cap = filters.ChoiceFilter(
        field_name="bloc__tier", label="Cấp", choices=words(Tier), empty_label="Tất cả", widget=PlainSelect
    )
    trang_thai = filters.ChoiceFilter(
        field_name="state", label="Trạng thái", choices=words(YearState), empty_label="Tất cả", widget=PlainSelect
    )

    def __init__(self, data: Any = None, queryset: Any = None, *, request: HttpRequest | None = None, **kwargs: Any):
        """The years on offer are those of the rows that the reader can see."""
        super().__init__(data, queryset, request=request, **kwargs)
        years = BlocYear.objects.visible_to(request.user) if request else BlocYear.objects.none()
        known = years.order_by("-year").values_list("year", flat=True).distinct()
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in known]


class AgencyFilter(filters.FilterSet):  # type: ignore[misc]
    loai = filters.ChoiceFilter(
        field_name="kind", label="Loại", choices=words(AgencyKind), empty_label="Tất cả", widget=PlainSelect
    )
    hieu_luc = filters.ChoiceFilter(
        label="Hoạt động",
        choices=[("con", "Đang hoạt động"), ("het", "Đã kết thúc")],
        empty_label="Tất cả",
        method="by_validity",
        widget=PlainSelect,
    )

    hoi_dong = filters.ChoiceFilter(field_name="council", label="Hội đồng", empty_label="Tất cả", widget=PlainSelect)

    def __init__(self, *args: Any, councils: Sequence[Council] = (), **kwargs: Any) -> None:
        """Councils are on offer only where the directory holds agencies of several."""
        super().__init__(*args, **kwargs)
        self.filters["hoi_dong"].extra["choices"] = [(str(each.pk), each.province) for each in councils]
        if len(councils) < 2:
            del self.filters["hoi_dong"]

    def by_validity(self, rows: QuerySet[Agency], name: str, value: str) -> QuerySet[Agency]:
        today = timezone.localdate()
        return rows.filter(valid_to__lt=today) if value == "het" else rows.filter(not_ended(today))


def councils_of_directory() -> list[Council]:
    """The councils that have agencies; the directory is open to everyone."""
    return list(Council.objects.filter(Exists(Agency.objects.filter(council=OuterRef("pk")))))


def not_ended(day: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


def years_matching(rows: QuerySet[BlocYear], query: str) -> QuerySet[BlocYear]:
    """Bloc-years whose bloc's name, or one member's name, holds every word, without accents."""
    words = words_of(query)
    if not words:
        return rows
    named = Q()
    for word in words:
        named &= Q(bloc__search_key__contains=word)
    members = Membership.objects.filter(agency__in=agencies_matching(Agency.objects.all(), query))
    return rows.filter(named | Q(pk__in=members.values("bloc_year")))


def agencies_matching(rows: QuerySet[Agency], query: str) -> QuerySet[Agency]:
    for word in words_of(query):
        rows = rows.filter(agency_has(word))
    return rows


def with_head(rows: QuerySet[BlocYear]) -> QuerySet[BlocYear]:
    """Each row knows ``head_label`` and ``size``, so that a list needs no query per row."""
    heads = Membership.objects.filter(bloc_year=OuterRef("pk"), role=Role.HEAD)
    label = Coalesce(NullIf(F("agency__short_name"), Value("")), F("agency__name"))
    sizes = Membership.objects.filter(bloc_year=OuterRef("pk")).order_by().values("bloc_year")
    return rows.annotate(
        head_label=Subquery(heads.values(label=label)[:1]),
        size=Coalesce(Subquery(sizes.values(n=Count("pk"))), 0),
    )
