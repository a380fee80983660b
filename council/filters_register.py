"""What the register of awards is narrowed by."""

from typing import Any

from django.db.models import QuerySet

from awards.enums import AwardLevel, Category, RecordSource, SubjectKind
from awards.forms.award_choices import award_options
from awards.models import AwardForm, AwardRecord
from blocs.filters import words
from blocs.models import Agency
from council.domain.dashboard.agencies import NO_AGENCY
from council.domain.dashboard.figures import UNKNOWN
from council.domain.register.reading import AGENCY
from council.filters import choice
from council.filters_facts import FactFilter

STANDING = [("con", "Còn hiệu lực"), ("huy", "Đã hủy bỏ, thu hồi")]


class RegisterFilter(FactFilter):
    nam = choice("Năm thành tích", field_name="year")
    hinh_thuc = choice("Danh hiệu, hình thức", field_name="award__code")
    cap = choice("Cấp", field_name="award__level", choices=words(AwardLevel))
    doi_tuong = choice("Đối tượng", field_name="subject__kind", choices=words(SubjectKind))
    don_vi = choice("Đơn vị", method="by_agency")
    loai = choice("Loại hình", field_name="category", choices=words(Category))
    nguon = choice("Nguồn", field_name="source", choices=words(RecordSource))
    huy = choice("Hiệu lực", method="by_standing", choices=lambda: STANDING)

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """Years, awards and agencies on offer are those of the lines that the reader sees; three queries."""
        super().__init__(data, queryset, **kwargs)
        rows = queryset.order_by()
        years = rows.values_list("year", flat=True).distinct().order_by("-year")
        awards = AwardForm.objects.filter(pk__in=rows.values("award"))
        agencies = Agency.objects.filter(pk__in=rows.annotate(of=AGENCY).values("of")).order_by("sort_key", "pk")
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in years]
        self.filters["hinh_thuc"].extra["choices"] = award_options(awards)
        named = [(str(each.pk), each.label) for each in agencies]
        self.filters["don_vi"].extra["choices"] = [*named, (UNKNOWN, NO_AGENCY)]

    def by_standing(self, rows: QuerySet[AwardRecord], name: str, value: str) -> QuerySet[AwardRecord]:
        return rows.filter(revoked_on__isnull=value == "con")
