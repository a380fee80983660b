"""What every form does: one normal form for text, Vietnamese numbers, crispy layout."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    BaseValidator,
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import QueryDict

from khoithidua.web.numbers import parse_people_number
from khoithidua.web.text import without_controls


def normalised(data: Any) -> Any:
    """Submitted data in NFC without control characters, so that length checks count what is stored."""
    if data is None:
        return None
    if isinstance(data, QueryDict):
        copy = data.copy()
        for key, values in copy.lists():
            copy.setlist(key, [without_controls(value) if isinstance(value, str) else value for value in values])
        return copy
    return {key: without_controls(value) if isinstance(value, str) else value for key, value in data.items()}


class TidyFormMixin:
    """Normalises input; numbers accept a decimal comma; dates are written day first."""

    fields: dict[str, forms.Field]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(normalised(data), *args, **kwargs)  # type: ignore[call-arg]
        for field in self.fields.values():
            tune(field)


REQUIRED = "Hãy điền mục này."
INVALID: dict[type[forms.Field], str] = {
    forms.DateField: "Ngày chưa đúng. Hãy ghi ngày/tháng/năm, ví dụ 05/09/2026.",
    forms.TimeField: "Giờ chưa đúng. Hãy ghi giờ:phút, ví dụ 14:30.",
    forms.IntegerField: "Hãy ghi một số nguyên, ví dụ 12.",
    forms.DecimalField: "Hãy ghi một số, ví dụ 9,5.",
    forms.SlugField: "Chỉ dùng chữ cái không dấu, chữ số, dấu gạch nối và gạch dưới.",
    forms.EmailField: "Địa chỉ thư điện tử chưa đúng, ví dụ ten@donvi.vn.",
}


LIMITS: dict[type[BaseValidator], str] = {
    MaxLengthValidator: "Mục này dài tối đa %(limit_value)d ký tự (hiện có %(show_value)d). Hãy viết gọn lại.",
    MinValueValidator: "Giá trị phải từ %(limit_value)s trở lên.",
    MaxValueValidator: "Giá trị không được quá %(limit_value)s.",
}
DIGITS = {
    "max_digits": "Số này có quá nhiều chữ số. Hãy kiểm tra lại.",
    "max_decimal_places": "Chỉ ghi tối đa %(max)s chữ số sau dấu phẩy.",
    "max_whole_digits": "Số này quá lớn. Hãy kiểm tra lại.",
}
DATE_ATTRS = {"placeholder": "ngày/tháng/năm", "autocomplete": "off"}
CHOICE = "Lựa chọn này không còn. Hãy chọn lại trong danh sách."

NO_CHOICE = BLANK_CHOICE_DASH[0][1]
CHOOSE = "– Chọn –"


def invite(field: forms.Field) -> None:
    """The blank choice of a list in words instead of Django's row of dashes."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = CHOOSE if field.empty_label == NO_CHOICE else field.empty_label
    elif isinstance(field, forms.TypedChoiceField):
        choices: Any = field.choices
        field.choices = [(value, CHOOSE if label == NO_CHOICE else label) for value, label in choices]


def speak(field: forms.Field) -> None:
    """The limits of a field in Vietnamese; Django's own translation reads poorly."""
    for validator in field.validators:
        if (sentence := LIMITS.get(type(validator))) is not None:  # type: ignore[arg-type]
            validator.message = sentence  # type: ignore[attr-defined]
        elif isinstance(validator, DecimalValidator):
            validator.messages = DIGITS  # type: ignore[assignment]
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
        field.error_messages["invalid_choice"] = CHOICE


def reading_people(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """``read`` of a number field, given what a person typed as a number, never as a guess."""

    def read_typed(value: Any) -> Any:
        try:
            return read(parse_people_number(value) if isinstance(value, str) else value)
        except ValueError as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal

    return read_typed


def tune(field: forms.Field) -> None:
    """Vietnamese input and sentences for one field; sentences of its own stay."""
    defaults = type(field).default_error_messages | forms.Field.default_error_messages
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = REQUIRED
    sentence = next((text for kind, text in INVALID.items() if type(field) is kind), None)
    if sentence and field.error_messages.get("invalid") == defaults.get("invalid"):
        field.error_messages["invalid"] = sentence
    speak(field)
    invite(field)
    if isinstance(field, forms.DecimalField):
        field.localize = True
        field.to_python = reading_people(field.to_python)  # type: ignore[assignment, method-assign]
        field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"} | field.widget.attrs)
        field.widget.is_localized = True
        field.widget.attrs.pop("step", None)
    elif isinstance(field, forms.DateField) and not isinstance(field, forms.DateTimeField):
        # Day first whatever the language of the browser, which a picker of its own would follow.
        field.widget = forms.DateInput(attrs=DATE_ATTRS | field.widget.attrs, format="%d/%m/%Y")
    elif isinstance(field, forms.TimeField):
        field.widget = forms.TimeInput(attrs={"type": "time"} | field.widget.attrs, format="%H:%M")


class TidyForm(TidyFormMixin, forms.Form):
    """A form of this product."""


class TidyModelForm(TidyFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A model form of this product. Saving goes through a verb of the domain, not ``save``."""


class LinesField(forms.CharField):
    """A list of sentences, one a line, as a JSON list column keeps it."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=kwargs.pop("help_text", "Mỗi dòng một mục."), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().clean(value)
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
