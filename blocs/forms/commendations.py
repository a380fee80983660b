"""What is typed about a commendation, and what its list is narrowed by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.http import HttpRequest

from blocs.domain.commendations import KIND_WORDS
from blocs.enums import Award, CommendationStatus, Period
from blocs.forms.seen import SeenMixin
from blocs.models import Agency, Commendation
from khoithidua.web.forms import TidyModelForm
from khoithidua.web.widgets import PlainSelect

MOST = 1_000_000
NUMBER_ERRORS = {
    "invalid": "Hãy ghi một số nguyên, ví dụ 12.",
    "min_value": "Hãy ghi từ 1 trở lên; để trống nếu không có.",
    "max_value": "Số này quá lớn. Hãy kiểm tra lại.",
}


def choice(name: str, label: str, choices: Any) -> Any:
    """A filter by a choice field; choices as a function, because a filter set copies lists for each request."""
    return filters.ChoiceFilter(
        field_name=name, label=label, choices=lambda: choices, empty_label="Tất cả", widget=PlainSelect
    )


def agencies_of_year(request: HttpRequest) -> Any:
    """Agencies with a commendation that this reader sees in the year of the address."""
    match = request.resolver_match
    rows = Commendation.objects.visible_to(request.user).filter(bloc_year=match.kwargs["pk"] if match else 0)
    return Agency.objects.filter(pk__in=rows.order_by().values("agency"))


class CommendationFilter(filters.FilterSet):  # type: ignore[misc]
    don_vi = filters.ModelChoiceFilter(
        field_name="agency", label="Đơn vị", queryset=agencies_of_year, empty_label="Tất cả", widget=PlainSelect
    )
    ky = choice("period", "Kỳ", Period.choices)
    tinh_trang = choice("status", "Tình trạng", CommendationStatus.choices)
    hinh_thuc = choice("award", "Hình thức", Award.choices)


@dataclass(frozen=True)
class Cell:
    """One kind of recipient in the form: a number, or "nhiều"."""

    label: str
    count: forms.BoundField
    many: forms.BoundField


class CommendationForm(SeenMixin, TidyModelForm):
    class Meta:
        model = Commendation
        fields = ["agency", "period", "award", "issuer", "status", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"issuer": "Ví dụ: Chủ tịch Ủy ban nhân dân tỉnh. Để trống nếu chưa rõ."}

    def __init__(self, *args: Any, agency_ids: Iterable[int], counts: Mapping[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = list(agency_ids)
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=agencies)  # type: ignore[attr-defined]
        self.fields["agency"].empty_label = "– Chọn đơn vị –"  # type: ignore[attr-defined]
        self.fields["award"].choices = [("", "– Chọn hình thức –"), *Award.choices]  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.initial.setdefault("agency", agencies[0])
        for kind, label in KIND_WORDS.items():
            self.fields[f"count_{kind}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=MOST,
                label=f"Số {label}",
                initial=counts.get(kind),
                widget=forms.NumberInput(attrs={"class": "form-control form-control-sm"}),
                error_messages=NUMBER_ERRORS,
            )
            self.fields[f"many_{kind}"] = forms.BooleanField(
                required=False,
                label="nhiều (chưa có số)",
                initial=kind in counts and counts[kind] is None,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind in KIND_WORDS:
            if data.get(f"many_{kind}") and data.get(f"count_{kind}") is not None:
                self.add_error(f"count_{kind}", "Hãy ghi số, hoặc chọn «nhiều», không dùng cả hai.")
        if not self.counts() and not any(name.startswith("count_") for name in self.errors):
            self.add_error(None, "Hãy ghi ít nhất một loại đối tượng được khen: một số, hoặc «nhiều» khi chưa có số.")
        return data

    def counts(self) -> dict[str, int | None]:
        """Kinds with a number, and kinds that are many without one."""
        data = self.cleaned_data
        numbers = {kind: data.get(f"count_{kind}") for kind in KIND_WORDS}
        return {kind: count for kind, count in numbers.items() if count is not None or data.get(f"many_{kind}")}

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    def cells(self) -> list[Cell]:
        return [Cell(label, self[f"count_{kind}"], self[f"many_{kind}"]) for kind, label in KIND_WORDS.items()]
