"""What people type to amend a criteria set, to share it, and to set the rules of a year."""

from typing import Any

from django import forms

from blocs.models import BlocYear
from khoithidua.web.forms import TidyForm, TidyModelForm
from scoring.domain.amending import NOTE_LIMIT
from scoring.domain.sharing import Target
from scoring.domain.year_rules import RULE_FIELDS
from scoring.models import CriteriaSet, YearRules


class AmendForm(TidyForm):
    note = forms.CharField(
        label="Nội dung và căn cứ sửa đổi",
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ví dụ: bổ sung tiêu chí chuyển đổi số theo Nghị quyết hội nghị sơ kết ngày 10/7/2026.",
    )


class ShareForm(TidyForm):
    """The bloc-years that may take the set, each a tick box."""

    years = forms.TypedMultipleChoiceField(
        label="Áp dụng cho",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": "Có khối không thuộc phạm vi bạn phụ trách. Hãy tải lại trang."},
    )

    def __init__(self, data: Any = None, *, targets: list[Target]) -> None:
        super().__init__(data)
        open_years = [target.bloc_year for target in targets if not target.obstacle]
        self.fields["years"].choices = [(year.pk, str(year)) for year in open_years]  # type: ignore[attr-defined]

    def clean_years(self) -> list[int]:
        years: list[int] = self.cleaned_data["years"]
        if not years:
            raise forms.ValidationError("Hãy chọn ít nhất một khối.")
        return years


class RulesForm(TidyModelForm):
    class Meta:
        model = YearRules
        fields = RULE_FIELDS
        widgets = {"basis": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "poll_threshold": "Để trống thì theo quy định của từng hình thức khen thưởng.",
            "poll_quorum": "Để trống thì không kiểm tra tỷ lệ có mặt.",
            "basis": "Quy chế của khối hoặc văn bản của Hội đồng. Bắt buộc khi khác mặc định.",
        }

    def values(self) -> dict[str, Any]:
        """Arguments for ``change_rules``."""
        return {name: self.cleaned_data[name] for name in RULE_FIELDS}


class CompareForm(forms.Form):
    """Which other version to compare with; a plain GET form."""

    voi = forms.ModelChoiceField(label="So sánh với", queryset=CriteriaSet.objects.none(), empty_label=None)

    def __init__(self, *, others: list[CriteriaSet], chosen: CriteriaSet, year: BlocYear) -> None:
        super().__init__(initial={"voi": chosen.pk})
        self.fields["voi"].choices = [(each.pk, version_word(each, year)) for each in others]  # type: ignore[attr-defined]


def version_word(criteria_set: CriteriaSet, year: BlocYear) -> str:
    """A version as the list names it: of another bloc-year with its name."""
    word = f"Phiên bản {criteria_set.version} ({str(criteria_set.get_state_display()).lower()})"
    return word if criteria_set.bloc_year_id == year.pk else f"{criteria_set.bloc_year}, {word.lower()}"
