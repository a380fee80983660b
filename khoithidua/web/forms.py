"""What every form does: one normal form for text, Vietnamese numbers, crispy layout."""

from typing import Any

from django import forms
from django.http import QueryDict

from khoithidua.web.text import nfc


def normalised(data: Any) -> Any:
    """Submitted data with every string in NFC, so that length checks count what is stored."""
    if data is None:
        return None
    if isinstance(data, QueryDict):
        copy = data.copy()
        for key, values in copy.lists():
            copy.setlist(key, [nfc(value) if isinstance(value, str) else value for value in values])
        return copy
    return {key: nfc(value) if isinstance(value, str) else value for key, value in data.items()}


class TidyFormMixin:
    """Normalises input; numbers accept a decimal comma; dates use the browser's picker."""

    fields: dict[str, forms.Field]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(normalised(data), *args, **kwargs)  # type: ignore[call-arg]
        for field in self.fields.values():
            tune(field)


def tune(field: forms.Field) -> None:
    """Vietnamese input for one field."""
    if isinstance(field, forms.DecimalField):
        field.localize = True
        field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"} | field.widget.attrs)
        field.widget.is_localized = True
        field.widget.attrs.pop("step", None)
    elif isinstance(field, forms.DateField) and not isinstance(field, forms.DateTimeField):
        field.widget = forms.DateInput(attrs={"type": "date"} | field.widget.attrs, format="%Y-%m-%d")
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
