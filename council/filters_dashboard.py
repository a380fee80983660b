"""What the dashboard is asked for: year, way of counting, and the filters that its numbers hand on to the register."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from awards.enums import AwardGroup, AwardLevel
from awards.models import AwardRecord
from blocs.filters import words
from blocs.models import Agency, Bloc, Council
from council.domain.dashboard.facts import BY_ACHIEVEMENT, BY_DECISION, PERIODS, of_bloc, of_council
from council.domain.dashboard.figures import Asked
from council.domain.register.reading import AGENCY
from council.filters import choice
from khoithidua.web.widgets import PlainSelect

BASES = [(BY_ACHIEVEMENT, "Năm thành tích"), (BY_DECISION, "Năm quyết định")]
HANDED_ON = ("cap", "nhom", "khoi", "don_vi")


def always(label: str, **kwargs: Any) -> Any:
    """A choice that has a value from the start."""
    return filters.ChoiceFilter(label=label, empty_label=None, widget=PlainSelect, method="as_asked", **kwargs)


class DashboardFilter(filters.FilterSet):  # type: ignore[misc]
    hoi_dong = always("Hội đồng")
    nam = always("Năm")
    theo = always("Tính theo", choices=lambda: BASES)
    cap = choice("Cấp khen thưởng", field_name="award__level", choices=words(AwardLevel))
    nhom = choice("Nhóm hình thức", field_name="award__group", choices=words(AwardGroup))
    khoi = choice("Khối, cụm", method="by_bloc")
    don_vi = choice("Đơn vị", method="by_agency")

    def __init__(self, data: Any, queryset: Any, councils: Sequence[Council]) -> None:
        """``councils``: those of the reader, at least one. Three queries."""
        asked = {name: str(data.get(name) or "") for name in ("hoi_dong", "theo", "nam")}
        by_key = {str(each.pk): each for each in councils}
        self.council = by_key.get(asked["hoi_dong"], councils[0])
        self.several = len(councils) > 1
        self.basis = asked["theo"] if asked["theo"] in PERIODS else BY_ACHIEVEMENT
        rows = of_council(queryset, self.council.pk)
        years = self.years_of(rows)
        self.year = int(asked["nam"]) if asked["nam"] in map(str, years) else max(self.awarded or years)
        chosen = {"hoi_dong": str(self.council.pk), "theo": self.basis, "nam": str(self.year)}
        super().__init__({**data.dict(), **chosen}, rows)
        if not self.several:
            del self.filters["hoi_dong"]
        self.offer(councils, years)

    def years_of(self, rows: QuerySet[AwardRecord]) -> list[int]:
        """Years with awards and this one, the latest first; one query."""
        found = rows.order_by().values_list(PERIODS[self.basis], flat=True).distinct()
        self.awarded = {year for year in found if year is not None}
        return sorted(self.awarded | {timezone.localdate().year}, reverse=True)

    def offer(self, councils: Sequence[Council], years: Sequence[int]) -> None:
        blocs = Bloc.objects.filter(council=self.council)
        agencies = Agency.objects.filter(council=self.council).order_by("sort_key", "pk")
        choices = {
            "hoi_dong": [(str(each.pk), each.name) for each in councils],
            "nam": [(str(year), str(year)) for year in years],
            "khoi": [(str(each.pk), each.name) for each in blocs],
            "don_vi": [(str(each.pk), each.label) for each in agencies],
        }
        for name, found in choices.items():
            if name in self.filters:
                self.filters[name].extra["choices"] = found

    @property
    def asked(self) -> Asked:
        """What the page counts, with the filters in the words of the register."""
        self.form.is_valid()
        chosen = {name: str(value) for name in HANDED_ON if (value := self.form.cleaned_data.get(name))}
        of_one = {"hoi_dong": str(self.council.pk)} if self.several else {}
        return Asked(self.council, self.year, self.basis, of_one | chosen, frozenset(self.awarded))

    @property
    def is_narrowed(self) -> bool:
        return any(name in self.asked.query for name in HANDED_ON)

    def as_asked(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return rows

    def by_bloc(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return of_bloc(rows, int(value))

    def by_agency(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return rows.annotate(of_agency=AGENCY).filter(of_agency=value)
