"""What is typed about one provincial setting; the field follows the key's type."""

from typing import Any

from django import forms

from awards.domain.council_rule_keys import DayMonth, RuleKey, RuleType
from awards.models import CouncilRule
from blocs.forms.seen import SeenMixin
from khoithidua.web.forms import LinesField, TidyForm


class DayMonthField(forms.CharField):
    """ "10/12" or "15/01 năm sau", kept as such a text."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return str(DayMonth.read(text))
        except ValueError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


YES_NO = [("co", "Có"), ("khong", "Không")]


class YesNoField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, coerce=lambda value: value == "co", widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ("co" if value else "khong") if isinstance(value, bool) else value


class NeededLinesField(LinesField):
    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = super().clean(value)
        if not lines:
            raise forms.ValidationError("Hãy ghi ít nhất một dòng.")
        return lines


def field_for(rule: RuleKey) -> forms.Field:
    given: dict[str, Any] = {"label": "Giá trị", "help_text": rule.told}
    if rule.type is RuleType.NUMBER:
        return forms.IntegerField(min_value=rule.least, max_value=rule.most, **given)
    if rule.type is RuleType.YES_NO:
        return YesNoField(**given)
    if rule.type is RuleType.LINES:
        return NeededLinesField(**given)
    return DayMonthField(max_length=20, **given)


class RuleForm(SeenMixin, TidyForm):
    legal_basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Số, ngày, cơ quan ban hành quy định; điều, khoản."
    )
    valid_from = forms.DateField(label="Áp dụng từ", required=False, help_text="Để trống nếu áp dụng từ trước đến nay.")
    valid_to = forms.DateField(label="Đến", required=False)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    field_order = ("value", "legal_basis", "valid_from", "valid_to", "note")

    def __init__(self, data: Any = None, *, rule: RuleKey, row: CouncilRule | None = None) -> None:
        vars(self)["base_fields"] = {"value": field_for(rule)} | type(self).base_fields
        names = ("value", "legal_basis", "valid_from", "valid_to", "note")
        super().__init__(data, initial={name: getattr(row, name) for name in names} if row else {})
        self.remember(row.version if row else 0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày kết thúc không được trước ngày bắt đầu. Hãy sửa một trong hai ngày.")
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("value", "legal_basis", "valid_from", "valid_to", "note")}
