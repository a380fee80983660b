"""What awards are narrowed by on the dashboard, and on the register when a number of the dashboard leads there."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from awards.enums import AwardGroup
from awards.models import AwardRecord
from blocs.filters import words
from blocs.models import Bloc, Council
from council.domain.dashboard.facts import PROFILES, of_bloc, of_council, of_profile, printed
from council.domain.dashboard.figures import NO_FIELD, UNKNOWN
from council.domain.register.reading import AGENCY
from council.filters import choice

NO_DAY = "Chưa rõ ngày quyết định"


def profiles() -> list[tuple[str, str]]:
    return [(each.key, str(each.label)) for each in PROFILES.values()]


class FactFilter(filters.FilterSet):  # type: ignore[misc]
    """Filters of the register that only an address asks for: one that is not asked for is not shown."""

    nam_qd = choice("Năm quyết định", method="by_decided")
    nhom = choice("Nhóm hình thức", field_name="award__group", choices=words(AwardGroup))
    khoi = choice("Khối, cụm", method="by_bloc")
    dien = choice("Diện đối tượng", method="by_profile", choices=profiles)
    linh_vuc = choice("Lĩnh vực", method="by_field")
    hoi_dong = choice("Hội đồng", method="by_council")

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """A query for the name of a bloc, and of a council, where one is asked for."""
        super().__init__(data, queryset, **kwargs)
        asked = {name: str((data or {}).get(name) or "") for name in FactFilter.base_filters}
        for name in [name for name, value in asked.items() if not value]:
            del self.filters[name]
        self.offer_as_asked("nam_qd", asked, NO_DAY)
        self.offer_as_asked("linh_vuc", asked, NO_FIELD)
        for name, model in (("khoi", Bloc), ("hoi_dong", Council)):
            if asked[name]:
                found = model.objects.filter(pk=asked[name]) if asked[name].isdecimal() else model.objects.none()
                self.filters[name].extra["choices"] = [(str(each.pk), str(each)) for each in found]

    def offer_as_asked(self, name: str, asked: dict[str, str], unknown: str) -> None:
        """The value that was asked for is the only choice: names of fields are free text."""
        if asked[name]:
            value = asked[name][:200]
            self.filters[name].extra["choices"] = [(value, unknown if value == UNKNOWN else value)]

    def by_agency(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        rows = rows.annotate(of_agency=AGENCY)
        return rows.filter(of_agency__isnull=True) if value == UNKNOWN else rows.filter(of_agency=value)

    def by_decided(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        if value == UNKNOWN:
            return rows.filter(decided_on__isnull=True)
        is_year = value.isdecimal() and len(value) == 4 and value != "0000"
        return rows.filter(decided_on__year=int(value)) if is_year else rows.none()

    def by_bloc(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return of_bloc(rows, int(value))

    def by_profile(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return of_profile(rows, value)

    def by_field(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return rows.annotate(fact_field=printed("field")).filter(fact_field="" if value == UNKNOWN else value)

    def by_council(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return of_council(rows, int(value))
