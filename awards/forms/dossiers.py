"""Forms of a dossier's head, of adding nominations, and of answering requests in words."""

from typing import Any

from django import forms
from django.utils import timezone

from awards.domain.dossiers import FIELDS
from awards.forms.award_choices import AwardField
from awards.forms.based import BasedMixin
from awards.models import AwardForm, Dossier, Subject
from blocs.models import Movement
from khoithidua.web.forms import TidyForm, TidyModelForm

FIRST_YEAR = 2017


class DossierForm(BasedMixin, TidyModelForm):
    """The head of a dossier. ``agencies``: who may send a new one; ``only``: the fields that are open."""

    class Meta:
        model = Dossier
        fields = FIELDS
        help_texts = {
            "title": "Ví dụ: Đề nghị khen thưởng tổng kết năm 2026.",
            "movement": "Chỉ chọn khi khen thưởng phong trào thi đua.",
            "achievement_from": "Bỏ trống nếu xét thành tích cả năm.",
            "simplified_reason": "Ghi trường hợp của Điều 85 Luật Thi đua, khen thưởng.",
        }

    def __init__(
        self,
        data: Any = None,
        *,
        council_id: int,
        agencies: Any = None,
        only: frozenset[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["movement"].queryset = Movement.objects.filter(council=council_id)  # type: ignore[attr-defined]
        self.fields["year"].min_value = FIRST_YEAR  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year
        if agencies is not None and agencies.count() > 1:
            self.fields["agency"] = forms.ModelChoiceField(agencies, label="Đơn vị đề nghị", empty_label=None)
            self.order_fields(["agency", *FIELDS])
        for name in [*self.fields] if only is not None else []:
            if name not in only:  # type: ignore[operator]
                del self.fields[name]

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        latest = timezone.localdate().year + 1
        if not FIRST_YEAR <= year <= latest:
            raise forms.ValidationError(f"Năm xét phải từ {FIRST_YEAR} đến {latest}. Hãy ghi lại.")
        return year

    def values(self) -> dict[str, Any]:
        """What the verb writes."""
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class AddForm(TidyForm):
    """Several subjects and one award."""

    award = AwardField(
        AwardForm.objects.none(),
        label="Danh hiệu, hình thức đề nghị",
        empty_label="– Chọn danh hiệu, hình thức –",
        error_messages={"required": "Hãy chọn hình thức."},
    )
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.none(),
        error_messages={"required": "Hãy đánh dấu ít nhất một đối tượng trong danh sách."},
    )

    def __init__(self, data: Any = None, *, subjects: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["award"].queryset = AwardForm.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["subjects"].queryset = subjects  # type: ignore[attr-defined]


class AnswerForm(TidyForm):
    """A request to supplement, answered in words."""

    answer = forms.CharField(label="Trả lời", max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))
