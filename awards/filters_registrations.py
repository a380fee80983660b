"""What the lines of a registration are narrowed by."""

from typing import Any

import django_filters as filters
from django.http import HttpRequest

from awards.enums import SubjectKind
from awards.models import AwardForm, RegistrationLine
from khoithidua.web.widgets import PlainSelect


def awards_of_page(request: HttpRequest) -> Any:
    """Awards that stand in the registration of the address."""
    match = request.resolver_match
    held = AwardForm.objects.filter(pk__in=lines_of(match.kwargs["pk"] if match else 0))
    return held.order_by("position")


def lines_of(pk: int) -> Any:
    return RegistrationLine.objects.filter(registration=pk).order_by().values("award")


class LineFilter(filters.FilterSet):  # type: ignore[misc]
    loai = filters.ChoiceFilter(
        field_name="subject__kind",
        label="Loại",
        choices=lambda: list(SubjectKind.choices),
        empty_label="Tất cả",
        widget=PlainSelect,
    )
    hinh_thuc = filters.ModelChoiceFilter(
        field_name="award", label="Hình thức", queryset=awards_of_page, empty_label="Tất cả", widget=PlainSelect
    )
