"""Filters of the makers' lists of dossiers and nominations."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import NumberInput

from awards.domain.checklist import checklist_of
from awards.enums import Category, DossierState, VerdictKind
from awards.models import AwardForm, Dossier, Nomination
from blocs.models import Agency
from khoithidua.web.widgets import PlainSelect

ALL = "Tất cả"
VERDICTS = [(value, label) for value, label in VerdictKind.choices if value]


def agencies_of(request: Any) -> QuerySet[Agency]:
    """Whose dossiers this person sees."""
    seen = Dossier.objects.visible_to(request.user).values("agency")
    return Agency.objects.filter(pk__in=seen).order_by("sort_key")


def awards_in_use(request: Any) -> QuerySet[AwardForm]:
    seen = Nomination.objects.visible_to(request.user).values("award")
    return AwardForm.objects.filter(pk__in=seen)


class DossierFilter(django_filters.FilterSet):
    nam = django_filters.NumberFilter(
        field_name="year", label="Năm", widget=NumberInput(attrs={"class": "form-control"})
    )
    loai = django_filters.ChoiceFilter(
        field_name="category", choices=Category.choices, label="Loại hình", empty_label=ALL, widget=PlainSelect
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="state",
        choices=lambda: DossierState.choices,
        label="Trạng thái",
        empty_label=ALL,
        widget=PlainSelect,
    )
    don_vi = django_filters.ModelChoiceFilter(
        field_name="agency", queryset=agencies_of, label="Đơn vị", empty_label=ALL, widget=PlainSelect
    )
    hinh_thuc = django_filters.ModelChoiceFilter(
        queryset=awards_in_use, label="Hình thức", empty_label=ALL, widget=PlainSelect, method="with_award"
    )

    class Meta:
        model = Dossier
        fields: list[str] = []

    def with_award(self, rows: QuerySet[Dossier], name: str, value: AwardForm) -> QuerySet[Dossier]:
        return rows.filter(Exists(Nomination.objects.filter(dossier=OuterRef("pk"), award=value)))


class NominationFilter(django_filters.FilterSet):
    """Inside one dossier, which the view puts on the request as ``dossier``."""

    kiem_tra = django_filters.ChoiceFilter(
        field_name="verdict", choices=VERDICTS, label="Kiểm tra", empty_label=ALL, widget=PlainSelect
    )
    hinh_thuc = django_filters.ModelChoiceFilter(
        field_name="award",
        queryset=lambda request: AwardForm.objects.filter(
            pk__in=Nomination.objects.filter(dossier=request.dossier).values("award")
        ),
        label="Hình thức",
        empty_label=ALL,
        widget=PlainSelect,
    )
    giay_to = django_filters.ChoiceFilter(
        choices=[("thieu", "Còn thiếu"), ("du", "Đã đủ")],
        label="Giấy tờ",
        empty_label=ALL,
        widget=PlainSelect,
        method="by_papers",
    )

    class Meta:
        model = Nomination
        fields: list[str] = []

    def by_papers(self, rows: QuerySet[Nomination], name: str, value: str) -> QuerySet[Nomination]:
        missing = [*checklist_of(self.request.dossier).missing]
        return rows.filter(pk__in=missing) if value == "thieu" else rows.exclude(pk__in=missing)
