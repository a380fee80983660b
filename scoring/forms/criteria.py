"""What people type about a criteria set."""

import json
from decimal import Decimal
from typing import Any

from django import forms

from blocs.models import Agency, BlocYear
from khoithidua.web.forms import LinesField, TidyForm, TidyModelForm
from scoring.domain.starting import SOURCES
from scoring.enums import CriterionKind, Formula
from scoring.models import CriteriaSet, Criterion


class StartForm(TidyForm):
    source = forms.ChoiceField(label="Bắt đầu từ", choices=list(SOURCES.items()), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, bloc_year: BlocYear) -> None:
        super().__init__(data, initial={"source": "last-year"})


class CriteriaSetForm(TidyModelForm):
    tie_break = LinesField(
        label="Thứ tự phân hạng khi bằng điểm",
        help_text=(
            "Mỗi dòng một căn cứ, theo thứ tự: ballot (số phiếu), group:A (điểm nhóm A), bonus (điểm thưởng), "
            "fewest_deductions (ít điểm trừ hơn), women_70 (tập thể có từ 70% là nữ)."
        ),
    )

    class Meta:
        model = CriteriaSet
        fields = ["scale"]


class CriterionForm(TidyForm):
    parent = forms.ModelChoiceField(
        label="Thuộc nhóm", queryset=Criterion.objects.none(), required=False, empty_label="(cấp cao nhất)"
    )
    code = forms.CharField(label="Mã", max_length=40)
    name = forms.CharField(label="Tiêu chí", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label="Cách chấm", choices=CriterionKind.choices, initial=CriterionKind.JUDGED)
    max_points = forms.DecimalField(label="Điểm tối đa", max_digits=8, decimal_places=2, min_value=Decimal(0))
    formula = forms.ChoiceField(
        label="Công thức (chỉ với định lượng)", choices=[("", "—"), *Formula.choices], required=False
    )
    floor_percent = forms.DecimalField(
        label="Mức sàn (%)",
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
    )
    options = forms.CharField(
        label="Tham số (JSON)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=(
            'Ví dụ với chọn mức: {"levels": {"A": 10, "B": 7, "C": {"points": 0, "void": true}}}; với đếm: {"per": 2}.'
        ),
    )
    appraiser = forms.ModelChoiceField(
        label="Cơ quan thẩm định", queryset=Agency.objects.none(), required=False, empty_label="Thư ký khối"
    )

    def __init__(
        self, data: Any = None, *, criteria_set: CriteriaSet, criterion: Criterion | None = None, initial: Any = None
    ) -> None:
        if criterion is not None:
            initial = {name: getattr(criterion, name) for name in self.base_fields}
            initial["options"] = json.dumps(criterion.options, ensure_ascii=False) if criterion.options else ""
        super().__init__(data, initial=initial)
        groups = criteria_set.criteria.filter(kind=CriterionKind.GROUP)
        self.fields["parent"].queryset = groups.exclude(pk=criterion.pk) if criterion else groups  # type: ignore[attr-defined]
        agencies = Agency.objects.filter(council=criteria_set.bloc_year.bloc.council_id)
        self.fields["appraiser"].queryset = agencies  # type: ignore[attr-defined]

    def clean_options(self) -> dict[str, Any]:
        text = self.cleaned_data["options"].strip()
        if not text:
            return {}
        try:
            value = json.loads(text)
        except ValueError as error:
            raise forms.ValidationError("Tham số phải viết đúng dạng JSON, như ví dụ bên dưới.") from error
        if not isinstance(value, dict):
            raise forms.ValidationError('Tham số phải là một đối tượng JSON, ví dụ {"per": 2}.')
        return value

    def values(self) -> dict[str, Any]:
        """Arguments for the verbs of ``scoring.domain.criteria``."""
        return dict(self.cleaned_data)
