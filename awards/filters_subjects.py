"""What the register of subjects is narrowed by."""

from typing import Any

import django_filters as filters
from django.http import HttpRequest

from awards.enums import SubjectGroup, SubjectKind
from awards.models import Subject
from blocs.filters import words
from blocs.models import Agency
from blocs.tables.access import access_of
from khoithidua.web.widgets import PlainSelect

YES = [("co", "Có"), ("khong", "Không")]
MERGED = [("chi", "Chỉ dòng đã gộp"), ("ca", "Cả dòng đã gộp")]


def agencies_of(request: HttpRequest | None) -> Any:
    """Agencies whose subjects this reader sees."""
    if request is None:
        return Agency.objects.none()
    access = access_of(request.user)
    own = Agency.objects.filter(pk__in=access.agency_ids)
    return (own | Agency.objects.filter(council__in=access.standing_ids)).order_by("sort_key")


def groups() -> list[tuple[str, str]]:
    return [(value, label) for value, label in SubjectGroup.choices if value]


class SubjectFilter(filters.FilterSet):  # type: ignore[misc]
    loai = filters.ChoiceFilter(
        field_name="kind", label="Loại", choices=words(SubjectKind), empty_label="Tất cả", widget=PlainSelect
    )
    don_vi = filters.ModelChoiceFilter(
        field_name="agency", label="Đơn vị quản lý", queryset=agencies_of, empty_label="Tất cả", widget=PlainSelect
    )
    nhom = filters.ChoiceFilter(
        field_name="group", label="Phân loại", choices=groups, empty_label="Tất cả", widget=PlainSelect
    )
    xac_minh = filters.ChoiceFilter(
        label="Đang xác minh", choices=lambda: YES, method="frozen", empty_label="Tất cả", widget=PlainSelect
    )
    gop = filters.ChoiceFilter(
        label="Đã gộp", choices=lambda: MERGED, method="unchanged", empty_label="Ẩn", widget=PlainSelect
    )

    def __init__(self, data: Any = None, queryset: Any = None, *, request: HttpRequest | None = None, **kwargs: Any):
        """Who works in one agency needs no choice of agencies."""
        super().__init__(data, queryset, request=request, **kwargs)
        if request is not None and not access_of(request.user).standing_ids:
            del self.filters["don_vi"]

    def frozen(self, rows: Any, name: str, value: str) -> Any:
        """``has_freeze`` is annotated by the page."""
        return rows.filter(has_freeze=value == "co")

    def unchanged(self, rows: Any, name: str, value: str) -> Any:
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Merged subjects are shown only when they are asked for."""
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("gop")
        if asked == "ca":
            return found
        return found.filter(merged_into__isnull=asked != "chi")

    class Meta:
        model = Subject
        fields: list[str] = []
