"""What the catalogue is narrowed by."""

from collections.abc import Callable
from typing import Any

import django_filters as filters
from django.db.models import Choices, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from awards.enums import AwardGroup, AwardLevel, Basis, SubjectKind
from awards.models import AwardForm, AwardPeriod, RequiredPaper, RewardCoefficient
from awards.tables.catalogue import in_period
from khoithidua.web.widgets import PlainSelect


def words(enum: type[Choices]) -> Callable[[], list[tuple[Any, str]]]:
    """Choices handed over as a function: a filter set copies lists of them for each request."""
    return lambda: list(enum.choices)


def needs_check() -> Q:
    """Awards of which the line itself, or a line in force today, is still to be compared with the text."""
    today = timezone.localdate()
    doubt = Q(basis=Basis.TO_CHECK)
    for model in (AwardPeriod, RewardCoefficient, RequiredPaper):
        manager: Any = model._default_manager
        doubt |= Q(Exists(manager.filter(in_period(today), award=OuterRef("pk"), basis=Basis.TO_CHECK)))
    return doubt


class AwardFilter(filters.FilterSet):  # type: ignore[misc]
    nhom = filters.ChoiceFilter(
        field_name="group", label="Nhóm", choices=words(AwardGroup), empty_label="Tất cả", widget=PlainSelect
    )
    cap = filters.ChoiceFilter(
        field_name="level", label="Cấp", choices=words(AwardLevel), empty_label="Tất cả", widget=PlainSelect
    )
    doi_tuong = filters.ChoiceFilter(
        label="Đối tượng", choices=words(SubjectKind), empty_label="Tất cả", method="by_kind", widget=PlainSelect
    )
    doi_chieu = filters.ChoiceFilter(
        label="Đối chiếu",
        choices=[("can", "Cần đối chiếu"), ("da", "Đã đối chiếu")],
        empty_label="Tất cả",
        method="by_check",
        widget=PlainSelect,
    )

    def by_kind(self, rows: QuerySet[AwardForm], name: str, value: str) -> QuerySet[AwardForm]:
        return rows.annotate(kinds_text=Cast("subjects", TextField())).filter(kinds_text__contains=f'"{value}"')

    def by_check(self, rows: QuerySet[AwardForm], name: str, value: str) -> QuerySet[AwardForm]:
        return rows.filter(needs_check()) if value == "can" else rows.exclude(needs_check())
